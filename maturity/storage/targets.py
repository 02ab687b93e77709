"""What people decide before a plan is made: targets, importance, what runs already, decisions on actions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from maturity.planning.request import Decision
from maturity.planning.targets import Importance
from maturity.storage.engine import Tx, canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetChoice:
    """Target steps (level, due) that somebody set for a topic of a department; no steps: no target is wanted."""

    department: str
    topic: str
    steps: tuple[tuple[int, date], ...]
    reason: str
    set_by: str
    set_at: datetime
    row_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Already:
    """An action code that is done or running, with what is known about it."""

    code: str
    state: Literal["done", "running"]
    note: str
    set_by: str
    set_at: datetime


def target_choices(tx: Tx, round_id: UUID) -> tuple[TargetChoice, ...]:
    """Every target that somebody set in a round, by department and topic."""
    found = tx.rows(
        """SELECT department, topic, steps, reason, set_by, set_at, row_version FROM target_choice
           WHERE round_id = $round ORDER BY department, topic""",
        round=round_id,
    )
    return tuple(TargetChoice(**{**row, "steps": _steps(row["steps"])}) for row in found)


def put_target(
    tx: Tx, round_id: UUID, department: str, topic: str, steps: tuple[tuple[int, date], ...], reason: str,
    *, set_by: str, set_at: datetime,
) -> int:  # fmt: skip
    """Sets or replaces a target; the new row version."""
    row = tx.one(
        """INSERT INTO target_choice(round_id, department, topic, steps, reason, set_by, set_at, row_version)
           VALUES ($round, $department, $topic, $steps, $reason, $by, $at, 1)
           ON CONFLICT (round_id, department, topic) DO UPDATE SET steps = excluded.steps, reason = excluded.reason,
             set_by = excluded.set_by, set_at = excluded.set_at, row_version = target_choice.row_version + 1
           RETURNING row_version""",
        round=round_id, department=department, topic=topic, reason=reason, by=set_by, at=set_at,
        steps=canonical([[level, due.isoformat()] for level, due in steps]),
    )  # fmt: skip
    assert row is not None
    return int(row["row_version"])


def drop_target(tx: Tx, round_id: UUID, department: str, topic: str) -> None:
    """Forgets what was chosen, so that the default counts again."""
    tx.run(
        "DELETE FROM target_choice WHERE round_id = $round AND department = $department AND topic = $topic",
        round=round_id, department=department, topic=topic,
    )  # fmt: skip


def importances(tx: Tx, round_id: UUID) -> tuple[Importance, ...]:
    """What was said about the importance of topics, by topic."""
    found = tx.rows(
        "SELECT topic, importance, reason, set_by FROM importance WHERE round_id = $round ORDER BY topic",
        round=round_id,
    )
    return tuple(Importance(**row) for row in found)


def put_importance(tx: Tx, round_id: UUID, said: Importance, *, set_at: datetime) -> None:
    """Sets or replaces the importance of a topic."""
    tx.run(
        """INSERT INTO importance(round_id, topic, importance, reason, set_by, set_at, row_version)
           VALUES ($round, $topic, $importance, $reason, $by, $at, 1)
           ON CONFLICT (round_id, topic) DO UPDATE SET importance = excluded.importance, reason = excluded.reason,
             set_by = excluded.set_by, set_at = excluded.set_at, row_version = importance.row_version + 1""",
        round=round_id, topic=said.topic, importance=said.importance, reason=said.reason, by=said.set_by, at=set_at,
    )  # fmt: skip


def already(tx: Tx, round_id: UUID) -> tuple[Already, ...]:
    """What is done or running, by code."""
    found = tx.rows(
        "SELECT code, state, note, set_by, set_at FROM already WHERE round_id = $round ORDER BY code", round=round_id
    )
    return tuple(Already(**row) for row in found)


def put_already(tx: Tx, round_id: UUID, marked: Already) -> None:
    """Marks an action code as done or running, or changes the mark."""
    tx.run(
        """INSERT INTO already(round_id, code, state, note, set_by, set_at)
           VALUES ($round, $code, $state, $note, $by, $at)
           ON CONFLICT (round_id, code) DO UPDATE SET state = excluded.state, note = excluded.note,
             set_by = excluded.set_by, set_at = excluded.set_at""",
        round=round_id, code=marked.code, state=marked.state, note=marked.note, by=marked.set_by, at=marked.set_at,
    )  # fmt: skip


def drop_already(tx: Tx, round_id: UUID, code: str) -> None:
    """Takes the mark off an action code."""
    tx.run("DELETE FROM already WHERE round_id = $round AND code = $code", round=round_id, code=code)


def decisions(tx: Tx, round_id: UUID) -> tuple[Decision, ...]:
    """What is decided about action codes, by code and kind."""
    return tuple(decision for decision, _ in dated_decisions(tx, round_id))


def dated_decisions(tx: Tx, round_id: UUID) -> tuple[tuple[Decision, datetime], ...]:
    """The same, each with the moment at which it was decided."""
    found = tx.rows(
        """SELECT code, kind, start_on AS start, reason, set_by AS "by", set_at FROM action_decision
           WHERE round_id = $round ORDER BY code, kind""",
        round=round_id,
    )
    return tuple((Decision(**row), set_at) for row in found for set_at in [row.pop("set_at")])


def put_decision(tx: Tx, round_id: UUID, made: Decision, *, set_at: datetime) -> None:
    """Records or replaces the decision of its kind on an action code."""
    tx.run(
        """INSERT INTO action_decision(round_id, code, kind, start_on, reason, set_by, set_at)
           VALUES ($round, $code, $kind, $start, $reason, $by, $at)
           ON CONFLICT (round_id, code, kind) DO UPDATE SET start_on = excluded.start_on, reason = excluded.reason,
             set_by = excluded.set_by, set_at = excluded.set_at""",
        round=round_id, code=made.code, kind=made.kind, start=made.start, reason=made.reason, by=made.by, at=set_at,
    )  # fmt: skip


def drop_decision(tx: Tx, round_id: UUID, code: str, kind: str) -> None:
    """Takes back the decision of a kind on an action code."""
    tx.run(
        "DELETE FROM action_decision WHERE round_id = $round AND code = $code AND kind = $kind",
        round=round_id, code=code, kind=kind,
    )  # fmt: skip


def _steps(written: str) -> tuple[tuple[int, date], ...]:
    return tuple((int(level), date.fromisoformat(due)) for level, due in json.loads(written))
