"""Who leads a department for its head, as the head sees it."""

from __future__ import annotations

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.links import own_id
from maturity.operations.people import KnownPerson
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
