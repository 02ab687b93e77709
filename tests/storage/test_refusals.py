"""What cannot be opened is refused with one sentence that says what, where and how to mend it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from maturity.storage import Store, StoreRefused, Tx, open_store
from maturity.storage.duck import DuckStore
from maturity.storage.revision import bump, revision


def refusal(url: str) -> str:
    with pytest.raises(StoreRefused) as told:
        open_store(url)
    assert "\n" not in str(told.value)
    return str(told.value)


def test_another_program_holds_the_file(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    open_store(str(path)).close()
    script = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('open', flush=True); sys.stdin.read()"
    holder = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert holder.stdout and holder.stdout.readline()
        told = refusal(str(path))
        assert f"process {holder.pid}" in told and "stop that program" in told and "PostgreSQL" in told
    finally:
        holder.communicate()
    open_store(str(path)).close()


def test_a_random_file_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "letter.duckdb"
    path.write_bytes(b"Dear Sir or Madam, " * 400)
    assert "not a store" in refusal(str(path))
    assert path.read_bytes() == b"Dear Sir or Madam, " * 400


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert "is a folder" in refusal(str(tmp_path))


def test_a_strangers_database_is_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales(amount INTEGER)")
    assert "other tables (sales)" in refusal(str(path))
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SHOW TABLES").fetchall() == [("sales",)]


def test_a_place_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be made" in refusal(str(tmp_path / "file" / "store.duckdb"))


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maturity.storage.duck.os.access", lambda path, mode: False)
    assert "cannot be written" in refusal(str(tmp_path / "store.duckdb"))


def test_an_unknown_kind_of_address() -> None:
    assert "mysql://" in refusal("mysql://somewhere/store")


def test_addresses_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    open_store("duckdb:///inside/store.duckdb").close()
    assert (tmp_path / "inside" / "store.duckdb").is_file()
    open_store(f"duckdb:///{tmp_path}/absolute.duckdb").close()
    assert (tmp_path / "absolute.duckdb").is_file()
    memory = open_store(":memory:")
    assert memory.write(bump, "setup") == 1
    memory.close()


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (duckdb.FatalException("FATAL Error: database has been invalidated"), "had to stop"),
        (duckdb.FatalException("FATAL Error: Failed to create checkpoint: No space left on device"), "disk is full"),
        (duckdb.TransactionException("Failed to commit: No space left on device"), "nothing was saved"),
    ],
)
def test_trouble_with_the_disk_is_said_and_the_store_opens_anew(
    tmp_path: Path, reason: Exception, sentence: str
) -> None:
    store = open_store(str(tmp_path / "store.duckdb"))
    store.write(bump, "setup")

    def broken(tx: Tx) -> None:
        raise reason

    with pytest.raises(StoreRefused, match=sentence):
        store.write(broken)
    assert revision(store, "setup") == 1 and store.write(bump, "setup") == 2
    store.close()


def test_after_a_fatal_error_every_cursor_is_closed_before_it_opens_anew(tmp_path: Path) -> None:
    store = DuckStore(str(tmp_path / "store.duckdb"))
    before = store._connection

    def caught_in_the_middle(tx: Tx) -> None:
        store._broken = True
        assert store.ping() and store._connection is not before
        tx.one("SELECT 1 AS one")

    with pytest.raises(StoreRefused, match="opened anew"), store.reading() as tx:
        caught_in_the_middle(tx)
    assert store.ping()
    store.close()


def test_no_clock_but_utc(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.reading() as tx:
        assert tx.one("SELECT current_setting('TimeZone') AS zone") == {"zone": "UTC"}


@pytest.mark.postgres
@pytest.mark.skipif(__import__("os").environ.get("WAYMARK_STORAGE_ENGINE") == "duckdb", reason="DuckDB only")
class TestPostgres:
    def test_a_wrong_password_is_never_repeated(self, postgres_server) -> None:
        told = refusal(postgres_server.url("postgres", "s3cret-wrong"))
        assert "turned this account away" in told and "s3cret" not in told

    def test_a_database_that_is_not_there(self, postgres_server) -> None:
        told = refusal(postgres_server.url("nowhere"))
        assert "does not exist" in told and "pa$s" not in told and "pa%24s" not in told

    def test_a_server_that_does_not_run(self) -> None:
        told = refusal("postgresql://me:s3cret@127.0.0.1:1/store")
        assert "cannot be reached" in told and "s3cret" not in told and "127.0.0.1:1/store" in told

    def test_an_address_that_cannot_be_read(self) -> None:
        told = refusal("postgresql://me:s3 cret@[nowhere/store")
        assert "cannot be read" in told and "s3" not in told

    def test_a_strangers_database(self, postgres_server) -> None:
        import psycopg

        url = postgres_server.new_database()
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE sales(amount INTEGER)")
        assert "other tables (sales)" in refusal(url)

    def test_a_lost_connection_is_replaced(self, postgres_server) -> None:
        import psycopg

        url = postgres_server.new_database()
        store = open_store(url)
        store.write(bump, "setup")
        with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as connection:
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [url.rpartition("/")[2]]
            )
            assert ended.fetchall()
        assert store.write(bump, "setup") == 2
        store.close()
