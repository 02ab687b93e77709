"""Where the organisation's days begin: the zone, chosen by whoever administers."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.local_days import in_zone
from maturity.operations.organisation_zone import set_zone, zones
from maturity.ui.clock import local
from maturity.ui.context import PageContext, keeping_refusals, page_context, show_kept_refusals
from maturity.words.messages import on_day, saved_at

KEY = "organisation:zone"


@st.fragment
def show_zone() -> None:
    """The zone of the organisation's days, and a choice of another one."""
    here = page_context()  # read anew on each of its own runs: the zone stands in it
    if here.organisation is None:
        return
    st.header("Days and time zone", anchor=False)
    show_kept_refusals()
    known, now = here.organisation.zone, here.workspace.clock()
    there = in_zone(now, known)
    st.write(
        f"Days are counted in {known}: it is {on_day(there.date())}, {there:%H:%M} there. "
        if known
        else "No time zone is chosen yet, so a day begins where its reader is. Choose one, so that what is late "
        "for one is late for all."
    )
    names = zones()
    usual = known or st.context.timezone
    seeded = f"{KEY}:{known}"
    st.session_state.setdefault(seeded, usual if usual in names else None)
    st.selectbox(
        "Time zone of the organisation", names, key=seeded, placeholder="Type a city, such as London", width=360
    )
    st.button("Save the time zone", on_click=_save, args=(here, seeded))
    if said := st.session_state.pop(f"{KEY}:said", None):
        st.success(said)


def _save(here: PageContext, seeded: str) -> None:
    chosen, mine = st.session_state.get(seeded), here.organisation
    if not chosen or mine is None:
        st.session_state[f"{KEY}:said"] = "Choose a time zone first."
        return
    with keeping_refusals():
        name = set_zone(here.workspace, here.visitor, chosen, mine.name)
        said = f"{saved_at(local(here.workspace.clock()))}: days are counted in {name}."
        st.session_state[f"{KEY}:said"] = said


def take_the_readers(here: PageContext, organisation: str) -> None:
    """A new organisation counts its days where the one who sets it up is, until somebody chooses otherwise."""
    if st.context.timezone:
        with suppress(Refused):  # a browser may name a zone that this machine does not know
            set_zone(here.workspace, here.visitor, st.context.timezone, organisation)
