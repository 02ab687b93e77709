"""Self-scores beside what was found, on the review page: of the departments that the visitor may review."""

from __future__ import annotations

import streamlit as st

from maturity.operations.evidence_ages import optimism_in_review
from maturity.operations.rounds import Round
from maturity.ui.context import PageContext
from maturity.ui.optimism_shown import show_optimism


def show_optimism_in_review(here: PageContext, round_: Round) -> None:
    """The picture with its table."""
    st.header("Self-scores beside what was found", anchor=False)
    found = optimism_in_review(here.workspace, here.visitor, round_)
    revisions = (here.workspace.revision(round_.scope), here.workspace.revision())
    key = (here.workspace.url, round_.id, revisions, here.visitor.grants)
    show_optimism(here, round_, found, key="review", revision=key)
