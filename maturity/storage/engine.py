"""The seam: what a store can do, whatever engine is behind it. SQL is written once, with $name parameters.

`open_store` chooses the engine by URL: a path or `duckdb:///path` is a DuckDB file, `postgresql://` a server.
"""

from __future__ import annotations

import json
import os
import random as chance
import re
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

P = ParamSpec("P")
T = TypeVar("T")
TRIES = 8
_NAME = re.compile(r"^[a-z][a-z0-9_]*$")


class StoreRefused(RuntimeError):
    """The store cannot be used: the message says what, where and how to mend it."""


class Conflict(RuntimeError):
    """Somebody else changed the same row meanwhile; `current` is its row_version now, 0 where it is gone."""

    def __init__(self, message: str, current: int = 0) -> None:
        super().__init__(message)
        self.current = current


class NotStored(LookupError):
    """What was asked for is not in the store."""


class RuleBroken(ValueError):
    """A row that breaks a rule of the store: a name used twice, a value outside its range."""


class Tx(ABC):
    """One transaction. A statement that failed ends it: never swallow its exception and go on."""

    failed: bool = False

    @abstractmethod
    def _execute(self, sql: str, params: dict[str, Any]) -> Any: ...

    def _checked(self, sql: str, params: dict[str, Any]) -> Any:
        try:
            return self._execute(sql, params)
        except BaseException:
            self.failed = True
            raise

    def run(self, sql: str, **params: Any) -> None:
        """Run one statement (or, without parameters, a script of several)."""
        self._checked(sql, params)

    def rows(self, sql: str, **params: Any) -> list[dict[str, Any]]:
        """All rows as dictionaries by column name."""
        names, found = self._fetched(sql, params)
        return [dict(zip(names, row, strict=True)) for row in found]

    def one(self, sql: str, **params: Any) -> dict[str, Any] | None:
        """The first row, or None."""
        names, found = self._fetched(sql, params)
        return dict(zip(names, found[0], strict=True)) if found else None

    def columns(self, sql: str, **params: Any) -> dict[str, list[Any]]:
        """All rows as one list per column: for many rows of numbers, truths and text (no times)."""
        names, found = self._fetched(sql, params)
        return dict(zip(names, map(list, zip(*found, strict=True)), strict=True)) if found else {n: [] for n in names}

    def _fetched(self, sql: str, params: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        cursor = self._checked(sql, params)
        return [column[0] for column in cursor.description], cursor.fetchall()

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows at once, None as NULL; returns how many."""
        stray = [name for name in (table, *columns) if not _NAME.match(name)]
        if stray:
            raise ValueError(f"not names of tables or columns: {stray}")
        many = [tuple(row) for row in rows]
        if many:
            try:
                self._insert(table, columns, many)
            except BaseException:
                self.failed = True
                raise
        return len(many)

    @abstractmethod
    def _insert(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None: ...

    def alone(self, name: str) -> None:  # noqa: B027 - DuckDB has one writer at a time and needs nothing here
        """Wait until no other write transaction holds this name, and hold it to the end."""

    def tables(self) -> list[str]:
        """The names of all tables, ordered."""
        found = self.rows("""SELECT table_name FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_catalog = current_database() AND table_type = 'BASE TABLE'
            ORDER BY table_name""")
        return [row["table_name"] for row in found]


class Store(ABC):
    """One store per process. Reads never wait; writes are retried where another writer came first."""

    name: str

    def __init__(self) -> None:
        self.known_revisions: dict[str, tuple[int | None, int]] = {}

    def reading(self) -> AbstractContextManager[Tx]:
        """A read-only transaction over one snapshot."""
        return self._transaction(False)

    def write(self, change: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `change(tx, ...)` in one transaction. It may run again, so it must have no other effects."""
        for attempt in range(TRIES):
            try:
                with self._transaction(True) as tx:
                    return change(tx, *args, **kwargs)
            except Exception as reason:
                if not self._passing(reason):
                    raise
            time.sleep(chance.uniform(0, 0.01) * 2 ** min(attempt, 5))
        raise StoreRefused(
            f"The store {self.name} is too busy: {TRIES} tries met other writers; try again in a moment."
        )

    def changes(self) -> int | None:
        """A number that rises with every write that may have moved a revision of this store, where nobody else can
        write to it; None where somebody can."""
        return None

    def glance(self, sql: str, **params: Any) -> dict[str, Any] | None:
        """The first row of one statement, read by itself: for the small question that every rerun of a page asks."""
        with self.reading() as tx:
            return tx.one(sql, **params)

    @abstractmethod
    def _transaction(self, write: bool) -> AbstractContextManager[Tx]: ...

    @abstractmethod
    def _passing(self, reason: Exception) -> bool:
        """Whether the same transaction may succeed when it is run again."""

    def ping(self) -> bool:
        """True, or `StoreRefused`."""
        with self.reading() as tx:
            return tx.one("SELECT 1 AS one") == {"one": 1}

    @abstractmethod
    def settle(self) -> None:
        """Called after migrations: forget what was learned about tables, bring the file up to date."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the file or of the connections."""

    @abstractmethod
    def reopen(self) -> None:
        """Close everything and open again: the cure after a fatal error."""

    @abstractmethod
    def backup(self, folder: str | os.PathLike[str]) -> Path:
        """Write a consistent copy of everything into a new folder beside live use; `storage.restore` reads it."""


@contextmanager
def finishing(tx: Tx) -> Iterator[Tx]:
    """Refuse to commit a transaction in which a statement failed: DuckDB would drop it silently."""
    yield tx
    if tx.failed:
        raise RuntimeError("a statement of this transaction failed and its exception was swallowed; nothing was kept")


def open_store(url: str, *, migrated: bool = True) -> Store:
    """Open the store at a path, `duckdb:///path` or `postgresql://...` and bring its tables up to date.

    `StoreRefused` says in one sentence why that cannot be done."""
    from maturity.storage.migrations import migrate

    store = _engine(url)
    try:
        if migrated:
            migrate(store)
    except BaseException:
        store.close()
        raise
    return store


def _engine(url: str) -> Store:
    if url.startswith(("postgresql://", "postgres://")):
        from maturity.storage.postgres import PostgresStore

        return PostgresStore(url)
    scheme = url.partition("://")[0] if "://" in url else "duckdb"
    if scheme != "duckdb":
        raise StoreRefused(f"A store cannot be opened by {scheme}://; give a DuckDB file's path or postgresql://...")
    from maturity.storage.duck import DuckStore

    return DuckStore(url.removeprefix("duckdb:///"))


class _Tails:
    """The 74 bits of chance behind the milliseconds of an id. In one millisecond each is the last plus one (RFC 9562,
    6.2, method 2): what is read in the order of its ids is then read in the order in which it was made."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = (-1, 0)

    def after(self, milliseconds: int) -> int:
        with self._lock:
            at, tail = self._last
            tail = (
                tail + 1 if at == milliseconds else int.from_bytes(os.urandom(10), "big") >> 7
            )  # leaves room to count on
            self._last = milliseconds, tail
        return tail


_TAILS = _Tails()


def new_id(now: datetime | None = None, random: bytes | None = None) -> UUID:
    """A UUIDv7: 48 bits of milliseconds, then chance; `random` (10 bytes) makes it repeatable."""
    milliseconds = time.time_ns() // 1_000_000 if now is None else int(now.timestamp() * 1000)
    tail = _TAILS.after(milliseconds) if random is None else int.from_bytes(random[:10], "big")
    high, low = tail >> 62 & 0xFFF, tail & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)


def canonical(value: Any) -> str:
    """JSON whose bytes depend on the value alone: sorted keys, no spaces, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
