"""The page of KPIs and outcomes: how KPIs stand, from goals to KPIs, and maturity beside outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from maturity.ui.context import page_context, show_kept_refusals
from maturity.ui.kpis_chains import show_chains
from maturity.ui.kpis_list import show_list
from maturity.ui.kpis_outcomes import show_outcomes
from maturity.ui.kpis_shown import SAID, ShownKpis, shown_kpis
from maturity.ui.roadmap_shown import choose_plan


@st.fragment
def show_kpis() -> None:
    """The whole page below its title; a click reruns this much and nothing around it."""
    show_kept_refusals()
    shown = choose_plan(page_context())
    if shown is None:
        return
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check:")
    view = st.segmented_control(
        "View", list(VIEWS), default="KPIs", required=True, key="kpis_view", bind="query-params"
    )  # fmt: skip
    VIEWS[view or "KPIs"](shown_kpis(shown))


VIEWS: Mapping[str, Callable[[ShownKpis], None]] = {
    "KPIs": show_list,
    "Objectives": show_chains,
    "Maturity beside outcomes": show_outcomes,
}
