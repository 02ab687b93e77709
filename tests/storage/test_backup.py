"""Backups beside live use, and the way back."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from maturity.assessment.answers import Answer
from maturity.storage import Store, StoreRefused, open_store
from maturity.storage.answers import answers_of, save_answer
from maturity.storage.audit import record, verify_chain
from maturity.storage.backup import CONTENTS, restore
from maturity.storage.log import check_store
from maturity.storage.revision import bump, revision


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Backups are DuckDB's; PostgreSQL has its own tools."""
    return str(tmp_path / "store.duckdb")


def test_there_and_back(store: Store, city: Any, tmp_path: Path) -> None:
    person = city.respondent()
    for n in range(30):
        answer = Answer(question=f"q{n}", state="dont_know", comment="100 % $x 'é'")
        store.write(save_answer, person, answer, actor="ann", now=city.now)
    store.write(record, made_at=city.now, actor="ann", verb="save", subject="x")
    with store.reading() as tx:
        before = answers_of(tx, person)
    folder = store.backup(tmp_path / "it's a backup")
    rows = restore(folder, tmp_path / "back.duckdb")
    assert rows["answer"] == rows["answer_event"] == 30 and rows["audit_event"] == 1
    back = open_store(str(tmp_path / "back.duckdb"))
    with back.reading() as tx:
        assert answers_of(tx, person) == before
    assert check_store(back) == verify_chain(back) == []
    assert back.write(bump, "setup") == revision(store, "setup") + 1
    back.close()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_backup_beside_writers_is_one_moment(store: Store, city: Any, tmp_path: Path) -> None:
    person, stop = city.respondent(), threading.Event()

    def type_on() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            answer = Answer(question=f"q{n % 7}", state="level", level=1 + n % 3)
            store.write(save_answer, person, answer, actor="ann", now=city.now)

    writer = threading.Thread(target=type_on)
    writer.start()
    try:
        folders = [store.backup(tmp_path / f"backup{n}") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    for n, folder in enumerate(folders):
        restore(folder, tmp_path / f"back{n}.duckdb")
        back = open_store(str(tmp_path / f"back{n}.duckdb"))
        assert check_store(back) == []
        back.close()


def test_a_restore_replaces_when_asked_and_keeps_the_old(store: Store, city: Any, tmp_path: Path, url: str) -> None:
    folder = store.backup(tmp_path / "backup")
    later = store.write(bump, "setup")
    store.close()
    with pytest.raises(StoreRefused, match="exists already"):
        restore(folder, Path(url))
    restore(folder, Path(url), replace=True)
    again, aside = open_store(url), open_store(f"{url}.before-restore")
    assert revision(again, "setup") == later - 1 and revision(aside, "setup") == later
    again.close()
    aside.close()


def test_what_is_no_whole_backup_is_refused(store: Store, city: Any, tmp_path: Path) -> None:
    target = tmp_path / "back.duckdb"
    with pytest.raises(StoreRefused, match="not a backup"):
        restore(tmp_path, target)
    folder = store.backup(tmp_path / "backup")
    with pytest.raises(StoreRefused, match="exists already"):
        store.backup(folder)
    listed = folder / CONTENTS
    contents = json.loads(listed.read_text())
    listed.write_text(json.dumps({**contents, "rows": {**contents["rows"], "department": 3}}))
    with pytest.raises(StoreRefused, match="department has 2 rows, not 3"):
        restore(folder, target)
    listed.write_text(json.dumps({**contents, "version": 9999}))
    with pytest.raises(StoreRefused, match="newer than this program"):
        restore(folder, target)
    listed.write_text(json.dumps(contents))
    (folder / "department.parquet").unlink()
    with pytest.raises(StoreRefused, match=r"department\.parquet is missing"):
        restore(folder, target)
    assert not target.exists()
