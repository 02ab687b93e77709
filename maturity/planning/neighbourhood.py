"""Searching around a schedule: some jobs are freed, all others stay, and a solver lays the free ones out anew.

Three kinds in turn: what the relaxation is undecided about, all jobs of a few topics, and jobs drawn by chance in a
window of time. Where there are few jobs all of them are free at once, and the best plan of all may be proven.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from maturity.planning.board import UNPLACED, Board, laid_out
from maturity.planning.bound import ROUNDING, Bound
from maturity.planning.calendar import HORIZON, QUARTER
from maturity.planning.cut_out import Choice, CutOut, Found
from maturity.planning.fairness import is_as_fair
from maturity.planning.greedy import Solution
from maturity.planning.jobs import Problem
from maturity.planning.relaxation import Relaxation
from maturity.planning.schedule import Scheduler
from maturity.planning.tidy import drop_useless, tidy

FEW = 60
"""So many jobs are laid out all at once."""
WHOLE_WORK = 0.5
FIRST_WORK = 0.3
WORK = 0.1
"""How long the solver may work, in its own count, which is about seconds: on all jobs of a small problem, on what the
relaxation is undecided about, and on each of the smaller neighbourhoods."""
LIKELY, POSSIBLE = 0.1, 0.01
"""How much of a job the relaxation has to start in a month for that month to be looked at."""
TOPICS = 4
SHARE, LEAST, MOST = 0.25, 40, 120
"""How many jobs are drawn by chance: a share of all, within limits."""
NEAR = {"topics": 62, "chance": QUARTER + 31}
"""How many days around its start a free job may move."""

Held = Mapping[int, int]
"""Jobs that have to stay in, with the last day on which each may start."""
log = logging.getLogger(__name__)


def improve(
    solution: Solution, model: Relaxation, bound: Bound, turns: int, seed: int, late: Callable[[], bool], held: Held
) -> Solution:
    """The solution after `turns` neighbourhoods, tidied; as it was where none is better or the solver fails.

    Where all jobs were free, and no decision is broken, the solver's own bound is taken if it is lower."""
    search = _Search(solution, model, bound, seed, held)
    try:
        proven = search.run(turns, late)
    except Exception as error:  # whatever goes wrong in somebody else's solver, the plan stands as it was
        log.warning("a plan was not improved: %s: %s", type(error).__name__, error)
        return solution
    if search.board is not solution.board:
        scheduler = Scheduler(solution.board.problem, solution.priorities, search.board, solution.barred)
        scheduler.conflicts = dict(solution.conflicts)
        tidied = tidy(scheduler)
        solution = replace(solution, board=tidied if is_as_fair(tidied, solution.board) else search.board)
    if proven is not None and not solution.conflicts:
        solution = replace(solution, bound=min(proven * (1 + ROUNDING), solution.bound or proven))
    return solution


class _Search:
    def __init__(self, solution: Solution, model: Relaxation, bound: Bound, seed: int, held: Held) -> None:
        self.problem: Problem = solution.board.problem
        self.model, self.held = model, held
        self.board = solution.board
        self.barred, self.conflicts = solution.barred, solution.conflicts
        self.random = np.random.default_rng([seed, 2])
        self.begun = [bound.relaxed[track.first : track.first + len(track.days)] for track in model.starts]
        self.topics = sorted({step.topic for step in self.problem.steps if not step.by})
        self.topics_of = [
            {self.problem.steps[step].topic for lift in job.lifts for step in lift.steps} for job in self.problem.jobs
        ]

    def run(self, turns: int, late: Callable[[], bool]) -> float | None:
        """Search; what is returned is what no plan exceeds, where all jobs were free."""
        found: Found | None = None
        if len(self.problem.jobs) <= FEW and not self.barred and not self.held and not late():
            found = self._try([self._choice(job, True, 0.0, None) for job in range(len(self.problem.jobs))], WHOLE_WORK)
            if found and found.best:
                return found.most
        for turn in range(turns):
            if late():
                break
            self._try(*self._neighbourhood(turn))
        return found.most if found else None

    def _neighbourhood(self, turn: int) -> tuple[list[Choice], float]:
        jobs = range(len(self.problem.jobs))
        if turn == 0:
            return [self._choice(job, True, LIKELY, 0) for job in jobs], FIRST_WORK
        if turn % 2:
            size = min(len(jobs), max(LEAST, min(MOST, round(SHARE * len(jobs)))))
            free = set(self.random.choice(len(jobs), size, replace=False).tolist())
            return [self._choice(job, job in free, POSSIBLE, NEAR["chance"]) for job in jobs], WORK
        chosen = self.random.choice(len(self.topics), min(TOPICS, len(self.topics)), replace=False).tolist()
        topics = {self.topics[each] for each in chosen}
        free = {job for job in jobs if topics & self.topics_of[job]}
        return [self._choice(job, job in free, POSSIBLE, NEAR["topics"]) for job in jobs], WORK

    def _choice(self, job: int, free: bool, share: float, near: int | None) -> Choice:
        """The days of a job: where it starts now and, if it is free, the months so near (None: all of them), and those
        that the relaxation starts a share of it in. Decisions, barred actions and what is held stay in or out."""
        days, start, made = self.model.starts[job].days, self.board.start[job], self.problem.jobs[job]
        placed = start != UNPLACED
        if job in self.conflicts or (not placed and (not free or made.action.id in self.barred)):
            return Choice(days=days[:0], optional=True)
        begun = self.begun[job]
        wanted = days == start if placed else np.zeros(len(days), dtype=np.bool_)
        if free and len(days):
            wanted |= np.diff(begun, prepend=0.0) > share
            if near is None:
                wanted[:] = True
            elif near:
                wanted |= abs(days - start) <= near if placed else begun[-1] > POSSIBLE
            wanted &= days <= max(self.held.get(job, HORIZON), start)
        stays = near == 0 and len(begun) > 0 and begun[-1] >= 1 - share
        fixed = placed and (not free or stays or bool(made.decision) or job in self.held)
        return Choice(days=days[wanted], optional=not fixed)

    def _try(self, choices: list[Choice], work: float) -> Found | None:
        found = CutOut(self.problem, self.model, choices).solve(self.board, work)
        if found is None:
            return None
        board = laid_out(self.problem, found.starts)
        if not keeps_rules(board):
            log.warning("the solver's plan breaks a rule; it is not used")
            return None
        board = laid_out(self.problem, drop_useless(board))
        if board.value() > self.board.value() + 1e-6 and is_as_fair(board, self.board):
            self.board = board
        return found


def keeps_rules(board: Board) -> bool:
    """Whether a board that was laid out from starts keeps means, windows, prerequisites and levels."""
    placed, jobs = board.placed(), board.problem.jobs
    if min(board.free, default=0) < 0 or min(board.money) < 0:
        return False
    return all(board.ready_from(job) <= start or jobs[job].pinned == start for job, start in placed.items())
