"""Answers as they are given: every change is logged, and the latest state kept beside the log, in one transaction.

A respondent's answers before submitting move no revision: nothing that is shown to others is made from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from maturity.assessment.answers import Answer
from maturity.storage.engine import Conflict, Tx, new_id
from maturity.storage.respondents import holder_of
from maturity.storage.revision import bump
from maturity.storage.rounds import round_scope
from maturity.storage.rows import Holder, StoredAnswer, TopicNote, TopicRemark

CONTENT = (
    *("question", "state", "level", "option_id", "points", "label", "reason", "comment"),
    *("confidence", "evidence_note", "evidence_link", "evidence_date", "evidence_strength"),
)
SELECTED = ", ".join(f"a.{name}" for name in CONTENT)
_TICK = timedelta(microseconds=1)


def content(answer: Answer) -> tuple[Any, ...]:
    """The values of an answer in the order of `CONTENT`."""
    a = answer
    return (
        *(a.question, a.state, a.level, a.option, a.points, a.label, a.reason, a.comment),
        *(a.confidence, a.evidence_note, a.evidence_link, a.evidence_date, a.evidence_strength),
    )


def rebuilt(row: Mapping[str, Any]) -> Answer:
    """The answer of a row with the columns of `CONTENT`."""
    kept = {name: row[name] for name in CONTENT if name != "option_id"}
    return Answer(option=row["option_id"], **kept)


def answers_of(tx: Tx, respondent_id: UUID) -> dict[str, StoredAnswer]:
    """What a respondent has answered so far, by question id."""
    found = {row["question"]: _stored(row) for row in _rows_of(tx, respondent_id) if row["state"] != "withdrawn"}
    return dict(sorted(found.items()))


def _rows_of(tx: Tx, respondent_id: UUID) -> list[dict[str, Any]]:
    """Every row of a respondent's, in no order: a few dozen, and DuckDB takes longer to sort than to find them."""
    return tx.rows(
        f"SELECT {SELECTED}, a.made_at, a.row_version FROM answer a WHERE a.respondent_id = $respondent",
        respondent=respondent_id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How things stood when a respondent's answers came to be changed: nobody else changes them until the commit."""

    holder: Holder
    answers: Mapping[str, StoredAnswer]
    versions: Mapping[str, tuple[int, datetime]]


def before(tx: Tx, respondent_id: UUID) -> Before:
    """Whose it is, the status of respondent and round, and the answers as they stand; others wait from here on."""
    tx.alone(f"respondent:{respondent_id}")
    holder = holder_of(tx, respondent_id)
    found = _rows_of(tx, respondent_id)  # all of them: cheaper than a join or a list of questions
    return Before(
        holder=holder,
        answers={row["question"]: _stored(row) for row in found if row["state"] != "withdrawn"},
        versions={row["question"]: (row["row_version"], row["made_at"]) for row in found},
    )


def _stored(row: Mapping[str, Any]) -> StoredAnswer:
    return StoredAnswer(answer=rebuilt(row), made_at=row["made_at"], row_version=row["row_version"])


def save_answer(
    tx: Tx,
    respondent_id: UUID,
    answer: Answer,
    *,
    actor: str,
    now: datetime,
    expected_version: int | None = None,
    seen: Before | None = None,
) -> StoredAnswer:
    """Log an answer and make it the current one; returns it with its time and version.

    With `expected_version` (0: none was there) it is refused with `Conflict` if another one came between.
    `seen` is what `before` has just said in this transaction, where the caller has asked already."""
    expected = {answer.question: expected_version}
    return save_answers(tx, respondent_id, [answer], actor=actor, now=now, expected=expected, seen=seen)[0]


def save_answers(
    tx: Tx,
    respondent_id: UUID,
    answers: Sequence[Answer],
    *,
    actor: str,
    now: datetime,
    expected: Mapping[str, int | None] | None = None,
    seen: Before | None = None,
) -> list[StoredAnswer]:
    """Save the answers of a page, one per question, in one go; `expected` names the version seen per question."""
    if len({answer.question for answer in answers}) != len(answers):
        raise ValueError("two answers to one question in one save")
    seen = seen or before(tx, respondent_id)
    _tell_scores(tx, seen)
    stored = []
    for answer in answers:
        version, made_at = _next(seen, answer.question, now, (expected or {}).get(answer.question))
        _put(tx, respondent_id, content(answer), version, made_at, actor)
        stored.append(StoredAnswer(answer=answer, made_at=made_at, row_version=version))
    return stored


def withdraw_answer(
    tx: Tx, respondent_id: UUID, question: str, *, actor: str, now: datetime, expected_version: int | None = None
) -> None:
    """Take an answer back: the question counts as not answered yet, the log keeps what was said."""
    seen = before(tx, respondent_id)
    if question not in seen.versions:
        return
    _tell_scores(tx, seen)
    version, made_at = _next(seen, question, now, expected_version)
    blank = (question, "withdrawn", *[None] * (len(CONTENT) - 2))
    _put(tx, respondent_id, blank, version, made_at, actor)


def _tell_scores(tx: Tx, seen: Before) -> None:
    """Answers of a submitted respondent make up scores: changing them raises the round's revision."""
    if seen.holder.status == "submitted":
        bump(tx, round_scope(seen.holder.round_id))


def _next(seen: Before, question: str, now: datetime, expected: int | None) -> tuple[int, datetime]:
    """The version and the time of the next state: both only ever rise, even where clocks do not."""
    there = seen.answers[question].row_version if question in seen.answers else 0
    if expected is not None and expected != there:
        raise Conflict(
            f"question {question} was answered elsewhere meanwhile; look at that answer, then save again", there
        )
    if question not in seen.versions:
        return 1, now
    version, made_at = seen.versions[question]
    return version + 1, max(now, made_at + _TICK)


def _put(tx: Tx, respondent_id: UUID, values: tuple[Any, ...], version: int, made_at: datetime, actor: str) -> None:
    params = dict(zip(CONTENT, values, strict=True)) | {"respondent": respondent_id, "event": new_id(made_at)}
    tx.run(
        """INSERT INTO answer_event(id, respondent_id, question, state, level, option_id, points, label, reason,
             comment, confidence, evidence_note, evidence_link, evidence_date, evidence_strength, actor, made_at)
           VALUES ($event, $respondent, $question, $state, $level, $option_id, $points, $label, $reason, $comment,
             $confidence, $evidence_note, $evidence_link, $evidence_date, $evidence_strength, $actor, $made_at)""",
        **params,
        actor=actor,
        made_at=made_at,
    )
    tx.run(_INSERT if version == 1 else _UPDATE, **params, made_at=made_at, version=version)


_INSERT = """INSERT INTO answer(respondent_id, question, state, level, option_id, points, label, reason, comment,
    confidence, evidence_note, evidence_link, evidence_date, evidence_strength, event_id, made_at, row_version)
  VALUES ($respondent, $question, $state, $level, $option_id, $points, $label, $reason, $comment, $confidence,
    $evidence_note, $evidence_link, $evidence_date, $evidence_strength, $event, $made_at, $version)"""

_UPDATE = """UPDATE answer SET state = $state, level = $level, option_id = $option_id, points = $points,
    label = $label, reason = $reason, comment = $comment, confidence = $confidence, evidence_note = $evidence_note,
    evidence_link = $evidence_link, evidence_date = $evidence_date, evidence_strength = $evidence_strength,
    event_id = $event, made_at = $made_at, row_version = $version
  WHERE respondent_id = $respondent AND question = $question"""


def save_topic_note(tx: Tx, respondent_id: UUID, note: TopicNote, now: datetime) -> None:
    """Keep what a respondent says about a topic's obstacles, in place of what was there."""
    tx.run(
        """INSERT INTO topic_note(respondent_id, topic, stands_in_the_way, would_help, made_at)
           VALUES ($respondent, $topic, $way, $help, $now)
           ON CONFLICT (respondent_id, topic) DO UPDATE SET stands_in_the_way = excluded.stands_in_the_way,
             would_help = excluded.would_help, made_at = excluded.made_at""",
        respondent=respondent_id,
        topic=note.topic,
        way=note.stands_in_the_way,
        help=note.would_help,
        now=now,
    )


def topic_notes(tx: Tx, respondent_id: UUID) -> dict[str, TopicNote]:
    """A respondent's own notes by topic id."""
    found = tx.rows(
        """SELECT topic, stands_in_the_way, would_help FROM topic_note WHERE respondent_id = $respondent
           ORDER BY topic COLLATE "C" """,
        respondent=respondent_id,
    )
    return {row["topic"]: TopicNote(**row) for row in found}


def topic_remarks(tx: Tx, round_id: UUID) -> list[TopicRemark]:
    """What submitted respondents of a round say about obstacles, by department and topic, without names."""
    found = tx.rows(
        """SELECT d.code, n.topic, n.stands_in_the_way, n.would_help
           FROM topic_note n JOIN respondent r ON r.id = n.respondent_id JOIN department d ON d.id = r.department_id
           WHERE r.round_id = $round AND r.status = 'submitted'
           ORDER BY d.place, d.id, n.topic COLLATE "C", n.stands_in_the_way COLLATE "C", n.would_help COLLATE "C" """,
        round=round_id,
    )
    return [TopicRemark(department=row.pop("code"), note=TopicNote(**row)) for row in found]
