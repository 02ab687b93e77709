"""What a plan leads to: the level of each place by quarter, and each target against the day it is expected.

A forecast, never a score: finished actions show that work was done, only the next round shows that it helped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from maturity.planning.calendar import HORIZON, QUARTER, on_date
from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.plan import Plan
from maturity.planning.request import QUARTERS, PlanRequest
from maturity.planning.steps import find_steps, state_of
from maturity.planning.targets import Target

Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A target with the day on which the plan is expected to reach it (None: it does not) and the days after due."""

    target: Target
    expected: date | None
    days_late: int


def reached_on(plan: Plan, request: PlanRequest) -> dict[tuple[str, str, int], date]:
    """The day on which each step (department, topic, level) is held: brought about, and the step below held too."""
    found: dict[tuple[str, str, int], date] = {}
    for step in find_steps(request, request.catalogue) if request.catalogue else ():
        if step.by and step.comes < HORIZON:
            found[step.department, step.topic, step.level] = on_date(request.starts, step.comes)
    for action in plan.actions:
        for closes in action.closes:
            found[closes.department, closes.topic, closes.to_level] = action.finish + timedelta(days=1)
    for department, topic, level in sorted(found):
        below = found.get((department, topic, level - 1))
        if below is not None:
            found[department, topic, level] = max(found[department, topic, level], below)
    return found


def projection(plan: Plan, request: PlanRequest) -> dict[Place, tuple[int, ...]]:
    """The level that each place stands at, after the last day of each of the 12 quarters."""
    days = reached_on(plan, request)
    ends = [on_date(request.starts, (quarter + 1) * QUARTER) for quarter in range(QUARTERS)]
    levels: dict[Place, list[tuple[int, date]]] = {}
    for (department, topic, level), day in days.items():
        levels.setdefault((department, topic), []).append((level, day))
    return {
        place: tuple(max([level, *(to for to, day in levels.get(place, ()) if day <= end)]) for end in ends)
        for place, level in request.reached.items()
    }


def outlooks(plan: Plan, request: PlanRequest) -> tuple[Outlook, ...]:
    """Every target above today's level, with the day the plan is expected to reach it."""
    days = reached_on(plan, request)
    found = []
    for target in request.targets:
        level = request.reached.get((target.department, target.topic))
        if level is None or level >= target.level:
            continue
        expected = days.get((target.department, target.topic, target.level))
        late = max(0, (expected - target.due).days) if expected else 0
        found.append(Outlook(target=target, expected=expected, days_late=late))
    return tuple(found)


def probably_done(
    catalogue: ActionCatalogue, reached: Mapping[Place, int], departments: tuple[str, ...], already: Mapping[str, str]
) -> tuple[str, ...]:
    """Actions worth asking about before the first plan: every department stands where they would lift it already.

    A question for a person, never an answer: only marking an action done keeps it out of a plan.
    """
    found = []
    for action in catalogue.actions:
        held = bool(action.raises) and all(
            reached.get((department, lift.topic), 0) >= lift.to_level
            for lift in action.raises
            for department in departments
        )
        if held and departments and not any(state_of(action, department, already) for department in departments):
            found.append(action.id)
    return tuple(found)
