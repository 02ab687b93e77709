"""People and money that decisions need, with all that they cannot do without, held against what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from maturity.planning.calendar import HORIZON, phase_of, quarter_of
from maturity.planning.earliest import Earliest
from maturity.planning.jobs import Problem
from maturity.planning.plan import Reason
from maturity.planning.request import QUARTERS


class Sums:
    """What the decided jobs and all that they cannot do without need, held against what there is."""

    def __init__(self, problem: Problem, earliest: Earliest, without: frozenset[int]) -> None:
        self.problem = problem
        self.earliest = earliest
        self.due: dict[int, int] = {}
        for number, job in enumerate(problem.jobs):
            if job.decision and not job.rejected and number not in without:
                self._want(number, job.latest + job.days if job.pinned is None else job.pinned + job.days)

    def _want(self, job: int, due: int) -> None:
        """A job is to be finished by a day, and what it cannot do without before it starts."""
        made = self.problem.jobs[job]
        due = min(due, self.due.get(job, HORIZON), made.latest + made.days if made.pinned is None else HORIZON)
        if self.due.get(job) == due:
            return
        self.due[job] = due
        for each in self._needs(job):
            self._want(each, due - made.days)

    def _needs(self, job: int) -> list[int]:
        """What a job cannot do without: whatever has no alternative."""
        made, found = self.problem.jobs[job], []
        for group in made.needs:
            open_ones = [each for each in group if not self.problem.jobs[each].rejected]
            found += open_ones if len(open_ones) == 1 else []
        if len(made.lifts) == 1 and (step := made.lifts[0].floor) >= 0:
            while step >= 0:
                ways = [n for n in self.problem.providers.get(step, ()) if not self.problem.jobs[n].rejected]
                found += ways if len(ways) == 1 else []
                step = self.problem.steps[step].below
        return found

    def needed_by(self, job: int) -> set[int]:
        """A job with all that it cannot do without."""
        found, waiting = set[int](), [job]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting += self._needs(each)
        return found

    def _begins(self, job: int) -> int:
        made = self.problem.jobs[job]
        return made.pinned if made.pinned is not None else min(self.earliest.start[job], made.latest)

    def people(self) -> Iterator[tuple[Reason, set[int]]]:
        """Roles that are asked for more than they have, in the shortest spans of quarters where that shows."""
        for resource, (role, department) in enumerate(self.problem.resources):
            offered = self.problem.capacity[resource * QUARTERS : (resource + 1) * QUARTERS]
            parts = {job: found for job in self.due if (found := self._loads(job, resource))}
            for first, last, jobs, needed in _overloads(parts, offered):
                values = {
                    "role": role, "department": department, "first": first + 1, "last": last + 1,
                    "needed": needed / 100, "offered": sum(offered[first : last + 1]) / 100,
                    "codes": [self.problem.jobs[job].code for job in jobs],
                }  # fmt: skip
                yield Reason(code="too_many_days", values=values), set(jobs)

    def _loads(self, job: int, resource: int) -> list[tuple[int, int, int]]:
        """What a job takes of a role, as (first quarter, last quarter, hundredths of days): by quarter where its day is
        fixed, otherwise somewhere in the span that it has."""
        made = self.problem.jobs[job]
        if made.pinned is not None:
            used = self.problem.usage(job, made.pinned) if 0 <= made.pinned <= HORIZON - made.days else ()
            return [(slot % QUARTERS,) * 2 + (amount,) for slot, amount in used if slot // QUARTERS == resource]
        total = sum(amount for number, amount in made.loads if number == resource)
        first, last = quarter_of(self._begins(job)) - 1, quarter_of(max(0, self.due[job] - 1)) - 1
        return [(min(first, last), last, total)] if total else []

    def money(self) -> Iterator[tuple[Reason, set[int]]]:
        """The phases whose money does not pay for what is decided, each job at its lowest price."""
        if self.problem.budget is None:
            return
        parts = {job: [(*self._phases(job), price)] for job in self.due if (price := self._price(job))}
        carries, offered = self.problem.request.carry_over, self.problem.budget
        spans = _first_overload(parts, offered) if carries else _overloads(parts, offered)
        for first, last, jobs, needed in spans:
            values = {
                "first": first + 1, "last": last + 1, "needed": needed / 100,
                "currency": self.problem.catalogue.currency,
                "offered": (offered[last] if carries else sum(offered[first : last + 1])) / 100,
                "codes": [self.problem.jobs[job].code for job in jobs],
            }  # fmt: skip
            yield Reason(code="too_much_money", values=values), set(jobs)

    def _last_start(self, job: int) -> int:
        made = self.problem.jobs[job]
        return made.pinned if made.pinned is not None else max(0, min(made.latest, self.due[job] - made.days))

    def _phases(self, job: int) -> tuple[int, int]:
        last = phase_of(self._last_start(job)) - 1
        return min(phase_of(max(0, self._begins(job))) - 1, last), last

    def _price(self, job: int) -> int:
        return self.problem.price(job, max(0, self._last_start(job)))


Parts = dict[int, list[tuple[int, int, int]]]
Span = tuple[int, int, list[int], int]


def _overloads(parts: Parts, offered: Sequence[int]) -> Iterator[Span]:
    """Spans (first, last, jobs, needed) in which what must lie in them is more than there is; none within another."""
    found: list[tuple[int, int]] = []
    for length in range(1, len(offered) + 1):
        for first in range(len(offered) - length + 1):
            last = first + length - 1
            if any(first <= a and b <= last for a, b in found):
                continue
            within = _within(parts, lambda a, b, first=first, last=last: first <= a and b <= last)  # type: ignore[misc]
            if sum(within.values()) > sum(offered[first : last + 1]):
                found.append((first, last))
                yield first, last, list(within), sum(within.values())


def _first_overload(parts: Parts, offered: Sequence[int]) -> Iterator[Span]:
    """The same for what is saved up from the beginning: the first end at which it is not enough."""
    for last, enough in enumerate(accumulate(offered, max)):
        within = _within(parts, lambda a, b, last=last: b <= last)  # type: ignore[misc]
        if sum(within.values()) > enough:
            yield 0, last, list(within), sum(within.values())
            return


def _within(parts: Parts, lies: Callable[[int, int], bool]) -> dict[int, int]:
    sums = {job: sum(amount for a, b, amount in spans if lies(a, b)) for job, spans in parts.items()}
    return {job: amount for job, amount in sums.items() if amount}
