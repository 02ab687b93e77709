"""What changed between editions, which days moved, and that a chain finds whatever was changed in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from maturity.roadmap.editions import Gone, Move, PublicWords, WithdrawnEdition, edition_hash, edition_text
from maturity.roadmap.ledger import (
    EditionChange,
    LedgerEntry,
    Misfit,
    changes,
    first_promised,
    ledger_text,
    moves_between,
    read_ledger,
    sums_text,
    verify_chain,
)

from .editions import COUNCIL, LIST, MOVED, REASON, SHARE, SHARE_THEN, action, chain_of_three, edition
from .editions import ledger_of as ledger
from .editions import texts_of as texts

FIRST, SECOND, THIRD = chain_of_three()
TEXTS, LEDGER = texts(FIRST, SECOND, THIRD), ledger(FIRST, SECOND, THIRD)
HASHES = {number: each.sha256 for number, each in LEDGER.items()}


def test_everything_has_entered_in_the_first_edition():
    assert [(each.kind, each.slug) for each in changes(None, FIRST)] == [("entered", "list"), ("entered", "share")]


def test_a_moved_day_says_from_when_to_when_why_and_who_approved():
    assert changes(FIRST, SECOND) == (
        EditionChange(
            kind="moved", slug="share", words={"en": PublicWords(title="Do share")}, what="finish",
            was=date(2026, 6, 26), now=date(2026, 7, 26), days=30, why=REASON, approved_by=COUNCIL,
            approved_on=date(2026, 6, 1),
        ),
    )  # fmt: skip


def test_what_is_done_late_and_new():
    found = changes(SECOND, THIRD)
    assert [(each.kind, each.slug) for each in found] == [("done", "list"), ("late", "share"), ("entered", "map")]
    assert (found[0].now, found[1].days) == (date(2026, 6, 3), 9)


def test_what_left_bears_its_reason_and_what_was_said_otherwise_is_reworded():
    after = edition(
        4, "", (action("share", *SHARE_THEN, status="late", words={"en": PublicWords(title="Share more")}),),
        gone=(Gone(slug="map", words={}, reason="No money"),),
        withdrawn=(WithdrawnEdition(number=2, sha256="a", withdrawn_on=date(2026, 10, 1), reason="A name in it"),),
        published_on=date(2026, 12, 1),
        version=THIRD.version,
    )  # fmt: skip
    found = changes(THIRD, after)
    assert [(each.kind, each.slug, each.why) for each in found] == [
        ("withdrawn", "", "A name in it"), ("reworded", "share", ""), ("left", "list", ""), ("left", "map", "No money"),
    ]  # fmt: skip
    assert found[0].number == 2 and found[0].now == date(2026, 10, 1)
    assert changes(after, after) == ()


def test_a_language_that_is_added_is_no_change_of_words():
    both = {"en": PublicWords(title="Do list"), "es": PublicWords(title="Hacer list")}
    assert changes(edition(1, "", (action("list", *LIST),)), edition(2, "", (action("list", *LIST, words=both),))) == ()


def moved(chain, now):
    return moves_between(chain, now, why="More to do", approved_by="Mayor", approved_on=date(2026, 9, 1))


def test_moves_are_told_over_the_whole_chain_with_the_edition_that_promised_first():
    later = action("share", SHARE[0], SHARE_THEN[1] + timedelta(days=14))
    assert moved((FIRST, SECOND, THIRD), later) == (
        MOVED,
        Move(
            what="finish", was=date(2026, 7, 26), now=date(2026, 8, 9), number=2, why="More to do",
            approved_by="Mayor", approved_on=date(2026, 9, 1),
        ),
    )  # fmt: skip
    assert first_promised((FIRST, SECOND, THIRD), "share") == SHARE
    assert first_promised((FIRST,), "map") == (None, None)


def test_without_the_withdrawn_edition_a_move_goes_from_the_one_before_it():
    later = action("share", SHARE[0], date(2026, 8, 9))
    (only,) = moved((FIRST,), later)
    assert (only.was, only.now, only.number, only.why) == (SHARE[1], date(2026, 8, 9), 1, "More to do")


def test_an_edition_that_promises_no_day_is_passed_over_and_nothing_moved_is_no_move():
    silent = edition(2, "", (action("share", None, None),))
    assert moved((FIRST, silent), action("share", *SHARE)) == ()
    (only,) = moved((FIRST, silent), action("share", *SHARE_THEN))
    assert (only.was, only.number) == (SHARE[1], 1)
    assert moved((silent,), action("share", *SHARE)) == ()
    assert moved((FIRST,), action("share", None, None)) == ()


@given(some.lists(some.integers(0, 400), min_size=1, max_size=8))
def test_the_moves_of_an_action_lead_from_its_first_day_to_its_last(offsets):
    days = [date(2026, 1, 1) + timedelta(days=each) for each in offsets]
    chain = []
    for number, day in enumerate(days[:-1], start=1):
        now = action("share", date(2025, 1, 1), day)
        now = now.model_copy(update={"moves": moved(chain, now)})
        chain.append(edition(1, "", (now,)).model_copy(update={"number": number}))
    found = moved(chain, action("share", date(2025, 1, 1), days[-1]))
    assert all(each.was != each.now for each in found)
    assert sum((each.now - each.was).days for each in found) == (days[-1] - days[0]).days
    assert all(one.now == two.was for one, two in pairwise(found))
    assert all(days[each.number - 1] == each.was for each in found)


def test_a_chain_that_is_whole():
    assert verify_chain(TEXTS, LEDGER) == () and verify_chain(TEXTS, {}) == () and verify_chain({}, {}) == ()
    assert verify_chain(TEXTS, LEDGER, HASHES) == ()


SIGNS = some.characters(codec="utf-8")


@given(number=some.integers(1, 3), place=some.integers(0, 10_000), sign=SIGNS)
def test_any_single_changed_character_of_any_edition_is_found(number, place, sign):
    text = TEXTS[number]
    place %= len(text)
    changed = text[:place] + sign + text[place + 1 :]
    found = verify_chain(TEXTS | {number: changed}, LEDGER)
    assert [each.number for each in found] == ([number] if changed != text else [])


@given(number=some.integers(1, 2), place=some.integers(0, 10_000), sign=SIGNS)
def test_without_a_ledger_the_edition_after_it_gives_the_change_away(number, place, sign):
    text = TEXTS[number]
    place %= len(text)
    changed = text[:place] + sign + text[place + 1 :]
    assert bool(verify_chain(TEXTS | {number: changed}, {})) == (changed != text)


def rewritten():
    """The same three again with another first day, and everything after it made to fit."""
    made, before = [], ""
    for each in (FIRST, SECOND, THIRD):
        told = tuple(one.model_copy(update={"finish": SHARE_THEN[1], "moves": ()}) for one in each.actions)
        made.append(each.model_copy(update={"actions": told, "previous": before}))
        before = edition_hash(edition_text(made[-1]))
    return made


def test_a_complete_rewrite_fits_in_itself_and_only_a_hash_that_stands_elsewhere_finds_it():
    made = rewritten()
    assert verify_chain(texts(*made), ledger(*made)) == ()
    for number in (1, 2, 3):
        found = verify_chain(texts(*made), ledger(*made), {number: HASHES[number]})
        assert found == (Misfit(number=number, code="elsewhere"),)
    assert verify_chain(TEXTS, LEDGER, {4: "f" * 64})[-1] == Misfit(number=4, code="elsewhere")


def without(number, **changed):
    """The chain after this edition was withdrawn."""
    left = {key: each for key, each in TEXTS.items() if key != number}
    gone = replace(LEDGER[number], withdrawn_on=date(2026, 10, 1), reason="A name in it", **changed)
    return left, LEDGER | {number: gone}


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_withdrawn_edition_leaves_its_hash_and_the_chain_stays_whole(number):
    assert verify_chain(*without(number)) == ()
    assert verify_chain(*without(number), HASHES) == ()


def test_a_withdrawn_edition_with_another_hash_than_the_next_one_names_is_found():
    codes = {(each.number, each.code) for each in verify_chain(*without(2, sha256="f" * 64))}
    assert (3, "previous") in codes


def test_an_edition_that_tells_of_a_withdrawn_one_stands_in_for_the_ledger():
    gone = WithdrawnEdition(number=2, sha256=HASHES[2], withdrawn_on=date(2026, 10, 1), reason="A name in it")
    fourth = edition(
        4, HASHES[3], THIRD.actions, withdrawn=(gone,), published_on=date(2026, 12, 1), version=THIRD.version
    )
    kept = texts(FIRST, THIRD, fourth)
    assert verify_chain(kept, {}) == ()
    lies = fourth.model_copy(update={"withdrawn": (gone.model_copy(update={"sha256": "f" * 64}),)})
    codes = {(each.number, each.code) for each in verify_chain(texts(FIRST, THIRD, lies), {})}
    assert (3, "previous") in codes
    listed = without(2)[1] | ledger(lies)
    found = verify_chain(texts(FIRST, THIRD, lies), listed)
    assert found == (Misfit(number=2, code="withdrawn"),)


def test_a_missing_an_unlisted_a_misnamed_and_an_unreadable_edition():
    left = {key: each for key, each in TEXTS.items() if key != 2}
    assert Misfit(number=2, code="missing") in verify_chain(left, LEDGER)
    assert Misfit(number=2, code="missing") in verify_chain(left, {})
    short = {key: each for key, each in LEDGER.items() if key != 3}
    assert verify_chain(TEXTS, short) == (Misfit(number=3, code="unlisted"),)
    assert Misfit(number=1, code="number") in verify_chain({1: TEXTS[3]}, {})
    for text in ("", "[]", "{}", "[" * 100_000, '{"number": 1, "withdrawn": 5}'):
        assert verify_chain({1: text}, {}) == (Misfit(number=1, code="unreadable"),)


def test_the_ledger_reads_back_and_the_sums_leave_out_what_was_withdrawn():
    listed = without(2)[1]
    assert read_ledger(ledger_text(listed.values())) == listed
    assert sums_text(listed.values()) == f"{HASHES[1]}  0001.json\n{HASHES[3]}  0003.json\n"
    assert isinstance(listed[2], LedgerEntry)
    for text in ("", "{}x", '[{"number": 1}]', "[5]", "7", "[" * 100_000):
        with pytest.raises(ValueError):
            read_ledger(text)
