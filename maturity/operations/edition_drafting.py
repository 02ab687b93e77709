"""A draft of an edition: started from the approved version in force, and what is chosen for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.access.visibility import FIELDS
from maturity.operations.changes import change, public_scope
from maturity.operations.edition_steps import require_state, turned
from maturity.operations.errors import Refused
from maturity.operations.local_days import local_day
from maturity.operations.public_settings import checked_contact, checked_languages, checked_licence, settings_of
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.edition_drafts import EditionChoices
from maturity.roadmap.editions import KeptEdition
from maturity.roadmap.versions import Version
from maturity.storage import editions as stored
from maturity.storage import plan_versions as stored_versions
from maturity.storage.engine import Tx, new_id

__all__ = ["EditionChoices", "change_edition", "start_edition"]
LONGEST_NAME, LONGEST_TITLE, LONGEST_LEAD, MOST_ACTIONS = 120, 120, 1_000, 5_000


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
        require_state(found, "draft")
        version = _in_force(tx, place, None)
        if found.version_id != version.id:
            raise Refused(
                f"version {version.number}, {version.name!r}, has been approved since this draft was started; give "
                "the draft up and start another from it"
            )
        called = _name(name) if name is not None else found.name
        return replace(found, choices=kept.model_dump(mode="json"), name=called)

    detail = {"fields": list(kept.fields), "actions": "all" if kept.everything else len(kept.actions)}
    return turned(workspace, visitor, edition_id, row_version, "publish", "change edition", turn, None, detail)


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
