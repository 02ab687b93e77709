"""Submitted answers on their way out: grouped for the scorer, as columns for the interval, as rows for a file."""

from __future__ import annotations

from uuid import UUID

from maturity.assessment.answers import Tally
from maturity.storage.answers import SELECTED, rebuilt
from maturity.storage.engine import Tx
from maturity.storage.rows import AnswerColumns, ExportedAnswer


def tallies(tx: Tx, round_id: UUID) -> list[Tally]:
    """How often each answer was given, per department and question: what scores are made of.

    Answers are counted by short keys first and departments get their codes afterwards."""
    found = tx.columns(
        """WITH counted AS (
             SELECT r.department_id, a.question, a.state, a.level, a.points, count(*) AS n
             FROM answer a JOIN respondent r ON r.id = a.respondent_id
             WHERE r.round_id = $round AND r.status = 'submitted' AND a.state <> 'withdrawn'
             GROUP BY r.department_id, a.question, a.state, a.level, a.points)
           SELECT d.code AS department, c.question, c.state, c.level, c.points, c.n
           FROM counted c JOIN department d ON d.id = c.department_id
           ORDER BY d.place, d.id, c.question COLLATE "C", c.state COLLATE "C",
             c.level NULLS LAST, c.points NULLS LAST""",
        round=round_id,
    )
    names = ("department", "question", "state", "n", "level", "points")
    return list(map(Tally, *(found[name] for name in names)))


def answer_rows(tx: Tx, round_id: UUID, department: str | None = None) -> AnswerColumns:
    """Every submitted answer of a round, of one department (its code) where it is named, as parallel lists.

    Respondents are numbered by department and label, so that a seeded draw means the same in every store."""
    found = tx.columns(
        """WITH people AS (
             SELECT r.id, d.code AS department, d.place,
               CAST(row_number() OVER (
                 ORDER BY d.place, d.code COLLATE "C", r.label COLLATE "C", r.started_at, r.id) - 1
                 AS INTEGER) AS respondent
             FROM respondent r JOIN department d ON d.id = r.department_id
             WHERE r.round_id = $round AND r.status = 'submitted')
           SELECT p.respondent, p.department, a.question, a.state, a.level, a.points
           FROM people p JOIN answer a ON a.respondent_id = p.id
           WHERE a.state <> 'withdrawn' AND (CAST($department AS TEXT) IS NULL OR p.department = $department)
           ORDER BY p.place, p.department COLLATE "C", a.question COLLATE "C", p.respondent""",
        round=round_id,
        department=department,
    )
    return AnswerColumns(**found)


def export_rows(tx: Tx, round_id: UUID) -> list[ExportedAnswer]:
    """Every submitted answer of a round for an answers file, by department, respondent and question."""
    found = tx.rows(
        f"""SELECT d.code AS department, r.label AS respondent, r.role_family, {SELECTED}
            FROM answer a JOIN respondent r ON r.id = a.respondent_id JOIN department d ON d.id = r.department_id
            WHERE r.round_id = $round AND r.status = 'submitted' AND a.state <> 'withdrawn'
            ORDER BY d.place, d.id, r.label COLLATE "C", r.id, a.question COLLATE "C" """,
        round=round_id,
    )
    return [
        ExportedAnswer(
            department=row["department"],
            respondent=row["respondent"],
            role_family=row["role_family"],
            answer=rebuilt(row),
        )
        for row in found
    ]
