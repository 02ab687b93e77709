"""Revisions: a number per scope that rises with every change, so that caches can be keyed by it.

Scopes: `setup`, `round:<uuid>`, `plan:<organisation uuid>`, `workshop:<uuid>`, and `audit`, which numbers the trail.
"""

from __future__ import annotations

from maturity.storage.engine import Store, Tx

SETUP = "setup"


def bump(tx: Tx, scope: str) -> int:
    """Raise the revision of a scope in the same transaction as the change; returns the new number.

    On PostgreSQL the row stays locked to the end, so revisions rise in the order of the commits."""
    row = tx.one(
        """INSERT INTO revision(scope, value) VALUES ($scope, 1)
           ON CONFLICT (scope) DO UPDATE SET value = revision.value + 1 RETURNING value""",
        scope=scope,
    )
    assert row is not None
    return int(row["value"])


def revision_of(tx: Tx, scope: str) -> int:
    """The revision inside a transaction; 0 where nothing was ever changed."""
    row = tx.one("SELECT value FROM revision WHERE scope = $scope", scope=scope)
    return int(row["value"]) if row else 0


def revision(store: Store, scope: str) -> int:
    """The revision now. Pages ask many times a run: it is read anew only after a write that may have moved one."""
    writes = store.changes()
    known = store.known_revisions.get(scope)
    if known is not None and writes is not None and known[0] == writes:
        return known[1]
    row = store.glance("SELECT value FROM revision WHERE scope = $scope", scope=scope)
    value = int(row["value"]) if row else 0
    store.known_revisions[scope] = (writes, value)
    return value
