"""What residents write: how a text is taken in, what a moderator is told, and that nothing is put into their mouths."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.roadmap.comments import (
    LEFT_OUT,
    LONGEST_COMMENT,
    REASONS,
    Comment,
    CommentRefused,
    cleaned,
    hints,
    known_names,
    only_words,
    published_text,
    refused_by_reason,
    taken_in,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_text_is_taken_in_without_control_characters_and_needless_blanks():
    assert taken_in("  Where\x00 is\tthe\x07  ferry?\r\n\r\n\n\n Thanks \r") == "Where is the ferry?\n\nThanks"


def test_what_people_write_elsewhere_in_the_world_stays():
    for text in (
        "متى يصل الباص؟",
        "👩‍👩‍👧 gracias",
        "Ünïcode – “quotes”",
        "می‌خواهم",
        "=SUM(A1)",
        "<b>bold</b> & *star*",
    ):
        assert taken_in(text) == text


def test_signs_that_turn_what_stands_after_them_and_towers_of_marks_go():
    assert cleaned("a\u202etxt.exe\u2066b") == "atxt.exeb"
    tower = "e" + "\u0323" * 40
    assert len(cleaned(tower)) <= 6


@pytest.mark.parametrize("text", ["", "  \n\t", "\x00\x01", "...", "\u202e\u200f"])
def test_nothing_readable_is_refused_as_empty(text):
    with pytest.raises(CommentRefused) as caught:
        taken_in(text)
    assert caught.value.code == "empty"


def test_2000_characters_are_kept_and_one_more_is_refused_with_their_number():
    assert len(taken_in("x" * LONGEST_COMMENT)) == 2_000
    with pytest.raises(CommentRefused) as caught:
        taken_in("y" * 2_001)
    assert (caught.value.code, caught.value.length) == ("too_long", 2_001)


@given(st.text(max_size=400))
def test_cleaning_twice_is_cleaning_once_and_leaves_no_control_character(text):
    once = cleaned(text)
    assert cleaned(once) == once
    assert all(sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs") for sign in once)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("More trees in the harbour", ()),
        ("Write to bob.o'neil@mail.example.org", ("mail",)),
        ("Ring me: +44 20 7946 0958", ("phone",)),
        ("Ring 0207 946 0958 today", ("phone",)),
        ("By 12.03.2026 or 2026-03-12, in 2027 it costs 1,200", ()),
        ("See https://watches.example/now", ("link",)),
        ("CHEAP WATCHES www.watches.example BEST PRICE", ("link", "capitals")),
        ("best-pills.shop", ("link",)),
        ("Ida Holm never answers", ("name",)),
        ("Mrs HOLM never answers", ("name",)),
        ("Idaho is far", ()),
        ("NASA and the EU say so", ()),
        ("Where is  the ferry?", ("same",)),
    ],
)
def test_a_moderator_is_told_what_to_look_at(text, found):
    repeated = only_words(text) == only_words("where is the ferry")
    assert hints(text, names=known_names(["Ida Holm", "Bo Li"]), repeated=repeated) == found


def test_a_short_surname_is_known_only_with_its_first_name():
    assert known_names(["Ida Holm", " Bo  LI ", "Cher", ""]) == {"ida holm", "holm", "bo li", "cher"}


def test_a_published_text_may_leave_words_out_and_says_where():
    text = "My neighbour Bob Smith, in number 12, says the bins are late."
    assert published_text(text, text) == text
    assert (
        published_text(text, "My neighbour says the bins are late.")
        == f"My neighbour {LEFT_OUT} says the bins are late."
    )
    assert published_text(text, "The bins".lower()) == f"{LEFT_OUT} the bins {LEFT_OUT}"
    marked = f"My neighbour {LEFT_OUT} says the bins are late."
    assert published_text(text, marked) == marked


@pytest.mark.parametrize("shown", ["The bins are never late", "late bins", "bins bins", "bin"])
def test_a_published_text_never_says_what_was_not_said(shown):
    with pytest.raises(CommentRefused) as caught:
        published_text("the bins are late", shown)
    assert caught.value.code == "added"


@pytest.mark.parametrize("shown", ["", "  ", LEFT_OUT])
def test_a_published_text_says_something(shown):
    with pytest.raises(CommentRefused) as caught:
        published_text("the bins are late", shown)
    assert caught.value.code == "empty"


@given(st.lists(st.tuples(st.sampled_from(["bins", "late", "the", "12", "!", "ñandú"]), st.booleans()), min_size=1))
def test_whatever_is_left_out_there_is_a_mark_for_it_and_the_rest_is_in_order(words):
    text = " ".join(word for word, _ in words)
    kept = [word for word, keep in words if keep]
    if not kept:
        return
    shown = published_text(text, " ".join(kept))
    assert [each for each in shown.split() if each != LEFT_OUT] == kept
    assert (LEFT_OUT in shown) == (len(kept) < len(words))
    assert published_text(text, shown) == shown


def test_refused_comments_are_counted_by_reason_and_no_other_ones():
    def one(number: int, **more: str) -> Comment:
        return Comment(id=str(number), code=None, language="en", text="", received_at=NOW, **more)  # type: ignore[arg-type]

    every = [
        one(1, state="refused", reason="spam"), one(2, state="refused", reason="spam"), one(3, state="published"),
        one(4, state="refused", reason="abuse"), one(5),
    ]  # fmt: skip
    assert list(refused_by_reason(every).items()) == [("abuse", 1), ("spam", 2)]
    assert set(REASONS) == {"abuse", "personal_data", "spam", "off_topic", "duplicate", "unlawful"}
