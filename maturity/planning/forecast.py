"""When a plan's activities will be finished: many runs through the plan with durations drawn at random.

A duration is triangular between its low and high, times a factor that its department shares with all it does and one
that its role shares: without these common causes, errors would cancel out and late dates would come out too early.
The numbers below are our assumption, not measured; people are told so.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maturity.planning.forecast_request import Activity, ForecastRequest, Threat

COMMON_SPREAD = 0.12
"""Standard deviation of the logarithm of a common factor: in one run of six a department, or a role, takes over 12 %
longer for all that it does. Half of the runs it is faster."""
STRETCH = 0.1
"""By how much the high end grows for each step that confidence in delivery is below 5."""
STILL_CHANCE, STILL_DAYS = 0.04, 91.0
"""The chance of standing still for each such step, and for how many days at most (any number is equally likely)."""
UNSAID_CONFIDENCE = 4
"""What counts where nobody has said how sure they are."""
USUAL_LOW, USUAL_HIGH = 0.8, 1.5
"""The spread of an activity that nobody has estimated."""

Floats = NDArray[np.float32]
Cause = tuple[str, str]
"""What makes things late: ("department", code), ("role", code), ("action", code) or ("risk", code)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """What was drawn: `own[activity, sample]` as a factor of the likely duration, `still[activity, sample]` in days,
    `common` factors by cause and sample, and for each risk in which samples it `happens` (1, else 0)."""

    own: Floats
    still: Floats
    common: Mapping[Cause, Floats]
    risks: tuple[Threat, ...] = ()
    happens: tuple[Floats, ...] = ()

    def first(self, samples: int) -> Draws:
        """The first samples alone."""
        common = {cause: drawn[:samples] for cause, drawn in self.common.items()}
        happens = tuple(drawn[:samples] for drawn in self.happens)
        return replace(
            self, own=self.own[:, :samples], still=self.still[:, :samples], common=common, happens=happens
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is supposed to go wrong: days on which activities start at the earliest, days that they take longer, and a
    role that works at a `pace` (0..1] from the day `since` to the day `until`."""

    not_before: Mapping[str, float] = field(default_factory=dict)
    longer: Mapping[str, float] = field(default_factory=dict)
    role: str = ""
    since: float = 0.0
    until: float = 0.0
    pace: float = 1.0


NO_TROUBLE = Trouble()


def generator(seed: int) -> np.random.Generator:
    """The source of chance: the same numbers for the same seed, on every machine."""
    return np.random.Generator(np.random.PCG64(seed))


def steps_below(confidence: int | None) -> int:
    """How many steps confidence in delivery is below 5."""
    return 5 - (UNSAID_CONFIDENCE if confidence is None else confidence)


def sample(activities: Sequence[Activity], samples: int, chance: np.random.Generator) -> Draws:
    """Draws for all activities, done ones too: what one of them is like moves no draw of another."""
    own = np.empty((len(activities), samples), np.float32)
    still = np.zeros_like(own)
    for row, each in enumerate(activities):
        below = steps_below(each.confidence)
        own[row] = triangular(chance.random(samples, np.float32), each.low, each.high * (1 + STRETCH * below))
        luck = chance.random(samples, np.float32)
        if below:
            still[row] = STILL_DAYS * np.maximum(1 - luck / np.float32(STILL_CHANCE * below), 0)
    causes = dict.fromkeys(cause for each in activities for cause in causes_of(each))
    common = {cause: np.exp(COMMON_SPREAD * chance.standard_normal(samples, np.float32)) for cause in causes}
    return Draws(own=own, still=still, common=common)


def happening(risk: Threat, samples: int, seed: int) -> Floats:
    """In which samples a risk happens (1, else 0). Its chance comes from its own source, so that it moves no draw of
    anything else, and a greater chance only adds samples to those of a smaller one."""
    own = np.random.Generator(np.random.PCG64([seed, zlib.crc32(risk.code.encode())]))
    return (own.random(samples, np.float32) < risk.chance).astype(np.float32)


def triangular(uniform: Floats, low: float, high: float, likely: float = 1.0) -> Floats:
    """The triangular distribution's values at uniform ranks 0..1."""
    width = high - low
    if width <= 0:
        return np.full_like(uniform, likely)
    rising = low + np.sqrt(uniform * np.float32(width * (likely - low)))
    falling = high - np.sqrt((1 - uniform) * np.float32(width * (high - likely)))
    return np.where(uniform < (likely - low) / width, rising, falling).astype(np.float32, copy=False)


def causes_of(activity: Activity) -> Iterator[Cause]:
    """The common causes that an activity shares with others."""
    if activity.department:
        yield "department", activity.department
    if activity.role:
        yield "role", activity.role


def likely_days(activity: Activity, now: float) -> float:
    """How many days of work are left if all goes as is likely.

    Where the owner expects the finish on a day ahead, that counts: what has begun is done by then, what has not keeps
    its days as far as there is room for them. Else what has begun goes on partly as planned, partly at its own pace so
    far, which counts the more the more is done: its whole duration is planned^(1 - share) x (elapsed / share)^share."""
    if activity.expected is not None and activity.expected > now:
        return min(activity.days, activity.expected - now) if activity.begun is None else activity.expected - now
    done = activity.share_done
    if activity.begun is None or done <= 0:
        return activity.days
    pace = max(now - activity.begun, 0.5) / done
    return (1 - done) * float(activity.days ** (1 - done) * pace**done)


def release(activity: Activity, now: float) -> float:
    """The first day on which work on it can go on: today for what has begun, else its planned start, or so long before
    the finish that its owner expects as it is likely to take, and never before today."""
    if activity.begun is not None:
        return now
    if activity.expected is not None and activity.expected > now:
        return max(activity.expected - likely_days(activity, now), now)
    return max(activity.start, now)


def _slower(draws: Draws, held: Cause | None) -> dict[str, Floats]:
    """By activity, the factor of all its risks together: their shares add up, they do not multiply."""
    found: dict[str, Floats] = {}
    for risk, happens in zip(draws.risks, draws.happens, strict=True):
        if held != ("risk", risk.code):
            more = happens * np.float32(risk.longer)
            for code in risk.codes:
                found[code] = found[code] + more if code in found else 1 + more
    return found


def durations(activities: Sequence[Activity], draws: Draws, now: float, held: Cause | None = None) -> Floats:
    """Days that are left of each activity in each sample. A cause that is `held` has its median in all of them, and a
    risk does not happen."""
    found, slower = np.empty_like(draws.own), _slower(draws, held)
    for row, each in enumerate(activities):
        likely = np.float32(likely_days(each, now))
        if held == ("action", each.code):
            found[row] = likely * np.median(draws.own[row])
        else:
            np.multiply(draws.own[row], likely, out=found[row])
        for cause in causes_of(each):
            if cause != held:
                found[row] *= draws.common[cause]
        if each.code in slower:
            found[row] *= slower[each.code]
        if held != ("action", each.code):
            found[row] += draws.still[row]
    return found


def in_order(activities: Sequence[Activity]) -> list[int]:
    """Row numbers with everything before what waits for it, else by planned start; `check_links` has ruled out circles.
    Links to what is not here are left out."""
    place = {each.code: row for row, each in enumerate(activities)}
    waits = {row: {place[code] for code in each.after if code in place} for row, each in enumerate(activities)}
    later: dict[int, list[int]] = {row: [] for row in waits}
    for row, needed in waits.items():
        for before in needed:
            later[before].append(row)
    ready = [(activities[row].start, row) for row, needed in waits.items() if not needed]
    heapq.heapify(ready)
    order = []
    while ready:
        _, row = heapq.heappop(ready)
        order.append(row)
        for after in later[row]:
            waits[after].discard(row)
            if not waits[after]:
                heapq.heappush(ready, (activities[after].start, after))
    return order


def finishes(activities: Sequence[Activity], left: Floats, now: float, trouble: Trouble = NO_TROUBLE) -> Floats:
    """The finish of each activity in each sample. What has not begun starts as planned, today at the earliest, and
    after what it waits for; what has begun goes on today; what is done stays as it was."""
    place = {each.code: row for row, each in enumerate(activities)}
    found = np.empty_like(left)
    for row in in_order(activities):
        each = activities[row]
        if each.done is not None:
            found[row] = each.done
            continue
        first = release(each, now)
        if each.begun is None:
            first = max(first, trouble.not_before.get(each.code, 0.0))
        before = [place[code] for code in each.after if code in place] if each.begun is None else []
        start = np.full(left.shape[1], first, np.float32)
        for needed in before:
            np.maximum(start, found[needed], out=start)
        work = left[row] + np.float32(trouble.longer[each.code]) if each.code in trouble.longer else left[row]
        share = each.shares.get(trouble.role, 0.0) if trouble.role else 0.0
        found[row] = _slowed(start, work, share, trouble) if share else start + work
    return found


def _slowed(start: Floats, work: Floats, share: float, trouble: Trouble) -> Floats:
    """Finishes of work that goes on at a lower pace between two days, by as much as the role has a share in it."""
    pace = 1 - share * (1 - trouble.pace)
    ahead = np.clip(trouble.since - start, 0, work)
    slow_from = np.clip(start, trouble.since, trouble.until)
    possible = np.where(work > ahead, (trouble.until - slow_from) * pace, 0)
    slow = np.minimum(work - ahead, possible)
    return (start + work + slow * (1 / pace - 1)).astype(np.float32)


def run(request: ForecastRequest) -> tuple[Draws, Floats]:
    """The draws of a request and the finishes that follow."""
    draws = sample(request.activities, request.drawn, generator(request.seed))
    happens = tuple(happening(each, request.drawn, request.seed) for each in request.risks)
    draws = replace(draws, risks=request.risks, happens=happens)
    return draws, finishes(request.activities, durations(request.activities, draws, request.now), request.now)


def percentiles(values: NDArray[Any], shares: Sequence[float] = (0.5, 0.8)) -> NDArray[Any]:
    """The smallest value below or at which at least each share (0..1) of the samples lies; samples are the last axis,
    shares the last of the result."""
    ranks = [max(0, ceil(share * values.shape[-1]) - 1) for share in shares]
    return np.partition(values, ranks, axis=-1)[..., ranks]


def last_finish(finished: Floats) -> Floats:
    """When all is finished, by sample; no activities are finished at once."""
    return finished.max(axis=0, initial=0.0)


def shared_causes(activities: Iterable[Activity], risks: Iterable[Threat] = ()) -> dict[Cause, int]:
    """How many unfinished activities share each cause."""
    activities = list(activities)
    left = {each.code for each in activities if each.done is None}
    found: dict[Cause, int] = {("risk", risk.code): len(left.intersection(risk.codes)) for risk in risks}
    for each in activities:
        for cause in causes_of(each) if each.done is None else ():
            found[cause] = found.get(cause, 0) + 1
    return found
