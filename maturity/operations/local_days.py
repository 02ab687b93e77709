"""The organisation's own days: moments are kept in UTC, and a day begins where the city is.

Whether an action is late must not hang on where its reader sits, so everything that counts days counts these."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from maturity.storage.engine import Tx
from maturity.storage.setup import zone_of


def local_day(tx: Tx, organisation_id: UUID, moment: datetime) -> date:
    """The day of a moment in the organisation's zone; in UTC where none is set, or this machine does not know it."""
    return in_zone(moment, zone_of(tx, organisation_id)).date()


def in_zone(moment: datetime, zone: str | None) -> datetime:
    """A moment as the clocks of a zone (an IANA name) show it."""
    try:
        return moment.astimezone(ZoneInfo(zone or "UTC"))
    except (KeyError, ValueError, OSError):
        return moment.astimezone(UTC)
