"""What the planner does with odd questions: whatever cannot be meant is refused, whatever can is planned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maturity.planning.catalogue import CatalogueError
from maturity.planning.check import check_plan
from maturity.planning.conflicts import conflicts_of
from maturity.planning.engine import make_plan
from maturity.planning.guided import Guided
from maturity.planning.load_catalogue import load_catalogue
from maturity.planning.plan import Plan
from maturity.planning.request import QUARTERS, Capacity, Decision, PlanningError, PlanRequest
from tests.planning.small import action, ask, by_id, catalogue, codes, day, price, start_weeks

A, B = ("a", "t"), ("b", "t")
ENGINES = [None, Guided()]


def planned(request: PlanRequest) -> Plan:
    """The plan of both engines, checked."""
    for engine in ENGINES:
        plan = make_plan(request) if engine is None else make_plan(request, engine=engine)
        assert check_plan(request, plan) == ()
    return plan


def test_a_circle_through_levels_blocks_its_own_actions_and_the_rest_is_planned() -> None:
    made = catalogue(
        action("x", ("t", 1, 2), requires=["y"]), action("y", ("t", 2, 3)), action("z", ("u", 1, 2), weeks=13)
    )
    plan = planned(ask(made, {A: 1, ("a", "u"): 1}, {A: 3, ("a", "u"): 2}))
    assert start_weeks(plan) == {"z": 0}
    assert codes(plan) == {("a", "t", 2): "circle", ("a", "t", 3): "blocked_by"}
    assert plan.not_planned[0].reason.values == {"actions": ["x", "y"]}


def test_an_unreachable_step_is_not_counted_in_the_bound() -> None:
    made = catalogue(action("x", ("t", 1, 2), weeks=13), action("y", ("t", 3, 4)))
    plan = planned(ask(made, {A: 1}, {A: 4}, importance={"t": 1}))
    assert (plan.value, plan.upper_bound, plan.gap) == (143, pytest.approx(143, rel=1e-3), pytest.approx(0, abs=1e-3))
    assert codes(plan) == {("a", "t", 3): "no_action", ("a", "t", 4): "blocked_by"}


def test_a_step_after_the_horizon_is_said_to_be_late_by_its_weeks() -> None:
    """x ends in week 80, y starts in the month of week 82 and ends in week 162."""
    made = catalogue(action("x", ("t", 1, 2), weeks=80), action("y", ("t", 2, 3), weeks=80))
    plan = planned(ask(made, {A: 1}, {A: 3}))
    assert codes(plan) == {("a", "t", 3): "no_time"}
    assert plan.not_planned[0].reason.values["weeks_over"] == 4


def test_an_action_larger_than_any_quarter_says_both_numbers() -> None:
    plan = planned(ask(catalogue(action("x", ("t", 1, 2), days=80)), {A: 1}, {A: 2}, team=60))
    assert plan.actions == ()
    reason = plan.not_planned[0].reason
    assert (reason.code, reason.values["needs"], reason.values["most"]) == ("too_large", 80, 60)


def test_without_money_what_costs_nothing_is_planned() -> None:
    made = catalogue(action("x", ("t", 1, 2), cost=price(5)), action("y", ("u", 1, 2), cost=price(0)))
    plan = planned(ask(made, {A: 1, ("a", "u"): 1}, {A: 2, ("a", "u"): 2}, budgets=(0, 0, 0, 0)))
    assert set(by_id(plan)) == {"y"}
    assert codes(plan) == {("a", "t", 2): "no_budget"}


def test_nothing_wanted_is_an_empty_plan_that_nothing_exceeds() -> None:
    plan = planned(ask(catalogue(action("x", ("t", 1, 2))), {A: 2}, {A: 2}))
    assert (plan.actions, plan.value, plan.not_planned, plan.status) == ((), 0, (), "proven_within")
    assert (plan.upper_bound, plan.gap) == (0, 0)


def test_no_departments_are_an_empty_plan() -> None:
    request = ask(catalogue(action("x", ("t", 1, 2))), {}, {})
    assert (planned(request).actions, planned(request).value) == ((), 0)
    wanted = replace(request, decisions=(Decision(code="x", kind="must"),))
    assert [each.id for each in planned(wanted).actions] == ["x"]


def test_no_departments_do_not_divide_the_work_of_their_staff() -> None:
    made = catalogue(action("x", ("t", 1, 2), role="staff"))
    request = replace(ask(made, {}, {}), decisions=(Decision(code="x", kind="must"),))
    assert [each.id for each in planned(request).actions] == ["x"]


def test_a_department_without_days_gets_what_is_done_for_the_whole_city() -> None:
    made = catalogue(action("x", ("t", 1, 2), scope="department", role="staff"), action("y", ("u", 1, 2)))
    request = ask(made, {A: 1, ("a", "u"): 1}, {A: 2, ("a", "u"): 2}, staff=0)
    plan = planned(request)
    assert set(by_id(plan)) == {"y"}
    assert codes(plan) == {("a", "t", 2): "no_capacity"}


def test_effects_beyond_the_target_and_second_providers_bring_no_more() -> None:
    near = catalogue(action("x", ("t", 1, 2), weeks=13))
    far = catalogue(action("x", ("t", 1, 3), weeks=13), action("y", ("t", 1, 2), weeks=13))
    values = [planned(ask(made, {A: 1}, {A: 2}, importance={"t": 1})).value for made in (near, far)]
    assert values == [143, 143]


def test_a_city_wide_action_helps_whom_it_can() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    plan = planned(ask(made, {A: 1, B: 2}, {A: 2, B: 2}))
    assert [(each.department, each.to_level) for each in by_id(plan)["x"].closes] == [("a", 2)]


@pytest.mark.parametrize("days", [float("nan"), float("inf"), -0.01, 1.1e9, 1e308])
def test_days_that_are_no_days_are_refused_with_role_department_and_quarter(days: float) -> None:
    request = ask(catalogue(action("x", ("t", 1, 2))), {A: 1}, {A: 2})
    strange = Capacity(role="staff", department="a", days=(0.0, days, *[0.0] * (QUARTERS - 2)))
    given = tuple(each for each in request.capacities if each.role != "staff")
    with pytest.raises(PlanningError, match=r"role 'staff' of department 'a' in quarter 2 is .*; it must be a number"):
        make_plan(replace(request, capacities=(*given, strange)))


@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_the_largest_numbers_that_are_taken_do_not_overflow() -> None:
    made = catalogue(action("x", ("t", 1, 2), weeks=56, days=1e9, cost=price(1e9, 1e9)))
    request = ask(made, {A: 1}, {A: 2}, team=1e9, budgets=(1e9,) * 4, importance={"t": 10**9},
                  department_weights={"a": 1e9})  # fmt: skip
    plan = planned(request)
    assert plan.value == pytest.approx(5.2e19)  # 1e9 times 1e9, for the 52 weeks that are left once it is paid for
    assert plan.upper_bound is not None and plan.upper_bound >= plan.value


def test_a_catalogue_without_actions_is_refused_when_it_is_read() -> None:
    with pytest.raises(ValueError, match="at least 1 item"):
        catalogue()


def test_a_catalogue_with_a_circle_or_numbers_that_cannot_be_meant_is_refused_when_it_is_read(tmp_path) -> None:
    with pytest.raises(ValueError, match="x -> y -> x: neither can start; remove one of these links"):
        catalogue(action("x", ("t", 1, 2), requires=["y"]), action("y", ("t", 2, 3), requires=["x"]))
    for change in ({"weeks": 0}, {"days": float("nan")}, {"days": -1}, {"weeks": 157}, {"phase": 5}):
        with pytest.raises(ValueError):
            catalogue(action("x", ("t", 1, 2), **change))
    with pytest.raises(ValueError, match="must be below"):
        catalogue(action("x", ("t", 3, 2)))
    with pytest.raises(ValueError, match="requires"):
        catalogue(action("x", ("t", 1, 2), requires=["nn"]))
    with pytest.raises(CatalogueError):
        load_catalogue(tmp_path / "none.yaml")


def test_a_time_limit_that_ends_before_the_bound_leaves_it_unknown_and_not_0() -> None:
    request = ask(catalogue(action("x", ("t", 1, 2))), {A: 1}, {A: 2}, time_limit=1.0)
    ticks = iter(range(0, 1000, 5))
    plan = make_plan(request, engine=Guided(), clock=lambda: next(ticks))
    assert (plan.upper_bound, plan.gap, plan.status) == (None, None, "feasible")
    assert set(by_id(plan)) == {"x"}


def test_locked_actions_are_never_dropped_silently() -> None:
    """Two of 40 days in a quarter of 60: the plan names the one that it could not keep, and keeps the other."""
    made = catalogue(*(action(c, ("t", 1, 2), weeks=13, days=40) for c in "xy"))
    pins = tuple(Decision(code=c, kind="locked", start=day(0)) for c in "xy")
    request = ask(made, {A: 1}, {A: 2}, team=60, decisions=pins)
    plan = planned(request)
    assert (plan.status, set(by_id(plan)), len(plan.conflicts)) == ("infeasible", {"x"}, 1)
    assert [each.code for each in conflicts_of(request).give_up] == ["y"]
