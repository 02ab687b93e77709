"""Progress reports (insert only) and milestones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from maturity.roadmap.milestones import Milestone
from maturity.roadmap.progress import ProgressUpdate
from maturity.storage.engine import Tx, new_id

SELECT_UPDATE = """SELECT u.id, u.plan_action_id AS action_id, a.code, u.percent_done, u.begun_on, u.done_on,
  u.confidence, u.note, u.made_by, u.made_at, u.expected_on, u.days_used, u.cost_used, u.because, u.good, u.next
  FROM progress_update u JOIN plan_action a ON a.id = u.plan_action_id"""


def add_update(tx: Tx, update: ProgressUpdate) -> None:
    """Adds one report; reports are never changed."""
    tx.run(
        """INSERT INTO progress_update(id, plan_action_id, percent_done, begun_on, done_on, confidence, note, made_by,
             made_at, expected_on, days_used, cost_used, because, good, next)
           VALUES ($id, $action, $percent, $begun, $done, $confidence, $note, $by, $at, $expected, $days, $cost,
             $because, $good, $next)""",
        id=UUID(update.id), action=UUID(update.action_id), percent=update.percent_done, begun=update.begun_on,
        done=update.done_on, confidence=update.confidence, note=update.note, by=update.made_by, at=update.made_at,
        expected=update.expected_on, days=update.days_used, cost=update.cost_used, because=update.because,
        good=update.good, next=update.next,
    )  # fmt: skip


def updates_of_plan(tx: Tx, plan_id: UUID) -> tuple[ProgressUpdate, ...]:
    """Every report on a plan's actions, oldest first."""
    found = tx.rows(f"{SELECT_UPDATE} WHERE a.plan_id = $plan ORDER BY u.made_at, u.id", plan=plan_id)
    return tuple(_update(row) for row in found)


def updates_of_action(tx: Tx, action_id: UUID) -> tuple[ProgressUpdate, ...]:
    """Every report on one action, oldest first."""
    found = tx.rows(f"{SELECT_UPDATE} WHERE a.id = $action ORDER BY u.made_at, u.id", action=action_id)
    return tuple(_update(row) for row in found)


def _update(row: dict) -> ProgressUpdate:
    texts = {each: row[each] or "" for each in ("because", "good", "next")}
    return ProgressUpdate(**{**row, **texts, "id": str(row["id"]), "action_id": str(row["action_id"])})


def milestones_of(tx: Tx, plan_id: UUID) -> tuple[Milestone, ...]:
    """The milestones of a plan by day and name."""
    found = tx.rows(
        """SELECT id, name, on_date, proves, row_version FROM milestone
           WHERE plan_id = $plan AND deleted_at IS NULL ORDER BY on_date, name COLLATE "C", id""",
        plan=plan_id,
    )
    return tuple(_milestone(row) for row in found)


def milestones_upto(tx: Tx, plan_id: UUID, moment: datetime) -> tuple[Milestone, ...]:
    """The milestones of a plan as they stood at a moment, by day and name."""
    found = tx.rows(
        """SELECT id, name, on_date, proves, row_version FROM (
             SELECT id, name, on_date, proves, row_version, deleted_at,
               row_number() OVER (PARTITION BY id ORDER BY row_version DESC) AS nth
             FROM milestone_state WHERE plan_id = $plan AND stated_at <= $at) AS told
           WHERE nth = 1 AND deleted_at IS NULL ORDER BY on_date, name COLLATE "C", id""",
        plan=plan_id, at=moment,
    )  # fmt: skip
    return tuple(_milestone(row) for row in found)


def _milestone(row: dict) -> Milestone:
    return Milestone(
        id=str(row["id"]), name=row["name"], on=row["on_date"], proves=row["proves"], row_version=row["row_version"]
    )


def add_milestones(tx: Tx, plan_id: UUID, milestones: Iterable[Milestone], by: str, at: datetime) -> None:
    """Adds milestones to a plan, with their first state."""
    for each in milestones:
        tx.run(
            """INSERT INTO milestone(id, plan_id, name, on_date, proves, row_version)
               VALUES ($id, $plan, $name, $on, $proves, 1)""",
            id=UUID(each.id), plan=plan_id, name=each.name, on=each.on, proves=each.proves,
        )  # fmt: skip
        _keep_state(tx, UUID(each.id), by, at)


def _keep_state(tx: Tx, milestone_id: UUID, by: str, at: datetime) -> None:
    columns = "id, plan_id, name, on_date, proves, row_version, deleted_at"
    tx.run(
        f"""INSERT INTO milestone_state(state_id, stated_at, stated_by, {columns})
            SELECT $state, $at, $by, {columns} FROM milestone WHERE id = $id""",
        state=new_id(at), at=at, by=by, id=milestone_id,
    )  # fmt: skip


def milestone_plan(tx: Tx, milestone_id: UUID) -> tuple[UUID, int] | None:
    """The plan and the row version of a milestone that has not been removed."""
    row = tx.one("SELECT plan_id, row_version FROM milestone WHERE id = $id AND deleted_at IS NULL", id=milestone_id)
    return (row["plan_id"], int(row["row_version"])) if row else None


def change_milestone(
    tx: Tx, milestone: Milestone, expected_version: int, *, remove: bool, by: str, at: datetime
) -> int | None:
    """Writes a milestone over the version that was read, or removes it, and keeps the new state; None where somebody
    else was faster."""
    row = tx.one(
        """UPDATE milestone SET name = $name, on_date = $on, proves = $proves, deleted_at = $removed,
             row_version = row_version + 1 WHERE id = $id AND row_version = $expected RETURNING row_version""",
        id=UUID(milestone.id), name=milestone.name, on=milestone.on, proves=milestone.proves,
        removed=at if remove else None, expected=expected_version,
    )  # fmt: skip
    if row is None:
        return None
    _keep_state(tx, UUID(milestone.id), by, at)
    return int(row["row_version"])
