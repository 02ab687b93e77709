"""What a forecast says: when things are finished, chances of targets, levels by quarter, and what drives lateness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maturity.planning.calendar import QUARTER
from maturity.planning.forecast import (
    Cause,
    Draws,
    Floats,
    durations,
    finishes,
    last_finish,
    percentiles,
    run,
    shared_causes,
)
from maturity.planning.forecast_request import Activity, Brought, ForecastRequest, Threat
from maturity.planning.request import QUARTERS

HAIR = 0.01
"""Days that rounding of the arithmetic may add."""
DRIVERS, DRIVER_CELLS, CERTAIN = 10, 2_000_000, 3
"""How many causes of lateness are told, how much is computed anew for each, and how many risks that have happened are
looked at."""
FAN = (0.1, 0.5, 0.9)
MOST_QUARTERS = 20
NEVER = np.float32(np.inf)

Where = tuple[str, str, int]
"""A department, a topic and a level."""
Dates = Mapping[str, float | None]


def forecast(request: ForecastRequest) -> dict[str, Any]:
    """The whole answer in plain values: `end`, `actions`, `gates`, `aims`, `fan` and `drivers`.

    Days are those on which something is true for the first time with the finish of an activity: its last day of work
    plus one. P50 and P80 are `p50` and `p80`, None where something is not to come about at all."""
    draws, finished = run(request)
    days = step_days(request.steps, request.activities, finished)
    return {
        "samples": finished.shape[1],
        "end": end_of(request, finished),
        "actions": action_dates(request, finished),
        "gates": gate_dates(request, finished),
        "aims": aim_chances(request, days),
        "fan": fan(request, days, finished),
        "drivers": drivers(request, draws),
    }


def whole_day(value: float) -> int:
    """The first whole day on which it is true."""
    return ceil(value - HAIR)


def dates(values: NDArray[Any]) -> dict[str, int | None]:
    """P50 and P80 of samples of days; None where too many of them never come."""
    middle, late = (float(each) for each in percentiles(values))
    return {"p50": _day(middle), "p80": _day(late)}


def _day(value: float) -> int | None:
    return whole_day(value) if np.isfinite(value) else None


def chance(values: NDArray[Any], by: float) -> float:
    """The share 0..1 of samples that are there by a day."""
    return float(np.mean(values <= by + HAIR))


def end_of(request: ForecastRequest, finished: Floats) -> dict[str, Any] | None:
    """When everything is finished, beside the planned day; None without activities."""
    if not request.activities:
        return None
    planned, ends = max(each.finish for each in request.activities), last_finish(finished)
    return {**dates(ends), "planned": whole_day(planned), "chance": chance(ends, planned)}


def action_dates(request: ForecastRequest, finished: Floats) -> list[dict[str, Any]]:
    """P50 and P80 of each activity's finish, beside its planned one."""
    if not request.activities:
        return []
    pairs = percentiles(finished)
    return [
        {"code": each.code, "planned": whole_day(each.finish), "p50": whole_day(middle), "p80": whole_day(late)}
        for each, (middle, late) in zip(request.activities, pairs.tolist(), strict=True)
    ]


def gate_dates(request: ForecastRequest, finished: Floats) -> list[dict[str, Any]]:
    """When all is finished that is planned to be finished by each milestone, and the chance that it is by then."""
    place = {each.code: row for row, each in enumerate(request.activities)}
    found = []
    for gate in request.gates:
        rows = [place[code] for code in gate.codes if code in place]
        left = sum(request.activities[row].done is None for row in rows)
        known: dict[str, Any] = {"p50": None, "p80": None, "chance": None}
        if rows:
            ends = finished[rows].max(axis=0)
            known = {**dates(ends), "chance": chance(ends, gate.on + 1)}
        found.append({"id": gate.id, "on": gate.on, "count": len(rows), "left": left, **known})
    return found


def step_days(steps: Sequence[Brought], activities: Sequence[Activity], finished: Floats) -> dict[Where, Floats]:
    """The day on which each step is held, by sample: brought about, and the step below held too."""
    place = {each.code: row for row, each in enumerate(activities)}
    found: dict[Where, Floats] = {}
    for step in steps:
        day = np.full(finished.shape[1], NEVER if step.day is None else step.day, np.float32)
        for code in step.by:
            if code in place:
                np.minimum(day, finished[place[code]], out=day)
        below = found.get((step.department, step.topic, step.level - 1))
        key = (step.department, step.topic, step.level)
        found[key] = day if below is None else np.maximum(day, below)
    return found


def aim_chances(request: ForecastRequest, days: Mapping[Where, Floats]) -> list[dict[str, Any]]:
    """Each target's dates and the chance of reaching it by its day; a chance of 0 where the plan has nothing for it."""
    found = []
    for aim in request.aims:
        came = days.get((aim.department, aim.topic, aim.level))
        known: dict[str, Any] = {"p50": None, "p80": None, "chance": 0.0}
        if came is not None:
            known = {**dates(came), "chance": chance(came, aim.due)}
        found.append(
            {"department": aim.department, "topic": aim.topic, "level": aim.level, "due": aim.due, **known}
            | {"planned": came is not None}
        )
    return found


def fan(request: ForecastRequest, days: Mapping[Where, Floats], finished: Floats) -> dict[str, Any]:
    """The expected level at the plan's start and after each quarter: the 10th, 50th and 90th hundredth, the mean, and
    what the plan says; over the places where the plan brings something about, all together ("") and by department.

    Quarters go on past the plan's last one as long as one run of five is not finished by then."""
    if not request.steps:
        return {"edges": [], "places": {}}
    late = float(percentiles(last_finish(finished), (0.8,))[0])
    edges = [QUARTER * number for number in range(min(max(QUARTERS, ceil(late / QUARTER)), MOST_QUARTERS) + 1)]
    planned = _planned_days(request)
    groups: dict[str, list[Brought]] = {"": list(request.steps)}
    for step in request.steps:
        groups.setdefault(step.department, []).append(step)
    return {
        "edges": edges,
        "places": {name: _band(request, group, days, planned, edges) for name, group in groups.items()},
    }


def _planned_days(request: ForecastRequest) -> dict[Where, Floats]:
    ends = np.array([[each.finish] for each in request.activities], np.float32).reshape(-1, 1)
    return step_days(request.steps, request.activities, ends)


def _band(
    request: ForecastRequest,
    steps: Sequence[Brought],
    days: Mapping[Where, Floats],
    planned: Mapping[Where, Floats],
    edges: Sequence[int],
) -> dict[str, list[float]]:
    places = {(step.department, step.topic) for step in steps}
    today = sum(request.levels[place] for place in places) / len(places)
    band: dict[str, list[float]] = {"low": [], "middle": [], "high": [], "mean": [], "planned": []}
    for edge in edges:
        levels = today + _gained(steps, days, edge) / len(places)
        for name, value in zip(("low", "middle", "high"), percentiles(levels, FAN).tolist(), strict=True):
            band[name].append(value)
        band["mean"].append(float(levels.mean()))
        band["planned"].append(float(today + _gained(steps, planned, edge)[0] / len(places)))
    return {name: [round(value, 4) for value in values] for name, values in band.items()}


def _gained(steps: Sequence[Brought], days: Mapping[Where, Floats], edge: float) -> NDArray[np.float64]:
    keys = [(step.department, step.topic, step.level) for step in steps]
    gained = np.zeros(days[keys[0]].shape, np.float64)
    for step, key in zip(steps, keys, strict=True):
        gained += (step.level - step.level_before) * (days[key] <= edge + HAIR)
    return gained


def drivers(request: ForecastRequest, draws: Draws) -> list[dict[str, Any]]:
    """What makes the end late: by how many days its P80 would come forward if a department, a role or one action took
    just as long as is likely, or a risk did not happen, with all else as drawn. The strongest first; nothing under half
    a day. `count` says how many unfinished activities share the cause."""
    activities = request.activities
    if not any(each.done is None for each in activities):
        return []
    draws = draws.first(max(500, DRIVER_CELLS // len(activities)))
    left = durations(activities, draws, request.now)
    ends = last_finish(finishes(activities, left, request.now))
    late = float(percentiles(ends, (0.8,))[0])
    shared, found = shared_causes(activities, request.risks), list[tuple[float, Cause]]()
    for cause in _suspects(activities, draws, ends):
        calm = durations(activities, draws, request.now, held=cause)
        days = late - float(percentiles(last_finish(finishes(activities, calm, request.now)), (0.8,))[0])
        if days >= 0.5:
            found.append((days, cause))
    found.sort(key=lambda each: -each[0])
    return [
        {"kind": cause[0], "code": cause[1], "days": round(days, 1), "count": shared.get(cause, 1)}
        for days, cause in found[:DRIVERS]
    ]


def _suspects(activities: Sequence[Activity], draws: Draws, ends: Floats) -> list[Cause]:
    """The causes that go most closely with the end, by correlation: only these are held one by one."""
    strength = {cause: _together(drawn, ends) for cause, drawn in draws.common.items()}
    strength |= dict(_own_strengths(activities, draws, ends))
    risks = zip(draws.risks, draws.happens, strict=True)
    strength |= {("risk", risk.code): _together(happens, ends) for risk, happens in risks}
    doubtful = sorted(strength, key=lambda cause: -strength[cause])[: DRIVERS + 2]
    return [*doubtful, *(cause for cause in _certain(activities, draws.risks) if cause not in doubtful)]


def _certain(activities: Sequence[Activity], risks: Sequence[Threat]) -> list[Cause]:
    """The few heaviest risks that have happened: what does not vary goes with nothing, and still makes things late."""
    days = {each.code: each.days for each in activities if each.done is None}
    sizes = {("risk", r.code): r.longer * sum(days.get(c, 0.0) for c in r.codes) for r in risks if r.chance >= 1}
    return sorted(sizes, key=lambda cause: -sizes[cause])[:CERTAIN]


def _own_strengths(activities: Sequence[Activity], draws: Draws, ends: Floats) -> Iterator[tuple[Cause, float]]:
    for row, each in enumerate(activities):
        if each.done is None:
            yield ("action", each.code), _together(draws.own[row] * np.float32(each.days) + draws.still[row], ends)


def _together(first: Floats, second: Floats) -> float:
    """Pearson's correlation, 0 where one of them does not vary."""
    a, b = first - first.mean(), second - second.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else 0.0
