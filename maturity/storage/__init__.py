"""The cellar: the only room that knows DuckDB and PostgreSQL."""

from maturity.storage.engine import (
    Conflict,
    NotStored,
    RuleBroken,
    Store,
    StoreRefused,
    Tx,
    new_id,
    open_store,
)

__all__ = ["Conflict", "NotStored", "RuleBroken", "Store", "StoreRefused", "Tx", "new_id", "open_store"]
