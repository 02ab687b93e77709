"""Delivered actions as activities: days from the plan's start, what is left, how sure, and what waits for what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from maturity.planning.forecast import USUAL_HIGH, USUAL_LOW
from maturity.planning.forecast_outcomes import forecast
from maturity.planning.forecast_request import ForecastRequest, check_links
from maturity.planning.plan import CapacityUse, Closes
from maturity.roadmap.forecast import activities, brought, gates, links, spread_of
from maturity.roadmap.milestones import Milestone
from maturity.roadmap.progress import ProgressUpdate
from tests.planning.small import action as template
from tests.planning.small import catalogue

from .conftest import MONDAY, make_action

KNOWN = catalogue(
    template(
        "a",
        ("t", 1, 2),
        effort={
            "team": {"low": 4, "likely": 8, "high": 20},
            "staff": {"low": 1, "likely": 2, "high": 5},
        },
    )
)


def closes(department: str, low: int, high: int, topic: str = "t") -> Closes:
    return Closes(department=department, topic=topic, from_level=low, to_level=high)


def report(code: str, confidence: int | None, day: int) -> ProgressUpdate:
    made = datetime(2026, 2, day, tzinfo=UTC)
    return ProgressUpdate(
        id=str(day), action_id=f"id-{code}", code=code, percent_done=0, confidence=confidence, made_at=made
    )


def test_an_action_becomes_days_from_the_plans_start():
    begun = make_action(
        "a", 2, 4, begun_on=MONDAY + timedelta(days=15), percent_done=25.0, effort={"team": 6.0, "staff": 2.0},
        department="parks", cost=100.0,
    )  # fmt: skip
    done = make_action("b", 0, 1, begun_on=MONDAY, done_on=MONDAY + timedelta(days=9), percent_done=100.0)
    first, second = activities([begun, done], None, MONDAY)
    assert (first.start, first.days, first.finish, first.begun, first.done) == (14, 28, 42, 15, None)
    assert (first.share_done, first.role, first.department, first.cost) == (0.25, "team", "parks", 100.0)
    assert first.shares == {"team": 0.75, "staff": 0.25}
    assert (second.done, second.begun) == (10, 0)


def test_without_a_spread_the_forecast_is_the_plan(chain):
    flat = [replace(each, low=1.0, high=1.0, confidence=5, role="") for each in activities(chain, None, MONDAY)]
    found = forecast(ForecastRequest(activities=tuple(flat), now=0, samples=20))["actions"]
    for each in found:
        planned = next(a for a in chain if a.code == each["code"])
        assert MONDAY + timedelta(days=each["p50"] - 1) == planned.finish == MONDAY + timedelta(days=each["p80"] - 1)


def test_the_spread_is_that_of_all_efforts_together():
    assert spread_of(make_action("a", catalogue_id="a"), KNOWN) == (0.5, 2.5)  # (4 + 1) / 10, (20 + 5) / 10
    assert spread_of(make_action("b"), KNOWN) == (USUAL_LOW, USUAL_HIGH)
    assert spread_of(make_action("a", catalogue_id="a"), None) == (USUAL_LOW, USUAL_HIGH)


def test_the_newest_confidence_counts_and_one_report_may_leave_it_out():
    said = [report("a", 2, 3), report("a", 4, 1), report("a", None, 9)]
    assert activities([make_action("a")], None, MONDAY, reports=said)[0].confidence == 2
    assert activities([make_action("a")], None, MONDAY)[0].confidence is None


def test_what_brings_the_level_below_comes_first():
    low = make_action("low", 0, 4, closes=(closes("d", 1, 2),))
    high = make_action("high", 6, 4, closes=(closes("d", 2, 3), closes("e", 1, 2)))
    early = make_action("early", 2, 1, closes=(closes("d", 2, 3, "u"),))
    assert links([low, high, early], MONDAY, ()) == {"low": (), "high": ("low",), "early": ()}
    beside = replace(high, start=low.finish)  # people let them overlap
    assert links([low, beside], MONDAY, ())["high"] == ()


@pytest.mark.parametrize(("planned", "linked"), [(96.0, ("a",)), (94.0, ())])
def test_in_a_full_quarter_a_citys_role_keeps_its_order(planned, linked):
    rows = [make_action("a", 0, 4), make_action("b", 6, 4), make_action("c", 2, 6), make_action("d", 14, 2)]
    use = CapacityUse(role="lead", department=None, quarter=1, available=100.0, planned=planned)
    found = links(rows, MONDAY, [use])
    assert found == {"a": (), "b": linked, "c": (), "d": ()}  # c overlaps both, d is of another quarter
    assert links(rows, MONDAY, [replace(use, department="parks")])["b"] == ()


def test_no_link_of_ours_closes_a_circle_with_peoples_own():
    late = make_action("late", 8, 2)
    first = make_action("first", 0, 4, requires=("late",))  # somebody moved it before what it requires
    use = CapacityUse(role="lead", department=None, quarter=1, available=1.0, planned=9.0)
    assert links([late, first], MONDAY, [use]) == {"late": (), "first": ("late",)}


def test_a_circle_over_three_is_not_closed_either():
    """b after a and c after b in a full quarter, but people say that a requires c, which is planned later."""
    rows = [make_action("a", 0, 2, requires=("c",)), make_action("b", 3, 2), make_action("c", 6, 2)]
    use = CapacityUse(role="lead", department=None, quarter=1, available=1.0, planned=9.0)
    found = links(rows, MONDAY, [use])
    assert found["a"] == ("c",) and found["c"] == ("b",) and found["b"] == ()
    check_links(activities(rows, None, MONDAY, [use]))


def test_in_a_full_quarter_only_neighbours_are_linked():
    rows = [make_action("a", 0, 2), make_action("b", 3, 2), make_action("c", 6, 2), make_action("d", 3, 1)]
    use = CapacityUse(role="lead", department=None, quarter=1, available=1.0, planned=9.0)
    assert links(rows, MONDAY, [use]) == {"a": (), "b": ("a",), "c": ("b", "d"), "d": ("a",)}


def test_steps_are_those_above_where_places_stand():
    rows = [
        make_action("a", closes=(closes("d", 1, 2),)),
        make_action("b", closes=(closes("d", 2, 4), closes("x", 1, 2))),
        make_action("c", closes=(closes("d", 2, 3),)),
    ]
    found = brought(rows, {("d", "t"): 2, ("e", "t"): 1}, {("e", "t", 2): 30.0})
    assert [(s.department, s.level_before, s.level, s.by, s.day) for s in found] == [
        ("d", 2, 3, ("b", "c"), None), ("d", 3, 4, ("b",), None), ("e", 1, 2, (), 30.0),
    ]  # fmt: skip


def test_a_milestone_waits_for_what_was_approved_to_be_finished_by_then():
    rows = [make_action("a", 0, 4), make_action("b", 4, 4)]
    stone = Milestone(id="m", name="M", on=rows[0].finish)
    assert gates([stone], rows, {}, MONDAY)[0].codes == ("a",)
    approved = {"b": (rows[1].start, date(2026, 1, 20))}
    found = gates([stone], rows, approved, MONDAY)[0]
    assert (found.codes, found.on) == (("a", "b"), 27)
