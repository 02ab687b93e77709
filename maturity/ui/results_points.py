"""The view of a framework that counts points: points out of the most there are, and no level words."""

from __future__ import annotations

import streamlit as st

from maturity.charts.bullet import bullet_chart
from maturity.ui.pictures import show_table
from maturity.ui.results_choices import EVERY, choose
from maturity.ui.results_frames import points_frame, points_sentences
from maturity.ui.results_shown import Shown, draw, kept
from maturity.ui.results_tables import points_table


def show_points(shown: Shown) -> None:
    """A table of departments by dimensions, and bars of all dimensions or of one."""
    names = {dimension.id: dimension.name for dimension in shown.framework.dimensions}
    chosen = choose(
        "Dimension", [EVERY, *names], lambda code: names.get(code, "All dimensions"), key="results_dimension"
    )
    whole = kept("points", shown.key, lambda: points_table(shown.framework, shown.scores, dict(shown.round.names)))
    draw(
        shown,
        "points",
        bullet_chart,
        lambda: points_frame(shown.scores, shown.round.names, chosen or None),
        lambda rows: points_sentences(rows, subject=names.get(chosen, "All dimensions"), period=shown.round.name),
        lambda: whole,
        choice=chosen,
    )
    st.markdown("**Points by department and dimension**")
    show_table(whole)
