"""The open store that the doors share: one per address in a process, opened when it is first needed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from maturity.storage.engine import Store, StoreRefused, open_store
from maturity.storage.revision import revision as stored_revision

__all__ = ["StoreRefused", "Workspace", "default_url", "demo_url", "demo_workspace", "named_url", "open_workspace"]

DATA = Path(__file__).resolve().parents[2] / "data"


def named_url() -> str | None:
    """The store that `WAYMARK_STORE` names, if any."""
    return os.environ.get("WAYMARK_STORE")


def default_url() -> str:
    """Where the organisation's own store is: `WAYMARK_STORE`, else a DuckDB file in `data/`."""
    return named_url() or str(DATA / "waymark.duckdb")


def demo_url() -> str:
    """Where the demo city lives: `WAYMARK_DEMO_STORE`, else a DuckDB file of its own in `data/`."""
    return os.environ.get("WAYMARK_DEMO_STORE") or str(DATA / "demo.duckdb")


def now_in_utc() -> datetime:
    """The clock of the doors; everything inside gets the time as an argument."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A store with its clock. Two workspaces never share anything: the demo city is one, real data another."""

    url: str
    store: Store
    clock: Callable[[], datetime] = field(default=now_in_utc)

    def ping(self) -> bool:
        """Whether the store answers."""
        return self.store.ping()

    def revision(self, scope: str = "setup") -> int:
        """The number that rises with every change in a scope; caches are keyed by it."""
        return stored_revision(self.store, scope)

    def close(self) -> None:
        """Closes the store and forgets it, so that the next visit opens it anew."""
        with _lock:
            _opened.pop(self.url, None)
            self.store.close()


_lock = threading.Lock()
_opened: dict[str, Workspace] = {}


def open_workspace(url: str) -> Workspace:
    """The workspace of an address, migrated; `StoreRefused` says in one sentence why it cannot be opened."""
    with _lock:
        if url not in _opened:
            _opened[url] = Workspace(url=url, store=open_store(url))
        return _opened[url]


def demo_workspace() -> Workspace | None:
    """The demo city's workspace where there is one: looking for it makes no file."""
    url = demo_url()
    there = url in _opened or "://" in url or Path(url).exists()
    return open_workspace(url) if there else None
