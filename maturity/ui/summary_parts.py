"""The parts of the leadership summary about the plan: decisions, what is late, milestones, phases."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.operations.leadership_plan import phase_shares
from maturity.roadmap.milestones import upcoming
from maturity.ui.help import number_help, plain
from maturity.ui.navigation import SCREENS, link_to
from maturity.ui.progress_pictures import burn_up_frame
from maturity.ui.roadmap_shown import ShownPlan
from maturity.ui.summary_decisions import decisions_shown
from maturity.words.messages import counted, days_late, on_day, percent

MOST_DECISIONS, MOST_LATE = 3, 3


def show_decisions(plan: ShownPlan) -> None:
    """At most three decisions, the most pressing first, and how many more there are."""
    found = decisions_shown(plan)
    st.header("Decisions needed", anchor=False)
    if not found:
        st.write("None: nothing late holds up the plan, and budgets, owners and targets are settled.")
        return
    shown = "\n".join(f"- {plain(each.question)}" for each in found[:MOST_DECISIONS])
    st.markdown(shown + _more(len(found) - MOST_DECISIONS, "decision"))


def show_late(plan: ShownPlan) -> None:
    """At most three late actions, the latest first."""
    bars = plan.bars()
    late = bars[bars["code"] == "late"].sort_values("days_late", ascending=False, kind="stable")
    st.header("Late", anchor=False, help=number_help("late"))
    if late.empty:
        st.write("Nothing is late.")
        return
    rows = [cast(Any, row) for row in late.head(MOST_LATE).itertuples()]
    lines = [f"- {plain(row.title)}: **{days_late(row.days_late)}**" for row in rows]
    st.markdown("\n".join(lines) + _more(len(late) - MOST_LATE, "action"))


def _more(number: int, what: str) -> str:
    return f"\n- and {counted(number, f'more {what}')}" if number > 0 else ""


def show_milestones(plan: ShownPlan) -> None:
    """The next three milestones."""
    st.header("Next milestones", anchor=False)
    ahead = upcoming(plan.plan.milestones, plan.today, 3)
    if not ahead:
        st.write("No milestone lies ahead.")
    st.markdown("\n".join(f"- {on_day(each.on)}: {plain(each.name)}" for each in ahead))
    with st.container(horizontal=True):
        for name in ("roadmap", "progress"):
            if may(plan.here.visitor, SCREENS[name].verb):
                link_to(name)


def show_phases(plan: ShownPlan) -> None:
    """How much of each phase's effort is done, beside how much was to be done by now."""
    shares = phase_shares(burn_up_frame(plan), pd.Timestamp(plan.today))
    if not shares:
        return
    for column, (number, done, planned) in zip(st.columns(len(shares), gap="small"), shares, strict=True):
        with column:
            st.progress(min(done, 1.0), f"Phase {number}: {percent(done)} done, {percent(planned)} planned")
