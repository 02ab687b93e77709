"""Answering: one respondent's answers, saved one by one and read back, and what the round has heard so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from maturity.access.permissions import NotPermitted, may, require
from maturity.access.roles import Visitor
from maturity.assessment.answers import Answer, AnswerRefused, check_answer
from maturity.assessment.terms import ROLE_FAMILIES
from maturity.framework.model import Question
from maturity.operations.errors import Changed, Refused
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage import answers as stored
from maturity.storage import respondents as people
from maturity.storage import rounds as stored_rounds
from maturity.storage.audit import record
from maturity.storage.engine import Conflict, NotStored, Tx, new_id
from maturity.storage.rows import Respondent, StoredAnswer, TopicNote

__all__ = ["ROLE_FAMILIES", "Respondent", "RoundProgress", "StoredAnswer", "TopicNote"]

LONGEST_TEXT = 4_000
T = TypeVar("T")
TEXTS = ("reason", "comment", "evidence_note", "evidence_link")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundProgress:
    """Who has started and who has sent, by department code, and how many questions each person has answered."""

    started: Mapping[str, int]
    submitted: Mapping[str, int]
    answered: Mapping[UUID, int]


def start(
    workspace: Workspace, visitor: Visitor, round_: Round, department: str, role_family: str | None = None
) -> Respondent:
    """Where the visitor answers for this department: their own earlier start, or a new one. The round must be open."""
    require(visitor, "answer", department, organisation=round_.organisation_id)
    if role_family is not None and role_family not in ROLE_FAMILIES:
        raise Refused(f"{role_family!r} is no role family; choose one of {', '.join(ROLE_FAMILIES)}")

    def write(tx: Tx) -> Respondent:
        _require_open(tx, round_)
        place = next((d for d in stored_rounds.scope(tx, round_.id) if d.department == department), None)
        if place is None:
            raise Refused(f"the department {department!r} does not take part in the round {round_.name!r}")
        tx.alone(round_.scope)
        known = people.respondent_for(tx, round_.id, place.department_id, visitor.person)
        if known:
            return known
        now = workspace.clock()
        new = Respondent(
            id=new_id(now),
            round_id=round_.id,
            department_id=place.department_id,
            department=department,
            person=visitor.person,
            label=visitor.name,
            role_family=role_family,
            started_at=now,
        )
        return replace(new, row_version=people.start_respondent(tx, new))

    return workspace.store.write(write)


def questions_for(
    round_: Round, department: str, answers: Mapping[str, Answer], role_family: str | None = None
) -> dict[str, list[Question]]:
    """The questions that a respondent is asked, by topic: the track, the department's tags, the role family (None is
    asked whatever any role is asked) and earlier answers decide."""
    tags = next(d.tags for d in round_.departments if d.code == department)
    asked: dict[str, list[Question]] = {}
    for _, topic, question in round_.framework.walk():
        meant = question.applies_to
        fits = not meant.departments or bool(tags.intersection(meant.departments))
        fits = fits and (not meant.roles or role_family is None or role_family in meant.roles)
        if fits and (round_.track == "full" or question.short_track) and _is_visible(question, answers):
            asked.setdefault(topic.id, []).append(question)
    return asked


def _is_visible(question: Question, answers: Mapping[str, Answer]) -> bool:
    rule = question.visible_if
    if rule is None:
        return True
    before = answers.get(rule.question)
    if before is None:
        return False
    if rule.option is not None:
        return before.option == rule.option
    return rule.at_least is None or (before.level or 0) >= rule.at_least


def my_answers(workspace: Workspace, visitor: Visitor, respondent: Respondent) -> dict[str, StoredAnswer]:
    """The visitor's own answers by question id, as the store has them now."""
    _require_own(visitor, respondent)
    with workspace.store.reading() as tx:
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
    clearing a text is `clear_text`. Refused where the round is closed or the answers are sent."""
    _require_own(visitor, respondent)
    for name in TEXTS:
        text = getattr(answer, name) or ""
        if len(text) > LONGEST_TEXT or "\x00" in text:
            said = name.replace("_", " ")
            raise Refused(f"{said} is longer than {LONGEST_TEXT} characters or holds zero bytes; shorten or mend it")
    link = answer.evidence_link or ""
    if link and not link.startswith(("https://", "http://")):
        raise Refused("an evidence link starts with https:// or http://; mend it or write it as a note")
    try:
        check_answer(round_.framework, answer)
    except AnswerRefused as error:
        raise Refused(str(error)) from None

    def write(tx: Tx) -> StoredAnswer:
        # One look at the store for everything that must hold: this is the click that people wait for.
        seen = stored.before(tx, respondent.id)
        _require_still_answering(round_, seen.round_status, seen.status)
        return stored.save_answer(
            tx,
            respondent.id,
            _keeping_texts(answer, seen.answers.get(answer.question)),
            actor=visitor.person,
            now=workspace.clock(),
            expected_version=expected_version,
            seen=seen,
        )

    return _written(workspace, write)


def clear_text(
    workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent, question: str, text: str
) -> StoredAnswer:
    """Removes one text (`comment`, `evidence_note`, `evidence_link` or `reason`) of an answer on purpose."""
    _require_own(visitor, respondent)
    if text not in TEXTS:
        raise Refused(f"{text!r} is no text of an answer; there are {', '.join(TEXTS)}")

    def write(tx: Tx) -> StoredAnswer:
        _require_answering(tx, round_, respondent)
        kept = stored.answers_of(tx, respondent.id).get(question)
        if kept is None:
            raise Refused(f"question {question} has no answer yet, so there is nothing to clear")
        nothing: dict[str, Any] = {text: None}
        cleared = replace(kept.answer, **nothing)
        return stored.save_answer(tx, respondent.id, cleared, actor=visitor.person, now=workspace.clock())

    return _written(workspace, write)


def withdraw_answer(
    workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent, question: str
) -> None:
    """Takes an answer back: the question is open again, the log keeps what was said."""
    _require_own(visitor, respondent)

    def write(tx: Tx) -> None:
        _require_answering(tx, round_, respondent)
        stored.withdraw_answer(tx, respondent.id, question, actor=visitor.person, now=workspace.clock())

    _written(workspace, write)


def send(workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent) -> Respondent:
    """Hands the answers in: from now on they count. Refused while nothing is answered."""
    _require_own(visitor, respondent)

    def write(tx: Tx) -> Respondent:
        current = _require_answering(tx, round_, respondent)
        if not stored.answers_of(tx, respondent.id):
            raise Refused("nothing is answered yet; answer at least one question before you send")
        now = workspace.clock()
        people.submit(tx, respondent.id, now, current.row_version)
        detail = {"round": round_.name, "department": respondent.department}
        record(tx, made_at=now, actor=visitor.person, verb="send answers", subject=str(respondent.id), detail=detail)
        return people.respondent_of(tx, respondent.id)

    return _written(workspace, write)


def take_back(workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent) -> Respondent:
    """Opens sent answers again while the round is open, so that they can be changed."""
    _require_own(visitor, respondent)

    def write(tx: Tx) -> Respondent:
        _require_open(tx, round_)
        current = people.respondent_of(tx, respondent.id)
        if current.status == "submitted":
            people.take_back(tx, respondent.id, current.row_version)
        return people.respondent_of(tx, respondent.id)

    return _written(workspace, write)


def save_note(
    workspace: Workspace, visitor: Visitor, round_: Round, respondent: Respondent, note: TopicNote
) -> TopicNote:
    """Saves what stands in a topic's way and what would help; a blank never overwrites a text."""
    _require_own(visitor, respondent)
    if note.topic not in round_.framework.topics:
        raise Refused(f"the framework has no topic {note.topic!r}")

    def write(tx: Tx) -> TopicNote:
        _require_answering(tx, round_, respondent)
        kept = stored.topic_notes(tx, respondent.id).get(note.topic) or TopicNote(topic=note.topic)
        merged = TopicNote(
            topic=note.topic,
            stands_in_the_way=(note.stands_in_the_way or "").strip()[:LONGEST_TEXT] or kept.stands_in_the_way,
            would_help=(note.would_help or "").strip()[:LONGEST_TEXT] or kept.would_help,
        )
        stored.save_topic_note(tx, respondent.id, merged, workspace.clock())
        return merged

    return _written(workspace, write)


def my_notes(workspace: Workspace, visitor: Visitor, respondent: Respondent) -> dict[str, TopicNote]:
    """The visitor's own notes by topic id."""
    _require_own(visitor, respondent)
    with workspace.store.reading() as tx:
        return stored.topic_notes(tx, respondent.id)


def remarks(workspace: Workspace, visitor: Visitor, round_: Round) -> dict[str, list[TopicNote]]:
    """What those who sent answers say about obstacles, by topic, without names, for the departments one may see."""
    require(visitor, "read_department_results", organisation=round_.organisation_id)
    found: dict[str, list[TopicNote]] = {}
    with workspace.store.reading() as tx:
        for remark in stored.topic_remarks(tx, round_.id):
            if may(visitor, "read_department_results", remark.department, round_.organisation_id):
                found.setdefault(remark.note.topic, []).append(remark.note)
    return found


def progress(workspace: Workspace, visitor: Visitor, round_: Round) -> RoundProgress:
    """How many have started and sent, by department; never what they answered."""
    require(visitor, "read_help", organisation=round_.organisation_id)
    with workspace.store.reading() as tx:
        everybody = people.respondents(tx, round_.id)
        answered = people.answered_counts(tx, round_.id)
    started: dict[str, int] = {}
    submitted: dict[str, int] = {}
    for each in everybody:
        counts = submitted if each.status == "submitted" else started
        counts[each.department] = counts.get(each.department, 0) + 1
    return RoundProgress(started=started, submitted=submitted, answered=answered)


def _written(workspace: Workspace, write: Callable[[Tx], T]) -> T:
    try:
        return workspace.store.write(write)
    except Conflict as error:
        raise Changed(str(error)) from None
    except NotStored as error:
        raise Refused(str(error)) from None


def _require_own(visitor: Visitor, respondent: Respondent) -> None:
    require(visitor, "answer", respondent.department, organisation=respondent.organisation_id)
    if respondent.person != visitor.person:
        raise NotPermitted("these answers belong to somebody else; open your own questionnaire")


def _require_open(tx: Tx, round_: Round) -> None:
    row = stored_rounds.round_of(tx, round_.id)
    if row.status != "open":
        raise Refused(f"the round {round_.name!r} is {row.status.replace('_', ' ')}, so nobody can answer in it")


def _require_answering(tx: Tx, round_: Round, respondent: Respondent) -> Respondent:
    current = people.respondent_of(tx, respondent.id)
    _require_still_answering(round_, stored_rounds.round_of(tx, round_.id).status, current.status)
    return current


def _require_still_answering(round_: Round, round_status: str, status: str) -> None:
    if round_status != "open":
        raise Refused(f"the round {round_.name!r} is {round_status.replace('_', ' ')}, so nobody can answer in it")
    if status == "submitted":
        raise Refused("these answers are sent already; take them back to change them")


def _keeping_texts(answer: Answer, kept: StoredAnswer | None) -> Answer:
    if kept is None:
        return answer
    blank = {name: getattr(kept.answer, name) for name in TEXTS if not (getattr(answer, name) or "").strip()}
    if answer.confidence is None:
        return replace(answer, **blank, confidence=kept.answer.confidence)
    return replace(answer, **blank)
