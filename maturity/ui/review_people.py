"""Sending a respondent's answers back, with a note that says what to look at again."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from maturity.operations import reviewing
from maturity.operations.review import DepartmentReview
from maturity.operations.rounds import Round
from maturity.ui.context import PageContext
from maturity.ui.review_forms import LONGEST, show_outcome, tell, typed

WHAT_HAPPENS = (
    "The respondent reads your note above the questionnaire, can change the answers and sends them again. Until then "
    "these answers do not count, and nobody but the respondent sees them."
)
NOT_OPEN = (
    "This round is closed, so nobody could answer again. Whoever looks after rounds can open it again; you can flag "
    "evidence and record values as it is."
)
NOBODY = "Nobody in this department has sent answers, so there is nothing to send back."


def show_people(here: PageContext, round_: Round, of: DepartmentReview) -> None:
    """Who has sent answers, and the form that sends theirs back; only while the round is open."""
    st.header("Send answers back", anchor=False)
    name = f"back:{round_.id}:{of.department.code}"
    show_outcome(name)
    if round_.status != "open":
        st.info(NOT_OPEN)
        return
    if not of.respondents:
        st.info(NOBODY)
        return
    st.write(WHAT_HAPPENS)
    people, chosen = of.respondents, f"{name}:whose"
    if st.session_state.get(chosen) not in people:
        st.session_state.pop(chosen, None)
    st.radio("Whose answers?", list(people), index=None, key=chosen, format_func=lambda each: people[each])
    st.text_area(
        "Note to the respondent", key=f"{name}:note", max_chars=LONGEST, height=110,
        placeholder="Which question, and what is missing",
    )  # fmt: skip
    st.button(
        "Send the answers back", key=f"{name}:send", type="primary", on_click=send_back, args=(here, round_, name)
    )


def send_back(here: PageContext, round_: Round, name: str) -> None:
    """In a callback: send the chosen respondent's answers back."""
    whose: UUID | None = st.session_state.get(f"{name}:whose")
    if whose is None:
        st.session_state[f"{name}:outcome"] = (False, "Choose whose answers go back, then send again.")
        return
    tell(
        here, name,
        lambda: reviewing.send_back(here.workspace, here.visitor, round_, whose, typed(f"{name}:note")),
        "The answers are open again for the respondent.", f"{name}:note",
    )  # fmt: skip
