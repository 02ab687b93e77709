"""A step of an edition: found, turned alone over the version that was read, and noted with who did it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import Verb, require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, public_scope
from maturity.operations.errors import Changed, Refused
from maturity.operations.setup import Organisation, organisations
from maturity.operations.workspace import Workspace
from maturity.roadmap.editions import EditionStep, KeptEdition, State, StepKind
from maturity.roadmap.versions import Version
from maturity.storage import editions as stored
from maturity.storage import plan_versions as stored_versions
from maturity.storage.engine import Tx

SAID: dict[str, str] = {
    "draft": "is a draft", "proposed": "is proposed", "published": "is published", "withdrawn": "was withdrawn",
    "given_up": "was given up",
}  # fmt: skip
Turn = Callable[[Tx, KeptEdition, datetime, UUID], KeptEdition]


def turned(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, verb: Verb, deed: str, turn: Turn,
    to: State | None = None, detail: dict[str, Any] | None = None,
) -> KeptEdition:  # fmt: skip
    """Turns an edition alone, over the version that was read. A second click that wants what is there is refused with
    what became of it."""
    mine, _, _ = found_edition(workspace, visitor, edition_id, verb)
    noted: dict[str, Any] = dict(detail or {})

    def write(tx: Tx, now: datetime) -> KeptEdition:
        tx.alone(public_scope(mine.id))
        found = stored.edition_of(tx, UUID(edition_id))
        assert found is not None, "editions are never removed"
        if to is not None and found.state == to:
            raise Changed(f"{found.name!r} {SAID[found.state]} already; load the page again")
        then = turn(tx, found, now, mine.id)
        raised = stored.change_edition(tx, replace(then, row_version=row_version))
        if raised is None:
            raise Changed(f"{found.name!r} was changed by somebody else meanwhile; look at it, then do it again")
        noted.update({"number": then.number, "sha256": then.sha256} if then.number else {})
        done = stored.edition_of(tx, UUID(edition_id))
        assert done is not None
        return done

    return change(workspace, visitor, write, scope=public_scope(mine.id), verb=deed, subject=edition_id, detail=noted)


def found_edition(
    workspace: Workspace, visitor: Visitor, edition_id: str, verb: Verb
) -> tuple[Organisation, KeptEdition, Version]:
    """An edition with its organisation and the version it is made from; refused whom `verb` is not allowed there."""
    require(visitor, verb, organisation=None)
    wanted = identity(edition_id, "an edition")
    with workspace.store.reading() as tx:
        place = stored.organisation_of_edition(tx, wanted)
        if place is None:
            raise Refused("this edition is in no plan of this store; go back to the editions and choose again")
        require(visitor, verb, organisation=place)
        kept = stored.edition_of(tx, wanted)
        assert kept is not None, "editions are never removed"
        version = stored_versions.version_of(tx, UUID(kept.version_id))
    assert version is not None, "versions are never removed"
    mine = next(each for each in organisations(workspace, visitor) if each.id == place)
    return mine, kept, version


def require_state(found: KeptEdition, *states: State) -> None:
    """Refuses an edition that is in another state by now."""
    if found.state not in states:
        raise Changed(f"{found.name!r} {SAID[found.state]}; load the page again")


def step_of(
    step: StepKind, visitor: Visitor, now: datetime, note: str, body: dict[str, Any] | None = None
) -> EditionStep:
    """A step that the visitor takes now."""
    return EditionStep(step=step, note=note, body=body or {}, person=visitor.person, made_by=visitor.name, made_at=now)
