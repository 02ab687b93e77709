"""Answering: one respondent's answers, saved one by one and read back, and what the round has heard so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.assessment.answers import Answer, AnswerRefused, check_answer
from maturity.assessment.terms import ROLE_FAMILIES
from maturity.operations.early_sight import readable
from maturity.operations.errors import Refused
from maturity.operations.own import actor_in, require_answering, require_held, require_own, written
from maturity.operations.questionnaire import sent_back_notes
from maturity.operations.questions import is_asked, questions_for
from maturity.operations.respondents import RoundProgress, describe, mine, progress, send, start, take_back
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage import answers as stored
from maturity.storage.engine import Tx
from maturity.storage.rows import Respondent, StoredAnswer, TopicNote

__all__ = [
    "ROLE_FAMILIES",
    "Respondent",
    "RoundProgress",
    "StoredAnswer",
    "TopicNote",
    "describe",
    "mine",
    "progress",
    "questions_for",
    "send",
    "sent_back_notes",
    "start",
    "take_back",
]

LONGEST_TEXT = 4_000
TEXTS = ("reason", "comment", "evidence_note", "evidence_link")
BESIDE = ("confidence", "evidence_date", "evidence_strength")  # kept, as texts are, when a level is chosen anew


def my_answers(workspace: Workspace, visitor: Visitor, respondent: Respondent) -> dict[str, StoredAnswer]:
    """The visitor's own answers by question id, as the store has them now."""
    with workspace.store.reading() as tx:
        require_own(tx, visitor, respondent.id)
        return stored.answers_of(tx, respondent.id)


def save_answer(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    respondent: Respondent,
    answer: Answer,
    expected_version: int | None = None,
) -> StoredAnswer:
    """Saves one answer and gives back what the store holds now. A blank text never overwrites one that is there:
    clearing a text is `clear_text`. Refused where the round is closed, the answers are sent, or the question is not
    asked; `Changed` where `expected_version` (0: none was there) is not what the store has."""
    _check(round_, answer, workspace.clock().date())

    def write(tx: Tx) -> StoredAnswer:
        # One look at the store for everything that must hold: this is the click that people wait for.
        seen = _before(tx, visitor, round_, respondent)
        given = {code: each.answer for code, each in seen.answers.items()}
        if not is_asked(round_, seen.holder.department, answer.question, given, seen.holder.role_family):
            raise Refused(f"question {answer.question} is not among those that you are asked; go back to the topics")
        return stored.save_answer(
            tx,
            respondent.id,
            _keeping_texts(answer, seen.answers.get(answer.question)),
            actor=actor_in(visitor, seen.holder),
            now=workspace.clock(),
            expected_version=expected_version,
            seen=seen,
        )

    return written(workspace, write)


def _check(round_: Round, answer: Answer, today: date) -> None:
    """Refuses, before the store is asked, what no question could have as its answer."""
    for name in TEXTS:
        text = getattr(answer, name) or ""
        if len(text) > LONGEST_TEXT or "\x00" in text:
            said = name.replace("_", " ")
            raise Refused(f"{said} is longer than {LONGEST_TEXT} characters or holds zero bytes; shorten or mend it")
    link = answer.evidence_link or ""
    if link and not link.startswith(("https://", "http://")):
        raise Refused("an evidence link starts with https:// or http://; mend it or write it as a note")
    if answer.evidence_date and answer.evidence_date > today + timedelta(days=1):  # a zone may be a day ahead
        raise Refused(f"the evidence would be of {answer.evidence_date}, which is still to come; mend its date")
    try:
        check_answer(round_.framework, answer)
    except AnswerRefused as error:
        raise Refused(str(error)) from None


def clear_text(
    workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent, question: str, text: str
) -> StoredAnswer:
    """Removes on purpose what stands beside an answer: a text (`comment`, `evidence_note`, `evidence_link`, `reason`),
    or `confidence`, `evidence_date`, `evidence_strength`."""
    if text not in TEXTS + BESIDE:
        raise Refused(f"{text!r} is nothing beside an answer; there are {', '.join(TEXTS + BESIDE)}")

    def write(tx: Tx) -> StoredAnswer:
        seen = _before(tx, visitor, round_, respondent)
        kept = seen.answers.get(question)
        if kept is None:
            raise Refused(f"question {question} has no answer yet, so there is nothing to clear")
        nothing: dict[str, Any] = {text: None}
        cleared, actor = replace(kept.answer, **nothing), actor_in(visitor, seen.holder)
        return stored.save_answer(tx, respondent.id, cleared, actor=actor, now=workspace.clock(), seen=seen)

    return written(workspace, write)


def withdraw_answer(
    workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent, question: str
) -> None:
    """Takes an answer back: the question is open again, the log keeps what was said."""

    def write(tx: Tx) -> None:
        actor = actor_in(visitor, _before(tx, visitor, round_, respondent).holder)
        stored.withdraw_answer(tx, respondent.id, question, actor=actor, now=workspace.clock())

    written(workspace, write)


def save_note(
    workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent, note: TopicNote
) -> TopicNote:
    """Saves what stands in a topic's way and what would help; a blank never overwrites a text."""
    if note.topic not in round_.framework.topics:
        raise Refused(f"the framework has no topic {note.topic!r}")

    def write(tx: Tx) -> TopicNote:
        require_answering(round_, require_own(tx, visitor, respondent.id, round_))
        kept = stored.topic_notes(tx, respondent.id).get(note.topic) or TopicNote(topic=note.topic)
        merged = TopicNote(
            topic=note.topic,
            stands_in_the_way=(note.stands_in_the_way or "").strip()[:LONGEST_TEXT] or kept.stands_in_the_way,
            would_help=(note.would_help or "").strip()[:LONGEST_TEXT] or kept.would_help,
        )
        stored.save_topic_note(tx, respondent.id, merged, workspace.clock())
        return merged

    return written(workspace, write)


def my_notes(workspace: Workspace, visitor: Visitor, respondent: Respondent) -> dict[str, TopicNote]:
    """The visitor's own notes by topic id."""
    with workspace.store.reading() as tx:
        require_own(tx, visitor, respondent.id)
        return stored.topic_notes(tx, respondent.id)


def remarks(workspace: Workspace, visitor: Visitor, round_: Round) -> dict[str, list[TopicNote]]:
    """What those who sent answers say about obstacles, by topic, without names, for the departments one may see,
    once their time has come."""
    require(visitor, "read_department_results", organisation=round_.organisation_id)
    found: dict[str, list[TopicNote]] = {}
    allowed = readable(workspace, visitor, round_)
    with workspace.store.reading() as tx:
        for remark in stored.topic_remarks(tx, round_.id):
            if remark.department in allowed:
                found.setdefault(remark.note.topic, []).append(remark.note)
    return found


def _before(tx: Tx, visitor: Visitor, round_: Round, respondent: Respondent) -> stored.Before:
    """One look at the store for everything that must hold: whose it is, of which round, and that it may be changed."""
    seen = stored.before(tx, respondent.id)
    held = require_held(tx, visitor, seen.holder, round_)
    require_answering(round_, held)
    return replace(seen, holder=held)


def _keeping_texts(answer: Answer, kept: StoredAnswer | None) -> Answer:
    if kept is None:
        return answer
    blank = {name: getattr(kept.answer, name) for name in TEXTS if not (getattr(answer, name) or "").strip()}
    unsaid = {name: getattr(kept.answer, name) for name in BESIDE if getattr(answer, name) is None}
    return replace(answer, **blank, **unsaid)
