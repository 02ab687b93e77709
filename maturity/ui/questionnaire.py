"""One respondent's questionnaire in this visit: what is asked, what is answered, and where in it the reader is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

import streamlit as st

from maturity.access.permissions import may
from maturity.framework.model import Question, Topic
from maturity.operations import answers as operations
from maturity.operations.answers import Respondent, StoredAnswer, TopicNote
from maturity.operations.earlier_answers import LastTime, last_time
from maturity.operations.evidence import EvidenceFile
from maturity.operations.questionnaire import SentBack, my_questionnaire
from maturity.operations.rounds import Round
from maturity.operations.setup import Department
from maturity.ui import cached
from maturity.ui.context import REFUSALS, PageContext, visitor_here
from maturity.ui.help import plain
from maturity.words.messages import position

Step = Literal["topics", "question", "topic", "end", "check", "sent"]
STEPS = ("topic", "q", "step")  # names in the address that say where in the questionnaire the reader is
WHOLE = "whole_topic"


@dataclass(slots=True, kw_only=True)
class Sitting:
    """What one respondent is asked and has answered. `answers`, `notes` and `files` are read from the store on every
    full run and follow what is saved in between, so that a click needs no second look at the store."""

    here: PageContext
    round: Round
    respondent: Respondent
    answers: dict[str, StoredAnswer]
    notes: dict[str, TopicNote]
    files: dict[str, list[EvidenceFile]] = field(default_factory=dict)
    sent_back: Sequence[SentBack] = ()
    flags: dict[str, str] = field(default_factory=dict)
    before: LastTime | None = None
    shown: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.shown = tuple(question.id for question in self.order)

    def asks_others(self, question: Question) -> bool:
        """Whether an answer to this question, given since the last full run, has changed what is asked."""
        rules = [each.visible_if for each in self.round.framework.questions.values() if each.visible_if]
        follows = any(rule.question == question.id for rule in rules)
        return follows and tuple(each.id for each in self.order) != self.shown

    @property
    def asked(self) -> dict[str, list[Question]]:
        """The questions that are put to this respondent now, by topic."""
        given = {question: stored.answer for question, stored in self.answers.items()}
        me = self.respondent
        return operations.questions_for(self.round, me.department, given, me.role_family)

    @property
    def order(self) -> list[Question]:
        """The same questions, one after the other."""
        return [question for questions in self.asked.values() for question in questions]

    @property
    def department(self) -> str:
        """The department's name."""
        return self.round.names[self.respondent.department]

    def answered(self, questions: list[Question]) -> int:
        """How many of these questions are answered; don't know and not applicable are answers."""
        return sum(question.id in self.answers for question in questions)

    def topic(self, code: str) -> Topic:
        """A topic of the round's framework."""
        return self.round.framework.topics[code]


def open_rounds(here: PageContext) -> list[Round]:
    """The rounds that take answers now, the latest first."""
    return [each for each in reversed(cached.every_round(here)) if each.status == "open"]


def chosen_round(here: PageContext) -> Round | None:
    """The open round that the address names, else the latest open one."""
    found = open_rounds(here)
    named = [each for each in found if each.name == st.query_params.get("round")]
    return next(iter([*named, *found]), None)


def allowed_departments(here: PageContext, round_: Round) -> list[Department]:
    """The departments of the round that the visitor may answer for, in the organisation's order."""
    visitor = here.visitor
    return [each for each in round_.departments if may(visitor, "answer", each.code, round_.organisation_id)]


def sitting_of(here: PageContext, round_: Round) -> Sitting | None:
    """The sitting for the department that the address names, or for the only one that the visitor answers for; None
    where it names none of theirs, or they have not started there: then the start page comes first."""
    allowed = [each.code for each in allowed_departments(here, round_)]
    named = st.query_params.get("department")
    code = named if named else allowed[0] if len(allowed) == 1 else None
    respondent = _respondent(here, round_, code) if code in allowed else None
    if respondent is None:
        return None
    try:
        mine = my_questionnaire(here.workspace, here.visitor, respondent)
    except REFUSALS:
        forget_respondents()
        raise
    return Sitting(
        here=here,
        round=round_,
        respondent=mine.respondent,
        answers=dict(mine.answers),
        notes=dict(mine.notes),
        files={question: list(files) for question, files in mine.files.items()},
        sent_back=mine.sent_back,
        flags=dict(mine.flags),
        before=_last_time(here, round_, mine.respondent),
    )


def _respondent(here: PageContext, round_: Round, department: str | None) -> Respondent | None:
    """Who answers here, asked of the store once per visit; None while they have not started."""
    key = (here.workspace.url, round_.id, department, here.visitor.person)
    kept: dict[tuple[str, UUID, str | None, str], Respondent] = st.session_state.setdefault("_respondents", {})
    if key not in kept:
        found = operations.mine(here.workspace, here.visitor, round_)
        mine = next((each for each in found if each.department == department), None)
        if mine is None:
            return None
        kept[key] = mine
    return kept[key]


def _last_time(here: PageContext, round_: Round, respondent: Respondent) -> LastTime | None:
    """The round before, looked up once per visit while nothing is set up or closed: it is over and stays as it is."""
    key = (here.workspace.url, respondent.id, here.workspace.revision())
    kept = st.session_state.get("_last_time")
    if kept is None or kept[0] != key:
        found = last_time(here.workspace, here.visitor, round_, respondent)
        kept = st.session_state["_last_time"] = (key, found)
    before: LastTime | None = kept[1]
    return before


def forget_respondents() -> None:
    """Ask the store again who answers here: after sending, taking back, or a refusal."""
    st.session_state.pop("_respondents", None)


def go(**where: str) -> None:
    """In a callback: turn the address to another place in the questionnaire; store, round and department stay."""
    kept = {name: value for name, value in st.query_params.to_dict().items() if name not in STEPS}
    st.query_params.from_dict({**kept, **where})
    st.session_state["_went"] = True


def arrived() -> None:
    """Said by the page on its full runs, which draw what the address asks for."""
    st.session_state.pop("_went", None)


def follow() -> None:
    """Said first by each fragment with a text. A tap on a button straight from a text reaches the server in one message
    with the text, and only the text's fragment runs: what was tapped has been heard, the page has not been drawn."""
    if st.session_state.get("_went") or not may(visitor_here(), "answer"):  # or the role ended since the page was drawn
        st.rerun()


def place(sitting: Sitting) -> tuple[Step, str]:
    """Where the reader is, with the code of the topic or question there; a place that is not asked is the task list."""
    asked, named = sitting.asked, st.query_params
    if sitting.respondent.status == "submitted":
        return "sent", ""
    if named.get("step") == "check":
        return "check", ""
    topic = named.get("topic", "")
    if topic in asked and (named.get("step") == "end" or st.session_state.get(WHOLE)):
        return ("end" if named.get("step") == "end" else "topic"), topic
    if named.get("q") in {question.id for question in sitting.order}:
        return _question_or_topic(sitting, named["q"])
    return ("question", asked[topic][0].id) if topic in asked else ("topics", "")


def _question_or_topic(sitting: Sitting, question: str) -> tuple[Step, str]:
    if st.session_state.get(WHOLE):
        return "topic", sitting.round.framework.topic_of[question].id
    return "question", question


def number_of(sitting: Sitting, question: str) -> int:
    """A question's number in this sitting, from 1."""
    return [each.id for each in sitting.order].index(question) + 1


def show_progress(sitting: Sitting, number: int | None = None) -> None:
    """How far the respondent is, in words and as a bar; on a question its number and the minutes left."""
    order = sitting.order
    done = sitting.answered(order)
    words = f"{done} of {len(order)} questions answered"
    text = f"{position(number, len(order))}. {words}." if number else f"{words}."
    st.progress(done / len(order) if order else 0.0, text=text)


def show_whereabouts(sitting: Sitting, *more: str) -> None:
    """For whom and in which round: the small line above a heading."""
    st.caption(" · ".join(plain(each) for each in (sitting.department, sitting.round.name, *more)))
