"""Planning again around what goes on: begun and added actions keep their dates, their people and their money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from maturity.planning.plan import BudgetUse, CapacityUse, Plan, PlannedAction
from maturity.planning.request import QUARTER_WEEKS, Capacity, PlanRequest, Previous
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Baseline
from maturity.roadmap.workload import workload


def goes_on(action: Action) -> bool:
    """Whether a new plan leaves an action as it is: it has begun, or people added it or said that it runs."""
    return not action.removed_on and (action.begun_on is not None or action.origin in ("added", "running"))


ABOUT_TO_BEGIN = timedelta(days=91)
"""An action that starts within the next quarter is being prepared for already."""


def previous_of(actions: Iterable[Action], kept: Sequence[Action], today: date) -> tuple[Previous, ...]:
    """The catalogue actions of the current plan that have not begun, by their start as it stands now; those that start
    within the next quarter are about to begin. A plan made with them moves only what something speaks against."""
    going_on = {each.code for each in kept}
    return tuple(
        Previous(code=each.code, start=each.start, committed=each.start <= today + ABOUT_TO_BEGIN)
        for each in sorted(actions, key=lambda each: (each.start, each.code))
        if each.catalogue_id and each.code not in going_on and not each.removed_on and not each.done_on
    )


def next_quarter(day: date, starts: date) -> tuple[date, date]:
    """The first and the last day of the 13 weeks from a day on, or from the plan's first day if that is later."""
    first = max(day, starts)
    return first, first + timedelta(weeks=QUARTER_WEEKS, days=-1)


def starting_within(actions: Iterable[Action], first: date, last: date) -> tuple[Action, ...]:
    """The planned actions that start from one day to another; what goes on and what was taken out is none of them."""
    return tuple(
        each
        for each in actions
        if first <= each.start <= last and each.catalogue_id and not each.removed_on and not goes_on(each)
    )


def around(request: PlanRequest, kept: Sequence[Action]) -> PlanRequest:
    """The request without what the kept actions use up: their codes count as done or running."""
    known = request.catalogue.by_id if request.catalogue else {}
    states: dict[str, Literal["done", "running"]] = {
        each.code: "done" if each.done_on else "running" for each in kept if each.catalogue_id in known
    }
    used = _load(request.capacities, kept, request.starts)
    spent = _spent(kept, request.starts)
    return replace(
        request,
        already={**request.already, **states},
        decisions=tuple(each for each in request.decisions if each.code not in states),
        capacities=tuple(
            replace(
                each,
                days=tuple(
                    max(0.0, days - used.get((each.role, each.department, quarter), 0.0))
                    for quarter, days in enumerate(each.days, start=1)
                ),
            )
            for each in request.capacities
        ),
        budgets=None if request.budgets is None else _left(request.budgets, spent),
    )


def _left(budgets: Iterable[float], spent: Mapping[int, float]) -> tuple[float, float, float, float]:
    first, second, third, fourth = (
        max(0.0, amount - spent.get(phase, 0.0)) for phase, amount in enumerate(budgets, start=1)
    )
    return first, second, third, fourth


def together(request: PlanRequest, plan: Plan, kept: Sequence[Action], approved: Baseline) -> Plan:
    """The new plan with the kept actions in it, at their approved dates; `request` is the one before `around`."""
    codes = {each.code for each in kept} | {each.id for each in plan.actions}
    ends = {each.code: each.finish for each in kept}
    seen = {each.department for each in kept} | {step.department for each in kept for step in each.closes}
    return replace(
        plan,
        unseen=tuple(each for each in plan.unseen if each not in seen),
        actions=(
            *(_planned(each, codes, approved) for each in kept),
            *(replace(each, requires=(*each.requires, *_kept_needs(request, each, ends))) for each in plan.actions),
        ),
        capacity=_days_with(request, plan, kept),
        budget=_money_with(request, plan, kept),
    )


def _days_with(request: PlanRequest, plan: Plan, kept: Sequence[Action]) -> tuple[CapacityUse, ...]:
    """The person-days of the new plan by role and quarter, with those that the kept actions take."""
    used = _load(request.capacities, kept, request.starts)
    offered = {(each.role, each.department): each.days for each in request.capacities}
    planned = {(use.role, use.department, use.quarter): use.planned for use in plan.capacity}
    places = dict.fromkeys([(role, where) for role, where, _ in planned] + [(r, w) for r, w, _ in used])
    return tuple(
        CapacityUse(
            role=role,
            department=where,
            quarter=quarter,
            available=offered[role, where][quarter - 1] if (role, where) in offered else 0.0,
            planned=round(planned.get((role, where, quarter), 0.0) + used.get((role, where, quarter), 0.0), 4),
        )
        for role, where in places
        for quarter in range(1, 13)
    )


def _money_with(request: PlanRequest, plan: Plan, kept: Sequence[Action]) -> tuple[BudgetUse, ...]:
    """The money of the new plan by phase, with what the kept actions spend."""
    spent = _spent(kept, request.starts)
    free = [each.phase for each in kept if each.cost is None and paid_by(each, request.starts)]
    before = {use.phase: use for use in plan.budget}
    return tuple(
        BudgetUse(
            phase=phase,
            available=request.budgets[phase - 1] if request.budgets else None,
            planned=round((before[phase].planned if phase in before else 0.0) + spent.get(phase, 0.0), 2),
            unpriced=(before[phase].unpriced if phase in before else 0) + free.count(phase),
        )
        for phase in range(1, 5)
    )


def with_edits(fresh: Action, before: Action | None) -> Action:
    """A newly planned action with what people had written on it in the earlier plan; its dates are the new ones. It
    goes on counting its versions, so that a third plan knows as well that people wrote on it."""
    if before is None or before.row_version == 1:
        return fresh
    return replace(
        fresh,
        title=before.title,
        summary=before.summary,
        owner=before.owner,
        owner_person=before.owner_person,
        raci=before.raci,
        deliverable=before.deliverable,
        done_when=before.done_when,
        kpi=before.kpi,
        objective=before.objective,
        deliverable_link=before.deliverable_link,
        row_version=before.row_version,
    )


def _planned(action: Action, codes: set[str], approved: Mapping[str, tuple[date, date]]) -> PlannedAction:
    start, finish = approved.get(action.code, (action.start, action.finish))
    return PlannedAction(
        id=action.code,
        catalogue_id=action.catalogue_id or "",
        title=action.title,
        department=action.department,
        phase=action.phase,
        start=start,
        finish=finish,
        owner=action.owner,
        requires=tuple(code for code in action.requires if code in codes),
        effort=dict(action.effort),
        cost=action.cost,
        closes=action.closes,
        why=action.why,
    )


def _kept_needs(request: PlanRequest, planned: PlannedAction, ends: Mapping[str, date]) -> tuple[str, ...]:
    """The kept actions that a newly planned one builds on: those of its prerequisites that end before it starts."""
    template = request.catalogue.by_id[planned.catalogue_id] if request.catalogue else None
    wanted = [(each, f"{each}/{planned.department}") for each in (template.requires if template else ())]
    return tuple(code for pair in wanted for code in pair if code in ends and ends[code] < planned.start)


def _load(
    capacities: tuple[Capacity, ...], kept: Sequence[Action], starts: date
) -> dict[tuple[str, str | None, int], float]:
    frame = workload(kept, capacities, starts)
    found = zip(frame["role"], frame["department"], frame["quarter"], frame["planned"], strict=True)
    return {
        (role, where if isinstance(where, str) else None, int(q)): days for role, where, q, days in found if days > 0
    }


def paid_by(action: Action, starts: date) -> bool:
    """Whether a plan that starts on this day pays for an action. Money is counted in full when an action starts, so
    what started before was paid from what there was then."""
    return action.start >= starts


def _spent(kept: Iterable[Action], starts: date) -> dict[int, float]:
    spent: dict[int, float] = {}
    for each in (one for one in kept if paid_by(one, starts)):
        spent[each.phase] = spent.get(each.phase, 0.0) + (each.cost or 0.0)
    return spent
