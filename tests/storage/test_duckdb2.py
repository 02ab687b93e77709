"""The same tests on DuckDB 2.0.0, which is put beside the installed one and used in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from maturity.storage import open_store
from maturity.storage.revision import bump, revision

ROOT = Path(__file__).resolve().parents[2]
VERSION = "2.0.0"
pytestmark = pytest.mark.skipif(
    os.environ.get("WAYMARK_STORAGE_ENGINE") == "duckdb", reason="this is the run on the other version"
)


def _lacking(sentence: str) -> None:
    if os.environ.get("WAYMARK_REQUIRE_ALL") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="module")
def beside() -> dict[str, str]:
    """An environment in which `import duckdb` finds the other version."""
    folder = Path(os.environ.get("WAYMARK_DUCKDB2") or ROOT / ".duckdb2")
    if not (folder / "duckdb").is_dir():
        install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder)]
        done = subprocess.run([*install, f"duckdb=={VERSION}"], capture_output=True, text=True)
        if done.returncode:
            _lacking(f"DuckDB {VERSION} could not be installed beside: set WAYMARK_DUCKDB2 to a folder that has it")
    path = os.pathsep.join([str(folder), str(ROOT)])
    # PostgreSQL is not asked for in there, so what needs it may be left out whatever this run demands.
    kept = {name: value for name, value in os.environ.items() if name != "WAYMARK_REQUIRE_ALL"}
    return {**kept, "PYTHONPATH": path, "WAYMARK_STORAGE_ENGINE": "duckdb"}


def test_the_storage_tests_pass_on_duckdb_2(beside: dict[str, str]) -> None:
    if duckdb.__version__ == VERSION:
        pytest.skip("it is the installed version")
    shown = subprocess.run(
        [sys.executable, "-c", "import duckdb; print(duckdb.__version__)"], env=beside, capture_output=True, text=True
    )
    assert shown.stdout.strip() == VERSION
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(ROOT / "tests" / "storage")]
    done = subprocess.run(command, env=beside, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


def test_each_version_reads_what_the_other_wrote(beside: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    script = (
        "import sys; from maturity.storage import open_store; from maturity.storage.revision import bump;"
        "store = open_store(sys.argv[1]); print(store.write(bump, 'setup')); store.close()"
    )

    def bumped_by_the_other() -> str:
        command = [sys.executable, "-c", script, str(path)]
        return subprocess.run(command, env=beside, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    assert bumped_by_the_other() == "1"
    store = open_store(str(path))
    assert revision(store, "setup") == 1 and store.write(bump, "setup") == 2
    store.close()
    assert bumped_by_the_other() == "3"
    store = open_store(str(path))
    assert revision(store, "setup") == 3
    store.close()
