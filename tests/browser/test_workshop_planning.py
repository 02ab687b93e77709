"""A workshop before its room, in a browser: its agenda by keyboard, what is downloaded, and for everybody's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.operations import rounds, workshop_agenda, workshops
from maturity.operations.demo import build_demo
from maturity.operations.workshop_lines import AgendaLine
from maturity.operations.workspace import open_workspace

from .axe import violations
from .conftest import Server, settled, started, visit

TODAY = date(2026, 11, 22)
LINES = ".st-key-agenda-lines"
HAS_FOCUS = "document.activeElement.innerText"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A small demo with a planned workshop."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "demo.duckdb"))
    build_demo(workspace, "small", TODAY)
    round_ = rounds.find_round(workspace, LOCAL_ADMINISTRATOR, "latest")
    lines = workshop_agenda.suggest_agenda(workspace, LOCAL_ADMINISTRATOR, round_, None, most=5)
    examples = [AgendaLine(example="two-private-lists")]
    workshops.plan_workshop(workspace, LOCAL_ADMINISTRATOR, round_, None, "Talk", [*examples, *lines])
    workspace.close()
    with started(folder) as running:
        yield running


def opened(page: Any, server: Server) -> Any:
    visit(page, f"{server.base}/workshop?store=demo")
    page.get_by_role("link", name="Talk").click()
    page.get_by_role("button", name="Open the lobby").wait_for()
    settled(page)
    return page


def test_an_agenda_is_for_everybody(server: Server, any_page: Any) -> None:
    opened(any_page, server)
    assert violations(any_page) == []
    width, screen = any_page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= screen and any_page.troubles == []


def test_the_focus_goes_with_the_line_that_a_key_moves(server: Server, page: Any) -> None:
    opened(page, server)
    up = page.locator(f"{LINES} button", has_text="Move up")
    name = up.nth(4).inner_text()
    up.nth(4).focus()
    for place in (3, 2):
        page.keyboard.press("Enter")
        page.wait_for_function(
            f"([at, name]) => [...document.querySelectorAll('{LINES} button')]"
            ".filter(each => each.innerText.includes('Move up'))[at].innerText === name",
            arg=[place, name],
        )
        settled(page)
        assert page.evaluate(HAS_FOCUS) == name


def test_papers_are_downloaded(server: Server, page: Any, tmp_path: Path) -> None:
    opened(page, server)
    for label, begins in (("Agenda, cards", b"<!doctype html"), ("Workbook to fill in", b"pk")):
        with page.expect_download() as coming:
            page.get_by_role("button", name=label).click()
        coming.value.save_as(tmp_path / "paper")
        assert (tmp_path / "paper").read_bytes()[: len(begins)].lower() == begins


def test_two_quick_clicks_plan_one_workshop(server: Server, page: Any) -> None:
    visit(page, f"{server.base}/workshop?store=demo")
    page.get_by_text("Plan a workshop").click()
    page.get_by_label("Name of the workshop").fill("Twice clicked")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Plan the workshop").dblclick()
    page.get_by_role("button", name="Open the lobby").wait_for()
    page.get_by_role("link", name="All workshops").click()
    page.get_by_role("link", name="Talk").wait_for()
    settled(page)
    assert page.get_by_role("link", name="Twice clicked").count() == 1
