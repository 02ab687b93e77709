"""What a facilitator takes along: the pack to print, the workbook to fill in; and the way a workbook comes back."""

from __future__ import annotations

import streamlit as st

from maturity.assessment.workshop import Workshop
from maturity.operations.rounds import Round
from maturity.ui.context import PageContext, page_context
from maturity.ui.workshop_workbook import offer_workbook, show_bringing_in, was_recorded
from maturity.words import workshop_planning as words


def show_papers(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """The downloads, and the box for a filled-in workbook."""
    st.header("On paper", anchor=False)
    st.write(words.WORKBOOK_ABOUT)
    offer_workbook(here, round_, workshop)
    show_bringing_in(here, round_, workshop)


@st.fragment
def show_papers_afterwards(round_: Round, workshop: Workshop) -> None:
    """Below the summary of a workshop that has ended: what was written on paper may come in later, or be corrected."""
    here = page_context()
    if was_recorded():
        st.rerun()  # the whole page: the summary above is another one now
    if round_.status != "signed_off":
        show_papers(here, round_, workshop)
