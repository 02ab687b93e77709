"""Optimistic edits: an update names the version it saw, and says so where somebody else was first."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from maturity.storage.engine import Conflict, NotStored, Tx

Versioned = Literal["organisation", "department", "assessment_round", "respondent", "workshop"]


def edited(tx: Tx, row: dict[str, Any] | None, table: Versioned, what: str, row_id: UUID) -> int:
    """The new row_version that the update returned; `Conflict` or `NotStored` where it met no row."""
    if row is not None:
        return int(row["row_version"])
    found = tx.one(f"SELECT row_version FROM {table} WHERE id = $id", id=row_id)
    if found is None:
        raise NotStored(f"{what} is not in the store any more; load the page again")
    raise Conflict(
        f"{what} was changed by somebody else meanwhile; look at the change, then save again", int(found["row_version"])
    )
