"""Snapshots of a plan and what differs between them, by hand and for any two plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from maturity.planning.catalogue import Kpi
from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.milestones import Milestone
from maturity.roadmap.versions import Snapshot, difference, read_snapshot, replayed, snapshot_of

STARTS = date(2026, 4, 6)


def action(code: str = "A01", **changes: Any) -> Action:
    made = Action(
        id=f"id of {code}",
        code=code,
        title=f"Do {code}",
        phase=1,
        start=date(2026, 4, 6),
        finish=date(2026, 5, 29),
        owner="Asha",
        raci=Raci(accountable="Asha", responsible=("Data team", "Asha")),
        kpi=Kpi(name="Sets listed", unit="%", baseline=10.0, target=90.0, due=date(2026, 9, 1)),
        effort={"data-team": 12.0},
    )
    return replace(made, **changes)


def snapshot(*actions: Action, milestones: tuple[Milestone, ...] = ()) -> Snapshot:
    return snapshot_of("Roadmap", "Spring", STARTS, actions, milestones)


def test_a_snapshot_holds_what_is_planned_and_nothing_of_how_it_goes():
    still = snapshot(action())
    going = action(percent_done=40.0, begun_on=STARTS, expected_on=date(2026, 7, 1), days_used=3.0, row_version=9)
    assert snapshot(going) == still
    assert snapshot(replace(going, finish=date(2026, 6, 1))) != still
    assert snapshot(action(removed_on=STARTS)).actions == {}


def test_the_name_of_an_owner_who_comes_in_here_is_in_no_snapshot():
    held = snapshot(action(owner_person="p-7")).actions["A01"]
    assert held["owner"] == held["raci"]["accountable"] == "person:p-7"
    assert held["raci"]["responsible"] == ["Data team", "person:p-7"]
    assert "Asha" not in str(held)


def test_what_differs_is_told_by_kind_with_the_days_and_the_reasons():
    before = snapshot(action(), action("A02"), action("A03"), action("A04"), action("A05"))
    after = snapshot(
        action(finish=date(2026, 7, 18)),
        action("A02", start=date(2026, 4, 13), finish=date(2026, 6, 5)),
        action("A03", owner="Lea", raci=Raci(accountable="Lea")),
        action("A04", deliverable="A list"),
        action("A06"),
    )
    found = {each.code: each for each in difference(before, after, {"A01": ["the supplier is late"]}).changes}
    assert {code: each.kinds for code, each in found.items()} == {
        "A01": ("re_dated",),
        "A02": ("moved",),
        "A03": ("re_owned",),
        "A04": ("rewritten",),
        "A05": ("left",),
        "A06": ("entered",),
    }
    assert (found["A01"].later, found["A01"].reasons) == (50, ("the supplier is late",))
    assert (found["A02"].later, found["A04"].parts) == (7, ("deliverable",))


def test_milestones_of_one_name_stay_two():
    twice = tuple(Milestone(id=str(n), name="Council", on=STARTS + timedelta(days=n)) for n in range(2))
    held = snapshot(milestones=twice)
    assert {name: each["on"] for name, each in held.milestones.items()} == {
        "Council": "2026-04-06",
        "Council (again)": "2026-04-07",
    }
    moved = snapshot(milestones=(replace(twice[0], on=date(2026, 4, 1)), twice[1]))
    assert set(difference(held, moved).milestones) == {"Council"}


CODES = some.sampled_from(["A01", "A02/parks", "A02/roads", "added-1"])
DAYS = some.dates(date(2026, 1, 1), date(2028, 1, 1))
ACTIONS = some.builds(
    lambda start, days, owner, person, text: action(
        start=start, finish=start + timedelta(days=days), owner=owner, raci=Raci(accountable=owner),
        owner_person=person, deliverable=text,
    ),
    DAYS, some.integers(0, 200), some.sampled_from(["Asha", "Lea"]), some.none() | some.just("p-1"),
    some.text(max_size=5),
)  # fmt: skip
MARKS = some.lists(
    some.builds(lambda name, on: Milestone(id="", name=name, on=on), some.sampled_from(["End", "Mid"]), DAYS),
    max_size=3,
)
PLANS = some.builds(
    lambda held, marks: snapshot(*(replace(each, code=code) for code, each in held.items()), milestones=tuple(marks)),
    some.dictionaries(CODES, ACTIONS), MARKS,
)  # fmt: skip


@given(PLANS, PLANS)
def test_a_difference_replays_from_one_version_to_the_other(before: Snapshot, after: Snapshot):
    told = difference(before, after)
    assert replayed(before, told) == after
    assert replayed(after, difference(after, before)) == before
    assert bool(told.changes or told.milestones) is (before != after)


@given(PLANS)
def test_a_snapshot_comes_back_from_its_document(held: Snapshot):
    assert read_snapshot(held.document()) == held
    assert difference(held, held).changes == ()
