"""The checker's part on levels: who brings which step about, when, and whether an action could start where it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

from maturity.planning.catalogue import ActionCatalogue, Raise
from maturity.planning.plan import Plan, PlannedAction
from maturity.planning.request import ASKING, HORIZON_WEEKS, PlanRequest
from maturity.planning.violations import Violation

Place = tuple[str, str]
StepKey = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _Levels:
    """Wanted steps by when they are reached (the day after the last one needed is over), and the ones that running
    actions bring about."""

    reached: dict[StepKey, date]
    running: frozenset[StepKey]
    wanted: dict[Place, range]


def check_levels(request: PlanRequest, catalogue: ActionCatalogue, plan: Plan) -> Iterator[Violation]:
    """Levels held at the start, `closes` truthful and complete, value equal, each wanted step accounted for."""
    levels = _find_levels(request, catalogue, plan)
    for action in plan.actions:
        yield from _start(request, catalogue, action, levels)
    yield from _closes(request, catalogue, plan, levels)
    yield from _value(request, plan, levels)
    yield from _accounted(plan, levels)


def _wanted(request: PlanRequest) -> dict[Place, range]:
    highest: dict[Place, int] = {}
    for target in request.targets:
        place = (target.department, target.topic)
        highest[place] = max(highest.get(place, 0), target.level)
    return {
        place: range(request.reached[place] + 1, level + 1)
        for place, level in highest.items()
        if place in request.reached and level > request.reached[place]
    }


def _find_levels(request: PlanRequest, catalogue: ActionCatalogue, plan: Plan) -> _Levels:
    wanted = _wanted(request)
    running = _walk(request, wanted, _running(request, catalogue))
    planned = [
        (place, lift, action.finish + timedelta(days=1))
        for action in plan.actions
        for lift in catalogue.by_id[action.catalogue_id].raises
        for place in _places(request, action.department, lift.topic)
    ]
    known = [
        ((d, t), Raise(topic=t, from_level=level - 1, to_level=level), day)
        for (d, t, level), day in running.items()
        if level > 1
    ]
    return _Levels(_walk(request, wanted, planned + known), frozenset(running), wanted)


def _places(request: PlanRequest, department: str | None, topic: str) -> list[Place]:
    return [(each, topic) for each in ([department] if department else request.departments)]


def _running(request: PlanRequest, catalogue: ActionCatalogue) -> list[tuple[Place, Raise, date]]:
    found = []
    for action in catalogue.actions:
        for department in request.departments:
            code = action.id if action.scope == "city" else f"{action.id}/{department}"
            if request.already.get(code, request.already.get(action.id)) == "running":
                over = request.starts + timedelta(days=-(-action.duration_weeks * 7 // 2))
                found += [((department, lift.topic), lift, over) for lift in action.raises]
    return found


def _walk(
    request: PlanRequest, wanted: dict[Place, range], lifts: list[tuple[Place, Raise, date]]
) -> dict[StepKey, date]:
    """Level by level: a step is there once the level below is held and the first action that lifts over it is over."""
    by_place: dict[Place, list[tuple[Raise, date]]] = {}
    for place, lift, day in lifts:
        by_place.setdefault(place, []).append((lift, day))
    reached: dict[StepKey, date] = {}
    for place, levels in wanted.items():
        since = request.starts
        for level in levels:
            days = [day for lift, day in by_place.get(place, []) if lift.from_level < level <= lift.to_level]
            if not days:
                break
            since = max(since, min(days))
            reached[(*place, level)] = since
    return reached


def _start(
    request: PlanRequest, catalogue: ActionCatalogue, action: PlannedAction, levels: _Levels
) -> Iterator[Violation]:
    """An action that lifts something starts where one of the places it lifts stands at the from-level."""
    asked = [
        (place, lift.from_level)
        for lift in catalogue.by_id[action.catalogue_id].raises
        for place in _places(request, action.department, lift.topic)
        if any(
            lift.from_level < level <= lift.to_level and (*place, level) not in levels.running
            for level in levels.wanted.get(place, ())
        )
    ]
    if asked and not any(_held(request, levels, place, level, action.start) for place, level in asked):
        yield Violation("level_not_held", action.id, {"start": action.start})


def _held(request: PlanRequest, levels: _Levels, place: Place, level: int, day: date) -> bool:
    since = levels.reached.get((*place, level))
    return request.reached[place] >= level or (since is not None and since <= day)


def _closes(request: PlanRequest, catalogue: ActionCatalogue, plan: Plan, levels: _Levels) -> Iterator[Violation]:
    closed: dict[StepKey, str] = {}
    dependants = {required for action in plan.actions for required in action.requires}
    decided = {decision.code for decision in request.decisions if decision.kind in ASKING}
    finishes = {action.id: action.finish for action in plan.actions}
    first = _first_finish(request, catalogue, plan, levels)
    for action in plan.actions:
        if not action.closes and action.id not in dependants and not decided & {action.id, action.catalogue_id}:
            yield Violation("useless", action.id)
        for step in action.closes:
            key = (step.department, step.topic, step.to_level)
            honest = (
                key not in closed and step.from_level == step.to_level - 1 and finishes[action.id] == first.get(key)
            )
            if not honest or action.department not in (None, step.department) or not _lifts(catalogue, action, key):
                yield Violation("closes_wrong", action.id, {"department": key[0], "topic": key[1], "level": key[2]})
            closed[key] = action.id
    for key in sorted(set(first) - set(closed)):
        yield Violation("closes_missing", "/".join(key[:2]), {"level": key[2]})


def _lifts(catalogue: ActionCatalogue, action: PlannedAction, key: StepKey) -> bool:
    raises = catalogue.by_id[action.catalogue_id].raises
    return any(lift.topic == key[1] and lift.from_level < key[2] <= lift.to_level for lift in raises)


def _first_finish(request: PlanRequest, catalogue: ActionCatalogue, plan: Plan, levels: _Levels) -> dict[StepKey, date]:
    """The finish of the first action over each step that the plan reaches."""
    found: dict[StepKey, date] = {}
    for action in plan.actions:
        for lift in catalogue.by_id[action.catalogue_id].raises:
            for place in _places(request, action.department, lift.topic):
                for level in range(lift.from_level + 1, lift.to_level + 1):
                    key = (*place, level)
                    if key in levels.reached and key not in levels.running:
                        found[key] = min(found.get(key, action.finish), action.finish)
    return found


def _value(request: PlanRequest, plan: Plan, levels: _Levels) -> Iterator[Violation]:
    end = request.starts + timedelta(weeks=HORIZON_WEEKS)
    value = 0.0
    for key, day in levels.reached.items():
        if key not in levels.running:
            weight = request.importance.get(key[1], 3) * request.emphasis.get(key[1], 1.0)
            weight *= request.department_weights.get(key[0], 1.0)
            value += weight * _weeks(request.discount, (day - request.starts).days / 364, (end - day).days / 7)
    if abs(value - plan.value) > 1e-6 * max(1.0, value):
        yield Violation("wrong_value", plan.round, {"said": plan.value, "found": value})


def _weeks(discount: float, years: float, left: float) -> float:
    """Weeks left to the horizon, discounted from the plan's start; `years` of 52 weeks have passed before them."""
    if left <= 0 or not discount:
        return max(0.0, left)
    whole = (1 - (1 + discount) ** (-left / 52)) * 52 / log(1 + discount)
    return whole * (1 + discount) ** -years


def _accounted(plan: Plan, levels: _Levels) -> Iterator[Violation]:
    said = {(n.department, n.topic, n.to_level) for n in plan.not_planned}
    for place, wanted in levels.wanted.items():
        for level in wanted:
            brought = (*place, level) in levels.reached and (*place, level) not in levels.running
            if brought == ((*place, level) in said):
                yield Violation("unaccounted", "/".join(place), {"level": level, "brought": brought})
