"""After the questions: check the answers, send them, and what happens next."""

from __future__ import annotations

from datetime import UTC

import streamlit as st

from maturity.access.permissions import may
from maturity.assessment.terms import shown_from
from maturity.framework.model import Question
from maturity.operations import answers as operations
from maturity.operations.answers import Respondent
from maturity.ui import navigation, questionnaire_style
from maturity.ui.clock import local
from maturity.ui.context import REFUSALS, keeping_refusals, sentence
from maturity.ui.help import plain
from maturity.ui.questionnaire import (
    Sitting,
    allowed_departments,
    forget_respondents,
    go,
    number_of,
    show_progress,
    show_whereabouts,
)
from maturity.ui.questionnaire_said import said, what_is_beside
from maturity.ui.questionnaire_saving import say
from maturity.ui.questionnaire_start import show_privacy
from maturity.words.answering import what_next
from maturity.words.messages import counted, on_day


def show_check(sitting: Sitting) -> None:
    """Every answer with a way to change it, and the button that sends them."""
    st.set_page_config(page_title="Check your answers · Waymark")
    show_whereabouts(sitting)
    st.title("Check your answers")
    show_progress(sitting)
    questionnaire_style.apply()
    for topic, questions in sitting.asked.items():
        st.header(plain(sitting.topic(topic).name), anchor=False)
        for question in questions:
            _show_row(sitting, question)
    _show_send(sitting)


def _show_row(sitting: Sitting, question: Question) -> None:
    number, beside = number_of(sitting, question.id), what_is_beside(sitting, question)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(
            f"{number}\\. {plain(question.text)}  \n**{plain(said(sitting, question))}**{beside}", width="stretch"
        )
        st.button(
            f"Change {number}" if question.id in sitting.answers else f"Answer {number}",
            key=f"change-{question.id}",
            type="tertiary",
            on_click=go,
            kwargs={"q": question.id},
        )


def _show_send(sitting: Sitting) -> None:
    st.header("Send your answers", anchor=False)
    order = sitting.order
    left = len(order) - sitting.answered(order)
    if left:
        st.info(
            f"{counted(left, 'question')} {'is' if left == 1 else 'are'} not answered yet. "
            "You can send without, or go back and choose Don't know."
        )
    reasons = [each for each in order if said(sitting, each).endswith("no reason given yet")]
    if reasons:
        numbers = ", ".join(str(number_of(sitting, each.id)) for each in reasons)
        st.warning(f"Say why it does not apply: question {numbers}.")
    st.write(
        "Once sent, your answers count in your department's score. While the round is open you can take them back."
    )
    if trouble := st.session_state.get("_unsaved", {}).pop("send", None):
        st.error(plain(trouble), icon=":material/block:")
    with st.container(horizontal=True):
        st.button("All topics", on_click=go, icon=":material/arrow_back:")
        st.button("Send", type="primary", on_click=_send, args=(sitting,), disabled=not sitting.answers)


def show_sent(sitting: Sitting) -> None:
    """The confirmation: when it was sent, its reference, what happens next, who sees what, and how to take it back."""
    me, round_ = sitting.respondent, sitting.round
    show_whereabouts(sitting)
    st.title("Your answers are sent")
    answers = counted(sitting.answered(sitting.order), "answer")
    sent = f"{answers} for {plain(sitting.department)} sent{_when(sitting)}."
    st.success(f"{sent} Reference **{reference(me)}**.")
    st.header("What happens next", anchor=False)
    terms = round_.terms
    steps = what_next(
        round_.name, round_.closes_on, shown_from(round_.closes_on, terms), terms.lead_days, sitting.department
    )
    st.markdown("\n".join(f"1. {plain(step)}" for step in steps))
    st.header("Who sees what", anchor=False)
    show_privacy(round_)
    with st.container(horizontal=True):
        st.button("Take my answers back to change them", on_click=_take_back, args=(sitting,))
        if len(allowed_departments(sitting.here, round_)) > 1:
            st.button("Answer for another department", type="tertiary", on_click=_leave)
    if may(sitting.here.visitor, "read_department_results", me.department, round_.organisation_id):
        navigation.link_to("results", "See the results")


def _when(sitting: Sitting) -> str:
    """When the answers were sent; of an anonymous respondent only the day is kept."""
    moment = sitting.respondent.submitted_at
    if moment is None:
        return ""
    if sitting.round.terms.anonymity == "anonymous":
        return f" on {on_day(moment.astimezone(UTC).date())}"
    return f" on {on_day(local(moment).date())} at {local(moment):%H:%M}"


def reference(respondent: Respondent) -> str:
    """What to name when asking about answers: the department, and the last six signs of the respondent's id."""
    return f"{respondent.department.upper()}-{respondent.id.hex[-6:].upper()}"


def _send(sitting: Sitting) -> None:
    forget_respondents()
    try:
        operations.send(sitting.here.workspace, sitting.here.visitor, sitting.round, sitting.respondent)
        go()
    except REFUSALS as error:  # said beside the button: the top of this long page is out of sight
        say(sitting, "send", sentence(error))


def _take_back(sitting: Sitting) -> None:
    with keeping_refusals():
        forget_respondents()
        operations.take_back(sitting.here.workspace, sitting.here.visitor, sitting.round, sitting.respondent)
        go()


def _leave() -> None:
    st.query_params.pop("department", None)
    st.query_params.pop("round", None)
