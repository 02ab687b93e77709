"""What a reviewer looks at and leaves: sent answers with their evidence, flags on it, and answers sent back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from maturity.assessment.answers import Answer
from maturity.assessment.evidence import NewestEvidence, evidence_day
from maturity.storage.answers import SELECTED, rebuilt
from maturity.storage.engine import NotStored, Tx
from maturity.storage.evidence import files_of_round
from maturity.storage.rows import EvidenceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Evidence that a reviewer finds weak, and why."""

    reason: str
    flagged_by: str
    flagged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAnswer:
    """One sent answer with its evidence; `number` counts the department's respondents from 1, as they began."""

    respondent: UUID
    number: int
    label: str
    role_family: str | None
    answer: Answer
    made_at: datetime
    files: tuple[EvidenceFile, ...] = ()
    flag: Flag | None = None


def sent_answers(tx: Tx, round_id: UUID, department: str) -> list[SentAnswer]:
    """Every sent answer of one department (its code), by question and respondent: never a draft."""
    found = tx.rows(
        f"""WITH people AS (
             SELECT r.id, r.label, r.role_family, r.status,
               CAST(row_number() OVER (ORDER BY r.started_at, r.id) AS INTEGER) AS number
             FROM respondent r JOIN department d ON d.id = r.department_id
             WHERE r.round_id = $round AND d.code = $department AND r.status <> 'staged')
           SELECT p.id AS respondent, p.number, p.label AS person_label, p.role_family, a.made_at, {SELECTED},
             f.reason AS flag_reason, f.flagged_by, f.flagged_at
           FROM people p JOIN answer a ON a.respondent_id = p.id
           LEFT JOIN evidence_flag f ON f.respondent_id = a.respondent_id AND f.question = a.question
           WHERE p.status = 'submitted' AND a.state <> 'withdrawn'
           ORDER BY a.question COLLATE "C", p.number""",
        round=round_id,
        department=department,
    )
    files: dict[tuple[UUID, str], tuple[EvidenceFile, ...]] = {}
    for file in files_of_round(tx, round_id):
        place = (file.respondent_id, file.question)
        files[place] = (*files.get(place, ()), file)
    return [_sent(row, files.get((row["respondent"], row["question"]), ())) for row in found]


def _sent(row: Mapping[str, Any], files: tuple[EvidenceFile, ...]) -> SentAnswer:
    flag = Flag(reason=row["flag_reason"], flagged_by=row["flagged_by"], flagged_at=row["flagged_at"])
    return SentAnswer(
        respondent=row["respondent"],
        number=row["number"],
        label=row["person_label"],
        role_family=row["role_family"],
        answer=rebuilt(row),
        made_at=row["made_at"],
        files=files,
        flag=flag if row["flag_reason"] is not None else None,
    )


def newest_evidence(tx: Tx, round_id: UUID) -> list[NewestEvidence]:
    """The day of the newest evidence by department and question: of sent answers with a level, option or points."""
    found = tx.rows(
        """WITH filed AS (
             SELECT DISTINCT e.respondent_id, e.question
             FROM evidence_file e JOIN respondent r ON r.id = e.respondent_id
             WHERE r.round_id = $round AND e.removed_at IS NULL),
           newest AS (
             SELECT r.department_id, a.question, max(a.evidence_date) AS dated,
               max(CASE WHEN a.evidence_date IS NULL THEN a.made_at END) AS made
             FROM respondent r JOIN answer a ON a.respondent_id = r.id
             LEFT JOIN filed f ON f.respondent_id = a.respondent_id AND f.question = a.question
             WHERE r.round_id = $round AND r.status = 'submitted' AND a.state IN ('level', 'option', 'points')
               AND (coalesce(a.evidence_note, '') <> '' OR coalesce(a.evidence_link, '') <> ''
                 OR f.question IS NOT NULL)
             GROUP BY r.department_id, a.question)
           SELECT d.code, n.question, n.dated, n.made FROM newest n JOIN department d ON d.id = n.department_id
           ORDER BY d.place, d.id, n.question COLLATE "C" """,
        round=round_id,
    )
    return [
        NewestEvidence(row["code"], row["question"], max(day for day in (row["dated"], _day(row["made"])) if day))
        for row in found
    ]


def _day(moment: datetime | None) -> Any:
    return evidence_day(None, moment.astimezone(UTC).date()) if moment else None


def save_flag(tx: Tx, respondent_id: UUID, question: str, flag: Flag) -> None:
    """Flag the evidence of a sent answer, in place of an earlier flag; `NotStored` where there is no such answer."""
    row = tx.one(
        """SELECT a.question FROM answer a JOIN respondent r ON r.id = a.respondent_id
           WHERE a.respondent_id = $respondent AND a.question = $question AND a.state <> 'withdrawn'
             AND r.status = 'submitted'""",
        respondent=respondent_id,
        question=question,
    )
    if row is None:
        raise NotStored(f"the answer to {question} was taken back meanwhile; load the page again")
    tx.run(
        """INSERT INTO evidence_flag(respondent_id, question, reason, flagged_by, flagged_at)
           VALUES ($respondent, $question, $reason, $by, $at)
           ON CONFLICT (respondent_id, question) DO UPDATE SET reason = excluded.reason,
             flagged_by = excluded.flagged_by, flagged_at = excluded.flagged_at""",
        respondent=respondent_id,
        question=question,
        reason=flag.reason,
        by=flag.flagged_by,
        at=flag.flagged_at,
    )


def drop_flag(tx: Tx, respondent_id: UUID, question: str) -> None:
    """Take a flag off; nothing happens where there is none."""
    tx.run(
        "DELETE FROM evidence_flag WHERE respondent_id = $respondent AND question = $question",
        respondent=respondent_id,
        question=question,
    )


def keep_sent_back(tx: Tx, note_id: UUID, respondent_id: UUID, note: str, *, by: str, now: datetime) -> None:
    """Keep why a respondent's answers were sent back; what turns their status is `respondents.take_back`."""
    tx.run(
        """INSERT INTO sent_back(id, respondent_id, note, sent_by, sent_at)
           VALUES ($id, $respondent, $note, $by, $now)""",
        id=note_id,
        respondent=respondent_id,
        note=note,
        by=by,
        now=now,
    )


def opened_again(tx: Tx, round_name: str) -> datetime | None:
    """When a round of this name was opened for the second or a later time, by the audit trail; None: never."""
    row = tx.one(
        """SELECT count(*) AS times, max(made_at) AS at FROM audit_event
           WHERE subject = $name AND verb = 'turn round open'""",
        name=round_name,
    )
    return row["at"] if row and row["times"] > 1 else None
