"""The greedy engine: what brings most per scarce person-day first, then many seeded variations of that order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from maturity.planning.board import Board, Refusal
from maturity.planning.calendar import HORIZON
from maturity.planning.jobs import Job, Problem
from maturity.planning.plan import Price
from maturity.planning.schedule import Scheduler
from maturity.planning.steps import NEVER
from maturity.planning.tidy import closers, tidy

UNLOCKS = 0.5
"""The part of a job's promise that counts for what it requires, as in the prototype that was measured."""
WORTH_A_ROW = 0.01
"""The share of a plan's value that makes one more action worth its place."""
BEYOND_MENDING = 0.96
"""A schedule of less than this share of the value is not tidied to see whether it would do: moving jobs forward and
filling gaps does not bring so much back. Looking all the same changed no plan of the benchmark's cities."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A tidy schedule, the order it came from, the decisions that it could not keep, and what made it."""

    board: Board
    priorities: tuple[float, ...]
    conflicts: dict[int, Refusal]
    bound: float | None = None
    """Level-weeks that no schedule of the problem exceeds, where that has been proven."""
    prices: tuple[Price, ...] = ()
    engine: str = "greedy"
    barred: frozenset[str] = frozenset()
    """Actions that were left out to keep the plan small, though they would have fitted."""


def solve(problem: Problem, iterations: int, seed: int, within: float | None, clock: Callable[[], float]) -> Solution:
    """The best of `iterations` schedules; fewer where `within` seconds of `clock` have passed before.

    The first three orders are fixed (value density, value, density of the whole chain); the others vary the fixed
    ones and the best so far by log-normal noise from `seed`, so the same seed gives the same schedule.
    """
    return solve_greedily(problem, iterations, seed, lateness(within, clock))


def solve_greedily(problem: Problem, iterations: int, seed: int, late: Callable[[], bool]) -> Solution:
    """The same, until it is `late`."""
    return thin_out(search(problem, Orders(problem, seed), iterations, late), iterations - 1, late)


def lateness(within: float | None, clock: Callable[[], float]) -> Callable[[], bool]:
    """A question whether `within` seconds of the clock have passed since now; with None they never have."""
    ends = None if within is None else clock() + within
    return lambda: ends is not None and clock() >= ends


class Ordering(Protocol):
    """What a search tries: an order of the jobs for each turn, given the best order so far."""

    def order(self, turn: int, best: Sequence[float] | None) -> Sequence[float]:
        """A priority for each job, higher first."""


def search(problem: Problem, orders: Ordering, turns: int, late: Callable[[], bool]) -> Solution:
    """The best of `turns` schedules (at least 1), tidied: fewest conflicts, then most value, then fewest jobs."""
    best: tuple[tuple[float, ...], Scheduler, Sequence[float]] | None = None
    for turn in range(turns):
        priorities = orders.order(turn, best[2] if best else None)
        scheduler = Scheduler(problem, priorities)
        scheduler.run()
        worth = rank(scheduler.board, len(scheduler.conflicts))
        if best is None or worth > best[0]:
            best = (worth, scheduler, priorities)
        if late():
            break
    assert best is not None, "iterations are checked to be at least 1"
    _, scheduler, priorities = best
    return Solution(board=tidy(scheduler), priorities=tuple(priorities), conflicts=scheduler.conflicts)


def rank(board: Board, conflicts: int) -> tuple[float, float, float]:
    """What makes one schedule better than another: fewest conflicts, then most value, then fewest jobs."""
    return -float(conflicts), round(board.value(), 6), -float(len(board.placed()))


def thin_out(
    solution: Solution,
    tries: int,
    late: Callable[[], bool],
    allowed: Callable[[Board, Board], bool] = lambda other, board: True,
) -> Solution:
    """The solution with fewer different actions, where others bring the same steps about nearly as soon, and the new
    board is `allowed` in the place of the old one.

    A city's first plan has to stay small: an action goes if without it no step is lost and the value falls by less
    than `WORTH_A_ROW` for each action saved.
    """
    barred: frozenset[str] = frozenset()
    for action in _by_value(solution.board):
        if tries <= 0 or late():
            break
        if action not in _rows(solution.board):
            continue
        tries -= 1
        if _is_only_way(solution.board, action, barred):
            continue
        scheduler = Scheduler(solution.board.problem, solution.priorities, barred=barred | {action})
        scheduler.run()
        if scheduler.board.value() < BEYOND_MENDING * solution.board.value():
            continue
        other = Solution(board=tidy(scheduler), priorities=solution.priorities, conflicts=scheduler.conflicts)
        if _is_leaner(other, solution) and allowed(other.board, solution.board):
            solution, barred = other, barred | {action}
    return replace(_filled_up(solution), barred=barred - _rows(solution.board)) if barred else solution


def _filled_up(solution: Solution) -> Solution:
    """The solution with what fits now that some actions are gone; nothing is added for steps it has already."""
    scheduler = Scheduler(solution.board.problem, solution.priorities, solution.board)
    scheduler.conflicts = dict(solution.conflicts)
    return Solution(board=tidy(scheduler), priorities=solution.priorities, conflicts=solution.conflicts)


def _by_value(board: Board) -> list[str]:
    """The actions of a schedule, from the one that brings least about to the one that brings most."""
    brought = dict.fromkeys(sorted(_rows(board)), 0.0)
    for step, job in closers(board).items():
        worth = board.problem.steps[step].weight * board.problem.worth[board.reach[step]]
        brought[board.problem.jobs[job].action.id] += worth
    return sorted(brought, key=lambda action: brought[action])


def _is_only_way(board: Board, action: str, barred: frozenset[str]) -> bool:
    """Whether a step that is reached would be lost without an action, as nothing else brings it about."""
    problem, gone = board.problem, barred | {action}
    mine = {
        step
        for job in board.placed()
        if problem.jobs[job].action.id == action
        for lift in problem.jobs[job].lifts
        for step in lift.steps
    }
    return any(
        all(problem.jobs[each].action.id in gone for each in problem.providers[step])
        for step in mine
        if board.reach[step] != NEVER and not problem.steps[step].by
    )


def _rows(board: Board) -> set[str]:
    return {board.problem.jobs[job].action.id for job in board.placed()}


def _is_leaner(other: Solution, solution: Solution) -> bool:
    saved = len(_rows(solution.board)) - len(_rows(other.board))
    lost = {step for step, day in enumerate(other.board.reach) if day == NEVER} - {
        step for step, day in enumerate(solution.board.reach) if day == NEVER
    }
    least = solution.board.value() * (1 - WORTH_A_ROW * saved)
    return saved > 0 and not lost and len(other.conflicts) <= len(solution.conflicts) and other.board.value() >= least


class Orders:
    """Priorities of the jobs, turn by turn."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        promise = promises(problem)
        loads = loads_of(problem)
        chains = _chain_loads(problem, loads)
        self.fixed = [promise / loads, promise, promise / chains]

    def order(self, turn: int, best: Sequence[float] | None) -> Sequence[float]:
        if turn < len(self.fixed):
            return tuple(self.fixed[turn].tolist())
        near = turn % 2 and best is not None
        base = np.asarray(best) if near else self.fixed[turn // 2 % len(self.fixed)]
        noise = self.random.normal(0.0, 0.25 if near else 0.5, len(base))
        return tuple((base * np.exp(noise)).tolist())


def promises(problem: Problem) -> np.ndarray:
    """What each job may bring: its steps' level-weeks from its earliest finish on (a step with several providers
    counts in part for each), and half of what it makes possible."""
    own = np.array([_own_promise(problem, job) for job in problem.jobs])
    promise = own
    for _ in range(3):
        passed = own.copy()
        for number, job in enumerate(problem.jobs):
            for group in job.needs:
                for each in group:
                    passed[each] += UNLOCKS * promise[number] / len(group)
            floors = {lift.floor for lift in job.lifts if lift.floor >= 0}
            for floor in sorted(floors):
                providers = problem.providers.get(floor, ())
                for each in providers:
                    passed[each] += UNLOCKS * promise[number] / (len(providers) * len(floors))
        promise = passed
    return promise + 1e-9


def _own_promise(problem: Problem, job: Job) -> float:
    weeks = problem.worth[min(job.opens + job.days, HORIZON)]
    steps = [step for lift in job.lifts for step in lift.steps if not problem.steps[step].by]
    return sum(problem.steps[step].weight * weeks / len(problem.providers[step]) ** 0.5 for step in steps)


def loads_of(problem: Problem) -> np.ndarray:
    """The share of all scarce means that each job takes; a department's own staff count for that department only."""
    places = max(1, len(problem.request.departments))
    totals = _totals(problem)
    budget = problem.budget[-1] if problem.budget and problem.budget[-1] else None
    found = []
    for number, job in enumerate(problem.jobs):
        share = sum(
            amount / totals[resource] / (places if problem.resources[resource][1] else 1)
            for resource, amount in job.loads
        )
        found.append(share + (problem.price(number, job.opens) / budget if budget else 0.0))
    loads = np.array(found)
    return loads + 0.05 * (loads.mean() if len(loads) else 0.0) + 1e-9


def _totals(problem: Problem) -> list[int]:
    per = len(problem.capacity) // max(1, len(problem.resources))
    return [max(1, sum(problem.capacity[i * per : (i + 1) * per])) for i in range(len(problem.resources))]


def _chain_loads(problem: Problem, loads: np.ndarray) -> np.ndarray:
    """A job's load together with that of everything it requires."""
    return np.array([sum(loads[each] for each in sorted(set(_ancestors(problem, i)))) for i in range(len(loads))])


def _ancestors(problem: Problem, job: int) -> Iterator[int]:
    seen, waiting = {job}, [job]
    while waiting:
        each = waiting.pop()
        yield each
        for group in problem.jobs[each].needs:
            if group[0] not in seen:
                seen.add(group[0])
                waiting.append(group[0])
