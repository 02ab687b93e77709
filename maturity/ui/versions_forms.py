"""The two forms of whoever may change the plan: propose it as it stands, or keep it to compare with."""

from __future__ import annotations

import streamlit as st

from maturity.operations.plan_versions import LONGEST_NAME, keep_version, propose_version
from maturity.ui.context import keeping_refusals
from maturity.ui.versions_seen import Seen, say

TURN = "versions:turn"


def show_forms(seen: Seen) -> None:
    """Both, each in a box that opens; a refusal leaves what was typed, a success empties the form."""
    turn = int(st.session_state.get(TURN, 0))
    left, right = st.columns(2, gap="medium")
    with left:
        _show_form(seen, "propose", turn)
    with right:
        _show_form(seen, "keep", turn)


def _show_form(seen: Seen, what: str, turn: int) -> None:
    propose = what == "propose"
    label = "Propose the plan as it stands" if propose else "Keep the plan as it stands, to compare with"
    icon = ":material/send:" if propose else ":material/bookmark:"
    box = st.expander(label, icon=icon, key=f"versions:{what}:{turn}", on_change="rerun")
    if not box.open:
        return
    name = f"versions:{what}:form:{turn}"
    with box, st.form(name, border=False):
        st.text_input("Name of the version", key=f"{name}:name", max_chars=LONGEST_NAME, placeholder="Plan 2026, first")
        reason = "What is new in it, and why" if propose else "Why it is kept (optional)"
        st.text_area(reason, key=f"{name}:reason", max_chars=4_000, height=100)
        st.form_submit_button(
            "Propose it for approval" if propose else "Keep it", type="primary" if propose else "secondary",
            on_click=_save, args=(seen, what, name, turn),
        )  # fmt: skip


def _save(seen: Seen, what: str, name: str, turn: int) -> None:
    here, state = seen.here, st.session_state
    called, reason = state.get(f"{name}:name") or "", state.get(f"{name}:reason") or ""
    with keeping_refusals():
        write = propose_version if what == "propose" else keep_version
        made = write(here.workspace, here.visitor, called, reason, organisation=seen.organisation)
        done = "waits for approval" if what == "propose" else "is kept"
        say(here, f"Version {made.number}, {made.name}, {done}.")
        state[TURN] = turn + 1
