"""What is needed to see a plan as it stood: the states of one action, when things changed, which plan was in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from maturity.storage.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something changed in a plan, or in which of them people work by."""

    at: datetime
    kind: Literal["action", "milestone", "plan", "version"]
    plan_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """People worked by this plan from a moment on."""

    plan_id: UUID
    since: datetime
    by: str
    reason: str


def moments(tx: Tx, organisation_id: UUID) -> tuple[Moment, ...]:
    """Every change to the organisation's plans, the earliest first; making a plan is one, with all that is in it."""
    found = tx.rows(
        """SELECT s.stated_at AS at, 'action' AS kind, s.plan_id FROM plan_action_state s
             JOIN plan p ON p.id = s.plan_id WHERE p.organisation_id = $organisation AND s.stated_at <> p.made_at
           UNION ALL SELECT m.stated_at, 'milestone', m.plan_id FROM milestone_state m
             JOIN plan p ON p.id = m.plan_id WHERE p.organisation_id = $organisation AND m.stated_at <> p.made_at
           UNION ALL SELECT since, 'plan', plan_id FROM plan_in_force WHERE organisation_id = $organisation
           UNION ALL SELECT s.made_at, 'version', v.plan_id FROM version_step s
             JOIN plan_version v ON v.id = s.version_id WHERE v.organisation_id = $organisation
           ORDER BY 1, 2""",
        organisation=organisation_id,
    )
    return tuple(Moment(**row) for row in found)


def in_force(tx: Tx, organisation_id: UUID) -> tuple[InForce, ...]:
    """Which plan was in force from when on, the earliest first."""
    found = tx.rows(
        """SELECT plan_id, since, put_by, reason FROM plan_in_force WHERE organisation_id = $organisation
           ORDER BY since, id""",
        organisation=organisation_id,
    )
    return tuple(
        InForce(plan_id=row["plan_id"], since=row["since"], by=row["put_by"], reason=row["reason"]) for row in found
    )


def removal_moments(tx: Tx, plan_id: UUID) -> dict[str, datetime]:
    """When each action that is taken out of a plan was, by its id."""
    found = tx.rows(
        "SELECT id, deleted_at FROM plan_action WHERE plan_id = $plan AND deleted_at IS NOT NULL", plan=plan_id
    )
    return {str(row["id"]): row["deleted_at"] for row in found}


def milestone_changes(tx: Tx, plan_id: UUID, since: datetime) -> int:
    """How many changes milestones of a plan had after a moment."""
    row = tx.one(
        "SELECT count(*) AS n FROM milestone_state WHERE plan_id = $plan AND stated_at > $since",
        plan=plan_id, since=since,
    )  # fmt: skip
    return int(row["n"]) if row else 0


def make_current(tx: Tx, organisation_id: UUID, plan_id: UUID) -> None:
    """This plan is the current one, and the one that was is past."""
    tx.run(
        """UPDATE plan SET status = CASE WHEN id = $plan THEN 'current' ELSE 'past' END, row_version = row_version + 1
           WHERE organisation_id = $organisation AND (id = $plan OR status = 'current')""",
        plan=plan_id, organisation=organisation_id,
    )  # fmt: skip
