"""Personal links: made, listed, taken back; and the sessions of one's own that came in by them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from maturity.access import tokens
from maturity.access.people import Person, PersonalLink, Session
from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.errors import Refused
from maturity.operations.given_roles import require_over_person
from maturity.operations.workspace import Workspace
from maturity.storage import people as stored_people
from maturity.storage import sign_in as stored
from maturity.storage.audit import record
from maturity.storage.engine import NotStored, Tx, new_id
from maturity.storage.people import PEOPLE

Chance = Callable[[int], bytes]
LINK_DAYS = 30
MOST_DAYS = 366
_can_come_in: dict[str, tuple[int, bool]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link just made. The token is here once and never again."""

    link: PersonalLink
    token: str
    person: Person

    @property
    def path(self) -> str:
        """The address below the server's own."""
        return f"/i/{self.token}"


def make_link(
    workspace: Workspace, visitor: Visitor, person_id: UUID, *, days: int = LINK_DAYS, chance: Chance = os.urandom
) -> NewLink:
    """A new personal link; earlier ones go on. Refused to whoever may not decide over all that the person may do."""
    require(visitor, "invite", organisation=None)
    checked_days(days)
    token = tokens.token(chance(tokens.BYTES))

    def write(tx: Tx) -> NewLink:
        now = workspace.clock()
        person = person_of(tx, person_id)
        if not person.is_here:
            raise Refused(f"{person.name} has left and gets no link; say first that they are back")
        require_over_person(tx, visitor, person_id)
        link = PersonalLink(
            id=new_id(now),
            person_id=person_id,
            made_by=visitor.person,
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        stored.add_link(tx, link, tokens.hashed(token))
        note(tx, workspace, visitor.person, "make link", person_id, {"days": days})
        return NewLink(link=link, token=token, person=person)

    return workspace.store.write(write)


def checked_days(days: int) -> int:
    """How long a link is to hold, in days, or a refusal."""
    if not 1 <= days <= MOST_DAYS:
        raise Refused(f"a link holds 1 to {MOST_DAYS} days, not {days}; choose a number between them")
    return days


def links_of(workspace: Workspace, visitor: Visitor, person_id: UUID) -> tuple[PersonalLink, ...]:
    """A person's links, the newest first: when they were made and used and until when they hold, never their tokens."""
    require(visitor, "invite", organisation=None)
    with workspace.store.reading() as tx:
        require_over_person(tx, visitor, person_id)
        return tuple(stored.links_of(tx, person_id))


def revoke_links(workspace: Workspace, visitor: Visitor, person_id: UUID) -> None:
    """Takes back every link of a person; browsers that came in by one are out at their next click."""
    require(visitor, "invite", organisation=None)

    def write(tx: Tx) -> None:
        require_over_person(tx, visitor, person_id)
        stored.revoke_links_of(tx, person_id, workspace.clock())
        note(tx, workspace, visitor.person, "revoke links", person_id, {})

    workspace.store.write(write)


def sessions_of(workspace: Workspace, visitor: Visitor) -> tuple[Session, ...]:
    """The visitor's own open sessions by personal link, the newest first."""
    require(visitor, "read_help", organisation=None)
    own = own_id(visitor)
    with workspace.store.reading() as tx:
        found = stored.sessions_of(tx, own) if own else []
    return tuple(each for each in found if each.is_open(workspace.clock()))


def sign_out_everywhere(workspace: Workspace, visitor: Visitor) -> None:
    """Ends all of the visitor's own sessions and takes their links back: a new link is needed to come in again."""
    require(visitor, "read_help", organisation=None)
    own = own_id(visitor)
    if own is None:
        raise Refused("only people who come in by a personal link have sessions here; there is nothing to end")

    def write(tx: Tx) -> None:
        stored.revoke_links_of(tx, own, workspace.clock())
        note(tx, workspace, visitor.person, "sign out everywhere", own, {})

    workspace.store.write(write)


def own_id(visitor: Visitor) -> UUID | None:
    """The visitor's id as a person of the store; None for the local administrator and the command line."""
    try:
        return UUID(visitor.person)
    except ValueError:
        return None


def links_are_used(workspace: Workspace) -> bool:
    """Whether any personal link was ever made: then others than the local administrator may come to the door.

    Those of the demo's people do not count, as nobody can come in by them."""
    with workspace.store.reading() as tx:
        return stored.a_link_opens(tx)


def an_administrator_can_come_in(workspace: Workspace) -> bool:
    """Whether some administrator of the installation was ever given a link: from then on, everybody signs in.

    Asked on every run of every page: it is looked up again only after people, roles or links have changed."""
    now = workspace.revision(PEOPLE)
    known = _can_come_in.get(workspace.url)
    if known is None or known[0] != now:
        with workspace.store.reading() as tx:
            linked = {link.person_id for link in stored.links(tx)}
            given = stored_people.given_roles(tx)
        can = any(g.role == "administrator" and not g.organisation_id and g.person_id in linked for g in given)
        known = _can_come_in[workspace.url] = (now, can)
    return known[1]


def note(tx: Tx, workspace: Workspace, actor: str, verb: str, person_id: UUID, detail: dict[str, Any]) -> None:
    """Inside a transaction: one entry in the trail about a person, by id and never by name."""
    record(tx, made_at=workspace.clock(), actor=actor, verb=verb, subject=str(person_id), detail=detail)


def person_of(tx: Tx, person_id: UUID) -> Person:
    """Inside a transaction: the person, or a refusal."""
    try:
        return stored_people.person_of(tx, person_id)
    except NotStored as error:
        raise Refused(str(error)) from None
