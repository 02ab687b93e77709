"""That no department is left without an action it can see, nor without a quick win in the first year where any can.

Wishes and no rules: the plan that brings most is made first, and then less value is taken for fewer departments left
out, up to a limit. The bound stays what it is, as it holds for every plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from maturity.planning.board import UNPLACED, Board
from maturity.planning.calendar import PHASE_STARTS
from maturity.planning.greedy import Solution
from maturity.planning.jobs import Problem
from maturity.planning.schedule import Scheduler
from maturity.planning.steps import NEVER
from maturity.planning.tidy import closers, tidy

MOST_GIVEN = 0.02
"""The share of a plan's value that may be given up for all of this: what the search leaves open anyway."""
MOST_TURNS = 6
WINS_BY = PHASE_STARTS[2]
"""Quick wins are there by the end of phase 2; those of phase 1 are seen in phase 2 all the more."""


def without_action(board: Board) -> frozenset[str]:
    """The departments with a wanted step that see no action: no copy of their own, no city-wide one that closes a step
    for them."""
    return _wanting(board.problem) - _served(board, lambda job: True)


def without_win(board: Board) -> frozenset[str]:
    """The departments that see no quick win by the end of phase 2, though there is one for them in the catalogue."""
    problem = board.problem

    def wins(job: int) -> bool:
        return problem.jobs[job].action.quick_win and board.finish(job) <= WINS_BY

    return frozenset(_winnable(problem)) - _served(board, wins)


def _wanting(problem: Problem) -> frozenset[str]:
    return frozenset(step.department for step in problem.steps if not step.by)


def _served(board: Board, counts: Callable[[int], bool]) -> frozenset[str]:
    own = {board.problem.jobs[job].department for job in board.placed() if counts(job)}
    closed = {board.problem.steps[step].department for step, job in closers(board).items() if counts(job)}
    return frozenset(each for each in own | closed if each)


def _winnable(problem: Problem) -> dict[str, list[int]]:
    """The quick wins that could be there in time, for each department that they would close a step for."""
    found: dict[str, list[int]] = {}
    for number, job in enumerate(problem.jobs):
        if job.action.quick_win and not job.rejected and max(job.opens, job.waits) + job.days <= WINS_BY:
            for department in sorted({problem.steps[step].department for lift in job.lifts for step in lift.steps}):
                found.setdefault(department, []).append(number)
    return found


def fairer(solution: Solution) -> Solution:
    """The solution with fewer departments left out, for at most `MOST_GIVEN` of its value; itself where none are."""
    least = solution.board.value() * (1 - MOST_GIVEN)
    for _ in range(MOST_TURNS):
        lifted = _lifted(solution)
        if lifted is None:
            break
        scheduler = Scheduler(solution.board.problem, lifted)
        scheduler.run()
        board = tidy(scheduler)
        other = replace(solution, board=board, priorities=lifted, conflicts=scheduler.conflicts)
        worse = board.value() < least or len(other.conflicts) > len(solution.conflicts)
        if worse or not is_fairer(other.board, solution.board):
            break
        solution = other
    return solution


def is_fairer(one: Board, other: Board) -> bool:
    """Whether fewer departments see no action, or as few of them and fewer no quick win."""
    return _lack(one) < _lack(other)


def is_as_fair(one: Board, other: Board) -> bool:
    """Whether nothing is taken from departments for the first board's value."""
    return _lack(one) <= _lack(other)


def _lack(board: Board) -> tuple[int, int]:
    return len(without_action(board)), len(without_win(board))


def _lifted(solution: Solution) -> tuple[float, ...] | None:
    """The order with one job for each department that lacks something before all others; None where none can help."""
    board, problem = solution.board, solution.board.problem
    chosen: set[int] = set()
    winnable = _winnable(problem)
    for department in sorted(without_win(board)):
        chosen |= _first(solution, winnable[department])
    for department in sorted(without_action(board)):
        providers = {
            job
            for step, jobs in problem.providers.items()
            if problem.steps[step].department == department
            for job in jobs
            if board.reach[step] == NEVER and board.start[job] == UNPLACED and not problem.jobs[job].rejected
        }
        chosen |= _first(solution, sorted(providers))
    if not chosen:
        return None
    top = max(solution.priorities) + 1.0
    return tuple(top + each if job in chosen else each for job, each in enumerate(solution.priorities))


def _first(solution: Solution, jobs: list[int]) -> set[int]:
    """The job that the order takes up first."""
    return {max(jobs, key=lambda job: (solution.priorities[job], -job))} if jobs else set()
