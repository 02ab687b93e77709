"""One question on the page: a fragment of its own, so that a click reruns nothing else."""

from __future__ import annotations

import streamlit as st

from maturity.framework.model import Framework, Question
from maturity.ui.help import number_help, plain
from maturity.ui.questionnaire import Sitting, follow
from maturity.ui.questionnaire_evidence import show_evidence, show_text
from maturity.ui.questionnaire_said import show_flag, show_last_time, show_saved
from maturity.ui.questionnaire_saving import (
    LEVEL,
    OPTION,
    choice_of,
    keep_choice,
    keep_field,
    keep_markers,
    keep_points,
    key,
    seed,
    ticked_markers,
)
from maturity.words.messages import DONT_KNOW

NOT_APPLICABLE = "Does not apply to this department."
BESIDE = "Evidence, confidence and comment"
CONFIDENCE = {1: "1, a guess", 2: "2", 3: "3", 4: "4", 5: "5, certain"}


@st.fragment
def show_question(sitting: Sitting, question: Question, number: int) -> None:
    """The question, its answers, when it was saved, and what may be said beside an answer."""
    follow()
    st.header(f"{number}. {plain(question.text)}", anchor=False)
    if question.guidance:
        st.write(plain(question.guidance))
    show_flag(sitting, question)
    with st.container(key=f"choices-{question.id}"):
        _show_choices(sitting, question, number)
    _show_reason(sitting, question)
    show_saved(sitting, question)
    show_last_time(sitting, question)
    if question.id in sitting.answers:
        _show_beside(sitting, question)
    if sitting.asks_others(question):
        st.rerun()


def _show_choices(sitting: Sitting, question: Question, number: int) -> None:
    if question.kind == "points":
        _show_points(sitting, question, number)
    choices = _choices(sitting.round.framework, question)
    name = key(sitting, question.id, "choice")
    stored = choice_of(sitting, question)
    if name not in st.session_state and stored in choices:
        st.session_state[name] = stored
    st.radio(
        _ask(question, number),
        list(choices),
        index=None,
        key=name,
        format_func=choices.__getitem__,
        on_change=keep_choice,
        args=(sitting, question),
        help=_level_help(sitting.round.framework) if question.by_level else None,
    )
    if question.kind == "markers" and st.session_state.get(name) == "markers":
        _show_markers(sitting, question)


def _ask(question: Question, number: int) -> str:
    """The label of the choices; with the number, because several questions may stand on one page."""
    rest = {
        "levels": "choose the highest description of which every part holds today",
        "markers": "choose how to answer, then tick what holds today",
        "options": "choose one",
        "points": "or choose one of these",
    }
    return f"Question {number}: {rest[question.kind]}"


def _choices(framework: Framework, question: Question) -> dict[str, str]:
    """Choice codes with their words, in the order of the page. None of them is chosen from the start."""
    found: dict[str, str] = {}
    if question.kind == "levels":
        for level, text in enumerate(question.descriptors, start=1):
            found[f"{LEVEL}{level}"] = f"**{level} {plain(framework.level_name(level))}.** {plain(text)}"
    elif question.kind == "markers":
        found["markers"] = "Tick what holds"
    elif question.kind == "options":
        found = {f"{OPTION}{option.id}": plain(option.label) for option in question.options}
    found["dont_know"] = DONT_KNOW
    if question.not_applicable:
        found["not_applicable"] = NOT_APPLICABLE
    return found


def _level_help(framework: Framework) -> str:
    return "\n\n".join(f"**{each.level} {plain(each.name)}.** {plain(each.meaning)}" for each in framework.levels)


def _show_markers(sitting: Sitting, question: Question) -> None:
    ticked = ticked_markers(sitting, question)
    for number, marker in enumerate(question.markers):
        name = key(sitting, question.id, f"marker-{number}")
        seed(name, number in ticked)
        st.checkbox(plain(marker.text), key=name, on_change=keep_markers, args=(sitting, question))
    stored = sitting.answers.get(question.id)
    if stored and stored.answer.level:
        level = stored.answer.level
        st.write(f"That makes level {level}, {plain(sitting.round.framework.level_name(level))}.")


def _show_points(sitting: Sitting, question: Question, number: int) -> None:
    name = key(sitting, question.id, "points")
    stored = sitting.answers.get(question.id)
    given = stored.answer if stored and stored.answer.state == "points" else None
    if question.max_points is None:
        seed(name, (given.label if given else "") or "")
        st.text_input(
            f"Question {number}: answer", key=name, max_chars=200, on_change=keep_points, args=(sitting, question)
        )
        return
    seed(name, given.points if given else None)
    label = f"Question {number}: points, from 0 to {question.max_points:g}"
    most = float(question.max_points)
    st.number_input(label, 0.0, most, value=None, key=name, on_change=keep_points, args=(sitting, question))


def _show_reason(sitting: Sitting, question: Question) -> None:
    if choice_of(sitting, question) == "not_applicable":
        show_text(sitting, question, "reason", "Why does it not apply? A reason is required.")


def _show_beside(sitting: Sitting, question: Question) -> None:
    """Evidence, confidence and comment, drawn only once they are opened."""
    # The label never changes: with another label it would be another box, and closed again.
    beside = st.expander(BESIDE, key=key(sitting, question.id, "beside"), on_change="rerun")
    if not beside.open:
        return
    with beside:
        if sitting.answers[question.id].answer.state in ("level", "option", "points"):
            with st.container(key=f"choices-sure-{question.id}"):
                _show_confidence(sitting, question)
            show_evidence(sitting, question)
        show_text(sitting, question, "comment", "Comment")


def _show_confidence(sitting: Sitting, question: Question) -> None:
    name = key(sitting, question.id, "confidence")
    seed(name, sitting.answers[question.id].answer.confidence)
    st.radio(
        "How sure are you?",
        list(CONFIDENCE),
        index=None,
        key=name,
        format_func=CONFIDENCE.__getitem__,
        horizontal=True,
        on_change=keep_field,
        args=(sitting, question, "confidence"),
        help=number_help("confidence"),
    )
