"""The steps a plan may bring about: one level of one topic in one department, with its weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maturity.planning.catalogue import ActionCatalogue, CatalogueAction
from maturity.planning.request import PlanRequest
from maturity.planning.targets import USUAL_IMPORTANCE

NEVER = 1 << 30
"""A day that does not come: the step is not reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From `level` - 1 to `level`. `below` and `above` are the neighbouring steps' numbers, -1 where there is none;
    `comes` is the day on which an action that already runs brings it about, `by` that action."""

    department: str
    topic: str
    level: int
    weight: float
    below: int
    above: int
    comes: int = NEVER
    by: str = ""


def code_of(action: CatalogueAction, department: str | None) -> str:
    """The id of a planned action: `catalogue_id`, or `catalogue_id/department` for a department's copy."""
    return action.id if action.scope == "city" else f"{action.id}/{department}"


def state_of(action: CatalogueAction, department: str | None, already: Mapping[str, str]) -> str | None:
    """Whether the action is "done" or "running"; a bare id of a department action speaks for every department."""
    return already.get(code_of(action, department), already.get(action.id))


def running_finish(action: CatalogueAction) -> int:
    """The day on which a running action is expected to end: half its duration after the plan's start, as nobody is
    asked when it began."""
    return (action.duration_weeks * 7 + 1) // 2


def wanted_levels(request: PlanRequest) -> dict[tuple[str, str], int]:
    """The highest target of each place that stands at a known level below it, by department and topic."""
    wanted: dict[tuple[str, str], int] = {}
    for target in request.targets:
        place = (target.department, target.topic)
        if place in request.reached and target.level > request.reached[place]:
            wanted[place] = max(target.level, wanted.get(place, 0))
    return wanted


def topic_weight(request: PlanRequest, topic: str) -> float:
    """The importance of a topic, times the emphasis that objectives lay on it."""
    return request.importance.get(topic, USUAL_IMPORTANCE) * request.emphasis.get(topic, 1.0)


def find_steps(request: PlanRequest, catalogue: ActionCatalogue) -> tuple[Step, ...]:
    """All wanted steps, place by place and rising; those that running actions bring about bear their day."""
    coming = _coming(request, catalogue)
    steps: list[Step] = []
    for (department, topic), highest in wanted_levels(request).items():
        weight = topic_weight(request, topic) * request.department_weights.get(department, 1.0)
        lowest = request.reached[department, topic] + 1
        for level in range(lowest, highest + 1):
            comes, by = coming.get((department, topic, level), (NEVER, ""))
            steps.append(
                Step(
                    department=department,
                    topic=topic,
                    level=level,
                    weight=weight,
                    below=len(steps) - 1 if level > lowest else -1,
                    above=len(steps) + 1 if level < highest else -1,
                    comes=comes,
                    by=by,
                )
            )
    return tuple(steps)


def _coming(request: PlanRequest, catalogue: ActionCatalogue) -> dict[tuple[str, str, int], tuple[int, str]]:
    """Steps that running actions bring about where a department stands at their from-level, with day and code."""
    found: dict[tuple[str, str, int], tuple[int, str]] = {}
    lifts = sorted(_running_lifts(request, catalogue), key=lambda lift: (lift[2], lift[4], lift[5]))
    for department, topic, from_level, to_level, finish, code in lifts:
        held = request.reached.get((department, topic), 0)
        if held < from_level and (department, topic, from_level) not in found:
            continue
        for level in range(max(from_level, held) + 1, to_level + 1):
            day = max(finish, found[department, topic, level - 1][0] if level - 1 > held else 0)
            found[department, topic, level] = min(found.get((department, topic, level), (NEVER, "")), (day, code))
    return found


def _running_lifts(request: PlanRequest, catalogue: ActionCatalogue) -> Iterable[tuple[str, str, int, int, int, str]]:
    for action in catalogue.actions:
        for department in request.departments:
            if state_of(action, department, request.already) == "running":
                finish, code = running_finish(action), code_of(action, department)
                for lift in action.raises:
                    yield department, lift.topic, lift.from_level, lift.to_level, finish, code
