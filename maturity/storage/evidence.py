"""Files given as evidence. A removed or erased one keeps its row, without name and contents."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.storage.engine import NotStored, Tx
from maturity.storage.rows import EvidenceFile

_COLUMNS = "f.id, f.respondent_id, f.question, f.name, f.media_type, f.size, f.sha256, f.uploaded_at, f.removed_at"


def add_file(tx: Tx, new: EvidenceFile, body: bytes) -> None:
    """Keep a file."""
    tx.run(
        """INSERT INTO evidence_file(id, respondent_id, question, name, media_type, size, sha256, body, uploaded_at)
           VALUES ($id, $respondent, $question, $name, $media_type, $size, $sha256, $body, $uploaded_at)""",
        id=new.id,
        respondent=new.respondent_id,
        question=new.question,
        name=new.name,
        media_type=new.media_type,
        size=new.size,
        sha256=new.sha256,
        body=body,
        uploaded_at=new.uploaded_at,
    )


def files_of(tx: Tx, respondent_id: UUID) -> dict[str, list[EvidenceFile]]:
    """A respondent's files without their contents, by question, in the order they were given."""
    found: dict[str, list[EvidenceFile]] = {}
    for row in tx.rows(
        f"""SELECT {_COLUMNS} FROM evidence_file f WHERE f.respondent_id = $respondent AND f.removed_at IS NULL
            ORDER BY f.question COLLATE "C", f.uploaded_at, f.id""",
        respondent=respondent_id,
    ):
        found.setdefault(row["question"], []).append(EvidenceFile(**row))
    return found


def files_of_round(tx: Tx, round_id: UUID) -> list[EvidenceFile]:
    """The files of everybody who has sent answers in a round, without their contents."""
    found = tx.rows(
        f"""SELECT {_COLUMNS} FROM evidence_file f JOIN respondent r ON r.id = f.respondent_id
            WHERE r.round_id = $round AND r.status = 'submitted' AND f.removed_at IS NULL
            ORDER BY f.respondent_id, f.question COLLATE "C", f.uploaded_at, f.id""",
        round=round_id,
    )
    return [EvidenceFile(**row) for row in found]


def file_of(tx: Tx, file_id: UUID) -> EvidenceFile:
    """One file without its contents, removed or not; `NotStored` where there is none."""
    row = tx.one(f"SELECT {_COLUMNS} FROM evidence_file f WHERE f.id = $id", id=file_id)
    if row is None:
        raise NotStored("this file is not in the store")
    return EvidenceFile(**row)


def body_of(tx: Tx, file_id: UUID) -> bytes | None:
    """The contents of a file; None where it was removed."""
    row: dict[str, Any] | None = tx.one("SELECT body FROM evidence_file WHERE id = $id", id=file_id)
    return bytes(row["body"]) if row and row["body"] is not None else None


def remove_file(tx: Tx, file_id: UUID, now: datetime) -> None:
    """Forget a file's name and contents; that there was one stays."""
    tx.run(
        """UPDATE evidence_file SET name = '', body = NULL, removed_at = $now
           WHERE id = $id AND removed_at IS NULL""",
        id=file_id,
        now=now,
    )
