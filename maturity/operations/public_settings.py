"""What holds for every edition: where people are heard, languages, licence, how often it is updated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, get_args
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.changes import change, public_scope
from maturity.operations.errors import Refused
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.targets import add_months
from maturity.roadmap.edition_checks import CONTACT
from maturity.roadmap.editions import LANGUAGES, Language
from maturity.storage import rows
from maturity.storage import setup as stored
from maturity.storage.engine import Tx

LICENCES: Mapping[str, str] = {
    "CC-BY-4.0": "Creative Commons Attribution 4.0",
    "CC0-1.0": "Creative Commons Zero 1.0: no rights reserved",
    "OGL-UK-3.0": "Open Government Licence 3.0",
    "ODC-BY-1.0": "Open Data Commons Attribution 1.0",
}
"""Licences under which editions may be published, by their SPDX id."""
FEWEST_MONTHS, MOST_MONTHS, USUAL_MONTHS = 1, 12, 3
KEY = "public_roadmap"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSettings:
    """`contact` is an address of mail or the web, "" while nobody has said it; `months` from one update to the next."""

    contact: str = ""
    languages: tuple[Language, ...] = ("en",)
    licence: str = "CC-BY-4.0"
    months: int = USUAL_MONTHS

    def next_update(self, today: date) -> date:
        """When the next edition is due, counted from a day."""
        return add_months(today, self.months)


def public_settings(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> PublicSettings:
    """What the organisation has set, and the usual for what it has not."""
    mine = the_organisation(workspace, visitor, organisation, verb="approve_edition")
    with workspace.store.reading() as tx:
        return settings_of(tx, mine.id)


def set_public_settings(
    workspace: Workspace, visitor: Visitor, settings: PublicSettings, organisation: str | None = None
) -> PublicSettings:
    """Says what holds for the drafts that are started from now on."""
    mine = the_organisation(workspace, visitor, organisation, verb="publish")
    kept = _checked(settings)

    def write(tx: Tx, now: datetime) -> PublicSettings:
        row = _row(tx, mine.id)
        document = {
            "contact": kept.contact, "languages": list(kept.languages), "licence": kept.licence, "months": kept.months
        }  # fmt: skip
        stored.save_organisation(tx, replace(row, settings={**row.settings, KEY: document}))
        return kept

    return change(
        workspace, visitor, write, scope=public_scope(mine.id), verb="set public roadmap", subject=mine.name,
        detail={"licence": kept.licence, "languages": list(kept.languages), "months": kept.months},
    )  # fmt: skip


def settings_of(tx: Tx, organisation_id: UUID) -> PublicSettings:
    """What stands in the organisation's settings; a value that does not fit counts as not set."""
    found: Mapping[str, Any] = _row(tx, organisation_id).settings.get(KEY) or {}
    usual = PublicSettings()
    languages: tuple[Language, ...] = tuple(e for e in found.get("languages", usual.languages) if e in LANGUAGES)
    months = found.get("months", usual.months)
    return PublicSettings(
        contact=str(found.get("contact", "")), languages=languages or usual.languages,
        licence=str(found["licence"]) if found.get("licence") in LICENCES else usual.licence,
        months=months if isinstance(months, int) and FEWEST_MONTHS <= months <= MOST_MONTHS else usual.months,
    )  # fmt: skip


def checked_contact(contact: str) -> str:
    """An address of mail or the web, or nothing."""
    said = contact.strip()
    if said and (len(said) > 200 or not CONTACT.fullmatch(said) or re.search(r"\s", said)):
        raise Refused(f"{said[:60]!r} is no address of mail or the web; write it as data@town.example or https://...")
    return said


def checked_languages(languages: Sequence[str]) -> tuple[Language, ...]:
    """Languages of the site, the default one first; at least one."""
    kept = tuple(dict.fromkeys(languages))
    if not kept or not set(kept) <= set(get_args(Language)):
        raise Refused(f"choose at least one language of {', '.join(LANGUAGES)}")
    return kept  # type: ignore[return-value]


def checked_licence(licence: str) -> str:
    """A licence of the list."""
    if licence not in LICENCES:
        raise Refused(f"{licence[:40]!r} is no licence of the list; choose one of {', '.join(LICENCES)}")
    return licence


def _checked(settings: PublicSettings) -> PublicSettings:
    if not FEWEST_MONTHS <= settings.months <= MOST_MONTHS:
        raise Refused(f"an update comes every {FEWEST_MONTHS} to {MOST_MONTHS} months, not {settings.months}")
    return PublicSettings(
        contact=checked_contact(settings.contact), languages=checked_languages(settings.languages),
        licence=checked_licence(settings.licence), months=settings.months,
    )  # fmt: skip


def _row(tx: Tx, organisation_id: UUID) -> rows.Organisation:
    return next(row for row in stored.organisations(tx) if row.id == organisation_id)
