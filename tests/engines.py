"""The engines that tests run on: DuckDB as installed, and a PostgreSQL server of their own, one for the whole run."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from maturity.storage.engine import open_store

ONLY = os.environ.get("WAYMARK_STORAGE_ENGINE")
ENGINES = [ONLY] if ONLY else ["duckdb", pytest.param("postgresql", marks=pytest.mark.postgres)]
PASSWORD = "pa$s %w'ord"


def missing(sentence: str) -> None:
    """Skip, or fail where everything has to run."""
    if os.environ.get("WAYMARK_REQUIRE_ALL") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)


def _program(name: str) -> str | None:
    found = [shutil.which(name), *map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True))]
    return next((path for path in found if path), None)


@dataclass
class Server:
    """A PostgreSQL server for one run of the tests."""

    port: int
    made: int = 0

    def url(self, database: str, password: str = PASSWORD) -> str:
        from urllib.parse import quote

        return f"postgresql://waymark:{quote(password)}@127.0.0.1:{self.port}/{database}"

    def new_database(self, like: str = "template1") -> str:
        """The address of a new database, a copy of the one named `like`, which nobody may be using."""
        import psycopg

        self.made += 1
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE store_{self.made} TEMPLATE {like}")
        return self.url(f"store_{self.made}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if not initdb or not pg_ctl:
        missing("PostgreSQL is not installed here: initdb and pg_ctl are needed for its half of the storage tests")
    account: dict[str, Any] = {"cwd": "/"}
    folder = Path(tempfile.mkdtemp(prefix="waymark-pg-"))
    if os.geteuid() == 0:  # the server refuses to run as root
        account["user"] = "postgres"
        shutil.chown(folder, "postgres")
    word = folder / "word"
    word.write_text(PASSWORD)
    word.chmod(0o644)
    cluster = folder / "cluster"
    base = [initdb, "-D", str(cluster), "-U", "waymark", "-E", "UTF8", "-A", "scram-sha-256", f"--pwfile={word}", "-N"]
    # An order of letters that differs from DuckDB's shows where a query relies on the database's own.
    ordered = subprocess.run([*base, "--locale-provider=icu", "--icu-locale=en-US"], capture_output=True, **account)
    if ordered.returncode:
        subprocess.run(base, capture_output=True, check=True, **account)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    start = [pg_ctl, "-D", str(cluster), "-w", "-l", str(folder / "log"), "-o", options, "start"]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL, **account)
    try:
        yield Server(port)
    finally:
        subprocess.run([pg_ctl, "-D", str(cluster), "-m", "immediate", "stop"], capture_output=True, **account)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store."""
    if request.param == "duckdb":
        return str(tmp_path / "store.duckdb")
    return request.getfixturevalue("postgres_server").new_database()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty DuckDB store with its tables, to be copied: making the tables takes four times as long as copying."""
    path = tmp_path_factory.mktemp("migrated") / "store.duckdb"
    open_store(str(path)).close()
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres_server: Server) -> str:
    """The name of such a database in PostgreSQL."""
    made = postgres_server.new_database()
    open_store(made).close()
    return made.rpartition("/")[2]


@pytest.fixture(params=ENGINES)
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is empty but for its tables, for tests of what is built on a store."""
    if request.param == "duckdb":
        return shutil.copy(request.getfixturevalue("migrated_file"), str(tmp_path / "store.duckdb"))
    like = request.getfixturevalue("migrated_database")
    return request.getfixturevalue("postgres_server").new_database(like)
