"""What heads of department say to their results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maturity.storage.engine import Tx

_SELECTED = """SELECT d.code AS department, y.reply, y.said_by, y.said_at, y.row_version
  FROM department_reply y JOIN department d ON d.id = y.department_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply to a department's result. `department` is the department's code, `said_by` a person's id as text."""

    department: str
    reply: str
    said_by: str
    said_at: datetime
    row_version: int


def reply_scope(round_id: UUID) -> str:
    """The revision scope of a round's replies: they change no score, so they are not the round's own."""
    return f"reply:{round_id}"


def replies(tx: Tx, round_id: UUID) -> list[Reply]:
    """Every reply of a round, in the organisation's order of departments."""
    found = tx.rows(f"{_SELECTED} WHERE y.round_id = $round ORDER BY d.place, d.id", round=round_id)
    return [Reply(**row) for row in found]


def put_reply(
    tx: Tx, round_id: UUID, department_id: UUID, reply: str, *, said_by: str, said_at: datetime, row_version: int
) -> None:
    """Keep a department's reply with its new version, in place of the one before."""
    tx.run(
        """INSERT INTO department_reply(round_id, department_id, reply, said_by, said_at, row_version)
           VALUES ($round, $department, $reply, $said_by, $said_at, $version)
           ON CONFLICT (round_id, department_id) DO UPDATE SET reply = excluded.reply, said_by = excluded.said_by,
             said_at = excluded.said_at, row_version = excluded.row_version""",
        round=round_id,
        department=department_id,
        reply=reply,
        said_by=said_by,
        said_at=said_at,
        version=row_version,
    )


def drop_reply(tx: Tx, round_id: UUID, department_id: UUID) -> None:
    """Forget a department's reply."""
    tx.run(
        "DELETE FROM department_reply WHERE round_id = $round AND department_id = $department",
        round=round_id,
        department=department_id,
    )
