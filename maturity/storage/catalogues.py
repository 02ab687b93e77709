"""What an organisation has of its own beside an action catalogue: actions, estimates, chosen routes."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from maturity.planning.catalogue import CatalogueAction
from maturity.planning.own_catalogue import ChosenRoute, Numbers, Own, OwnAction, OwnEstimate
from maturity.storage.engine import Tx, canonical


def own_of(tx: Tx, organisation_id: UUID, framework: str) -> Own:
    """Everything own, in the order in which actions were added; actions that were retired too."""
    place = {"organisation": organisation_id, "framework": framework}
    actions = tx.rows(
        """SELECT id, body, set_by, set_at, retired_at, row_version FROM own_action
           WHERE organisation_id = $organisation AND framework = $framework ORDER BY number""",
        **place,
    )
    estimates = tx.rows(
        """SELECT code, route, body, reason, set_by, set_at, row_version FROM own_estimate
           WHERE organisation_id = $organisation AND framework = $framework
           ORDER BY code COLLATE "C", route COLLATE "C" """,
        **place,
    )
    routes = tx.rows(
        """SELECT code, route, reason, set_by, set_at FROM chosen_route
           WHERE organisation_id = $organisation AND framework = $framework ORDER BY code COLLATE "C" """,
        **place,
    )
    return Own(
        actions=tuple(
            OwnAction(id=str(row.pop("id")), action=CatalogueAction.model_validate(json.loads(row.pop("body"))), **row)
            for row in actions
        ),
        estimates=tuple(
            OwnEstimate(numbers=Numbers.model_validate(json.loads(row.pop("body"))), **row) for row in estimates
        ),
        routes=tuple(ChosenRoute(**row) for row in routes),
    )


def last_number(tx: Tx, organisation_id: UUID) -> int:
    """The number of the organisation's newest own action, by whatever framework; 0 where there is none."""
    row = tx.one(
        "SELECT coalesce(max(number), 0) AS number FROM own_action WHERE organisation_id = $organisation",
        organisation=organisation_id,
    )
    return int(row["number"]) if row else 0


def add_own_action(tx: Tx, organisation_id: UUID, framework: str, number: int, own: OwnAction) -> None:
    """Adds an action of the organisation's own."""
    tx.run(
        """INSERT INTO own_action(id, organisation_id, framework, number, body, set_by, set_at, row_version)
           VALUES ($id, $organisation, $framework, $number, $body, $by, $at, 1)""",
        id=UUID(own.id), organisation=organisation_id, framework=framework, number=number, body=_body(own.action),
        by=own.set_by, at=own.set_at,
    )  # fmt: skip


def change_own_action(tx: Tx, own: OwnAction) -> int | None:
    """Writes an own action over the version that was read; None where somebody else was faster."""
    row = tx.one(
        """UPDATE own_action SET body = $body, set_by = $by, set_at = $at, retired_at = $retired,
             row_version = row_version + 1
           WHERE id = $id AND row_version = $expected RETURNING row_version""",
        id=UUID(own.id), body=_body(own.action), by=own.set_by, at=own.set_at, retired=own.retired_at,
        expected=own.row_version,
    )  # fmt: skip
    return int(row["row_version"]) if row else None


def put_estimate(tx: Tx, organisation_id: UUID, framework: str, estimate: OwnEstimate) -> None:
    """Writes an estimate in place of the one before; its `row_version` is the new one."""
    tx.run(
        """INSERT INTO own_estimate(organisation_id, framework, code, route, body, reason, set_by, set_at, row_version)
           VALUES ($organisation, $framework, $code, $route, $body, $reason, $by, $at, $version)
           ON CONFLICT (organisation_id, framework, code, route) DO UPDATE SET body = excluded.body,
             reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at,
             row_version = excluded.row_version""",
        organisation=organisation_id, framework=framework, code=estimate.code, route=estimate.route,
        body=canonical(estimate.numbers.model_dump(mode="json")), reason=estimate.reason, by=estimate.set_by,
        at=estimate.set_at, version=estimate.row_version,
    )  # fmt: skip


def drop_estimate(tx: Tx, organisation_id: UUID, framework: str, code: str, route: str) -> None:
    """Takes an estimate off: the catalogue's counts again."""
    tx.run(
        """DELETE FROM own_estimate WHERE organisation_id = $organisation AND framework = $framework AND code = $code
             AND route = $route""",
        organisation=organisation_id, framework=framework, code=code, route=route,
    )  # fmt: skip


def put_route(tx: Tx, organisation_id: UUID, framework: str, chosen: ChosenRoute) -> None:
    """Writes which route is taken for an action."""
    tx.run(
        """INSERT INTO chosen_route(organisation_id, framework, code, route, reason, set_by, set_at)
           VALUES ($organisation, $framework, $code, $route, $reason, $by, $at)
           ON CONFLICT (organisation_id, framework, code) DO UPDATE SET route = excluded.route,
             reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at""",
        organisation=organisation_id, framework=framework, code=chosen.code, route=chosen.route,
        reason=chosen.reason, by=chosen.set_by, at=chosen.set_at,
    )  # fmt: skip


def done_actions(tx: Tx, organisation_id: UUID) -> list[dict[str, Any]]:
    """Every action of any plan that is done: catalogue_id, code, begun_on, done_on, days_used (None where nobody
    reported them); one that was carried into later plans once, as the newest plan has it."""
    return tx.rows(
        """SELECT catalogue_id, code, begun_on, done_on, days_used FROM (
             SELECT a.catalogue_id, a.code, a.begun_on, a.done_on, a.days_used,
               row_number() OVER (PARTITION BY a.code ORDER BY p.made_at DESC, p.id DESC) AS nth
             FROM plan_action a JOIN plan p ON p.id = a.plan_id
             WHERE p.organisation_id = $organisation AND a.deleted_at IS NULL AND a.catalogue_id IS NOT NULL
               AND a.begun_on IS NOT NULL AND a.done_on IS NOT NULL) AS told
           WHERE nth = 1 ORDER BY code COLLATE "C" """,
        organisation=organisation_id,
    )


def _body(action: CatalogueAction) -> str:
    return canonical(action.model_dump(mode="json"))
