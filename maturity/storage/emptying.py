"""Emptying a store: every table dropped and made anew in one transaction. Only the demo may ask for it."""

from __future__ import annotations

import time

from maturity.storage.audit import SCOPE as AUDIT
from maturity.storage.engine import Store, Tx
from maturity.storage.migrations import TABLE, migration_files

TRIES, PAUSE = 20, 0.05


def empty(store: Store) -> None:
    """Leave the store as if it were new. Revisions go on rising, so that no cache takes the new for the old."""
    store.write(_empty)
    for _ in range(TRIES):
        try:
            store.settle()
            return
        except Exception as reason:
            # DuckDB tidies its file only between readers; where they never pause it does so by itself later.
            if "CHECKPOINT" not in str(reason):
                raise
            time.sleep(PAUSE)


def _empty(tx: Tx) -> None:
    tx.alone("migration")
    revisions = tx.rows("SELECT scope, value + 1 AS value FROM revision WHERE scope <> $audit", audit=AUDIT)
    for name in tx.tables():
        if name != TABLE:
            tx.run(f"DROP TABLE {name}")
    for file in migration_files().values():
        tx.run(file.read_text(encoding="utf-8"))
    tx.insert("revision", ("scope", "value"), [(row["scope"], row["value"]) for row in revisions])
