"""Who decides together, such as a data governance council: its members and how many of them have to be there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, plan_scope
from maturity.operations.errors import Changed, Refused
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import plan_versions as stored
from maturity.storage.engine import Tx, new_id
from maturity.storage.plan_versions import GoverningBody

__all__ = ["GoverningBody", "add_body", "bodies", "change_body", "remove_body"]
MOST_MEMBERS, LONGEST = 60, 120


def bodies(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[GoverningBody, ...]:
    """The organisation's bodies by name."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.bodies_of(tx, mine.id)


def add_body(
    workspace: Workspace, visitor: Visitor, name: str, members: Sequence[str], quorum: int,
    organisation: str | None = None,
) -> GoverningBody:  # fmt: skip
    """Adds a body. Refused where its name is taken, a member stands there twice, or the quorum is not between 1 and the
    number of members."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    checked = _checked(GoverningBody(id="", name=name, members=tuple(members), quorum=quorum, set_by=visitor.name))

    def write(tx: Tx, now: datetime) -> GoverningBody:
        tx.alone(f"bodies:{mine.id}")
        _refuse_taken(stored.bodies_of(tx, mine.id), checked)
        made = replace(checked, id=str(new_id(now)))
        stored.add_body(tx, mine.id, made, now)
        return made

    return change(
        workspace, visitor, write, scope=plan_scope(mine.id), verb="add body", subject=checked.name,
        detail=_detail(checked),
    )  # fmt: skip


def change_body(workspace: Workspace, visitor: Visitor, body: GoverningBody) -> GoverningBody:
    """Writes a body over the version that it was read in; decisions that it took before keep what was noted then."""
    return _change(workspace, visitor, _checked(replace(body, set_by=visitor.name)), remove=False)


def remove_body(workspace: Workspace, visitor: Visitor, body: GoverningBody) -> None:
    """Takes a body out of the list, as it was read; its decisions stay."""
    _change(workspace, visitor, replace(body, set_by=visitor.name), remove=True)


def _change(workspace: Workspace, visitor: Visitor, body: GoverningBody, *, remove: bool) -> GoverningBody:
    require(visitor, "edit_plan", organisation=None)
    wanted = identity(body.id, "a body")
    with workspace.store.reading() as tx:
        organisation_id = stored.organisation_of_body(tx, wanted)
    if organisation_id is None:
        raise Refused(f"the body {body.name!r} is not in the list any more; load the page again")
    require(visitor, "edit_plan", organisation=organisation_id)

    def write(tx: Tx, now: datetime) -> GoverningBody:
        tx.alone(f"bodies:{organisation_id}")
        if not remove:
            _refuse_taken(stored.bodies_of(tx, organisation_id), body)
        version = stored.change_body(tx, body, now, remove=remove)
        if version is None:
            raise Changed(f"{body.name!r} was changed by somebody else meanwhile; look at it, then save again")
        return replace(body, row_version=version)

    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb="remove body" if remove else "change body",
        subject=body.name, detail={} if remove else _detail(body),
    )  # fmt: skip


def _checked(body: GoverningBody) -> GoverningBody:
    name = _short(body.name, "the name of the body")
    members = tuple(_short(each, "the name of a member") for each in body.members if each.strip())
    known: set[str] = set()
    for each in members:
        if each.casefold() in known:
            raise Refused(f"{each} stands among the members of {name} twice; name everybody once")
        known.add(each.casefold())
    if not 1 <= len(members) <= MOST_MEMBERS:
        raise Refused(f"{name} needs 1 to {MOST_MEMBERS} members, not {len(members)}; name them, one a line")
    if isinstance(body.quorum, bool) or not isinstance(body.quorum, int) or not 1 <= body.quorum <= len(members):
        raise Refused(f"the quorum of {name} is a whole number from 1 to its {len(members)} members, not {body.quorum}")
    return replace(body, name=name, members=members)


def _short(text: str, what: str) -> str:
    kept = " ".join(text.split())
    if not 1 <= len(kept) <= LONGEST or not kept.isprintable():
        raise Refused(f"{what} has 1 to {LONGEST} characters that can be read; {kept[:40]!r} does not")
    return kept


def _refuse_taken(every: Sequence[GoverningBody], body: GoverningBody) -> None:
    if any(each.id != body.id and each.name.casefold() == body.name.casefold() for each in every):
        raise Refused(f"there is a body {body.name!r} already; choose another name, or change that one")


def _detail(body: GoverningBody) -> dict[str, object]:
    return {"members": list(body.members), "quorum": body.quorum}
