"""The zone that an organisation counts its days in: read, chosen, and the names there are."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from maturity.access.roles import Visitor
from maturity.operations.changes import change
from maturity.operations.errors import Refused
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.storage import setup as stored
from maturity.storage.engine import Tx
from maturity.storage.revision import SETUP

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zones() -> tuple[str, ...]:
    """The names to choose from, such as "Europe/London": those of an area, and UTC first."""
    return ("UTC", *sorted(each for each in available_timezones() if each.partition("/")[0] in AREAS))


def zone(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> str | None:
    """The zone of the organisation's days; None where nobody has chosen one, and days are those of UTC."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_help")
    with workspace.store.reading() as tx:
        return stored.zone_of(tx, mine.id)


def set_zone(workspace: Workspace, visitor: Visitor, zone: str, organisation: str | None = None) -> str:
    """Counts the organisation's days in this zone from now on, past days too; returns its name as it is kept."""
    mine = the_organisation(workspace, visitor, organisation, verb="administer")
    name = _known(zone)

    def write(tx: Tx, now: datetime) -> None:
        stored.set_zone(tx, mine.id, name)

    change(workspace, visitor, write, scope=SETUP, verb="set zone", subject=mine.name, detail={"zone": name})
    return name


def _known(zone: str) -> str:
    name = zone.strip()
    if len(name) <= 64 and (name == "UTC" or "/" in name):
        try:
            return ZoneInfo(name).key
        except (KeyError, ValueError, OSError):
            pass
    shown = name if len(name) <= 64 else name[:63] + "…"
    raise Refused(f"there is no time zone {shown!r}; choose one by its city, such as Europe/London or Pacific/Auckland")
