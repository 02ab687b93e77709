"""Names that people gave at their phones, and taking one off: never on what a room looks at."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.workshop import Workshop
from maturity.operations.rounds import Round
from maturity.operations.workshop_people import forget_participant
from maturity.operations.workshop_room import room
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals, show_kept_refusals, show_refusal
from maturity.words.messages import counted

SAID = "_name_taken_off"


@st.fragment
def show_names(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """How many gave a name, and one of them chosen to be taken off; nothing where nobody did."""
    show_kept_refusals()
    if said := st.session_state.pop(SAID, None):
        st.success(said)
    try:
        people = room(here.workspace, here.visitor, round_, workshop).participants
    except REFUSALS as refused:
        show_refusal(refused)
        return
    named = {each.id: f"{each.name}, {ROLE_FAMILIES[each.role_family].lower()}" for each in people if each.name}
    if not named:
        return
    st.header("Names given in the room", anchor=False)
    st.write(
        f"{counted(len(named), 'person', 'people')} of {len(people)} gave a name. Whoever wants theirs gone can "
        "have it taken off, for good: a number stays in its place, and the votes stay."
    )
    with st.popover("Take a name off…"):
        chosen = st.selectbox(
            "Whose name",
            list(named),
            index=None,
            format_func=named.__getitem__,
            key="name_off",
            placeholder="Choose one",
        )
        if st.button(
            "Take it off", key="name_off_go", disabled=chosen is None, on_click=_forget, args=(here, workshop, chosen)
        ):
            st.rerun()


def _forget(here: PageContext, workshop: Workshop, chosen: UUID | None) -> None:
    with keeping_refusals():
        if chosen is not None:
            forget_participant(here.workspace, here.visitor, workshop, chosen)
            st.session_state[SAID] = "The name is taken off. The votes have stayed."
