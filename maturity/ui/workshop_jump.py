"""The agenda in the lobby, with a way to any question of it; and the end of the workshop."""

from __future__ import annotations

from html import escape
from uuid import UUID

import streamlit as st

from maturity.operations.workshop_steps import go_to
from maturity.operations.workshops import end_workshop
from maturity.ui.context import keeping_refusals
from maturity.ui.plain_text import plain
from maturity.ui.workshop_shown import Live, open_panel
from maturity.words.live_sentences import before_the_end, where_it_stands


def show_agenda(live: Live) -> None:
    """Every question with how it stands, in the agenda's order."""
    if not live.room.matters:
        st.info("The agenda is empty. Put questions on it before you begin.")
        return
    st.html(f'<h2 class="wm-question">Agenda</h2><p class="wm-roles">{escape(where_it_stands(*live.standing))}</p>')
    show_jump(live)
    st.html(agenda_html(live))


@st.fragment
def show_jump(live: Live) -> None:
    """A way to any question, whatever its place."""
    names = {each.id: f"{live.ordinal(each)}: {live.text(each)}" for each in live.room.matters}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Go to a question",
            list(names),
            index=None,
            format_func=names.__getitem__,
            key="live-jump",
            placeholder="Choose one",
        )
        gone = st.button("Go there", key="live-jump-go", disabled=chosen is None, on_click=_jump, args=(live, chosen))
    if gone:
        st.rerun()


def agenda_html(live: Live) -> str:
    """The agenda as a list: number, question, how it stands."""
    rows, numbers = [], {True: 0, False: 0}
    for matter in live.room.matters:
        numbers[matter.warms_up] += 1
        number = f"W{numbers[True]}" if matter.warms_up else str(numbers[False])
        state = "Done" if matter.warms_up and live.done(matter) else live.state(matter)
        where = (
            f"{live.round.names.get(matter.department, '')}: "
            if not live.workshop.department and matter.department
            else ""
        )
        rows.append(
            f"<li><span>{number}</span><span>{escape(where + live.text(matter))}</span>"
            f"<span>{escape(state)}</span></li>"
        )
    return f'<ul class="wm-agenda">{"".join(rows)}</ul>'


def _jump(live: Live, chosen: UUID | None) -> None:
    with keeping_refusals():
        if chosen is not None:
            go_to(live.here.workspace, live.here.visitor, live.workshop, chosen)
            open_panel(live, None)


@st.fragment
def show_end(live: Live) -> None:
    """The last question before the workshop is ended for good."""
    st.subheader("End the workshop?", anchor=False)
    st.markdown(plain(before_the_end(*live.standing)))
    with st.container(horizontal=True):
        ended = st.button("End it for good", key="live-end-yes", type="primary", on_click=_end, args=(live,))
        left = st.button("Not yet", key="live-end-no", on_click=open_panel, args=(live, None))
    if ended or left:
        st.rerun()


def _end(live: Live) -> None:
    with keeping_refusals():
        end_workshop(live.here.workspace, live.here.visitor, live.workshop)
        open_panel(live, None)
