"""Backups: every table of one snapshot as a Parquet file, with a list that says what must be there."""

from __future__ import annotations

import json
import shutil
import uuid
from pathlib import Path
from typing import Any

from maturity.storage.engine import Store, StoreRefused, Tx, canonical
from maturity.storage.migrations import TABLE, migrate, migration_files

CONTENTS = "waymark-backup.json"


def back_up(store: Store, folder: Path) -> Path:
    """Write a DuckDB store into a new folder, beside live use; nothing half made is left behind."""
    from maturity.storage.duck import DuckStore

    if not isinstance(store, DuckStore):
        raise StoreRefused(f"{store.name} is backed up by its server's own tool: pg_dump --format=custom --file FILE.")
    if folder.exists():
        raise StoreRefused(f"The backup {folder} exists already: name a new folder.")
    making = folder.with_name(f".{folder.name}-{uuid.uuid4().hex[:8]}")
    try:
        making.mkdir(parents=True)
        with store.reading() as tx:
            counts = {table: _copy_out(tx, table, making / f"{table}.parquet") for table in tx.tables()}
            version = tx.rows(f"SELECT max(number) AS newest FROM {TABLE}")[0]["newest"]
        (making / CONTENTS).write_text(canonical({"version": version, "rows": counts}), encoding="utf-8")
        making.rename(folder)
    except OSError as reason:
        raise StoreRefused(f"The backup {folder} cannot be written: {reason.strerror}.") from reason
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


def _copy_out(tx: Tx, table: str, file: Path) -> int:
    tx.run(f"COPY {table} TO {_quoted(file)} (FORMAT parquet, COMPRESSION zstd)")
    return int(tx.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])


def restore(folder: Path, path: Path, *, replace: bool = False) -> dict[str, int]:
    """Make a DuckDB store from a backup and return its rows by table; checked whole before it takes its place.

    A store that is there already is replaced only where asked for, and kept beside as `<name>.before-restore`."""
    from maturity.storage.duck import DuckStore

    contents = _contents(folder)
    if path.exists() and not replace:
        raise StoreRefused(f"The store {path} exists already: move it away first, or ask for it to be replaced.")
    making = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
    try:
        store = DuckStore(str(making))
        try:
            migrate(store, upto=contents["version"])
            found = store.write(_fill, folder, contents["rows"])
            store.settle()
        finally:
            store.close()
        if path.exists():
            _put_aside(path)
        making.rename(path)
    finally:
        for left in (making, _log_of(making)):
            left.unlink(missing_ok=True)
    return found


def _contents(folder: Path) -> dict[str, Any]:
    try:
        contents = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
        version, rows = int(contents["version"]), {str(table): int(n) for table, n in contents["rows"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as reason:
        raise StoreRefused(f"{folder} is not a backup of this program: it has no readable {CONTENTS}.") from reason
    known = max(migration_files())
    if version > known:
        raise StoreRefused(
            f"The backup {folder} is newer than this program (version {version}, known: {known}): update."
        )
    return {"version": version, "rows": rows}


def _fill(tx: Tx, folder: Path, rows: dict[str, int]) -> dict[str, int]:
    """Fill every table this program knows; names come from the fresh store, never from the backup."""
    found = {}
    for table in tx.tables():
        file = folder / f"{table}.parquet"
        if table != TABLE and table in rows:
            if not file.is_file():
                raise StoreRefused(f"The backup {folder} is damaged: {file.name} is missing; take an older backup.")
            tx.run(f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet({_quoted(file)})")
        found[table] = int(tx.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])
        if found[table] != rows.get(table, 0):
            raise StoreRefused(
                f"The backup {folder} is damaged: {table} has {found[table]} rows, not {rows.get(table, 0)}; "
                "take an older backup."
            )
    return found


def _put_aside(path: Path) -> None:
    """Move a store out of the way with its write-ahead log; whoever holds it keeps it."""
    from maturity.storage.duck import DuckStore

    DuckStore(str(path)).close()  # refused while another program holds it; a clean close also empties the log
    aside = path.with_name(f"{path.name}.before-restore")
    path.replace(aside)
    if _log_of(path).exists():
        _log_of(path).replace(_log_of(aside))


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _quoted(file: Path) -> str:
    return "'" + str(file).replace("'", "''") + "'"
