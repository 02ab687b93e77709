"""The same tests on every engine: DuckDB as installed, and a PostgreSQL server of their own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from maturity.framework.model import Framework
from maturity.storage import Store, Tx, new_id, open_store
from maturity.storage.frameworks import save_framework
from maturity.storage.respondents import start_respondent
from maturity.storage.rounds import create_round, save_scope
from maturity.storage.rows import Department, Organisation, Respondent, Round
from maturity.storage.setup import save_departments, save_organisation

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
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

    def new_database(self) -> str:
        import psycopg

        self.made += 1
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE store_{self.made}")
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


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


@dataclass
class City:
    """A small organisation with an open round."""

    store: Store
    organisation: UUID
    parks: UUID
    works: UUID
    framework: UUID
    round: UUID
    now: datetime = NOW

    def respondent(self, department: UUID | None = None, label: str = "Somebody", **more: Any) -> UUID:
        made = new_id(self.now)
        self.store.write(
            start_respondent,
            Respondent(
                id=made,
                round_id=self.round,
                department_id=department or self.parks,
                label=label,
                started_at=self.now,
                **more,
            ),
        )
        return made


def small_framework(version: str = "1", text: str = "Who owns the data?") -> Framework:
    questions = [{"id": f"q{n}", "text": text, "descriptors": ["a", "b", "c"]} for n in (1, 2, 3)]
    topic = {"id": "t1", "name": "Owners", "questions": questions}
    return Framework.model_validate(
        {
            "id": "small",
            "version": version,
            "name": "Small",
            "licence": "CC0-1.0",
            "source": "made for the tests",
            "levels": [{"level": n, "name": f"L{n}"} for n in (1, 2, 3)],
            "dimensions": [{"id": "d1", "name": "People", "topics": [topic]}],
        }
    )


@pytest.fixture
def framework() -> Callable[..., Framework]:
    return small_framework


@pytest.fixture
def city(store: Store) -> City:
    return found_city(store)


def found_city(store: Store) -> City:
    made = City(store, *(new_id(NOW) for _ in range(5)))

    def found(tx: Tx) -> None:
        save_organisation(tx, Organisation(id=made.organisation, name="Port Ellery", created_at=NOW))
        departments = [
            Department(id=made.works, organisation_id=made.organisation, code="works", name="Public works", place=2),
            Department(id=made.parks, organisation_id=made.organisation, code="parks", name="Parks", place=1, staff=40),
        ]
        save_departments(tx, departments)
        made.framework = save_framework(tx, small_framework(), NOW)
        new = Round(
            id=made.round,
            organisation_id=made.organisation,
            framework_version_id=made.framework,
            name="2026",
            status="open",
            created_at=NOW,
        )
        create_round(tx, new)
        save_scope(tx, made.round, {made.parks: 1.0, made.works: 2.0})

    store.write(found)
    return made
