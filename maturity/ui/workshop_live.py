"""A workshop while it goes on, as its facilitator sees it: the lobby, the vote, the reveal, the consensus."""

from __future__ import annotations

import streamlit as st

from maturity.assessment.workshop import Workshop
from maturity.operations.rounds import Round
from maturity.ui.context import PageContext

NOT_THERE_YET = "This version cannot show an open workshop yet. Its agenda is kept, and stays as you left it."


def show_live(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """The open workshop, step by step."""
    st.info(NOT_THERE_YET)
