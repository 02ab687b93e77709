"""Accepting an own action with one tap, asking for other days, or refusing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from maturity.operations.acceptance import answer_own_action
from maturity.operations.own_work import OwnAction, my_actions
from maturity.roadmap.acceptance import Answer
from maturity.ui.clock import local
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.help import plain
from maturity.ui.progress_form import SAID
from maturity.ui.roadmap_tables import dates
from maturity.words.messages import saved_at
from maturity.words.report_sentences import stand_sentence

LONGEST = 2_000
SAYS: Mapping[Answer, str] = {"accepted": "accepted", "amended": "other days asked for", "refused": "refused"}


def stand_words(own: OwnAction) -> str:
    """How the owner's acceptance stands, as Markdown; empty where it is only asked for, or nothing hangs on it."""
    said = own.said
    if said is None or own.action.done_on:
        return ""
    return stand_sentence(own.stand, local(said.made_at).date(), said.wanted, plain(said.note))


def show_accepting(here: PageContext, own: OwnAction) -> None:
    """What would be delivered, and one button to accept it, where an answer is asked for."""
    action = own.action
    if not own.to_answer:
        return
    if action.deliverable:
        st.markdown(f"**You would deliver:** {plain(action.deliverable)}")
    st.button(
        "Accept", key=f"accept-{action.id}-{action.row_version}", type="primary", icon=":material/check:",
        width="stretch", on_click=_answer, args=(here, own, "accepted"),
    )  # fmt: skip


def show_otherwise(here: PageContext, own: OwnAction) -> None:
    """Asking for other days, refusing, or answering anew, in a box that opens."""
    if own.action.done_on:
        return
    action = own.action
    key = f"answer-{action.id}-{action.row_version}"
    box = st.expander(
        "Ask for other days, or refuse" if own.to_answer else "Change my answer",
        key=f"otherwise-{action.id}",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        ways: dict[Answer, str] = {"amended": "Ask for other days", "refused": "Refuse"}
        if own.stand in ("amended", "refused"):
            ways = {"accepted": "Accept it after all", **ways}
        way = st.radio("Your answer", list(ways), format_func=lambda one: ways[one], key=f"{key}-way")
        if way == "amended":
            for field, day in (("start", action.start), ("finish", action.finish)):
                st.session_state.setdefault(f"{key}-{field}", day)
            left, right = st.columns(2)
            left.date_input("Start", key=f"{key}-start", format="DD/MM/YYYY", persist_state="session")
            right.date_input("Finish", key=f"{key}-finish", format="DD/MM/YYYY", persist_state="session")
            st.caption(f"Planned is {plain(dates(action.start, action.finish))}.")
        if way != "accepted":
            st.text_area("Why?", key=f"{key}-why", max_chars=LONGEST, height=80, persist_state="session")
        st.button("Send my answer", key=f"{key}-send", on_click=_send, args=(here, own, key), type="primary")


def _send(here: PageContext, own: OwnAction, key: str) -> None:
    state = st.session_state
    way: Answer = state[f"{key}-way"]
    days = [state.get(f"{key}-{field}") for field in ("start", "finish")] if way == "amended" else [None, None]
    _answer(here, own, way, (state.get(f"{key}-why") or "").strip(), days[0], days[1])


def _answer(
    here: PageContext,
    own: OwnAction,
    answer: Answer,
    note: str = "",
    start: date | None = None,
    finish: date | None = None,
) -> None:
    action = own.action
    with keeping_refusals():
        if not _said_already(here, own, answer, note):
            answer_own_action(
                here.workspace, here.visitor, action.id, action.row_version, answer,
                note=note if answer != "accepted" else "", start=start, finish=finish,
            )  # fmt: skip
        at = saved_at(local(here.workspace.clock()))
        st.session_state[SAID] = (action.id, f"{plain(action.title)}: {SAYS[answer]}. {at}")
        st.session_state.pop(f"otherwise-{action.id}", None)


def _said_already(here: PageContext, own: OwnAction, answer: Answer, note: str) -> bool:
    """Whether a button was pressed twice: what is stored is this very answer, given since the page was drawn."""
    mine = my_actions(here.workspace, here.visitor, here.organisation.name if here.organisation else None)
    now = next((each for each in mine.actions if each.action.id == own.action.id), None)
    if now is None or now.said is None or now.said == own.said:
        return False
    return now.stand == answer and (answer == "accepted" or now.said.note == note)
