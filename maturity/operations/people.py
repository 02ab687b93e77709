"""People and their roles: added, given, handed over, taken away; who left comes in no more."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from maturity.access.people import GivenRole, Person, PersonalLink
from maturity.access.permissions import NotPermitted, may, require
from maturity.access.roles import Role, Visitor
from maturity.operations.errors import Refused
from maturity.operations.given_roles import (
    Place,
    changed_people,
    decides_over,
    department_of,
    give,
    keep_an_administrator,
    place_of_role,
    require_over_person,
)
from maturity.operations.links import own_id
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import people as stored
from maturity.storage import sign_in as stored_links
from maturity.storage.engine import Tx, new_id
from maturity.storage.rights import organisations_of_person

__all__ = ["GivenRole", "KnownPerson", "Person"]

T = TypeVar("T")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_NAME = 200
PEOPLE = stored.PEOPLE
"""The revision scope that rises with every change to people, roles and links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person with the roles that they hold where the visitor may see them, and their newest personal link; whether
    the visitor decides over all that they may do, here and elsewhere, and so may change them and make them links."""

    person: Person
    roles: tuple[GivenRole, ...]
    link: PersonalLink | None = None
    decided: bool = False


def people(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[KnownPerson, ...]:
    """Everybody with a role in the organisation, by name. Administrators also see who has no role any more, so that a
    mistake can be mended: those who had one here; for whoever runs the installation, everybody. Who was erased is left
    out."""
    mine = the_organisation(workspace, visitor, organisation, verb="invite")
    everywhere = may(visitor, "run_installation")
    manages = may(visitor, "manage_people", organisation=mine.id)
    with workspace.store.reading() as tx:
        everybody, given = stored.people(tx), stored.given_roles(tx)
        newest = {link.person_id: link for link in reversed(stored_links.links(tx))}
        formerly = stored.ever_in(tx, mine.id) if manages else set()
    held: dict[UUID, list[GivenRole]] = {}
    for each in given:
        held.setdefault(each.person_id, []).append(each)
    found = []
    for person in everybody:
        roles = held.get(person.id, [])
        shown = tuple(r for r in roles if r.organisation_id in (None, mine.id) and (everywhere or r.organisation_id))
        if person.erased_at is None and (shown or (not roles and (everywhere or person.id in formerly))):
            over = all(decides_over(visitor, each) for each in roles) if roles else manages
            found.append(KnownPerson(person=person, roles=shown, link=newest.get(person.id), decided=over))
    return tuple(found)


def add_person(
    workspace: Workspace,
    visitor: Visitor,
    name: str,
    email: str | None,
    role: Role,
    department: str | None = None,
    *,
    until: date | None = None,
    organisation: str | None = None,
    installation: bool = False,
) -> Person:
    """Adds a person with a first role. Whoever has that e-mail address already gets the role beside their others.

    `installation` gives an administrator all organisations of this installation, also those to come."""
    said, address = checked_name(name), checked_email(email)
    place = place_of_role(workspace, visitor, role, department, organisation, installation)

    def write(tx: Tx, now: datetime) -> Person:
        known = stored.person_by_email(tx, address) if address else None
        if known and not known.is_here:
            raise Refused(f"{known.name} has left; say on People that they are back before they get a role")
        person = known or stored.add_person(tx, Person(id=new_id(now), name=said, email=address, created_at=now))
        give(tx, workspace, visitor, person, role, place, until, now)
        return person

    return changed_people(workspace, visitor, write, verb="add person", subject=role, detail=place.detail)


def change_person(workspace: Workspace, visitor: Visitor, seen: Person, name: str, email: str | None) -> Person:
    """Corrects name and e-mail address, as read in `seen`. A new address ends the tie to the provider's account."""
    said, address = checked_name(name), checked_email(email)

    def write(tx: Tx, now: datetime) -> Person:
        require_over_person(tx, visitor, seen.id)
        subject = seen.subject if address == seen.email else None
        return stored.change_person(tx, replace(seen, name=said, email=address, subject=subject))

    require(visitor, "invite", organisation=None)
    return changed_people(workspace, visitor, write, verb="change person", subject=str(seen.id), detail={})


def person_left(workspace: Workspace, visitor: Visitor, seen: Person) -> Person:
    """Somebody has left: roles and what they handed over end, links and sessions too. What they said and did stays."""

    def write(tx: Tx, now: datetime) -> Person:
        require_over_person(tx, visitor, seen.id)
        keep_an_administrator(tx, workspace, {each.id for each in stored.roles_of(tx, seen.id)})
        stored.end_roles_of(tx, seen.id, now)
        stored_links.revoke_links_of(tx, seen.id, now)
        return stored.change_person(tx, replace(seen, left_at=now))

    require(visitor, "manage_people", organisation=None)
    return changed_people(workspace, visitor, write, verb="person left", subject=str(seen.id), detail={})


def person_is_back(workspace: Workspace, visitor: Visitor, seen: Person) -> Person:
    """Undoes `person_left`: the person is known again, and is given roles and a link anew. It takes the right to manage
    people in every organisation that the person ever belonged to."""

    def write(tx: Tx, now: datetime) -> Person:
        for each in organisations_of_person(tx, seen.id, (str(seen.id),)) or {None}:
            require(visitor, "run_installation" if each is None else "manage_people", organisation=each)
        if seen.erased_at is not None:
            raise Refused("this person was erased; add them anew")
        return stored.change_person(tx, replace(seen, left_at=None))

    require(visitor, "manage_people", organisation=None)
    return changed_people(workspace, visitor, write, verb="person is back", subject=str(seen.id), detail={})


def hand_over(
    workspace: Workspace,
    visitor: Visitor,
    department: str,
    to: str,
    name: str,
    until: date,
    organisation: str | None = None,
) -> Person:
    """A head of department lets a deputy (by e-mail address) lead it until a day; the own role stays. The deputy's
    cannot be handed on."""
    mine = the_organisation(workspace, visitor, organisation)
    require(visitor, "delegate", department, organisation=mine.id)
    said, address = checked_name(name), checked_email(to)
    if address is None:
        raise Refused("the deputy's e-mail address is missing; enter it, so that they can be told")
    place = Place(mine.id, *department_of(workspace, mine.id, department))
    head = own_id(visitor)
    if head is None:
        raise Refused("only a head of department who has signed in can hand over; come in by your own link or account")

    def write(tx: Tx, now: datetime) -> Person:
        own = [each for each in stored.roles_of(tx, head) if each.role == "department_lead"]
        if all(each.delegated_by for each in own if each.department == department):
            raise NotPermitted(f"{visitor.name} leads {department!r} for somebody else, who alone can hand it over")
        known = stored.person_by_email(tx, address)
        person = known or stored.add_person(tx, Person(id=new_id(now), name=said, email=address, created_at=now))
        give(tx, workspace, visitor, person, "department_lead", place, until, now, by=head)
        return person

    return changed_people(
        workspace, visitor, write, verb="hand over department", subject=department, detail={"until": until}
    )


def checked_name(text: str) -> str:
    """The name without outer and double blanks, or a refusal."""
    said = " ".join(text.split())
    if not 1 <= len(said) <= LONGEST_NAME or not said.isprintable():
        raise Refused(f"a person's name has 1 to {LONGEST_NAME} characters; enter or shorten it")
    return said


def checked_email(text: str | None) -> str | None:
    """The address in lower case, None for none, or a refusal."""
    address = (text or "").strip().lower()
    if not address:
        return None
    if not EMAIL.fullmatch(address) or len(address) > LONGEST_NAME:
        raise Refused(f"{address!r} is no e-mail address; write it like asha@city.example")
    return address
