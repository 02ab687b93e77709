"""Supposing that something has gone wrong: which milestones and targets fall first, and how far.

Base and story are drawn with the same numbers, so that nothing but the trouble makes the difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from maturity.planning.calendar import PHASE_STARTS, QUARTER, WEEK
from maturity.planning.forecast import Floats, Trouble, durations, finishes, run
from maturity.planning.forecast_outcomes import aim_chances, end_of, gate_dates, step_days
from maturity.planning.forecast_request import Activity, ForecastRequest
from maturity.planning.request import PlanningError

HALF_PACE, AWAY_DAYS = 0.5, 2 * QUARTER
DELAY_DAYS = 26 * WEEK
YEAR_DAYS = 52 * WEEK


def leaves(role: str, since: float) -> Trouble:
    """A key person leaves: what the role does goes on at half its pace for two quarters."""
    return Trouble(role=role, since=since, until=since + AWAY_DAYS, pace=HALF_PACE)


def cut(activities: Sequence[Activity], phase: int, share: float) -> Trouble:
    """A phase loses a share of the money that its activities cost. Of those that cost something and have not begun, the
    ones that start last wait, until their cost makes up for what is missing; they start with the next phase, those of
    the last phase a year later."""
    of_phase = [each for each in activities if each.phase == phase]
    missing = share * sum(each.cost or 0.0 for each in of_phase)
    until = float(PHASE_STARTS[phase]) if phase < len(PHASE_STARTS) else float(PHASE_STARTS[-1] + YEAR_DAYS)
    waits: dict[str, float] = {}
    for each in sorted(of_phase, key=lambda one: (-one.start, one.code)):
        if missing > 0 and each.cost and each.begun is None and each.done is None:
            waits[each.code] = until
            missing -= each.cost
    return Trouble(not_before=waits)


def late(code: str) -> Trouble:
    """One activity takes half a year longer."""
    return Trouble(longer={code: float(DELAY_DAYS)})


def read_trouble(document: Mapping[str, Any], request: ForecastRequest) -> Trouble:
    """The trouble of a story: `kind` "leaves" with `role` and `since`, "cut" with `phase` and `share`, or "late" with
    `code`. `PlanningError` where there is no such kind."""
    kind = document["kind"]
    if kind == "leaves":
        return leaves(document["role"], document["since"])
    if kind == "cut":
        return cut(request.activities, document["phase"], document["share"])
    if kind == "late":
        return late(document["code"])
    raise PlanningError(f"there is no story {kind!r}; choose leaves, cut or late")


def premortem(request: ForecastRequest, trouble: Trouble) -> dict[str, Any]:
    """`end`, `gates` and `aims` each with `base` and `story`, as `forecast_outcomes` says them; `touched` counts the
    activities that the trouble itself strikes."""
    draws, base = run(request)
    left = durations(request.activities, draws, request.now)
    story = finishes(request.activities, left, request.now, trouble)
    return {
        "touched": sum(touches(trouble, each) for each in request.activities),
        "end": {"base": end_of(request, base), "story": end_of(request, story)},
        "gates": _pairs(gate_dates(request, base), gate_dates(request, story)),
        "aims": _pairs(_aims(request, base), _aims(request, story)),
    }


def touches(trouble: Trouble, activity: Activity) -> bool:
    """Whether an activity that is not done waits, takes longer, or has a part of the role in it."""
    if activity.done is not None:
        return False
    within = activity.finish > trouble.since and activity.start < trouble.until
    slowed = bool(trouble.role) and activity.shares.get(trouble.role, 0.0) > 0 and within
    return activity.code in trouble.not_before or activity.code in trouble.longer or slowed


def _aims(request: ForecastRequest, finished: Floats) -> list[dict[str, Any]]:
    return aim_chances(request, step_days(request.steps, request.activities, finished))


def _pairs(base: list[dict[str, Any]], story: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"base": before, "story": after} for before, after in zip(base, story, strict=True)]
