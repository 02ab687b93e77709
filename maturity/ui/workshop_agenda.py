"""A workshop before its room: what it is about, the code to join by, and its agenda, which can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from maturity.assessment.workshop import MINUTES_A_MATTER, Matter, Workshop
from maturity.operations.rounds import Round
from maturity.operations.workshops import agenda, find_workshop
from maturity.ui import cached
from maturity.ui.context import PageContext, page_context, show_kept_refusals
from maturity.ui.plain_text import plain
from maturity.ui.workshop_agenda_steps import keep_seen, open_lobby, was_opened
from maturity.ui.workshop_agreed import show_agreed
from maturity.ui.workshop_lines import STYLE, show_adding, show_lines, show_suggesting
from maturity.ui.workshop_list import about
from maturity.ui.workshop_lobby import JOIN, page_address, phones_reach, spelled
from maturity.ui.workshop_papers import show_papers
from maturity.ui.workshop_workbook import was_recorded
from maturity.words import workshop_planning as words
from maturity.words.live_sentences import only_on_this_computer


@st.fragment
def show_agenda(workshop_id: UUID) -> None:
    """The workshop as it is now: others may have changed it since the page was drawn."""
    here = page_context()
    workshop = find_workshop(here.workspace, here.visitor, workshop_id)
    if was_opened(workshop) or was_recorded():
        st.rerun()  # the whole page: it may show the room from now on, or what came of the workshop
    show_kept_refusals()
    round_ = next(each for each in cached.every_round(here) if each.id == workshop.round_id)
    matters = agenda(here.workspace, here.visitor, workshop)
    keep_seen(workshop, matters)
    st.html(STYLE)
    _show_facts(round_, workshop, matters)
    fixed = round_.status == "signed_off"
    if fixed:
        st.info(words.SIGNED_OFF.format(name=plain(round_.name)))
    elif workshop.status == "planned":
        _show_opening(here, workshop, matters)
    st.header("Agenda", anchor=False)
    show_lines(here, round_, workshop, matters, fixed=fixed)
    if not fixed:
        show_adding(here, round_, workshop, matters)
        show_suggesting(here, round_, workshop)
        show_agreed(here, round_, workshop, matters)
        show_papers(here, round_, workshop)


def _show_facts(round_: Round, workshop: Workshop, matters: Sequence[Matter]) -> None:
    asked = [each for each in matters if not each.warms_up]
    settled = sum(each.phase == "settled" for each in asked)
    parts = [
        f"**{words.STATUS[workshop.status]}**",
        plain(about(round_, workshop)),
        plain(round_.name),
        words.settled_of(settled, len(asked)),
        words.to_vote(workshop.seconds_to_vote),
    ]
    st.markdown(" · ".join(parts))
    left = sum(each.phase == "waiting" for each in asked)
    first = sum(each.warms_up and each.phase == "waiting" for each in matters)
    if left:
        st.caption(words.duration(left, MINUTES_A_MATTER) + words.warms_up_first(first))


def _show_opening(here: PageContext, workshop: Workshop, matters: Sequence[Matter]) -> None:
    """The code with the address to type it at, and the button that lets people in by it."""
    begins = page_address(here)
    with st.container(border=True, key="workshop-opening"):
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.metric("Join code", spelled(workshop.code), width="content")
            if matters:
                st.button(
                    "Open the lobby", type="primary", key="open-lobby", on_click=open_lobby, args=(here, workshop.id)
                )
        where = begins.url.partition("://")[2] + JOIN
        st.caption(f"{plain(words.join_at(where))} {words.NOT_OPEN_YET if matters else words.NOTHING_TO_OPEN}")
        if not phones_reach(here, begins):
            st.caption(plain(only_on_this_computer(begins.url.partition("://")[2])))
