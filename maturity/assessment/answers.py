"""Answers as respondents give them: a level, an option, points, "don't know" or "not applicable" - never a zero."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from maturity.framework.model import Framework, Question

State = Literal["level", "option", "points", "dont_know", "not_applicable"]


class AnswerRefused(ValueError):
    """An answer that does not fit its question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one respondent says to one question. `level` is 1..N, `points` is in the framework's points,
    `label` is the answer as it was typed, `confidence` is 1..5. `evidence_date` is the day that the evidence is of,
    not the day it was given; `evidence_strength` is 1..4 as in `terms.STRENGTHS`."""

    question: str
    state: State
    level: int | None = None
    option: str | None = None
    points: float | None = None
    label: str | None = None
    reason: str | None = None
    comment: str | None = None
    confidence: int | None = None
    evidence_note: str | None = None
    evidence_link: str | None = None
    evidence_date: date | None = None
    evidence_strength: int | None = None


class Tally(NamedTuple):
    """How many submitted answers of one kind a department gave to one question. (A tuple: there are many of them.)"""

    department: str
    question: str
    state: State
    count: int  # type: ignore[assignment]  # tuple.count is not wanted here
    level: int | None = None
    points: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedValue:
    """A value that stands above the answers: the department's consensus or a reviewer's value."""

    department: str
    question: str
    source: Literal["consensus", "review"]
    level: int | None = None
    points: float | None = None
    reason: str = ""


def check_answer(framework: Framework, answer: Answer) -> Answer:
    """The answer itself, or `AnswerRefused` with one sentence on what does not fit."""
    question = framework.questions.get(answer.question)
    if question is None:
        raise AnswerRefused(f"question {answer.question!r} is not in {framework.name} {framework.version}")
    if answer.confidence is not None and not 1 <= answer.confidence <= 5:
        raise AnswerRefused(f"question {question.id}: confidence is 1 to 5, not {answer.confidence}")
    if answer.evidence_strength is not None and not 1 <= answer.evidence_strength <= 4:
        raise AnswerRefused(
            f"question {question.id}: the strength of evidence is 1 to 4, not {answer.evidence_strength}"
        )
    if answer.state == "not_applicable":
        _check_not_applicable(question, answer)
    elif answer.state == "level":
        _check_level(framework, question, answer)
    elif answer.state in ("option", "points"):
        _check_points(question, answer)
    return answer


def _check_not_applicable(question: Question, answer: Answer) -> None:
    if not question.not_applicable:
        raise AnswerRefused(f"question {question.id} applies to everybody; choose an answer or don't know")


def _check_level(framework: Framework, question: Question, answer: Answer) -> None:
    if not question.by_level:
        raise AnswerRefused(f"question {question.id} is answered by an option, not by a level")
    if answer.level is None or not 1 <= answer.level <= framework.top_level:
        raise AnswerRefused(f"question {question.id}: a level is 1 to {framework.top_level}, not {answer.level}")


def _check_points(question: Question, answer: Answer) -> None:
    if question.kind == "options" and answer.state == "option":
        if answer.option not in {option.id for option in question.options}:
            raise AnswerRefused(f"question {question.id} has no option {answer.option!r}")
    elif question.by_level:
        raise AnswerRefused(f"question {question.id} is answered by a level, not by points")
    elif answer.points is not None and not 0 <= answer.points <= (question.max_points or 0):
        raise AnswerRefused(
            f"question {question.id}: points are 0 to {question.max_points or 0:g}, not {answer.points:g}"
        )
