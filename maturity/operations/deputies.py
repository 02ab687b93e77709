"""Who leads a department for its head, as the head sees it, and which departments somebody may hand over."""

from __future__ import annotations

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.links import own_id
from maturity.operations.people import KnownPerson
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import people as stored


def deputies(workspace: Workspace, visitor: Visitor) -> tuple[KnownPerson, ...]:
    """The people to whom the visitor has handed a department over, each with the roles that came from it and are not
    over yet."""
    require(visitor, "delegate", organisation=None)
    head, today = own_id(visitor), workspace.clock().date()
    with workspace.store.reading() as tx:
        held = [each for each in stored.given_roles(tx) if head and each.delegated_by == head and each.holds(today)]
        people = {each.id: each for each in stored.people(tx)} if held else {}
    ids = dict.fromkeys(each.person_id for each in held)
    return tuple(
        KnownPerson(person=people[one], roles=tuple(each for each in held if each.person_id == one)) for one in ids
    )


def own_departments(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[str, ...]:
    """Codes of the departments that the visitor leads by their own right, not for somebody else: those they may hand
    over."""
    mine = the_organisation(workspace, visitor, organisation, verb="delegate")
    head, today = own_id(visitor), workspace.clock().date()
    with workspace.store.reading() as tx:
        held = stored.roles_of(tx, head) if head else []
    led = [each for each in held if each.role == "department_lead" and each.holds(today) and not each.delegated_by]
    return tuple(each.department for each in led if each.department and each.organisation_id == mine.id)
