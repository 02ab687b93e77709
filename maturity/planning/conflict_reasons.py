"""Why decisions cannot be kept, as codes with numbers: what stands against each by itself, then what they need too
much of together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from maturity.planning.board import Refusal
from maturity.planning.calendar import HORIZON, on_date
from maturity.planning.conflict_sums import Sums
from maturity.planning.decided import Table, contradicts
from maturity.planning.earliest import Earliest, find_earliest
from maturity.planning.plan import Reason
from maturity.planning.reasons import refusal_values
from maturity.planning.steps import NEVER


def named_conflicts(table: Table, refused: dict[int, Refusal]) -> Iterator[Reason]:
    """Every conflict with its numbers: what cannot be kept by itself, then what the rest needs too much of. What
    neither explains bears the scheduler's own reason."""
    problem = table.whole
    earliest = find_earliest(problem)
    alone = {job: reasons for job in sorted(refused) if (reasons := list(_about_one(table, earliest, job)))}
    for reasons in alone.values():
        yield from reasons
    summed = Sums(problem, earliest, without=frozenset(alone))
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
