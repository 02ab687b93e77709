"""Weeknotes as people edited them. One that is removed keeps its row."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from maturity.roadmap.weeknote import Weeknote
from maturity.storage.engine import Tx

READ = "SELECT id, since, until, body, made_by, made_at, row_version FROM weeknote"


def weeknotes_of(tx: Tx, organisation_id: UUID) -> tuple[Weeknote, ...]:
    """An organisation's weeknotes, the newest first, without those that were removed."""
    found = tx.rows(
        f"""{READ} WHERE organisation_id = $organisation AND removed_at IS NULL
            ORDER BY until DESC, made_at DESC, id DESC""",
        organisation=organisation_id,
    )
    return tuple(Weeknote(**{**row, "id": str(row["id"])}) for row in found)


def organisation_of_weeknote(tx: Tx, weeknote_id: UUID) -> UUID | None:
    """The organisation of a weeknote that has not been removed."""
    row = tx.one("SELECT organisation_id FROM weeknote WHERE id = $id AND removed_at IS NULL", id=weeknote_id)
    return row["organisation_id"] if row else None


def add_weeknote(tx: Tx, organisation_id: UUID, note: Weeknote) -> None:
    """Adds a weeknote."""
    tx.run(
        """INSERT INTO weeknote(id, organisation_id, since, until, body, made_by, made_at, row_version)
           VALUES ($id, $organisation, $since, $until, $body, $by, $at, 1)""",
        id=UUID(note.id), organisation=organisation_id, since=note.since, until=note.until, body=note.body,
        by=note.made_by, at=note.made_at,
    )  # fmt: skip


def change_weeknote(tx: Tx, note: Weeknote, expected_version: int, removed_at: datetime | None) -> int | None:
    """Writes a weeknote over the version that was read, or removes it; None where somebody else was faster."""
    row = tx.one(
        """UPDATE weeknote SET body = $body, removed_at = CAST($removed AS TIMESTAMPTZ), row_version = row_version + 1
           WHERE id = $id AND row_version = $expected AND removed_at IS NULL RETURNING row_version""",
        id=UUID(note.id), body=note.body, removed=removed_at, expected=expected_version,
    )  # fmt: skip
    return int(row["row_version"]) if row else None
