"""Everybody in the installation, in whatever organisation, for whoever runs it; and one of them by a word."""

from __future__ import annotations

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.errors import Refused
from maturity.operations.people import KnownPerson
from maturity.operations.workspace import Workspace
from maturity.storage import people as stored
from maturity.storage import sign_in as stored_links

MOST_NAMED = 5


def everybody(workspace: Workspace, visitor: Visitor) -> tuple[KnownPerson, ...]:
    """All people with all their roles, by name, those who left too; who was erased is left out."""
    require(visitor, "run_installation", organisation=None)
    with workspace.store.reading() as tx:
        known, given = stored.people(tx), stored.given_roles(tx)
        newest = {link.person_id: link for link in reversed(stored_links.links(tx))}
    return tuple(
        KnownPerson(
            person=person,
            roles=tuple(each for each in given if each.person_id == person.id),
            link=newest.get(person.id),
        )
        for person in known
        if person.erased_at is None
    )


def find_person(workspace: Workspace, visitor: Visitor, who: str) -> KnownPerson:
    """The person with this id, e-mail address, or name where only one bears it."""
    wanted = " ".join(who.split()).casefold()
    every = everybody(workspace, visitor)
    found = [each for each in every if wanted in (str(each.person.id), each.person.email)]
    found = found or [each for each in every if each.person.name.casefold() == wanted]
    if not found:
        raise Refused(f"nobody here is {who!r}; give an id, an e-mail address or a whole name from `person list`")
    if len(found) > 1:
        ids = ", ".join(str(each.person.id) for each in found[:MOST_NAMED])
        raise Refused(f"{len(found)} people are called {who!r}; name one by the id: {ids}")
    return found[0]
