"""Before the questions: whether a round takes answers, for which department one answers, and what to expect."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.framework.model import Question
from maturity.operations.answers import ROLE_FAMILIES, questions_for, start
from maturity.operations.rounds import Round
from maturity.operations.setup import Department
from maturity.ui import cached, navigation
from maturity.ui.context import PageContext, keeping_refusals
from maturity.ui.help import help_link, plain
from maturity.ui.questionnaire import allowed_departments, forget_respondents, go, open_rounds
from maturity.words.messages import NO_ROUND, counted, how_long, on_day

WHO_SEES = (
    "- Until you send your answers, nobody else sees them and they do not count.\n"
    "- After that, the data team and the head of your department see the department's score.\n"
    "- How answers spread is shown to nobody where fewer than 5 people answered.\n"
    "- Your evidence and comments go to the data team with your name."
)


def show_no_round(here: PageContext) -> None:
    """No round is open: why, and what can be done about it."""
    st.title("Questionnaire")
    latest = cached.latest_round(here)
    if latest is None:
        st.info(
            NO_ROUND if may(here.visitor, "manage_rounds") else "No assessment is open yet. You will hear when one is."
        )
    else:
        st.info(f"The round {plain(latest.name)} is closed, so nobody can answer in it now.")
    if may(here.visitor, "manage_rounds"):
        navigation.link_to("rounds", "Start or open a round")
    if latest and may(here.visitor, "read_department_results"):
        navigation.link_to("results", "See the results")


def show_start(here: PageContext, round_: Round) -> None:
    """What it is, how long it takes, who sees it, and for which department."""
    st.title("Questionnaire")
    departments = allowed_departments(here, round_)
    if not departments:
        st.info(f"Your department does not take part in the round {plain(round_.name)}.")
        return
    if st.query_params.get("department"):
        st.warning("You may not answer for the department in this address. Choose one of yours.")
    until = f" Answers are taken until {on_day(round_.closes_on)}." if round_.closes_on else ""
    st.write(f"Tell us how your department uses data. This is the round **{plain(round_.name)}**.{until}")
    choose(here, round_, departments)
    st.header("Who sees your answers")
    st.markdown(WHO_SEES)
    help_link("level", "What do the levels mean?")
    navigation.link_to("privacy", "What is kept about you, and for how long")


@st.fragment
def choose(here: PageContext, round_: Round, departments: list[Department]) -> None:
    """Round where several are open, department, role family, and the button that starts or resumes."""
    rounds = {each.name: each for each in open_rounds(here)}
    if len(rounds) > 1:
        name = st.selectbox("Round", list(rounds), index=list(rounds).index(round_.name), key="answer_round")
        round_ = rounds[name]
        departments = allowed_departments(here, round_)
    names = {each.code: each.name for each in departments}
    code = next(iter(names), "")
    if len(names) > 1:
        code = st.selectbox("Department", list(names), key="answer_department", format_func=names.__getitem__) or code
    if not code:
        st.info(f"Your department does not take part in the round {plain(round_.name)}.")
        return
    asked = _first_questions(round_, code)
    st.write(
        f"**{plain(names[code])}** is asked {counted(len(asked), 'question')}, which takes {how_long(len(asked))}. "
        "You can stop at any time: every answer is saved as you choose it, and you can come back to it."
    )
    family = st.selectbox(
        "What do you do there?",
        [None, *ROLE_FAMILIES],
        key="answer_role",
        format_func=lambda each: ROLE_FAMILIES.get(each, "I would rather not say"),
        help="Only used to see whether leaders, managers and the front line answer differently.",
    )
    if st.button("Start, or go on", type="primary"):
        _begin(here, round_, code, family)
        st.rerun()


def _first_questions(round_: Round, department: str) -> list[Question]:
    return [question for questions in questions_for(round_, department, {}).values() for question in questions]


def _begin(here: PageContext, round_: Round, department: str, family: str | None) -> None:
    with keeping_refusals():
        start(here.workspace, here.visitor, round_, department, family)
        forget_respondents()
        go(department=department, round=round_.name)
