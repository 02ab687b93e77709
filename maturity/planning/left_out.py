"""Wanted steps that a plan leaves out, each with the reason that holds for it."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.planning.advice import least_peak, offered
from maturity.planning.board import Board, Refusal
from maturity.planning.calendar import HORIZON, on_date
from maturity.planning.earliest import Earliest, find_earliest
from maturity.planning.jobs import Problem
from maturity.planning.plan import NotPlanned, Reason
from maturity.planning.reasons import refusal_values
from maturity.planning.request import QUARTERS, PlanRequest
from maturity.planning.schedule import Scheduler
from maturity.planning.steps import NEVER, Step, code_of, state_of


def unplannable(request: PlanRequest) -> tuple[NotPlanned, ...]:
    """What was handed in as unplannable, and targets of places that stand at no known level."""
    found = [
        NotPlanned(
            department=each.department,
            topic=each.topic,
            from_level=each.from_level,
            to_level=each.to_level,
            reason=Reason(code=each.reason, values={}),
        )
        for each in request.unplannable
    ]
    said = {(each.department, each.topic) for each in found}
    for target in request.targets:
        place = (target.department, target.topic)
        if place not in request.reached and place not in said:
            said.add(place)
            found.append(_left(place, None, target.level, Reason(code="coverage_too_low", values={})))
    return tuple(found)


def without_catalogue(request: PlanRequest) -> tuple[NotPlanned, ...]:
    """Every wanted step, as no catalogue says what could bring it about."""
    reason = Reason(code="no_catalogue", values={})
    return tuple(
        _left((target.department, target.topic), target.level - 1, target.level, reason)
        for target in request.targets
        if (level := request.reached.get((target.department, target.topic))) is not None and level < target.level
    )


def _left(place: tuple[str, str], from_level: int | None, to_level: int | None, reason: Reason) -> NotPlanned:
    return NotPlanned(department=place[0], topic=place[1], from_level=from_level, to_level=to_level, reason=reason)


def left_out(board: Board, priorities: Sequence[float]) -> tuple[NotPlanned, ...]:
    """Each step that the placed jobs do not bring about, with the reason for it."""
    scheduler = Scheduler(board.problem, priorities, board)
    earliest = find_earliest(board.problem)
    found = []
    for number, step in enumerate(board.problem.steps):
        if step.by or board.reach[number] == NEVER:
            place = (step.department, step.topic)
            found.append(_left(place, step.level - 1, step.level, _reason(scheduler, earliest, number)))
    return tuple(found)


def _reason(scheduler: Scheduler, earliest: Earliest, number: int) -> Reason:
    problem = scheduler.problem
    step = problem.steps[number]
    if step.by:
        return Reason(code="running", values={"action": step.by, "by": on_date(problem.request.starts, step.comes)})
    providers = problem.providers.get(number, ())
    if not providers:
        return _no_provider(problem, step)
    open_ones = [job for job in providers if not problem.jobs[job].rejected]
    if not open_ones:
        return Reason(code="rejected", values={"action": problem.jobs[providers[0]].code})
    if step.below >= 0 and scheduler.board.reach[step.below] == NEVER:
        return Reason(code="blocked_by", values={"level": step.level - 1})
    if earliest.reach[number] == NEVER and (circle := earliest.circle_behind(open_ones[0])):
        return Reason(code="circle", values={"actions": [problem.jobs[job].code for job in circle]})
    return _refusal_reason(scheduler, max(open_ones, key=lambda job: (scheduler.priorities[job], -job)))


def _no_provider(problem: Problem, step: Step) -> Reason:
    """No action raises it, or the ones that do are done or running already and have not (yet) brought it about."""
    for action in problem.catalogue.actions:
        raising = any(r.topic == step.topic and r.from_level < step.level <= r.to_level for r in action.raises)
        if raising and state_of(action, step.department, problem.request.already):
            code = code_of(action, step.department)
            return Reason(code="already_tried", values={"action": code})
    return Reason(code="no_action", values={})


def _refusal_reason(scheduler: Scheduler, job: int) -> Reason:
    """What refuses the most promising action for the step, asked of the finished schedule."""
    problem, board = scheduler.problem, scheduler.board
    mark = board.mark()
    refusal = scheduler.place(job) or Refusal("no_room", job)
    board.undo(mark)
    values = {**refusal_values(problem, refusal), "wanted": problem.jobs[job].code}
    if refusal.code == "rejected" or refusal.code == "conflict" or refusal.code == "no_level":
        return Reason(code="blocked_by_action", values={**values, "why": refusal.code})
    if refusal.code == "no_time":
        made = problem.jobs[refusal.job]
        ready = board.ready_from(refusal.job)
        finish = max(made.opens, 0 if ready == NEVER else ready) + made.days
        return Reason(code="no_time", values={**values, "weeks_over": max(0, finish - HORIZON) // 7})
    if refusal.code == "no_capacity":
        resource = refusal.number // QUARTERS
        needs, most = least_peak(problem, refusal.job, resource), max(offered(problem, resource))
        if needs > most > 0:
            return Reason(code="too_large", values={**values, "needs": needs / 100, "most": most / 100})
    return Reason(code=refusal.code, values=values)
