"""The head of a department writes a reply to its result, changes it, or takes it back."""

from __future__ import annotations

import streamlit as st

from maturity.operations import replies as operations
from maturity.operations.errors import Changed
from maturity.operations.replies import LONGEST_REPLY, Reply
from maturity.operations.rounds import Round
from maturity.ui.clock import local
from maturity.ui.context import REFUSALS, PageContext, page_context, sentence
from maturity.ui.help import plain
from maturity.ui.replies import replies_to
from maturity.words.messages import saved_at

WHO_SEES_IT = (
    "Everybody who sees the department's result reads your reply with it: on the pages of results and gaps, in the "
    "leadership summary, and in what is taken from the command line. You can change it until the round is signed off."
)


@st.fragment
def show_reply_form(round_: Round, department: str) -> None:
    """One text, saved by one button; what was typed stays where the store refuses it."""
    here, key = page_context(), f"reply:{round_.id}:{department}"
    there = replies_to(here, round_).get(department)
    _seed(key, there)
    st.caption(WHO_SEES_IT)
    st.text_area(
        "Your reply",
        key=f"{key}:text",
        max_chars=LONGEST_REPLY,
        height=160,
        help="What explains the result, what you disagree with, what you will do. Name nobody who can be recognised.",
    )
    with st.container(horizontal=True):
        st.button(
            "Save the reply" if there is None else "Save the changed reply",
            key=f"{key}:save",
            type="primary",
            on_click=_save,
            args=(here, round_, department, key),
        )
        if there is not None:
            st.button("Take the reply back", key=f"{key}:drop", on_click=_drop, args=(here, round_, department, key))
    _show_outcome(here, key, there)


def _seed(key: str, there: Reply | None) -> None:
    """The text from the store, once; and again after a save, or when the page is opened anew."""
    if f"{key}:version" not in st.session_state or f"{key}:text" not in st.session_state:
        st.session_state[f"{key}:version"] = there.row_version if there else 0
        st.session_state[f"{key}:text"] = there.reply if there else ""


def _save(here: PageContext, round_: Round, department: str, key: str) -> None:
    state = st.session_state
    text, version = str(state.get(f"{key}:text") or ""), int(state.get(f"{key}:version") or 0)
    try:
        operations.reply_to_result(here.workspace, here.visitor, round_, department, text, expected_version=version)
    except REFUSALS as error:
        _refused(here, round_, department, key, error)
    else:
        state[f"{key}:outcome"] = ("saved", "")
        del state[f"{key}:version"]


def _drop(here: PageContext, round_: Round, department: str, key: str) -> None:
    version = int(st.session_state.get(f"{key}:version") or 0)
    try:
        operations.withdraw_reply(here.workspace, here.visitor, round_, department, expected_version=version)
    except REFUSALS as error:
        _refused(here, round_, department, key, error)
    else:
        st.session_state[f"{key}:outcome"] = ("dropped", "")
        del st.session_state[f"{key}:version"]


def _refused(here: PageContext, round_: Round, department: str, key: str, error: Exception) -> None:
    """What was typed stays; where somebody else was first, the next save is of what they see now."""
    said = sentence(error)
    if isinstance(error, Changed):
        there = replies_to(here, round_).get(department)
        said = f"{said} It says: “{there.reply}”" if there else f"{said} It was taken back."
        st.session_state[f"{key}:version"] = there.row_version if there else 0
    st.session_state[f"{key}:outcome"] = ("refused", said)


def _show_outcome(here: PageContext, key: str, there: Reply | None) -> None:
    how, said = st.session_state.pop(f"{key}:outcome", ("", ""))
    if how == "refused":
        st.error(plain(said), icon=":material/block:")
    elif how == "dropped":
        st.success("The reply is taken back.")
    elif there is not None:
        moment = local(there.said_at)
        st.caption(saved_at(moment) if how == "saved" else f"Said {moment:%H:%M}, {moment.day} {moment:%B %Y}.")
