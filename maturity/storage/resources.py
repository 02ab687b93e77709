"""People and money of a round as people entered them: days, lines of four kinds, terms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.planning.request import Capacity
from maturity.planning.spending import Line, Terms, body_of, kind_of, read_line
from maturity.storage.engine import Tx, canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDays:
    """Person-days that somebody set in place of the usual ones."""

    capacities: tuple[Capacity, ...]
    set_by: str
    set_at: datetime
    row_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceLine:
    """One line of people and money, and who entered it."""

    id: UUID
    line: Line
    set_by: str
    set_at: datetime
    row_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTerms:
    """The terms that somebody set for a round."""

    terms: Terms
    set_by: str
    set_at: datetime
    row_version: int


def days_of(tx: Tx, round_id: UUID) -> SetDays | None:
    """The person-days that somebody set; None where nobody has."""
    row = tx.one("SELECT days, set_by, set_at, row_version FROM resource_days WHERE round_id = $round", round=round_id)
    if row is None:
        return None
    capacities = tuple(
        Capacity(role=each["role"], department=each["department"], days=tuple(each["days"]))
        for each in json.loads(row.pop("days"))
    )
    return SetDays(capacities=capacities, **row)


def put_days(
    tx: Tx, round_id: UUID, capacities: tuple[Capacity, ...], *, set_by: str, set_at: datetime
) -> int:  # fmt: skip
    """Sets or replaces the person-days of a round; the new row version."""
    days = [{"role": each.role, "department": each.department, "days": list(each.days)} for each in capacities]
    row = tx.one(
        """INSERT INTO resource_days(round_id, days, set_by, set_at, row_version) VALUES ($round, $days, $by, $at, 1)
           ON CONFLICT (round_id) DO UPDATE SET days = excluded.days, set_by = excluded.set_by,
             set_at = excluded.set_at, row_version = resource_days.row_version + 1
           RETURNING row_version""",
        round=round_id, days=canonical(days), by=set_by, at=set_at,
    )  # fmt: skip
    assert row is not None
    return int(row["row_version"])


def lines_of(tx: Tx, round_id: UUID) -> tuple[ResourceLine, ...]:
    """The lines of a round that count, the earliest entered first."""
    found = tx.rows(
        """SELECT id, kind, body, set_by, set_at, row_version FROM resource_line
           WHERE round_id = $round AND removed_at IS NULL ORDER BY id""",
        round=round_id,
    )
    return tuple(_line(row) for row in found)


def add_line(tx: Tx, round_id: UUID, entered: ResourceLine) -> None:
    """Adds a line."""
    tx.run(
        """INSERT INTO resource_line(id, round_id, kind, body, set_by, set_at, row_version)
           VALUES ($id, $round, $kind, $body, $by, $at, 1)""",
        id=entered.id, round=round_id, kind=kind_of(entered.line), body=canonical(body_of(entered.line)),
        by=entered.set_by, at=entered.set_at,
    )  # fmt: skip


def change_line(tx: Tx, round_id: UUID, entered: ResourceLine, removed_at: datetime | None = None) -> int | None:
    """Writes a line over the version that was read, or removes it; None where somebody else was faster."""
    row = tx.one(
        """UPDATE resource_line SET body = $body, set_by = $by, set_at = $at, removed_at = $removed,
             row_version = row_version + 1
           WHERE id = $id AND round_id = $round AND kind = $kind AND row_version = $expected AND removed_at IS NULL
           RETURNING row_version""",
        id=entered.id, round=round_id, kind=kind_of(entered.line), body=canonical(body_of(entered.line)),
        by=entered.set_by, at=entered.set_at, removed=removed_at, expected=entered.row_version,
    )  # fmt: skip
    return int(row["row_version"]) if row else None


def terms_of(tx: Tx, round_id: UUID) -> SetTerms | None:
    """The terms of a round; None where nobody has set any."""
    row = tx.one(
        "SELECT terms, set_by, set_at, row_version FROM resource_terms WHERE round_id = $round", round=round_id
    )
    return SetTerms(terms=Terms(**json.loads(row.pop("terms"))), **row) if row else None


def put_terms(tx: Tx, round_id: UUID, terms: Terms, *, set_by: str, set_at: datetime) -> int:
    """Sets or replaces the terms of a round; the new row version."""
    row = tx.one(
        """INSERT INTO resource_terms(round_id, terms, set_by, set_at, row_version)
           VALUES ($round, $terms, $by, $at, 1)
           ON CONFLICT (round_id) DO UPDATE SET terms = excluded.terms, set_by = excluded.set_by,
             set_at = excluded.set_at, row_version = resource_terms.row_version + 1
           RETURNING row_version""",
        round=round_id, terms=canonical(asdict(terms)), by=set_by, at=set_at,
    )  # fmt: skip
    assert row is not None
    return int(row["row_version"])


def _line(row: Mapping[str, Any]) -> ResourceLine:
    return ResourceLine(
        id=row["id"],
        line=read_line(row["kind"], json.loads(row["body"])),
        set_by=row["set_by"],
        set_at=row["set_at"],
        row_version=row["row_version"],
    )
