"""What a forecast is asked: dated activities with their spread, what they bring about, and what is wanted by when.

Days are counted from the plan's first day, which is 0. A finish is the first day after the last day of work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from maturity.planning.catalogue import find_cycle
from maturity.planning.request import PlanningError

SAMPLES = 10_000
MOST_CELLS = 20_000_000
"""Activities times samples at most: a very large plan is sampled less often instead of filling the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A piece of work from `start`, taking `days` if all goes as is likely, `low` and `high` times that at best and
    worst. `confidence` in delivery is 1-5 or None, `role` does most of it, `shares` are the parts (0..1) that roles
    have in it, `after` the codes that must be finished first, `share_done` 0..1; `begun` and `done` are days.
    `expected` is the finish that its owner expects, None where nobody has said one."""

    code: str
    start: float
    days: float
    low: float = 1.0
    high: float = 1.0
    confidence: int | None = 5
    department: str | None = None
    role: str = ""
    shares: Mapping[str, float] = field(default_factory=dict)
    phase: int = 1
    cost: float | None = None
    after: tuple[str, ...] = ()
    share_done: float = 0.0
    begun: float | None = None
    done: float | None = None
    expected: float | None = None

    @property
    def finish(self) -> float:
        """The planned finish."""
        return self.start + self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """A risk as the forecast reckons with it: with this `chance` (0..1) it happens, once for all its activities, and
    what is left of these takes `longer` by that share (0.3: three tenths longer)."""

    code: str
    chance: float
    longer: float
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A step to `level` at a place, from `level_before`: brought about by the first of the activities `by`, or on a
    `day` that is taken as certain."""

    department: str
    topic: str
    level_before: int
    level: int
    by: tuple[str, ...] = ()
    day: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A level wanted at a place by the day `due`."""

    department: str
    topic: str
    level: int
    due: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A milestone: what is planned to be finished by the end of the day `on`."""

    id: str
    on: float
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRequest:
    """One question of a forecast, as of the day `now`. `levels` is where each (department, topic) stands; `steps` come
    place by place and rising."""

    activities: tuple[Activity, ...]
    now: float
    steps: tuple[Brought, ...] = ()
    levels: Mapping[tuple[str, str], int] = field(default_factory=dict)
    aims: tuple[Aim, ...] = ()
    gates: tuple[Gate, ...] = ()
    risks: tuple[Threat, ...] = ()
    seed: int = 0
    samples: int = SAMPLES

    @property
    def drawn(self) -> int:
        """How many samples are drawn: as many as asked, fewer for a very large plan."""
        return max(1, min(self.samples, MOST_CELLS // max(1, len(self.activities))))


def forecast_document(request: ForecastRequest) -> dict[str, Any]:
    """A request in plain lists, texts and numbers; `read_forecast_request` gives back an equal one."""
    levels = [[department, topic, level] for (department, topic), level in request.levels.items()]
    activities = [{**asdict(each), "shares": dict(each.shares)} for each in request.activities]
    return {
        "activities": activities,
        "now": request.now,
        "steps": [asdict(each) for each in request.steps],
        "levels": levels,
        "aims": [asdict(each) for each in request.aims],
        "gates": [asdict(each) for each in request.gates],
        "risks": [asdict(each) for each in request.risks],
        "seed": request.seed,
        "samples": request.samples,
    }


def read_forecast_request(document: Mapping[str, Any]) -> ForecastRequest:
    """A request from what `forecast_document` wrote; `PlanningError` where its links run in a circle."""
    request = ForecastRequest(
        activities=tuple(Activity(**{**each, "after": tuple(each["after"])}) for each in document["activities"]),
        now=document["now"],
        steps=tuple(Brought(**{**each, "by": tuple(each["by"])}) for each in document["steps"]),
        levels={(department, topic): level for department, topic, level in document["levels"]},
        aims=tuple(Aim(**each) for each in document["aims"]),
        gates=tuple(Gate(**{**each, "codes": tuple(each["codes"])}) for each in document["gates"]),
        risks=tuple(Threat(**{**each, "codes": tuple(each["codes"])}) for each in document.get("risks", ())),
        seed=document["seed"],
        samples=document["samples"],
    )
    check_links(request.activities)
    return request


def check_links(activities: tuple[Activity, ...]) -> None:
    """`PlanningError` where activities wait for each other in a circle."""
    circle = find_cycle({each.code: each.after for each in activities})
    if circle:
        raise PlanningError(f"{' -> '.join(circle)}: each of these waits for the next; remove one of the links")
