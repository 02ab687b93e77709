"""How far each action of a schedule may slip, and the chain that sets the end date.

The backward pass of Kelley and Walker (1959) over three kinds of links: what an action requires, the level it waits
for, and people or money that another one holds (resource links, after the "critical sequence" of Wiest, 1964).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from maturity.planning.board import UNPLACED, Board, Refusal
from maturity.planning.calendar import MONTH_STARTS, WEEK
from maturity.planning.plan import Reason
from maturity.planning.reasons import why_then
from maturity.planning.tidy import closers, needs_of

LinkKind = Literal["requires", "level", "people", "money"]
NO_MONTH = -1


@dataclass(frozen=True, slots=True)
class Link:
    """`later` has to move once `earlier` slips more than `days`."""

    earlier: int
    later: int
    kind: LinkKind
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """Days that a job can slip: `free` before anything else moves, `total` before the end of the plan does, what waits
    for it pushed along. `first` is the link that gives way first; None where the end, the job's own window or a lack of
    people or money (`refused`) stops it."""

    free: int
    total: int
    first: Link | None
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chained:
    """A job of the chain that sets the end date, why it cannot start a month earlier, and the job of the chain before
    it that this is about (None for the first) with the kind of the link."""

    job: int
    reason: Reason
    after: int | None
    kind: LinkKind | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A placed job and what it takes of a place that is full: hundredths of person-days, or cents."""

    job: int
    amount: int


def order_links(board: Board) -> dict[int, list[Link]]:
    """By job, who waits for it because of what they require, or of the level they start from."""
    found: dict[int, list[Link]] = {job: [] for job in board.placed()}
    first = closers(board)
    for later, start in board.placed().items():
        for need in needs_of(board, later):
            found[need].append(Link(need, later, "requires", start - board.finish(need)))
        for bringer in bringers(board, later, first):
            found[bringer].append(Link(bringer, later, "level", start - board.finish(bringer)))
    return found


def bringers(board: Board, job: int, first: dict[int, int]) -> list[int]:
    """The jobs that bring the place that a job starts from to its from-level; `first` says who brings each step."""
    lifts = board.problem.jobs[job].lifts
    if not lifts or any(lift.floor < 0 for lift in lifts):
        return []
    step = min(lifts, key=lambda lift: board.reach[lift.floor]).floor
    found = []
    while step >= 0:
        if step in first:
            found.append(first[step])
        step = board.problem.steps[step].below
    return list(dict.fromkeys(found))


def slacks(board: Board) -> dict[int, Slack]:
    """The slack of every placed job, in days. A pin is no limit to it: it is what the pin would cost nothing."""
    placed, links = board.placed(), order_links(board)
    end = max((board.finish(job) for job in placed), default=0)
    found: dict[int, Slack] = {}
    for job in sorted(placed, key=lambda each: (placed[each], each), reverse=True):
        own = max(0, min(end - board.finish(job), board.problem.jobs[job].latest - placed[job]))
        limit = min([own, *(link.days + found[link.later].total for link in links[job])])
        room, refused, pushed = _room(board, job, limit)
        behind = links[job] + [Link(job, each, kind, room) for each, kind in pushed]
        total = min(limit, room + min((found[each].total for each, _ in pushed), default=0)) if refused else limit
        first = min(behind, key=lambda link: link.days, default=None)
        free = min(own, total, room, first.days if first else own)
        moves = first if first and first.days == free and free < own else None
        found[job] = Slack(free=free, total=total, first=moves, refused=refused if free == room < own else None)
    return found


def _room(board: Board, job: int, limit: int) -> tuple[int, Refusal | None, list[tuple[int, LinkKind]]]:
    """The days up to `limit` that a job can slip with people and money for it on all of them; then what refuses the day
    after, and the later jobs that would have to make way. What a slip takes changes evenly within a week."""
    start, mark = board.start[job], board.mark()
    board.take(job, start, -1)
    try:
        fine = 0
        for days in (*range(WEEK, limit, WEEK), limit) if limit else ():
            if board.refused_by(job, start + days):
                break
            fine = days
        if fine == limit:
            return limit, None, []
        first = next(d for d in range(fine + 1, limit + 1) if board.refused_by(job, start + d))
        refusal = board.refused_by(job, start + first)
        assert refusal, "the day was chosen because something refuses it"
        kind: LinkKind = "people" if refusal.code == "no_capacity" else "money"
        later = [each.job for each in holders(board, job, refusal) if (board.start[each.job], each.job) > (start, job)]
        return first - 1, refusal, [(each, kind) for each in later]
    finally:
        board.undo(mark)


def holders(board: Board, job: int, refusal: Refusal) -> list[Holder]:
    """The other jobs that hold the place which a refusal is about, the one that takes most first."""
    problem = board.problem
    found = []
    for other, start in board.placed().items():
        if other == job:
            continue
        if refusal.code == "no_capacity":
            amount = dict(problem.usage(other, start)).get(refusal.number, 0)
        else:
            amount = problem.price(other, start) if refusal.number - 1 in problem.phases_charged(start) else 0
        if amount:
            found.append(Holder(other, amount))
    return sorted(found, key=lambda each: (-each.amount, each.job))


def refused_before(board: Board, job: int) -> Refusal | None:
    """What people or money refused the month before a job's start; None where something else kept it from starting."""
    start = board.start[job]
    earlier = max((month for month in MONTH_STARTS if month < start), default=NO_MONTH)
    if earlier < board.ready_from(job):
        return None
    mark = board.mark()
    board.take(job, start, -1)
    refusal = board.refused_by(job, earlier)
    board.undo(mark)
    return refusal


def end_chain(board: Board) -> tuple[Chained, ...]:
    """The chain that sets the end date, first to last: from the job that finishes last back through whatever keeps
    each from starting a month earlier."""
    placed, first = board.placed(), closers(board)
    job: int | None = max(placed, key=lambda each: (board.finish(each), -each), default=None)
    chain: list[Chained] = []
    while job is not None:
        reason = why_then(board, job)
        after, kind = _before(board, job, reason, first)
        chain.append(Chained(job=job, reason=reason, after=after, kind=kind))
        job = after
    return tuple(reversed(chain))


def _before(board: Board, job: int, reason: Reason, first: dict[int, int]) -> tuple[int, LinkKind] | tuple[None, None]:
    """The job that another one's start hangs on, as its reason says, and how."""
    if reason.code == "after_action":
        return _last(board, needs_of(board, job)), "requires"
    if reason.code == "after_level":
        found = bringers(board, job, first)
        return (_last(board, found), "level") if found else (None, None)
    if reason.code in ("capacity_full", "budget_full"):
        refusal = refused_before(board, job)
        assert refusal, "the reason was read off the same board"
        earlier = [
            each.job
            for each in holders(board, job, refusal)
            if (board.start[each.job], each.job) < (board.start[job], job)
        ]
        if earlier:
            return _last(board, earlier), "people" if refusal.code == "no_capacity" else "money"
    return None, None


def _last(board: Board, jobs: Sequence[int]) -> int:
    """The one that finishes last."""
    return max((each for each in jobs if board.start[each] != UNPLACED), key=lambda each: (board.finish(each), -each))
