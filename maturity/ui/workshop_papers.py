"""What a facilitator takes along: the pack to print, the workbook to fill in; and the way a workbook comes back."""

from __future__ import annotations

import streamlit as st

from maturity.assessment.workshop import Workshop
from maturity.operations.rounds import Round
from maturity.operations.workshop_pack import MOST_SETS, workshop_pack
from maturity.ui.asked_download import when_pressed
from maturity.ui.context import PageContext, page_context
from maturity.ui.workshop_workbook import offer_workbook, show_bringing_in, was_recorded
from maturity.words import workshop_planning as words

USUAL_SETS = 12


def show_papers(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """The downloads, and the box for a filled-in workbook."""
    st.header("On paper", anchor=False)
    st.write(words.ABOUT_PAPER)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sets = st.number_input("Sets of cards, one a person", 1, MOST_SETS, USUAL_SETS, key="workshop_sets", width=220)
        st.download_button(
            "Agenda, cards and question sheets (to print)",
            data=when_pressed(lambda: _pack(here, round_, workshop, sets)),
            file_name=f"{words.file_name(workshop.name)}.html",
            mime="text/html",
            key="workshop-pack",
            icon=":material/print:",
            on_click="ignore",
        )
        offer_workbook(here, round_, workshop)
    show_bringing_in(here, round_, workshop)


@st.fragment
def show_papers_afterwards(round_: Round, workshop: Workshop) -> None:
    """Below the summary of a workshop that has ended: what was written on paper may come in later, or be corrected."""
    here = page_context()
    if was_recorded():
        st.rerun()  # the whole page: the summary above is another one now
    if round_.status == "signed_off":
        return
    st.header("On paper", anchor=False)
    st.write(words.PAPER_AFTERWARDS)
    offer_workbook(here, round_, workshop)
    show_bringing_in(here, round_, workshop)


def _pack(here: PageContext, round_: Round, workshop: Workshop, sets: int) -> bytes:
    return workshop_pack(here.workspace, here.visitor, round_, workshop, sets=sets).encode()
