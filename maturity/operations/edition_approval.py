"""An edition on its way to residents: proposed, approved by somebody else and published, or sent back, given up,
withdrawn.

What has been published never changes: it can only be withdrawn, and then its hash stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import Verb
from maturity.access.roles import ROLE_NAMES, Visitor
from maturity.operations.changes import short_text
from maturity.operations.edition_making import Around, Making, around, making
from maturity.operations.edition_steps import found_edition, require_state, step_of, turned
from maturity.operations.editions import choices_of
from maturity.operations.errors import Changed, Refused
from maturity.operations.plan_versions import BodyDecision, decided_by
from maturity.operations.workspace import Workspace
from maturity.roadmap.editions import (
    Edition,
    KeptEdition,
    State,
    StepKind,
    edition_hash,
    edition_text,
    read_edition,
    slug_of,
)
from maturity.roadmap.versions import Version
from maturity.storage import editions as stored
from maturity.storage import plan_versions as stored_versions
from maturity.storage.engine import Tx
from maturity.words.edition_sentences import LANGUAGE_NAMES, finding
from maturity.words.messages import counted

__all__ = [
    "BodyDecision", "approve_edition", "give_up_edition", "propose_edition", "return_edition", "withdraw_edition",
]  # fmt: skip


def propose_edition(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, note: str = ""
) -> KeptEdition:
    """Puts a draft forward: its text stands from now on. Refused while a check stops it."""
    mine, _, version = found_edition(workspace, visitor, edition_id, "publish")
    here, said = around(workspace, visitor, mine, version.snapshot.round), short_text(note, "the note")

    def turn(tx: Tx, found: KeptEdition, now: datetime, place: UUID) -> KeptEdition:
        require_state(found, "draft")
        made = _fresh(tx, workspace, found, version, here, place)
        edition = made.draft(choices_of(found))
        _refuse_stopped(made, edition)
        stored.add_edition_step(tx, UUID(found.id), step_of("proposed", visitor, now, said))
        return replace(found, state="proposed", body=edition_text(edition))

    return turned(workspace, visitor, edition_id, row_version, "publish", "propose edition", turn, "proposed")


def approve_edition(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, *, note: str = "",
    by: BodyDecision | None = None,
) -> KeptEdition:  # fmt: skip
    """Approves a proposed edition as a second person, or notes that a body has, and publishes it: it gets its number,
    the hash before it and its own, and never changes again."""
    mine, _, version = found_edition(workspace, visitor, edition_id, "approve_edition")
    here, said = around(workspace, visitor, mine, version.snapshot.round), short_text(note, "the note")

    def turn(tx: Tx, found: KeptEdition, now: datetime, place: UUID) -> KeptEdition:
        require_state(found, "proposed")
        proposer = found.last("proposed")
        if by is None and proposer and proposer.person == visitor.person:
            raise Refused(
                f"you proposed {found.name!r} yourself, so somebody else has to approve it; ask leadership, or note "
                "the decision of a body"
            )
        made = _fresh(tx, workspace, found, version, here, place)
        decided = decided_by(tx, place, by, now) if by else {}
        edition = _as_published(tx, found, made, decided, visitor, place)
        _refuse_stopped(made, edition)
        text = edition_text(edition)
        stored.add_edition_step(tx, UUID(found.id), step_of("published", visitor, now, said, decided))
        return replace(
            found, state="published", body=text, number=edition.number, sha256=edition_hash(text),
            previous=edition.previous,
        )  # fmt: skip

    return turned(workspace, visitor, edition_id, row_version, "approve_edition", "publish edition", turn, "published")


def _as_published(
    tx: Tx, found: KeptEdition, made: Making, decided: dict[str, Any], visitor: Visitor, place: UUID
) -> Edition:
    """What was proposed, with its number, day, the hash before it and who approved it."""
    return read_edition(found.body).model_copy(
        update={
            "number": made.material.number,
            "previous": made.material.previous,
            "published_on": made.material.today,
            "approved_by": str(decided.get("body") or _role_of(visitor, place)),
            "withdrawn": made.material.withdrawn,
        }
    )


def _role_of(visitor: Visitor, organisation_id: UUID) -> str:
    roles = {each.role for each in visitor.grants if each.organisation in (None, organisation_id)}
    return ROLE_NAMES["leader" if "leader" in roles else "administrator"]


def return_edition(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, reason: str
) -> KeptEdition:
    """Sends a proposed edition back with what has to change: it is a draft again."""
    why = short_text(reason, "what has to change", least=3)
    return _close(workspace, visitor, edition_id, row_version, "approve_edition", "returned", why)


def give_up_edition(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, reason: str
) -> KeptEdition:
    """Drops a draft, or one that is proposed, with a reason; it is never published."""
    why = short_text(reason, "why it is given up", least=3)
    return _close(workspace, visitor, edition_id, row_version, "publish", "given_up", why)


def withdraw_edition(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, reason: str
) -> KeptEdition:
    """Takes a published edition off the site, with a reason that residents read. Its hash stays in the chain."""
    why = short_text(reason, "the reason, which residents read,", least=3)
    return _close(workspace, visitor, edition_id, row_version, "approve_edition", "withdrawn", why)


TURNS: dict[StepKind, tuple[tuple[State, ...], State, str]] = {
    "returned": (("proposed",), "draft", "return edition"),
    "given_up": (("draft", "proposed"), "given_up", "give up edition"),
    "withdrawn": (("published",), "withdrawn", "withdraw edition"),
}
"""By step: from which states it goes, to which, and what the deed is called."""


def _close(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, verb: Verb, step: StepKind, why: str
) -> KeptEdition:
    allowed, to, deed = TURNS[step]

    def turn(tx: Tx, found: KeptEdition, now: datetime, place: UUID) -> KeptEdition:
        require_state(found, *allowed)
        stored.add_edition_step(tx, UUID(found.id), step_of(step, visitor, now, why))
        # What is proposed again is drawn up anew.
        return replace(found, state=to, body="" if step == "returned" else found.body)

    return turned(workspace, visitor, edition_id, row_version, verb, deed, turn, to, {"reason": why})


def _fresh(tx: Tx, workspace: Workspace, found: KeptEdition, version: Version, here: Around, place: UUID) -> Making:
    force = stored_versions.approved(tx, place)
    if force is None or force.id != found.version_id:
        raise Changed(
            f"another version of the plan has been approved since {found.name!r} was drafted; give it up and start "
            "another from the version in force"
        )
    return making(tx, workspace, version, here)


def _refuse_stopped(made: Making, edition: Edition) -> None:
    stops = [each for each in made.checks(edition) if each.stops]
    if not stops:
        return
    first, titles = stops[0], {slug_of(each.action.code): each.action.title for each in made.material.actions}
    where = [repr(titles.get(first.slug, first.slug))] if first.slug else []
    where += [LANGUAGE_NAMES[first.language]] if first.language else []
    about = f" ({', '.join(where)})" if where else ""
    said = finding(first.code, first.part, first.value)
    raise Refused(
        f"{counted(len(stops), 'check')} {'stops' if len(stops) == 1 else 'stop'} this edition, the first{about}: "
        f"{said[0].lower()}{said[1:]}"
    )
