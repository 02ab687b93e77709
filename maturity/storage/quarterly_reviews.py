"""Quarterly reviews, their promises and signatures, and what has happened in delivery since one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.quarterly_review import Promise, QuarterlyReview, Signature, read_body
from maturity.storage.engine import Tx, canonical, new_id
from maturity.storage.progress import SELECT_UPDATE

READ = """SELECT id, plan_id, number, name, state, step, held_on, next_on, body, version_id, opened_by, opened_at,
  row_version FROM quarterly_review"""
READ_PROMISES = """SELECT p.id, p.review_id, p.place, p.text, p.owner, p.code, p.due_on, p.state, p.explanation,
  p.closed_at, p.row_version FROM promise p JOIN quarterly_review r ON r.id = p.review_id"""


def alone(tx: Tx, organisation_id: UUID) -> None:
    """Lets one change at a time be made to the reviews of an organisation."""
    tx.alone(f"reviews:{organisation_id}")


def reviews_of(tx: Tx, organisation_id: UUID) -> tuple[QuarterlyReview, ...]:
    """Every review of an organisation with its promises and signatures, the earliest first."""
    given = {"organisation": organisation_id}
    found = tx.rows(f"{READ} WHERE organisation_id = $organisation ORDER BY number", **given)
    promises = tx.rows(f"{READ_PROMISES} WHERE r.organisation_id = $organisation ORDER BY p.place, p.id", **given)
    signed = tx.rows(
        """SELECT s.review_id, s.name, s.role, s.sha256, s.signed_by, s.signed_at FROM review_signature s
             JOIN quarterly_review r ON r.id = s.review_id
           WHERE r.organisation_id = $organisation ORDER BY s.signed_at, s.id""",
        **given,
    )
    return tuple(_review(row, promises, signed) for row in found)


def _review(
    row: Mapping[str, Any], promises: Iterable[dict[str, Any]], signed: Iterable[dict[str, Any]]
) -> QuarterlyReview:
    def own(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in each.items() if name != "review_id"}
            for each in rows
            if each["review_id"] == row["id"]
        ]

    return QuarterlyReview(
        **{
            **row,
            "id": str(row["id"]),
            "plan_id": str(row["plan_id"]),
            "body": read_body(json.loads(row["body"])),
            "version_id": str(row["version_id"]) if row["version_id"] else None,
            "promises": tuple(Promise(**{**each, "id": str(each["id"])}) for each in own(promises)),
            "signatures": tuple(Signature(**each) for each in own(signed)),
        }
    )


def organisation_of_review(tx: Tx, review_id: UUID) -> UUID | None:
    """The organisation of a review; None where there is no such review."""
    row = tx.one("SELECT organisation_id FROM quarterly_review WHERE id = $id", id=review_id)
    return row["organisation_id"] if row else None


def place_of_promise(tx: Tx, promise_id: UUID) -> tuple[UUID, UUID] | None:
    """The organisation and the review of a promise; None where there is no such promise."""
    row = tx.one(
        """SELECT r.organisation_id, r.id FROM promise p JOIN quarterly_review r ON r.id = p.review_id
           WHERE p.id = $id""",
        id=promise_id,
    )
    return (row["organisation_id"], row["id"]) if row else None


def add_review(tx: Tx, organisation_id: UUID, review: QuarterlyReview) -> None:
    """Adds a review without promises."""
    tx.run(
        """INSERT INTO quarterly_review(id, organisation_id, plan_id, number, name, state, step, held_on, next_on, body,
             version_id, opened_by, opened_at, row_version)
           VALUES ($id, $organisation, $plan, $number, $name, $state, $step, $held, $next, $body, $version, $by, $at,
             1)""",
        organisation=organisation_id, plan=UUID(review.plan_id), number=review.number, by=review.opened_by,
        at=review.opened_at, **_values(review),
    )  # fmt: skip


def change_review(tx: Tx, review: QuarterlyReview, expected_version: int) -> int | None:
    """Writes an open review over the version that was read; None where somebody else was faster, or it is closed."""
    row = tx.one(
        """UPDATE quarterly_review SET name = $name, state = $state, step = $step, held_on = $held, next_on = $next,
             body = $body, version_id = $version, row_version = row_version + 1
           WHERE id = $id AND row_version = $expected AND state = 'open' RETURNING row_version""",
        expected=expected_version, **_values(review),
    )  # fmt: skip
    return int(row["row_version"]) if row else None


def _values(review: QuarterlyReview) -> dict[str, Any]:
    return {
        "id": UUID(review.id), "name": review.name, "state": review.state, "step": review.step,
        "held": review.held_on, "next": review.next_on, "body": canonical(review.body.document()),
        "version": UUID(review.version_id) if review.version_id else None,
    }  # fmt: skip


def signed_hash(review: QuarterlyReview) -> str:
    """The SHA-256 of what the signatures stand under."""
    return hashlib.sha256(canonical(review.document()).encode()).hexdigest()


def add_signature(tx: Tx, review_id: UUID, signature: Signature) -> None:
    """Adds a signature under a review."""
    tx.run(
        """INSERT INTO review_signature(id, review_id, name, role, sha256, signed_by, signed_at)
           VALUES ($id, $review, $name, $role, $sha, $by, $at)""",
        id=new_id(signature.signed_at), review=review_id, name=signature.name,
        role=signature.role,
        sha=signature.sha256, by=signature.signed_by, at=signature.signed_at,
    )  # fmt: skip


def add_promise(tx: Tx, review_id: UUID, promise: Promise, by: str, at: datetime) -> None:
    """Adds a promise to a review."""
    tx.run(
        """INSERT INTO promise(id, review_id, place, text, owner, code, due_on, state, explanation, made_by, made_at,
             row_version)
           VALUES ($id, $review, $place, $text, $owner, $code, $due, $state, $explanation, $by, $at, 1)""",
        review=review_id, by=by, at=at, **_promised(promise),
    )  # fmt: skip


def change_promise(
    tx: Tx, promise: Promise, expected_version: int, closed_by: str | None = None, at: datetime | None = None
) -> int | None:
    """Writes a promise over the version that was read; None where somebody else was faster."""
    row = tx.one(
        """UPDATE promise SET place = $place, text = $text, owner = $owner, code = $code, due_on = $due, state = $state,
             explanation = $explanation, closed_by = $by, closed_at = CAST($at AS TIMESTAMPTZ),
             row_version = row_version + 1
           WHERE id = $id AND row_version = $expected RETURNING row_version""",
        expected=expected_version, by=closed_by, at=at, **_promised(promise),
    )  # fmt: skip
    return int(row["row_version"]) if row else None


def _promised(promise: Promise) -> dict[str, Any]:
    return {
        "id": UUID(promise.id), "place": promise.place, "text": promise.text, "owner": promise.owner,
        "code": promise.code, "due": promise.due_on, "state": promise.state, "explanation": promise.explanation,
    }  # fmt: skip


def remove_promise(tx: Tx, promise_id: UUID, expected_version: int) -> bool:
    """Takes a promise out of a review that is still open; False where somebody else was faster."""
    row = tx.one(
        "DELETE FROM promise WHERE id = $id AND row_version = $expected RETURNING id",
        id=promise_id, expected=expected_version,
    )  # fmt: skip
    return row is not None


def broken_reviews(tx: Tx) -> list[str]:
    """A sentence for each review that is not the one that was signed."""
    found = []
    for row in tx.rows("SELECT DISTINCT organisation_id FROM quarterly_review WHERE state = 'signed_off'"):
        for review in reviews_of(tx, row["organisation_id"]):
            if review.signatures and any(each.sha256 != signed_hash(review) for each in review.signatures):
                found.append(f"quarterly review {review.number}, {review.name!r}, was changed after it was signed off")
    return sorted(found)


def updates_of_organisation(tx: Tx, organisation_id: UUID) -> tuple[ProgressUpdate, ...]:
    """Every report on an action of any plan of the organisation, oldest first."""
    found = tx.rows(
        f"""{SELECT_UPDATE} JOIN plan p ON p.id = a.plan_id WHERE p.organisation_id = $organisation
            ORDER BY u.made_at, u.id""",
        organisation=organisation_id,
    )
    return tuple(
        ProgressUpdate(
            **{
                **row,
                **{each: row[each] or "" for each in ("because", "good", "next")},
                "id": str(row["id"]),
                "action_id": str(row["action_id"]),
            }
        )
        for row in found
    )


def readings_since(tx: Tx, organisation_id: UUID, since: datetime) -> list[dict[str, Any]]:
    """KPI readings noted since a moment and not withdrawn: measures, code, read_on, value, note."""
    return tx.rows(
        """SELECT measures, code, read_on, value, note FROM kpi_reading
           WHERE organisation_id = $organisation AND made_at > $since AND withdrawn_at IS NULL
           ORDER BY made_at, id""",
        organisation=organisation_id, since=since,
    )  # fmt: skip


def risks_since(tx: Tx, organisation_id: UUID, since: datetime) -> list[dict[str, Any]]:
    """What was said of risks since a moment: title, likelihood, impact, state, why."""
    return tx.rows(
        """SELECT r.title, s.likelihood, s.impact, s.state, s.why FROM risk_state s JOIN risk r ON r.id = s.risk_id
           WHERE r.organisation_id = $organisation AND s.stated_at > $since ORDER BY s.stated_at, s.state_id""",
        organisation=organisation_id, since=since,
    )  # fmt: skip


def decisions_since(tx: Tx, organisation_id: UUID, since: date) -> list[dict[str, Any]]:
    """Decisions that leaders took on or after a day: question, chosen, decided_on, decider."""
    return tx.rows(
        """SELECT question, chosen, decided_on, decider FROM leadership_decision
           WHERE organisation_id = $organisation AND state = 'decided' AND decided_on >= $since
           ORDER BY decided_on, id""",
        organisation=organisation_id, since=since,
    )  # fmt: skip


def undecided(tx: Tx, organisation_id: UUID) -> list[dict[str, Any]]:
    """Decisions that leaders are asked for: question, decider, recommendation, needed_by."""
    return tx.rows(
        """SELECT question, decider, recommendation, needed_by FROM leadership_decision
           WHERE organisation_id = $organisation AND state = 'open' ORDER BY needed_by NULLS LAST, id""",
        organisation=organisation_id,
    )
