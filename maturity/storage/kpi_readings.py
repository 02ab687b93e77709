"""Readings of KPIs. One that is withdrawn keeps its row; what an action's code or an objective's id names is not
looked at here, so readings outlive the plan that they were made in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.roadmap.kpis import Reading
from maturity.storage.engine import Tx

READ = "id, measures, code, read_on, value, note, made_by, made_at, withdrawn_at"
COLUMNS = ("organisation_id", *READ.split(", "))


def add_readings(tx: Tx, organisation_id: UUID, readings: Iterable[Reading]) -> None:
    """Adds readings, in one batch."""
    rows = [
        [organisation_id, UUID(each.id), each.measures, each.code, each.on, each.value, each.note, each.made_by,
         each.made_at, each.withdrawn_at]
        for each in readings
    ]  # fmt: skip
    if rows:
        tx.insert("kpi_reading", COLUMNS, rows)


def readings_of(tx: Tx, organisation_id: UUID, *, withdrawn: bool = False) -> tuple[Reading, ...]:
    """An organisation's readings by day and moment, the withdrawn ones only where asked for."""
    found = tx.rows(
        f"""SELECT {READ} FROM kpi_reading
            WHERE organisation_id = $organisation AND (withdrawn_at IS NULL OR $withdrawn)
            ORDER BY read_on, made_at, id""",
        organisation=organisation_id, withdrawn=withdrawn,
    )  # fmt: skip
    return tuple(_reading(row) for row in found)


def reading_of(tx: Tx, reading_id: UUID) -> tuple[UUID, Reading] | None:
    """A reading that has not been withdrawn, with its organisation."""
    row = tx.one(
        f"SELECT organisation_id, {READ} FROM kpi_reading WHERE id = $id AND withdrawn_at IS NULL", id=reading_id
    )
    return (row["organisation_id"], _reading(row)) if row else None


def withdraw_on(
    tx: Tx, organisation_id: UUID, measures: str, code: str, days: Iterable[date], at: datetime
) -> tuple[Reading, ...]:
    """Withdraws what was read of a KPI on these days; returns it."""
    wanted = set(days)
    found = [
        each
        for each in readings_of(tx, organisation_id)
        if (each.measures, each.code) == (measures, code) and each.on in wanted
    ]
    for each in found:
        withdraw(tx, UUID(each.id), at)
    return tuple(found)


def withdraw(tx: Tx, reading_id: UUID, at: datetime) -> bool:
    """Withdraws a reading; False where it is not there or was withdrawn before."""
    row = tx.one(
        "UPDATE kpi_reading SET withdrawn_at = $at WHERE id = $id AND withdrawn_at IS NULL RETURNING id",
        id=reading_id, at=at,
    )  # fmt: skip
    return row is not None


def _reading(row: Mapping[str, Any]) -> Reading:
    return Reading(
        id=str(row["id"]), measures=row["measures"], code=row["code"], on=row["read_on"], value=row["value"],
        note=row["note"], made_by=row["made_by"], made_at=row["made_at"], withdrawn_at=row["withdrawn_at"],
    )  # fmt: skip
