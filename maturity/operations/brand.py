"""How the organisation's papers look, and the vision that they open with; set by administrators."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from maturity.access.roles import Visitor
from maturity.operations.changes import change, short_text
from maturity.operations.errors import Refused
from maturity.operations.setup import Organisation, the_organisation
from maturity.operations.workspace import Workspace
from maturity.publishing.brand_rules import USUAL_COLOUR, BrandRefused, checked_colour, checked_logo
from maturity.publishing.report_facts import Brand
from maturity.storage import logo as stored
from maturity.storage import setup as stored_setup
from maturity.storage.engine import Tx
from maturity.storage.revision import SETUP, bump

__all__ = ["USUAL_COLOUR", "Brand", "brand", "brand_of", "remove_logo", "set_colour", "set_logo", "set_vision"]
T = TypeVar("T")
LONGEST_VISION = 1_200


def brand(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Brand, str]:
    """Name, colour and logo of an organisation, and its vision, "" while there is none."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_help")
    return brand_of(workspace, mine)


def brand_of(workspace: Workspace, mine: Organisation) -> tuple[Brand, str]:
    """The same of an organisation that was asked for already."""
    with workspace.store.reading() as tx:
        settings, mark = _settings(tx, mine), stored.logo_of(tx, mine.id)
    made = Brand(
        name=mine.name,
        colour=settings.get("colour") or USUAL_COLOUR,
        logo=base64.b64encode(mark.content).decode() if mark else "",
        logo_alt=mark.alt if mark else "",
    )
    return made, settings.get("vision") or ""


def set_colour(workspace: Workspace, visitor: Visitor, colour: str, organisation: str | None = None) -> str:
    """Sets the colour of papers as #RRGGBB, "" for the usual one; refused where it does not read on white."""
    mine = the_organisation(workspace, visitor, organisation, verb="administer")
    kept = _checked(lambda: checked_colour(colour)) if colour.strip() else ""
    _keep(workspace, visitor, mine, "set colour", {"colour": kept})
    return kept or USUAL_COLOUR


def set_vision(workspace: Workspace, visitor: Visitor, vision: str, organisation: str | None = None) -> str:
    """Sets the vision that the strategy document opens with; "" takes it away."""
    mine = the_organisation(workspace, visitor, organisation, verb="administer")
    said = short_text(vision, "the vision")
    if len(said) > LONGEST_VISION:
        raise Refused(f"the vision has {len(said)} characters, at most {LONGEST_VISION} are printed; shorten it")
    _keep(workspace, visitor, mine, "set vision", {"vision": said})
    return said


def set_logo(workspace: Workspace, visitor: Visitor, content: bytes, alt: str, organisation: str | None = None) -> str:
    """Keeps a PNG as the logo, in place of the one before; returns its alternative text as it is kept."""
    mine = the_organisation(workspace, visitor, organisation, verb="administer")
    said = _checked(lambda: checked_logo(content, alt))
    now = _logo(workspace, mine)
    if now and (now.content, now.alt) == (content, said):
        return said

    def write(tx: Tx, now: datetime) -> None:
        stored.put_logo(tx, mine.id, stored.Logo(content=content, alt=said, set_by=visitor.name, set_at=now))

    detail = {"alt": said, "bytes": len(content)}
    change(workspace, visitor, write, scope=SETUP, verb="set logo", subject=mine.name, detail=detail)
    return said


def remove_logo(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> None:
    """Takes the logo away; the name stands in its place."""
    mine = the_organisation(workspace, visitor, organisation, verb="administer")
    if _logo(workspace, mine) is None:
        return

    def write(tx: Tx, now: datetime) -> None:
        stored.drop_logo(tx, mine.id)

    change(workspace, visitor, write, scope=SETUP, verb="remove logo", subject=mine.name)


def _logo(workspace: Workspace, mine: Organisation) -> stored.Logo | None:
    with workspace.store.reading() as tx:
        return stored.logo_of(tx, mine.id)


def _keep(workspace: Workspace, visitor: Visitor, mine: Organisation, verb: str, settings: dict[str, Any]) -> None:
    """Keeps these settings beside the others; nothing is noted where they are so already, as after a second click."""
    with workspace.store.reading() as tx:
        if settings.items() <= _settings(tx, mine).items():
            return

    def write(tx: Tx, now: datetime) -> None:
        bump(tx, SETUP)  # whoever saves another part at the same time waits here, and then reads what this one kept
        row = next(each for each in stored_setup.organisations(tx) if each.id == mine.id)
        stored_setup.save_organisation(tx, replace(row, settings={**row.settings, **settings}))

    change(workspace, visitor, write, scope=SETUP, verb=verb, subject=mine.name, detail=settings)


def _settings(tx: Tx, mine: Organisation) -> dict[str, Any]:
    return dict(next((each.settings for each in stored_setup.organisations(tx) if each.id == mine.id), {}))


def _checked(check: Callable[[], T]) -> T:
    try:
        return check()
    except BrandRefused as error:
        raise Refused(str(error)) from None
