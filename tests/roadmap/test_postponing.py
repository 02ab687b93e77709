"""What a month more costs: small plans by hand, and what holds for every plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.planning.plan import Closes
from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.postponing import MONTH_DAYS, cost_of_a_slip, cost_of_waiting, projected

TODAY = date(2026, 3, 1)
STEP = Closes(department="parks", topic="quality", from_level=1, to_level=2)


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def one(code: str, start: int, finish: int, *requires: str, steps: int = 0, **more) -> Action:
    return Action(
        id=code, code=code, title=code, phase=1, start=day(start), finish=day(finish), owner="cdo",
        raci=Raci(accountable="cdo"), requires=requires, closes=(STEP,) * steps, **more,
    )  # fmt: skip


def test_what_waits_pushes_what_requires_it_less_the_days_between():
    """b waits and begins on day 10; decided on day 1 + 30 it begins on day 31, 21 days late, and ends on day 50. c
    begins on day 41, leaving 11 days between, so it is pushed by 10 to end on day 70."""
    plan = [one("b", 10, 29, steps=2), one("c", 41, 60, "b", steps=1)]
    found = cost_of_waiting(plan, ["b"], TODAY, day(1))
    assert found.later == {"b": 21, "c": 10}
    assert found.end_days == 10
    assert found.pushed == ("c",)
    assert found.steps == 3
    assert found.level_weeks == (2 * 21 + 1 * 10) / 7


def test_deciding_a_month_late_costs_nothing_before_the_first_action_waits():
    found = cost_of_waiting([one("b", 40, 60, steps=1)], ["b"], TODAY, day(1))
    assert found.nothing and found.later == {} and found.level_weeks == 0


def test_what_has_begun_waits_for_no_decision():
    plan = [one("b", -5, 60, begun_on=day(-5), steps=1)]
    assert cost_of_waiting(plan, ["b"], TODAY, day(1)).nothing


def test_a_late_action_that_slips_a_month_moves_its_followers_by_it():
    """a was to end 10 days ago, so it ends today at the earliest and c, that required it, begins tomorrow at the
    earliest; a month more moves both by 30 days."""
    plan = [one("a", -40, -10, begun_on=day(-40)), one("c", -9, 20, "a", steps=1), one("d", 0, 300)]
    assert projected(plan, TODAY)["c"] == (day(1), day(30))
    found = cost_of_a_slip(plan, ["a"], TODAY)
    assert found.later == {"a": 30, "c": 30}
    assert found.end_days == 0, "d ends last and hangs on neither"
    assert found.pushed == ("c",)


def test_a_planned_overlap_is_kept():
    plan = [one("a", 0, 20), one("c", 11, 40, "a")]
    assert projected(plan, TODAY)["c"] == (day(11), day(40))
    assert cost_of_a_slip(plan, ["a"], TODAY).later == {"a": 30, "c": 30}


@st.composite
def plans(draw) -> list[Action]:
    count = draw(st.integers(1, 8))
    found: list[Action] = []
    for number in range(count):
        start = draw(st.integers(-60, 200))
        finish = start + draw(st.integers(0, 120))
        begun = draw(st.booleans()) and start <= 0
        needs = draw(st.lists(st.sampled_from([each.code for each in found]), unique=True, max_size=3)) if found else []
        more = {"begun_on": day(start)} if begun else {}
        found.append(one(f"a{number}", start, finish, *needs, steps=draw(st.integers(0, 2)), **more))
    return found


@given(plans(), st.data())
def test_a_month_never_costs_more_than_a_month_and_never_less_than_nothing(plan, data):
    codes = data.draw(st.lists(st.sampled_from([each.code for each in plan]), min_size=1, unique=True))
    for found in (cost_of_waiting(plan, codes, TODAY, day(5)), cost_of_a_slip(plan, codes, TODAY)):
        assert 0 <= found.end_days <= 2 * MONTH_DAYS * len(plan)
        assert all(days > 0 for days in found.later.values())
        assert set(found.pushed).isdisjoint(codes)
        days_later = sum(found.later.get(each.code, 0) * len(each.closes) for each in plan)
        assert found.level_weeks * 7 == pytest.approx(days_later)
    assert cost_of_waiting(plan, codes, TODAY, day(5)).end_days <= MONTH_DAYS


@given(plans(), st.data())
def test_only_what_hangs_on_it_comes_later(plan, data):
    code = data.draw(st.sampled_from([each.code for each in plan]))
    hangs = {code}
    for each in plan:  # in the order in which they require each other
        if set(each.requires) & hangs:
            hangs.add(each.code)
    assert set(cost_of_a_slip(plan, [code], TODAY).later) <= hangs
