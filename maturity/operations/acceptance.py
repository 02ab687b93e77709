"""Accepting actions before they are signed off: owners answer for their own, heads for their department's days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import NotPermitted, require
from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import change, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import find_round
from maturity.operations.saved_plans import SavedPlan, in_plan, plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.acceptance import Acceptance, Answer, Part, Readiness, readiness, stand_of, terms_of
from maturity.roadmap.actions import Action, ActionRefused, check_action
from maturity.roadmap.phases import phase_of
from maturity.storage import acceptance as stored
from maturity.storage import plans as stored_plans
from maturity.storage.engine import Tx, new_id

__all__ = [
    "Acceptance",
    "Readiness",
    "acceptances",
    "answer_own_action",
    "confirm_all_days",
    "confirm_days",
    "note_answer",
    "sign_off_readiness",
    "take_amendment",
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


def confirm_all_days(
    workspace: Workspace, visitor: Visitor, department: str, seen: Mapping[str, int], organisation: str | None = None
) -> tuple[Acceptance, ...]:
    """A head confirms the person-days of several actions of a department as they were read (`seen`: row versions by
    action id), all or none: `Changed` names what is otherwise now. What is confirmed already is not confirmed again."""
    mine = the_organisation(workspace, visitor, organisation)
    require(visitor, "confirm_days", department, organisation=mine.id)
    saved = plan(workspace, visitor, "latest", mine.name)

    def write(tx: Tx, now: datetime) -> tuple[Acceptance, ...]:
        there = {each.id: each for each in stored_plans.actions_of(tx, UUID(saved.id)) if each.department == department}
        _check_all(tx, saved, there, seen)
        said = stored.acceptances_of(tx, mine.id)
        open_ = [there[each] for each in seen if stand_of(there[each], "head", said) != "accepted"]
        made = [_said(each, "head", "accepted", visitor, now) for each in open_]
        for each in made:
            stored.add_acceptance(tx, mine.id, each)
        return tuple(made)

    return change(
        workspace, visitor, write, scope=plan_scope(mine.id), verb="confirm days", subject=department,
        detail={"actions": len(seen)},
    )  # fmt: skip


def _check_all(tx: Tx, saved: SavedPlan, there: Mapping[str, Action], seen: Mapping[str, int]) -> None:
    row = stored_plans.plan_row(tx, UUID(saved.id))
    if row is None or row.status != "current":
        raise Changed("another plan was saved meanwhile; look at its actions, then confirm")
    titles = {each.id: each.title for each in saved.actions}
    other = [titles.get(one, "an action") for one in seen if one not in there or there[one].row_version != seen[one]]
    if other:
        named = ", ".join(repr(each) for each in other[:3]) + (f" and {len(other) - 3} more" if other[3:] else "")
        raise Changed(f"{named} changed meanwhile, so nothing was confirmed; look at the days again, then confirm")


def take_amendment(
    workspace: Workspace, visitor: Visitor, action_id: str, expected_version: int, part: Part = "owner"
) -> Action:
    """Takes over what an owner (other days) or a head (other person-days) asked for instead: the action is changed to
    it and counts as accepted in these terms. A head's number is shared by the roles as the planned one is."""
    require(visitor, "edit_plan", organisation=None)
    organisation_id, before = _of_plan(workspace, action_id)
    require(visitor, "edit_plan", organisation=organisation_id)

    def write(tx: Tx, now: datetime) -> Action:
        found = stored_plans.action_of(tx, UUID(before.id))
        if found is None or found[1].row_version != expected_version:
            raise Changed(f"{before.title!r} was changed meanwhile; read it again, then take the days over")
        plan_id, action = found
        said = [e for e in stored.acceptances_of(tx, organisation_id) if (e.code, e.part) == (action.code, part)]
        if not said or stand_of(action, part, said) != "amended":
            raise Changed(f"nothing else is asked for {action.title!r} as it is planned now; load the page again")
        asked = said[-1]
        row = stored_plans.plan_row(tx, plan_id)
        after = _amended(action, asked, row.starts if row else action.start)
        stated = stored_plans.Stated(at=now, by=visitor.name, verb="edit action", reason=_as_asked(asked))
        version = stored_plans.change_action(tx, plan_id, after, expected_version, stated)
        if version is None:
            raise Changed(f"{before.title!r} was changed meanwhile; read it again, then take the days over")
        stored.add_acceptance(tx, organisation_id, _said(after, part, "accepted", visitor, now, note=_as_asked(asked)))
        return replace(after, row_version=version)

    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb="take amendment", subject=before.title,
        detail={"part": part},
    )  # fmt: skip


def _as_asked(asked: Acceptance) -> str:
    return f"as its {'owner' if asked.part == 'owner' else 'head of department'} asked" + (
        f": {asked.note}" if asked.note else ""
    )


def _amended(action: Action, asked: Acceptance, starts: date) -> Action:
    """The action as it was asked for; its phase follows its start."""
    if asked.part == "owner":
        start, finish = (date.fromisoformat(asked.wanted[each]) for each in ("start", "finish"))
        return _checked(replace(action, start=start, finish=finish, phase=phase_of(start, starts)))
    whole, days = action.person_days, float(asked.wanted["days"])
    if not whole:
        raise Refused(f"{action.title!r} has no person-days to share {days:g} out by; enter them by role in the editor")
    return _checked(replace(action, effort={role: each * days / whole for role, each in action.effort.items()}))


def _checked(action: Action) -> Action:
    try:
        return check_action(action)
    except ActionRefused as error:
        raise Refused(str(error)) from None


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
    row, action = in_plan(workspace, action_id)
    if row.status != "current":
        raise Refused(f"the plan {row.name!r} was replaced by another one; answer for the action as it is there")
    return row.organisation_id, action


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
    if again := _said_already(workspace, visitor, organisation_id, action, part, (answer, dict(wanted), why)):
        return again

    def write(tx: Tx, now: datetime) -> Acceptance:
        found = stored_plans.action_of(tx, UUID(action.id))
        if found is None or found[1].row_version != expected_version:
            raise Changed(f"{action.title!r} was changed meanwhile; read it again, then answer")
        if part == "owner" and found[1].owner_person != action.owner_person:
            raise NotPermitted(f"{action.title!r} has another owner now")
        said = _said(found[1], part, answer, visitor, now, note=why, wanted=wanted)
        stored.add_acceptance(tx, organisation_id, said)
        return said

    detail = {"answer": answer, "wanted": dict(wanted), "note": why}
    verb = "confirm days" if part == "head" else "answer for action"
    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb=verb, subject=action.title, detail=detail
    )


def _said_already(
    workspace: Workspace, visitor: Visitor, organisation_id: UUID, action: Action, part: Part, said: tuple[Any, ...]
) -> Acceptance | None:
    """The same answer where it is the last one: a second click says nothing new."""
    with workspace.store.reading() as tx:
        every = [e for e in stored.acceptances_of(tx, organisation_id) if (e.code, e.part) == (action.code, part)]
    last = every[-1] if every else None
    if last is None or dict(last.terms) != terms_of(action, part) or last.made_by != visitor.name:
        return None
    return last if (last.answer, dict(last.wanted), last.note) == said else None


def _said(
    action: Action,
    part: Part,
    answer: Answer,
    visitor: Visitor,
    now: datetime,
    *,
    note: str = "",
    wanted: Mapping[str, Any] | None = None,
) -> Acceptance:
    return Acceptance(
        id=str(new_id(now)), code=action.code, part=part, answer=answer, terms=terms_of(action, part),
        wanted=wanted or {}, note=note, made_by=visitor.name, made_at=now,
    )  # fmt: skip
