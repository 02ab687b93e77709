"""How residents see topics: one row for each topic that somebody answered, with a day and nothing that says who."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from maturity.storage.engine import Tx, canonical


def add_view(
    tx: Tx, organisation_id: UUID, view_id: UUID, topic: str, answers: Mapping[str, str], received_on: date
) -> bool:
    """Adds one resident's view of one topic; False where there is one of this id already."""
    row = tx.one(
        """INSERT INTO resident_view(id, organisation_id, topic, answers, received_on)
           VALUES ($id, $organisation, $topic, $answers, $day) ON CONFLICT (id) DO NOTHING RETURNING topic""",
        id=view_id, organisation=organisation_id, topic=topic, answers=canonical(dict(answers)), day=received_on,
    )  # fmt: skip
    return row is not None


def views_of(tx: Tx, organisation_id: UUID, topics: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """The answers of every resident by topic; each of `topics` is there, with none where nobody said anything.

    They stand in no order of time: ids are made from chance."""
    found: dict[str, list[dict[str, str]]] = {topic: [] for topic in topics}
    rows = tx.rows(
        "SELECT topic, answers FROM resident_view WHERE organisation_id = $organisation ORDER BY topic, id",
        organisation=organisation_id,
    )
    for row in rows:
        if row["topic"] in found:
            found[row["topic"]].append(json.loads(row["answers"]))
    return found
