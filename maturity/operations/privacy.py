"""What an organisation says about the personal data it keeps: whom to ask, and how long it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.errors import Refused
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import rows
from maturity.storage import setup as stored
from maturity.storage.audit import record
from maturity.storage.engine import Tx

USUAL_MONTHS = 24
FEWEST_MONTHS, MOST_MONTHS = 1, 120
LONGEST_CONTACT = 300
EXPIRED_DAYS = 30
"""Days after which a session or personal link that has ended or expired is thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyTerms:
    """`contact` is whom people ask about their data, empty while nobody is named; `retention_months` counts from the
    day that somebody left."""

    organisation: str
    contact: str = ""
    retention_months: int = USUAL_MONTHS


def privacy_terms(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> PrivacyTerms:
    """What the organisation has set; the usual months and no contact where it has set nothing."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_help")
    with workspace.store.reading() as tx:
        return terms_of(_row(tx, mine.id))


def set_privacy_terms(
    workspace: Workspace, visitor: Visitor, contact: str, retention_months: int, organisation: str | None = None
) -> PrivacyTerms:
    """Says whom to ask, and for how long people who left are kept."""
    mine = the_organisation(workspace, visitor, organisation, verb="administer")
    said = " ".join(contact.split())
    if len(said) > LONGEST_CONTACT:
        raise Refused(f"the contact has {len(said)} characters, at most {LONGEST_CONTACT} are kept; shorten it")
    if not FEWEST_MONTHS <= retention_months <= MOST_MONTHS:
        raise Refused(
            f"people who left are kept {FEWEST_MONTHS} to {MOST_MONTHS} months, not {retention_months}; choose again"
        )

    def write(tx: Tx) -> PrivacyTerms:
        row = _row(tx, mine.id)
        kept = {**row.settings, "privacy_contact": said, "retention_months": retention_months}
        stored.save_organisation(tx, replace(row, settings=kept))
        detail = {"organisation": mine.name, "retention_months": retention_months}
        now = workspace.clock()
        record(tx, made_at=now, actor=visitor.person, verb="set privacy", subject=str(mine.id), detail=detail)
        return PrivacyTerms(organisation=mine.name, contact=said, retention_months=retention_months)

    return workspace.store.write(write)


def terms_of(row: rows.Organisation) -> PrivacyTerms:
    """What stands in an organisation's settings; a value that does not fit counts as not set."""
    settings: Mapping[str, Any] = row.settings
    months = settings.get("retention_months")
    fits = isinstance(months, int) and FEWEST_MONTHS <= months <= MOST_MONTHS
    contact = settings.get("privacy_contact")
    return PrivacyTerms(
        organisation=row.name,
        contact=contact if isinstance(contact, str) else "",
        retention_months=months if fits and isinstance(months, int) else USUAL_MONTHS,
    )


def months_before(day: date, months: int) -> date:
    """The same day of the month that many months earlier, or the month's last day where it is shorter."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, last))


def _row(tx: Tx, organisation_id: UUID) -> rows.Organisation:
    return next(row for row in stored.organisations(tx) if row.id == organisation_id)
