"""Risks as they stand, one row version at a time, and every state that they were in: these are insert-only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from maturity.roadmap.risks import Risk, RiskStated
from maturity.storage.engine import Tx, canonical, new_id

READ = (
    "id, title, description, likelihood, impact, owner, owner_person, response, response_text, codes, state, "
    "review_on, set_by, set_at, row_version"
)


def risks_of(tx: Tx, organisation_id: UUID) -> tuple[Risk, ...]:
    """Every risk of an organisation, closed ones too, in the order in which they were made."""
    found = tx.rows(f"SELECT {READ} FROM risk WHERE organisation_id = $organisation ORDER BY id",
                    organisation=organisation_id)  # fmt: skip
    return tuple(_risk(row) for row in found)


def risk_row(tx: Tx, risk_id: UUID) -> tuple[UUID, Risk] | None:
    """The organisation that a risk belongs to, and the risk; None for one that is not there."""
    row = tx.one(f"SELECT organisation_id, {READ} FROM risk WHERE id = $id", id=risk_id)
    if row is None:
        return None
    organisation_id = row["organisation_id"]
    return organisation_id, _risk({key: value for key, value in row.items() if key != "organisation_id"})


def add_risk(tx: Tx, organisation_id: UUID, risk: Risk) -> None:
    """Adds a risk as its author said it."""
    tx.run(
        """INSERT INTO risk(id, organisation_id, title, description, likelihood, impact, owner, owner_person, response,
             response_text, codes, state, review_on, set_by, set_at, row_version)
           VALUES ($id, $organisation, $title, $description, $likelihood, $impact, $owner, $person, $response,
             $answer, $codes, $state, $review, $by, $at, 1)""",
        organisation=organisation_id, **_values(risk),
    )  # fmt: skip


def change_risk(tx: Tx, risk: Risk, expected_version: int) -> int | None:
    """Writes a risk over the version that was read; None where somebody else was faster."""
    row = tx.one(
        """UPDATE risk SET title = $title, description = $description, likelihood = $likelihood, impact = $impact,
             owner = $owner, owner_person = $person, response = $response, response_text = $answer, codes = $codes,
             state = $state, review_on = $review, set_by = $by, set_at = $at, row_version = row_version + 1
           WHERE id = $id AND row_version = $expected RETURNING row_version""",
        expected=expected_version, **_values(risk),
    )  # fmt: skip
    return int(row["row_version"]) if row else None


def add_state(tx: Tx, said: RiskStated) -> None:
    """Adds one state of a risk; none is ever changed."""
    tx.run(
        """INSERT INTO risk_state(state_id, risk_id, likelihood, impact, state, why, stated_by, stated_at)
           VALUES ($id, $risk, $likelihood, $impact, $state, $why, $by, $at)""",
        id=new_id(said.at), risk=UUID(said.risk_id), likelihood=said.likelihood, impact=said.impact, state=said.state,
        why=said.why, by=said.by, at=said.at,
    )  # fmt: skip


def states_of(tx: Tx, organisation_id: UUID) -> tuple[RiskStated, ...]:
    """Every state of every risk of an organisation, the earliest first."""
    found = tx.rows(
        """SELECT s.risk_id, s.likelihood, s.impact, s.state, s.why, s.stated_by, s.stated_at
           FROM risk_state s JOIN risk r ON r.id = s.risk_id
           WHERE r.organisation_id = $organisation ORDER BY s.stated_at, s.state_id""",
        organisation=organisation_id,
    )
    return tuple(
        RiskStated(
            risk_id=str(row["risk_id"]), likelihood=int(row["likelihood"]), impact=int(row["impact"]),
            state=row["state"], why=row["why"], by=row["stated_by"], at=row["stated_at"],
        )
        for row in found
    )  # fmt: skip


def _values(risk: Risk) -> dict[str, Any]:
    return {
        "id": UUID(risk.id), "title": risk.title, "description": risk.description, "likelihood": risk.likelihood,
        "impact": risk.impact, "owner": risk.owner, "person": risk.owner_person, "response": risk.response,
        "answer": risk.response_text, "codes": canonical(list(risk.codes)), "state": risk.state,
        "review": risk.review_on, "by": risk.set_by, "at": risk.set_at,
    }  # fmt: skip


def _risk(row: Mapping[str, Any]) -> Risk:
    steps = {"likelihood": int(row["likelihood"]), "impact": int(row["impact"])}
    return Risk(**{**row, **steps, "id": str(row["id"]), "codes": tuple(json.loads(row["codes"]))})
