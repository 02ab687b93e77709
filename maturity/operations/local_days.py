"""The organisation's own days: moments are kept in UTC, and a day begins where the city is.

Whether an action is late must not hang on where its reader sits, so everything that counts days counts these."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from maturity.operations.workspace import Workspace
from maturity.storage.engine import Tx
from maturity.storage.setup import zone_of

LEAST = timedelta(microseconds=1)
"""Moments are kept to the microsecond."""


def local_day(tx: Tx, organisation_id: UUID, moment: datetime) -> date:
    """The day of a moment in the organisation's zone; in UTC where none is set, or this machine does not know it."""
    return in_zone(moment, zone_of(tx, organisation_id)).date()


def own_day(workspace: Workspace, organisation_id: UUID) -> date:
    """The organisation's today, for where no transaction is open yet."""
    with workspace.store.reading() as tx:
        return local_day(tx, organisation_id, workspace.clock())


def in_zone(moment: datetime, zone: str | None) -> datetime:
    """A moment as the clocks of a zone (an IANA name) show it."""
    return moment.astimezone(zone_info(zone))


def end_of_day(day: date, zone: str | None) -> datetime:
    """The last moment of a day in a zone, in UTC: a day has 23 or 25 hours where the clocks change, and the next one
    begins where it ends."""
    if day == date.max:
        return datetime.max.replace(tzinfo=UTC)
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone_info(zone))
    return midnight.astimezone(UTC) - LEAST


def zone_info(zone: str | None) -> ZoneInfo:
    """The zone of this name; UTC without one, or where this machine does not know it."""
    try:
        return ZoneInfo(zone or "UTC")
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")
