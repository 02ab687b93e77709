"""The smallest set of decisions without which the others can be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from maturity.planning.board import Refusal
from maturity.planning.decided import WINDOWS, Table
from maturity.planning.jobs import Problem
from maturity.planning.request import ASKING, Decision

MOST_TRIES = 100
"""Layouts that a search for the smallest set may try: some tens of milliseconds for a city."""
SCARCE = frozenset({"no_capacity", "no_budget", "no_time", "no_room"})


def to_give_up(table: Table, refused: dict[int, Refusal], most_tries: int) -> tuple[tuple[Decision, ...], bool]:
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
