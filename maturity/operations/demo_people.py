"""The demo's people on their way into the store: their roles, who stands in for whom, links that nobody comes in by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from maturity.access.people import GivenRole, Person, PersonalLink
from maturity.demo.inhabitants import HandOver, Inhabitant, Inhabitants
from maturity.operations.demo_filling import Chair, at_nine
from maturity.storage import people as stored
from maturity.storage import sign_in as stored_links
from maturity.storage.audit import record
from maturity.storage.engine import Tx
from maturity.storage.rows import Organisation


def person_ids(chair: Chair, inhabitants: Inhabitants, moment: datetime) -> dict[str, UUID]:
    """The id of everybody, by e-mail address; the seed repeats them."""
    return {each.email: chair.new_person_id(moment) for each in inhabitants.people}


def fill_people(
    chair: Chair, organisation: Organisation, inhabitants: Inhabitants, departments: Mapping[str, UUID]
) -> None:
    """Everybody as they were given their roles when the organisation was set up."""
    moment = organisation.created_at
    people = [
        Person(id=chair.people[each.email], name=each.name, email=each.email, created_at=moment)
        for each in inhabitants.people
    ]
    by = str(chair.people[inhabitants.runs])
    roles = [
        _given(chair, organisation, each, place, departments, by, moment)
        for each in inhabitants.people
        for place in range(len(each.roles))
    ]

    def write(tx: Tx) -> None:
        stored.add_many(tx, people, roles)
        detail = {"people": len(people), "roles": len(roles)}
        record(tx, made_at=moment, actor="demo", verb="add people", subject=organisation.name, detail=detail)

    chair.workspace.store.write(write)


def _given(
    chair: Chair,
    organisation: Organisation,
    somebody: Inhabitant,
    place: int,
    departments: Mapping[str, UUID],
    by: str,
    moment: datetime,
) -> GivenRole:
    role, department = somebody.roles[place]
    return GivenRole(
        id=chair.new_person_id(moment),
        person_id=chair.people[somebody.email],
        organisation_id=organisation.id,
        department_id=departments[department] if department else None,
        department=department,
        role=role,
        given_by=by,
        given_at=moment,
    )


def fill_changes(
    chair: Chair, organisation: Organisation, inhabitants: Inhabitants, departments: Mapping[str, UUID]
) -> None:
    """What has happened to people since: a department handed over, links made and taken back, somebody gone."""
    by = str(chair.people[inhabitants.runs])

    def write(tx: Tx) -> None:
        if inhabitants.handed_over:
            _hand_over(tx, chair, organisation, inhabitants.handed_over, departments)
        _links(tx, chair, inhabitants, by)
        for each in inhabitants.people:
            if each.left_on:
                _left(tx, chair.people[each.email], at_nine(each.left_on), by)

    chair.workspace.store.write(write)


def _hand_over(
    tx: Tx, chair: Chair, organisation: Organisation, handed: HandOver, departments: Mapping[str, UUID]
) -> None:
    moment, head = at_nine(handed.on), chair.people[handed.head]
    given = GivenRole(
        id=chair.new_person_id(moment),
        person_id=chair.people[handed.deputy],
        organisation_id=organisation.id,
        department_id=departments[handed.department],
        department=handed.department,
        role="department_lead",
        until=handed.until,
        delegated_by=head,
        given_by=str(head),
        given_at=moment,
    )
    stored.give_role(tx, given)
    detail = {"until": handed.until.isoformat()}
    record(tx, made_at=moment, actor=str(head), verb="hand over department", subject=handed.department, detail=detail)


def _links(tx: Tx, chair: Chair, inhabitants: Inhabitants, by: str) -> None:
    for each in inhabitants.links:
        link = PersonalLink(
            id=chair.new_person_id(each.made_at),
            person_id=chair.people[each.email],
            made_by=by,
            made_at=each.made_at,
            expires_at=each.expires_at,
        )
        stored_links.add_links(tx, [(link, f"{stored_links.NO_TOKEN}{link.id}")])
        if each.used_at:
            stored_links.use_link(tx, link.id, each.used_at)
        if each.revoked_at:
            stored_links.revoke_link(tx, link.id, each.revoked_at)
        subject, days = str(link.person_id), (each.expires_at - each.made_at).days
        record(tx, made_at=each.made_at, actor=by, verb="make link", subject=subject, detail={"days": days})


def _left(tx: Tx, person_id: UUID, moment: datetime, by: str) -> None:
    stored.end_roles_of(tx, person_id, moment)
    stored_links.revoke_links_of(tx, person_id, moment)
    stored.change_person(tx, replace(stored.person_of(tx, person_id), left_at=moment))
    record(tx, made_at=moment, actor=by, verb="person left", subject=str(person_id), detail={})
