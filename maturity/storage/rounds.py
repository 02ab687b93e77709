"""Assessment rounds and the departments that take part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from maturity.storage.engine import NotStored, RuleBroken, Tx
from maturity.storage.revision import SETUP, bump
from maturity.storage.rows import Round, RoundDepartment, RoundStatus
from maturity.storage.versions import edited

_COLUMNS = """id, organisation_id, framework_version_id, name, status, track, weights, opens_on, closes_on,
  created_at, row_version"""


def round_scope(round_id: UUID) -> str:
    """The revision scope of a round."""
    return f"round:{round_id}"


def create_round(tx: Tx, new: Round) -> int:
    """Store a new round and return its row_version; `RuleBroken` where the organisation has that name already."""
    if round_by_name(tx, new.organisation_id, new.name):
        raise RuleBroken(f"a round called {new.name!r} exists already; choose another name")
    tx.run(
        """INSERT INTO assessment_round(id, organisation_id, framework_version_id, name, status, track, weights,
             opens_on, closes_on, created_at, row_version)
           VALUES ($id, $organisation, $framework, $name, $status, $track, $weights, $opens_on, $closes_on,
             $created, 1)""",
        id=new.id,
        organisation=new.organisation_id,
        framework=new.framework_version_id,
        name=new.name,
        status=new.status,
        track=new.track,
        weights=new.weights,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
        created=new.created_at,
    )
    _bump_both(tx, new.id)
    return 1


def round_of(tx: Tx, round_id: UUID) -> Round:
    """One round by id; `NotStored` where there is none."""
    row = tx.one(f"SELECT {_COLUMNS} FROM assessment_round WHERE id = $id", id=round_id)
    if row is None:
        raise NotStored(f"no round {round_id} is in the store")
    return Round(**row)


def round_by_name(tx: Tx, organisation_id: UUID, name: str) -> Round | None:
    """The organisation's round of that name."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM assessment_round WHERE organisation_id = $organisation AND name = $name",
        organisation=organisation_id,
        name=name,
    )
    return Round(**row) if row else None


def rounds(tx: Tx, organisation_id: UUID) -> list[Round]:
    """The organisation's rounds in the order of time, the earliest first."""
    return [Round(**row) for row in _by_time(tx, organisation_id)]


def latest_round(tx: Tx, organisation_id: UUID) -> Round | None:
    """The latest round that people can answer or have answered: no draft, no half import."""
    seen = [row for row in _by_time(tx, organisation_id) if row["status"] not in ("importing", "draft")]
    return Round(**seen[-1]) if seen else None


def _by_time(tx: Tx, organisation_id: UUID) -> list[dict[str, Any]]:
    return tx.rows(
        f"""SELECT {_COLUMNS} FROM assessment_round WHERE organisation_id = $organisation
            ORDER BY coalesce(closes_on, opens_on, CAST(created_at AS DATE)), created_at, id""",
        organisation=organisation_id,
    )


def set_status(tx: Tx, round_id: UUID, status: RoundStatus, row_version: int) -> int:
    """Open, close or sign off a round as it was seen; returns the new row_version."""
    row = tx.one(
        """UPDATE assessment_round SET status = $status, row_version = row_version + 1
           WHERE id = $id AND row_version = $version RETURNING row_version""",
        id=round_id,
        status=status,
        version=row_version,
    )
    _bump_both(tx, round_id)
    return edited(tx, row, "assessment_round", "The round", round_id)


def update_round(tx: Tx, changed: Round) -> int:
    """Store a round's edited name, track, weights and dates; returns the new row_version."""
    row = tx.one(
        """UPDATE assessment_round SET name = $name, track = $track, weights = $weights, opens_on = $opens_on,
             closes_on = $closes_on, row_version = row_version + 1
           WHERE id = $id AND row_version = $version RETURNING row_version""",
        id=changed.id,
        name=changed.name,
        track=changed.track,
        weights=changed.weights,
        opens_on=changed.opens_on,
        closes_on=changed.closes_on,
        version=changed.row_version,
    )
    _bump_both(tx, changed.id)
    return edited(tx, row, "assessment_round", f"The round {changed.name}", changed.id)


def save_scope(tx: Tx, round_id: UUID, weights: Mapping[UUID, float]) -> None:
    """Set which departments take part, with their weights in the roll-up, in place of what was set before."""
    tx.alone(round_scope(round_id))
    tx.run("DELETE FROM round_department WHERE round_id = $round", round=round_id)
    rows = [(round_id, department, weight) for department, weight in weights.items()]
    tx.insert("round_department", ("round_id", "department_id", "weight"), rows)
    bump(tx, round_scope(round_id))


def scope(tx: Tx, round_id: UUID) -> list[RoundDepartment]:
    """The departments that take part, in the organisation's own order."""
    found = tx.rows(
        """SELECT d.id AS department_id, d.code AS department, d.name, s.weight
           FROM round_department s JOIN department d ON d.id = s.department_id
           WHERE s.round_id = $round ORDER BY d.place, d.id""",
        round=round_id,
    )
    return [RoundDepartment(**row) for row in found]


def _bump_both(tx: Tx, round_id: UUID) -> None:
    bump(tx, SETUP)
    bump(tx, round_scope(round_id))
