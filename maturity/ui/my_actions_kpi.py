"""The KPI of one's own action: what was read last, and one field for what it is today."""

from __future__ import annotations

import streamlit as st

from maturity.operations.errors import Refused
from maturity.operations.kpi_readings import add_own_reading, own_kpi
from maturity.operations.own_work import OwnAction
from maturity.roadmap.kpis import Measured
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.help import plain
from maturity.ui.progress_form import SAID
from maturity.words.kpi_sentences import in_unit
from maturity.words.messages import on_day


def show_own_kpi(here: PageContext, own: OwnAction) -> None:
    """A box that opens to the KPI, its target, its last reading and the form for another; nothing where it has none."""
    action = own.action
    if action.kpi is None:
        return
    box = st.expander(f"KPI: {plain(action.kpi.name)}", key=f"own-kpi-{action.id}", on_change="rerun")
    if not box.open:
        return
    kpi, today = own_kpi(here.workspace, here.visitor, action.id)
    if kpi is None:
        return
    with box:
        st.write(plain(_stands(kpi)))
        name = f"own-kpi-{action.id}-{kpi.readings[-1].id if kpi.readings else ''}"  # a stored one empties the fields
        st.date_input("Read on", today, max_value=today, key=f"{name}-on", format="DD/MM/YYYY", persist_state="session")
        st.number_input(
            f"Value, in {plain(kpi.unit) or 'its unit'}", value=None, key=f"{name}-value", step=1.0,
            persist_state="session",
        )  # fmt: skip
        st.button(
            "Store the reading",
            key=f"{name}-store",
            on_click=_store,
            args=(here, action.id, kpi, name),
            width="stretch",
        )


def _stands(kpi: Measured) -> str:
    aim = f"The target is {in_unit(kpi.target, kpi.unit)}." if kpi.target is not None else "It has no target yet."
    if not kpi.readings:
        return f"{aim} Nobody has read it yet."
    last = max(kpi.readings, key=lambda each: (each.on, each.made_at))
    return f"{aim} It was {in_unit(last.value, kpi.unit)} on {on_day(last.on)}."


def _store(here: PageContext, action_id: str, kpi: Measured, name: str) -> None:
    on, value = st.session_state.get(f"{name}-on"), st.session_state.get(f"{name}-value")
    with keeping_refusals():
        if on is None or value is None:
            raise Refused("a reading needs a day and a value; enter both, then store it")
        made = add_own_reading(here.workspace, here.visitor, action_id, on, value)
        said = f"{plain(kpi.name)}: {in_unit(made.value, kpi.unit)} on {on_day(made.on)}."
        st.session_state[SAID] = (action_id, said)
