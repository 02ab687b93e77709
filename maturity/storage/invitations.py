"""Who was invited to answer in a round, when they were reminded, and how far each department has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maturity.storage.engine import Tx
from maturity.storage.revision import bump
from maturity.storage.rounds import round_scope

# Whoever can answer for a department of the round today: a role there that holds, of a person who is here.
_CAN_ANSWER = """SELECT DISTINCT g.person_id, g.department_id
  FROM person_grant g JOIN person p ON p.id = g.person_id
  JOIN round_department s ON s.department_id = g.department_id
  WHERE s.round_id = $round AND g.role IN ('respondent', 'department_lead') AND g.ended_at IS NULL
    AND (g.until IS NULL OR g.until >= $today) AND p.left_at IS NULL AND p.erased_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM invitation i WHERE i.round_id = $round AND i.person_id = g.person_id
      AND i.department_id = g.department_id)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """One invitation. `status` and `answered` (questions so far) are of the person's own answers for this department,
    as far as the round knows its people; `department` is the department's code."""

    person_id: UUID
    name: str
    email: str | None
    department: str
    invited_at: datetime
    reminded_at: datetime | None
    status: str | None
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentCounts:
    """How far a department has come. `missing` counts invitations of people who have not sent, where the round knows
    its people; `front_line` the people of the front line who have sent; `answered` the questions in all drafts."""

    department: str
    invited: int
    invited_on: date | None
    started: int
    sent: int
    front_line: int
    answered: int
    missing: int
    last_activity: date | None


def not_invited(tx: Tx, round_id: UUID, today: date) -> int:
    """How many invitations are due to people who got a role since the round was opened."""
    row = tx.one(f"SELECT count(*) AS n FROM ({_CAN_ANSWER}) AS due", round=round_id, today=today)
    return int(row["n"]) if row else 0


def invite_all(tx: Tx, round_id: UUID, *, by: str, now: datetime) -> int:
    """Invite whoever can answer for a department of the round and is not invited yet; returns how many."""
    count = not_invited(tx, round_id, now.date())
    if count:
        tx.run(
            f"""INSERT INTO invitation(round_id, person_id, department_id, invited_by, invited_at)
                SELECT $round, due.person_id, due.department_id, $by, $now FROM ({_CAN_ANSWER}) AS due
                ON CONFLICT (round_id, person_id, department_id) DO NOTHING""",
            round=round_id,
            today=now.date(),
            by=by,
            now=now,
        )
        bump(tx, round_scope(round_id))
    return count


def keep_invitations(
    tx: Tx, round_id: UUID, people: Iterable[tuple[UUID, UUID, datetime | None]], *, by: str, now: datetime
) -> int:
    """Invite these (person, department, when they were reminded) at once, none of whom is invited yet."""
    columns = ("round_id", "person_id", "department_id", "invited_by", "invited_at", "reminded_at")
    count = tx.insert("invitation", columns, [(round_id, *one[:2], by, now, one[2]) for one in people])
    bump(tx, round_scope(round_id))
    return count


def invited(tx: Tx, round_id: UUID) -> list[Invited]:
    """Everybody invited, by department and name; the erased are left out."""
    found = tx.rows(
        """WITH drafts AS (
             SELECT r.person, r.department_id, r.id, r.status,
               row_number() OVER (PARTITION BY r.person, r.department_id ORDER BY r.started_at, r.id) AS nth
             FROM respondent r WHERE r.round_id = $round AND r.status <> 'staged' AND r.person IS NOT NULL),
           counted AS (
             SELECT a.respondent_id, count(*) AS n FROM answer a JOIN drafts d ON d.id = a.respondent_id
             WHERE a.state <> 'withdrawn' AND d.status = 'started' GROUP BY a.respondent_id)
           SELECT i.person_id, p.name, p.email, d.code AS department, i.invited_at, i.reminded_at, w.status,
             CAST(coalesce(c.n, 0) AS INTEGER) AS answered
           FROM invitation i JOIN person p ON p.id = i.person_id JOIN department d ON d.id = i.department_id
           LEFT JOIN drafts w ON w.person = CAST(i.person_id AS TEXT) AND w.department_id = i.department_id
             AND w.nth = 1
           LEFT JOIN counted c ON c.respondent_id = w.id
           WHERE i.round_id = $round AND p.erased_at IS NULL
           ORDER BY d.place, d.id, p.name COLLATE "C", p.id""",
        round=round_id,
    )
    return [Invited(**row) for row in found]


def mark_reminded(tx: Tx, round_id: UUID, now: datetime, *, department: str | None, everybody: bool) -> int:
    """Note that people were reminded: of one department (its code) or all, those who have not sent or everybody;
    returns how many."""
    due = """FROM department d WHERE d.id = invitation.department_id
        AND (CAST($department AS TEXT) IS NULL OR d.code = $department)"""
    sent = """EXISTS (SELECT 1 FROM respondent r WHERE r.round_id = invitation.round_id
        AND r.department_id = invitation.department_id AND r.person = CAST(invitation.person_id AS TEXT)
        AND r.status = 'submitted')"""
    condition = f"round_id = $round AND EXISTS (SELECT 1 {due}) AND (CAST($everybody AS BOOLEAN) OR NOT {sent})"
    chosen = {"round": round_id, "department": department, "everybody": everybody}
    row = tx.one(f"SELECT count(*) AS n FROM invitation WHERE {condition}", **chosen)
    tx.run(f"UPDATE invitation SET reminded_at = $now WHERE {condition}", now=now, **chosen)
    bump(tx, round_scope(round_id))
    return int(row["n"]) if row else 0


def department_counts(tx: Tx, round_id: UUID) -> list[DepartmentCounts]:
    """How far each department of the round has come, in the organisation's order; never what was answered."""
    found = tx.rows(
        """WITH asked AS (
             SELECT i.department_id, count(*) AS n, min(i.invited_at) AS first FROM invitation i
             WHERE i.round_id = $round GROUP BY i.department_id),
           people AS (
             SELECT r.id, r.department_id, r.person, r.status, r.role_family, r.started_at, r.submitted_at
             FROM respondent r WHERE r.round_id = $round AND r.status <> 'staged'),
           drafts AS (
             SELECT p.department_id, count(*) AS n, max(a.made_at) AS latest
             FROM answer a JOIN people p ON p.id = a.respondent_id
             WHERE p.status = 'started' AND a.state <> 'withdrawn' GROUP BY p.department_id),
           counted AS (
             SELECT department_id, sum(CASE WHEN status = 'started' THEN 1 ELSE 0 END) AS started,
               sum(CASE WHEN status = 'submitted' THEN 1 ELSE 0 END) AS sent,
               sum(CASE WHEN status = 'submitted' AND role_family = 'front-line' THEN 1 ELSE 0 END) AS front_line,
               max(coalesce(submitted_at, started_at)) AS latest
             FROM people GROUP BY department_id),
           absent AS (
             SELECT i.department_id, count(*) AS n FROM invitation i
             WHERE i.round_id = $round AND NOT EXISTS (
               SELECT 1 FROM people p WHERE p.department_id = i.department_id AND p.status = 'submitted'
                 AND p.person = CAST(i.person_id AS TEXT))
             GROUP BY i.department_id)
           SELECT d.code AS department, CAST(coalesce(a.n, 0) AS INTEGER) AS invited,
             CAST(a.first AS DATE) AS invited_on, CAST(coalesce(c.started, 0) AS INTEGER) AS started,
             CAST(coalesce(c.sent, 0) AS INTEGER) AS sent, CAST(coalesce(c.front_line, 0) AS INTEGER) AS front_line,
             CAST(coalesce(f.n, 0) AS INTEGER) AS answered, CAST(coalesce(m.n, 0) AS INTEGER) AS missing,
             CAST(coalesce(greatest(c.latest, f.latest), c.latest) AS DATE) AS last_activity
           FROM round_department s JOIN department d ON d.id = s.department_id
           LEFT JOIN asked a ON a.department_id = d.id LEFT JOIN counted c ON c.department_id = d.id
           LEFT JOIN drafts f ON f.department_id = d.id LEFT JOIN absent m ON m.department_id = d.id
           WHERE s.round_id = $round ORDER BY d.place, d.id""",
        round=round_id,
    )
    return [DepartmentCounts(**row) for row in found]
