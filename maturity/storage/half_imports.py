"""Rounds that an import began and never finished: nobody sees them, and their name must become free again."""

from __future__ import annotations

from uuid import UUID

from maturity.storage.engine import Tx
from maturity.storage.revision import SETUP, bump


def remove_importing(tx: Tx, round_id: UUID) -> None:
    """Removes a round that is still `importing`, with its scope and terms; its staged answers are discarded before."""
    tx.run("DELETE FROM assessment_round WHERE id = $id AND status = 'importing'", id=round_id)
    tx.run(
        """DELETE FROM round_department WHERE round_id = $id
             AND NOT EXISTS (SELECT 1 FROM assessment_round WHERE id = $id)""",
        id=round_id,
    )
    tx.run(
        """DELETE FROM round_terms WHERE round_id = $id
             AND NOT EXISTS (SELECT 1 FROM assessment_round WHERE id = $id)""",
        id=round_id,
    )
    bump(tx, SETUP)
