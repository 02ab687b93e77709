"""Why an action of a plan is in, why then, what hangs on it, and what would be lost without it.

All of it is asked of the plan's own dates, laid out again: nothing is remembered from the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from maturity.planning.board import Board, Refusal, laid_out
from maturity.planning.greedy import Orders
from maturity.planning.jobs import Problem, make_problem
from maturity.planning.means import refuse_impossible, refuse_unknown_codes
from maturity.planning.plan import Reason
from maturity.planning.reasons import refusal_values, why_then
from maturity.planning.request import FIXING, Decision, PlanRequest, Previous
from maturity.planning.schedule import Scheduler
from maturity.planning.slack import Slack, end_chain, holders, refused_before, slacks
from maturity.planning.steps import NEVER
from maturity.planning.tidy import closers, tidy

SAME = 1e-6
"""Share by which the value of dates laid out again may differ from the plan's and still be the same plan."""
NOISE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A step that an action brings about first, and its weighted level-weeks."""

    department: str
    topic: str
    from_level: int
    to_level: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An action that holds the place which kept another from starting earlier, with its person-days or money in it."""

    action: str
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a plan loses without an action, in level-weeks: `direct` where all that hangs on it goes too and nothing
    else changes, `net` once what is freed has been used again. `goes` are the actions that go with it, `enters` those
    that the mending takes in; `steps` and `value` are what others bring about and would be lost with it."""

    direct: float
    net: float
    goes: tuple[str, ...]
    enters: tuple[str, ...]
    steps: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that is said about one action. `value` is the plan's in level-weeks; `then` is the reason for its date and
    `held` who holds the place, where people or money refused the month before; slack is in days, `moves_first` the
    action that would have to move once the free slack is used up, and `critical` whether it sets the end date."""

    action: str
    value: float
    closes: tuple[Brought, ...]
    then: Reason
    held: tuple[Held, ...]
    loss: Loss
    free: int
    total: int
    moves_first: str | None
    refused: Reason | None
    critical: bool


def lay_out(request: PlanRequest, starts: Mapping[str, date], value: float | None = None) -> Board | None:
    """The dates of a plan on a board, by action code; None where they do not fit the request (any more): an action is
    unknown to it, people or money or what comes first do not allow it, or the plan's `value` would be another one.

    The plan counts as its own earlier one: what an even earlier one started sooner than its phase may have stayed."""
    if request.catalogue is None:
        return None
    own = tuple(Previous(code=code, start=start) for code, start in starts.items())
    fitting = replace(request, decisions=_kept(request.decisions, starts), previous=own)
    refuse_impossible(fitting)
    refuse_unknown_codes(fitting, request.catalogue)
    problem = make_problem(fitting, request.catalogue)
    days = {code: (start - request.starts).days for code, start in starts.items()}
    if any(code not in problem.index or day < 0 for code, day in days.items()):
        return None
    placed = {problem.index[code]: day for code, day in days.items()}
    board = laid_out(problem, placed)
    off = value is not None and abs(board.value() - value) > SAME * max(1.0, value)
    return None if off or min([*board.free, *board.money], default=0) < 0 or _misplaced(board) else board


def _misplaced(board: Board) -> bool:
    """Whether a job stands on a day that it may not start on."""
    jobs = board.problem.jobs
    outside = (
        start > jobs[job].latest or board.ready_from(job) > start
        for job, start in board.placed().items()
        if jobs[job].pinned is None
    )
    return any(outside) or bool(unsupported(board))


def _kept(decisions: Iterable[Decision], starts: Mapping[str, date]) -> tuple[Decision, ...]:
    """The decisions that a plan keeps: those made since it was made are no part of why it is as it is."""
    return tuple(each for each in decisions if _is_kept(each, starts))


def _is_kept(decision: Decision, starts: Mapping[str, date]) -> bool:
    meant = [start for code, start in starts.items() if decision.code in (code, code.partition("/")[0])]
    if decision.kind == "rejected":
        return not meant
    if decision.kind == "must" or decision.kind in FIXING:
        return bool(meant) and (decision.kind == "must" or all(start == decision.start for start in meant))
    day = decision.start
    before = decision.kind == "not_before"
    return day is None or all(start >= day if before else start <= day for start in meant)


def unsupported(board: Board) -> list[int]:
    """Placed jobs that lack what they require, or the level they start from, on their own day."""
    found = []
    for job, start in board.placed().items():
        lacking = any(board.first_finish(group) > start for group in board.problem.jobs[job].needs)
        if lacking or board.level_held_from(job) > start:
            found.append(job)
    return found


def explain(board: Board, code: str) -> Explanation:
    """The explanation of a planned action, by its code; `KeyError` where the board has no such job."""
    problem = board.problem
    job = problem.index[code]
    slack = slacks(board)[job]
    refusal = refused_before(board, job)
    return Explanation(
        action=code,
        value=board.value(),
        closes=closed_by(board, job),
        then=why_then(board, job),
        held=tuple(_held(board, job, refusal)) if refusal else (),
        loss=loss_without(board, job),
        free=slack.free,
        total=slack.total,
        moves_first=problem.jobs[slack.first.later].code if slack.first else None,
        refused=_lacking(problem, slack),
        critical=slack.total == 0 or job in {each.job for each in end_chain(board)},
    )


def closed_by(board: Board, job: int) -> tuple[Brought, ...]:
    """The steps that a job brings about first, with what each is worth in the plan."""
    steps, worth = board.problem.steps, board.problem.worth
    return tuple(
        Brought(
            department=steps[number].department,
            topic=steps[number].topic,
            from_level=steps[number].level - 1,
            to_level=steps[number].level,
            value=steps[number].weight * worth[board.reach[number]],
        )
        for number, by in sorted(closers(board).items())
        if by == job
    )


def _held(board: Board, job: int, refusal: Refusal) -> Iterable[Held]:
    for each in holders(board, job, refusal):
        yield Held(action=board.problem.jobs[each.job].code, amount=each.amount / 100)


def _lacking(problem: Problem, slack: Slack) -> Reason | None:
    """What a slip would lack, where it is people or money and no other action that stops it."""
    if slack.refused is None:
        return None
    return Reason(code=slack.refused.code, values=refusal_values(problem, slack.refused))


def loss_without(board: Board, job: int) -> Loss:
    """The loss by leaving one job out. What remains keeps its dates; the mending then takes in what there is room for
    and moves forward what can be, so it never loses more than leaving out alone."""
    rest = without(board, job)
    mended = _mended(board, job, rest)
    value, first = board.value(), closers(board)
    lost = [step for step, day in enumerate(board.reach) if day != NEVER and rest.reach[step] == NEVER]
    others = [step for step in lost if first.get(step) != job and step in first]
    before, codes = board.placed(), [each.code for each in board.problem.jobs]
    direct = max(0.0, value - rest.value())
    return Loss(
        direct=direct,
        net=_no_noise(min(direct, value - mended.value()), value),
        goes=tuple(codes[each] for each in before if each not in rest.placed() and each != job),
        enters=tuple(codes[each] for each in mended.placed() if each not in before),
        steps=len(others),
        value=sum(board.problem.steps[n].weight * board.problem.worth[board.reach[n]] for n in others),
    )


def _no_noise(loss: float, value: float) -> float:
    return loss if loss > NOISE * max(1.0, value) else 0.0


def without(board: Board, job: int) -> Board:
    """The board without a job and without all that could not be done on its day any more."""
    starts = {each: start for each, start in board.placed().items() if each != job}
    while True:
        rest = laid_out(board.problem, starts)
        gone = set(unsupported(rest))
        if not gone:
            return rest
        starts = {each: start for each, start in starts.items() if each not in gone}


def _mended(board: Board, job: int, rest: Board) -> Board:
    """What remains, with other ways to what was lost: the job itself counts as rejected."""
    jobs = list(board.problem.jobs)
    jobs[job] = replace(jobs[job], rejected=True, decision=None, pinned=None)
    problem = replace(board.problem, jobs=tuple(jobs))
    scheduler = Scheduler(problem, Orders(problem, 0).fixed[0].tolist(), laid_out(problem, rest.placed()))
    scheduler.fill()
    return tidy(scheduler)
