"""After the questions: check the answers, send them, and what happens next."""

from __future__ import annotations

import streamlit as st

from maturity.framework.model import Question
from maturity.operations import answers as operations
from maturity.ui import navigation
from maturity.ui.clock import local
from maturity.ui.context import keeping_refusals
from maturity.ui.help import plain
from maturity.ui.questionnaire import Sitting, forget_respondents, go, number_of, show_progress, show_whereabouts
from maturity.ui.questionnaire_question import STYLE
from maturity.words.messages import counted, on_day

NOT_ANSWERED = "Not answered yet"


def said(sitting: Sitting, question: Question) -> str:
    """An answer in words."""
    stored = sitting.answers.get(question.id)
    if stored is None:
        return NOT_ANSWERED
    answer = stored.answer
    if answer.state == "level" and answer.level:
        return f"Level {answer.level}, {sitting.round.framework.level_name(answer.level)}"
    if answer.state == "dont_know":
        return "Don't know"
    if answer.state == "not_applicable":
        return f"Does not apply: {answer.reason}" if answer.reason else "Does not apply, no reason given yet"
    return answer.label or (f"{answer.points:g} points" if answer.points is not None else NOT_ANSWERED)


def show_check(sitting: Sitting) -> None:
    """Every answer with a way to change it, and the button that sends them."""
    st.set_page_config(page_title="Check your answers · Waymark")
    show_whereabouts(sitting)
    st.title("Check your answers")
    show_progress(sitting)
    st.html(STYLE)
    for topic, questions in sitting.asked.items():
        st.header(plain(sitting.topic(topic).name), anchor=False)
        for question in questions:
            _show_row(sitting, question)
    _show_send(sitting)


def _show_row(sitting: Sitting, question: Question) -> None:
    number = number_of(sitting, question.id)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.markdown(f"{number}\\. {plain(question.text)}  \n**{plain(said(sitting, question))}**", width="stretch")
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
    with st.container(horizontal=True):
        st.button("All topics", on_click=go, icon=":material/arrow_back:")
        st.button("Send", type="primary", on_click=_send, args=(sitting,), disabled=not sitting.answers)


def show_sent(sitting: Sitting) -> None:
    """The confirmation: when it was sent, what happens next, and how to take it back."""
    show_whereabouts(sitting)
    st.title("Your answers are sent")
    moment = sitting.respondent.submitted_at
    when = f" on {on_day(local(moment).date())} at {local(moment):%H:%M}" if moment else ""
    count = sitting.answered(sitting.order)
    st.success(f"{counted(count, 'answer')} for {plain(sitting.department)} sent{when}.")
    closes = sitting.round.closes_on
    until = f"on {on_day(closes)}" if closes else "when everybody has had the time to answer"
    st.header("What happens next", anchor=False)
    st.markdown(
        f"- The round {plain(sitting.round.name)} closes {until}.\n"
        "- Then the data team looks at the scores with the departments, and you see your department's.\n"
        "- From the gaps a plan is made; actions for your department are talked over with its head first."
    )
    with st.container(horizontal=True):
        st.button("Take my answers back to change them", on_click=_take_back, args=(sitting,))
        st.button("Answer for another department", type="tertiary", on_click=_leave)
    if sitting.here.visitor.roles != frozenset({"respondent"}):
        navigation.link_to("results", "See the results")


def _send(sitting: Sitting) -> None:
    with keeping_refusals():
        forget_respondents()
        operations.send(sitting.here.workspace, sitting.here.visitor, sitting.round, sitting.respondent)
        go()


def _take_back(sitting: Sitting) -> None:
    with keeping_refusals():
        forget_respondents()
        operations.take_back(sitting.here.workspace, sitting.here.visitor, sitting.round, sitting.respondent)
        go()


def _leave() -> None:
    st.query_params.pop("department", None)
    st.query_params.pop("round", None)
