"""The organisation's objectives. One that is removed keeps its row: actions of earlier plans name it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.planning.objectives import Objective
from maturity.storage.engine import Tx, canonical

READ = "id, name, goal, topics, emphasis, measure, unit, baseline, aim, due_on, set_by, row_version"


def objectives_of(tx: Tx, organisation_id: UUID) -> tuple[Objective, ...]:
    """An organisation's objectives by name, without those that were removed."""
    found = tx.rows(
        f"SELECT {READ} FROM objective WHERE organisation_id = $organisation AND deleted_at IS NULL ORDER BY name, id",
        organisation=organisation_id,
    )
    return tuple(_objective(row) for row in found)


def organisation_of(tx: Tx, objective_id: UUID) -> UUID | None:
    """The organisation that an objective belongs to; None for one that is not there or was removed."""
    row = tx.one("SELECT organisation_id FROM objective WHERE id = $id AND deleted_at IS NULL", id=objective_id)
    return row["organisation_id"] if row else None


def add_objective(tx: Tx, organisation_id: UUID, objective: Objective, at: datetime) -> None:
    """Adds an objective, as its author set it at that moment."""
    tx.run(
        """INSERT INTO objective(id, organisation_id, name, goal, topics, emphasis, measure, unit, baseline, aim,
             due_on, set_by, set_at, row_version)
           VALUES ($id, $organisation, $name, $goal, $topics, $emphasis, $measure, $unit, $baseline, $aim,
             $due, $by, $at, 1)""",
        organisation=organisation_id, at=at, **_values(objective),
    )  # fmt: skip


def change_objective(
    tx: Tx, objective: Objective, expected_version: int, removed_at: datetime | None, at: datetime
) -> int | None:
    """Writes an objective over the version that was read, or removes it; None where somebody else was faster."""
    row = tx.one(
        """UPDATE objective SET name = $name, goal = $goal, topics = $topics, emphasis = $emphasis, measure = $measure,
             unit = $unit, baseline = $baseline, aim = $aim, due_on = $due, set_by = $by, set_at = $at,
             deleted_at = $removed, row_version = row_version + 1
           WHERE id = $id AND row_version = $expected AND deleted_at IS NULL RETURNING row_version""",
        expected=expected_version, removed=removed_at, at=at, **_values(objective),
    )  # fmt: skip
    return int(row["row_version"]) if row else None


def _values(objective: Objective) -> dict[str, Any]:
    return {
        "id": UUID(objective.id), "name": objective.name, "goal": objective.goal,
        "topics": canonical(list(objective.topics)), "emphasis": objective.emphasis, "measure": objective.measure,
        "unit": objective.unit, "baseline": objective.baseline, "aim": objective.aim, "due": objective.due,
        "by": objective.set_by,
    }  # fmt: skip


def _objective(row: Mapping[str, Any]) -> Objective:
    """Rows from before version 4 of the tables have a name and a goal only."""
    return Objective(
        id=str(row["id"]),
        name=row["name"],
        goal=row["goal"],
        topics=tuple(json.loads(row["topics"] or "[]")),
        emphasis=1.0 if row["emphasis"] is None else row["emphasis"],
        measure=row["measure"] or "",
        unit=row["unit"] or "",
        baseline=row["baseline"],
        aim=row["aim"],
        due=row["due_on"],
        set_by=row["set_by"] or "",
        row_version=row["row_version"],
    )
