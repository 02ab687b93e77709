"""The audit trail: insert only, each event sealed with a hash over its content and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from maturity.storage.engine import Store, Tx, canonical
from maturity.storage.revision import bump, revision_of
from maturity.storage.rows import AuditEvent

SCOPE = "audit"
START = "0" * 64
_COLUMNS = "number, made_at, actor, verb, subject, detail, previous_hash, hash"


def record(
    tx: Tx, *, made_at: datetime, actor: str, verb: str, subject: str, detail: Mapping[str, Any] | None = None
) -> int:
    """Append one event in the transaction of the change itself and return its number.

    The count in `revision` numbers the events; its row lets one writer at a time append to the chain."""
    number = bump(tx, SCOPE)
    before = tx.one("SELECT hash FROM audit_event WHERE number = $number", number=number - 1)
    previous = before["hash"] if before else START
    body = canonical(dict(detail or {}))
    sealed = seal(previous, number, made_at, actor, verb, subject, body)
    tx.run(
        """INSERT INTO audit_event(number, made_at, actor, verb, subject, detail, previous_hash, hash)
           VALUES ($number, $made_at, $actor, $verb, $subject, $detail, $previous, $sealed)""",
        number=number,
        made_at=made_at,
        actor=actor,
        verb=verb,
        subject=subject,
        detail=body,
        previous=previous,
        sealed=sealed,
    )
    return number


def seal(previous: str, number: int, made_at: datetime, actor: str, verb: str, subject: str, detail: str) -> str:
    """The hash of one event: SHA-256 over the hash before it and its content as canonical JSON."""
    content = canonical(
        [number, made_at.astimezone(UTC).isoformat(timespec="microseconds"), actor, verb, subject, detail]
    )
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def verify_chain(store: Store) -> list[str]:
    """What is wrong with the trail, one sentence naming the first broken number; an empty list if it is whole."""
    previous, due = START, 1
    with store.reading() as tx:
        count = revision_of(tx, SCOPE)
        for row in tx.rows(f"SELECT {_COLUMNS} FROM audit_event ORDER BY number"):
            if row["number"] != due:
                return [f"audit event {due} is missing: the trail goes on with {row['number']}"]
            content = [row[name] for name in ("number", "made_at", "actor", "verb", "subject", "detail")]
            if row["previous_hash"] != previous:
                return [f"audit event {due} does not follow the one before it: one of the two was changed"]
            if row["hash"] != seal(previous, *content):
                return [f"audit event {due} was changed after it was written"]
            previous, due = row["hash"], due + 1
    if due - 1 != count:
        return [f"audit event {due} is missing: {count} events were recorded, {due - 1} are left"]
    return []


def events(store: Store, limit: int = 100, subject: str | None = None) -> list[AuditEvent]:
    """The latest events first, of one subject where it is given."""
    with store.reading() as tx:
        found = tx.rows(
            """SELECT number, made_at, actor, verb, subject, detail FROM audit_event
               WHERE CAST($subject AS TEXT) IS NULL OR subject = $subject ORDER BY number DESC LIMIT $limit""",
            subject=subject,
            limit=limit,
        )
    return [AuditEvent(**{**row, "detail": json.loads(row["detail"])}) for row in found]
