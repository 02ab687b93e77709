"""The words for residents that come with the catalogue: whole, in every language, and fit to be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maturity.planning.catalogue import CatalogueError
from maturity.planning.load_catalogue import load_catalogue
from maturity.roadmap.editions import LANGUAGES
from maturity.roadmap.public_words import load_public_words

DATA = Path(__file__).resolve().parents[2] / "data"
WORDS = load_public_words(DATA / "public-words" / "city-data-actions.yaml")
LONGEST_TITLE, LONGEST_SENTENCE = 62, 28


def test_every_action_of_the_catalogue_has_words_in_every_language() -> None:
    catalogue = load_catalogue(DATA / "actions" / "city-data-actions.yaml")
    assert WORDS.catalogue == catalogue.id
    assert set(WORDS.words) == {each.id for each in catalogue.actions}
    assert all(set(each) == set(LANGUAGES) for each in WORDS.words.values())


@pytest.mark.parametrize("code", sorted(WORDS.words))
def test_words_are_short_and_whole(code: str) -> None:
    for language, words in WORDS.words[code].items():
        assert 0 < len(words.title) <= LONGEST_TITLE, (code, language, words.title)
        assert not words.title.endswith(".")
        for text in (words.plain, words.outcome):
            assert text.endswith((".", "?")), (code, language, text)
            assert all(len(part.split()) <= LONGEST_SENTENCE for part in re.split(r"[.?]\s", text)), (code, text)


def test_no_two_actions_say_the_same() -> None:
    for language in LANGUAGES:
        for part in ("title", "plain", "outcome"):
            said = [getattr(each[language], part) for each in WORDS.words.values()]
            assert len(set(said)) == len(said), (language, part)


def test_a_language_that_is_not_ours_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text("catalogue: c\nwords:\n  A01:\n    xx: {title: T}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"words\.A01"):
        load_public_words(file)
