"""What people decided that cannot all be kept: why, with the numbers, and the smallest set to give up.

What can be summed is summed from what is decided alone, with what it requires, whatever else a plan might hold. Whether
the rest can be kept once some decisions are given up is asked of the scheduler, which lays out nothing but these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import accumulate, combinations
from typing import Any

from maturity.planning.board import Refusal
from maturity.planning.calendar import HORIZON, on_date, phase_of, quarter_of
from maturity.planning.earliest import Earliest, find_earliest
from maturity.planning.greedy import promises
from maturity.planning.jobs import Job, Problem, make_problem
from maturity.planning.means import without_strange_codes
from maturity.planning.plan import Reason
from maturity.planning.reasons import refusal_values
from maturity.planning.request import ASKING, QUARTERS, Decision, PlanRequest
from maturity.planning.schedule import Scheduler
from maturity.planning.steps import NEVER

MOST_TRIES = 100
"""Layouts that a search for the smallest set may try: some tens of milliseconds for a city."""
SCARCE = frozenset({"no_capacity", "no_budget", "no_time", "no_room"})
WINDOWS = frozenset({"not_before", "not_after"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflicts:
    """`found` are reasons as codes with numbers, `give_up` decisions without which the others can be kept. It is the
    `smallest` such set where every smaller one was tried in vain; empty where nothing stands against anything."""

    found: tuple[Reason, ...] = ()
    give_up: tuple[Decision, ...] = ()
    smallest: bool = True


def conflicts_document(found: Conflicts) -> dict[str, Any]:
    """Conflicts in plain lists, texts and numbers; `read_conflicts` gives them back, dates in values as ISO texts."""
    return {
        "found": [{"code": each.code, "values": _plain(each.values)} for each in found.found],
        "give_up": [_plain(asdict(each)) for each in found.give_up],
        "smallest": found.smallest,
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: each.isoformat() if isinstance(each, date) else each for key, each in values.items()}


def read_conflicts(document: Mapping[str, Any]) -> Conflicts:
    """Conflicts from what `conflicts_document` wrote."""
    return Conflicts(
        found=tuple(Reason(code=each["code"], values=each["values"]) for each in document["found"]),
        give_up=tuple(
            Decision(**{**each, "start": date.fromisoformat(each["start"]) if each["start"] else None})
            for each in document["give_up"]
        ),
        smallest=document["smallest"],
    )


def conflicts_of(request: PlanRequest, most_tries: int = MOST_TRIES) -> Conflicts:
    """The conflicts between the decisions of a request; `PlanningError` where the request itself cannot be meant.

    Decisions on what the catalogue does not have are left aside, see `advice`."""
    request = without_strange_codes(request)
    if request.catalogue is None or not request.decisions:
        return Conflicts()
    free = replace(request, decisions=tuple(each for each in request.decisions if each.kind not in WINDOWS))
    table = Table(make_problem(free, request.catalogue), request.decisions)
    refused = table.refused(request.decisions)
    if not refused:
        return Conflicts()
    give_up, smallest = _to_give_up(table, refused, most_tries)
    return Conflicts(found=tuple(_named(table, refused)), give_up=give_up, smallest=smallest)


class Table:
    """The decided jobs, to be laid out with some decisions and without others."""

    def __init__(self, problem: Problem, decisions: Sequence[Decision]) -> None:
        self.problem = problem
        self.decisions = tuple(decisions)
        self.priorities = tuple(promises(problem).tolist())
        self.about = {
            number: found
            for number, job in enumerate(problem.jobs)
            if (found := [each for code in dict.fromkeys((job.action.id, job.code)) for each in decisions
                          if each.code == code])
        }  # fmt: skip
        self._known: dict[tuple[int, ...], Job] = {}
        self.whole = self.decided(self.decisions)

    @property
    def asked(self) -> list[int]:
        """The jobs that people want, by number."""
        return [number for number in self.about if self.whole.jobs[number].decision]

    def jobs_of(self, decision: Decision) -> list[int]:
        """The jobs that a decision is about, by number."""
        return [number for number, found in self.about.items() if decision in found]

    def decided(self, kept: Sequence[Decision]) -> Problem:
        """The problem with only these decisions, the jobs as they were."""
        jobs, wanted = list(self.problem.jobs), {id(each) for each in kept}
        for number, decisions in self.about.items():
            said = tuple(each for each in decisions if id(each) in wanted)
            made = self._known.get((number, *map(id, said)))
            if made is None:
                made = self._decided_job(jobs[number], {each.kind: each for each in said})
                self._known[(number, *map(id, said))] = made
            jobs[number] = made
        return replace(self.problem, jobs=tuple(jobs))

    def _decided_job(self, job: Job, said: dict[str, Decision]) -> Job:
        starts = self.problem.request.starts
        pin, before, after = said.get("pinned") or said.get("locked"), said.get("not_before"), said.get("not_after")
        day = {each.kind: (each.start - starts).days for each in said.values() if each.start}
        return replace(
            job,
            opens=max(job.opens, day.get("not_before", 0)),
            latest=min(job.latest, day.get("not_after", job.latest)),
            rejected="rejected" in said,
            decision=pin or said.get("must"),
            pinned=day[pin.kind] if pin else None,
            not_before=before,
            not_after=after,
        )

    def refused(self, kept: Sequence[Decision]) -> dict[int, Refusal]:
        """The decided jobs that cannot be kept together with the others, by number, with what refuses them."""
        problem = self.decided(kept)
        scheduler = Scheduler(problem, self.priorities)
        scheduler.keep_decisions()
        against = {number: Refusal("window", number) for number in self.about if contradicts(problem.jobs[number])}
        return {**scheduler.conflicts, **against}

    def keeps(self, kept: Sequence[Decision]) -> bool:
        """Whether all of these can be kept together."""
        problem = self.decided(kept)
        if any(contradicts(problem.jobs[number]) for number in self.about):
            return False
        return Scheduler(problem, self.priorities).keeps_decisions()


def contradicts(job: Job) -> bool:
    """Whether a job is pinned to a day outside its own window."""
    early = job.pinned is not None and job.not_before is not None and job.pinned < job.opens
    return early or (job.pinned is not None and job.not_after is not None and job.pinned > job.latest)


def _to_give_up(table: Table, refused: dict[int, Refusal], most_tries: int) -> tuple[tuple[Decision, ...], bool]:
    """The smallest set of decisions to give up, by trying sets of rising size; one that will do, and False, where that
    would take too long."""
    found = _greedily(table)
    candidates = _involved(table, refused)
    tries = 0
    for size in range(1, len(found)):
        for chosen in combinations(candidates, size):
            tries += 1
            if tries > most_tries:
                return found, False
            if table.keeps([each for each in table.decisions if each not in chosen]):
                return chosen, True
    return found, True


def _greedily(table: Table) -> tuple[Decision, ...]:
    """A set that will do: decisions are taken up one after another, those that most others rely on first, and what does
    not fit any more is given up; with what is rejected taken up first or last, whichever gives up less."""
    relied = Counter(each for job in table.asked for each in _behind(table.problem, [job]))
    asking = [each for each in table.decisions if each.kind in ASKING]
    asking.sort(key=lambda each: -max((relied[job] for job in table.jobs_of(each)), default=0))
    windows = [each for each in table.decisions if each.kind in WINDOWS]
    rejected = [each for each in table.decisions if each.kind == "rejected"]
    orders = ([*rejected, *windows, *asking], [*asking, *windows, *rejected]) if rejected else ([*windows, *asking],)
    return min((_taken_up(table, order) for order in orders), key=len)


def _taken_up(table: Table, order: Sequence[Decision]) -> tuple[Decision, ...]:
    kept: list[Decision] = []
    for each in order:
        if table.keeps([*kept, each]):
            kept.append(each)
    return tuple(each for each in table.decisions if each not in kept)


def _involved(table: Table, refused: dict[int, Refusal]) -> list[Decision]:
    """The decisions that may have to do with what is refused, those on the refused jobs first."""
    first = [each for job in refused for each in table.about[job]]
    near = [each for job in sorted(_behind(table.problem, refused)) for each in table.about.get(job, ())]
    scarce = any(each.code in SCARCE for each in refused.values())
    rivals = [each for each in table.decisions if scarce and each.kind in ASKING]
    return list(dict.fromkeys([*first, *near, *rivals]))


def _behind(problem: Problem, jobs: Iterable[int]) -> set[int]:
    """All jobs that could be needed for some, for what they require or for the level that they start from."""
    found: set[int] = set()
    waiting = list(jobs)
    while waiting:
        job = waiting.pop()
        if job in found:
            continue
        found.add(job)
        waiting += [each for group in problem.jobs[job].needs for each in group]
        for lift in problem.jobs[job].lifts:
            step = lift.floor
            while step >= 0:
                waiting += problem.providers.get(step, ())
                step = problem.steps[step].below
    return found


def _named(table: Table, refused: dict[int, Refusal]) -> Iterator[Reason]:
    """Every conflict with its numbers: what cannot be kept by itself, then what the rest needs too much of. What
    neither explains bears the scheduler's own reason."""
    problem = table.whole
    earliest = find_earliest(problem)
    alone = {job: reasons for job in sorted(refused) if (reasons := list(_about_one(table, earliest, job)))}
    for reasons in alone.values():
        yield from reasons
    summed = _Sums(problem, earliest, without=frozenset(alone))
    known: set[int] = set()
    for reason, jobs in (*summed.people(), *summed.money()):
        known |= jobs
        yield reason
    for job in sorted(refused):
        if job not in alone and summed.needed_by(job).isdisjoint(known):
            made = problem.jobs[job]
            kind = made.decision.kind if made.decision else "must"
            values = {**refusal_values(problem, refused[job]), "decided": made.code, "kind": kind}
            yield Reason(code="conflict", values={**values, "why": refused[job].code})


def _about_one(table: Table, earliest: Earliest, job: int) -> Iterator[Reason]:
    """What stands against one decided job by itself, people and money aside."""
    problem, made = table.whole, table.whole.jobs[job]
    starts, decision = problem.request.starts, made.decision
    assert decision is not None, "only decided jobs are refused"
    values: dict[str, Any] = {"decided": made.code, "kind": decision.kind, "start": decision.start}
    bars = sorted({problem.jobs[each].code for each in _rejected_behind(earliest, job)})
    if made.rejected:
        yield Reason(code="wanted_and_rejected", values=values)
    elif bars:
        yield Reason(code="needs_rejected", values={**values, "actions": bars})
    elif contradicts(made):
        window = made.not_before if made.pinned is not None and made.pinned < made.opens else made.not_after
        assert window is not None, "a contradiction has a window"
        yield Reason(code="outside_window", values={**values, "window": window.kind, "day": window.start})
    elif made.pinned is not None and not 0 <= made.pinned <= HORIZON - made.days:
        last = on_date(starts, HORIZON - made.days)
        yield Reason(code="outside_plan", values={**values, "first": starts, "last": last})
    elif made.pinned is None and made.opens > made.latest and (made.not_before or made.not_after):
        days = {"opens": on_date(starts, made.opens), "latest": on_date(starts, made.latest)}
        yield Reason(code="window_closed", values={**values, **days})
    else:
        yield from _too_soon(earliest, job, values)


def _too_soon(earliest: Earliest, job: int, values: dict[str, Any]) -> Iterator[Reason]:
    problem = earliest.problem
    made, ready = problem.jobs[job], earliest.ready(job)
    by = made.pinned if made.pinned is not None else made.latest
    first = ready if made.pinned is not None else earliest.start[job]
    if first == NEVER:
        yield Reason(code="never_possible", values=values)
    elif first > by:
        chain = [problem.jobs[each].code for each in earliest.chain(job)][:-1]
        starts = problem.request.starts
        days = {"by": on_date(starts, by), "earliest": on_date(starts, first)}
        yield Reason(code="too_soon", values={**values, **days, "after": chain})


def _rejected_behind(earliest: Earliest, job: int) -> set[int]:
    """The rejected jobs that bar a job: those it cannot do without."""
    jobs, found, seen, waiting = earliest.problem.jobs, set[int](), set[int](), [job]
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        for group in jobs[each].needs:
            if all(earliest.finish[one] == NEVER for one in group):
                found |= {one for one in group if jobs[one].rejected}
                waiting += [one for one in group if not jobs[one].rejected]
    return found


class _Sums:
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
