"""The department's own actions of the plan in force, on the department's page."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.charts.plan_frames import status_words
from maturity.roadmap.actions import Action
from maturity.ui import plan_tables
from maturity.ui.context import PageContext
from maturity.ui.navigation import link_to
from maturity.ui.plain_text import plain
from maturity.ui.plan_tables import table, text
from maturity.ui.progress_rows import ORDER
from maturity.ui.roadmap_shown import ShownPlan, current_plan
from maturity.ui.roadmap_tables import dates
from maturity.words.messages import counted

COLUMNS = ("Action", "Owner", "When", "State")
NONE_OF_ITS_OWN = "The plan has no action of this department's own. City-wide actions serve it too: see the roadmap."


def show_department_actions(here: PageContext, department: str) -> None:
    """What it does itself, late first; nothing where there is no plan, or where the plan is not for the visitor."""
    if not may(here.visitor, "read_roadmap", organisation=here.organisation.id if here.organisation else None):
        return
    shown = current_plan(here)
    if shown is None:
        return
    st.header("The department's own actions", anchor=False)
    own = own_actions(shown, department)
    if not own:
        st.write(NONE_OF_ITS_OWN)
        return
    late = sum(shown.status(each).code == "late" for each in own)
    st.write(f"{counted(len(own), 'action')} in {plain(shown.plan.name)}, {late} late.")
    plan_tables.apply_style()
    plan_tables.show(table(COLUMNS, [_cells(shown, each) for each in own], "Its own actions"))
    link_to("progress", "Report on them" if may(here.visitor, "report_progress", department) else "Look at progress")


def own_actions(shown: ShownPlan, department: str) -> list[Action]:
    """The department's actions, late ones first, then what runs, what waits and what is done."""
    mine = [each for each in shown.plan.actions if each.department == department]
    return sorted(mine, key=lambda each: (ORDER.index(shown.status(each).code), each.start, each.code))


def _cells(shown: ShownPlan, action: Action) -> tuple[str, ...]:
    return (
        text(action.title, "name"),
        text(shown.owner(action)),
        text(dates(action.start, action.finish)),
        text(f"{action.percent_done:.0f}%, {status_words(shown.status(action))}"),
    )
