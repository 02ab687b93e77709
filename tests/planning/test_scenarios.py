"""Scenarios: each limit by hand, the comparison counted by hand, and only what is proven called better or worse."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.planning.check import check_plan
from maturity.planning.engine import make_plan
from maturity.planning.guided import Guided
from maturity.planning.plan import Plan, Price
from maturity.planning.request import Decision, PlanningError, PlanRequest
from maturity.planning.scenarios import (
    Wish,
    changed,
    compare,
    outcomes,
    read_outcome,
    read_wish,
    scarcest_role,
    usual_wishes,
    write_outcome,
    write_wish,
)
from tests.planning.small import action, ask, catalogue, day, price, start_weeks
from tests.planning.test_plan_properties import often, some_request

PLACES = {("a", "t"): 1, ("a", "u"): 1, ("b", "t"): 1, ("b", "u"): 2}
WANTED = dict.fromkeys(PLACES, 2)


def city() -> PlanRequest:
    """x and y cost 60 each, z nothing; z stands alone, y requires x. 4 weeks and 10 days each."""
    made = catalogue(
        action("x", ("t", 1, 2), cost=price(60)),
        action("y", ("u", 1, 2), cost=price(60), requires=["x"]),
        action("z", ("v", 1, 2), cost=price(0)),
    )
    return ask(made, {**PLACES, ("a", "v"): 1}, {**WANTED, ("a", "v"): 2}, team=40, budgets=(60, 60, 0, 0))


def made(request: PlanRequest) -> Plan:
    """The plan of a request, with its bound."""
    return make_plan(request, engine=Guided())


def test_do_minimum_has_money_for_what_is_decided_and_what_it_requires_alone() -> None:
    assert changed(city(), Wish(key="minimum")).budgets == (0, 0, 0, 0)
    plan = made(changed(city(), Wish(key="minimum")))
    assert set(start_weeks(plan)) == {"z"}
    wanted = replace(city(), decisions=(Decision(code="y", kind="pinned", start=day(30)),))
    # x may start in phase 1, y is pinned to week 30, which is in phase 2.
    assert changed(wanted, Wish(key="minimum")).budgets == (60, 60, 0, 0)
    assert set(start_weeks(made(changed(wanted, Wish(key="minimum"))))) == {"x", "y", "z"}


def test_fast_has_all_the_money_at_once_and_a_quarter_more_days_for_a_year() -> None:
    fast = changed(replace(city(), carry_over=False), Wish(key="fast"))
    assert fast.budgets == (120, 0, 0, 0) and fast.carry_over
    assert fast.capacities[0].days == (50.0,) * 4 + (40.0,) * 8
    assert start_weeks(made(city()))["y"] == 26
    assert start_weeks(made(fast))["y"] == 4


def test_less_money_and_one_more_person() -> None:
    assert changed(city(), Wish(key="less", money=0.8)).budgets == (48, 48, 0, 0)
    more = changed(city(), Wish(key="person", role="team", days=55))
    assert more.capacities[0].days == (95.0,) * 12
    assert more.capacities[1:] == city().capacities[1:]
    assert changed(city(), Wish(key="own", role="team", days=-50)).capacities[0].days == (0.0,) * 12
    with pytest.raises(PlanningError, match="no role of the whole organisation"):
        changed(city(), Wish(key="person", role="staff", days=55))
    with pytest.raises(PlanningError, match="from 0 up"):
        changed(city(), Wish(key="own", money=-0.1))
    assert changed(replace(city(), budgets=None), Wish(key="less", money=0.8)).budgets is None


def test_nothing_new_starts_before_a_day_but_what_has_a_date() -> None:
    request = replace(city(), decisions=(Decision(code="z", kind="pinned", start=day(3)),))
    later = made(changed(request, Wish(key="own", not_before=day(20))))
    assert start_weeks(later) == {"z": 3, "x": 22, "y": 26}


def test_the_comparison_counts() -> None:
    base, less = made(city()), changed(city(), Wish(key="less", money=0.5))
    plan = made(replace(less, previous=()))
    found = compare(city(), base, less, plan)
    # 30 in phase 1 and 60 by phase 2 pay for x in phase 2 alone; y is lost. z goes on at once.
    assert start_weeks(base) == {"x": 0, "y": 26, "z": 0}
    assert start_weeks(plan) == {"x": 26, "z": 0}
    assert (found.enters, found.leaves, found.moves) == ((), ("y",), ("x",))
    assert (found.cost, found.person_days, found.actions, found.unpriced) == (60, 20, 2, 0)
    assert (found.met, found.targets) == (3, 4)
    # Levels of a: t, u, v and b: t, u start at 1, 1, 1, 1, 2; after a quarter v of a is 2, after three t of both.
    assert found.levels[0] == pytest.approx(7 / 5)
    assert found.levels[2] == pytest.approx(9 / 5)
    assert found.by_department["b"] == (1.5,) * 2 + (2.0,) * 10
    # 3 x (2 x 126 + 152) of 3 x (2 x 152 + 126 + 152) level-weeks.
    assert found.share == pytest.approx((2 * 126 + 152) / (2 * 152 + 126 + 152) - 1, abs=1e-6)
    assert found.verdict == "worse"  # its own bound is below what the base has already


def test_a_difference_that_is_not_proven_is_undecided() -> None:
    base = made(city())
    other = replace(base, value=base.value - 1, upper_bound=base.value + 1, actions=base.actions[:-1])
    loose = replace(base, upper_bound=base.value + 5)
    assert compare(city(), loose, city(), other).verdict == "undecided"
    assert compare(city(), loose, city(), replace(other, upper_bound=base.value)).verdict == "worse"
    assert compare(city(), loose, city(), replace(other, value=base.value + 4)).verdict == "undecided"
    assert compare(city(), loose, city(), replace(other, value=base.value + 5)).verdict == "better"
    assert compare(city(), replace(base, upper_bound=None), city(), replace(other, upper_bound=None)).verdict == (
        "undecided"
    )
    assert compare(city(), base, city(), replace(base)).verdict == "same"
    assert compare(city(), base, city(), base).verdict == "base"


def test_the_scarcest_role_is_the_one_whose_days_are_worth_most() -> None:
    request = city()
    assert request.catalogue is not None
    plan = made(request)
    days = [Price(role="staff", department="a", quarter=1, phase=None, worth=9.0)]
    days += [Price(role="team", department=None, quarter=q, phase=None, worth=0.5) for q in (1, 2)]
    assert scarcest_role(request.catalogue, replace(plan, prices=tuple(days))) == "team"
    assert scarcest_role(request.catalogue, replace(plan, prices=())) == "team"


def test_all_of_them_stay_around_the_plan_as_it_is() -> None:
    found = list(outcomes(city(), (*usual_wishes(), Wish(key="own", money=0.0)), made))
    assert [each.wish.key for each in found] == ["planned", "minimum", "fast", "less", "person", "own"]
    assert found[4].wish.role == "team"  # named once the plan as it is was known
    assert found[4].comparison.verdict == "same"
    assert {move.id: move.reason.code for move in found[5].plan.moves} == {"x": "no_budget", "y": "needs"}
    assert [read_outcome(json.loads(json.dumps(write_outcome(each)))) for each in found] == found


def test_wishes_are_read_as_they_were_written() -> None:
    wish = Wish(key="own", money=0.5, role="team", days=-3.5, not_before=day(5))
    assert read_wish(json.loads(json.dumps(write_wish(wish)))) == wish


@settings(often, max_examples=40)
@given(some_request(), st.sampled_from([*usual_wishes("team"), Wish(key="own", money=0.3, not_before=day(9))]))
def test_every_scenario_passes_the_checker_and_less_is_never_proven_better(request: PlanRequest, wish: Wish) -> None:
    base, other = outcomes(request, (wish,), make_plan)
    asked = changed(request, other.wish)
    assert check_plan(asked, other.plan) == ()
    assert base.comparison.verdict == "base"
    if wish.key == "less":
        assert other.comparison.verdict != "better"
