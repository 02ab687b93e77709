"""Before the questions: whether a round takes answers, what to expect, who sees it, and for whom one answers."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from maturity.access.permissions import may
from maturity.assessment.terms import ROLE_FAMILIES, SPEAKS_FOR
from maturity.framework.model import Question
from maturity.operations.answers import Respondent, describe, mine, progress, questions_for, start
from maturity.operations.rounds import Round
from maturity.operations.setup import Department
from maturity.ui import cached, navigation, questionnaire_style
from maturity.ui.context import PageContext, keeping_refusals, show_kept_refusals
from maturity.ui.help import help_link, plain
from maturity.ui.questionnaire import Sitting, allowed_departments, forget_respondents, go, open_rounds
from maturity.words.answering import ROLE_HELP, STOP_AND_COME_BACK, UNSAID, kept_but_closed, who_sees
from maturity.words.messages import NO_ROUND, counted, how_long, on_day

UNSAID_CODE = "unsaid"
ROLES = {**ROLE_FAMILIES, UNSAID_CODE: UNSAID}
SPEAKS = {**SPEAKS_FOR, UNSAID_CODE: UNSAID}
WHAT_YOU_DO, FOR_WHOM = "What do you do there?", "For whom do you answer?"


def show_no_round(here: PageContext) -> None:
    """No round is open: why, what became of one's own answers, and what can be done about it."""
    st.title("Questionnaire")
    latest = cached.latest_round(here)
    visitor = here.visitor
    if latest is None:
        st.info(NO_ROUND if may(visitor, "manage_rounds") else "No assessment is open yet. You will hear when one is.")
    else:
        st.info(plain(_what_became(here, latest)))
    if may(visitor, "manage_rounds"):
        navigation.link_to("rounds", "Start or open a round")
    if latest and may(visitor, "read_department_results"):
        navigation.link_to("results", "See the results")


def _what_became(here: PageContext, latest: Round) -> str:
    own = mine(here.workspace, here.visitor, latest)
    if not own:
        return f"The round {latest.name} is {latest.status.replace('_', ' ')}, so nobody can answer in it now."
    answered = progress(here.workspace, here.visitor, latest).answered
    saved = sum(answered.get(each.id, 0) for each in own)
    return kept_but_closed(latest.name, latest.closes_on, saved, all(each.status == "submitted" for each in own))


def show_start(here: PageContext, round_: Round) -> None:
    """What it is, how long it takes, who sees it, and for which department."""
    st.title("Questionnaire")
    departments = allowed_departments(here, round_)
    if not departments:
        st.info(f"Your department does not take part in the round {plain(round_.name)}.")
        return
    named = st.query_params.get("department")
    if named and named not in {each.code for each in departments}:
        st.warning("You may not answer for the department in this address. Choose one of yours.")
    until = f" Answers are taken until {on_day(round_.closes_on)}." if round_.closes_on else ""
    st.write(f"Tell us how your department uses data. This is the round **{plain(round_.name)}**.{until}")
    questionnaire_style.apply()
    _show_going_on(here, round_)
    choose(here, round_, departments)


def _show_going_on(here: PageContext, round_: Round) -> None:
    """Where one has begun already: straight back to it."""
    for each in mine(here.workspace, here.visitor, round_):
        name = plain(round_.names.get(each.department, each.department))
        words = f"See what you sent for {name}" if each.status == "submitted" else f"Go on for {name}"
        where = {"department": each.department, "round": round_.name}
        st.button(words, key=f"go_on-{each.department}", on_click=go, kwargs=where)


def show_privacy(round_: Round) -> None:
    """Who sees what, by how the round is held."""
    lines = who_sees(round_.terms.anonymity, round_.terms.lead_days)
    st.markdown("\n".join(f"- {line}" for line in lines))
    navigation.link_to("privacy", "What is kept about you, and for how long")


@st.fragment
def choose(here: PageContext, round_: Round, departments: list[Department]) -> None:
    """Round where several are open, department, what one does and for whom one speaks, and the button that starts."""
    rounds = {each.name: each for each in open_rounds(here)}
    if len(rounds) > 1:
        name = st.selectbox("Round", list(rounds), index=list(rounds).index(round_.name), key="answer_round")
        round_ = rounds[name]
        departments = allowed_departments(here, round_)
    code = _chosen_department(departments)
    if not code:
        st.info(f"Your department does not take part in the round {plain(round_.name)}.")
        return
    asked = _first_questions(round_, code)
    st.write(
        f"**{plain(round_.names[code])}** is asked {counted(len(asked), 'question')}, which takes "
        f"{how_long(len(asked))}. {STOP_AND_COME_BACK}"
    )
    st.header("Who sees your answers", anchor=False)
    show_privacy(round_)
    help_link("level", "What do the levels mean?")
    st.header("About you", anchor=False)
    st.write("You can change both until you send your answers.")
    with st.container(key="choices-about"):
        family = _ask(WHAT_YOU_DO, ROLES, "answer_role", help=ROLE_HELP)
        speaks_for = _ask(FOR_WHOM, SPEAKS, "answer_speaks_for")
    if st.button("Start", type="primary"):
        _begin(here, round_, code, family, speaks_for)
        st.rerun()


def _chosen_department(departments: list[Department]) -> str:
    names = {each.code: each.name for each in departments}
    if len(names) < 2:
        return next(iter(names), "")
    codes, named = list(names), st.query_params.get("department")
    index = codes.index(named) if named in names else 0
    chosen = st.selectbox("Department", codes, index=index, key="answer_department", format_func=names.__getitem__)
    return chosen or codes[0]


def _ask(label: str, choices: Mapping[str, str], key: str, help: str | None = None) -> str | None:
    """One of the choices, none of them chosen from the start; not said is None."""
    given = st.radio(label, list(choices), index=None, key=key, format_func=choices.__getitem__, help=help)
    return None if given == UNSAID_CODE else given


def _first_questions(round_: Round, department: str) -> list[Question]:
    return [question for questions in questions_for(round_, department, {}).values() for question in questions]


def _begin(here: PageContext, round_: Round, code: str, family: str | None, speaks_for: str | None) -> None:
    with keeping_refusals():
        start(here.workspace, here.visitor, round_, code, family, speaks_for)
        forget_respondents()
        go(department=code, round=round_.name)


def said_of_oneself(respondent: Respondent) -> str:
    """What a respondent has said of the own role, and for whom the answers speak."""
    role = ROLE_FAMILIES.get(respondent.role_family or "", "role not said")
    whom = SPEAKS_FOR.get(respondent.speaks_for or "", "not said")
    return f"{role}, for: {whom[:1].lower()}{whom[1:]}"


@st.fragment
def show_oneself(sitting: Sitting) -> None:
    """What the respondent has said of the own role and for whom they speak, to be corrected until sending."""
    show_kept_refusals()
    me, base = sitting.respondent, f"about:{sitting.respondent.id}"
    st.session_state.setdefault(f"{base}:role", me.role_family or UNSAID_CODE)
    st.session_state.setdefault(f"{base}:speaks", me.speaks_for or UNSAID_CODE)
    # Its label never changes: with another it would be another box.
    with st.container(key="choices-about"), st.expander("About you", key=f"{base}:box"):
        st.write(f"You answer as: {plain(said_of_oneself(me))}.")
        for label, choices, name in ((WHAT_YOU_DO, ROLES, "role"), (FOR_WHOM, SPEAKS, "speaks")):
            st.radio(
                label,
                list(choices),
                key=f"{base}:{name}",
                format_func=choices.__getitem__,
                on_change=_correct,
                args=(sitting, base),
                help=ROLE_HELP if name == "role" else None,
            )
    if st.session_state.pop(f"{base}:changed", False):
        st.rerun()  # another role may be asked other questions


def _correct(sitting: Sitting, base: str) -> None:
    given = {name: st.session_state.get(f"{base}:{name}") for name in ("role", "speaks")}
    role, speaks = (None if each == UNSAID_CODE else each for each in given.values())
    with keeping_refusals():
        here = sitting.here
        describe(here.workspace, here.visitor, sitting.round, sitting.respondent, role, speaks)
        st.session_state[f"{base}:changed"] = True
