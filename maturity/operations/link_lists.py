"""Personal links for many people at once, and how they leave the house: as CSV, and as a sheet of QR codes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from maturity.access import tokens
from maturity.access.people import GivenRole, Person, PersonalLink
from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.addresses import checked_address
from maturity.operations.errors import Refused
from maturity.operations.given_roles import require_over_roles
from maturity.operations.links import LINK_DAYS, Chance, NewLink, checked_days, person_of
from maturity.operations.people import people
from maturity.operations.setup import Organisation, the_organisation
from maturity.operations.workspace import Workspace
from maturity.publishing.link_lists import LinkRow, as_csv, as_sheet
from maturity.storage import people as stored_people
from maturity.storage import sign_in as stored
from maturity.storage.audit import record
from maturity.storage.engine import Tx, new_id
from maturity.words.messages import counted
from maturity.words.people_sentences import ROLE_NAMES

__all__ = ["LinkRow", "link_rows", "links_csv", "links_sheet", "make_links"]

MOST_AT_ONCE = 500


def make_links(
    workspace: Workspace,
    visitor: Visitor,
    person_ids: Sequence[UUID],
    *,
    days: int = LINK_DAYS,
    chance: Chance = os.urandom,
) -> tuple[NewLink, ...]:
    """A new personal link for each of these people, in their order; earlier ones go on. All or none: one person whom
    the visitor may not decide over, or who has left, refuses the whole."""
    require(visitor, "invite", organisation=None)
    checked_days(days)
    wanted = list(dict.fromkeys(person_ids))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise Refused(f"links are made for 1 to {MOST_AT_ONCE} people at once, not {len(wanted)}; choose fewer or some")
    secrets = [tokens.token(chance(tokens.BYTES)) for _ in wanted]

    def write(tx: Tx) -> tuple[NewLink, ...]:
        now = workspace.clock()
        made = [
            _made(visitor, person, now, days, secret)
            for person, secret in zip(_allowed(tx, visitor, wanted), secrets, strict=True)
        ]
        stored.add_links(tx, [(each.link, tokens.hashed(each.token)) for each in made])
        detail = {"people": [str(each) for each in wanted], "days": days}
        subject = counted(len(wanted), "person", "people")
        record(tx, made_at=now, actor=visitor.person, verb="make links", subject=subject, detail=detail)
        return tuple(made)

    return workspace.store.write(write)


def _allowed(tx: Tx, visitor: Visitor, wanted: Sequence[UUID]) -> list[Person]:
    """These people, read at once, or a refusal because of the first who cannot be given a link by the visitor."""
    known = {each.id: each for each in stored_people.people(tx)}
    held: dict[UUID, list[GivenRole]] = {}
    for each in stored_people.given_roles(tx):
        held.setdefault(each.person_id, []).append(each)
    for one in wanted:
        person = known.get(one) or person_of(tx, one)
        if not person.is_here:
            raise Refused(f"{person.name} has left and gets no link; say first that they are back")
        require_over_roles(visitor, held.get(one, ()))
    return [known[one] for one in wanted]


def _made(visitor: Visitor, person: Person, now: datetime, days: int, secret: str) -> NewLink:
    link = PersonalLink(
        id=new_id(now), person_id=person.id, made_by=visitor.person, made_at=now, expires_at=now + timedelta(days=days)
    )
    return NewLink(link=link, token=secret, person=person)


def link_rows(
    workspace: Workspace,
    visitor: Visitor,
    made: Sequence[NewLink],
    base: str,
    organisation: str | None = None,
    *,
    local: Callable[[datetime], datetime] = lambda moment: moment,
) -> tuple[LinkRow, ...]:
    """Links just made as they are handed out: with names of departments and roles, and the whole address of each.
    `local` turns a moment into the reader's own time, whose day is the last one."""
    mine = the_organisation(workspace, visitor, organisation, verb="invite")
    begins = checked_address(base)
    roles = {each.person.id: each.roles for each in people(workspace, visitor, mine.name)}
    return tuple(
        _row(mine, each, roles.get(each.person.id, ()), begins, local(each.link.expires_at).date()) for each in made
    )


def _row(mine: Organisation, made: NewLink, roles: Sequence[GivenRole], begins: str, until: date) -> LinkRow:
    departments = [mine.names.get(each.department, each.department) for each in roles if each.department]
    return LinkRow(
        name=made.person.name,
        email=made.person.email,
        departments=tuple(dict.fromkeys(departments)),
        roles=tuple(dict.fromkeys(ROLE_NAMES[each.role] for each in roles)),
        link=begins + made.path,
        until=until,
    )


def links_csv(rows: Sequence[LinkRow]) -> str:
    """Links as CSV: name, email, department, role, link, valid until."""
    return as_csv(rows)


def links_sheet(rows: Sequence[LinkRow], organisation: str, made_on: date) -> str:
    """Links as one HTML file to print: a card with a QR code for each person."""
    return as_sheet(rows, organisation, made_on)
