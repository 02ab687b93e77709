"""The started-by model of a problem, for a bound on what any plan can be worth: every schedule that a board accepts is
a point of it, with the board's own whole numbers.

Two kinds of variables from 0 to 1. A job has one for each day that it may start on: started by that day. A step has
one for each day that it may be reached on: reached by that day. All rows read: sum of entry x variable <= limit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maturity.planning.calendar import HORIZON, MONTH_STARTS, PHASE_STARTS, QUARTER
from maturity.planning.jobs import Job, Problem
from maturity.planning.request import QUARTERS
from maturity.planning.steps import NEVER

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
NONE: Whole = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Track:
    """Something that happens at most once: its days, rising, and the number of the first day's variable."""

    first: int
    days: Whole

    def by(self, days: Whole) -> Whole:
        """The variable that says it has happened by each of the days; -1 where it cannot have."""
        found = np.searchsorted(self.days, days, side="right") - 1
        return np.where(found < 0, -1, self.first + found)


@dataclass(frozen=True, kw_only=True)
class Relaxation:
    """The model, rows as coordinates. `worth` is level-weeks by variable, `least` the lower bounds (1 where a decision
    is kept); `starts` and `steps` are the days on which each job may start and each step be reached. `capacity` are the
    rows of person-days, by resource x 12 + quarter, `budget` those of money by phase, none where there is no limit."""

    rows: Whole
    columns: Whole
    entries: Real
    limits: Real
    worth: Real
    least: Real
    starts: tuple[Track, ...]
    steps: tuple[Track, ...]
    capacity: range
    budget: range

    @cached_property
    def most(self) -> Real:
        """The upper bounds of the variables: 1 each."""
        return np.ones(len(self.worth))

    def safe_bound(self, prices: Real) -> float:
        """A value that no schedule exceeds, from any prices of the rows from 0 up (weak duality)."""
        left = self.worth - np.bincount(self.columns, self.entries * prices[self.rows], len(self.worth))
        return float(self.limits @ prices + np.where(left > 0, left, left * self.least).sum())


def relax(problem: Problem, *, keep_decisions: bool = False) -> Relaxation:
    """The model of a problem. With `keep_decisions` it holds for schedules that keep every pin and must-do only."""
    return _Model(problem, keep_decisions).made()


class _Model:
    def __init__(self, problem: Problem, keep_decisions: bool) -> None:
        self.problem = problem
        self.keep_decisions = keep_decisions
        self.count = 0
        self.height = 0
        self.rows: list[Whole] = []
        self.columns: list[Whole] = []
        self.entries: list[Real] = []
        self.limits: list[Real] = []
        self.worth: list[Real] = []
        self.earliest, self.reach = _soonest(problem)
        self.usage = _Usage(problem)

    def made(self) -> Relaxation:
        problem = self.problem
        self.jobs = tuple(self._track(self._days(i, job)) for i, job in enumerate(problem.jobs))
        self.ends = tuple(
            Track(track.first, track.days + job.days) for track, job in zip(self.jobs, problem.jobs, strict=True)
        )
        self.steps: list[Track] = []
        for number in range(len(problem.steps)):
            self._add_step(number)
        for number, job in enumerate(problem.jobs):
            self._add_order(number, job)
        capacity, budget = self._add_capacity(), self._add_budget()
        return Relaxation(
            rows=_joined(self.rows, np.int64),
            columns=_joined(self.columns, np.int64),
            entries=_joined(self.entries, np.float64),
            limits=_joined(self.limits, np.float64),
            worth=_joined(self.worth, np.float64),
            least=self._least(),
            starts=self.jobs,
            steps=tuple(self.steps),
            capacity=capacity,
            budget=budget,
        )

    def _track(self, days: Whole, worth: Real | None = None) -> Track:
        track = Track(self.count, days)
        self.count += len(days)
        self.worth.append(np.zeros(len(days)) if worth is None else worth)
        return track

    def _days(self, number: int, job: Job) -> Whole:
        """The days on which a job may start if it had all means for itself."""
        if job.rejected or self.earliest[number] == NEVER:
            return NONE
        if job.pinned is not None:
            days = np.array([job.pinned], dtype=np.int64)
        else:
            months = np.array(MONTH_STARTS, dtype=np.int64)
            days = months[(months >= self.earliest[number]) & (months <= job.latest)]
        return days[self.usage.fits(number, days)]

    def _add_step(self, number: int) -> None:
        """Reached only once brought about, by an action that runs or by a job, and once the step below is reached."""
        step = self.problem.steps[number]
        below = self.steps[step.below] if step.below >= 0 else None
        providers = [self.ends[job] for job in self.problem.providers.get(number, ())]
        days = [track.days for track in providers] + ([below.days] if below else [])
        days.append(np.array([step.comes], dtype=np.int64))
        every = np.unique(np.concatenate(days))
        every = every[(every >= self.reach[number]) & (every < HORIZON)]
        weeks = -np.diff(np.array(self.problem.worth)[np.append(every, HORIZON)])
        track = self._track(every, weeks * (0.0 if step.by else step.weight))
        self.steps.append(track)
        if below:
            self._imply(track, every, [below])
        before = every[every < step.comes]
        self._imply(track, before, providers)

    def _add_order(self, number: int, job: Job) -> None:
        track = self.jobs[number]
        days = track.days
        if len(days) > 1:
            own = track.first + np.arange(len(days))
            self._add(own[:-1], [own[1:]])
        for group in job.needs:
            self._imply(track, days, [self.ends[each] for each in group])
        if job.lifts and all(lift.floor >= 0 for lift in job.lifts):
            self._imply(track, days, [self.steps[floor] for floor in sorted({lift.floor for lift in job.lifts})])

    def _imply(self, track: Track, days: Whole, causes: Sequence[Track]) -> None:
        """What has happened by a day needs that one of the causes has."""
        self._add(track.by(days), [cause.by(days) for cause in causes])

    def _add(self, one: Whole, others: Iterable[Whole]) -> None:
        rows = self.height + np.arange(len(one))
        for columns, entry in ((one, 1.0), *((other, -1.0) for other in others)):
            there = columns >= 0
            self._put(rows[there], columns[there], np.full(int(there.sum()), entry))
        self._close(np.zeros(len(one)))

    def _put(self, rows: Whole, columns: Whole, entries: Real) -> None:
        self.rows.append(rows)
        self.columns.append(columns)
        self.entries.append(entries)

    def _close(self, limits: Real) -> range:
        self.limits.append(limits)
        self.height += len(limits)
        return range(self.height - len(limits), self.height)

    def _add_capacity(self) -> range:
        for number, track in enumerate(self.jobs):
            for resource, amounts in self.usage.of(number, track.days):
                for quarter in np.flatnonzero(amounts.any(axis=0)):
                    self._take(self.height + resource * QUARTERS + int(quarter), track, amounts[:, quarter])
        return self._close(np.array(self.problem.capacity, dtype=np.float64))

    def _add_budget(self) -> range:
        if self.problem.budget is None:
            return range(0)
        for number, track in enumerate(self.jobs):
            prices = self.usage.prices(number, track.days)
            for phase in range(4) if prices.any() else ():
                opened = track.days < (*PHASE_STARTS[1:], HORIZON)[phase]
                if not self.problem.request.carry_over:
                    opened &= track.days >= PHASE_STARTS[phase]
                self._take(self.height + phase, track, np.where(opened, prices, 0))
        return self._close(np.array(self.problem.budget, dtype=np.float64))

    def _take(self, row: int, track: Track, amounts: Whole) -> None:
        """A job started on a day takes that day's amount: of the steps between the days, what changes."""
        change = amounts - np.append(amounts[1:], 0)
        there = np.flatnonzero(change)
        self._put(np.full(len(there), row), track.first + there, change[there].astype(np.float64))

    def _least(self) -> Real:
        least = np.zeros(self.count)
        for job, track in zip(self.problem.jobs, self.jobs, strict=True):
            if self.keep_decisions and job.decision and not job.rejected and len(track.days):
                least[track.first + len(track.days) - 1] = 1.0
        return least


class _Usage:
    """What jobs take of means, for many start days at once: the same numbers as `Problem.usage` and `Problem.price`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.capacity = np.array(problem.capacity, dtype=np.int64).reshape(-1, QUARTERS)

    def of(self, number: int, days: Whole) -> list[tuple[int, Whole]]:
        """Hundredths of person-days by start day and quarter, for each resource that the job needs."""
        job = self.problem.jobs[number]
        if not len(days) or not job.loads:
            return []
        quarters = np.arange(QUARTERS, dtype=np.int64) * QUARTER
        ends = days[:, None] + job.days
        worked = np.clip(np.minimum(ends, quarters + QUARTER) - np.maximum(days[:, None], quarters), 0, None)
        last = np.minimum((days + job.days - 1) // QUARTER, QUARTERS - 1)
        found = []
        for resource, total in job.loads:
            amounts = total * worked // job.days
            lines = np.arange(len(days))
            amounts[lines, last] += total - amounts.sum(axis=1)
            found.append((resource, amounts))
        return found

    def prices(self, number: int, days: Whole) -> Whole:
        """Cents by start day."""
        if self.problem.jobs[number].action.cost is None:
            return np.zeros(len(days), dtype=np.int64)
        return np.array([self.problem.price(number, int(day)) for day in days], dtype=np.int64)

    def fits(self, number: int, days: Whole) -> NDArray[np.bool_]:
        """Whether the job, alone, has room when started on each of the days."""
        fits = np.ones(len(days), dtype=np.bool_)
        for resource, amounts in self.of(number, days):
            fits &= (amounts <= self.capacity[resource]).all(axis=1)
        if self.problem.budget is not None:
            budget = np.array(self.problem.budget, dtype=np.int64)
            if self.problem.request.carry_over:
                budget = np.minimum.accumulate(budget[::-1])[::-1]
            phases = np.searchsorted(np.array(PHASE_STARTS), days, side="right") - 1
            fits &= self.prices(number, days) <= budget[np.clip(phases, 0, 3)]
        return fits


def _soonest(problem: Problem) -> tuple[list[int], list[int]]:
    """The first day on which each job can start, and each step be reached, if means had no end."""
    starts = [NEVER] * len(problem.jobs)
    reach = [NEVER] * len(problem.steps)
    changed = True
    while changed:
        changed = False
        for number, step in enumerate(problem.steps):
            ends = (starts[job] + problem.jobs[job].days for job in problem.providers.get(number, ()))
            day = max(min((step.comes, *ends)), reach[step.below] if step.below >= 0 else 0)
            if day < reach[number]:
                reach[number], changed = day, True
        for number, job in enumerate(problem.jobs):
            day = _first_start(problem, job, starts, reach)
            if day < starts[number]:
                starts[number], changed = day, True
    return starts, reach


def _first_start(problem: Problem, job: Job, starts: list[int], reach: list[int]) -> int:
    if job.rejected:
        return NEVER
    ready = max(job.waits, min((0 if lift.floor < 0 else reach[lift.floor] for lift in job.lifts), default=0))
    for group in job.needs:
        ready = max(ready, min((starts[each] + problem.jobs[each].days for each in group), default=NEVER))
    if job.pinned is not None:
        return job.pinned if ready <= job.pinned and 0 <= job.pinned <= job.latest else NEVER
    month = bisect_left(MONTH_STARTS, max(ready, job.opens))
    return MONTH_STARTS[month] if month < len(MONTH_STARTS) and MONTH_STARTS[month] <= job.latest else NEVER


def _joined(parts: Sequence[Whole | Real], kind: type) -> NDArray[Any]:
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, dtype=kind)
