"""Plan versions and their actions. A plan's body never changes; its actions do, one row version at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from maturity.planning.catalogue import Kpi
from maturity.planning.documents import read_plan, read_reason, write_reason
from maturity.planning.plan import Closes, Plan
from maturity.roadmap.actions import Action, Raci
from maturity.storage.engine import Tx, canonical, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan version without its contents; `sha256` is of its body."""

    id: UUID
    organisation_id: UUID
    round_id: UUID
    name: str
    status: Literal["draft", "current", "past"]
    starts: date
    sha256: str
    made_by: str
    made_at: datetime
    row_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An action as it was from a moment on."""

    action: Action
    stated: Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Who brought an action into a state, when, by which deed and why."""

    at: datetime
    by: str
    verb: str
    reason: str = ""


STATE = ["state_id", "stated_at", "stated_by", "verb", "reason"]
PLAN = "id, organisation_id, round_id, name, status, start_on AS starts, sha256, made_by, made_at, row_version"
ACTION = [
    "id", "plan_id", "code", "catalogue_id", "department", "title", "summary", "phase", "start_on", "finish_on",
    "owner", "raci", "deliverable", "done_when", "kpi", "effort", "cost", "requires", "closes", "why", "origin",
    "objective_id", "percent_done", "begun_on", "done_on", "updated_at", "row_version", "deleted_at", "owner_person",
    "expected_on", "days_used", "cost_used", "deliverable_link",
]  # fmt: skip
AS_IT_IS = (
    "code", "catalogue_id", "department", "title", "summary", "phase", "owner", "deliverable", "done_when", "origin",
    "percent_done", "begun_on", "done_on", "row_version", "owner_person", "expected_on", "days_used", "cost_used",
)  # fmt: skip
CHANGEABLE = [each for each in ACTION if each not in ("id", "plan_id", "code", "row_version")]
SELECT_ACTION = f"SELECT {', '.join(ACTION)} FROM plan_action"


def add_plan(
    tx: Tx, plan_id: UUID, organisation_id: UUID, round_id: UUID, name: str, starts: date, plan: Plan,
    *, made_by: str, made_at: datetime,
) -> None:  # fmt: skip
    """Adds a version as the current one; whichever was current becomes past."""
    tx.run(
        """UPDATE plan SET status = 'past', row_version = row_version + 1
           WHERE organisation_id = $organisation AND status = 'current'""",
        organisation=organisation_id,
    )
    body = canonical(plan.as_document())
    tx.run(
        """INSERT INTO plan(id, organisation_id, round_id, name, status, start_on, body, sha256, made_by, made_at,
             row_version)
           VALUES ($id, $organisation, $round, $name, 'current', $starts, $body, $sha, $by, $at, 1)""",
        id=plan_id, organisation=organisation_id, round=round_id, name=name, starts=starts, body=body,
        sha=hashlib.sha256(body.encode()).hexdigest(), by=made_by, at=made_at,
    )  # fmt: skip
    put_in_force(tx, organisation_id, plan_id, made_by, made_at)


def put_in_force(
    tx: Tx, organisation_id: UUID, plan_id: UUID, by: str, at: datetime, reason: str = "",
) -> None:  # fmt: skip
    """Notes that people work by this plan from now on."""
    tx.run(
        """INSERT INTO plan_in_force(id, organisation_id, plan_id, since, put_by, reason)
           VALUES ($id, $organisation, $plan, $at, $by, $reason)""",
        id=new_id(at), organisation=organisation_id, plan=plan_id, at=at, by=by, reason=reason,
    )  # fmt: skip


def plan_rows(tx: Tx, organisation_id: UUID) -> tuple[PlanRow, ...]:
    """Every version of an organisation, newest first."""
    found = tx.rows(
        f"SELECT {PLAN} FROM plan WHERE organisation_id = $organisation ORDER BY made_at DESC, id DESC",
        organisation=organisation_id,
    )
    return tuple(PlanRow(**row) for row in found)


def current_plan(tx: Tx, organisation_id: UUID) -> PlanRow | None:
    """The plan of an organisation that is in force, None before there is one."""
    return next((each for each in plan_rows(tx, organisation_id) if each.status == "current"), None)


def plan_row(tx: Tx, plan_id: UUID) -> PlanRow | None:
    """One version by its id."""
    row = tx.one(f"SELECT {PLAN} FROM plan WHERE id = $id", id=plan_id)
    return PlanRow(**row) if row else None


def plan_body(tx: Tx, plan_id: UUID) -> Plan:
    """The plan as it was made."""
    row = tx.one("SELECT body FROM plan WHERE id = $id", id=plan_id)
    if row is None:
        raise LookupError(f"no plan {plan_id}")
    return read_plan(json.loads(row["body"]))


def add_actions(tx: Tx, plan_id: UUID, actions: Iterable[Action], stated: Stated) -> None:
    """Adds actions to a plan version, in one batch, with their first state."""
    rows = [[_cells(action, plan_id, stated.at)[column] for column in ACTION] for action in actions]
    if rows:
        tx.insert("plan_action", ACTION, rows)
        said = [stated.at, stated.by, stated.verb, stated.reason]
        tx.insert("plan_action_state", [*STATE, *ACTION], [[new_id(stated.at), *said, *row] for row in rows])


def add_actions_with_past(tx: Tx, plan_id: UUID, actions: Iterable[Action], past: Iterable[State]) -> None:
    """Adds actions as they stand now together with all that they were before: for plans that are brought in whole. The
    last of an action's states has to be the action itself."""
    states = list(past)
    last = {each.action.id: each.stated.at for each in states}
    rows = [_cells(action, plan_id, last[action.id]) for action in actions]
    tx.insert("plan_action", ACTION, [[cells[column] for column in ACTION] for cells in rows])
    told = [(each.stated, _cells(each.action, plan_id, each.stated.at)) for each in states]
    tx.insert(
        "plan_action_state",
        [*STATE, *ACTION],
        [[new_id(s.at), s.at, s.by, s.verb, s.reason, *(cells[column] for column in ACTION)] for s, cells in told],
    )


def actions_of(tx: Tx, plan_id: UUID, *, removed: bool = False) -> tuple[Action, ...]:
    """The actions of a version by start and code; `removed` ones only where asked for."""
    found = tx.rows(
        f"""{SELECT_ACTION} WHERE plan_id = $plan AND (deleted_at IS NULL OR $removed)
            ORDER BY start_on, code COLLATE "C" """,
        plan=plan_id, removed=removed,
    )  # fmt: skip
    return tuple(read_action(row) for row in found)


def codes_ever(tx: Tx, organisation_id: UUID) -> frozenset[str]:
    """The codes of all actions of all plans of an organisation, removed ones too."""
    found = tx.rows(
        """SELECT DISTINCT a.code FROM plan_action a JOIN plan p ON p.id = a.plan_id
           WHERE p.organisation_id = $organisation""",
        organisation=organisation_id,
    )
    return frozenset(row["code"] for row in found)


def action_of(tx: Tx, action_id: UUID, *, removed: bool = False) -> tuple[UUID, Action] | None:
    """An action with the id of its plan; a removed one only where asked for."""
    row = tx.one(f"{SELECT_ACTION} WHERE id = $id AND (deleted_at IS NULL OR $removed)", id=action_id, removed=removed)
    return (row["plan_id"], read_action(row)) if row else None


def plan_of_action(tx: Tx, action_id: UUID) -> tuple[PlanRow, str] | None:
    """The plan that an action stands in, removed or not, and the action's title."""
    row = tx.one("SELECT plan_id, title FROM plan_action WHERE id = $id", id=action_id)
    found = plan_row(tx, row["plan_id"]) if row else None
    return (found, row["title"]) if row and found else None


def change_action(tx: Tx, plan_id: UUID, action: Action, expected_version: int, stated: Stated) -> int | None:
    """Writes an action over the version that was read, and keeps the new state; None where somebody else was faster."""
    at = stated.at
    cells = _cells(action, plan_id, at)
    assigned = ", ".join(f"{each} = ${each}" for each in CHANGEABLE)
    row = tx.one(
        f"""UPDATE plan_action SET {assigned}, row_version = row_version + 1
            WHERE id = $id AND row_version = $expected RETURNING row_version""",
        id=cells["id"], expected=expected_version, **{each: cells[each] for each in CHANGEABLE},
    )  # fmt: skip
    if row is None:
        return None
    columns = ", ".join(ACTION)
    tx.run(
        f"""INSERT INTO plan_action_state({", ".join(STATE)}, {columns})
            SELECT $state, $at, $by, $verb, $reason, {columns} FROM plan_action WHERE id = $id""",
        state=new_id(at), at=at, by=stated.by, verb=stated.verb, reason=stated.reason, id=cells["id"],
    )  # fmt: skip
    return int(row["row_version"])


def _cells(action: Action, plan_id: UUID, at: datetime) -> dict[str, Any]:
    return {
        "id": UUID(action.id),
        "plan_id": plan_id,
        "code": action.code,
        "catalogue_id": action.catalogue_id,
        "department": action.department,
        "title": action.title,
        "summary": action.summary,
        "phase": action.phase,
        "start_on": action.start,
        "finish_on": action.finish,
        "owner": action.owner,
        "raci": canonical(asdict(action.raci)),
        "deliverable": action.deliverable,
        "done_when": action.done_when,
        "kpi": canonical(action.kpi.model_dump(mode="json") if action.kpi else None),
        "effort": canonical(dict(action.effort)),
        "cost": canonical(action.cost),
        "requires": canonical(list(action.requires)),
        "closes": canonical([asdict(each) for each in action.closes]),
        "why": canonical([write_reason(each) for each in action.why]),
        "origin": action.origin,
        "objective_id": UUID(action.objective) if action.objective else None,
        "percent_done": action.percent_done,
        "begun_on": action.begun_on,
        "done_on": action.done_on,
        "updated_at": at,
        "row_version": action.row_version,
        "deleted_at": at if action.removed_on else None,
        "owner_person": action.owner_person,
        "expected_on": action.expected_on,
        "days_used": action.days_used,
        "cost_used": action.cost_used,
        "deliverable_link": action.deliverable_link or None,
    }


def read_action(row: Mapping[str, Any]) -> Action:
    """An action from a row with the columns of `ACTION`."""
    raci, kpi = json.loads(row["raci"]), json.loads(row["kpi"])
    return Action(
        id=str(row["id"]),
        start=row["start_on"],
        finish=row["finish_on"],
        raci=Raci(accountable=raci.pop("accountable"), **{part: tuple(names) for part, names in raci.items()}),
        kpi=Kpi(**kpi) if kpi else None,
        effort=json.loads(row["effort"]),
        cost=json.loads(row["cost"]),
        requires=tuple(json.loads(row["requires"])),
        closes=tuple(Closes(**each) for each in json.loads(row["closes"])),
        why=tuple(read_reason(each) for each in json.loads(row["why"])),
        objective=str(row["objective_id"]) if row["objective_id"] else None,
        removed_on=row["deleted_at"].date() if row["deleted_at"] else None,
        deliverable_link=row["deliverable_link"] or "",
        **{each: row[each] for each in AS_IT_IS},
    )


def states_of(tx: Tx, plan_id: UUID, upto: datetime | None = None) -> tuple[State, ...]:
    """Every state of every action of a plan, the earliest first, up to a moment where one is given."""
    found = tx.rows(
        f"""SELECT {", ".join(STATE)}, {", ".join(ACTION)} FROM plan_action_state
            WHERE plan_id = $plan AND (CAST($upto AS TIMESTAMPTZ) IS NULL OR stated_at <= $upto)
            ORDER BY stated_at, row_version, code COLLATE "C" """,
        plan=plan_id, upto=upto,
    )  # fmt: skip
    return tuple(_state(row) for row in found)


def states_of_action(tx: Tx, action_id: UUID) -> tuple[State, ...]:
    """Every state of one action, the earliest first."""
    found = tx.rows(
        f"""SELECT {", ".join(STATE)}, {", ".join(ACTION)} FROM plan_action_state WHERE id = $id
            ORDER BY row_version""",
        id=action_id,
    )
    return tuple(_state(row) for row in found)


def _state(row: Mapping[str, Any]) -> State:
    stated = Stated(at=row["stated_at"], by=row["stated_by"], verb=row["verb"], reason=row["reason"])
    return State(action=read_action(row), stated=stated)


def plan_in_force(tx: Tx, organisation_id: UUID, at: datetime) -> UUID | None:
    """The plan that an organisation worked by at a moment; None before its first."""
    row = tx.one(
        """SELECT plan_id FROM plan_in_force WHERE organisation_id = $organisation AND since <= $at
           ORDER BY since DESC, id DESC LIMIT 1""",
        organisation=organisation_id, at=at,
    )  # fmt: skip
    return row["plan_id"] if row else None
