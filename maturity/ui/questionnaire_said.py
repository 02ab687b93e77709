"""What stands under a question once it is answered: saved when, said what last time, and what else there is to know."""

from __future__ import annotations

import streamlit as st

from maturity.assessment.answers import Answer
from maturity.framework.model import Question
from maturity.ui.clock import local
from maturity.ui.help import plain
from maturity.ui.questionnaire import Sitting
from maturity.ui.questionnaire_saving import ELSEWHERE, KEPT, take_theirs
from maturity.words.answering import answered_elsewhere, last_time_department, last_time_own
from maturity.words.messages import saved_at

NOT_ANSWERED = "Not answered yet"


def said(sitting: Sitting, question: Question) -> str:
    """An answer in words."""
    stored = sitting.answers.get(question.id)
    return in_words(sitting, stored.answer) if stored else NOT_ANSWERED


def in_words(sitting: Sitting, answer: Answer) -> str:
    """One answer in words: "Level 2, Emerging"."""
    if answer.state == "level" and answer.level:
        return f"Level {answer.level}, {sitting.round.framework.level_name(answer.level)}"
    if answer.state == "dont_know":
        return "Don't know"
    if answer.state == "not_applicable":
        return f"Does not apply: {answer.reason}" if answer.reason else "Does not apply, no reason given yet"
    return answer.label or (f"{answer.points:g} points" if answer.points is not None else NOT_ANSWERED)


def show_saved(sitting: Sitting, question: Question) -> None:
    """The line under an answer: when the store took it, or why it did not, and what another window had saved."""
    trouble = st.session_state.get("_unsaved", {}).get(question.id)
    stored = sitting.answers.get(question.id)
    if trouble == KEPT:
        st.info(trouble)
    elif trouble:
        st.error(plain(trouble), icon=":material/block:")
    elif stored:
        st.caption(f":material/check: {saved_at(local(stored.made_at))}{what_is_beside(sitting, question)}")
        _show_elsewhere(sitting, question)


def what_is_beside(sitting: Sitting, question: Question) -> str:
    """What is kept beside an answer, so that it need not be opened to be seen; empty where nothing is."""
    if question.id not in sitting.answers:
        return ""
    answer, files = sitting.answers[question.id].answer, sitting.files.get(question.id, [])
    named = {"evidence": answer.evidence_note, "a link": answer.evidence_link, "a comment": answer.comment}
    there = [name for name, text in named.items() if text]
    if files:
        there.insert(0, "a file" if len(files) == 1 else f"{len(files)} files")
    return f", with {' and '.join([', '.join(there[:-1])] * (len(there) > 1) + there[-1:])}" if there else ""


def _show_elsewhere(sitting: Sitting, question: Question) -> None:
    there = st.session_state.get(ELSEWHERE, {}).get(question.id)
    if there is None:
        return
    minutes = int((sitting.here.workspace.clock() - there.made_at).total_seconds() // 60)
    theirs = plain(in_words(sitting, there.answer))
    st.warning(answered_elsewhere(theirs, plain(said(sitting, question)), minutes))
    st.button(
        f"Use {theirs[:1].lower()}{theirs[1:]} instead",
        key=f"theirs-{question.id}",
        on_click=take_theirs,
        args=(sitting, question),
    )


def show_last_time(sitting: Sitting, question: Question) -> None:
    """The answer of the round before, only beside an answer that is given: it must not lead anybody to repeat it."""
    before = sitting.before
    if before is None or question.id not in sitting.answers:
        return
    framework = sitting.round.framework
    if own := before.own.get(question.id):
        words = in_words(sitting, own)
        st.caption(plain(last_time_own(before.round, f"{words[:1].lower()}{words[1:]}")))
    elif (value := before.department.get(question.id)) is not None and question.by_level:
        name = framework.level_name(int(value))
        st.caption(plain(last_time_department(before.round, value, framework.top_level, name)))


def show_flag(sitting: Sitting, question: Question) -> None:
    """Why the reviewer wants more for this question, while the answers are sent back."""
    if reason := sitting.flags.get(question.id):
        st.warning(f"**Sent back.** {plain(reason)}", icon=":material/undo:")
