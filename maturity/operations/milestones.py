"""Milestones of a saved plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.saved_plans import plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.milestones import Milestone
from maturity.storage import plans as stored_plans
from maturity.storage import progress as stored
from maturity.storage.engine import Tx, new_id


def add_milestone(
    workspace: Workspace, visitor: Visitor, name: str, on: date, proves: str = "", *, plan_name: str = "latest",
    organisation: str | None = None,
) -> Milestone:  # fmt: skip
    """Adds a day on which something has to be true to a saved plan."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    saved = plan(workspace, visitor, plan_name, mine.name)
    called, shows = short_text(name, "the milestone's name", least=1), short_text(proves, "what it proves")

    def write(tx: Tx, now: datetime) -> Milestone:
        made = Milestone(id=str(new_id(now)), name=called, on=on, proves=shows)
        stored.add_milestones(tx, UUID(saved.id), [made], visitor.name, now)
        return made

    scope, detail = plan_scope(mine.id), {"plan": saved.name, "on": on, "proves": shows}
    return change(workspace, visitor, write, scope=scope, verb="add milestone", subject=called, detail=detail)


def edit_milestone(
    workspace: Workspace, visitor: Visitor, milestone_id: str, expected_version: int, *, name: str, on: date,
    proves: str = "",
) -> Milestone:  # fmt: skip
    """Renames or moves a milestone as it was read in `expected_version`."""
    called, shows = short_text(name, "the milestone's name", least=1), short_text(proves, "what it proves")
    made = Milestone(id=milestone_id, name=called, on=on, proves=shows)
    return _change(workspace, visitor, made, expected_version, remove=False)


def remove_milestone(workspace: Workspace, visitor: Visitor, milestone: Milestone) -> None:
    """Takes a milestone out of the plan, as it was read."""
    _change(workspace, visitor, milestone, milestone.row_version, remove=True)


def _change(
    workspace: Workspace, visitor: Visitor, milestone: Milestone, expected_version: int, *, remove: bool
) -> Milestone:
    require(visitor, "edit_plan", organisation=None)
    wanted = identity(milestone.id, "a milestone")
    with workspace.store.reading() as tx:
        found = stored.milestone_plan(tx, wanted)
        saved = stored_plans.plan_row(tx, found[0]) if found else None
    if saved is None:
        raise Refused(f"the milestone {milestone.name!r} is not in a plan any more; load the page again")
    require(visitor, "edit_plan", organisation=saved.organisation_id)

    def write(tx: Tx, now: datetime) -> Milestone:
        version = stored.change_milestone(tx, milestone, expected_version, remove=remove, by=visitor.name, at=now)
        if version is None:
            raise Changed(f"the milestone {milestone.name!r} was changed meanwhile; look at it, then save again")
        return replace(milestone, row_version=version)

    verb, scope = "remove milestone" if remove else "edit milestone", plan_scope(saved.organisation_id)
    detail = {"plan": saved.name, "on": milestone.on, "proves": milestone.proves}
    return change(workspace, visitor, write, scope=scope, verb=verb, subject=milestone.name, detail=detail)
