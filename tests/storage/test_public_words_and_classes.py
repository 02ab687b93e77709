"""Words for residents and classes of visibility, written and read back on each engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from maturity.roadmap.editions import PublicWords
from maturity.storage import public_words, visibility
from maturity.storage.public_words import OwnWords
from maturity.storage.visibility import SetClass

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TOWN, OTHER = UUID(int=1), UUID(int=2)
WORDS = PublicWords(title="Ürsula’s “list”; $1", plain="a\nb", outcome="")
OWN = OwnWords(code="A1/parks", language="es", words=WORDS, set_by="Ada", set_at=AT, row_version=0)
CLASS = SetClass(subject="field", code="cost", level="withheld", reason="legal: so", set_by="Ada", set_at=AT)


def words_of(city, place=TOWN):
    with city.store.reading() as tx:
        return public_words.words_of(tx, place)


def classes_of(city, place=TOWN):
    with city.store.reading() as tx:
        return visibility.classes_of(tx, place)


def test_words_are_written_over_what_was_read_only(city):
    assert city.store.write(public_words.set_words, TOWN, OWN) == 1
    assert city.store.write(public_words.set_words, TOWN, OWN) is None, "two people write the first words: one wins"
    assert words_of(city) == (replace(OWN, row_version=1),)
    other = replace(OWN, words=WORDS.model_copy(update={"title": "T"}), set_at=AT + timedelta(days=1), row_version=1)
    assert city.store.write(public_words.set_words, TOWN, other) == 2
    assert city.store.write(public_words.set_words, TOWN, other) is None
    assert words_of(city) == (replace(other, row_version=2),) and words_of(city, OTHER) == ()


def test_words_are_dropped_as_they_were_read(city):
    english = replace(OWN, language="en")
    for each in (OWN, english):
        city.store.write(public_words.set_words, TOWN, each)
    assert [each.language for each in words_of(city)] == ["en", "es"]
    assert not city.store.write(public_words.drop_words, TOWN, OWN.code, "es", 2)
    assert not city.store.write(public_words.drop_words, OTHER, OWN.code, "es", 1)
    assert city.store.write(public_words.drop_words, TOWN, OWN.code, "es", 1)
    assert words_of(city) == (replace(english, row_version=1),)


def test_a_class_is_set_over_what_was_there_and_dropped(city):
    question = replace(CLASS, subject="question", level="public", reason=": all may see it")
    for each in (question, CLASS, replace(CLASS, level="on_request", reason=": ask")):
        city.store.write(visibility.set_class, TOWN, each)
    city.store.write(visibility.set_class, OTHER, CLASS)
    assert classes_of(city) == (replace(CLASS, level="on_request", reason=": ask"), question)
    city.store.write(visibility.drop_class, TOWN, "field", "cost")
    assert classes_of(city) == (question,) and classes_of(city, OTHER) == (CLASS,)
