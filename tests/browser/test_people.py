"""People in a real browser: links for several at once, their files, and the first administrator's own link."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.operations import people, setup
from maturity.operations.pasted_people import add_people
from maturity.operations.workspace import open_workspace

from .axe import violations
from .conftest import LAPTOP, PHONE, Server, settled, started, visit

LIST = """Asha Rao; asha@town.example; Parks; Head of department
Bo Lind; bo@town.example; Housing
=Cy; ; Parks"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose own store has a town with four people, none of whom has a link."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "own.duckdb"))
    setup.create_organisation(workspace, COMMAND_LINE, "Town", setup.departments_from_lines("Parks\nHousing"))
    add_people(workspace, COMMAND_LINE, LIST)
    people.add_person(workspace, COMMAND_LINE, "Olu Boss", None, "administrator", installation=True)
    workspace.close()
    with started(folder) as running:
        yield running


def open_person(page: Any, name: str) -> None:
    page.get_by_role("combobox", name="Open a person").click()
    page.keyboard.type(name)
    page.get_by_role("option").filter(has_text=name).first.click()
    page.get_by_role("heading", name=name).first.wait_for()
    settled(page)


def downloaded(page: Any, button: str, folder: Path) -> Path:
    with page.expect_download() as got:
        page.get_by_role("button", name=button).click()
    path = folder / got.value.suggested_filename
    got.value.save_as(path)
    return path


def test_links_for_several_are_made_once_and_leave_as_files(server, page, open_browser, tmp_path):
    visit(page, f"{server.base}/people")
    page.get_by_text("Make links for several people").click()
    page.get_by_text("Chosen by name").click()
    for name in ("Asha Rao", "Bo Lind", "=Cy"):
        page.get_by_role("combobox", name="People").click()
        page.get_by_role("option").filter(has_text=name).first.click()
        settled(page)
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).wait_for()
    page.get_by_role("button", name="Make 3 links").dblclick()
    page.get_by_role("heading", name="3 new links").wait_for()
    settled(page)
    assert violations(page) == []
    shown = re.findall(r"/i/[A-Za-z0-9_-]{22}", page.get_by_test_id("stTable").first.inner_text())
    rows = list(csv.reader(io.StringIO(downloaded(page, "Download as CSV", tmp_path).read_text("utf-8-sig"))))
    assert [row[4].removeprefix(server.base) for row in rows[1:]] == shown
    assert {row[0] for row in rows[1:]} == {"Asha Rao", "Bo Lind", "'=Cy"}
    sheet = downloaded(page, "Download a sheet of QR codes", tmp_path)
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("heading", name="3 new links").wait_for(state="detached")
    settled(page)
    open_person(page, "Bo Lind")
    assert page.get_by_text("Every link until now").count() == 0  # pressed twice, made once
    assert violations(page) == []
    for size in (LAPTOP, PHONE):
        paper = open_browser(size, "dark")
        asked: list[str] = []
        paper.on("request", lambda request, asked=asked: asked.append(request.url))
        paper.goto(sheet.as_uri())
        assert violations(paper) == []
        assert paper.get_by_role("img").count() == 3 and asked == [sheet.as_uri()]
        assert paper.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_first_administrators_link_is_shown_and_then_this_machine_asks_for_it_too(server, page, open_browser):
    visit(page, f"{server.base}/people")
    open_person(page, "Olu Boss")
    page.get_by_role("button", name="Make a link").click()
    page.get_by_text("From now on Waymark asks everybody to come in").wait_for()
    settled(page)
    link = re.search(r"http\S+/i/[A-Za-z0-9_-]{22}", page.get_by_test_id("stCode").first.inner_text())
    assert link and violations(page) == []
    page.reload()
    page.get_by_text("Olu Boss").first.wait_for(state="detached")
    settled(page)
    assert page.get_by_role("heading", name="People").count() == 0
    page.goto(link[0])
    page.get_by_role("button").first.click()
    page.get_by_text("Signed in as Olu Boss").wait_for()
