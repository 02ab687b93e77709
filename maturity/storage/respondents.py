"""Who answers in a round."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from maturity.storage.engine import NotStored, Tx
from maturity.storage.revision import bump
from maturity.storage.rounds import round_scope
from maturity.storage.rows import Holder, Respondent
from maturity.storage.versions import edited

_COLUMNS = """r.id, r.round_id, r.department_id, d.code AS department, d.organisation_id, r.person, r.label,
  r.role_family, r.speaks_for, r.status, r.started_at, r.submitted_at, r.row_version"""


def start_respondent(tx: Tx, new: Respondent) -> int:
    """Store a new respondent and return the row_version."""
    tx.run(
        """INSERT INTO respondent(id, round_id, department_id, person, label, role_family, speaks_for, status,
             started_at, submitted_at, row_version)
           VALUES ($id, $round, $department, $person, $label, $role_family, $speaks_for, $status, $started,
             $submitted, 1)""",
        id=new.id,
        round=new.round_id,
        department=new.department_id,
        person=new.person,
        label=new.label,
        role_family=new.role_family,
        speaks_for=new.speaks_for,
        status=new.status,
        started=new.started_at,
        submitted=new.submitted_at,
    )
    return 1


def respondent_of(tx: Tx, respondent_id: UUID) -> Respondent:
    """One respondent; `NotStored` where there is none."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM respondent r JOIN department d ON d.id = r.department_id WHERE r.id = $id",
        id=respondent_id,
    )
    if row is None:
        raise NotStored("this respondent is not in the store any more; start the questionnaire again")
    return Respondent(**row)


def holder_of(tx: Tx, respondent_id: UUID) -> Holder:
    """Whose a respondent is and how things stand with it; `NotStored` where there is none.

    Asked at every click on an answer. Looks by key, one after another, cost DuckDB less than a join does."""
    row = tx.one(
        """SELECT id, round_id, department_id, person, role_family, status, row_version FROM respondent
           WHERE id = $id""",
        id=respondent_id,
    )
    if row is None:
        raise NotStored("this respondent is not in the store any more; start the questionnaire again")
    place = tx.one("SELECT code AS department, organisation_id FROM department WHERE id = $id", id=row["department_id"])
    held = tx.one("SELECT status AS round_status FROM assessment_round WHERE id = $id", id=row["round_id"])
    if place is None or held is None:
        raise NotStored("the round or the department of these answers is not in the store any more")
    return Holder(**row, **place, **held)


def describe(tx: Tx, respondent_id: UUID, role_family: str | None, speaks_for: str | None) -> None:
    """Keep what a respondent says of the own role and of whom the answers speak for; None is not said."""
    tx.run(
        """UPDATE respondent SET role_family = $family, speaks_for = $speaks_for, row_version = row_version + 1
           WHERE id = $id""",
        id=respondent_id,
        family=role_family,
        speaks_for=speaks_for,
    )


def labels(tx: Tx, round_id: UUID, department_id: UUID) -> list[str]:
    """What a department's respondents of a round are called, in their order."""
    found = tx.rows(
        """SELECT label FROM respondent WHERE round_id = $round AND department_id = $department
           ORDER BY started_at, id""",
        round=round_id,
        department=department_id,
    )
    return [row["label"] for row in found]


def respondents_as(tx: Tx, round_id: UUID, person: str) -> list[Respondent]:
    """Whatever one person answers in a round, by department: several where several are led."""
    found = tx.rows(
        f"""SELECT {_COLUMNS} FROM respondent r JOIN department d ON d.id = r.department_id
            WHERE r.round_id = $round AND r.person = $person AND r.status <> 'staged'
            ORDER BY d.place, d.id, r.started_at, r.id""",
        round=round_id,
        person=person,
    )
    return [Respondent(**row) for row in found]


def respondents(tx: Tx, round_id: UUID) -> list[Respondent]:
    """Everybody who has started or submitted in a round, by department and start."""
    found = tx.rows(
        f"""SELECT {_COLUMNS} FROM respondent r JOIN department d ON d.id = r.department_id
            WHERE r.round_id = $round AND r.status <> 'staged' ORDER BY d.place, d.id, r.started_at, r.id""",
        round=round_id,
    )
    return [Respondent(**row) for row in found]


def respondent_for(tx: Tx, round_id: UUID, department_id: UUID, person: str) -> Respondent | None:
    """A known person's respondent in a round and department: where to resume."""
    row = tx.one(
        f"""SELECT {_COLUMNS} FROM respondent r JOIN department d ON d.id = r.department_id
            WHERE r.round_id = $round AND r.department_id = $department AND r.person = $person
              AND r.status <> 'staged' ORDER BY r.started_at, r.id LIMIT 1""",
        round=round_id,
        department=department_id,
        person=person,
    )
    return Respondent(**row) if row else None


def submitted_counts(tx: Tx, round_id: UUID) -> dict[str, int]:
    """How many have submitted, by department code; a department without anybody is left out."""
    found = tx.rows(
        """WITH counted AS (
             SELECT department_id, count(*) AS n FROM respondent
             WHERE round_id = $round AND status = 'submitted' GROUP BY department_id)
           SELECT d.code, c.n FROM counted c JOIN department d ON d.id = c.department_id ORDER BY d.place, d.id""",
        round=round_id,
    )
    return {row["code"]: row["n"] for row in found}


def answered_counts(tx: Tx, round_id: UUID) -> dict[UUID, int]:
    """How many questions each respondent of a round has answered so far; who has none is left out."""
    found = tx.rows(
        """SELECT a.respondent_id, count(*) AS answered FROM answer a JOIN respondent r ON r.id = a.respondent_id
           WHERE r.round_id = $round AND r.status <> 'staged' AND a.state <> 'withdrawn'
           GROUP BY a.respondent_id ORDER BY a.respondent_id""",
        round=round_id,
    )
    return {row["respondent_id"]: row["answered"] for row in found}


def submit(tx: Tx, respondent_id: UUID, now: datetime, expected_version: int) -> int:
    """Hand the answers in: from now on they count; returns the new row_version."""
    row = tx.one(
        """UPDATE respondent SET status = 'submitted', submitted_at = $now, row_version = row_version + 1
           WHERE id = $id AND row_version = $version RETURNING row_version, round_id""",
        id=respondent_id,
        now=now,
        version=expected_version,
    )
    if row is not None:
        bump(tx, round_scope(row["round_id"]))
    return edited(tx, row, "respondent", "The questionnaire", respondent_id)


def take_back(tx: Tx, respondent_id: UUID, expected_version: int) -> int:
    """Undo a submission so that the respondent can go on; returns the new row_version."""
    row = tx.one(
        """UPDATE respondent SET status = 'started', submitted_at = NULL, row_version = row_version + 1
           WHERE id = $id AND row_version = $version RETURNING row_version, round_id""",
        id=respondent_id,
        version=expected_version,
    )
    if row is not None:
        bump(tx, round_scope(row["round_id"]))
    return edited(tx, row, "respondent", "The questionnaire", respondent_id)
