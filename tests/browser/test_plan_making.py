"""Making a plan in a browser: a first plan at once, its bound, a version saved; stopped; and what a server leaves."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.operations.saved_plans import find_plan
from maturity.operations.workspace import StoreRefused, open_workspace
from tests.operations.city import make_town

from .axe import violations
from .conftest import Server, settled, started, visit

# Read by every Python of the server; the one that computes then waits after each stage until the file is there.
STAGE_BY_STAGE = """
import os, sys, time

class Slow:
    def __init__(self, file):
        self.file, self.flush = file, file.flush

    def write(self, text):
        self.file.write(text)
        self.file.flush()
        while '"stage"' in text and not os.path.exists({gate!r}):
            time.sleep(0.02)

if "maturity.operations.worker" in sys.orig_argv:
    real = os.fdopen
    os.fdopen = lambda *given, **named: Slow(real(*given, **named))
"""


def solvers_of(server: Server) -> list[int]:
    """The processes that the server has started to compute for it."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
            asked = (stat.parent / "cmdline").read_text()
        except OSError:
            continue
        if int(parent) == server.pid and "maturity.operations.worker" in asked:
            found.append(int(stat.parent.name))
    return found


def is_running(pid: int) -> bool:
    """Whether the process still runs; one that is dead and not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(happens: Callable[[], object]) -> None:
    """Wait for something that takes a moment."""
    ends = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.05)


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[tuple[Server, Path]]:
    """A server with a small town, a closed round and no plan, whose solver waits after each stage until there is the
    file that is given beside it."""
    workspace = open_workspace(str(tmp_path / "own.duckdb"))
    make_town(workspace)
    workspace.close()
    gate = tmp_path / "go-on"
    (tmp_path / "sitecustomize.py").write_text(STAGE_BY_STAGE.format(gate=str(gate)), encoding="utf-8")
    with started(tmp_path, PYTHONPATH=str(tmp_path)) as running:
        yield running, gate


def make(page: Any, server: Server) -> None:
    """Open the part in which a plan is made, press its button, and see the first plan."""
    visit(page, f"{server.base}/plan?part=again")
    page.get_by_role("button", name="Make the plan", exact=True).dblclick()
    page.get_by_text("A first plan:").wait_for()


def test_the_first_plan_comes_at_once_then_the_bound_and_the_best_one_is_saved(slow, page):
    server, gate = slow
    make(page, server)
    assert page.get_by_role("textbox").count() == 0
    assert violations(page) == []
    page.get_by_role("button", name="Take what there is").wait_for()
    gate.touch()
    page.get_by_role("heading", name="Not saved yet").wait_for()
    settled(page)
    page.get_by_text("No plan under these limits could close").wait_for()
    assert page.get_by_text("A first plan:").count() == 0
    assert violations(page) == []
    page.get_by_role("textbox", name="Name of the plan version").fill("Made in a browser")
    page.get_by_role("button", name="Save the plan", exact=True).dblclick()
    page.get_by_text("Saved “Made in a browser”").wait_for()
    page.get_by_role("table", name="Actions of phase 1, Foundations").wait_for()
    page.get_by_role("button", name="Nobody is planned beyond their person-days").click()
    page.get_by_role("heading", name="People by role and quarter").wait_for()
    assert page.get_by_role("alert").count() == 0
    assert page.troubles == []


def test_stopping_and_taking_what_there_is(slow, any_page):
    server, _ = slow
    make(any_page, server)
    wide = any_page.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
    )
    assert wide <= 0
    any_page.get_by_role("button", name="Stop", exact=True).click()
    any_page.get_by_text("Stopped. Nothing was kept.").wait_for()
    until(lambda: not solvers_of(server))
    any_page.get_by_role("button", name="Make the plan", exact=True).click()
    any_page.get_by_role("button", name="Take what there is").click()
    any_page.get_by_text("the best plan that was known when you stopped").wait_for()
    any_page.get_by_role("button", name="Save the plan", exact=True).wait_for()
    assert any_page.troubles == []


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_the_solver_ends_with_its_server_and_nothing_is_half_done(slow, page, sign):
    server, _ = slow
    make(page, server)
    (solver,) = solvers_of(server)
    os.kill(server.pid, sign)
    until(lambda: not is_running(solver))
    until(lambda: no_plan_is_in(server.folder / "own.duckdb"))


def no_plan_is_in(store: Path) -> bool:
    """Whether there is no plan in a store; False while the server that is ending still holds it."""
    try:
        workspace = open_workspace(str(store))
    except StoreRefused:
        return False
    assert find_plan(workspace, COMMAND_LINE) is None
    workspace.close()
    return True
