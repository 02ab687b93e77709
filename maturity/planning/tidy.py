"""After the search: move everything as early as it goes, drop what nobody needs, use what that frees."""

from __future__ import annotations

from maturity.planning.board import UNPLACED, Board, laid_out
from maturity.planning.calendar import months_from
from maturity.planning.jobs import Problem
from maturity.planning.schedule import Scheduler
from maturity.planning.steps import NEVER

MOST_ROUNDS = 6


def tidy(scheduler: Scheduler) -> Board:
    """The scheduler's board with useless actions dropped, others moved forward, and freed means used again.

    Moving forward never lowers the value; dropping never changes it; filling only adds.
    """
    problem = scheduler.problem
    board = scheduler.board
    for _ in range(MOST_ROUNDS):
        before = board.placed()
        board = laid_out(problem, move_forward(laid_out(problem, drop_useless(board))))
        scheduler.board = board
        scheduler.fill()
        if board.placed() == before:
            break
    return laid_out(problem, move_forward(laid_out(problem, drop_useless(board))))


def closers(board: Board) -> dict[int, int]:
    """The job that brings each reached step about: the first to finish, ties to the first in the catalogue."""
    found: dict[int, int] = {}
    for step, day in enumerate(board.reach):
        if day == NEVER or board.problem.steps[step].by:
            continue
        placed = [job for job in board.problem.providers.get(step, ()) if board.start[job] != UNPLACED]
        found[step] = min(placed, key=lambda job: (board.finish(job), job))
    return found


def required_by(board: Board) -> dict[int, list[int]]:
    """The placed jobs that rely on each placed job; of several copies on the first one finished."""
    found: dict[int, list[int]] = {}
    for job in sorted(board.placed()):
        for need in needs_of(board, job):
            found.setdefault(need, []).append(job)
    return found


def needs_of(board: Board, job: int) -> list[int]:
    """The placed jobs that a placed job waits for, one for each of its prerequisites."""
    return [
        min((each for each in group if board.start[each] != UNPLACED), key=lambda each: (board.finish(each), each))
        for group in board.problem.jobs[job].needs
    ]


def drop_useless(board: Board) -> dict[int, int]:
    """The starts without the jobs that bring nothing about, were not decided on, and that nothing kept relies on."""
    starts = board.placed()
    wanted = {job for job in starts if board.problem.jobs[job].decision} | set(closers(board).values())
    waiting = sorted(wanted)
    while waiting:
        for need in needs_of(board, waiting.pop()):
            if need not in wanted:
                wanted.add(need)
                waiting.append(need)
    return {job: start for job, start in starts.items() if job in wanted}


def move_forward(board: Board) -> dict[int, int]:
    """The starts after moving every job that is not pinned as early as it goes, until nothing moves."""
    problem = board.problem
    moved = True
    while moved:
        moved = False
        starts = board.placed()
        for job in sorted(starts, key=lambda each: (starts[each], each)):
            day = earlier(problem, board, job)
            if day is not None:
                board.take(job, board.start[job], -1)
                board.put(job, day)
                moved = True
    return board.placed()


def earlier(problem: Problem, board: Board, job: int) -> int | None:
    """The first month before its start in which a placed job has all that it waits for, and room; None for a pin."""
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
