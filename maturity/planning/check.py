"""The independent checker: reads a request and a plan and says which rules the plan breaks.

It shares nothing with the scheduler but the types, and works on dates where the scheduler works on numbered jobs, so
that a fault in one is not repeated in the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.check_levels import check_levels
from maturity.planning.check_means import check_means
from maturity.planning.plan import Plan, PlannedAction
from maturity.planning.request import ASKING, FIXING, HORIZON_WEEKS, PHASE_STARTS_WEEK, Decision, PlanRequest
from maturity.planning.violations import Violation


def check_plan(request: PlanRequest, plan: Plan) -> tuple[Violation, ...]:
    """Every rule that the plan breaks; an empty tuple where it breaks none.

    Decisions that the plan itself names as conflicts are not counted again: such a plan must be `infeasible`.
    """
    if request.catalogue is None:
        return tuple(Violation("no_catalogue", action.id) for action in plan.actions)
    malformed = tuple(_ids(request, request.catalogue, plan))
    if malformed:
        return malformed
    return (
        *_times(request, request.catalogue, plan),
        *_prerequisites(request, request.catalogue, plan),
        *check_levels(request, request.catalogue, plan),
        *check_means(request, request.catalogue, plan),
        *_decisions(request, plan),
    )


def _ids(request: PlanRequest, catalogue: ActionCatalogue, plan: Plan) -> Iterator[Violation]:
    seen: set[str] = set()
    for action in plan.actions:
        template = catalogue.by_id.get(action.catalogue_id)
        if template is None:
            yield Violation("unknown_action", action.id)
            continue
        right = template.id if template.scope == "city" else f"{template.id}/{action.department}"
        known = action.department in request.departments
        if action.id != right or known != (template.scope == "department"):
            yield Violation("malformed_id", action.id, {"expected": right})
        if action.id in seen:
            yield Violation("duplicate_id", action.id)
        seen.add(action.id)
        if action.id in request.already or action.catalogue_id in request.already:
            yield Violation("already_done", action.id)


def _pins(request: PlanRequest) -> dict[str, date]:
    return {d.code: d.start for d in request.decisions if d.kind in FIXING and d.start}


def _pin_of(request: PlanRequest, action: PlannedAction) -> date | None:
    pins = _pins(request)
    return pins.get(action.id, pins.get(action.catalogue_id))


def _times(request: PlanRequest, catalogue: ActionCatalogue, plan: Plan) -> Iterator[Violation]:
    end = request.starts + timedelta(weeks=HORIZON_WEEKS)
    for action in plan.actions:
        template = catalogue.by_id[action.catalogue_id]
        if action.finish != action.start + timedelta(weeks=template.duration_weeks) - timedelta(days=1):
            yield Violation("wrong_finish", action.id, {"finish": action.finish})
        if action.start < request.starts or action.finish >= end:
            yield Violation("outside_horizon", action.id, {"start": action.start, "finish": action.finish})
        opened = [
            n for n, week in enumerate(PHASE_STARTS_WEEK, 1) if request.starts + timedelta(weeks=week) <= action.start
        ]
        if action.phase != max(opened, default=1):
            yield Violation("wrong_phase", action.id, {"phase": action.phase})
        if _pin_of(request, action) is None:
            yield from _unpinned_start(request, action, template.phase)


def _unpinned_start(request: PlanRequest, action: PlannedAction, phase: int) -> Iterator[Violation]:
    opens = min(request.starts + timedelta(weeks=PHASE_STARTS_WEEK[phase - 1]), _had_before(request, action))
    if action.start < opens:
        yield Violation("before_phase", action.id, {"phase": phase, "opens": opens})
    weeks, days = divmod((action.start - request.starts).days, 7)
    if days or weeks % 13 not in (0, 4, 9):
        yield Violation("off_grid", action.id, {"start": action.start})


def _had_before(request: PlanRequest, action: PlannedAction) -> date:
    """The month in which the plan before starts it, which it may keep although its phase opens later in this plan."""
    for previous in request.previous:
        if previous.code == action.id:
            quarter, week = divmod(max(0, (previous.start - request.starts).days) // 7, 13)
            return request.starts + timedelta(weeks=13 * quarter + (9 if week >= 9 else 4 if week >= 4 else 0))
    return date.max


def _prerequisites(request: PlanRequest, catalogue: ActionCatalogue, plan: Plan) -> Iterator[Violation]:
    by_id = {action.id: action for action in plan.actions}
    for action in plan.actions:
        for required in action.requires:
            if required not in by_id:
                yield Violation("requires_missing", action.id, {"requires": required})
            elif by_id[required].finish >= action.start:
                yield Violation("requires_later", action.id, {"requires": required})
        for required in catalogue.by_id[action.catalogue_id].requires:
            yield from _needed(request, catalogue, action, required)


def _needed(
    request: PlanRequest, catalogue: ActionCatalogue, action: PlannedAction, required: str
) -> Iterator[Violation]:
    """One prerequisite of the catalogue: done, running and over by then, or listed among the plan's own."""
    template = catalogue.by_id[required]
    if template.scope == "city":
        codes = {required}
    else:
        places = [action.department] if action.department else list(request.departments)
        codes = {f"{required}/{place}" for place in places}
    states = [request.already.get(code, request.already.get(required)) for code in codes]
    if "done" in states:
        return
    if "running" in states:
        over = request.starts + timedelta(days=-(-template.duration_weeks * 7 // 2))
        if action.start < over:
            yield Violation("requires_running", action.id, {"requires": required, "over": over})
    elif not codes.intersection(action.requires):
        yield Violation("requires_unmet", action.id, {"requires": required})


def _decisions(request: PlanRequest, plan: Plan) -> Iterator[Violation]:
    excused = {str(conflict.values.get("decided")) for conflict in plan.conflicts}
    if bool(plan.conflicts) != (plan.status == "infeasible"):
        yield Violation("wrong_status", plan.status, {"conflicts": len(plan.conflicts)})
    for decision in request.decisions:
        meant = [a for a in plan.actions if decision.code in (a.id, a.catalogue_id)]
        if decision.kind == "rejected":
            yield from (Violation("rejected", action.id) for action in meant)
        elif decision.kind in FIXING:
            moved = [a for a in meant if a.start != (_pin_of(request, a) or decision.start)]
            yield from (Violation("pin_moved", a.id, {"pinned": decision.start}) for a in moved)
        elif decision.start and decision.kind in ("not_before", "not_after"):
            yield from _outside_window(request, decision, decision.start, meant)
        if decision.kind in ASKING and not meant and not _excused(request, decision, excused):
            yield Violation("decision_dropped", decision.code, {"kind": decision.kind})


def _outside_window(
    request: PlanRequest, decision: Decision, day: date, meant: list[PlannedAction]
) -> Iterator[Violation]:
    """Starts outside a window; one decided for a department's copy counts before one for the action everywhere."""
    nearer = {d.code for d in request.decisions if d.kind == decision.kind and "/" in d.code}
    for action in meant:
        if decision.code != action.id and action.id in nearer:
            continue
        if action.start < day if decision.kind == "not_before" else action.start > day:
            yield Violation("outside_window", action.id, {"kind": decision.kind, "day": day})


def _excused(request: PlanRequest, decision: Decision, excused: set[str]) -> bool:
    """Whether the plan names the decision as a conflict, or the action (or a copy of it) is done or running anyway."""
    named = any(code == decision.code or code.startswith(f"{decision.code}/") for code in excused)
    codes = {decision.code, decision.code.partition("/")[0]}
    return named or any(code in codes or code.startswith(f"{decision.code}/") for code in request.already)
