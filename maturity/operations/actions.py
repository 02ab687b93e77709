"""Editing the actions of a saved plan, one row version at a time: nobody overwrites what they have not seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID

from maturity.access.permissions import Verb, require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.owners import check_owner
from maturity.operations.saved_plans import plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import Kpi
from maturity.roadmap.actions import Action, ActionRefused, Raci, check_action, check_dependency, usual_raci
from maturity.roadmap.phases import phase_of
from maturity.roadmap.progress import ProgressUpdate
from maturity.storage import objectives as stored_objectives
from maturity.storage import plans as stored
from maturity.storage import progress as stored_progress
from maturity.storage.engine import Tx, new_id
from maturity.storage.plans import PlanRow

EDITABLE = frozenset(
    {
        "title", "summary", "start", "finish", "owner", "raci", "deliverable", "done_when", "kpi", "effort", "cost",
        "objective", "owner_person", "deliverable_link",
    }
)  # fmt: skip


class ActionChanged(Changed):
    """Somebody else changed the action meanwhile: `theirs` is stored, `mine` is what was to be saved."""

    def __init__(self, theirs: Action, mine: Action) -> None:
        parts = [each.name for each in fields(Action) if getattr(theirs, each.name) != getattr(mine, each.name)]
        named = ", ".join(part.replace("_", " ") for part in parts if part != "row_version") or "nothing else"
        super().__init__(
            f"{theirs.title!r} was changed by somebody else meanwhile (yours is version {mine.row_version}, stored is "
            f"{theirs.row_version}); the two differ in {named}. Look at both, then save again"
        )
        self.theirs = theirs
        self.mine = mine


def edit_action(
    workspace: Workspace, visitor: Visitor, action_id: str, expected_version: int, *, reason: str = "", **changes: Any
) -> Action:
    """Changes any of `EDITABLE` of an action as it was read in `expected_version`; returns it as it is now.

    The phase follows the start, and who was accountable follows the owner; an owner given by name alone is no longer
    the person who was, and an owner given by the id of a person is called as they are. The reason stands beside the
    change wherever two versions are compared."""
    require(visitor, "edit_plan", organisation=None)
    strange = sorted(set(changes) - EDITABLE)
    if strange:
        raise Refused(f"{strange[0]!r} of an action cannot be edited here; these can: {', '.join(sorted(EDITABLE))}")

    def edited(tx: Tx, plan: PlanRow, action: Action) -> Action:
        return _edited(tx, plan, action, changes, workspace.clock())

    why = short_text(reason, "the reason for the change")
    shown = _in_trail(changes) | ({"reason": why} if why else {})
    return change_one(
        workspace, visitor, action_id, expected_version, edited, verb="edit action", detail=shown, reason=why
    )


def _in_trail(changes: Mapping[str, Any]) -> dict[str, str]:
    """What the audit trail says of changes. It is kept for ever, so no name stands in it where there is an id."""
    hidden = {"raci", *(("owner",) if changes.get("owner_person") else ())}
    return {key: "changed" if key in hidden else str(value) for key, value in changes.items()}


def _edited(tx: Tx, plan: PlanRow, action: Action, changes: dict[str, Any], now: datetime) -> Action:
    if person := changes.get("owner_person"):
        changes = changes | {
            "owner": check_owner(tx, plan.organisation_id, person, now) or changes.get("owner", action.owner)
        }
    after = replace(action, **changes)
    check_link(after.deliverable_link)
    if "start" in changes:
        after = replace(after, phase=phase_of(after.start, plan.starts))
    if "owner" in changes and "raci" not in changes and action.raci.accountable == action.owner:
        after = replace(after, raci=replace(after.raci, accountable=after.owner))
    known = {each.id for each in stored_objectives.objectives_of(tx, plan.organisation_id)}
    if "owner" in changes and "owner_person" not in changes:
        after = replace(after, owner_person=None)
    if after.objective and after.objective not in known:
        raise Refused("this objective is not in the list any more; choose another or add it again")
    return after


def check_link(link: str) -> None:
    """Refuses what is no address of a page: a link is shown to others, and some addresses do things when opened."""
    if link and not (link.startswith(("https://", "http://")) and link.isprintable() and " " not in link):
        raise Refused("the link to the deliverable is an address that begins with https://; enter it whole")


def add_dependency(workspace: Workspace, visitor: Visitor, action_id: str, expected_version: int, needs: str) -> Action:
    """The action waits for the action with the code `needs`; a circle is refused in a sentence that names both."""
    require(visitor, "edit_plan", organisation=None)

    def linked(tx: Tx, plan: PlanRow, action: Action) -> Action:
        check_dependency(stored.actions_of(tx, plan.id), action.code, needs)
        return replace(action, requires=(*action.requires, needs))

    detail = {"needs": needs}
    return change_one(workspace, visitor, action_id, expected_version, linked, verb="add dependency", detail=detail)


def remove_dependency(
    workspace: Workspace, visitor: Visitor, action_id: str, expected_version: int, needs: str
) -> Action:
    """The action no longer waits for `needs`."""
    require(visitor, "edit_plan", organisation=None)

    def freed(tx: Tx, plan: PlanRow, action: Action) -> Action:
        return replace(action, requires=tuple(code for code in action.requires if code != needs))

    detail = {"needs": needs}
    return change_one(workspace, visitor, action_id, expected_version, freed, verb="remove dependency", detail=detail)


def remove_action(workspace: Workspace, visitor: Visitor, action_id: str, expected_version: int, reason: str) -> Action:
    """Takes an action out of the plan; it stays in the history. Refused while another action depends on it."""
    require(visitor, "edit_plan", organisation=None)
    why = short_text(reason, "the reason for taking the action out", least=3)

    def removed(tx: Tx, plan: PlanRow, action: Action) -> Action:
        waiting = [each.title for each in stored.actions_of(tx, plan.id) if action.code in each.requires]
        if waiting:
            raise Refused(f"{waiting[0]!r} depends on {action.title!r}; take that link off first")
        return replace(action, removed_on=local_day(tx, plan.organisation_id, workspace.clock()))

    detail = {"reason": why}
    return change_one(
        workspace, visitor, action_id, expected_version, removed, verb="remove action", detail=detail, reason=why
    )


def add_action(
    workspace: Workspace, visitor: Visitor, plan_name: str = "latest", *,
    title: str, start: date, finish: date, owner: str, department: str | None = None, summary: str = "",
    deliverable: str = "", done_when: str = "", kpi: Kpi | None = None, effort: Mapping[str, float] | None = None,
    cost: float | None = None, requires: tuple[str, ...] = (), objective: str | None = None,
    owner_person: str | None = None, raci: Raci | None = None, deliverable_link: str = "",
    organisation: str | None = None,
) -> Action:  # fmt: skip
    """An action of people's own in a saved plan, planned by them and kept by every later plan. Where `owner_person` is
    the id of a person, the owner is called as they are."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    saved = plan(workspace, visitor, plan_name, mine.name)
    if department is not None:
        mine.department(department)

    def write(tx: Tx, now: datetime) -> Action:
        check_link(deliverable_link)
        named = (check_owner(tx, mine.id, owner_person, now) if owner_person else "") or owner.strip()
        made = Action(
            id=str(new_id(now)), code=_free_code(stored.codes_ever(tx, mine.id)), title=title.strip(), summary=summary,
            department=department, phase=phase_of(start, saved.starts), start=start, finish=finish, owner=named,
            owner_person=owner_person, raci=raci or usual_raci(named, effort or {}), deliverable=deliverable,
            deliverable_link=deliverable_link, done_when=done_when, kpi=kpi, effort=dict(effort or {}), cost=cost,
            objective=objective, origin="added",
        )  # fmt: skip
        return _put_into(tx, UUID(saved.id), made, requires, visitor, now)

    scope, detail = plan_scope(mine.id), {"plan": saved.name, "start": start, "finish": finish}
    return change(workspace, visitor, write, scope=scope, verb="add action", subject=title.strip(), detail=detail)


def _put_into(
    tx: Tx, plan_id: UUID, made: Action, requires: tuple[str, ...], visitor: Visitor, now: datetime
) -> Action:
    """Keeps a new action that waits for what it requires, or refuses what is wrong with it."""
    every = stored.actions_of(tx, plan_id, removed=True)
    try:
        for needed in requires:
            check_dependency([*every, made], made.code, needed)
        made = check_action(replace(made, requires=requires))
    except ActionRefused as error:
        raise Refused(str(error)) from None
    stored.add_actions(tx, plan_id, [made], stored.Stated(at=now, by=visitor.name, verb="add action"))
    stored_progress.add_update(tx, _first_report(made, visitor, now))
    return made


def _free_code(codes: Collection[str]) -> str:
    """A code that no action of any plan of the organisation ever had: answers and readings are kept by it."""
    return next(code for number in count(1) if (code := f"added-{number}") not in codes)


def _first_report(action: Action, visitor: Visitor, now: datetime) -> ProgressUpdate:
    """A report of nothing done: it marks the day on which the action came into the plan."""
    return ProgressUpdate(
        id=str(new_id(now)), action_id=action.id, code=action.code, percent_done=0.0, note="Added to the plan",
        made_by=visitor.name, made_at=now,
    )  # fmt: skip


def _still_there(tx: Tx, saved: PlanRow, action_id: UUID, title: str) -> Action:
    """The action as it is now, refused where it is gone, or its plan is not in force any more."""
    found = stored.action_of(tx, action_id)
    if found is None:
        raise Refused(f"{title!r} is not in the plan any more; load the page again")
    now_stands = stored.plan_row(tx, saved.id)
    if now_stands is None or now_stands.status == "past":
        raise Refused(f"the plan {saved.name!r} was replaced by another one; find {title!r} in the plan in force")
    return found[1]


def change_one(
    workspace: Workspace,
    visitor: Visitor,
    action_id: str,
    expected_version: int,
    changed: Callable[[Tx, PlanRow, Action], Action],
    *,
    verb: str,
    detail: dict[str, Any],
    may_do: Verb = "edit_plan",
    also: Callable[[Tx, Action, datetime], None] | None = None,
    reason: str = "",
) -> Action:
    """One action through `changed` into the store, refused as `ActionChanged` where it is not the version read."""
    wanted = identity(action_id, "an action")
    with workspace.store.reading() as tx:
        place = stored.plan_of_action(tx, wanted)
    if place is None:
        raise Refused("this action is in no plan of this store; go back to the plan and choose again")
    saved, title = place
    require(visitor, may_do, organisation=saved.organisation_id)

    def write(tx: Tx, now: datetime) -> Action:
        action = _still_there(tx, saved, wanted, title)
        try:
            after = check_action(changed(tx, saved, action))
        except ActionRefused as error:
            raise Refused(str(error)) from None
        version = None
        if action.row_version == expected_version:
            stated = stored.Stated(at=now, by=visitor.name, verb=verb, reason=reason)
            version = stored.change_action(tx, saved.id, after, expected_version, stated)
        if version is None:
            raise ActionChanged(action, replace(after, row_version=expected_version))
        if also:
            also(tx, after, now)
        return replace(after, row_version=version)

    scope = plan_scope(saved.organisation_id)
    return change(workspace, visitor, write, scope=scope, verb=verb, subject=title, detail=detail)
