"""Pages without a browser: AppTest on the router, with a store of the test's own."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR, Grant, Role, Visitor
from maturity.operations import workspace
from maturity.ui import identity

# app.py cannot be loaded here: AppTest finds an empty script in it, always green.
MAIN = Path(__file__).resolve().parents[2] / "maturity" / "ui" / "main.py"
SECONDS = 30


@pytest.fixture(autouse=True)
def behind_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where app.py stands after its gate has let a request through."""
    monkeypatch.setattr(identity._Launch, "gate_in_place", True)


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """AppTest looks through every installed package for components at each visit, a tenth of a second each time."""
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(autouse=True)
def stores(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the test's own: the own store is there and empty, the demo's is made when it is first opened."""
    shutil.copy(migrated_file, tmp_path / "own.duckdb")
    monkeypatch.setenv("WAYMARK_STORE", str(tmp_path / "own.duckdb"))
    monkeypatch.setenv("WAYMARK_DEMO_STORE", str(tmp_path / "demo.duckdb"))
    yield tmp_path
    for opened in [each for url, each in workspace._opened.items() if url.startswith(str(tmp_path))]:
        opened.close()


@pytest.fixture
def start(stores: Path) -> Callable[..., AppTest]:
    """`start(view_as=None, **query)`: a new visit, after its first run."""

    def begin(view_as: Visitor | None = None, **query: str) -> AppTest:
        at = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
        at.session_state["view_as"] = view_as
        for name, value in query.items():
            at.query_params[name] = value
        return at.run()

    return begin


@pytest.fixture
def at(start: Callable[..., AppTest]) -> AppTest:
    """A new visit of the local administrator."""
    return start()


def seen_as(role: Role, department: str | None = None) -> Visitor:
    """The local administrator, narrowed to one role."""
    return Visitor(person=LOCAL_ADMINISTRATOR.person, name=role, grants=(Grant(role=role, department=department),))


def open_page(at: AppTest, name: str) -> AppTest:
    """Go to a page by its file's name and run it."""
    return at.switch_page(f"../../pages/{name}.py").run()
