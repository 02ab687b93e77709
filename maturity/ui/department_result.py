"""A department's result as its head reads it: the numbers, and where each topic stands to its target."""

from __future__ import annotations

import streamlit as st

from maturity.ui.help import plain
from maturity.ui.navigation import link_to
from maturity.ui.results import headline, show_numbers
from maturity.ui.results_shown import Shown
from maturity.ui.results_views import show_alone


def show_result(shown: Shown, department: str) -> None:
    """The headline and numbers of the department, and its topics with their targets as a picture and a table."""
    score = shown.scores.of(department)
    st.header("The result", anchor=False)
    st.markdown(f"**{plain(headline(shown, score))}**")
    show_numbers(shown, score)
    if shown.framework.levels:
        show_alone(shown, department)
    link_to("results", "See all of it under Results", results_of=shown.name(department), results_view="Why")
