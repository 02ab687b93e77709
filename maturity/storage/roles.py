"""Submitted answers by the role family that respondents state."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from maturity.assessment.answers import Tally
from maturity.storage.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyCount:
    """How many people of a department (its code) have sent answers, by role family; None where they did not say."""

    department: str
    role_family: str | None
    people: int


def family_counts(tx: Tx, round_id: UUID) -> list[FamilyCount]:
    """Submitted respondents of a round by department and role family; nothing where there is nobody."""
    found = tx.rows(
        """WITH counted AS (
             SELECT department_id, role_family, count(*) AS n FROM respondent
             WHERE round_id = $round AND status = 'submitted' GROUP BY department_id, role_family)
           SELECT d.code AS department, c.role_family, c.n AS people
           FROM counted c JOIN department d ON d.id = c.department_id
           ORDER BY d.place, d.id, c.role_family COLLATE "C" NULLS LAST""",
        round=round_id,
    )
    return [FamilyCount(**row) for row in found]


def family_tallies(tx: Tx, round_id: UUID) -> list[tuple[str | None, Tally]]:
    """How often each answer was given, per role family (None: not said), department and question."""
    found = tx.columns(
        """WITH counted AS (
             SELECT r.department_id, r.role_family, a.question, a.state, a.level, a.points, count(*) AS n
             FROM answer a JOIN respondent r ON r.id = a.respondent_id
             WHERE r.round_id = $round AND r.status = 'submitted' AND a.state <> 'withdrawn'
             GROUP BY r.department_id, r.role_family, a.question, a.state, a.level, a.points)
           SELECT c.role_family, d.code AS department, c.question, c.state, c.level, c.points, c.n
           FROM counted c JOIN department d ON d.id = c.department_id
           ORDER BY d.place, d.id, c.role_family COLLATE "C" NULLS LAST, c.question COLLATE "C",
             c.state COLLATE "C", c.level NULLS LAST, c.points NULLS LAST""",
        round=round_id,
    )
    names = ("department", "question", "state", "n", "level", "points")
    return list(zip(found["role_family"], map(Tally, *(found[name] for name in names)), strict=True))
