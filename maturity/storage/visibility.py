"""Who may get to see a question's answers or a field of the plan, where somebody has decided so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from maturity.storage.engine import Tx

Subject = Literal["question", "field"]
Class = Literal["public", "on_request", "withheld"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetClass:
    """The class of a question or a field, and why; the reason of a withheld one is a code of `access.visibility`, with
    what was said after a colon and a blank."""

    subject: Subject
    code: str
    level: Class
    reason: str
    set_by: str
    set_at: datetime


def classes_of(tx: Tx, organisation_id: UUID) -> tuple[SetClass, ...]:
    """Every class that was set, by subject and code."""
    found = tx.rows(
        """SELECT subject, code, class AS level, reason, set_by, set_at FROM visibility
           WHERE organisation_id = $organisation ORDER BY subject, code""",
        organisation=organisation_id,
    )
    return tuple(SetClass(**row) for row in found)


def set_class(tx: Tx, organisation_id: UUID, chosen: SetClass) -> None:
    """Writes a class, over what was there."""
    tx.run(
        """INSERT INTO visibility(organisation_id, subject, code, class, reason, set_by, set_at)
           VALUES ($organisation, $subject, $code, $level, $reason, $by, $at)
           ON CONFLICT (organisation_id, subject, code) DO UPDATE SET class = excluded.class,
             reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at""",
        organisation=organisation_id, subject=chosen.subject, code=chosen.code, level=chosen.level,
        reason=chosen.reason, by=chosen.set_by, at=chosen.set_at,
    )  # fmt: skip


def drop_class(tx: Tx, organisation_id: UUID, subject: Subject, code: str) -> None:
    """Goes back to the usual class."""
    tx.run(
        "DELETE FROM visibility WHERE organisation_id = $organisation AND subject = $subject AND code = $code",
        organisation=organisation_id, subject=subject, code=code,
    )  # fmt: skip
