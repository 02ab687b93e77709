"""The earliest day for everything, were there people and money without end: only what has to come first counts."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from maturity.planning.calendar import MONTH_STARTS
from maturity.planning.catalogue import find_cycle
from maturity.planning.jobs import Problem
from maturity.planning.steps import NEVER


@dataclass(frozen=True, slots=True)
class Earliest:
    """By job the day it could start and the first day after it, by step the day it could be reached; `NEVER` where no
    chain leads there. Days may lie beyond the horizon. A pinned job counts from its pin, if that is later."""

    problem: Problem
    start: list[int]
    finish: list[int]
    reach: list[int]

    def ready(self, job: int) -> int:
        """The day from which a job could start, its own pin aside; a pin may come before its phase."""
        made = self.problem.jobs[job]
        first = max(made.opens if made.pinned is None else 0, made.waits, self._level(job))
        return max((first, *(min(self.finish[each] for each in group) for group in made.needs)))

    def _level(self, job: int) -> int:
        lifts = self.problem.jobs[job].lifts
        return min((0 if lift.floor < 0 else self.reach[lift.floor] for lift in lifts), default=0)

    def chain(self, job: int) -> list[int]:
        """The jobs that a job waits for, one after another, up to itself."""
        found = [job]
        while (last := self._waits_for(found[-1])) is not None and last not in found:
            found.append(last)
        return found[::-1]

    def chain_to(self, step: int) -> list[int]:
        """The same for a step: up to the job that brings it about last."""
        last = self._brings(step)
        return [] if last is None else self.chain(last)

    def _waits_for(self, job: int) -> int | None:
        made, ready = self.problem.jobs[job], self.ready(job)
        for group in made.needs:
            first = min(group, key=lambda each: self.finish[each])
            if self.finish[first] == ready:
                return first
        floors = [lift.floor for lift in made.lifts if lift.floor >= 0 and self.reach[lift.floor] == ready]
        return self._brings(floors[0]) if floors and ready > made.opens else None

    def _brings(self, step: int) -> int | None:
        day = self.reach[step]
        while step >= 0 and self.reach[step] == day:
            for job in self.problem.providers.get(step, ()):
                if self.finish[job] == day:
                    return job
            step = self.problem.steps[step].below
        return None

    def missing(self, job: int) -> list[int]:
        """The jobs that a job which can never start waits for in vain."""
        problem, found = self.problem, list[int]()
        for group in problem.jobs[job].needs:
            if all(self.finish[each] == NEVER for each in group):
                found += group
        if self._level(job) == NEVER:
            for lift in problem.jobs[job].lifts:
                found += problem.providers.get(self.lowest_missing(lift.floor), ())
        return [each for each in found if not problem.jobs[each].rejected]

    def circle_behind(self, job: int) -> list[int]:
        """The jobs that wait for one another behind a job that can never start; empty where something else bars it."""
        path = [job]
        while waits := self.missing(path[-1]):
            if waits[0] in path:
                return path[path.index(waits[0]) :]
            path.append(waits[0])
        return []

    def lowest_missing(self, step: int) -> int:
        """The lowest step below a step, or itself, that is never reached."""
        below = self.problem.steps[step].below
        while below >= 0 and self.reach[below] == NEVER:
            step, below = below, self.problem.steps[below].below
        return step


def find_earliest(problem: Problem) -> Earliest:
    """Earliest days by going over all jobs until none comes earlier; what is rejected never comes."""
    jobs, steps = problem.jobs, problem.steps
    never = [NEVER] * len(jobs)
    found = Earliest(problem, never, list(never), [step.comes for step in steps])
    brought = [step.comes for step in steps]
    changed = True
    while changed:
        changed = False
        for number, step in enumerate(steps):  # steps of a place stand one after another, rising
            found.reach[number] = max(brought[number], found.reach[step.below] if step.below >= 0 else 0)
        for number, job in enumerate(jobs):
            ready = NEVER if job.rejected else found.ready(number)
            start = ready if ready == NEVER else _month_from(ready) if job.pinned is None else max(ready, job.pinned)
            if start < found.start[number]:
                found.start[number], found.finish[number] = start, start + job.days
                for lift in job.lifts:
                    for step_number in lift.steps:
                        brought[step_number] = min(brought[step_number], start + job.days)
                changed = True
    return found


def _month_from(day: int) -> int:
    """The first start of a month from a day on; beyond the horizon the day itself."""
    month = bisect_left(MONTH_STARTS, day)
    return MONTH_STARTS[month] if month < len(MONTH_STARTS) else day


def circles(found: Earliest) -> list[list[int]]:
    """Jobs that wait for one another in a circle, each circle in the order in which they wait."""
    jobs = found.problem.jobs
    blocked = [number for number, job in enumerate(jobs) if found.start[number] == NEVER and not job.rejected]
    waits = {str(job): tuple(str(each) for each in found.missing(job)) for job in blocked}
    circles = []
    while circle := find_cycle(waits):
        circles.append([int(each) for each in circle[:-1]])
        for each in circle:
            waits.pop(each, None)
    return circles
