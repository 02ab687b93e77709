"""Editions of the public roadmap as they stand, and what residents would read of one, with its checks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.edition_making import around, making
from maturity.operations.edition_steps import found_edition
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.edition_checks import Check
from maturity.roadmap.edition_drafts import EditionChoices
from maturity.roadmap.editions import Edition, KeptEdition, edition_text
from maturity.storage import editions as stored
from maturity.storage import plan_versions as stored_versions
from maturity.storage.engine import Tx

__all__ = ["Check", "Preview", "choices_of", "edition_in_force", "editions", "preview_edition"]


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


def preview_edition(workspace: Workspace, visitor: Visitor, edition_id: str) -> Preview:
    """What residents would read, with its checks."""
    mine, kept, version = found_edition(workspace, visitor, edition_id, "approve_edition")
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
        kept=kept, edition=edition, text=edition_text(edition), checks=made.checks(edition), every=every,
        stale=force is None or force.id != version.id,
    )  # fmt: skip


def choices_of(kept: KeptEdition) -> EditionChoices:
    """What was chosen for an edition."""
    return EditionChoices.model_validate(dict(kept.choices))
