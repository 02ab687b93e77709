"""The board a schedule is laid out on: starts, what is left of means, and the levels reached, with a way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from maturity.planning.calendar import HORIZON
from maturity.planning.jobs import Problem
from maturity.planning.request import QUARTERS
from maturity.planning.steps import NEVER

UNPLACED = -1
NO_LIMIT = 1 << 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a job cannot be placed: a code of `maturity.words`, the job refused, and a number (resource x 12 + quarter,
    phase, step or job, as the code says)."""

    code: str
    job: int
    number: int = -1


class Board:
    """Placed jobs and what they leave. Every change is noted in a journal, so that `undo` can take it back."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.start = [UNPLACED] * len(problem.jobs)
        self.free = list(problem.capacity)
        self.money = list(problem.budget or (NO_LIMIT,) * 4)
        self.brought = [step.comes for step in problem.steps]
        self.reach = [NEVER] * len(problem.steps)
        self.fresh: list[int] = []
        self._journal: list[tuple[list[int], int, int]] = []
        for number, step in enumerate(problem.steps):
            if step.by:
                self._rise(number)
        self._journal.clear()

    def _set(self, where: list[int], index: int, value: int) -> None:
        self._journal.append((where, index, where[index]))
        where[index] = value

    def mark(self) -> int:
        """A place in the journal to come back to."""
        return len(self._journal)

    def undo(self, mark: int) -> None:
        """Take back every change since the mark."""
        journal = self._journal
        while len(journal) > mark:
            where, index, value = journal.pop()
            where[index] = value

    def finish(self, job: int) -> int:
        """The first day after a placed job."""
        return self.start[job] + self.problem.jobs[job].days

    def refused_by(self, job: int, start: int) -> Refusal | None:
        """What stands against starting a job that day: capacity, budget or nothing. Other rules are not asked."""
        free = self.free
        for slot, amount in self.problem.usage(job, start):
            if free[slot] < amount:
                return Refusal("no_capacity", job, slot)
        price = self.problem.price(job, start)
        for phase in self.problem.phases_charged(start):
            if self.money[phase] < price:
                return Refusal("no_budget", job, phase + 1)
        return None

    def take(self, job: int, start: int, sign: int = 1) -> None:
        """Take a job's effort and money off what is left, or give them back with sign -1."""
        for slot, amount in self.problem.usage(job, start):
            self._set(self.free, slot, self.free[slot] - sign * amount)
        price = sign * self.problem.price(job, start)
        for phase in self.problem.phases_charged(start) if price else ():
            self._set(self.money, phase, self.money[phase] - price)

    def put(self, job: int, start: int) -> None:
        """Place a job and credit the levels it brings about."""
        self._set(self.start, job, start)
        self.take(job, start)
        finish = self.finish(job)
        for lift in self.problem.jobs[job].lifts:
            for step in lift.steps:
                if finish < self.brought[step]:
                    self._set(self.brought, step, finish)
                    self._rise(step)

    def _rise(self, step: int) -> None:
        """Walk before run: a step is reached once it is brought about and the step below is reached."""
        steps, reach = self.problem.steps, self.reach
        while step >= 0:
            below = steps[step].below
            day = max(self.brought[step], reach[below] if below >= 0 else 0)
            if day >= reach[step]:
                return
            if reach[step] == NEVER:
                self.fresh.append(step)
            self._set(reach, step, day)
            step = steps[step].above

    def level_held_from(self, job: int) -> int:
        """The first day on which one of the places that a job lifts stands at its from-level; 0 for a job that lifts
        nothing, `NEVER` while no such level is reached."""
        return min(
            (0 if lift.floor < 0 else self.reach[lift.floor] for lift in self.problem.jobs[job].lifts), default=0
        )

    def ready_from(self, job: int) -> int:
        """The earliest day that phase, prerequisites and levels allow; `NEVER` while one of them is missing."""
        made = self.problem.jobs[job]
        day = max(made.opens, made.waits, self.level_held_from(job))
        for group in made.needs:
            day = max(day, self.first_finish(group))
        return day

    def first_finish(self, group: Iterable[int]) -> int:
        """The finish of the first placed job of a group, `NEVER` where none is placed."""
        return min((self.finish(job) for job in group if self.start[job] != UNPLACED), default=NEVER)

    def settle(self, job: int, ready: int, before: int = HORIZON) -> Refusal | None:
        """Place a job in the first month from `ready` that has room for it and lets it finish by `before`."""
        made = self.problem.jobs[job]
        last = before - made.days
        refusals: list[Refusal] = []
        for start in self.problem.months(ready, min(last, made.latest)):
            refusal = self.refused_by(job, start)
            if refusal is None:
                self.put(job, start)
                return None
            refusals.append(refusal)
        if not refusals and made.not_after and made.latest < ready <= last:
            return Refusal("window", job)
        return commonest(refusals) or Refusal("no_time", job)

    def value(self) -> float:
        """Weighted level-weeks within the horizon that the placed jobs bring about."""
        worth = self.problem.worth
        return sum(
            step.weight * worth[day]
            for step, day in zip(self.problem.steps, self.reach, strict=True)
            if day < HORIZON and not step.by
        )

    def placed(self) -> dict[int, int]:
        """Starts of the placed jobs by their number."""
        return {job: start for job, start in enumerate(self.start) if start != UNPLACED}


def commonest(refusals: list[Refusal]) -> Refusal | None:
    """The first refusal of the resource, or else the code, that refused most months."""
    counts: dict[Any, int] = {}
    for each in refusals:
        counts[_cause(each)] = counts.get(_cause(each), 0) + 1
    return max(refusals, key=lambda each: counts[_cause(each)], default=None)


def _cause(refusal: Refusal) -> tuple[str, int]:
    return (refusal.code, refusal.number // QUARTERS if refusal.code == "no_capacity" else 0)


def laid_out(problem: Problem, starts: dict[int, int]) -> Board:
    """A board with these jobs at these starts."""
    board = Board(problem)
    for job, start in starts.items():
        board.put(job, start)
    return board
