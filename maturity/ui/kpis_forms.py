"""Adding one reading, pasting several, withdrawing one."""

from __future__ import annotations

import streamlit as st

from maturity.operations import kpi_readings as operations
from maturity.operations.errors import Refused
from maturity.roadmap.kpis import Measured
from maturity.ui.clock import local
from maturity.ui.context import keeping_refusals
from maturity.ui.kpis_shown import SAID, ShownKpis
from maturity.ui.plain_text import plain
from maturity.words.kpi_sentences import in_unit, short
from maturity.words.messages import counted, on_day, saved_at

ADD, PASTE, WITHDRAW = "Add a reading", "Paste several", "Withdraw one"


def show_forms(shown: ShownKpis, kpi: Measured) -> None:
    """The three forms, one at a time; each begins anew once something was stored."""
    name = f"reading-{kpi.measures}-{kpi.code}"
    ways = [ADD, PASTE, *([WITHDRAW] if kpi.readings else [])]
    if st.session_state.get(f"{name}-way", ADD) not in ways:
        st.session_state[f"{name}-way"] = ADD
    way = st.segmented_control(
        "Readings", ways, default=ADD, required=True, key=f"{name}-way", label_visibility="collapsed"
    )
    key = f"{name}-{_turn(name)}"
    if way == PASTE:
        _show_paste(shown, kpi, name, key)
    elif way == WITHDRAW:
        _show_withdraw(shown, kpi, name, key)
    else:
        _show_add(shown, kpi, name, key)


def _turn(name: str) -> int:
    """How often the forms of a KPI have been filled anew; part of the names of their inputs."""
    return int(st.session_state.get(f"{name}-turn", 0))


def _show_add(shown: ShownKpis, kpi: Measured, name: str, key: str) -> None:
    with st.form(f"{key}-add", border=False):
        left, right = st.columns(2)
        left.date_input(
            "Read on", shown.found.today, max_value=shown.found.today, key=f"{key}-on", format="DD/MM/YYYY",
            help="A second reading of one day takes the place of the first.",
        )  # fmt: skip
        right.number_input(f"Value, in {plain(kpi.unit) or 'its unit'}", value=None, key=f"{key}-value", step=1.0)
        st.text_input("Note (optional)", key=f"{key}-note", max_chars=500)
        st.form_submit_button("Store the reading", type="primary", on_click=_add, args=(shown, kpi, name, key))


def _add(shown: ShownKpis, kpi: Measured, name: str, key: str) -> None:
    here, state = shown.plan.here, st.session_state
    on, value, note = state.get(f"{key}-on"), state.get(f"{key}-value"), state.get(f"{key}-note") or ""
    with keeping_refusals():
        if on is None or value is None:
            raise Refused("a reading needs a day and a value; enter both, then store it")
        if kpi.measures == "objective":
            made = operations.add_objective_reading(here.workspace, here.visitor, kpi.code, on, value, note)
        else:
            made = operations.add_reading(here.workspace, here.visitor, kpi.action_id or "", on, value, note)
        _said(shown, name, f"{kpi.name}: {in_unit(made.value, kpi.unit)} on {on_day(made.on)}.")


def _show_paste(shown: ShownKpis, kpi: Measured, name: str, key: str) -> None:
    with st.form(f"{key}-paste", border=False):
        st.text_area(
            "One reading a line: day; value; note", key=f"{key}-text", height=140, max_chars=40_000,
            placeholder="2026-03-31; 42\n30/06/2026; 45,5; from the panel",
            help="Two columns of a spreadsheet do as well. 1,5 is one and a half, 1,200 twelve hundred. All lines are "
            "stored, or none.",
        )  # fmt: skip
        st.form_submit_button("Store all", type="primary", on_click=_paste, args=(shown, kpi, name, key))


def _paste(shown: ShownKpis, kpi: Measured, name: str, key: str) -> None:
    here, text = shown.plan.here, st.session_state.get(f"{key}-text") or ""
    with keeping_refusals():
        if kpi.measures == "objective":
            made = operations.paste_objective_readings(here.workspace, here.visitor, kpi.code, text)
        else:
            made = operations.add_pasted_readings(here.workspace, here.visitor, kpi.action_id or "", text)
        _said(shown, name, f"{kpi.name}: {counted(len(made), 'reading')} stored.")


def _show_withdraw(shown: ShownKpis, kpi: Measured, name: str, key: str) -> None:
    labels = {each.id: f"{on_day(each.on)}: {short(each.value, kpi.unit)}" for each in reversed(kpi.readings)}
    with st.form(f"{key}-withdraw", border=False):
        st.selectbox("Reading", list(labels), format_func=lambda each: labels.get(each, each), key=f"{key}-which")
        st.text_input("Why it does not count", key=f"{key}-why", max_chars=500)
        st.form_submit_button("Withdraw it", on_click=_withdraw, args=(shown, kpi, name, key))
    st.caption("It is taken out of all that is reckoned. That it was there, and why it was withdrawn, stays on record.")


def _withdraw(shown: ShownKpis, kpi: Measured, name: str, key: str) -> None:
    here, state = shown.plan.here, st.session_state
    with keeping_refusals():
        operations.withdraw_reading(
            here.workspace, here.visitor, state.get(f"{key}-which") or "", state.get(f"{key}-why") or ""
        )
        _said(shown, name, f"{kpi.name}: one reading is withdrawn.")


def _said(shown: ShownKpis, name: str, words: str) -> None:
    """Note what was stored, then begin the form anew: a second click may end the run at the first look at the state,
    and the reading is stored by then."""
    st.session_state[SAID] = plain(f"{saved_at(local(shown.plan.here.workspace.clock()))}. {words}")
    st.session_state[f"{name}-turn"] = _turn(name) + 1
