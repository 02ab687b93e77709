"""Milestones: the days on which something has to be true, and the form that adds one."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.errors import Refused
from maturity.operations.milestones import add_milestone
from maturity.ui.clock import local
from maturity.ui.context import keeping_refusals, show_kept_refusals
from maturity.ui.help import plain
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.messages import on_day, saved_at


def show_milestones(shown: ShownPlan) -> None:
    """The plan's milestones by day; whoever may edit the plan can add one."""
    st.header("Milestones", anchor=False)
    marks = sorted(shown.plan.milestones, key=lambda each: (each.on, each.name))
    if not marks:
        st.write("This plan has no milestones yet.")
    lines = [
        f"- **{on_day(each.on)}**{' (past)' if each.on < shown.today else ''}: {plain(each.name)}"
        + (f". {plain(each.proves)}" if each.proves else "")
        for each in marks
    ]
    st.markdown("\n".join(lines))
    if may(shown.here.visitor, "edit_plan"):
        _show_form(shown)


def _show_form(shown: ShownPlan) -> None:
    box = st.expander("Add a milestone", icon=":material/add:", key="add_milestone", on_change="rerun")
    show_kept_refusals()
    if said := st.session_state.pop("milestone_saved", None):
        st.success(said, icon=":material/check:")
    if not box.open:
        return
    with box, st.form("milestone", border=False):
        st.text_input("What is to be true", key="milestone_name", max_chars=200)
        st.date_input("On which day", value=None, key="milestone_on", format="DD/MM/YYYY")
        st.text_input("What reaching it proves (optional)", key="milestone_proves", max_chars=400)
        st.form_submit_button("Add the milestone", on_click=_add, args=(shown,))


def _add(shown: ShownPlan) -> None:
    with keeping_refusals():
        state, here = st.session_state, shown.here
        name, on, proves = state["milestone_name"] or "", state["milestone_on"], state["milestone_proves"] or ""
        if on is None or not name.strip():
            raise Refused("a milestone needs a name and a day; fill in both")
        add_milestone(
            here.workspace, here.visitor, name, on, proves, plan_name=shown.plan.name,
            organisation=here.organisation.name if here.organisation else None,
        )  # fmt: skip
        state["milestone_saved"] = f"{plain(name)}. {saved_at(local(here.workspace.clock()))}"
        state["milestone_name"], state["milestone_on"], state["milestone_proves"] = "", None, ""
