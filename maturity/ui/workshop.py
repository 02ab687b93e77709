"""The page of workshops: a round's list, or the one in the address as far as it is: agenda, room or summary."""

from __future__ import annotations

import streamlit as st

from maturity.assessment.workshop import Workshop
from maturity.operations.changes import identity
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.workshops import find_workshop
from maturity.ui import cached, navigation, projector
from maturity.ui.context import PageContext, page_context, show_refusal
from maturity.ui.plain_text import plain
from maturity.ui.review_forms import show_outcome
from maturity.ui.rounds import show_nothing_set_up
from maturity.ui.workshop_after import show_after
from maturity.ui.workshop_agenda import show_agenda
from maturity.ui.workshop_list import forget_planned, show_list
from maturity.ui.workshop_live import show_live
from maturity.ui.workshop_names import show_names
from maturity.ui.workshop_papers import show_papers_afterwards
from maturity.ui.workshop_workbook import WORKBOOK, was_recorded

WORKSHOP = "workshop"
"""The parameter of the address that names one workshop; without it there is the list."""
PART, AGENDA = "part", "agenda"
"""In the address of an open workshop: its agenda in place of the room."""


def show_workshops() -> None:
    """The whole page: what the address asks for."""
    here = page_context()
    asked = st.query_params.get(WORKSHOP)
    if here.organisation is None or not asked:
        st.title("Workshops")
        if here.organisation is None:
            show_nothing_set_up()
        else:
            show_list()
        return
    forget_planned()
    try:
        workshop = find_workshop(here.workspace, here.visitor, identity(asked, "a workshop"))
        round_ = _round_of(here, workshop)
    except Refused as error:
        st.title("Workshops")
        show_refusal(error)
        navigation.link_to("workshop", "All workshops")
        return
    _show_one(here, round_, workshop)


def _show_one(here: PageContext, round_: Round, workshop: Workshop) -> None:
    on_agenda = workshop.status == "planned" or (
        workshop.status == "open" and st.query_params.get(PART) == AGENDA  # while the room is open, it comes first
    )
    if workshop.status == "open" and not on_agenda and projector.is_on():
        show_live(here, round_, workshop)  # nothing stands above it: a room looks at it
        return
    st.title(plain(workshop.name))
    with st.container(horizontal=True):
        if projector.is_on():
            st.button("Leave the projector", type="tertiary", on_click=projector.turn, args=(False,))
        navigation.link_to("workshop", "All workshops", icon=":material/arrow_back:", workshop_round=round_.name)
        if workshop.status == "open" and on_agenda:
            navigation.link_to("workshop", "To the room", icon=":material/groups:", workshop=str(workshop.id))
        elif workshop.status == "open":
            here_too = {WORKSHOP: str(workshop.id), PART: AGENDA}
            navigation.link_to("workshop", "Agenda and what to take along", icon=":material/list:", **here_too)
    if on_agenda:
        show_agenda(workshop.id)
        if workshop.status == "open":
            show_names(here, round_, workshop)
    elif workshop.status == "open":
        show_live(here, round_, workshop)
    else:
        was_recorded()  # this run of the whole page shows it
        show_outcome(WORKBOOK)
        show_after(here, round_, workshop)
        show_papers_afterwards(round_, workshop)
        show_names(here, round_, workshop)


def _round_of(here: PageContext, workshop: Workshop) -> Round:
    found = next((each for each in cached.every_round(here) if each.id == workshop.round_id), None)
    if found is None:
        raise Refused("the round of this workshop is not here any more; choose another workshop of the list")
    return found
