"""Numbered files bring a store up to date, all or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from maturity.storage import Store, StoreRefused, open_store
from maturity.storage.migrations import FOLDER, TABLE, migrate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the migrations that a test may add to."""
    copied = tmp_path / "migrations"
    shutil.copytree(FOLDER, copied)
    return copied


def test_a_fresh_store_gets_them_once(url: str) -> None:
    store = open_store(url, migrated=False)
    assert [name[:4] for name in migrate(store)] == [file.name[:4] for file in sorted(FOLDER.glob("*.sql"))]
    assert migrate(store) == []
    store.close()


def test_a_new_file_runs_when_the_program_is_newer(store: Store, folder: Path) -> None:
    (folder / "9000_more.sql").write_text("CREATE TABLE more(a INTEGER); ALTER TABLE milestone ADD COLUMN extra TEXT;")
    assert migrate(store, folder) == ["9000_more.sql"]
    store.write(lambda tx: tx.insert("more", ("a",), [(n,) for n in range(20)]))
    with store.reading() as tx:
        assert tx.one("SELECT count(*) AS n FROM more") == {"n": 20}


def test_a_file_that_fails_half_way_leaves_nothing(store: Store, folder: Path) -> None:
    (folder / "9000_half.sql").write_text("CREATE TABLE half(a INTEGER); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(Exception, match="nowhere"):
        migrate(store, folder)
    with store.reading() as tx:
        assert "half" not in tx.tables()
        assert tx.one(f"SELECT max(number) AS newest FROM {TABLE}")["newest"] < 9000
    (folder / "9000_half.sql").write_text("CREATE TABLE half(a INTEGER);")
    assert migrate(store, folder) == ["9000_half.sql"]


def test_a_newer_store_is_refused(store: Store, url: str) -> None:
    store.write(lambda tx: tx.run(f"INSERT INTO {TABLE}(number, name) VALUES (9999, 'later')"))
    store.close()
    with pytest.raises(StoreRefused, match=r"newer than this program \(its tables are of version 9999"):
        open_store(url)
