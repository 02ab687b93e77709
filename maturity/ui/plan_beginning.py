"""The plan page before there is a plan: what has to come first, and who makes it."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.ui import navigation
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.ui.plan import PlanView


def show_nothing_to_plan_from(here: PageContext) -> None:
    """Without a round there is nothing to plan from: say so, and where to begin."""
    st.write("There is no assessment to plan from yet. A plan is made from the gaps that a round shows.")
    if may(here.visitor, "manage_rounds"):
        navigation.link_to("rounds", "Open a round")
    navigation.link_to("home", "Or look at the demo city, from Home")


def show_no_plan_yet(view: PlanView) -> None:
    """What comes before the first plan; whoever may not make one is told who does."""
    if not view.may_edit:
        st.write("There is no plan yet. The Chief Data Officer makes it from the gaps; it then stands here.")
        return
    st.write(
        f"There is no plan yet. It is made from the gaps of the round {plain(view.round.name)}, in three steps: "
        "say what is done or running already, check what people and money there are, then make the plan."
    )
    navigation.link_to("targets", "See gaps and targets first")
