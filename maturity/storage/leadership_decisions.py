"""What leaders were asked and what they decided. One that is decided or withdrawn is never written again.

`options` holds a JSON list of options; of a decision that replaces an earlier one it is an object with that list and
the id of the earlier one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from maturity.roadmap.decisions import LeadershipDecision, Option
from maturity.storage.engine import Tx, canonical

READ = (
    "id, question, background, options, recommendation, decider, codes, needed_by, state, chosen, reason, minute, "
    "decided_on, asked_by, asked_at, decided_by, decided_at, row_version"
)


def decisions_of(tx: Tx, organisation_id: UUID) -> tuple[LeadershipDecision, ...]:
    """Every decision of an organisation, in the order in which they were asked for."""
    found = tx.rows(
        f"SELECT {READ} FROM leadership_decision WHERE organisation_id = $organisation ORDER BY id",
        organisation=organisation_id,
    )
    return tuple(_decision(row) for row in found)


def decision_row(tx: Tx, decision_id: UUID) -> tuple[UUID, LeadershipDecision] | None:
    """The organisation that a decision belongs to, and the decision; None for one that is not there."""
    row = tx.one(f"SELECT organisation_id, {READ} FROM leadership_decision WHERE id = $id", id=decision_id)
    if row is None:
        return None
    organisation_id = row["organisation_id"]
    return organisation_id, _decision({key: value for key, value in row.items() if key != "organisation_id"})


def add_decision(tx: Tx, organisation_id: UUID, decision: LeadershipDecision) -> None:
    """Adds an open decision."""
    tx.run(
        """INSERT INTO leadership_decision(id, organisation_id, question, background, options, recommendation, decider,
             codes, needed_by, state, chosen, reason, minute, decided_on, asked_by, asked_at, decided_by, decided_at,
             row_version)
           VALUES ($id, $organisation, $question, $background, $options, $recommendation, $decider, $codes, $needed,
             $state, $chosen, $reason, $minute, $on, $asked_by, $asked_at, $by, CAST($at AS TIMESTAMPTZ), 1)""",
        organisation=organisation_id, asked_by=decision.asked_by, asked_at=decision.asked_at, **_values(decision),
    )  # fmt: skip


def change_decision(tx: Tx, decision: LeadershipDecision, expected_version: int) -> int | None:
    """Writes over an open decision as it was read; None where somebody else was faster, or it is settled."""
    row = tx.one(
        """UPDATE leadership_decision SET question = $question, background = $background, options = $options,
             recommendation = $recommendation, decider = $decider, codes = $codes, needed_by = $needed,
             state = $state, chosen = $chosen, reason = $reason, minute = $minute, decided_on = $on,
             decided_by = $by, decided_at = CAST($at AS TIMESTAMPTZ), row_version = row_version + 1
           WHERE id = $id AND row_version = $expected AND state = 'open' RETURNING row_version""",
        expected=expected_version, **_values(decision),
    )  # fmt: skip
    return int(row["row_version"]) if row else None


def _values(decision: LeadershipDecision) -> dict[str, Any]:
    options: Any = [asdict(each) for each in decision.options]
    if decision.supersedes:
        options = {"options": options, "supersedes": decision.supersedes}
    return {
        "id": UUID(decision.id), "question": decision.question, "background": decision.background,
        "options": canonical(options), "recommendation": decision.recommendation, "decider": decision.decider,
        "codes": canonical(list(decision.codes)), "needed": decision.needed_by, "state": decision.state,
        "chosen": decision.chosen, "reason": decision.reason, "minute": decision.minute, "on": decision.decided_on,
        "by": decision.decided_by, "at": decision.decided_at,
    }  # fmt: skip


def _decision(row: Mapping[str, Any]) -> LeadershipDecision:
    kept = json.loads(row["options"])
    options, supersedes = (kept["options"], kept["supersedes"]) if isinstance(kept, dict) else (kept, None)
    return LeadershipDecision(
        **{
            **row,
            "id": str(row["id"]),
            "options": tuple(Option(**each) for each in options),
            "codes": tuple(json.loads(row["codes"])),
            "supersedes": supersedes,
        }
    )
