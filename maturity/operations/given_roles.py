"""Roles as they are given, handed over and taken away, and who may decide over whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from maturity.access.people import GivenRole, Person
from maturity.access.permissions import NotPermitted, Verb, may, require
from maturity.access.roles import OF_A_DEPARTMENT, ROLES, Role, Visitor
from maturity.operations.changes import change
from maturity.operations.errors import Changed, Refused
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import people as stored
from maturity.storage import setup as stored_setup
from maturity.storage.engine import Conflict, NotStored, RuleBroken, Tx, new_id

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a role holds: an organisation (None: all of the installation's), maybe one department of it."""

    organisation_id: UUID | None
    department_id: UUID | None = None
    department: str | None = None

    @property
    def detail(self) -> dict[str, Any]:
        """What the trail says of it."""
        return {"department": self.department} if self.department else {}


def give_role(
    workspace: Workspace,
    visitor: Visitor,
    person_id: UUID,
    role: Role,
    department: str | None = None,
    *,
    until: date | None = None,
    organisation: str | None = None,
    installation: bool = False,
) -> None:
    """Gives somebody who is known here one more role; `installation` as in `people.add_person`."""
    place = place_of_role(workspace, visitor, role, department, organisation, installation)

    def write(tx: Tx, now: datetime) -> None:
        person = stored.person_of(tx, person_id)
        if not person.is_here:
            raise Refused(f"{person.name} has left and gets no role; say first that they are back")
        require_known(tx, visitor, person, place.organisation_id)
        give(tx, workspace, visitor, person, role, place, until, now)

    changed_people(
        workspace, visitor, write, verb="give role", subject=str(person_id), detail={"role": role, **place.detail}
    )


def end_role(workspace: Workspace, visitor: Visitor, grant_id: UUID) -> None:
    """Takes a role away; it ends at that person's next click, and with it what was handed over from it. Whoever handed
    a department over can take it back. The last administrator keeps theirs."""

    def write(tx: Tx, now: datetime) -> None:
        given = stored.role_given(tx, grant_id)
        if str(given.delegated_by) != visitor.person:
            _require_over(visitor, given)
        keep_an_administrator(tx, workspace, {given.id})
        stored.end_role(tx, grant_id, now)
        if given.role == "department_lead":  # what was handed over ends with what it came from
            for each in stored.given_roles(tx):
                if each.delegated_by == given.person_id and each.department_id == given.department_id:
                    stored.end_role(tx, each.id, now)

    require(visitor, "read_help", organisation=None)
    changed_people(workspace, visitor, write, verb="end role", subject=str(grant_id), detail={})


def require_over_person(tx: Tx, visitor: Visitor, person_id: UUID) -> None:
    """Inside a transaction: refuse whoever may not decide over all that this person may do. Making somebody a link
    means being able to act as them, so one organisation's administrator may not do it where another's role is held."""
    require_over_roles(visitor, stored.roles_of(tx, person_id))


def require_over_roles(visitor: Visitor, roles: Sequence[GivenRole]) -> None:
    """As `require_over_person`, of all the roles that somebody holds."""
    if not roles:
        require(visitor, "manage_people", organisation=None)
    for each in roles:
        _require_over(visitor, each)


def _require_over(visitor: Visitor, given: GivenRole) -> None:
    verb, department, organisation = _what_is_over(given)
    require(visitor, verb, department, organisation=organisation)


def decides_over(visitor: Visitor, given: GivenRole) -> bool:
    """Whether the visitor may take this role away, and make links for who holds nothing above it: for pages, which
    offer only what will not be refused."""
    return may(visitor, *_what_is_over(given))


def _what_is_over(given: GivenRole) -> tuple[Verb, str | None, UUID | None]:
    if given.organisation_id is None:
        return "run_installation", None, None
    return _over(given.role), given.department, given.organisation_id


def _over(role: Role) -> Verb:
    return "invite" if role in OF_A_DEPARTMENT else "manage_people"


def require_known(tx: Tx, visitor: Visitor, person: Person, organisation: UUID | None) -> None:
    """A person of another organisation is not given roles by their id, which only a guess could know."""
    roles = stored.roles_of(tx, person.id)
    if not may(visitor, "run_installation") and roles and all(r.organisation_id != organisation for r in roles):
        raise NotPermitted("this person belongs to another organisation; add them by their e-mail address")


def place_of_role(
    workspace: Workspace, visitor: Visitor, role: Role, department: str | None, name: str | None, installation: bool
) -> Place:
    """Where a role is to hold, refused where it cannot, or where the visitor may not give it there."""
    if role not in ROLES:
        raise Refused(f"{role!r} is no role; choose one of {', '.join(ROLES)}")
    if installation:
        require(visitor, "run_installation", organisation=None)
        if role != "administrator" or department:
            raise Refused("only administrators hold their role in the whole installation; name an organisation")
        return Place(None)
    mine = the_organisation(workspace, visitor, name, verb=_over(role))
    if role in OF_A_DEPARTMENT and not department:
        raise Refused(f"the role {role.replace('_', ' ')!r} holds for a department; choose which")
    if department is None:
        return Place(mine.id)
    require(visitor, _over(role), department, organisation=mine.id)
    return Place(mine.id, *department_of(workspace, mine.id, department))


def department_of(workspace: Workspace, organisation_id: UUID, code: str) -> tuple[UUID, str]:
    """Id and code of a department of the organisation, or a refusal."""
    with workspace.store.reading() as tx:
        known = {each.code: each.id for each in stored_setup.departments(tx, organisation_id)}
    if code not in known:
        raise Refused(f"there is no department {code!r}; choose one of {', '.join(known) or 'none yet'}")
    return known[code], code


def give(
    tx: Tx, workspace: Workspace, visitor: Visitor, person: Person, role: Role, place: Place, until: date | None,
    now: datetime, by: UUID | None = None,
) -> None:  # fmt: skip
    """Inside a transaction: the role is given; a shorter one of the same kind gives way to it."""
    if until is not None and until < now.date():
        raise Refused(f"the role would end on {until}, which is over; choose a later day or none")
    same = [
        each
        for each in stored.roles_of(tx, person.id)
        if (each.role, each.organisation_id, each.department_id) == (role, place.organisation_id, place.department_id)
    ]
    if any(
        each.until is None or (until is not None and until <= each.until) for each in same if each.holds(now.date())
    ):
        raise Refused(f"{person.name} holds this role already; nothing was changed")
    for each in same:
        stored.end_role(tx, each.id, now)
    given = GivenRole(
        id=new_id(now), person_id=person.id, organisation_id=place.organisation_id, department_id=place.department_id,
        department=place.department, role=role, until=until, delegated_by=by, given_by=visitor.person, given_at=now,
    )  # fmt: skip
    stored.give_role(tx, given)


def keep_an_administrator(tx: Tx, workspace: Workspace, ending: set[UUID]) -> None:
    """Refuse to end the last role that runs the installation, once there is one: nobody could come in to mend it."""
    today = workspace.clock().date()
    running = {
        each.id
        for each in stored.given_roles(tx)
        if each.role == "administrator" and each.organisation_id is None and each.holds(today)
    }
    if running and running <= ending:
        raise Refused("this is the last administrator of the installation; make somebody else one first")


def changed_people(
    workspace: Workspace, visitor: Visitor, write: Callable[[Tx, datetime], T], *, verb: str, subject: str,
    detail: dict[str, Any],
) -> T:  # fmt: skip
    """One change to people, noted by ids; what the store refuses becomes a sentence."""
    try:
        return change(workspace, visitor, write, scope=stored.PEOPLE, verb=verb, subject=subject, detail=detail)
    except Conflict as error:
        raise Changed(str(error)) from None
    except (NotStored, RuleBroken) as error:
        raise Refused(str(error)) from None
