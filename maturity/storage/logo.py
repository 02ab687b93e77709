"""The organisation's mark, a PNG with what it shows in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maturity.storage.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """The mark as PNG, and its alternative text."""

    content: bytes
    alt: str
    set_by: str
    set_at: datetime


def logo_of(tx: Tx, organisation_id: UUID) -> Logo | None:
    """The organisation's mark; None without any."""
    row = tx.one("SELECT content, alt, set_by, set_at FROM logo WHERE organisation_id = $id", id=organisation_id)
    return Logo(**{**row, "content": bytes(row["content"])}) if row else None


def put_logo(tx: Tx, organisation_id: UUID, logo: Logo) -> None:
    """Keeps this mark in place of the one before."""
    tx.run(
        """INSERT INTO logo(organisation_id, content, alt, set_by, set_at)
           VALUES ($id, $content, $alt, $set_by, $set_at)
           ON CONFLICT (organisation_id) DO UPDATE SET content = EXCLUDED.content, alt = EXCLUDED.alt,
             set_by = EXCLUDED.set_by, set_at = EXCLUDED.set_at""",
        id=organisation_id, content=logo.content, alt=logo.alt, set_by=logo.set_by, set_at=logo.set_at,
    )  # fmt: skip


def drop_logo(tx: Tx, organisation_id: UUID) -> None:
    """Takes the mark away."""
    tx.run("DELETE FROM logo WHERE organisation_id = $id", id=organisation_id)
