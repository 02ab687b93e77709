"""What owners and heads of department said to actions: insert-only."""

from __future__ import annotations

import json
from uuid import UUID

from maturity.roadmap.acceptance import Acceptance
from maturity.storage.engine import Tx, canonical


def add_acceptance(tx: Tx, organisation_id: UUID, said: Acceptance) -> None:
    """Adds one answer; none is ever changed."""
    tx.run(
        """INSERT INTO acceptance(id, organisation_id, code, part, answer, terms, wanted, note, made_by, made_at)
           VALUES ($id, $organisation, $code, $part, $answer, $terms, $wanted, $note, $by, $at)""",
        id=UUID(said.id), organisation=organisation_id, code=said.code, part=said.part, answer=said.answer,
        terms=canonical(dict(said.terms)), wanted=canonical(dict(said.wanted)), note=said.note, by=said.made_by,
        at=said.made_at,
    )  # fmt: skip


def acceptances_of(tx: Tx, organisation_id: UUID) -> tuple[Acceptance, ...]:
    """Every answer to an action of the organisation, the earliest first."""
    found = tx.rows(
        """SELECT id, code, part, answer, terms, wanted, note, made_by, made_at FROM acceptance
           WHERE organisation_id = $organisation ORDER BY made_at, id""",
        organisation=organisation_id,
    )
    return tuple(
        Acceptance(
            **{
                **row,
                "id": str(row["id"]),
                "terms": json.loads(row["terms"]),
                "wanted": json.loads(row["wanted"]),
            }
        )
        for row in found
    )
