"""The greedy rule as it was when the planner was first measured: what other plans are compared with.

FROZEN: this file is a yardstick. It must not be improved, or a later planner would be measured by another one. It
holds its own orders, its own serial schedule generation and its own tidying, and takes from the planner only what a
problem is and the board on which it is laid out. It does not thin plans out, and knows no decisions of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

import numpy as np

from maturity.planning.board import UNPLACED, Board, Refusal, laid_out
from maturity.planning.calendar import HORIZON, months_from
from maturity.planning.jobs import Job, Problem
from maturity.planning.steps import NEVER

MOST_COPIES_TRIED = 12
MOST_ROUNDS = 6
UNLOCKS = 0.5


def frozen_greedy(problem: Problem, turns: int, seed: int) -> Board:
    """The best of so many schedules in the orders of a seed, tidied."""
    orders = _Orders(problem, seed)
    best: tuple[tuple[float, float], _Scheduler, Sequence[float]] | None = None
    for turn in range(turns):
        priorities = orders.order(turn, best[2] if best else None)
        scheduler = _Scheduler(problem, priorities)
        scheduler.fill()
        worth = (round(scheduler.board.value(), 6), -float(len(scheduler.board.placed())))
        if best is None or worth > best[0]:
            best = (worth, scheduler, priorities)
    assert best is not None, "at least one turn"
    return _tidy(best[1])


class _Scheduler:
    def __init__(self, problem: Problem, priorities: Sequence[float]) -> None:
        self.problem = problem
        self.priorities = priorities
        self.board = Board(problem)

    def place(self, job: int, before: int = HORIZON) -> Refusal | None:
        """Place a job and, before it, whatever it requires; on a refusal the board is as it was."""
        mark = self.board.mark()
        refusal = self._place(job, before)
        if refusal:
            self.board.undo(mark)
        return refusal

    def _place(self, job: int, before: int) -> Refusal | None:
        board, made = self.board, self.problem.jobs[job]
        if made.rejected:
            return Refusal("rejected", job)
        for group in made.needs:
            if board.first_finish(group) == NEVER:
                refusal = self._place_one(group, before - made.days)
                if refusal:
                    return refusal
        ready = board.ready_from(job)
        if ready == NEVER:
            return Refusal("no_level", job)
        return board.settle(job, ready, before)

    def _place_one(self, group: Sequence[int], before: int) -> Refusal | None:
        """Place the most promising job of a group that there is room for, and say what refused the last one tried."""
        refusal = None
        for job in sorted(group, key=lambda each: -self.priorities[each])[:MOST_COPIES_TRIED]:
            refusal = self.place(job, before)
            if refusal is None:
                return None
        return refusal

    def fill(self) -> None:
        """Take up jobs by falling priority; one that waits for a level comes back when the level is reached."""
        board, jobs = self.board, self.problem.jobs
        queued = {i for i, job in enumerate(jobs) if job.lifts and board.start[i] == UNPLACED}
        queue = [(-self.priorities[i], i) for i in sorted(queued)]
        heapify(queue)
        waiting: dict[int, set[int]] = {}
        while queue:
            job = heappop(queue)[1]
            queued.discard(job)
            if board.start[job] != UNPLACED:
                continue
            board.fresh.clear()
            refusal = self.place(job) if self._is_ready(job) else Refusal("no_level", job)
            if refusal is None:
                woken = {each for step in board.fresh for each in waiting.pop(step, ())} - queued
                queued |= woken
                for each in sorted(woken):
                    heappush(queue, (-self.priorities[each], each))
            elif refusal.code == "no_level":
                for floor in (*self._missing_floors(job), *self._missing_floors(refusal.job)):
                    waiting.setdefault(floor, set()).add(job)

    def _is_ready(self, job: int) -> bool:
        """Whether some place that stands at the from-level still lacks a step that the job brings."""
        reach = self.board.reach
        return any(
            (lift.floor < 0 or reach[lift.floor] < NEVER) and any(reach[step] == NEVER for step in lift.steps)
            for lift in self.problem.jobs[job].lifts
        )

    def _missing_floors(self, job: int) -> list[int]:
        reach = self.board.reach
        return [lift.floor for lift in self.problem.jobs[job].lifts if lift.floor >= 0 and reach[lift.floor] == NEVER]


def _tidy(scheduler: _Scheduler) -> Board:
    """The scheduler's board with useless actions dropped, others moved forward, and freed means used again.

    Moving forward never lowers the value; dropping never changes it; filling only adds.
    """
    problem = scheduler.problem
    board = scheduler.board
    for _ in range(MOST_ROUNDS):
        before = board.placed()
        board = laid_out(problem, _move_forward(laid_out(problem, _drop_useless(board))))
        scheduler.board = board
        scheduler.fill()
        if board.placed() == before:
            break
    return laid_out(problem, _move_forward(laid_out(problem, _drop_useless(board))))


def _closers(board: Board) -> dict[int, int]:
    """The job that brings each reached step about: the first to finish, ties to the first in the catalogue."""
    found: dict[int, int] = {}
    for step, day in enumerate(board.reach):
        if day == NEVER or board.problem.steps[step].by:
            continue
        placed = [job for job in board.problem.providers.get(step, ()) if board.start[job] != UNPLACED]
        found[step] = min(placed, key=lambda job: (board.finish(job), job))
    return found


def _needs_of(board: Board, job: int) -> list[int]:
    """The placed jobs that a placed job waits for, one for each of its prerequisites."""
    return [
        min((each for each in group if board.start[each] != UNPLACED), key=lambda each: (board.finish(each), each))
        for group in board.problem.jobs[job].needs
    ]


def _drop_useless(board: Board) -> dict[int, int]:
    """The starts without the jobs that bring nothing about, were not decided on, and that nothing kept relies on."""
    starts = board.placed()
    wanted = {job for job in starts if board.problem.jobs[job].decision} | set(_closers(board).values())
    waiting = sorted(wanted)
    while waiting:
        for need in _needs_of(board, waiting.pop()):
            if need not in wanted:
                wanted.add(need)
                waiting.append(need)
    return {job: start for job, start in starts.items() if job in wanted}


def _move_forward(board: Board) -> dict[int, int]:
    """The starts after moving every job that is not pinned as early as it goes, until nothing moves."""
    problem = board.problem
    moved = True
    while moved:
        moved = False
        starts = board.placed()
        for job in sorted(starts, key=lambda each: (starts[each], each)):
            earlier = _earlier(problem, board, job)
            if earlier is not None:
                board.take(job, board.start[job], -1)
                board.put(job, earlier)
                moved = True
    return board.placed()


def _earlier(problem: Problem, board: Board, job: int) -> int | None:
    start = board.start[job]
    if problem.jobs[job].pinned is not None:
        return None
    months = months_from(board.ready_from(job), start - 1)
    if not months:
        return None
    mark = board.mark()
    board.take(job, start, -1)
    fits = next((month for month in months if board.refused_by(job, month) is None), None)
    board.undo(mark)
    return fits


class _Orders:
    """Priorities of the jobs, turn by turn."""

    def __init__(self, problem: Problem, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        promise = _promises(problem)
        loads = _loads_of(problem)
        chains = _chain_loads(problem, loads)
        self.fixed = [promise / loads, promise, promise / chains]

    def order(self, turn: int, best: Sequence[float] | None) -> Sequence[float]:
        if turn < len(self.fixed):
            return tuple(self.fixed[turn].tolist())
        near = turn % 2 and best is not None
        base = np.asarray(best) if near else self.fixed[turn // 2 % len(self.fixed)]
        noise = self.random.normal(0.0, 0.25 if near else 0.5, len(base))
        return tuple((base * np.exp(noise)).tolist())


def _promises(problem: Problem) -> np.ndarray:
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


def _loads_of(problem: Problem) -> np.ndarray:
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
