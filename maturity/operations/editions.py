"""Editions of the public roadmap: drafted from an approved version, checked, proposed, approved by somebody else.

What has been published never changes: it can only be withdrawn, and then its hash stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import Verb, require
from maturity.access.roles import ROLE_NAMES, Visitor
from maturity.access.visibility import FIELDS
from maturity.operations.changes import change, identity, public_scope, short_text
from maturity.operations.edition_making import Around, Making, around, making
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.plan_versions import BodyDecision, decided_by
from maturity.operations.public_settings import checked_contact, checked_languages, checked_licence, settings_of
from maturity.operations.setup import Organisation, organisations, the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.edition_checks import Check, checked
from maturity.roadmap.edition_drafts import EditionChoices
from maturity.roadmap.editions import (
    Edition,
    EditionStep,
    KeptEdition,
    State,
    StepKind,
    edition_hash,
    edition_text,
    read_edition,
)
from maturity.roadmap.versions import Version
from maturity.storage import editions as stored
from maturity.storage import plan_versions as stored_versions
from maturity.storage.engine import Tx, new_id

__all__ = [
    "BodyDecision", "Check", "EditionChoices", "Preview", "approve_edition", "change_edition", "edition_in_force",
    "editions", "give_up_edition", "preview_edition", "propose_edition", "return_edition", "start_edition",
    "withdraw_edition",
]  # fmt: skip
LONGEST_NAME, LONGEST_TITLE, LONGEST_LEAD, MOST_ACTIONS = 120, 120, 1_000, 5_000
SAID: dict[str, str] = {
    "draft": "is a draft", "proposed": "is proposed", "published": "is published", "withdrawn": "was withdrawn",
    "given_up": "was given up",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An edition as it would be published: of a draft as things stand now, of a proposed one what was proposed, of a
    published one what is. `text` is its very text; `checks` are empty once it is published. `every` are the actions
    that can be chosen: code, what it is called inside, phase, department. `stale` is set where the version is no
    longer the one in force."""

    kept: KeptEdition
    edition: Edition
    text: str
    checks: tuple[Check, ...] = ()
    every: tuple[tuple[str, str, int, str], ...] = ()
    stale: bool = False

    @property
    def stops(self) -> tuple[Check, ...]:
        """The findings that keep it from being proposed or published."""
        return tuple(each for each in self.checks if each.stops)


def editions(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[KeptEdition, ...]:
    """Every edition with what became of it, the earliest first."""
    mine = the_organisation(workspace, visitor, organisation, verb="approve_edition")
    with workspace.store.reading() as tx:
        return stored.editions_of(tx, mine.id)


def edition_in_force(tx: Tx, organisation_id: UUID) -> KeptEdition | None:
    """The latest published edition that was not withdrawn."""
    standing = [each for each in stored.chain_of(tx, organisation_id) if each.state == "published"]
    return standing[-1] if standing else None


def start_edition(
    workspace: Workspace, visitor: Visitor, name: str, version_id: str | None = None, *,
    choices: EditionChoices | None = None, organisation: str | None = None,
) -> KeptEdition:  # fmt: skip
    """Starts a draft from the approved version in force. Without `choices` nothing is chosen: neither an action nor a
    field, only what holds for every edition."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    called = _name(name)

    def write(tx: Tx, now: datetime) -> KeptEdition:
        version = _in_force(tx, mine.id, version_id)
        usual, today = settings_of(tx, mine.id), local_day(tx, mine.id, now)
        chosen = choices or EditionChoices(
            languages=usual.languages, contact=usual.contact, licence=usual.licence,
            next_update_on=usual.next_update(today),
        )  # fmt: skip
        made = KeptEdition(
            id=str(new_id(now)), version_id=version.id, number=None, name=called, state="draft",
            choices=_checked(chosen).model_dump(mode="json"), body="", sha256="", previous="", made_by=visitor.name,
            made_at=now, row_version=1,
        )  # fmt: skip
        stored.add_edition(tx, mine.id, made)
        return made

    return change(
        workspace, visitor, write, scope=public_scope(mine.id), verb="start edition", subject=called, detail={}
    )


def change_edition(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, choices: EditionChoices,
    name: str | None = None,
) -> KeptEdition:  # fmt: skip
    """Writes choices over the draft as it was read; its version becomes the one in force."""
    kept = _checked(choices)

    def turn(tx: Tx, found: KeptEdition, now: datetime, place: UUID) -> KeptEdition:
        _require(found, "draft")
        version = _in_force(tx, place, None)
        if found.version_id != version.id:
            raise Refused(
                f"version {version.number}, {version.name!r}, has been approved since this draft was started; give "
                "the draft up and start another from it"
            )
        called = _name(name) if name is not None else found.name
        return replace(found, choices=kept.model_dump(mode="json"), name=called)

    detail = {"fields": list(kept.fields), "actions": "all" if kept.everything else len(kept.actions)}
    return _turn(workspace, visitor, edition_id, row_version, "publish", "change edition", turn, None, detail)


def preview_edition(workspace: Workspace, visitor: Visitor, edition_id: str) -> Preview:
    """What residents would read, with its checks."""
    mine, kept, version = _found(workspace, visitor, edition_id, "approve_edition")
    if kept.state in ("published", "withdrawn"):
        return Preview(kept=kept, edition=kept.edition, text=kept.body)
    here = around(workspace, visitor, mine, version.snapshot.round)
    with workspace.store.reading() as tx:
        made = making(tx, workspace, version, here)
        force = stored_versions.approved(tx, mine.id)
    edition = kept.edition if kept.body else made.draft(choices_of(kept))
    every = tuple(
        (each.action.code, each.action.title, each.action.phase, each.department) for each in made.material.actions
    )
    return Preview(
        kept=kept, edition=edition, text=edition_text(edition), checks=_checks(made, edition), every=every,
        stale=force is None or force.id != version.id,
    )  # fmt: skip


def choices_of(kept: KeptEdition) -> EditionChoices:
    """What was chosen for an edition."""
    return EditionChoices.model_validate(dict(kept.choices))


def _checks(made: Making, edition: Edition) -> tuple[Check, ...]:
    material = made.material
    return checked(edition, names=material.names, roles=made.roles, shut=material.shut, today=material.today)


def propose_edition(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, note: str = ""
) -> KeptEdition:
    """Puts a draft forward: its text stands from now on. Refused while a check stops it."""
    mine, _, version = _found(workspace, visitor, edition_id, "publish")
    here, said = around(workspace, visitor, mine, version.snapshot.round), short_text(note, "the note")

    def turn(tx: Tx, found: KeptEdition, now: datetime, place: UUID) -> KeptEdition:
        _require(found, "draft")
        made = _fresh(tx, workspace, found, version, here, place)
        edition = made.draft(choices_of(found))
        _refuse_stopped(_checks(made, edition))
        stored.add_edition_step(tx, UUID(found.id), _step("proposed", visitor, now, said))
        return replace(found, state="proposed", body=edition_text(edition))

    return _turn(workspace, visitor, edition_id, row_version, "publish", "propose edition", turn, "proposed")


def approve_edition(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, *, note: str = "",
    by: BodyDecision | None = None,
) -> KeptEdition:  # fmt: skip
    """Approves a proposed edition as a second person, or notes that a body has, and publishes it: it gets its number,
    the hash before it and its own, and never changes again."""
    mine, _, version = _found(workspace, visitor, edition_id, "approve_edition")
    here, said = around(workspace, visitor, mine, version.snapshot.round), short_text(note, "the note")

    def turn(tx: Tx, found: KeptEdition, now: datetime, place: UUID) -> KeptEdition:
        _require(found, "proposed")
        proposer = found.last("proposed")
        if by is None and proposer and proposer.person == visitor.person:
            raise Refused(
                f"you proposed {found.name!r} yourself, so somebody else has to approve it; ask leadership, or note "
                "the decision of a body"
            )
        made = _fresh(tx, workspace, found, version, here, place)
        decided = decided_by(tx, place, by, now) if by else {}
        edition = _as_published(tx, found, made, decided, visitor, place)
        _refuse_stopped(_checks(made, edition))
        text = edition_text(edition)
        stored.add_edition_step(tx, UUID(found.id), _step("published", visitor, now, said, decided))
        return replace(
            found, state="published", body=text, number=edition.number, sha256=edition_hash(text),
            previous=edition.previous,
        )  # fmt: skip

    return _turn(workspace, visitor, edition_id, row_version, "approve_edition", "publish edition", turn, "published")


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
        _require(found, *allowed)
        stored.add_edition_step(tx, UUID(found.id), _step(step, visitor, now, why))
        # What is proposed again is drawn up anew.
        return replace(found, state=to, body="" if step == "returned" else found.body)

    return _turn(workspace, visitor, edition_id, row_version, verb, deed, turn, to, {"reason": why})


Turn = Callable[[Tx, KeptEdition, datetime, UUID], KeptEdition]


def _turn(
    workspace: Workspace, visitor: Visitor, edition_id: str, row_version: int, verb: Verb, deed: str, turn: Turn,
    to: State | None = None, detail: dict[str, Any] | None = None,
) -> KeptEdition:  # fmt: skip
    """Turns an edition alone, over the version that was read. A second click that wants what is there is refused with
    what became of it."""
    mine, _, _ = _found(workspace, visitor, edition_id, verb)
    noted: dict[str, Any] = dict(detail or {})

    def write(tx: Tx, now: datetime) -> KeptEdition:
        tx.alone(public_scope(mine.id))
        found = stored.edition_of(tx, UUID(edition_id))
        assert found is not None, "editions are never removed"
        if to is not None and found.state == to:
            raise Changed(f"{found.name!r} {SAID[found.state]} already; load the page again")
        turned = turn(tx, found, now, mine.id)
        raised = stored.change_edition(tx, replace(turned, row_version=row_version))
        if raised is None:
            raise Changed(f"{found.name!r} was changed by somebody else meanwhile; look at it, then do it again")
        noted.update({"number": turned.number, "sha256": turned.sha256} if turned.number else {})
        done = stored.edition_of(tx, UUID(edition_id))
        assert done is not None
        return done

    return change(workspace, visitor, write, scope=public_scope(mine.id), verb=deed, subject=edition_id, detail=noted)


def _found(
    workspace: Workspace, visitor: Visitor, edition_id: str, verb: Verb
) -> tuple[Organisation, KeptEdition, Version]:
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


def _in_force(tx: Tx, organisation_id: UUID, version_id: str | None) -> Version:
    version = stored_versions.approved(tx, organisation_id)
    if version is None:
        raise Refused(
            "no version of the plan is approved yet; propose it on Versions and have it approved, then make an edition"
        )
    if version_id not in (None, version.id):
        raise Refused(
            f"an edition is made from the version in force, {version.number}: {version.name!r}; choose that one"
        )
    return version


def _fresh(tx: Tx, workspace: Workspace, found: KeptEdition, version: Version, here: Around, place: UUID) -> Making:
    force = stored_versions.approved(tx, place)
    if force is None or force.id != found.version_id:
        raise Changed(
            f"another version of the plan has been approved since {found.name!r} was drafted; give it up and start "
            "another from the version in force"
        )
    return making(tx, workspace, version, here)


def _refuse_stopped(found: tuple[Check, ...]) -> None:
    stops = [each for each in found if each.stops]
    if stops:
        first = stops[0]
        where = f" ({first.slug})" if first.slug else ""
        raise Refused(
            f"{len(stops)} of the checks {'stops' if len(stops) == 1 else 'stop'} this edition, the first is "
            f"{first.code.replace('_', ' ')}{where}; mend what the list of checks names, then do it again"
        )


def _require(found: KeptEdition, *states: State) -> None:
    if found.state not in states:
        raise Changed(f"{found.name!r} {SAID[found.state]}; load the page again")


def _step(
    step: StepKind, visitor: Visitor, now: datetime, note: str, body: dict[str, Any] | None = None
) -> EditionStep:
    return EditionStep(step=step, note=note, body=body or {}, person=visitor.person, made_by=visitor.name, made_at=now)


def _name(name: str) -> str:
    called = " ".join(name.split())
    if not 1 <= len(called) <= LONGEST_NAME or not called.isprintable():
        raise Refused(f"an edition's name has 1 to {LONGEST_NAME} characters that can be read; enter another")
    return called


def _checked(choices: EditionChoices) -> EditionChoices:
    if strange := sorted(set(choices.fields) - set(FIELDS)):
        raise Refused(f"there is no field {strange[0][:40]!r}; choose from the list")
    if len(choices.actions) > MOST_ACTIONS:
        raise Refused(f"at most {MOST_ACTIONS} actions can be chosen, not {len(choices.actions)}; choose all instead")
    for texts, what, most in ((choices.title, "the title", LONGEST_TITLE), (choices.lead, "the lead", LONGEST_LEAD)):
        for text in texts.values():
            if len(text) > most:
                raise Refused(f"{what} has {len(text)} characters, at most {most} are kept; shorten it")
    return choices.model_copy(
        update={
            "contact": checked_contact(choices.contact),
            "languages": checked_languages(choices.languages),
            "licence": checked_licence(choices.licence),
        }
    )
