"""Numbered .sql files bring a store up to date; each file and its note of having run commit together."""

from __future__ import annotations

from pathlib import Path

from maturity.storage.engine import Store, StoreRefused, Tx

FOLDER = Path(__file__).parent / "migrations"
TABLE = "waymark_migration"


def migration_files(folder: Path = FOLDER) -> dict[int, Path]:
    """The files by number, in order."""
    return {int(file.name[:4]): file for file in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))}


def migrate(store: Store, folder: Path = FOLDER, upto: int | None = None) -> list[str]:
    """Run what the store does not have yet and name it; refuse a stranger's database or a newer one."""
    files = migration_files(folder)
    have = store_version(store)
    newer = sorted(have - files.keys())
    if newer:
        raise StoreRefused(
            f"The store {store.name} is newer than this program (its tables are of version {newer[-1]}, known here: "
            f"{max(files, default=0)}): update the program, or restore a backup from before."
        )
    missing = {number: file for number, file in files.items() if number not in have and number <= (upto or number)}
    if not missing:
        return []
    if not have:
        store.write(_begin)
    done = [file.name for number, file in missing.items() if store.write(_apply, number, file)]
    store.settle()
    return done


def store_version(store: Store) -> set[int]:
    """The numbers that have run; empty for a new store, `StoreRefused` for somebody else's database."""
    with store.reading() as tx:
        tables = tx.tables()
        if TABLE in tables:
            return {row["number"] for row in tx.rows(f"SELECT number FROM {TABLE} ORDER BY number")}
    if tables:
        raise StoreRefused(
            f"{store.name} is not a store of this program: it holds other tables ({', '.join(tables[:3])}); "
            "choose another file or an empty database."
        )
    return set()


def _begin(tx: Tx) -> None:
    tx.alone("migration")
    tx.run(f"CREATE TABLE IF NOT EXISTS {TABLE}(number INTEGER PRIMARY KEY, name TEXT NOT NULL)")


def _apply(tx: Tx, number: int, file: Path) -> bool:
    tx.alone("migration")
    if tx.one(f"SELECT number FROM {TABLE} WHERE number = $number", number=number):
        return False  # another process was first
    tx.run(file.read_text(encoding="utf-8"))
    tx.run(f"INSERT INTO {TABLE}(number, name) VALUES ($number, $name)", number=number, name=file.stem)
    return True
