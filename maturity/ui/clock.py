"""The reader's own time: the store keeps UTC, the browser says which zone its reader lives in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from maturity.operations.local_days import in_zone
from maturity.ui.context import PageContext


def local(moment: datetime) -> datetime:
    """A stored moment in the zone of the reader's browser; UTC where the browser does not say."""
    try:
        return moment.astimezone(ZoneInfo(st.context.timezone or "UTC"))
    except (KeyError, ValueError, OSError):  # a zone that this machine does not know
        return moment.astimezone(UTC)


def today(here: PageContext) -> date:
    """The organisation's day by the store's clock where it has chosen a zone, else the reader's: what is late for one
    is late for all."""
    moment = here.workspace.clock()
    if here.organisation is not None and here.organisation.zone:
        return in_zone(moment, here.organisation.zone).date()
    return local(moment).date()
