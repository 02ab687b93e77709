"""Owners of actions: who can be one, which actions nobody answers for, and handing all of somebody's over at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from maturity.access.people import GivenRole, Person
from maturity.access.roles import Visitor
from maturity.operations.acceptance import role_ids
from maturity.operations.changes import change, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.saved_plans import find_plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action, ActionRefused, Raci, check_action
from maturity.storage import people as stored_people
from maturity.storage import plans as stored
from maturity.storage import sign_in as stored_links
from maturity.storage.engine import NotStored, Tx

WayIn = Literal["account", "link", "visit", "none"]
"""How somebody can come in: by an account, a valid personal link, a visit that is still open, or not at all."""
Unanswered = Literal["no_owner", "only_role", "left", "erased", "no_role", "no_way_in"]
"""Why nobody answers for an action, as codes of `maturity.words.delivery_sentences`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Somebody with a role in the organisation, who can own actions. `person` is the id that an action keeps."""

    person: str
    name: str
    email: str | None
    roles: tuple[GivenRole, ...]
    way_in: WayIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Unowned:
    """An open action that nobody answers for, and why."""

    action: Action
    why: Unanswered


def possible_owners(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Owner, ...]:
    """Everybody who is here and holds a role in the organisation today, by name."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    with workspace.store.reading() as tx:
        now = workspace.clock()
        roles, links = _roles_in(tx, mine.id, now), _linked(tx, now)
        return tuple(
            Owner(
                person=str(each.id),
                name=each.name,
                email=each.email,
                roles=tuple(roles[each.id]),
                way_in=_way_in(tx, each, links, now),
            )
            for each in stored_people.people(tx)
            if each.is_here and each.id in roles
        )


def without_owner(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Unowned, ...]:
    """The open actions of the current plan that nobody answers for, by start: the owner has left, was erased, has no
    role any more or cannot come in, or only a role stands there. A name that somebody wrote is taken for a person."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    saved = find_plan(workspace, visitor, "latest", mine.name)
    if saved is None or saved.status != "current":
        return ()
    roles = role_ids(workspace, visitor, saved, mine.name)
    with workspace.store.reading() as tx:
        now = workspace.clock()
        why = _Answering(tx, mine.id, now)
        found = [(each, why.of(each, roles)) for each in saved.actions if not each.done_on]
    return tuple(Unowned(action=each, why=reason) for each, reason in found if reason)


def owned_actions(
    workspace: Workspace, visitor: Visitor, owner: str, organisation: str | None = None
) -> tuple[Action, ...]:
    """The open actions of the current plan that somebody owns: `owner` is the id of a person, else a name or a role as
    it stands on the action."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    saved = find_plan(workspace, visitor, "latest", mine.name)
    return _owned(saved.actions, owner) if saved and saved.status == "current" else ()


def hand_over_actions(
    workspace: Workspace,
    visitor: Visitor,
    owner: str,
    to: str,
    reason: str,
    *,
    seen: Mapping[str, int] | None = None,
    organisation: str | None = None,
) -> tuple[Action, ...]:
    """Gives every open action of one owner (as in `owned_actions`) to the person with the id `to`, all or none, with a
    reason. `seen` are the row versions by action id that the choice was made from; `Changed` where they are others now.

    Who was accountable follows where it was the owner, and so does the owner's name among those who work on it."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    why = short_text(reason, "the reason for handing over", least=3)
    saved = find_plan(workspace, visitor, "latest", mine.name)
    if saved is None:
        raise Refused("there is no plan yet, so there is nothing to hand over")
    name = next((each.owner for each in _owned(saved.actions, owner)), owner)

    def write(tx: Tx, now: datetime) -> tuple[Action, ...]:
        theirs = _owned(stored.actions_of(tx, UUID(saved.id)), owner)
        _check_seen(tx, saved.id, theirs, seen, name)
        heir = check_owner(tx, mine.id, to, now)
        if owner == to:
            raise Refused(f"{heir} owns them already; choose somebody else")
        stated = stored.Stated(at=now, by=visitor.name, verb="hand over", reason=why)
        return tuple(_given(tx, UUID(saved.id), each, to, heir, stated) for each in theirs)

    theirs = _owned(
        saved.actions, owner
    )  # the trail holds ids, which say nothing once somebody is erased, and no names
    before = owner if any(each.owner_person for each in theirs) else "a written name"
    detail = {"from": before, "actions": [each.code for each in theirs], "reason": why}
    return change(
        workspace, visitor, write, scope=plan_scope(mine.id), verb="hand over actions", subject=to, detail=detail
    )


def check_owner(tx: Tx, organisation_id: UUID, person: str, now: datetime) -> str:
    """The name of somebody who is to own an action, refused where they have left or hold no role in the organisation.

    Who is no person of the store (the local administrator) has no name here: then it is empty."""
    try:
        found = _person(tx, person)
    except NotStored:
        raise Refused("the owner is nobody of this store; choose somebody from the list") from None
    if found is None:
        return ""
    if not found.is_here:
        raise Refused(f"{found.name or 'this person'} has left and can own no action; choose somebody else")
    if found.id not in _roles_in(tx, organisation_id, now):
        raise Refused(f"{found.name} has no role here, so they could not come in; give them one on People first")
    return found.name


def _check_seen(tx: Tx, plan_id: str, theirs: Collection[Action], seen: Mapping[str, int] | None, name: str) -> None:
    row = stored.plan_row(tx, UUID(plan_id))
    if row is None or row.status != "current":
        raise Changed("another plan was saved meanwhile; look at its actions, then hand over")
    if not theirs:
        raise Refused(f"{name} owns no open action of the plan now; there is nothing to hand over")
    now = {each.id: each.row_version for each in theirs}
    if seen is not None and now != dict(seen):
        other = [each.title for each in theirs if seen.get(each.id) != each.row_version]
        what = f"{other[0]!r} was changed" if other else "one of the actions has another owner now"
        raise Changed(f"{what} meanwhile, so nothing was handed over; look again, then hand over")


def _owned(actions: Iterable[Action], owner: str) -> tuple[Action, ...]:
    return tuple(
        each
        for each in actions
        if (each.owner_person or each.owner) == owner and not each.done_on and not each.removed_on
    )


def _given(tx: Tx, plan_id: UUID, action: Action, to: str, heir: str, stated: stored.Stated) -> Action:
    after = replace(action, owner=heir or to, owner_person=to, raci=_in_place_of(action.raci, action.owner, heir or to))
    try:
        check_action(after)
    except ActionRefused as error:
        raise Refused(str(error)) from None
    version = stored.change_action(tx, plan_id, after, action.row_version, stated)
    if version is None:
        raise Changed(f"{action.title!r} was changed meanwhile, so nothing was handed over; look again")
    return replace(after, row_version=version)


def _in_place_of(raci: Raci, before: str, after: str) -> Raci:
    def put(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(after if each == before else each for each in names))

    accountable = after if raci.accountable == before else raci.accountable
    return replace(raci, accountable=accountable, responsible=put(raci.responsible))


class _Answering:
    """Why nobody answers for an action; what has to be read for it is read once."""

    def __init__(self, tx: Tx, organisation_id: UUID, now: datetime) -> None:
        self.tx, self.now = tx, now
        self.roles, self.links = _roles_in(tx, organisation_id, now), _linked(tx, now)
        self.known: dict[str, Unanswered | None] = {}

    def of(self, action: Action, roles: Collection[str]) -> Unanswered | None:
        """The reason, None where somebody answers."""
        if action.owner_person is None:
            return "only_role" if action.owner in roles else "no_owner" if not action.owner.strip() else None
        if action.owner_person not in self.known:
            self.known[action.owner_person] = self._of_person(action.owner_person)
        return self.known[action.owner_person]

    def _of_person(self, person_id: str) -> Unanswered | None:
        try:
            person = _person(self.tx, person_id)
        except NotStored:
            return "no_role"
        if person is None:  # the local administrator, who comes in by sitting at this computer
            return None
        if person.erased_at:
            return "erased"
        if person.left_at:
            return "left"
        if person.id not in self.roles:
            return "no_role"
        return "no_way_in" if _way_in(self.tx, person, self.links, self.now) == "none" else None


def _person(tx: Tx, person: str) -> Person | None:
    """Somebody by the id that an action keeps; None for who is no person of a store; `NotStored` for an unknown id."""
    try:
        wanted = UUID(person)
    except ValueError:
        return None
    return stored_people.person_of(tx, wanted)


def _roles_in(tx: Tx, organisation_id: UUID, now: datetime) -> dict[UUID, list[GivenRole]]:
    """The roles that hold today in an organisation, by person."""
    today = local_day(tx, organisation_id, now)
    found: dict[UUID, list[GivenRole]] = {}
    for each in stored_people.given_roles(tx):
        if each.organisation_id in (None, organisation_id) and each.holds(today):
            found.setdefault(each.person_id, []).append(each)
    return found


def _linked(tx: Tx, now: datetime) -> frozenset[UUID]:
    return frozenset(each.person_id for each in stored_links.links(tx) if each.state(now) == "valid")


def _way_in(tx: Tx, person: Person, linked: Collection[UUID], now: datetime) -> WayIn:
    if person.subject:
        return "account"
    if person.id in linked:
        return "link"
    return "visit" if any(each.is_open(now) for each in stored_links.sessions_of(tx, person.id)) else "none"
