"""Why each action is in, and why then: codes with numbers, read off the finished schedule and never off the search."""

from __future__ import annotations

from maturity.planning.board import Board, Refusal
from maturity.planning.calendar import MONTH_STARTS, PHASE_STARTS, on_date, phase_of
from maturity.planning.jobs import Problem
from maturity.planning.plan import Reason
from maturity.planning.request import QUARTERS
from maturity.planning.tidy import needs_of


def why_in(board: Board, job: int, closes: list[int], value: float, dependants: list[int]) -> list[Reason]:
    """The steps it brings about and their share of the plan's value, who decided it, who relies on it."""
    problem = board.problem
    made, steps = problem.jobs[job], [problem.steps[number] for number in closes]
    reasons = []
    if made.decision:
        kind, decision = f"decided_{made.decision.kind}", made.decision
        reasons.append(Reason(code=kind, values={"by": decision.by, "reason": decision.reason}))
    if steps:
        worth = sum(problem.steps[n].weight * problem.worth[board.reach[n]] for n in closes)
        values = {
            "steps": len(steps),
            "departments": len({step.department for step in steps}),
            "topics": sorted({step.topic for step in steps}),
            "share": round(worth / value, 4) if value else 0.0,
        }
        reasons.append(Reason(code="closes", values=values))
    if dependants and not steps:
        actions = sorted({problem.jobs[each].action.id for each in dependants})
        reasons.append(Reason(code="required_by", values={"actions": actions}))
    return reasons


def why_then(board: Board, job: int) -> Reason:
    """What keeps it from starting a month earlier."""
    problem = board.problem
    made, start = problem.jobs[job], board.start[job]
    if made.pinned is not None:
        return Reason(code="pinned", values={"start": on_date(problem.request.starts, start)})
    earlier = max((month for month in MONTH_STARTS if month < start), default=None)
    if earlier is None:
        return Reason(code="at_once", values={})
    if board.ready_from(job) > earlier:
        return _waits_for(board, job)
    mark = board.mark()
    board.take(job, start, -1)
    refusal = board.refused_by(job, earlier)
    board.undo(mark)
    if refusal is None:
        return Reason(code="as_planned", values={})
    return Reason(code=_FULL[refusal.code], values=refusal_values(problem, refusal))


_FULL = {"no_capacity": "capacity_full", "no_budget": "budget_full"}


def _waits_for(board: Board, job: int) -> Reason:
    """The latest of phase, prerequisites and levels."""
    problem, starts = board.problem, board.problem.request.starts
    made = problem.jobs[job]
    needs = needs_of(board, job)
    last = max(needs, key=lambda each: (board.finish(each), -each), default=None)
    ready = board.ready_from(job)
    if last is not None and board.finish(last) == ready:
        values = {"action": problem.jobs[last].code, "finish": on_date(starts, ready - 1)}
        return Reason(code="after_action", values=values)
    if made.waits == ready:
        return Reason(code="after_running", values={"action": made.waits_for, "finish": on_date(starts, ready - 1)})
    if made.opens == ready and made.not_before and made.not_before.start == on_date(starts, ready):
        said = made.not_before
        return Reason(code="not_before", values={"start": said.start, "by": said.by, "reason": said.reason})
    if made.opens == ready and ready < PHASE_STARTS[made.action.phase - 1]:
        return Reason(code="stays", values={})
    if made.opens == ready:
        return Reason(code="phase_opens", values={"phase": phase_of(made.opens), "start": on_date(starts, ready)})
    return Reason(code="after_level", values=_level_waited_for(board, job, ready))


def _level_waited_for(board: Board, job: int, day: int) -> dict[str, object]:
    floors = [lift.floor for lift in board.problem.jobs[job].lifts if lift.floor >= 0]
    step = board.problem.steps[next(floor for floor in floors if board.reach[floor] == day)]
    when = on_date(board.problem.request.starts, day)
    return {"department": step.department, "topic": step.topic, "level": step.level, "reached": when}


def refusal_values(problem: Problem, refusal: Refusal) -> dict[str, object]:
    """What a refusal is about, as values of a reason: the action and its role and quarter, or its phase."""
    values: dict[str, object] = {"action": problem.jobs[refusal.job].code}
    if refusal.code == "no_capacity":
        role, department = problem.resources[refusal.number // QUARTERS]
        return {**values, "role": role, "department": department, "quarter": refusal.number % QUARTERS + 1}
    if refusal.code == "no_budget":
        return {**values, "phase": refusal.number}
    if refusal.code == "window":
        return {**values, "latest": on_date(problem.request.starts, problem.jobs[refusal.job].latest)}
    return values
