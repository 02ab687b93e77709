"""People of the store for tests: with a role, a personal link, a session and an invitation."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from maturity.access.people import GivenRole, Person, PersonalLink, Session
from maturity.access.roles import Grant, Role, Visitor
from maturity.operations.setup import Organisation
from maturity.operations.workspace import Workspace
from maturity.storage import people, sign_in
from maturity.storage import setup as stored_setup
from maturity.storage.engine import Tx, new_id


def known(
    workspace: Workspace,
    name: str,
    role: Role = "respondent",
    department: str | None = None,
    organisation: Organisation | None = None,
    *,
    left_at: datetime | None = None,
) -> Visitor:
    """A new person with one role and a link that was used once; as the visitor that they are."""

    def write(tx: Tx) -> UUID:
        now = workspace.clock()
        person = Person(
            id=new_id(now), name=name, email=f"{name.lower().replace(' ', '.')}@town.example", created_at=now
        )
        person = people.add_person(tx, person)
        places = {d.code: d.id for d in stored_setup.departments(tx, organisation.id)} if organisation else {}
        people.give_role(
            tx,
            GivenRole(
                id=new_id(now),
                person_id=person.id,
                organisation_id=organisation.id if organisation else None,
                department_id=places[department] if department else None,
                department=department,
                role=role,
                given_by="command-line",
                given_at=now,
            ),
        )
        if left_at:
            people.end_roles_of(tx, person.id, left_at)
            people.change_person(tx, Person(**{**_fields(person), "left_at": left_at}))
        return person.id

    person_id = workspace.store.write(write)
    came_in(workspace, person_id)
    grant = Grant(role=role, department=department, organisation=organisation.id if organisation else None)
    return Visitor(person=str(person_id), name=name, grants=(grant,))


def came_in(workspace: Workspace, person_id: UUID, *, days: int = 30) -> None:
    """A link of the person and one session that came in by it."""

    def write(tx: Tx) -> None:
        now = workspace.clock()
        link = PersonalLink(
            id=new_id(now),
            person_id=person_id,
            made_by="command-line",
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        sign_in.add_link(tx, link, f"hash of {link.id}")
        session = Session(
            id=new_id(now),
            person_id=person_id,
            link_id=link.id,
            device="Firefox on Linux",
            started_at=now,
            expires_at=now + timedelta(hours=12),
        )
        sign_in.start_session(tx, session, f"secret of {link.id}")

    workspace.store.write(write)


def _fields(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in Person.__dataclass_fields__}
