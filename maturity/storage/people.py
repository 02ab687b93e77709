"""People and the roles they were given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.access.people import GivenRole, Person
from maturity.storage.engine import Conflict, NotStored, RuleBroken, Tx
from maturity.storage.revision import bump

PEOPLE = "people"  # the revision scope: whoever keeps what somebody may do must ask whether it has risen
_PERSON = "id, name, email, subject, created_at, left_at, erased_at, row_version"
_GRANT = """g.id, g.person_id, g.organisation_id, g.department_id, d.code AS department, g.role, g.until,
  g.delegated_by, g.given_by, g.given_at, g.ended_at"""


def add_person(tx: Tx, new: Person) -> Person:
    """Store a new person; `RuleBroken` where somebody has that e-mail address already."""
    tx.alone(PEOPLE)
    _check_email(tx, new)
    tx.run(
        """INSERT INTO person(id, name, email, subject, created_at, row_version)
           VALUES ($id, $name, $email, $subject, $created, 1)""",
        id=new.id,
        name=new.name,
        email=new.email,
        subject=new.subject,
        created=new.created_at,
    )
    bump(tx, PEOPLE)
    return person_of(tx, new.id)


def change_person(tx: Tx, changed: Person) -> Person:
    """Store an edited person as seen in `row_version`; `Conflict` where somebody else was first."""
    tx.alone(PEOPLE)
    _check_email(tx, changed)
    if person_of(tx, changed.id).row_version != changed.row_version:
        raise Conflict(f"{changed.name} was changed by somebody else meanwhile; look at the change, then save again")
    tx.run(
        """UPDATE person SET name = $name, email = $email, subject = $subject, left_at = $left, erased_at = $erased,
             row_version = row_version + 1 WHERE id = $id""",
        id=changed.id,
        name=changed.name,
        email=changed.email,
        subject=changed.subject,
        left=changed.left_at,
        erased=changed.erased_at,
    )
    bump(tx, PEOPLE)
    return person_of(tx, changed.id)


def _check_email(tx: Tx, person: Person) -> None:
    there = person_by_email(tx, person.email) if person.email else None
    if there is not None and there.id != person.id:
        raise RuleBroken(f"{there.name} has the e-mail address {person.email} already; give another, or change theirs")


def person_of(tx: Tx, person_id: UUID) -> Person:
    """One person by id; `NotStored` where there is none."""
    row = tx.one(f"SELECT {_PERSON} FROM person WHERE id = $id", id=person_id)
    if row is None:
        raise NotStored("this person is not in the store; go back to the list and choose again")
    return Person(**row)


def name_of(tx: Tx, person: str) -> str:
    """The name behind an id as the trail and decisions keep it; nothing for any other text."""
    row = tx.one("SELECT name FROM person WHERE CAST(id AS TEXT) = $person", person=person)
    return str(row["name"]) if row else ""


def person_by_email(tx: Tx, email: str) -> Person | None:
    """The person with this address, in lower case."""
    row = tx.one(f"SELECT {_PERSON} FROM person WHERE email = $email", email=email.lower())
    return Person(**row) if row else None


def person_by_subject(tx: Tx, subject: str) -> Person | None:
    """The person who signed in as this subject before."""
    row = tx.one(f"SELECT {_PERSON} FROM person WHERE subject = $subject", subject=subject)
    return Person(**row) if row else None


def people(tx: Tx) -> list[Person]:
    """Everybody, by name; the erased ones too."""
    return [Person(**row) for row in tx.rows(f'SELECT {_PERSON} FROM person ORDER BY name COLLATE "C", id')]


def give_role(tx: Tx, new: GivenRole) -> None:
    """Store a role as given."""
    tx.run(
        """INSERT INTO person_grant(id, person_id, organisation_id, department_id, role, until, delegated_by, given_by,
             given_at)
           VALUES ($id, $person, $organisation, $department, $role, $until, $delegated, $by, $at)""",
        id=new.id,
        person=new.person_id,
        organisation=new.organisation_id,
        department=new.department_id,
        role=new.role,
        until=new.until,
        delegated=new.delegated_by,
        by=new.given_by,
        at=new.given_at,
    )
    bump(tx, PEOPLE)


def add_many(tx: Tx, people: Iterable[Person], roles: Iterable[GivenRole]) -> None:
    """Store new people and roles at once; the caller has looked for taken e-mail addresses under `tx.alone(PEOPLE)`."""
    tx.insert(
        "person",
        ("id", "name", "email", "subject", "created_at", "row_version"),
        [(each.id, each.name, each.email, each.subject, each.created_at, 1) for each in people],
    )
    columns = ("id", "person_id", "organisation_id", "department_id", "role", "until", "delegated_by")
    tx.insert(
        "person_grant",
        (*columns, "given_by", "given_at"),
        [(*(getattr(each, name) for name in columns), each.given_by, each.given_at) for each in roles],
    )
    bump(tx, PEOPLE)


def end_role(tx: Tx, grant_id: UUID, now: datetime) -> None:
    """Take a role away from now on; it stays in the history."""
    tx.run("UPDATE person_grant SET ended_at = $now WHERE id = $id AND ended_at IS NULL", id=grant_id, now=now)
    bump(tx, PEOPLE)


def end_roles_of(tx: Tx, person_id: UUID, now: datetime) -> None:
    """Take every role of a person away, and those that they handed over to others."""
    tx.run(
        """UPDATE person_grant SET ended_at = $now
           WHERE (person_id = $person OR delegated_by = $person) AND ended_at IS NULL""",
        person=person_id,
        now=now,
    )
    bump(tx, PEOPLE)


def roles_of(tx: Tx, person_id: UUID) -> list[GivenRole]:
    """The roles of one person that were not taken away, in the order they were given."""
    return _grants(tx, "g.person_id = $person AND g.ended_at IS NULL", person=person_id)


def role_given(tx: Tx, grant_id: UUID) -> GivenRole:
    """One role as given; `NotStored` where there is none."""
    found = _grants(tx, "g.id = $id", id=grant_id)
    if not found:
        raise NotStored("this role was never given; go back to the list and choose again")
    return found[0]


def given_roles(tx: Tx) -> list[GivenRole]:
    """Everybody's roles that were not taken away."""
    return _grants(tx, "g.ended_at IS NULL")


def ever_in(tx: Tx, organisation_id: UUID) -> set[UUID]:
    """Who has or had a role in an organisation, by id."""
    found = tx.rows(
        "SELECT DISTINCT person_id FROM person_grant WHERE organisation_id = $organisation",
        organisation=organisation_id,
    )
    return {row["person_id"] for row in found}


def _grants(tx: Tx, condition: str, **params: Any) -> list[GivenRole]:
    found = tx.rows(
        f"""SELECT {_GRANT} FROM person_grant g LEFT JOIN department d ON d.id = g.department_id
            WHERE {condition} ORDER BY g.given_at, g.id""",
        **params,
    )
    return [GivenRole(**row) for row in found]
