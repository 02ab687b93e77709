"""A workshop while it goes on, as its facilitator sees it and a projector shows it: the lobby, a question, its vote,
the reveal, the consensus. All of it is in the store, so a closed tab, a second one and a restarted server show the
same."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import streamlit as st

from maturity.assessment.workshop import Workshop
from maturity.operations.rounds import Round
from maturity.operations.workshops import open_workshop
from maturity.ui import projector, workshop_style
from maturity.ui.context import REFUSALS, PageContext, keeping_refusals, show_refusal
from maturity.ui.plain_text import plain
from maturity.ui.workshop_consensus import show_consensus_form, show_settled
from maturity.ui.workshop_jump import show_agenda, show_end
from maturity.ui.workshop_lobby import JOIN, page_address, show_lobby, spelled
from maturity.ui.workshop_notes import show_notes, show_parking
from maturity.ui.workshop_shown import Live, look, notes_are_open, panel, panel_matter
from maturity.ui.workshop_steps import show_steps
from maturity.ui.workshop_vote import show_question, show_reveal, show_votes_coming_in
from maturity.words.live_sentences import minutes_line, people_here


def show_live(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """The open workshop, step by step. The left shows where the room is; a form beside it stays with its question."""
    live = look(here, round_, workshop, projector=projector.is_on())
    workshop_style.apply(here.mode, projector=live.projector)
    if live.workshop.status == "planned":
        _show_not_open(live)
        return
    if live.projector:
        with st.container(key="live-title"):
            st.title(plain(live.workshop.name), anchor=False)
    show_top(live)
    # The parts are always drawn in the same order: a form that is typed in must not be put up anew by a step elsewhere.
    which = panel(live)
    if which or notes_are_open():
        stage, side = st.columns([3, 2], gap="large")
        with stage:
            _show_stage(live)
        with side, st.container(key="live-panel"):
            if notes_are_open():
                show_notes(live)
            _show_panel(live)
    else:
        _show_stage(live)
    show_steps(live)


def _show_not_open(live: Live) -> None:
    st.info("This workshop is not open yet: nobody can join.")

    def open_it() -> None:
        with keeping_refusals():
            open_workshop(live.here.workspace, live.here.visitor, live.workshop)

    st.button("Open the workshop", type="primary", on_click=open_it, icon=":material/meeting_room:")


@st.fragment(run_every="2s")
def show_top(live: Live) -> None:
    """Where the room is, how long it has been here, how to come in late; and it follows the room: where another
    facilitator took a step, the page is drawn anew."""
    try:
        now = look(live.here, live.round, live.workshop, projector=live.projector)
    except REFUSALS as refused:
        show_refusal(refused)
        return
    if now.workshop.row_version != live.workshop.row_version or now.workshop.status != live.workshop.status:
        st.rerun()
    st.html(f'<div class="wm-top">{"".join(_top_parts(now))}</div>')


def _top_parts(live: Live) -> list[str]:
    workshop, matter = live.workshop, live.matter
    since = live.here.workspace.clock() - (workshop.opened_at or workshop.made_at)
    parts = [f"<b>{escape(live.ordinal(matter))}</b>"] if matter else []
    parts.append(escape(minutes_line(max(since, timedelta(0)), live.minutes_left)))
    if matter:
        address = page_address(live.here).url.partition("://")[2] + JOIN
        parts.append(escape(people_here(len(live.room.participants))))
        parts.append(f'Join at {escape(address)} with <b class="wm-code">{escape(spelled(workshop.code))}</b>')
    if live.here.demo and live.projector:
        parts.append("Demo data. Nothing here is real.")
    return [f"<span>{each}</span>" for each in parts]


def _show_stage(live: Live) -> None:
    """What the room looks at."""
    with st.container(key="live-stage"):
        matter = live.matter
        if matter is None:
            show_lobby(live)
            show_agenda(live)
        elif matter.phase == "voting":
            show_votes_coming_in(live)
            show_question(live, matter)
        elif matter.phase == "revealed":
            show_reveal(live, matter)
        elif matter.phase == "settled":
            show_settled(live, matter)
        else:
            if matter.phase == "parked":
                st.info("This question is parked. Vote on it now, record what you agree on, or go on.")
            show_question(live, matter)


def _show_panel(live: Live) -> None:
    matter = panel_matter(live)
    match panel(live):
        case "consensus" if matter is not None:
            show_consensus_form(live, matter)
        case "park" if matter is not None:
            show_parking(live, matter)
        case "end":
            show_end(live)
        case _:
            return
