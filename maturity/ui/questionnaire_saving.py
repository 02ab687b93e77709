"""Saving as one goes: the callbacks of the questionnaire's inputs. Each writes once and gets back what is stored."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

import streamlit as st

from maturity.assessment.answers import Answer
from maturity.framework.model import Question
from maturity.operations import answers as operations
from maturity.operations.answers import StoredAnswer, TopicNote
from maturity.operations.errors import Changed
from maturity.ui.context import REFUSALS, sentence
from maturity.ui.questionnaire import Sitting, forget_respondents
from maturity.words.messages import save_failed

ELSEWHERE = "_elsewhere"  # by question: what another window had saved when this one saved something else
LONGEST = 4_000
LEVEL, OPTION = "level:", "option:"
KEPT = "The earlier text is kept. To remove it, choose “Clear”."
_log = logging.getLogger(__name__)


def key(sitting: Sitting, of: str, field: str) -> str:
    """The name of one input in the session: by respondent, by question or topic, by field."""
    return f"answer:{sitting.respondent.id}:{of}:{field}"


def seed(name: str, value: Any) -> None:
    """Give an input its stored value before it is drawn for the first time."""
    st.session_state.setdefault(name, value)


def choice_of(sitting: Sitting, question: Question) -> str | None:
    """The stored answer as the choices name it; None while there is none."""
    stored = sitting.answers.get(question.id)
    if stored is None:
        return None
    answer = stored.answer
    if answer.state == "level":
        return "markers" if question.kind == "markers" else f"{LEVEL}{answer.level}"
    return f"{OPTION}{answer.option}" if answer.state == "option" else answer.state


def answer_of(question: Question, choice: str) -> Answer:
    """A choice as an answer."""
    if choice.startswith(LEVEL):
        return Answer(question=question.id, state="level", level=int(choice.removeprefix(LEVEL)))
    if choice.startswith(OPTION):
        chosen = next(option for option in question.options if option.id == choice.removeprefix(OPTION))
        return Answer(question=question.id, state="option", option=chosen.id, points=chosen.points, label=chosen.label)
    return Answer(question=question.id, state="not_applicable" if choice == "not_applicable" else "dont_know")


def level_of_markers(question: Question, ticked: set[int]) -> int:
    """The highest level all of whose markers, and those of every level below it, are ticked; else 1."""
    level = 1
    for step in sorted({marker.level for marker in question.markers}):
        if any(marker.level == step and number not in ticked for number, marker in enumerate(question.markers)):
            break
        level = step
    return level


def ticked_markers(sitting: Sitting, question: Question) -> set[int]:
    """The numbers of the stored ticks, from 0: the answer's label holds them."""
    stored = sitting.answers.get(question.id)
    label = (stored.answer.label or "") if stored and stored.answer.state == "level" else ""
    return {int(number) for number in label.split(",") if number.strip().isdigit()}


def keep_choice(sitting: Sitting, question: Question) -> None:
    """A choice was made: save it."""
    choice = st.session_state.get(key(sitting, question.id, "choice"))
    if choice == "markers":
        keep_markers(sitting, question)
    elif choice is not None:
        keep(sitting, answer_of(question, choice))


def keep_markers(sitting: Sitting, question: Question) -> None:
    """A statement was ticked or unticked: save the level that follows."""
    names = [key(sitting, question.id, f"marker-{number}") for number in range(len(question.markers))]
    ticked = {number for number, name in enumerate(names) if st.session_state.get(name)}
    label = ",".join(map(str, sorted(ticked)))
    level = level_of_markers(question, ticked)
    keep(sitting, Answer(question=question.id, state="level", level=level, label=label))


def keep_points(sitting: Sitting, question: Question) -> None:
    """Points, or where there is no maximum words, were entered: save them."""
    given = st.session_state.get(key(sitting, question.id, "points"))
    if isinstance(given, int | float):
        keep(sitting, Answer(question=question.id, state="points", points=float(given), label=f"{given:g}"))
    elif given:
        keep(sitting, Answer(question=question.id, state="points", label=given))


def keep_field(sitting: Sitting, question: Question, field: str) -> None:
    """A text or the confidence beside an answer was changed: save it. A blank text brings the stored one back."""
    name = key(sitting, question.id, field)
    given, stored = st.session_state.get(name), sitting.answers.get(question.id)
    if stored is None:
        return
    before = getattr(stored.answer, field)
    if given in (None, "") and before:
        st.session_state[name] = before
        say(sitting, question.id, KEPT)
    elif given != before and given not in (None, ""):
        keep(sitting, replace(stored.answer, **{field: given}), field)


def clear_field(sitting: Sitting, question: Question, field: str) -> None:
    """The button under a text: remove it on purpose."""

    def clear() -> None:
        sitting.answers[question.id] = operations.clear_text(
            sitting.here.workspace, sitting.here.visitor, sitting.round, sitting.respondent, question.id, field
        )
        st.session_state[key(sitting, question.id, field)] = "" if field in operations.TEXTS else None

    attempt(sitting, question.id, clear)


def keep(sitting: Sitting, answer: Answer, field: str | None = None) -> None:
    """Save an answer, or one `field` beside it; what the store gives back is what the page shows from then on.

    Where the question was answered in another window meanwhile, what was chosen here counts, a field goes onto what is
    there, and the page says both."""
    question = answer.question

    def save() -> None:
        known = sitting.answers.get(question)
        try:
            sitting.answers[question] = _save(sitting, answer, known.row_version if known else 0)
        except Changed:
            here = sitting.here
            there = operations.my_answers(here.workspace, here.visitor, sitting.respondent).get(question)
            ours = answer
            if there is not None and field is not None:
                ours = replace(there.answer, **{field: getattr(answer, field)})
            sitting.answers[question] = _save(sitting, ours)
            if there is not None and field is None and _differ(there.answer, ours):
                st.session_state.setdefault(ELSEWHERE, {})[question] = there

    st.session_state.get(ELSEWHERE, {}).pop(question, None)
    attempt(sitting, question, save)


def _save(sitting: Sitting, answer: Answer, expected: int | None = None) -> StoredAnswer:
    here = sitting.here
    return operations.save_answer(here.workspace, here.visitor, sitting.round, sitting.respondent, answer, expected)


def _differ(one: Answer, other: Answer) -> bool:
    return (one.state, one.level, one.option, one.points) != (other.state, other.level, other.option, other.points)


def take_theirs(sitting: Sitting, question: Question) -> None:
    """The button beside "answered in another window": what was chosen there counts after all."""
    there: StoredAnswer = st.session_state[ELSEWHERE][question.id]
    keep(sitting, there.answer)
    choice = choice_of(sitting, question)
    st.session_state[key(sitting, question.id, "choice")] = None if choice == "points" else choice
    for number in range(len(question.markers)):
        st.session_state[key(sitting, question.id, f"marker-{number}")] = number in ticked_markers(sitting, question)
    if question.kind == "points":
        given = there.answer.points if question.max_points is not None else there.answer.label
        st.session_state[key(sitting, question.id, "points")] = given


def keep_note(sitting: Sitting, topic: str, field: str) -> None:
    """What stands in a topic's way, or would help, was written: save it. A blank brings the stored text back."""
    name = key(sitting, topic, field)
    given = st.session_state.get(name) or ""
    before = sitting.notes.get(topic) or TopicNote(topic=topic)
    if not given.strip():
        st.session_state[name] = getattr(before, field) or ""
        return

    def save() -> None:
        sitting.notes[topic] = operations.save_note(
            sitting.here.workspace,
            sitting.here.visitor,
            sitting.round,
            sitting.respondent,
            replace(before, **{field: given}),
        )
        st.session_state["_note_saved"] = (topic, sitting.here.workspace.clock())

    attempt(sitting, topic, save)


def attempt(sitting: Sitting, of: str, save: Any) -> None:
    """Do a save; where it fails, keep the input as it stands and remember what to say beside it."""
    st.session_state.get("_unsaved", {}).pop(of, None)
    try:
        save()
    except REFUSALS as error:
        say(sitting, of, sentence(error))
        forget_respondents()
    except Exception:  # whatever the engine throws: the reader must learn that nothing was stored
        _log.exception("an answer could not be saved")
        say(sitting, of, save_failed(len(sitting.answers)))


def say(sitting: Sitting, of: str, words: str) -> None:
    """Remember a sentence to show beside a question or topic until it is saved."""
    st.session_state.setdefault("_unsaved", {})[of] = words
