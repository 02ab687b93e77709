"""Partnerships: organisations that others are members of, and the roll-ups that members gave them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.storage.engine import NotStored, Tx
from maturity.storage.revision import SETUP, bump

_GIVEN = """s.id, s.partnership_id, p.name AS partnership, s.organisation_id, o.name AS organisation, s.round_id,
  s.body, s.given_at, s.withdrawn_at"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedResult:
    """A roll-up as it was given; `body` is the copy. `withdrawn_at` where the partnership no longer sees it."""

    id: UUID
    partnership_id: UUID
    partnership: str
    organisation_id: UUID
    organisation: str
    round_id: UUID
    body: str
    given_at: datetime
    withdrawn_at: datetime | None


def memberships(tx: Tx) -> list[tuple[UUID, UUID]]:
    """Every (partnership, member), partnerships and members by when they were set up."""
    found = tx.rows(
        """SELECT m.partnership_id, m.organisation_id FROM partnership_member m
             JOIN organisation p ON p.id = m.partnership_id JOIN organisation o ON o.id = m.organisation_id
           ORDER BY p.created_at, p.id, o.created_at, o.id"""
    )
    return [(row["partnership_id"], row["organisation_id"]) for row in found]


def set_members(tx: Tx, partnership_id: UUID, members: Collection[UUID], now: datetime) -> None:
    """Make these the members, in place of those before; what a former member gave is withdrawn."""
    tx.alone(f"partnership:{partnership_id}")
    tx.run("DELETE FROM partnership_member WHERE partnership_id = $id", id=partnership_id)
    rows = [(partnership_id, each) for each in members]
    tx.insert("partnership_member", ("partnership_id", "organisation_id"), rows)
    tx.run(
        """UPDATE shared_result SET withdrawn_at = $now WHERE partnership_id = $id AND withdrawn_at IS NULL
             AND organisation_id NOT IN (SELECT organisation_id FROM partnership_member WHERE partnership_id = $id)""",
        id=partnership_id,
        now=now,
    )
    bump(tx, SETUP)


def give(tx: Tx, new: SharedResult, given_by: str) -> None:
    """Store a roll-up as given; one of the same round that the partnership had before is withdrawn."""
    tx.alone(f"partnership:{new.partnership_id}")
    tx.run(
        """UPDATE shared_result SET withdrawn_at = $now WHERE partnership_id = $partnership AND round_id = $round
             AND withdrawn_at IS NULL""",
        partnership=new.partnership_id,
        round=new.round_id,
        now=new.given_at,
    )
    tx.run(
        """INSERT INTO shared_result(id, partnership_id, organisation_id, round_id, body, given_by, given_at)
           VALUES ($id, $partnership, $organisation, $round, $body, $by, $at)""",
        id=new.id,
        partnership=new.partnership_id,
        organisation=new.organisation_id,
        round=new.round_id,
        body=new.body,
        by=given_by,
        at=new.given_at,
    )
    bump(tx, SETUP)


def withdraw(tx: Tx, result_id: UUID, now: datetime) -> None:
    """From now on the partnership does not see it any more."""
    tx.run(
        "UPDATE shared_result SET withdrawn_at = $now WHERE id = $id AND withdrawn_at IS NULL", id=result_id, now=now
    )
    bump(tx, SETUP)


def result_of(tx: Tx, result_id: UUID) -> SharedResult:
    """One roll-up as given; `NotStored` where there is none."""
    found = _results(tx, "s.id = $id", id=result_id)
    if not found:
        raise NotStored("this result was never given; go back to the list and choose again")
    return found[0]


def given_by(tx: Tx, organisation_id: UUID) -> list[SharedResult]:
    """Everything that an organisation ever gave, the newest first."""
    return _results(tx, "s.organisation_id = $id", id=organisation_id)[::-1]


def given_to(tx: Tx, partnership_id: UUID) -> list[SharedResult]:
    """What a partnership has and was not withdrawn, in the order it was given."""
    return _results(tx, "s.partnership_id = $id AND s.withdrawn_at IS NULL", id=partnership_id)


def _results(tx: Tx, condition: str, **params: Any) -> list[SharedResult]:
    found = tx.rows(
        f"""SELECT {_GIVEN} FROM shared_result s JOIN organisation p ON p.id = s.partnership_id
              JOIN organisation o ON o.id = s.organisation_id
            WHERE {condition} ORDER BY s.given_at, s.id""",
        **params,
    )
    return [SharedResult(**row) for row in found]
