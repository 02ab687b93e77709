"""Each planted fault is found by the checker, under its own name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from maturity.planning.check import check_plan
from maturity.planning.engine import make_plan
from maturity.planning.plan import NotPlanned, Plan, PlannedAction, Reason
from maturity.planning.request import Decision, PlanRequest
from tests.planning.small import action, ask, by_id, catalogue, day, price

Fault = Callable[[PlanRequest, Plan], tuple[PlanRequest, Plan]]


@cache
def sound() -> tuple[PlanRequest, Plan]:
    """A plan with a prerequisite, a copy per department, a level to wait for, and prices."""
    made = catalogue(
        action("base", ("u", 1, 2), weeks=6, days=12, cost=price(100, 10)),
        action("walk", ("t", 1, 2), scope="department", role="staff", days=4, requires=["base"]),
        action("run", ("t", 2, 3), weeks=20, days=60, phase=2, cost=price(500)),
    )
    reached = {("a", "t"): 1, ("b", "t"): 1, ("a", "u"): 1}
    wanted = {("a", "t"): 3, ("b", "t"): 3, ("a", "u"): 2}
    request = ask(made, reached, wanted, team=80, staff=8, budgets=(200, 500, 0, 0))
    return request, make_plan(request)


def changed(code: str, **values: object) -> Fault:
    """One action of the plan with other values."""

    def plant(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
        actions = tuple(replace(a, **values) if a.id == code else a for a in plan.actions)
        return request, replace(plan, actions=actions)

    return plant


def moved(code: str, weeks: int) -> Fault:
    """One action of the plan at another time."""

    def plant(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
        planned = by_id(plan)[code]
        by = timedelta(weeks=weeks)
        return changed(code, start=planned.start + by, finish=planned.finish + by)(request, plan)

    return plant


def asked(**values: object) -> Fault:
    """The same plan as an answer to another question."""
    return lambda request, plan: (replace(request, **values), plan)


def said(**values: object) -> Fault:
    """The same actions with another frame."""
    return lambda request, plan: (request, replace(plan, **values))


def without(code: str) -> Fault:
    return lambda request, plan: (request, replace(plan, actions=tuple(a for a in plan.actions if a.id != code)))


def twice(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
    return request, replace(plan, actions=(*plan.actions, plan.actions[0]))


def idle(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
    return changed("run", closes=())(request, plan)


def stolen_step(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
    steps = by_id(plan)["run"].closes
    return changed("walk/a", closes=(*by_id(plan)["walk/a"].closes, steps[0]))(request, plan)


def swapped(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
    steps = by_id(plan)["walk/b"].closes
    request, plan = changed("walk/b", closes=by_id(plan)["walk/a"].closes)(request, plan)
    return changed("walk/a", closes=steps)(request, plan)


def left_out_and_closed(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
    reason = Reason(code="no_action", values={})
    extra = NotPlanned(department="a", topic="t", from_level=1, to_level=2, reason=reason)
    return request, replace(plan, not_planned=(extra,))


def less_used(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
    return request, replace(plan, capacity=tuple(replace(use, planned=0.0) for use in plan.capacity))


def less_spent(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
    return request, replace(plan, budget=tuple(replace(use, planned=0.0) for use in plan.budget))


def decided(kind: str, code: str) -> Fault:
    start = day(60) if kind == "pinned" else None
    return asked(decisions=(Decision(code=code, kind=kind, start=start),))  # type: ignore[arg-type]


def capacities(days: float) -> Fault:
    def plant(request: PlanRequest, plan: Plan) -> tuple[PlanRequest, Plan]:
        return replace(request, capacities=tuple(replace(c, days=(days,) * 12) for c in request.capacities)), plan

    return plant


FAULTS: list[tuple[str, Fault]] = [
    ("unknown_action", changed("run", catalogue_id="nothing")),
    ("malformed_id", changed("walk/a", id="walk-a")),
    ("malformed_id", changed("run", department="a")),
    ("malformed_id", changed("walk/a", department="zz", id="walk/zz")),
    ("duplicate_id", twice),
    ("already_done", asked(already={"base": "done"})),
    ("already_done", asked(already={"walk/a": "running"})),
    ("wrong_finish", changed("run", finish=day(150))),
    ("wrong_phase", changed("run", phase=3)),
    ("outside_horizon", moved("run", 143 - 26)),
    ("outside_horizon", asked(starts=day(1))),
    ("before_phase", moved("run", -4)),
    ("off_grid", moved("run", 1)),
    ("requires_missing", changed("run", requires=("ghost",))),
    ("requires_later", moved("walk/a", -9)),
    ("requires_unmet", changed("walk/a", requires=())),
    ("level_not_held", moved("run", -26)),
    ("useless", idle),
    ("closes_missing", idle),
    ("closes_wrong", stolen_step),
    ("closes_wrong", swapped),
    ("wrong_value", said(value=1.0)),
    ("wrong_value", asked(importance={"t": 5})),
    ("unaccounted", without("run")),
    ("unaccounted", left_out_and_closed),
    ("wrong_effort", changed("run", effort={"team": 1.0})),
    ("wrong_cost", changed("run", cost=None)),
    ("wrong_cost", changed("base", cost=100.0)),
    ("over_capacity", capacities(3)),
    ("over_capacity", asked(capacities=())),
    ("wrong_capacity", less_used),
    ("over_budget", asked(budgets=(10, 0, 0, 0))),
    ("wrong_budget", less_spent),
    ("rejected", decided("rejected", "run")),
    ("pin_moved", decided("pinned", "run")),
    ("decision_dropped", decided("must", "walk/zz")),
    ("wrong_status", said(status="infeasible")),
    ("wrong_status", said(conflicts=(Reason(code="conflict", values={"decided": "x"}),))),
]


def test_the_sound_plan_breaks_no_rule() -> None:
    request, plan = sound()
    assert check_plan(request, plan) == ()
    assert set(by_id(plan)) == {"base", "walk/a", "walk/b", "run"}


@pytest.mark.parametrize(("code", "plant"), FAULTS)
def test_each_planted_fault_is_found(code: str, plant: Fault) -> None:
    request, plan = plant(*sound())
    assert code in {violation.code for violation in check_plan(request, plan)}


def test_a_plan_without_a_catalogue_may_hold_nothing() -> None:
    request, plan = sound()
    found = check_plan(replace(request, catalogue=None), plan)
    assert {violation.code for violation in found} == {"no_catalogue"}


def test_a_running_prerequisite_must_be_over() -> None:
    made = catalogue(action("now", ("u", 1, 2), weeks=20), action("then", ("t", 1, 2), requires=["now"]))
    request = ask(made, {("a", "t"): 1}, {("a", "t"): 2}, already={"now": "running"})
    plan = make_plan(request)
    early: PlannedAction = replace(plan.actions[0], start=day(4), finish=day(8) - timedelta(days=1))
    found = {violation.code for violation in check_plan(request, replace(plan, actions=(early,)))}
    assert "requires_running" in found
