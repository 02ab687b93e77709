"""Tiny catalogues and requests, for numbers that can be worked out by hand. Plans start on Monday 4 January 2027."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.plan import Plan, PlannedAction
from maturity.planning.request import QUARTERS, Capacity, PlanRequest
from maturity.planning.targets import Target

STARTS = date(2027, 1, 4)


def day(weeks: int) -> date:
    """The date that many weeks after the plan's start."""
    return STARTS + timedelta(weeks=weeks)


def action(
    code: str,
    *lifts: tuple[str, int, int],
    weeks: int = 4,
    days: float = 10,
    requires: Iterable[str] = (),
    phase: int = 1,
    scope: str = "city",
    role: str = "team",
    **more: Any,
) -> dict[str, Any]:
    """An action as a catalogue file would say it; `lifts` are (topic, from, to), `days` the likely effort."""
    return {
        "id": code,
        "title": f"Do {code}",
        "summary": "",
        "phase": phase,
        "scope": scope,
        "lead": role,
        "deliverable": "a thing",
        "done_when": "it is there",
        "kpi": {"name": "share", "unit": "%"},
        "requires": tuple(requires),
        "raises": [{"topic": t, "from_level": a, "to_level": b} for t, a, b in lifts],
        "duration_weeks": weeks,
        "effort": {role: {"low": days, "likely": days, "high": days}},
        **more,
    }


def price(once: float, yearly: float | None = None) -> dict[str, Any]:
    """A cost without a spread."""
    three = {"low": once, "likely": once, "high": once}
    each = None if yearly is None else {"low": yearly, "likely": yearly, "high": yearly}
    return {"one_off": three, "yearly": each}


def catalogue(*actions: dict[str, Any]) -> ActionCatalogue:
    """A catalogue with a city role `team` and a department role `staff`."""
    return ActionCatalogue.model_validate(
        {
            "id": "small",
            "version": "1",
            "framework": "f",
            "name": "Small",
            "licence": "none",
            "source": "made up",
            "price_year": 2026,
            "roles": [
                {"id": "team", "name": "The team", "days_per_quarter": 40},
                {"id": "staff", "name": "Staff", "scope": "department", "days_per_quarter": 10},
            ],
            "actions": list(actions),
        }
    )


def ask(
    made: ActionCatalogue | None,
    reached: Mapping[tuple[str, str], int],
    wanted: Mapping[tuple[str, str], int],
    *,
    team: float | Iterable[float] = 1000,
    staff: float = 1000,
    **more: Any,
) -> PlanRequest:
    """A request whose targets are due in three years; `team` is one number or one for each quarter."""
    departments = tuple(dict.fromkeys(department for department, _ in reached))
    by_quarter = (float(team),) * QUARTERS if isinstance(team, (int, float)) else tuple(map(float, team))
    capacities = [Capacity(role="team", days=by_quarter)]
    capacities += [Capacity(role="staff", department=d, days=(float(staff),) * QUARTERS) for d in departments]
    given: dict[str, Any] = {
        "round": "r",
        "catalogue": made,
        "departments": departments,
        "reached": dict(reached),
        "targets": tuple(Target(department=d, topic=t, level=level, due=day(156)) for (d, t), level in wanted.items()),
        "starts": STARTS,
        "capacities": tuple(capacities),
        **more,
    }
    return PlanRequest(**given)


def by_id(plan: Plan) -> dict[str, PlannedAction]:
    """The planned actions by their id."""
    return {planned.id: planned for planned in plan.actions}


def start_weeks(plan: Plan) -> dict[str, float]:
    """The week in which each planned action starts."""
    return {planned.id: (planned.start - STARTS).days / 7 for planned in plan.actions}


def codes(plan: Plan) -> dict[tuple[str, str, int | None], str]:
    """Why each step is left out, by department, topic and level."""
    return {(each.department, each.topic, each.to_level): each.reason.code for each in plan.not_planned}
