"""Whose actions the demo city's "See it as" shows."""

from __future__ import annotations

from collections.abc import Hashable

import streamlit as st

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.operations.changes import plan_scope
from maturity.operations.own_work import action_owners
from maturity.operations.people import PEOPLE
from maturity.ui.context import PageContext

HOUR = 3600


def made_up_owner(here: PageContext) -> tuple[str, str] | None:
    """Id and name of whoever owns most actions of the demo's current plan and has an account; None without any."""
    if here.organisation is None:
        return None
    ws = here.workspace
    key = (ws.url, here.organisation.id, ws.revision(plan_scope(here.organisation.id)), ws.revision(PEOPLE))
    return _most(key, here)


@st.cache_resource(ttl=HOUR, max_entries=16, show_spinner=False)
def _most(key: Hashable, _here: PageContext) -> tuple[str, str] | None:
    name = _here.organisation.name if _here.organisation else None
    found = action_owners(_here.workspace, LOCAL_ADMINISTRATOR, name)
    return found[0][:2] if found else None
