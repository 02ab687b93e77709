"""The page of one department: for its head, and for whoever runs the round."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.board import board
from maturity.operations.early_sight import OVER, held_back_until
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.context import PageContext, page_context
from maturity.ui.department_actions import show_department_actions
from maturity.ui.department_days import days_of, show_days, show_waiting
from maturity.ui.department_differences import show_differences
from maturity.ui.department_result import show_result
from maturity.ui.help import plain
from maturity.ui.replies import replies_to, show_reply
from maturity.ui.reply_form import show_reply_form
from maturity.ui.results_choices import choose, choose_round
from maturity.ui.results_shown import Shown, shown_round
from maturity.words.department_sentences import how_many_answered, seen_early
from maturity.words.messages import NO_ROUND

NO_DEPARTMENT = "None of your departments takes part in this round. Choose another round."
NO_RESULT = "No result yet. It appears when somebody of the department has sent answers."
NO_REPLY = "The head of the department has not replied."
NOT_YET = "The head of the department can reply once the round is closed."
SIGNED_OFF = "The round is signed off, so nothing can be said to it any more."


@st.fragment
def show_department() -> None:
    """The whole page below its title; a click reruns this much and nothing around it."""
    here = page_context()
    rounds = [each for each in cached.every_round(here) if each.status != "draft"]
    if not rounds:
        st.info(NO_ROUND)
        return
    with st.container(horizontal=True):
        round_ = choose_round(rounds, cached.latest_round(here)) or rounds[-1]
        codes = own_departments(here, round_)
        department = _chosen(round_, codes) if codes else None
    if department is None:
        st.info(NO_DEPARTMENT)
        return
    days = days_of(here, department)
    show_waiting(days)
    show_one(here, round_, department)
    show_department_actions(here, department)
    show_days(days)


def own_departments(here: PageContext, round_: Round) -> list[str]:
    """The departments of the round that the visitor leads, or all for whoever runs it, in the organisation's order."""
    mine = round_.organisation_id
    return [each.code for each in round_.departments if may(here.visitor, "read_differences", each.code, mine)]


def _chosen(round_: Round, codes: list[str]) -> str:
    if len(codes) == 1:
        return codes[0]
    return choose("Department", codes, lambda code: round_.names[code], key="department_of")


def show_one(here: PageContext, round_: Round, department: str) -> None:
    """Everything about one department in one round."""
    shown = shown_round(here, round_)
    st.header(plain(round_.names[department]), anchor=False)
    show_state(here, round_, department)
    score = shown.scores.of(department)
    if score.score is None:
        st.info(NO_RESULT)
        return
    said = seen_early(held_back_until(here.workspace, round_), is_open=round_.status not in OVER)
    st.info(said, icon=":material/visibility:")
    show_result(shown, department)
    show_differences(shown, department)
    st.header("Reply to the result", anchor=False)
    if may(here.visitor, "reply", department, round_.organisation_id) and round_.status == "closed":
        show_reply_form(round_, department)
    else:
        show_standing_reply(shown, department)


def show_state(here: PageContext, round_: Round, department: str) -> None:
    """How many were invited, have started and have sent."""
    found = [row for row in board(here.workspace, here.visitor, round_).rows if row.department == department]
    for row in found:
        st.write(how_many_answered(row.sent, row.started, row.invited))


def show_standing_reply(shown: Shown, department: str) -> None:
    """What was said, or why nothing is."""
    here, round_ = shown.here, shown.round
    if department in replies_to(here, round_):
        show_reply(here, round_, department)
        if round_.status == "signed_off":
            st.caption(SIGNED_OFF)
        return
    st.caption(SIGNED_OFF if round_.status == "signed_off" else NO_REPLY if round_.status in OVER else NOT_YET)
