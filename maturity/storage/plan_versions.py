"""Plan versions, what became of them, and the bodies that decide on them. A version is never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from maturity.roadmap.actions import Action
from maturity.roadmap.versions import Snapshot, Version, VersionStep, read_snapshot
from maturity.storage.engine import Tx, canonical, new_id
from maturity.storage.plans import ACTION, read_action

KEPT = 64
SELECT = """SELECT id, number, name, reason, body, sha256, made_by, made_at FROM plan_version"""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoverningBody:
    """Who decides together: `members` by name, of whom `quorum` at least have to be there."""

    id: str
    name: str
    members: tuple[str, ...]
    quorum: int
    set_by: str = ""
    row_version: int = 1


def body_and_hash(snapshot: Snapshot) -> tuple[str, str]:
    """A snapshot as it is stored, and its SHA-256."""
    body = canonical(snapshot.document())
    return body, hashlib.sha256(body.encode()).hexdigest()


def add_version(
    tx: Tx, organisation_id: UUID, plan_id: UUID, name: str, reason: str, snapshot: Snapshot, *, made_by: str,
    made_at: datetime,
) -> Version:  # fmt: skip
    """Adds a version under the next number, without a step yet."""
    tx.alone(f"versions:{organisation_id}")
    row = tx.one(
        "SELECT coalesce(max(number), 0) + 1 AS next FROM plan_version WHERE organisation_id = $organisation",
        organisation=organisation_id,
    )
    number = int(row["next"]) if row else 1
    (body, sha256), version_id = body_and_hash(snapshot), new_id(made_at)
    tx.run(
        """INSERT INTO plan_version(id, organisation_id, plan_id, number, name, reason, body, sha256, made_by, made_at)
           VALUES ($id, $organisation, $plan, $number, $name, $reason, $body, $sha, $by, $at)""",
        id=version_id, organisation=organisation_id, plan=plan_id, number=number, name=name, reason=reason, body=body,
        sha=sha256, by=made_by, at=made_at,
    )  # fmt: skip
    return Version(
        id=str(version_id), number=number, name=name, reason=reason, snapshot=snapshot, sha256=sha256,
        made_by=made_by, made_at=made_at, steps=(),
    )  # fmt: skip


def add_step(tx: Tx, version_id: UUID, step: VersionStep) -> None:
    """Adds what became of a version."""
    tx.run(
        """INSERT INTO version_step(id, version_id, step, body, note, made_by, made_at)
           VALUES ($id, $version, $step, $body, $note, $by, $at)""",
        id=new_id(step.made_at), version=version_id, step=step.step, body=canonical(dict(step.body)), note=step.note,
        by=step.made_by, at=step.made_at,
    )  # fmt: skip


def versions_of(tx: Tx, organisation_id: UUID) -> tuple[Version, ...]:
    """Every version of an organisation with its steps, the earliest first."""
    found = tx.rows(f"{SELECT} WHERE organisation_id = $organisation ORDER BY number", organisation=organisation_id)
    steps = tx.rows(
        """SELECT s.version_id, s.step, s.body, s.note, s.made_by, s.made_at FROM version_step s
             JOIN plan_version v ON v.id = s.version_id
           WHERE v.organisation_id = $organisation ORDER BY s.made_at, s.step NOT IN ('drafted', 'proposed'), s.id""",
        organisation=organisation_id,
    )
    return tuple(_version(row, [each for each in steps if each["version_id"] == row["id"]]) for row in found)


def version_of(tx: Tx, version_id: UUID) -> Version | None:
    """One version with its steps; None where there is none of this id."""
    row = tx.one(f"{SELECT} WHERE id = $id", id=version_id)
    return _with_steps(tx, row, None) if row else None


def version_named(tx: Tx, organisation_id: UUID, name: str) -> int | None:
    """The number of the version of this name, however its letters are written; None where the name is free."""
    row = tx.one(
        "SELECT number FROM plan_version WHERE organisation_id = $organisation AND lower(name) = lower($name)",
        organisation=organisation_id, name=name,
    )  # fmt: skip
    return int(row["number"]) if row else None


def _with_steps(tx: Tx, row: Mapping[str, Any], upto: datetime | None) -> Version:
    steps = tx.rows(
        """SELECT version_id, step, body, note, made_by, made_at FROM version_step
           WHERE version_id = $id AND (CAST($upto AS TIMESTAMPTZ) IS NULL OR made_at <= $upto)
           ORDER BY made_at, step NOT IN ('drafted', 'proposed'), id""",
        id=row["id"], upto=upto,
    )  # fmt: skip
    return _version(row, steps)


@lru_cache(maxsize=KEPT)
def _snapshot(body: str) -> Snapshot:
    """A body never changes, so each is read once and shared; never change what it gives."""
    return read_snapshot(json.loads(body))


def organisation_of_version(tx: Tx, version_id: UUID) -> tuple[UUID, UUID] | None:
    """The organisation and the plan of a version; None where there is no such version."""
    row = tx.one("SELECT organisation_id, plan_id FROM plan_version WHERE id = $id", id=version_id)
    return (row["organisation_id"], row["plan_id"]) if row else None


def _version(row: Mapping[str, Any], steps: list[dict[str, Any]]) -> Version:
    return Version(
        id=str(row["id"]),
        number=row["number"],
        name=row["name"],
        reason=row["reason"],
        snapshot=_snapshot(row["body"]),
        sha256=row["sha256"],
        made_by=row["made_by"],
        made_at=row["made_at"],
        steps=tuple(
            VersionStep(
                step=each["step"],
                note=each["note"],
                body=json.loads(each["body"]),
                made_by=each["made_by"],
                made_at=each["made_at"],
            )
            for each in steps
        ),
    )


def approved(
    tx: Tx, organisation_id: UUID, *, upto: datetime | None = None, of_plan: UUID | None = None
) -> Version | None:
    """The version that was approved last, up to a moment and of one plan where these are given; None where none was."""
    row = tx.one(
        """SELECT s.version_id FROM version_step s JOIN plan_version v ON v.id = s.version_id
           WHERE v.organisation_id = $organisation AND s.step = 'approved'
             AND (CAST($upto AS TIMESTAMPTZ) IS NULL OR s.made_at <= $upto)
             AND (CAST($plan AS UUID) IS NULL OR v.plan_id = $plan)
           ORDER BY s.made_at DESC, v.number DESC LIMIT 1""",
        organisation=organisation_id, upto=upto, plan=of_plan,
    )  # fmt: skip
    if row is None:
        return None
    version = tx.one(f"{SELECT} WHERE id = $id", id=row["version_id"])
    return _with_steps(tx, version, upto) if version else None


def signed_dates(
    tx: Tx, organisation_id: UUID, *, of_plan: UUID | None = None, upto: datetime | None = None
) -> dict[str, tuple[date, date]]:
    """Start and finish by action code, each as it was signed off last: what a later version left unsigned keeps the
    days of the one before. Of one plan, and up to a moment, where these are given."""
    found = tx.rows(
        """SELECT s.body AS said, v.body FROM version_step s JOIN plan_version v ON v.id = s.version_id
           WHERE v.organisation_id = $organisation AND s.step = 'approved'
             AND (CAST($upto AS TIMESTAMPTZ) IS NULL OR s.made_at <= $upto)
             AND (CAST($plan AS UUID) IS NULL OR v.plan_id = $plan)
           ORDER BY s.made_at, v.number""",
        organisation=organisation_id, upto=upto, plan=of_plan,
    )  # fmt: skip
    signed: dict[str, tuple[date, date]] = {}
    for row in found:
        dates = _snapshot(row["body"]).dates
        signed |= {code: dates[code] for code in json.loads(row["said"]).get("signed", ()) if code in dates}
    return signed


def reasons_given(tx: Tx, organisation_id: UUID, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """What people said with changes of actions after one moment and up to another, the earliest first: code, stated_at,
    stated_by, verb, reason. Without the first state of a plan's actions, which bears the plan's name."""
    return tx.rows(
        """SELECT s.code, s.stated_at, s.stated_by, s.verb, s.reason FROM plan_action_state s
             JOIN plan p ON p.id = s.plan_id
           WHERE p.organisation_id = $organisation AND s.reason <> '' AND s.verb <> 'save plan'
             AND s.stated_at > $since AND s.stated_at <= $until
           ORDER BY s.stated_at, s.row_version, s.code""",
        organisation=organisation_id, since=since, until=until,
    )  # fmt: skip


def plans_made(tx: Tx, organisation_id: UUID, since: datetime, until: datetime) -> tuple[UUID, ...]:
    """The plans that were made after one moment and up to another, the earliest first."""
    found = tx.rows(
        """SELECT id FROM plan WHERE organisation_id = $organisation AND made_at > $since AND made_at <= $until
           ORDER BY made_at, id""",
        organisation=organisation_id, since=since, until=until,
    )  # fmt: skip
    return tuple(row["id"] for row in found)


def first_states(tx: Tx, plan_id: UUID, made_at: datetime) -> tuple[Action, ...]:
    """The actions of a plan as it was made. Where a store is older than the states it keeps, as the first of them
    says."""
    found = tx.rows(
        f"""SELECT {", ".join(ACTION)} FROM plan_action_state s WHERE plan_id = $plan
              AND (stated_at <= $at OR verb = 'as it stood') ORDER BY stated_at, row_version, code""",
        plan=plan_id, at=made_at,
    )  # fmt: skip
    first: dict[str, Action] = {}
    for row in found:
        first.setdefault(row["code"], read_action(row))
    return tuple(first.values())


def broken_versions(tx: Tx) -> list[str]:
    """A sentence for each version whose body is not the one that its hash was made over."""
    return [
        f"version {row['number']} of the plan, {row['name']!r}, was changed after it was made"
        for row in tx.rows("SELECT number, name, body, sha256 FROM plan_version ORDER BY organisation_id, number")
        if hashlib.sha256(row["body"].encode()).hexdigest() != row["sha256"]
    ]


def bodies_of(tx: Tx, organisation_id: UUID) -> tuple[GoverningBody, ...]:
    """The organisation's bodies by name, without those that were removed."""
    found = tx.rows(
        """SELECT id, name, members, quorum, set_by, row_version FROM governing_body
           WHERE organisation_id = $organisation AND removed_at IS NULL ORDER BY name, id""",
        organisation=organisation_id,
    )
    return tuple(
        GoverningBody(**{**row, "id": str(row["id"]), "members": tuple(json.loads(row["members"]))}) for row in found
    )


def organisation_of_body(tx: Tx, body_id: UUID) -> UUID | None:
    """The organisation of a body that has not been removed."""
    row = tx.one("SELECT organisation_id FROM governing_body WHERE id = $id AND removed_at IS NULL", id=body_id)
    return row["organisation_id"] if row else None


def add_body(tx: Tx, organisation_id: UUID, body: GoverningBody, at: datetime) -> None:
    """Adds a body."""
    tx.run(
        """INSERT INTO governing_body(id, organisation_id, name, members, quorum, set_by, set_at, row_version)
           VALUES ($id, $organisation, $name, $members, $quorum, $by, $at, 1)""",
        id=UUID(body.id), organisation=organisation_id, name=body.name, members=canonical(list(body.members)),
        quorum=body.quorum, by=body.set_by, at=at,
    )  # fmt: skip


def change_body(tx: Tx, body: GoverningBody, at: datetime, *, remove: bool) -> int | None:
    """Writes a body over the version that was read, or removes it; None where somebody else was faster."""
    row = tx.one(
        """UPDATE governing_body SET name = $name, members = $members, quorum = $quorum, set_by = $by, set_at = $at,
             removed_at = $removed, row_version = row_version + 1
           WHERE id = $id AND row_version = $expected AND removed_at IS NULL RETURNING row_version""",
        id=UUID(body.id), name=body.name, members=canonical(list(body.members)), quorum=body.quorum, by=body.set_by,
        at=at, removed=at if remove else None, expected=body.row_version,
    )  # fmt: skip
    return int(row["row_version"]) if row else None
