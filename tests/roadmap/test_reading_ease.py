"""How easily a text is read, against sums done by hand with the published constants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.roadmap.reading_ease import LEAST_WORDS, english_syllables, reading_ease, spanish_syllables

ENGLISH = "The city lists its data. You can see it in June."
SPANISH = "La ciudad publica sus datos. Usted puede verlos en junio."


def test_english_is_flesch():
    """11 words in 2 sentences; syllables 1+2+1+1+2 and 1+1+1+1+1+1, so 13."""
    assert reading_ease(ENGLISH, "en") == pytest.approx(206.835 - 1.015 * 11 / 2 - 84.6 * 13 / 11)
    assert reading_ease(ENGLISH, "en") == pytest.approx(101.27, abs=0.01)


def test_spanish_is_fernandez_huerta():
    """10 words in 2 sentences; la ciu-dad pu-bli-ca sus da-tos, us-ted pue-de ver-los en ju-nio: 9 + 9 syllables."""
    assert reading_ease(SPANISH, "es") == pytest.approx(206.84 - 60 * 18 / 10 - 1.02 * 10 / 2)
    assert reading_ease(SPANISH, "es") == pytest.approx(93.74)


def test_a_text_without_a_stop_is_one_sentence_and_a_short_one_has_no_score():
    whole = "We list the data of the city now"
    assert reading_ease(whole, "en") == reading_ease(f"{whole}.", "en") == pytest.approx(206.835 - 8.12 - 84.6 * 10 / 8)
    assert reading_ease("We list the data of the city", "en") is None
    assert len(whole.split()) == LEAST_WORDS


def test_long_words_and_long_sentences_are_hard():
    hard = (
        "Interdepartmental administrative harmonisation necessitates organisational reconsideration of responsibilities"
    )
    assert (reading_ease(hard, "en") or 0) < 0 < (reading_ease(ENGLISH, "en") or 0)
    joined = ENGLISH.replace(". You", ", you")
    assert (reading_ease(joined, "en") or 0) < (reading_ease(ENGLISH, "en") or 0)


@pytest.mark.parametrize(
    ("word", "count"),
    [("planned", 1), ("wanted", 2), ("people", 2), ("table", 2), ("makes", 1), ("boxes", 2), ("the", 1), ("open", 2)],
)
def test_english_syllables(word, count):
    assert english_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("datos", 2), ("país", 2), ("ciudad", 2), ("pingüino", 3), ("muy", 1), ("queso", 2), ("leer", 2), ("aéreo", 4),
     ("reunión", 2), ("actúa", 3)],
)  # fmt: skip
def test_spanish_syllables(word, count):
    assert spanish_syllables(word) == count


@given(st.text(max_size=300), st.sampled_from(["en", "es"]))
def test_any_text_has_a_score_or_none_and_order_of_sentences_does_not_matter(text, language):
    score = reading_ease(text, language)
    assert score is None or score < 207
    assert reading_ease(f"{ENGLISH} {SPANISH}", language) == pytest.approx(
        reading_ease(f"{SPANISH} {ENGLISH}", language)
    )
