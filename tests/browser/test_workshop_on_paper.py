"""A workshop without a network, in a browser: the workbook out, filled in, wrong first, then right, and the result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.operations import rounds, workshop_agenda, workshops
from maturity.operations.demo import build_demo
from maturity.operations.workspace import open_workspace

from ..operations.filled_workbook import put
from .axe import violations
from .conftest import Server, settled, started, visit

TODAY = date(2026, 11, 22)
WRONG = {("Agreed", 1): {"Agreed level": 4.5, "Reason": "so"}, ("Notes", 1): {"Text": "keep it"}}
RIGHT = {
    ("People", 1): {"Counted in the room": 3},
    ("People", 3): {"Counted in the room": 6},
    ("Votes", 1): {"2 Emerging": 2, "3 Learning": 6, "Don't know": 1},
    ("Agreed", 1): {"Agreed level": 3, "Reason": "=the register shows it"},
    ("Notes", 1): {"Kind": "Decision", "Text": "keep it"},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A small demo with a planned workshop."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "demo.duckdb"))
    build_demo(workspace, "small", TODAY)
    round_ = rounds.find_round(workspace, LOCAL_ADMINISTRATOR, "latest")
    lines = workshop_agenda.suggest_agenda(workspace, LOCAL_ADMINISTRATOR, round_, None, most=3)
    workshops.plan_workshop(workspace, LOCAL_ADMINISTRATOR, round_, None, "On paper", lines)
    workspace.close()
    with started(folder) as running:
        yield running


def fill(path: Path, cells: Any) -> None:
    """As somebody with a spreadsheet and no network does."""
    book = load_workbook(path)
    put(book, cells)
    book.save(path)


def bring(page: Any, path: Path) -> None:
    """As people choose a file, also one of the same name again."""
    with page.expect_file_chooser() as asked:
        page.locator("[data-testid=stFileUploader] button").last.click()
    asked.value.set_files(path)


def test_a_workbook_is_downloaded_filled_in_and_brought_back(server: Server, page: Any, tmp_path: Path) -> None:
    visit(page, f"{server.base}/workshop?store=demo")
    page.get_by_role("link", name="On paper").click()
    page.get_by_role("button", name="Open the lobby").wait_for()
    path = tmp_path / "paper.xlsx"
    with page.expect_download() as coming:
        page.get_by_role("button", name="Workbook to fill in").click()
    coming.value.save_as(path)

    fill(path, WRONG)
    bring(page, path)
    page.get_by_text("Sheet Agreed, cell E5: “4.5” is no level; write 1 to 5").wait_for()
    assert page.get_by_text("Sheet Notes, cell B5: the kind is missing").is_visible()
    settled(page)
    assert violations(page) == []

    fill(path, RIGHT)
    bring(page, path)
    page.get_by_text("9 votes in 1 ballot, 1 agreed level, 9 people in the room and 1 note").wait_for()
    settled(page)
    assert violations(page) == []
    page.get_by_role("button", name="Record what the workbook says").click()
    page.get_by_text("The workbook is recorded").wait_for()
    settled(page)
    assert page.get_by_text("=the register shows it").first.is_visible()
    assert violations(page) == [] and page.troubles == []

    bring(page, path)
    page.get_by_text("there is nothing to bring in").wait_for()
