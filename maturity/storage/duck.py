"""DuckDB behind the seam: one file, one process, one writer at a time, readers beside it.

Works on DuckDB 1.5 and 2.0; files that 2.0 makes stay readable by 1.5. The write lock is not for speed: on a table
with a primary key, UPDATE ... RETURNING in both versions overwrites what another transaction committed after its own
snapshot, without a conflict. A write transaction therefore begins under the lock and ends under it.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import duckdb

from maturity.storage.engine import RuleBroken, Store, StoreRefused, Tx, finishing

SMALL = 8  # up to this many rows a VALUES list is faster than an Arrow table
_WRITERS: dict[str, threading.RLock] = {}  # one per file and process, whoever opens it
_MOVED: dict[str, int] = {}  # how often a write in this process has moved revisions of each file


class DuckTx(Tx):
    """A transaction on its own cursor. `moves` says whether it may have changed the table of revisions."""

    moves = False

    def __init__(self, cursor: duckdb.DuckDBPyConnection, types: dict[str, dict[str, str]]) -> None:
        self._cursor, self._types = cursor, types

    def _execute(self, sql: str, params: dict[str, Any]) -> Any:
        self.moves = self.moves or "revision" in sql  # by the text: nobody has to remember to say so
        return self._cursor.execute(sql, params) if params else self._cursor.execute(sql)

    def columns(self, sql: str, **params: Any) -> dict[str, list[Any]]:
        found = self._checked(sql, params).fetchnumpy()  # several times faster than rows; masked values become None
        return {name: values.tolist() for name, values in found.items()}

    def _insert(self, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        self.moves = self.moves or table == "revision"
        target = f"INSERT INTO {table}({', '.join(columns)})"
        if len(rows) <= SMALL:
            marks = f"({', '.join('?' * len(columns))})"
            values = [value for row in rows for value in row]
            self._cursor.execute(f"{target} VALUES {', '.join([marks] * len(rows))}", values)
            return
        types = self._types_of(table)
        casts = ", ".join(f"CAST({name} AS {types[name]})" for name in columns)
        self._cursor.register("arriving", _arrow(columns, [types[name] for name in columns], rows))
        try:
            self._cursor.execute(f"{target} SELECT {casts} FROM arriving")
        finally:
            with suppress(duckdb.Error):  # after a failure it goes with the cursor
                self._cursor.unregister("arriving")

    def _types_of(self, table: str) -> dict[str, str]:
        if table not in self._types:
            found = self.rows(
                """SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $table
                   AND table_schema = current_schema() AND table_catalog = current_database() ORDER BY column_name""",
                table=table,
            )
            self._types[table] = {row["column_name"]: row["data_type"] for row in found}
        return self._types[table]


def _arrow(columns: Sequence[str], types: Sequence[str], rows: list[tuple[Any, ...]]) -> Any:
    """An Arrow table keeps NULL apart from NaN and whole numbers whole, which a data frame does not."""
    import pyarrow as pa  # type: ignore[import-untyped]

    kinds = {
        "VARCHAR": pa.string(),
        "UUID": pa.string(),
        "BOOLEAN": pa.bool_(),
        "DOUBLE": pa.float64(),
        "DATE": pa.date32(),
        "TIMESTAMP WITH TIME ZONE": pa.timestamp("us", tz="UTC"),
    }
    made = {}
    for name, kind, values in zip(columns, types, zip(*rows, strict=True), strict=True):
        given = [None if value is None else str(value) for value in values] if kind == "UUID" else values
        made[name] = pa.array(given, type=kinds.get(kind, pa.int64()))
    return pa.table(made)


class DuckStore(Store):
    """A DuckDB file, or `:memory:`."""

    def __init__(self, path: str, *, memory_limit: str = "1GB", threads: int | None = None) -> None:
        super().__init__()
        self.name = path
        self._settings: dict[str, Any] = {
            "memory_limit": memory_limit,
            "threads": threads or min(4, os.cpu_count() or 1),
            "autoinstall_known_extensions": False,  # nothing may reach for the network
            "autoload_known_extensions": False,
        }
        if not duckdb.__version__.startswith("1."):
            self._settings["storage_compatibility_version"] = "v1.5.0"
        key = f"{path}#{id(self)}" if path == ":memory:" else str(Path(path).resolve())
        self._key = key
        self._writers = _WRITERS.setdefault(key, threading.RLock())
        self._doors = threading.Lock()
        self._cursors: set[duckdb.DuckDBPyConnection] = set()
        self._types: dict[str, dict[str, str]] = {}
        self._writing: int | None = None
        self._broken = False
        self._open()

    def _open(self) -> None:
        _check_place(self.name)
        try:
            self._connection = duckdb.connect(self.name, config=self._settings)
        except duckdb.Error as reason:
            raise StoreRefused(_why_not_open(self.name, reason)) from reason
        self._connection.execute("SET GLOBAL TimeZone = 'UTC'")
        # 1.5 imports pandas and pyarrow at the first bound parameter: now, not at the first visitor's click.
        self._connection.execute("SELECT CAST(? AS INTEGER)", [1]).fetchall()
        self._types, self._broken = {}, False

    @contextmanager
    def _transaction(self, write: bool) -> Iterator[Tx]:
        if self._broken:
            self.reopen()
        try:
            with self._turn() if write else nullcontext(), self._cursor() as cursor:
                cursor.execute("BEGIN TRANSACTION" if write else "BEGIN TRANSACTION READ ONLY")
                begun = DuckTx(cursor, self._types)
                try:
                    with finishing(begun) as tx:
                        yield tx
                    cursor.execute("COMMIT")
                except BaseException:  # a rerun of the page is a BaseException
                    with suppress(duckdb.Error):
                        cursor.execute("ROLLBACK")
                    raise
                finally:
                    if write and begun.moves:  # still in its turn
                        _MOVED[self._key] = _MOVED.get(self._key, 0) + 1
        except duckdb.Error as reason:
            said = self._said(reason)
            if said is None and not write and self._passing(reason):
                said = StoreRefused(f"The store {self.name} was opened anew meanwhile; try again.")
            if said is None:
                raise
            raise said from reason

    def glance(self, sql: str, **params: Any) -> dict[str, Any] | None:
        """As in every store; one statement is its own snapshot, and needs no transaction around it."""
        try:
            with self._cursor() as cursor:
                return DuckTx(cursor, self._types).one(sql, **params)
        except duckdb.Error:
            return super().glance(sql, **params)  # which knows how to mend or to say it

    def changes(self) -> int:
        """A DuckDB file belongs to one process: its own writes are all there are. Answers before sending move none."""
        return _MOVED.get(self._key, 0)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._writers:
            if self._writing is not None:
                raise RuntimeError("a write inside a write: hand the open transaction on instead")
            self._writing = threading.get_ident()
            try:
                yield
            finally:
                self._writing = None

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._doors:
            cursor = self._connection.cursor()
            self._cursors.add(cursor)
        try:
            yield cursor
        finally:
            with self._doors:
                self._cursors.discard(cursor)
            cursor.close()

    def _passing(self, reason: Exception) -> bool:
        if isinstance(reason, duckdb.ConnectionException):
            return "already closed" in str(reason)  # opened anew meanwhile: nothing of this transaction was kept
        return isinstance(reason, duckdb.TransactionException) and any(
            sign in str(reason) for sign in ("onflict", "duplicate key", "has been altered")
        )

    def _said(self, reason: duckdb.Error) -> Exception | None:
        text = str(reason).splitlines()[0]
        if isinstance(reason, duckdb.FatalException) or "database has been invalidated" in text:
            self._broken = True
            cause = "the disk is full" if "No space left" in text else "DuckDB stopped it"
            return StoreRefused(
                f"The store {self.name} had to stop ({cause}); free space if it is short, then try again: "
                "it opens anew by itself and everything confirmed before is kept."
            )
        if "No space left" in text:
            return StoreRefused(f"The disk of the store {self.name} is full: nothing was saved; free space and repeat.")
        if isinstance(reason, duckdb.ConstraintException):
            return RuleBroken(f"The store {self.name} refused a row: {text.removeprefix('Constraint Error: ')}")
        return None

    def settle(self) -> None:
        with self._writers, self._cursor() as cursor:
            self._types.clear()
            try:
                cursor.execute("CHECKPOINT")  # changes of tables never wait in the write-ahead log
            except duckdb.Error as reason:
                raise self._said(reason) or reason from None

    def close(self) -> None:
        with self._writers, self._doors:
            for cursor in self._cursors:
                with suppress(duckdb.Error):
                    cursor.close()
            self._cursors.clear()
            with suppress(duckdb.Error):
                self._connection.close()

    def reopen(self) -> None:
        with self._writers:
            self.close()
            self._open()

    def backup(self, folder: str | os.PathLike[str]) -> Path:
        from maturity.storage.backup import back_up

        return back_up(self, Path(folder))


def _check_place(path: str) -> None:
    """Refuse where DuckDB's own words would not help."""
    if path == ":memory:":
        return
    place = Path(path)
    if place.is_dir():
        raise StoreRefused(f"{path} is a folder, not a store: name a file in it, such as {place / 'waymark.duckdb'}.")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise StoreRefused(
            f"The folder {place.parent} of the store cannot be made ({reason.strerror}): choose another place."
        ) from reason
    if not os.access(place if place.exists() else place.parent, os.W_OK):
        raise StoreRefused(f"The store {path} cannot be written: allow this account to write there, or choose another.")


def _why_not_open(path: str, reason: duckdb.Error) -> str:
    text = str(reason)
    if "Conflicting lock" in text:
        holder = re.search(r"PID (\d+)", text)
        return (
            f"The store {path} is in use by another program{f' (process {holder[1]})' if holder else ''}: stop that "
            "program first, or use PostgreSQL (WAYMARK_STORE=postgresql://...), which several programs may share."
        )
    if "storage version greater" in text or "newer version" in text:
        return f"The store {path} was written by a newer DuckDB than {duckdb.__version__}: update this program."
    if "not a valid DuckDB" in text or "not a database" in text:
        return f"{path} is not a store but some other file: choose another path; it was left untouched."
    if "different configuration" in text:
        return f"The store {path} is open in this program already, with other settings: close that one first."
    if "No space left" in text:
        return f"The disk of the store {path} is full: free space and try again."
    return f"The store {path} cannot be opened: {text.splitlines()[0]}; choose another file or restore a backup."
