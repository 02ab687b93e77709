"""Reporting how an action goes: by the administrator, or by a department's lead for the own department."""

from __future__ import annotations

from datetime import date, datetime

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.actions import ActionChanged, change_one
from maturity.operations.changes import identity, short_text
from maturity.operations.errors import Refused
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action
from maturity.roadmap.progress import ProgressUpdate, with_progress
from maturity.storage import plans as stored_plans
from maturity.storage import progress as stored
from maturity.storage.engine import Tx, new_id
from maturity.storage.plans import PlanRow

__all__ = ["ActionChanged", "ProgressUpdate", "history", "plan_history", "report_progress"]


def report_progress(
    workspace: Workspace,
    visitor: Visitor,
    action_id: str,
    expected_version: int,
    percent_done: float,
    begun_on: date | None = None,
    done_on: date | None = None,
    note: str = "",
    confidence: int | None = None,
) -> Action:
    """Reports on an action as it was read in `expected_version`; returns it as it is now.

    The first work begins it and 100 % finishes it today, unless days are given. The same report sent twice, or one
    beside somebody else's, is refused as `ActionChanged`, which holds both versions."""
    _require_own(workspace, visitor, action_id)
    said = short_text(note, "the note")
    if confidence is not None and confidence not in range(1, 6):
        raise Refused(f"confidence in delivery is 1 to 5, not {confidence}; choose one of the five")
    today = workspace.clock().date()

    def reported(tx: Tx, plan: PlanRow, action: Action) -> Action:
        return with_progress(action, today, percent_done=float(percent_done), begun_on=begun_on, done_on=done_on)

    def keep(tx: Tx, action: Action, now: datetime) -> None:
        report = ProgressUpdate(
            id=str(new_id(now)), action_id=action.id, code=action.code, percent_done=action.percent_done,
            begun_on=action.begun_on, done_on=action.done_on, confidence=confidence, note=said,
            made_by=visitor.name, made_at=now,
        )  # fmt: skip
        stored.add_update(tx, report)

    detail = {"percent_done": percent_done, "begun_on": begun_on, "done_on": done_on, "confidence": confidence}
    return change_one(
        workspace, visitor, action_id, expected_version, reported, verb="report progress", may_do="report_progress",
        detail={**detail, "note": said}, also=keep,
    )  # fmt: skip


def _require_own(workspace: Workspace, visitor: Visitor, action_id: str) -> None:
    """A city-wide action needs a role that is not limited to a department."""
    require(visitor, "report_progress", organisation=None)
    wanted = identity(action_id, "an action")
    with workspace.store.reading() as tx:
        place, found = stored_plans.plan_of_action(tx, wanted), stored_plans.action_of(tx, wanted)
    if place is None or found is None:
        raise Refused("this action is in no plan of this store; go back to the plan and choose again")
    department = found[1].department or "the whole organisation"
    require(visitor, "report_progress", department, organisation=place[0].organisation_id)


def history(workspace: Workspace, visitor: Visitor, action_id: str) -> tuple[ProgressUpdate, ...]:
    """Every report on one action, oldest first."""
    require(visitor, "read_roadmap", organisation=None)
    wanted = identity(action_id, "an action")
    with workspace.store.reading() as tx:
        found = stored_plans.plan_of_action(tx, wanted)
        if found is None:
            return ()
        require(visitor, "read_roadmap", organisation=found[0].organisation_id)
        return stored.updates_of_action(tx, wanted)


def plan_history(workspace: Workspace, visitor: Visitor, plan_id: str) -> tuple[ProgressUpdate, ...]:
    """Every report on the actions of a saved plan, oldest first: what `roadmap.burn_up` reads."""
    require(visitor, "read_roadmap", organisation=None)
    wanted = identity(plan_id, "a plan")
    with workspace.store.reading() as tx:
        row = stored_plans.plan_row(tx, wanted)
        if row is None:
            return ()
        require(visitor, "read_roadmap", organisation=row.organisation_id)
        return stored.updates_of_plan(tx, wanted)
