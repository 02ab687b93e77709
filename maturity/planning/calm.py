"""Planning again without upheaval: what the plan that counts now has stays where it is, unless something speaks
against it or a move brings more than it upsets.

Laying a slightly changed problem out from nothing moves a sixth of all actions for next to no value. So the earlier
actions are laid out first, each released at its old start, and the engine's own schedule has to beat that by more than
the price of every move.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from maturity.planning.board import UNPLACED, Board, Refusal, laid_out
from maturity.planning.calendar import QUARTER, on_date
from maturity.planning.compose import compose
from maturity.planning.greedy import Solution
from maturity.planning.jobs import Job, Problem, month_of
from maturity.planning.plan import Move, Plan, PlannedAction, Reason
from maturity.planning.reasons import refusal_values
from maturity.planning.request import Previous
from maturity.planning.schedule import Scheduler
from maturity.planning.steps import state_of
from maturity.planning.tidy import earlier, needs_of, tidy

Starts = Mapping[int, int]
TOO_LITTLE = 1e-9
"""What adding up level-weeks may be wrong by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Earlier:
    """The earlier plan in the numbers of a problem: the month in which each of its jobs started, and which of them are
    about to begin. `worth` is the level-weeks that a move or a drop is priced by."""

    problem: Problem
    target: Starts
    committed: frozenset[int]
    worth: float = 0.0

    def price(self, starts: Starts) -> float:
        """What it costs to upset the earlier plan so far, in level-weeks."""
        stability = self.problem.request.stability
        moved = sum(abs(starts[job] - target) for job, target in self.target.items() if job in starts)
        dropped = sum(job not in starts for job in self.target)
        return self.worth * (stability.move * moved / QUARTER + stability.drop * dropped)


@dataclass(slots=True, kw_only=True)
class _Laid:
    """A schedule around the earlier plan: why jobs are not where they were, and what moving one for its value brought
    and cost in level-weeks."""

    board: Board
    conflicts: dict[int, Refusal]
    refused: dict[int, Reason] = field(default_factory=dict)
    gains: dict[int, tuple[float, float]] = field(default_factory=dict)


def plan_of(solution: Solution) -> Plan:
    """The plan of a solution: as it is where the request knows no earlier plan, else the calmest one that is worth it.

    The bound that comes with the solution holds for every plan of the request, so for this one too.
    """
    problem = solution.board.problem
    if not problem.request.previous:
        return compose(solution)
    before = _earlier(problem, solution.priorities)
    laid = _best(before, solution)
    plan = compose(replace(solution, board=laid.board, conflicts=laid.conflicts))
    actions = tuple(_stays(action, problem, before.target) for action in plan.actions)
    return replace(plan, actions=actions, moves=_moves(before, laid))


def _earlier(problem: Problem, priorities: Sequence[float]) -> _Earlier:
    found: dict[int, int] = {}
    committed = set()
    for each in problem.request.previous:
        job = problem.index.get(each.code)
        if job is not None:
            found[job] = month_of(problem.request, each)
            if each.committed:
                committed.add(job)
    before = _Earlier(problem=problem, target=found, committed=frozenset(committed))
    kept = _kept(before, _in_order(found), Scheduler(problem, priorities))
    return replace(before, worth=kept.board.value())


def _in_order(starts: Starts) -> list[int]:
    return sorted(starts, key=lambda job: (starts[job], job))


def _best(before: _Earlier, solution: Solution) -> _Laid:
    """The schedule that is worth most after what it upsets: the earlier plan as far as it fits, first come first kept
    or the engine's own choice first, or the engine's schedule itself."""
    order, own = _in_order(before.target), solution.board.placed()
    if all(own.get(job) == target for job, target in before.target.items()):
        return _Laid(board=solution.board, conflicts=solution.conflicts)
    first = _around(before, order, solution.priorities)
    chosen = _around(before, sorted(order, key=lambda job: job not in own), solution.priorities)
    fresh = _fresh(before, solution, first)
    best = max((first, chosen, fresh), key=lambda laid: _worth(before, laid, first.board.value()))
    if len(best.conflicts) > len(solution.conflicts):
        best = _Laid(board=solution.board, conflicts=solution.conflicts, refused=first.refused)
    if best is fresh:
        _say_together(before, fresh, max((first, chosen), key=lambda laid: _worth(before, laid, 0.0)))
    return best


def _worth(before: _Earlier, laid: _Laid, least: float) -> tuple[float, bool, float]:
    """Fewest broken decisions, then at least the value of what is kept, then most value after the price."""
    value = laid.board.value()
    net = value - before.price(laid.board.placed())
    return -float(len(laid.conflicts)), value >= least - TOO_LITTLE, round(net, 6)


def _around(before: _Earlier, order: Sequence[int], priorities: Sequence[float]) -> _Laid:
    """The earlier plan kept in this order, what does not fit any more placed later, then new actions, then moves."""
    held = _held(before, before.target, before.committed)
    laid = _kept(before, order, Scheduler(held, priorities))
    late = [job for job in order if laid.board.start[job] == UNPLACED]
    for released in (True, False):
        held = _held(before, {job: day for job, day in before.target.items() if released or job not in late},
                     before.committed - set(late))  # fmt: skip
        scheduler = _scheduler(held, priorities, laid)
        for job in late:
            if scheduler.board.start[job] == UNPLACED:
                scheduler.place(job)
        laid.board = scheduler.board
    laid.board = laid_out(before.problem, tidy(scheduler).placed())
    _improve(before, laid)
    return laid


def _kept(before: _Earlier, order: Sequence[int], scheduler: Scheduler) -> _Laid:
    """The earlier jobs that still can start where they did, with what stands against the others."""
    scheduler.keep_decisions()
    laid = _Laid(board=scheduler.board, conflicts=scheduler.conflicts)
    for job in order:
        target = before.target[job]
        if laid.board.start[job] == target:
            continue
        reason = _against(before.problem, laid, job, target)
        if reason is None:
            laid.board.put(job, target)
        else:
            laid.refused[job] = reason
    return laid


def _held(before: _Earlier, released: Starts, fixed: Collection[int]) -> Problem:
    """The problem in which earlier jobs start no sooner than they did, and the ones about to begin just then."""

    def hold(number: int, job: Job) -> Job:
        if number not in released or job.pinned is not None:
            return job
        day = released[number]
        return replace(job, opens=max(job.opens, day), latest=min(job.latest, day) if number in fixed else job.latest)

    jobs = tuple(hold(number, job) for number, job in enumerate(before.problem.jobs))
    return replace(before.problem, jobs=jobs)


def _scheduler(problem: Problem, priorities: Sequence[float], laid: _Laid) -> Scheduler:
    scheduler = Scheduler(problem, priorities, laid_out(problem, laid.board.placed()))
    scheduler.conflicts = laid.conflicts
    return scheduler


def _against(problem: Problem, laid: _Laid, job: int, day: int) -> Reason | None:
    """What stands against a job on its old day; None where nothing does."""
    board, made = laid.board, problem.jobs[job]
    if board.start[job] != UNPLACED or job in laid.conflicts:
        return Reason(code="for_decisions", values={"action": made.code})
    if made.rejected:
        return Reason(code="rejected", values={"action": made.code})
    if day < made.opens or day > made.latest:
        return _outside(problem, made, day)
    for group in made.needs:
        if board.first_finish(group) > day:
            return Reason(code="needs", values={"action": made.code, "needed": problem.jobs[group[0]].code})
    if made.waits > day:
        return Reason(code="needs", values={"action": made.code, "needed": made.waits_for})
    if board.level_held_from(job) > day:
        return Reason(code="no_level", values={"action": made.code})
    refusal = board.refused_by(job, day)
    return None if refusal is None else Reason(code=refusal.code, values=refusal_values(problem, refusal))


def _outside(problem: Problem, made: Job, day: int) -> Reason:
    starts = problem.request.starts
    if day < made.opens:
        return Reason(code="not_before", values={"action": made.code, "start": on_date(starts, made.opens)})
    code = "not_after" if made.not_after else "no_time"
    return Reason(code=code, values={"action": made.code, "start": on_date(starts, made.latest)})


def _improve(before: _Earlier, laid: _Laid) -> None:
    """Bring earlier jobs forward, with what waits for them, where that is worth more than the moves."""
    board = laid.board
    for job in _in_order(board.placed()):
        if job not in before.target or job in before.committed:
            continue
        mark, value, starts = board.mark(), board.value(), board.placed()
        moved = [each for each in (job, *_waiting(board, job)) if _forward(before, board, each)]
        gain = board.value() - value
        price = before.price(board.placed()) - before.price(starts)
        if moved and gain > max(price, 0.0) + TOO_LITTLE:
            laid.gains |= dict.fromkeys(moved, (gain, price))
        else:
            board.undo(mark)


def _forward(before: _Earlier, board: Board, job: int) -> bool:
    day = None if job in before.committed else earlier(board.problem, board, job)
    if day is None:
        return False
    board.take(job, board.start[job], -1)
    board.put(job, day)
    return True


def _waiting(board: Board, job: int) -> list[int]:
    """The placed jobs that wait for a job or for a level that it brings, one after the other, by their start."""
    problem, found = board.problem, {job}
    for each in _in_order(board.placed()):
        steps = {step for one in found for lift in problem.jobs[one].lifts for step in lift.steps}
        floors = {lift.floor for lift in problem.jobs[each].lifts}
        if board.start[each] > board.start[job] and (floors & steps or found.intersection(needs_of(board, each))):
            found.add(each)
    return [each for each in _in_order(board.placed()) if each in found and each != job]


def _fresh(before: _Earlier, solution: Solution, kept: _Laid) -> _Laid:
    """The engine's schedule; where it moves what is about to begin, one in its order around that."""
    about = {
        job: before.target[job] for job in before.committed if kept.board.start[job] == before.target[job]
    }  # fmt: skip
    if all(solution.board.start[job] == day for job, day in about.items()):
        return _Laid(board=solution.board, conflicts=dict(solution.conflicts), refused=dict(kept.refused))
    scheduler = Scheduler(_held(before, about, about), solution.priorities)
    laid = _kept(before, _in_order(about), scheduler)
    scheduler.fill()
    laid.board = laid_out(before.problem, tidy(scheduler).placed())
    laid.refused = {**kept.refused, **laid.refused}
    return laid


def _say_together(before: _Earlier, fresh: _Laid, calm: _Laid) -> None:
    """What the engine's schedule brings beyond the calm one and costs, said with every job that it moves."""
    starts = fresh.board.placed()
    gain = fresh.board.value() - calm.board.value()
    price = before.price(starts) - before.price(calm.board.placed())
    fresh.gains = {job: (gain, price) for job, day in before.target.items() if starts.get(job) != day}


def _stays(action: PlannedAction, problem: Problem, target: Starts) -> PlannedAction:
    """An action that could start sooner and stays where it was says that, and not that nothing keeps it."""
    job = problem.index[action.id]
    there = (action.start - problem.request.starts).days == target.get(job)
    if not there or not action.why or action.why[-1].code != "as_planned":
        return action
    return replace(action, why=(*action.why[:-1], Reason(code="stays", values={})))


def _moves(before: _Earlier, laid: _Laid) -> tuple[Move, ...]:
    """What changes against the earlier plan: its own actions in its order, then the ones that enter."""
    problem, starts = before.problem, laid.board.placed()
    found = []
    for each in problem.request.previous:
        job = problem.index.get(each.code)
        now = on_date(problem.request.starts, starts[job]) if job is not None and job in starts else None
        if now != each.start and not _goes_on(problem, each.code):
            found.append(Move(id=each.code, was=each.start, now=now, reason=_reason(before, laid, each, job)))
    old = {each.code for each in problem.request.previous}
    for job in _in_order(starts):
        if problem.jobs[job].code not in old:
            now = on_date(problem.request.starts, starts[job])
            found.append(Move(id=problem.jobs[job].code, was=None, now=now, reason=Reason(code="entered", values={})))
    return tuple(found)


def _goes_on(problem: Problem, code: str) -> bool:
    """Whether an action is done or running by now, so that no plan has it any more."""
    action, _, department = code.partition("/")
    known = problem.catalogue.by_id.get(action)
    return known is not None and state_of(known, department or None, problem.request.already) is not None


def _reason(before: _Earlier, laid: _Laid, previous: Previous, job: int | None) -> Reason:
    about = {"committed": True} if previous.committed else {}
    if job is None:
        return Reason(code="nothing_left", values={"action": previous.code, **about})
    if laid.board.start[job] == before.target[job]:
        early = previous.start < before.problem.request.starts
        return Reason(code="plan_starts" if early else "month", values={"action": previous.code, **about})
    if job in laid.refused:
        return Reason(code=laid.refused[job].code, values={**laid.refused[job].values, **about})
    if job in laid.gains:
        gain, price = (round(each / before.worth, 6) if before.worth else 0.0 for each in laid.gains[job])
        return Reason(code="moved_for_value", values={"action": previous.code, "gain": gain, "price": price, **about})
    return Reason(code="no_use", values={"action": previous.code, **about})
