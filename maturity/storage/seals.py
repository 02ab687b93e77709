"""The seals of signed-off rounds: what is sealed, the seal that was kept, and whether the two still agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.assessment.seal import Cell, Sealed, seal
from maturity.storage.engine import NotStored, Tx
from maturity.storage.revision import SETUP, bump
from maturity.storage.rounds import round_scope
from maturity.storage.terms import terms_of


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSeal:
    """The seal of a round, who signed it off and when."""

    round_id: UUID
    sha256: str
    signed_by: str
    signed_at: datetime


def sealed(tx: Tx, round_id: UUID, weights: Mapping[str, float] | None = None) -> Sealed:
    """All that made a round's scores; `weights` stand for those that are kept for its departments."""
    row = tx.one(
        """SELECT r.track, f.sha256 FROM assessment_round r JOIN framework_version f ON f.id = r.framework_version_id
           WHERE r.id = $round""",
        round=round_id,
    )
    if row is None:
        raise NotStored(f"no round {round_id} is in the store")
    return Sealed(
        framework=row["sha256"],
        track=row["track"],
        topics=terms_of(tx, round_id).topics,
        weights=_weights(tx, round_id) if weights is None else weights,
        answers=_answers(tx, round_id),
        decided=_decided(tx, round_id),
    )


def _weights(tx: Tx, round_id: UUID) -> dict[str, float]:
    found = tx.rows(
        """SELECT d.code, s.weight FROM round_department s JOIN department d ON d.id = s.department_id
           WHERE s.round_id = $round ORDER BY d.code COLLATE "C" """,
        round=round_id,
    )
    return {row["code"]: row["weight"] for row in found}


def _answers(tx: Tx, round_id: UUID) -> list[tuple[Cell, ...]]:
    found = tx.columns(
        """SELECT CAST(r.id AS TEXT) AS respondent, d.code, a.question, a.state, a.level, a.option_id, a.points
           FROM answer a JOIN respondent r ON r.id = a.respondent_id JOIN department d ON d.id = r.department_id
           WHERE r.round_id = $round AND r.status = 'submitted' AND a.state <> 'withdrawn'
           ORDER BY r.id, a.question COLLATE "C" """,
        round=round_id,
    )
    return list(zip(*found.values(), strict=True))


def _decided(tx: Tx, round_id: UUID) -> list[tuple[Cell, ...]]:
    found = tx.columns(
        """SELECT d.code, v.question, v.source, v.level, v.points
           FROM decided_value v JOIN department d ON d.id = v.department_id WHERE v.round_id = $round
           ORDER BY d.code COLLATE "C", v.question COLLATE "C", v.source COLLATE "C" """,
        round=round_id,
    )
    return list(zip(*found.values(), strict=True))


def keep_seal(tx: Tx, kept: KeptSeal) -> None:
    """Keep the seal of a round that is signed off now."""
    tx.run(
        """INSERT INTO round_seal(round_id, sha256, signed_by, signed_at) VALUES ($round, $sha256, $by, $at)
           ON CONFLICT (round_id) DO UPDATE SET sha256 = excluded.sha256, signed_by = excluded.signed_by,
             signed_at = excluded.signed_at""",
        round=kept.round_id,
        sha256=kept.sha256,
        by=kept.signed_by,
        at=kept.signed_at,
    )
    bump(tx, SETUP)
    bump(tx, round_scope(kept.round_id))


def seal_of(tx: Tx, round_id: UUID) -> KeptSeal | None:
    """The seal of a round, None where it is not signed off."""
    row = tx.one(
        "SELECT round_id, sha256, signed_by, signed_at FROM round_seal WHERE round_id = $round", round=round_id
    )
    return KeptSeal(**row) if row else None


def drop_seal(tx: Tx, round_id: UUID) -> None:
    """The round is open again: its seal goes, the trail keeps it."""
    tx.run("DELETE FROM round_seal WHERE round_id = $round", round=round_id)
    bump(tx, SETUP)
    bump(tx, round_scope(round_id))


def broken_seals(tx: Tx) -> list[str]:
    """Every signed-off round whose seal is missing or no longer fits, and every seal of a round that is not."""
    return [sentence for row in _every(tx) if (sentence := _wrong(tx, row))]


def _every(tx: Tx) -> list[dict[str, Any]]:
    return tx.rows(
        """SELECT r.id, r.name, r.status, s.sha256 FROM assessment_round r LEFT JOIN round_seal s ON s.round_id = r.id
           WHERE r.status = 'signed_off' OR s.round_id IS NOT NULL ORDER BY r.created_at, r.id"""
    )


def _wrong(tx: Tx, row: Mapping[str, Any]) -> str:
    name = f"round {row['name']!r}"
    if row["status"] != "signed_off":
        return f"{name} bears a seal but is not signed off: its status was changed past Waymark"
    if row["sha256"] is None:
        return f"{name} is signed off but bears no seal: reopen it and sign it off again"
    if seal(sealed(tx, row["id"])) != row["sha256"]:
        return f"{name} was changed after it was signed off: its answers, values, weights or framework are others now"
    return ""
