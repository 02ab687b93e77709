"""Asking the solver's process about a plan: why an action is in, what a step that stays out would take, what sets the
end date. What is asked and answered are plain documents."""

from __future__ import annotations

from dataclasses import replace

from maturity.access.roles import Visitor
from maturity.operations.plans import plan_request
from maturity.operations.rounds import find_round
from maturity.operations.saved_plans import SavedPlan, plan
from maturity.operations.workspace import Workspace
from maturity.planning.explained import OTHERWISE, Document, question_about
from maturity.planning.plan import Plan
from maturity.planning.request import Capacity, PlanRequest
from maturity.roadmap.actions import Action
from maturity.roadmap.replan import around


def explainable(
    workspace: Workspace, visitor: Visitor, plan_name: str = "latest", organisation: str | None = None
) -> Document:
    """What the solver's process is asked with about a plan version: its dates, and the question that it answered, with
    the round as it is now and people and money as they were. Add `about` to it, as `planning.explained` has it."""
    saved = plan(workspace, visitor, plan_name, organisation)
    round_ = find_round(workspace, visitor, saved.round, organisation)
    request = as_made(plan_request(workspace, visitor, round_, starts=saved.starts), saved.body)
    before, by_then = kept_when_made(saved), kept_when_made(saved, same_day=True)
    asked = _without(request, saved, before)
    return asked if before == by_then else {**asked, OTHERWISE: _without(request, saved, by_then)}


def _without(request: PlanRequest, saved: SavedPlan, kept: tuple[Action, ...]) -> Document:
    return question_about(around(request, kept), saved.body, {each.code for each in kept})


def as_made(request: PlanRequest, made: Plan) -> PlanRequest:
    """The request with the people and the money that a plan was made with, as the plan itself notes them."""
    days: dict[tuple[str, str | None], list[float]] = {}
    for use in sorted(made.capacity, key=lambda each: each.quarter):
        days.setdefault((use.role, use.department), []).append(use.available)
    known = {(each.role, each.department): each for each in request.capacities}
    noted = {key: Capacity(role=key[0], department=key[1], days=tuple(found)) for key, found in days.items()}
    limits = [each.available for each in sorted(made.budget, key=lambda each: each.phase)]
    budgets = request.budgets
    if len(limits) == 4:
        set_limits = [each for each in limits if each is not None]
        budgets = (set_limits[0], set_limits[1], set_limits[2], set_limits[3]) if len(set_limits) == 4 else None
    return replace(request, capacities=tuple({**known, **noted}.values()), budgets=budgets)


def kept_when_made(saved: SavedPlan, *, same_day: bool = False) -> tuple[Action, ...]:
    """The actions that went on when a plan was made, and were no part of what was planned. Whether one that began on
    that very day did, nobody noted: with `same_day` it counts as one that did."""
    made_on, codes = saved.made_at.date(), {each.id for each in saved.body.actions}

    def went_on(action: Action) -> bool:
        begun = action.begun_on is not None and (action.begun_on < made_on or (same_day and action.begun_on == made_on))
        return action.code in codes and (begun or action.origin in ("added", "running"))

    return tuple(
        replace(each, done_on=None) if each.done_on and each.done_on > made_on else each
        for each in (*saved.actions, *saved.removed)
        if went_on(each)
    )
