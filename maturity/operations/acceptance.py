"""Accepting actions before they are signed off: owners answer for their own, heads for their department's days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import NotPermitted, require
from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import find_round
from maturity.operations.saved_plans import SavedPlan, plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.acceptance import Acceptance, Answer, Part, Readiness, readiness, terms_of
from maturity.roadmap.actions import Action
from maturity.storage import acceptance as stored
from maturity.storage import plans as stored_plans
from maturity.storage.engine import Tx, new_id

__all__ = [
    "Acceptance",
    "Readiness",
    "acceptances",
    "answer_own_action",
    "confirm_days",
    "note_answer",
    "sign_off_readiness",
]


def acceptances(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Acceptance, ...]:
    """Every answer that owners and heads gave, the earliest first."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.acceptances_of(tx, mine.id)


def sign_off_readiness(
    workspace: Workspace, visitor: Visitor, plan_name: str = "latest", organisation: str | None = None
) -> tuple[Readiness, ...]:
    """How each action of a plan stands before sign-off: who has accepted it, what is missing, and what it is worth."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    saved = plan(workspace, visitor, plan_name, mine.name)
    with workspace.store.reading() as tx:
        said = stored.acceptances_of(tx, mine.id)
    return readiness(saved.actions, said, role_ids(workspace, visitor, saved, mine.name))


def role_ids(workspace: Workspace, visitor: Visitor, saved: SavedPlan, organisation: str) -> frozenset[str]:
    """The ids of the roles of the plan's catalogue: a role alone is nobody who could answer for an action."""
    try:
        catalogue = catalogue_of(workspace, find_round(workspace, visitor, saved.round, organisation))
    except Refused:  # the round is not there any more
        return frozenset()
    return frozenset(each.id for each in catalogue.roles) if catalogue else frozenset()


def answer_own_action(
    workspace: Workspace,
    visitor: Visitor,
    action_id: str,
    expected_version: int,
    answer: Answer,
    *,
    note: str = "",
    start: date | None = None,
    finish: date | None = None,
) -> Acceptance:
    """The owner accepts an action as it was read, asks for other days (amended) or refuses it; these with a reason."""
    require(visitor, "report_own", organisation=None)
    organisation_id, action = _of_plan(workspace, action_id)
    require(visitor, "report_own", organisation=organisation_id)
    if action.owner_person != visitor.person:
        raise NotPermitted(f"{action.title!r} is not yours to answer for; ask its owner or the administrator")
    wanted = _wanted(action, answer, start, finish)
    return _keep(workspace, visitor, action_id, expected_version, "owner", answer, note, wanted)


def note_answer(
    workspace: Workspace,
    visitor: Visitor,
    action_id: str,
    expected_version: int,
    answer: Answer,
    *,
    note: str,
    start: date | None = None,
    finish: date | None = None,
) -> Acceptance:
    """Notes what an owner said elsewhere, such as in a meeting; the note says where and when."""
    require(visitor, "edit_plan", organisation=None)
    organisation_id, action = _of_plan(workspace, action_id)
    require(visitor, "edit_plan", organisation=organisation_id)
    said = short_text(note, "where and when the owner said so", least=3)
    wanted = _wanted(action, answer, start, finish)
    return _keep(workspace, visitor, action_id, expected_version, "owner", answer, said, wanted)


def confirm_days(
    workspace: Workspace,
    visitor: Visitor,
    action_id: str,
    expected_version: int,
    answer: Answer = "accepted",
    *,
    note: str = "",
    days: float | None = None,
) -> Acceptance:
    """A head of department confirms the person-days that an action takes of the own department, says how many are there
    instead (amended, with a reason), or refuses them with one."""
    require(visitor, "confirm_days", organisation=None)
    organisation_id, action = _of_plan(workspace, action_id)
    if action.department is None:
        raise Refused(f"{action.title!r} is city-wide: no head of department has to confirm its person-days")
    require(visitor, "confirm_days", action.department, organisation=organisation_id)
    if answer == "amended" and not (days is not None and 0 <= days <= 100_000):
        raise Refused("say how many person-days there are instead, as a number from 0 up")
    wanted = {"days": float(days)} if answer == "amended" and days is not None else {}
    return _keep(workspace, visitor, action_id, expected_version, "head", answer, note, wanted)


def _wanted(action: Action, answer: Answer, start: date | None, finish: date | None) -> dict[str, Any]:
    if answer != "amended":
        return {}
    first, last = start or action.start, finish or action.finish
    if (first, last) == (action.start, action.finish):
        raise Refused("say which other days you ask for, or accept the action as it is")
    if last < first:
        raise Refused(f"the finish {last} is before the start {first}; choose a later finish")
    return {"start": first.isoformat(), "finish": last.isoformat()}


def _of_plan(workspace: Workspace, action_id: str) -> tuple[UUID, Action]:
    wanted = identity(action_id, "an action")
    with workspace.store.reading() as tx:
        place, found = stored_plans.plan_of_action(tx, wanted), stored_plans.action_of(tx, wanted)
    if place is None or found is None:
        raise Refused("this action is in no plan of this store; go back to the plan and choose again")
    if place[0].status != "current":
        raise Refused(f"the plan {place[0].name!r} was replaced by another one; answer for the action as it is there")
    return place[0].organisation_id, found[1]


def _keep(
    workspace: Workspace,
    visitor: Visitor,
    action_id: str,
    expected_version: int,
    part: Part,
    answer: Answer,
    note: str,
    wanted: Mapping[str, Any],
) -> Acceptance:
    why = short_text(note, "the reason", least=3 if answer != "accepted" else 0)
    organisation_id, action = _of_plan(workspace, action_id)

    def write(tx: Tx, now: datetime) -> Acceptance:
        found = stored_plans.action_of(tx, UUID(action.id))
        if found is None or found[1].row_version != expected_version:
            raise Changed(f"{action.title!r} was changed meanwhile; read it again, then answer")
        if part == "owner" and found[1].owner_person != action.owner_person:
            raise NotPermitted(f"{action.title!r} has another owner now")
        said = Acceptance(
            id=str(new_id(now)), code=action.code, part=part, answer=answer, terms=terms_of(found[1], part),
            wanted=wanted, note=why, made_by=visitor.name, made_at=now,
        )  # fmt: skip
        stored.add_acceptance(tx, organisation_id, said)
        return said

    detail = {"answer": answer, "wanted": dict(wanted), "note": why}
    verb = "confirm days" if part == "head" else "answer for action"
    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb=verb, subject=action.title, detail=detail
    )
