"""The page of one department: for its head, and for whoever runs the round."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.operations.early_sight import OVER, held_back_until
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.context import PageContext, page_context
from maturity.ui.department_differences import show_differences
from maturity.ui.department_result import show_result
from maturity.ui.help import plain
from maturity.ui.replies import show_reply
from maturity.ui.reply_form import show_reply_form
from maturity.ui.results_choices import choose, choose_round
from maturity.ui.results_shown import Shown, shown_round
from maturity.words.department_sentences import how_many_answered, seen_early
from maturity.words.messages import NO_ROUND, on_day

NO_DEPARTMENT = "This round has no department of yours. Choose another round."
NO_RESULT = "No result yet. It appears when the first answers of the department have been sent."


@st.fragment
def show_department() -> None:
    """The whole page; a click reruns this much and nothing around it."""
    here = page_context()
    leads = not may(here.visitor, "manage_rounds")
    st.title("My department" if leads else "One department")
    rounds = [each for each in cached.every_round(here) if each.status != "draft"]
    if not rounds:
        st.info(NO_ROUND)
        return
    with st.container(horizontal=True):
        round_ = choose_round(rounds, cached.latest_round(here))
        codes = own_departments(here, round_) if round_ else []
        department = _chosen(round_, codes) if round_ and codes else None
    if round_ is None or department is None:
        st.info(NO_DEPARTMENT)
        return
    show_one(shown_round(here, round_), department)


def own_departments(here: PageContext, round_: Round) -> list[str]:
    """The departments of the round that the visitor leads, or all for whoever runs it, in the organisation's order."""
    org = round_.organisation_id
    return [each.code for each in round_.departments if may(here.visitor, "read_differences", each.code, org)]


def _chosen(round_: Round, codes: list[str]) -> str:
    if len(codes) == 1:
        return codes[0]
    return choose("Department", codes, lambda code: round_.names[code], key="department_of")


def show_one(shown: Shown, department: str) -> None:
    """Everything about one department in one round."""
    here, round_ = shown.here, shown.round
    st.header(plain(round_.names[department]), anchor=False)
    show_state(here, round_, department)
    score = shown.scores.scores.get(_place(department))
    if score is None or score.score is None:
        st.info(NO_RESULT)
        return
    st.info(seen_early(held_back_until(here.workspace, round_), is_open=round_.status not in OVER),
            icon=":material/visibility:")  # fmt: skip
    show_result(shown, department)
    show_differences(shown, department)
    st.subheader("The reply", anchor=False)
    if may(here.visitor, "reply", department, round_.organisation_id) and round_.status == "closed":
        show_reply_form(round_, department)
    else:
        show_standing_reply(here, round_, department)
