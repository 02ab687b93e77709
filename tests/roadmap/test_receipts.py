"""Receipts by hand: levels gained beside what was done when, and targets behind stalled actions."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.planning.plan import Closes
from maturity.planning.targets import Target
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.receipts import held_back, receipts, stalls
from tests.roadmap.conftest import make_action

CLOSED, TODAY = date(2026, 6, 30), date(2026, 7, 15)


def closes(*steps: tuple[int, int], topic: str = "quality", department: str = "parks") -> dict:
    return {"closes": tuple(Closes(department=department, topic=topic, from_level=a, to_level=b) for a, b in steps)}


def done(code: str, day: date, **more):
    return make_action(code, begun_on=date(2026, 1, 5), done_on=day, percent_done=100.0, **more)


def target(level: int, due: date, topic: str = "quality", department: str = "parks") -> Target:
    return Target(department=department, topic=topic, level=level, due=due)


def sure(code: str, confidence: int, day: int) -> ProgressUpdate:
    made_at = datetime(2026, 7, day, tzinfo=UTC)
    return ProgressUpdate(
        id=f"{code}{day}", action_id=code, code=code, percent_done=10, confidence=confidence, made_at=made_at
    )


def test_two_levels_gained_are_two_receipts_with_what_was_done_when():
    actions = [
        done("on-the-day", CLOSED, **closes((1, 2))),
        done("day-after", date(2026, 7, 1), **closes((1, 2))),
        make_action("running", **closes((2, 3))),
        done("elsewhere", date(2026, 3, 1), **closes((1, 3), department="roads")),
    ]
    first, second = receipts({("parks", "quality"): 1}, {("parks", "quality"): 3}, actions, CLOSED)
    assert (first.level, [a.code for a in first.done_before], [a.code for a in first.done_after]) == (
        2, ["on-the-day"], ["day-after"],
    )  # fmt: skip
    assert first.explained
    assert (second.level, second.done_before, [a.code for a in second.not_done]) == (3, (), ["running"])
    assert not second.explained


def test_an_action_over_two_levels_stands_in_both_receipts():
    found = receipts(
        {("parks", "quality"): 1}, {("parks", "quality"): 3}, [done("a", CLOSED, **closes((1, 3)))], CLOSED
    )
    assert [(each.level, each.explained) for each in found] == [(2, True), (3, True)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({("parks", "quality"): 2}, {("parks", "quality"): 2}),
        ({("parks", "quality"): 3}, {("parks", "quality"): 2}),
        ({}, {("parks", "quality"): 2}),  # nobody knows where it stood
        ({("parks", "quality"): 2}, {}),
    ],
)
def test_no_level_gained_no_receipt(before, after):
    assert receipts(before, after, [done("a", CLOSED, **closes((1, 2)))], CLOSED) == ()


def test_stalled_is_late_not_begun_or_unsure_and_the_newest_confidence_counts():
    actions = [
        make_action("late", 0, 4),  # approved until 1 February
        make_action("due", 27, 4),  # approved from 13 July: two days ago, within the grace of status
        make_action("unsure", 20, 20, begun_on=date(2026, 6, 1), percent_done=10.0),
        make_action("better", 20, 20, begun_on=date(2026, 6, 1), percent_done=10.0),
        make_action("later", 40, 4),
        done("done", CLOSED),
    ]
    reports = [sure("unsure", 4, 1), sure("unsure", 2, 2), sure("better", 1, 1), sure("better", 4, 2)]
    found = stalls(actions, {}, reports, TODAY)
    assert [(each.action.code, each.why, each.days) for each in found] == [
        ("late", "late", 164), ("due", "not_begun", 2), ("unsure", "unsure", 0),
    ]  # fmt: skip


def test_late_is_against_the_approved_dates():
    approved = {"a": (date(2026, 1, 5), date(2026, 12, 31))}
    begun = make_action("a", begun_on=date(2026, 1, 5), percent_done=5.0)
    assert stalls([begun], approved, [], TODAY) == ()
    assert [each.why for each in stalls([begun], {}, [], TODAY)] == ["late"]


def test_a_stalled_action_holds_back_the_next_target_of_its_place_only():
    actions = [make_action("a", **closes((1, 2)))]
    targets = [target(3, date(2028, 1, 1)), target(2, date(2026, 8, 1)), target(2, TODAY, department="roads")]
    (line,) = held_back(stalls(actions, {}, [], TODAY), actions, targets, {("parks", "quality"): 1}, TODAY)
    assert (line.target.level, line.left, line.through, line.stall.days) == (2, 17, None, 164)


def test_a_level_that_is_there_already_is_held_back_by_nobody():
    actions = [make_action("a", **closes((1, 2)))]
    stalled = stalls(actions, {}, [], TODAY)
    assert held_back(stalled, actions, [target(2, TODAY)], {("parks", "quality"): 2}, TODAY) == ()
    assert held_back(stalled, actions, [target(3, TODAY)], {("parks", "quality"): 2}, TODAY) == ()
    assert held_back(stalled, actions, [target(2, TODAY)], {}, TODAY) == ()


def test_what_requires_a_stalled_action_passes_it_on_along_the_chain():
    actions = [
        make_action("a"),
        make_action("b", 40, 4, requires=("a",)),
        make_action("c", 50, 4, requires=("b",), **closes((1, 2))),
    ]
    (line,) = held_back(
        stalls(actions, {}, [], TODAY), actions, [target(2, date(2026, 7, 1))], {("parks", "quality"): 1}, TODAY
    )
    assert (line.stall.action.code, line.through.code, line.left) == ("a", "c", -14)


@given(st.integers(1, 5), st.integers(1, 5), st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_a_receipt_for_each_level_and_no_action_in_two_parts(before, after, day):
    action = done("a", max(day, date(2026, 1, 5)), **closes((1, 5)))
    found = receipts({("parks", "quality"): before}, {("parks", "quality"): after}, [action], CLOSED)
    assert [each.level for each in found] == list(range(before + 1, after + 1))
    assert all(len(each.done_before) + len(each.done_after) + len(each.not_done) == 1 for each in found)
