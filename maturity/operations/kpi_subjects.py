"""Whose KPI a reading is of, and whether the visitor may read values into it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from maturity.access.permissions import NotPermitted, require
from maturity.access.roles import Visitor
from maturity.operations.changes import identity
from maturity.operations.errors import Refused
from maturity.operations.saved_plans import in_plan
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action
from maturity.roadmap.kpis import Measures
from maturity.storage import objectives as stored_objectives
from maturity.storage import plans as stored_plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a reading is of."""

    organisation_id: UUID
    measures: Measures
    code: str
    title: str


def department_of(workspace: Workspace, organisation_id: UUID, code: str) -> str | None:
    """The department of the action of that code in the newest plan that has it; None for a city-wide one, and for one
    that no plan has any more."""
    with workspace.store.reading() as tx:
        for row in stored_plans.plan_rows(tx, organisation_id):
            for each in stored_plans.actions_of(tx, row.id):
                if each.code == code:
                    return each.department
    return None


def reportable(workspace: Workspace, visitor: Visitor, action_id: str) -> Subject:
    """The KPI of an action on which the visitor may report progress."""
    require(visitor, "report_progress", organisation=None)
    plan, action = in_plan(workspace, action_id)
    department = action.department or "the whole organisation"
    require(visitor, "report_progress", department, organisation=plan.organisation_id)
    return of_action(plan.organisation_id, action)


def owned(workspace: Workspace, visitor: Visitor, action_id: str) -> tuple[UUID, Action]:
    """An action that the visitor owns, with its organisation."""
    require(visitor, "report_own", organisation=None)
    plan, action = in_plan(workspace, action_id)
    require(visitor, "report_own", organisation=plan.organisation_id)
    if action.owner_person != visitor.person:
        raise NotPermitted(f"{action.title!r} is not yours to read values into; ask its owner or the administrator")
    return plan.organisation_id, action


def of_action(organisation_id: UUID, action: Action) -> Subject:
    """The KPI of an action as what a reading is of; refused where it has none."""
    if action.kpi is None:
        raise Refused(f"{action.title!r} has no KPI; give it one on the Plan page, then add readings")
    return Subject(organisation_id=organisation_id, measures="action", code=action.code, title=action.title)


def measuring(workspace: Workspace, visitor: Visitor, objective_id: str) -> Subject:
    """What an objective measures, for whoever may change the plan."""
    require(visitor, "edit_plan", organisation=None)
    wanted = identity(objective_id, "an objective")
    with workspace.store.reading() as tx:
        organisation_id = stored_objectives.organisation_of(tx, wanted)
        goals = stored_objectives.objectives_of(tx, organisation_id) if organisation_id else ()
    found = next((each for each in goals if each.id == str(wanted)), None)
    if organisation_id is None or found is None:
        raise Refused("this objective is not there any more; load the page again")
    require(visitor, "edit_plan", organisation=organisation_id)
    if not found.measure:
        raise Refused(f"the objective {found.name!r} measures nothing yet; say what, under Gaps and targets")
    return Subject(organisation_id=organisation_id, measures="objective", code=found.id, title=found.name)
