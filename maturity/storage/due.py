"""The review that falls due next, and the names by which calendars know milestones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maturity.storage.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class DueReview:
    """The quarterly review that comes next: one that is open, else the day that the last one named."""

    name: str
    on: date
    open: bool
    row_version: int
    number: int


def next_review(tx: Tx, organisation_id: UUID) -> DueReview | None:
    """The review to hold, or None where none is open and none was named."""
    row: dict[str, Any] | None = tx.one(
        """SELECT number, name, state, held_on, next_on, row_version FROM quarterly_review
           WHERE organisation_id = $organisation AND state <> 'given_up' ORDER BY number DESC LIMIT 1""",
        organisation=organisation_id,
    )
    if row is None:
        return None
    is_open = row["state"] == "open"
    on = row["held_on"] if is_open else row["next_on"]
    if on is None:
        return None
    return DueReview(
        name=row["name"], on=on, open=is_open, row_version=row["row_version"],
        number=row["number"] if is_open else row["number"] + 1,
    )  # fmt: skip


def first_names(tx: Tx, plan_id: UUID) -> dict[str, str]:
    """The name that each milestone of a plan had first, by its id: what a calendar knows it by, however renamed."""
    found = tx.rows(
        "SELECT id, name FROM milestone_state WHERE plan_id = $plan ORDER BY row_version DESC",
        plan=plan_id,
    )
    return {str(row["id"]): row["name"] for row in found}
