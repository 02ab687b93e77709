"""Values that stand above the answers (consensus, review), and the scores that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.assessment.answers import DecidedValue
from maturity.storage.engine import Conflict, NotStored, Tx
from maturity.storage.revision import bump
from maturity.storage.rounds import round_scope
from maturity.storage.rows import KeptScores, StoredDecision

_COLUMNS = (
    *("round_id", "department_id", "question", "source", "level", "points"),
    *("reason", "decided_by", "decided_at", "row_version"),
)
_DEPARTMENTS = """SELECT d.code, d.id FROM assessment_round r JOIN department d ON d.organisation_id = r.organisation_id
                  WHERE r.id = $round"""


def save_decided_value(
    tx: Tx, round_id: UUID, value: DecidedValue, *, decided_by: str, now: datetime, expected_version: int | None = None
) -> int:
    """Record what a department agreed on or a reviewer decided, with who and why; returns the row_version.

    With `expected_version` (0: none was there) it is refused with `Conflict` if somebody was faster."""
    tx.alone(round_scope(round_id))
    department_id, seen = _there(tx, round_id, value.department, value.question, value.source)
    _expect(seen, expected_version, value.question)
    version = seen + 1
    tx.run(
        """INSERT INTO decided_value(round_id, department_id, question, source, level, points, reason, decided_by,
             decided_at, row_version)
           VALUES ($round, $department, $question, $source, $level, $points, $reason, $by, $now, $version)
           ON CONFLICT (round_id, department_id, question, source) DO UPDATE SET level = excluded.level,
             points = excluded.points, reason = excluded.reason, decided_by = excluded.decided_by,
             decided_at = excluded.decided_at, row_version = excluded.row_version""",
        round=round_id,
        department=department_id,
        question=value.question,
        source=value.source,
        level=value.level,
        points=value.points,
        reason=value.reason,
        by=decided_by,
        now=now,
        version=version,
    )
    bump(tx, round_scope(round_id))
    return version


def save_decided_values(
    tx: Tx, round_id: UUID, values: Sequence[DecidedValue], *, decided_by: str, now: datetime
) -> None:
    """Record many decisions at once, whatever was there before: one insert, because others wait for this writer."""
    tx.alone(round_scope(round_id))
    ids = {row["code"]: row["id"] for row in tx.rows(_DEPARTMENTS, round=round_id)}
    known = {(row["department"], row["question"], row["source"]) for row in _decisions(tx, round_id)}
    new: list[tuple[Any, ...]] = []
    for each in values:
        if (each.department, each.question, each.source) in known or each.department not in ids:
            save_decided_value(tx, round_id, each, decided_by=decided_by, now=now)
        else:
            place = (round_id, ids[each.department], each.question, each.source)
            new.append((*place, each.level, each.points, each.reason, decided_by, now, 1))
    tx.insert("decided_value", _COLUMNS, new)
    bump(tx, round_scope(round_id))


def remove_decided_value(tx: Tx, round_id: UUID, value: DecidedValue, *, expected_version: int) -> None:
    """Take a decision back, so that the answers count again; the audit trail keeps it."""
    tx.alone(round_scope(round_id))
    department_id, seen = _there(tx, round_id, value.department, value.question, value.source)
    _expect(seen, expected_version, value.question)
    tx.run(
        """DELETE FROM decided_value WHERE round_id = $round AND department_id = $department AND question = $question
             AND source = $source""",
        round=round_id,
        department=department_id,
        question=value.question,
        source=value.source,
    )
    bump(tx, round_scope(round_id))


def _there(tx: Tx, round_id: UUID, department: str, question: str, source: str) -> tuple[UUID, int]:
    """The department's id and the version of its decision, 0 where there is none."""
    row = tx.one(
        """SELECT d.id, coalesce(v.row_version, 0) AS row_version
           FROM assessment_round r JOIN department d ON d.organisation_id = r.organisation_id
           LEFT JOIN decided_value v ON v.round_id = r.id AND v.department_id = d.id AND v.question = $question
             AND v.source = $source
           WHERE r.id = $round AND d.code = $department""",
        round=round_id,
        department=department,
        question=question,
        source=source,
    )
    if row is None:
        raise NotStored(f"the department {department!r} is not in the organisation of this round")
    return row["id"], row["row_version"]


def _expect(seen: int, expected: int | None, question: str) -> None:
    if expected is not None and expected != seen:
        raise Conflict(f"the value for {question} was decided elsewhere meanwhile; look at it, then save again", seen)


def decided_values(tx: Tx, round_id: UUID) -> list[DecidedValue]:
    """All decisions of a round for the scorer, in the departments' order."""
    names = ("department", "question", "source", "level", "points", "reason")
    return [DecidedValue(**{name: row[name] for name in names}) for row in _decisions(tx, round_id)]


def decisions(tx: Tx, round_id: UUID) -> list[StoredDecision]:
    """All decisions of a round with who decided when."""
    return [StoredDecision(**row) for row in _decisions(tx, round_id)]


def _decisions(tx: Tx, round_id: UUID) -> list[dict[str, Any]]:
    return tx.rows(
        """SELECT d.code AS department, v.question, v.source, v.level, v.points, v.reason, v.decided_by, v.decided_at,
             v.row_version
           FROM decided_value v JOIN department d ON d.id = v.department_id
           WHERE v.round_id = $round ORDER BY d.place, d.id, v.question COLLATE "C", v.source COLLATE "C" """,
        round=round_id,
    )


def keep_scores(tx: Tx, round_id: UUID, scores: KeptScores) -> None:
    """Keep a round's scores unless newer ones are there already."""
    tx.run(
        """INSERT INTO round_score(round_id, revision, body) VALUES ($round, $revision, $body)
           ON CONFLICT (round_id) DO UPDATE SET revision = excluded.revision, body = excluded.body
           WHERE round_score.revision <= excluded.revision""",
        round=round_id,
        revision=scores.revision,
        body=scores.body,
    )


def kept_scores(tx: Tx, round_id: UUID) -> KeptScores | None:
    """The scores kept for a round; they hold as long as the round's revision is theirs."""
    row = tx.one("SELECT revision, body FROM round_score WHERE round_id = $round", round=round_id)
    return KeptScores(**row) if row else None


def drop_scores(tx: Tx, round_id: UUID) -> None:
    """Drop the scores kept for a round; they are made anew from the answers."""
    tx.run("DELETE FROM round_score WHERE round_id = $round", round=round_id)
