"""What a reviewer has sent back to a respondent, as the respondent reads it."""

from __future__ import annotations

from uuid import UUID

from maturity.storage.engine import Tx
from maturity.storage.rows import SentBack


def notes_to(tx: Tx, respondent_id: UUID) -> list[SentBack]:
    """The notes with which answers were sent back, the latest first. One is current until they are sent again, which
    the audit trail knows: the respondent's row forgets it when answers are taken back."""
    found = tx.rows(
        """SELECT note, sent_at FROM sent_back WHERE respondent_id = $respondent ORDER BY sent_at DESC, id DESC""",
        respondent=respondent_id,
    )
    if not found:
        return []
    sent = tx.one(
        "SELECT max(made_at) AS at FROM audit_event WHERE subject = $subject AND verb = 'send answers'",
        subject=str(respondent_id),
    )
    last = sent["at"] if sent else None
    return [SentBack(**row, current=last is None or row["sent_at"] > last) for row in found]


def flags_on(tx: Tx, respondent_id: UUID) -> dict[str, str]:
    """Why evidence of this respondent was flagged as weak, by question."""
    found = tx.rows(
        """SELECT question, reason FROM evidence_flag WHERE respondent_id = $respondent
           ORDER BY question COLLATE "C" """,
        respondent=respondent_id,
    )
    return {row["question"]: row["reason"] for row in found}
