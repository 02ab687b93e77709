"""PostgreSQL behind the seam: for more than one process. Same SQL; $name becomes %(name)s."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool, PoolTimeout

from maturity.storage.engine import RuleBroken, Store, StoreRefused, Tx, finishing

_PARAM = re.compile(r"'(?:[^']|'')*'|--[^\n]*|(?<![\w$])\$([a-z_][a-z0-9_]*)")
_OPTIONS = (
    "-c timezone=UTC -c statement_timeout=60000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=120000"
)
_BROKEN_RULES = (errors.IntegrityError, errors.DataError)
_PASSING = (errors.SerializationFailure, errors.DeadlockDetected)


@lru_cache(maxsize=512)
def translated(sql: str) -> str:
    """The statement with psycopg's marks; text in quotes and comments stays as it is."""
    return _PARAM.sub(lambda found: f"%({found[1]})s" if found[1] else found[0], sql.replace("%", "%%"))


class PostgresTx(Tx):
    """A transaction on a connection of the pool."""

    def __init__(self, cursor: psycopg.Cursor[Any]) -> None:
        self._cursor = cursor

    def _execute(self, sql: str, params: dict[str, Any]) -> Any:
        return self._cursor.execute(translated(sql), params) if params else self._cursor.execute(sql)

    def _insert(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        with self._cursor.copy(f"COPY {table}({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def alone(self, name: str) -> None:
        self.rows(
            "SELECT 1 AS held FROM (SELECT pg_advisory_xact_lock(hashtextextended($name, 7012024))) AS t", name=name
        )


class PostgresStore(Store):
    """A PostgreSQL database (15 or newer), reached through a small pool."""

    def __init__(self, url: str, *, size: int = 8) -> None:
        super().__init__()
        self._url, self._size = url, size
        self.name = _without_secrets(url)
        self._open()

    def _open(self) -> None:
        settings: dict[str, Any] = {"options": _OPTIONS, "connect_timeout": 5}
        try:
            psycopg.connect(self._url, **settings).close()
        except psycopg.Error as reason:
            raise StoreRefused(_why_not_reached(self.name, reason)) from None
        self._pool = ConnectionPool(
            self._url,
            min_size=1,
            max_size=self._size,
            timeout=10,
            open=True,
            check=ConnectionPool.check_connection,
            kwargs=settings | {"cursor_factory": psycopg.ClientCursor},
        )

    @contextmanager
    def _transaction(self, write: bool) -> Iterator[Tx]:
        try:
            with self._pool.connection() as connection:
                if not write:  # one snapshot for all statements of a read, as in DuckDB
                    connection.read_only = True
                    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                try:
                    with connection.transaction(), connection.cursor() as cursor, finishing(PostgresTx(cursor)) as tx:
                        yield tx
                finally:
                    if not write and not connection.closed:
                        connection.read_only = None
                        connection.isolation_level = None
        except (psycopg.Error, PoolTimeout) as reason:
            said = self._said(reason)
            if said is None:
                raise
            raise said from reason

    def _passing(self, reason: Exception) -> bool:
        return isinstance(reason, _PASSING)

    def _said(self, reason: Exception) -> Exception | None:
        if isinstance(reason, _BROKEN_RULES):
            return RuleBroken(f"The store {self.name} refused a row: {str(reason).splitlines()[0]}")
        if isinstance(reason, errors.LockNotAvailable | errors.QueryCanceled):
            return StoreRefused(f"The store {self.name} is too busy: it waited too long; try again in a moment.")
        if isinstance(reason, errors.DiskFull):
            return StoreRefused(f"The disk of the store {self.name} is full: nothing was saved; free space and repeat.")
        if isinstance(reason, _PASSING):
            return None
        if isinstance(reason, PoolTimeout | psycopg.OperationalError | psycopg.InterfaceError):
            return StoreRefused(f"The store {self.name} does not answer: see whether the server runs, then try again.")
        return None

    def settle(self) -> None:
        """Nothing to do: the server looks after its files."""

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._pool.close()

    def reopen(self) -> None:
        self.close()
        self._open()

    def backup(self, folder: str | os.PathLike[str]) -> Path:
        from maturity.storage.backup import back_up

        return back_up(self, Path(folder))


def _without_secrets(url: str) -> str:
    """Host, port and database of a URL: what may be shown."""
    try:
        parts = conninfo_to_dict(url)
    except psycopg.Error:
        raise StoreRefused(
            "The PostgreSQL address cannot be read: write postgresql://name:password@host:5432/database and "
            "percent-encode what is not a letter or a digit in the password."
        ) from None
    place = str(parts.get("host") or parts.get("hostaddr") or "localhost")
    return f"postgresql://{place}:{parts.get('port') or 5432}/{parts.get('dbname') or ''}"


def _why_not_reached(name: str, reason: psycopg.Error) -> str:
    text = str(reason)
    if "password" in text or "authentication" in text or "no pg_hba" in text:
        return f"{name} turned this account away: check the name and the password in WAYMARK_STORE."
    if "does not exist" in text:
        return f"{name} does not exist: create the database (and the account) first, or correct WAYMARK_STORE."
    return f"{name} cannot be reached: see whether the server runs and host and port in WAYMARK_STORE are right."
