"""A workshop that has ended: what was agreed, and what is left to do."""

from __future__ import annotations

import streamlit as st

from maturity.assessment.workshop import Workshop
from maturity.operations.rounds import Round
from maturity.ui.context import PageContext

NOT_THERE_YET = "This workshop has ended. What it agreed counts in the results; this version has no summary of it yet."


def show_after(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """The summary of an ended workshop."""
    st.info(NOT_THERE_YET)
