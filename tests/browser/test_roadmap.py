"""From an empty store to the demo city's roadmap, and what people then do with it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maturity.operations.demo import build_demo
from maturity.operations.workspace import open_workspace

from .axe import violations
from .conftest import Server, settled, started, visit

SAVED = re.compile(r"Saved \d\d:\d\d")
FITS = """() => { const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollHeight - main.clientHeight; }"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an empty store of its own and the demo city beside it."""
    folder = tmp_path_factory.mktemp("demo")
    store = open_workspace(str(folder / "demo.duckdb"))
    build_demo(store, "city", store.clock().date())
    store.close()
    with started(folder) as running:
        yield running


def opened(page: Any) -> Any:
    """Open the box of the latest of the late actions and wait for its form."""
    page.locator("summary", has_text="late, ").first.click()
    page.get_by_role("button", name="Save the report").wait_for()
    settled(page)
    return page


def reported(page: Any, percent: int) -> None:
    """Fill in per cent done and send the form."""
    field = page.get_by_role("spinbutton", name="Or exactly, in per cent")
    field.fill(str(percent))
    field.press("Tab")
    settled(page)  # a sentence may come above the button, which then moves under the pointer
    assert field.input_value() == str(percent)
    page.get_by_role("button", name="Save the report").click()


def test_first_run_to_demo_to_roadmap(fresh_server, page):
    fresh: Server = fresh_server()
    visit(page, fresh.base)
    page.get_by_role("button", name="Explore the demo city").click()
    page.get_by_role("heading", name="Port Ellery", level=1).wait_for(timeout=120_000)
    settled(page)
    page.get_by_role("link", name="Roadmap").first.click()
    page.get_by_role("heading", name="Roadmap", level=1).wait_for()
    page.locator('[data-testid="stVegaLiteChart"] :is(canvas, svg)').first.wait_for()
    settled(page)
    page.get_by_text("days late").first.wait_for()
    page.get_by_text("Demo data. Nothing here is real.").wait_for()
    assert page.troubles == []


@pytest.mark.parametrize(
    "address", ["roadmap", "roadmap?roadmap_view=Now,+next,+later", "roadmap?roadmap_view=Table", "progress", "summary"]
)
def test_axe_finds_nothing_of_ours(server, any_page, address):
    visit(any_page, f"{server.base}/{address}{'&' if '?' in address else '?'}store=demo")
    any_page.wait_for_timeout(500)  # what is new fades in, and half faded it has too little contrast
    assert violations(any_page) == []
    assert any_page.troubles == []


def test_the_summary_needs_no_scrolling_on_a_laptop(server, page):
    visit(page, f"{server.base}/summary?store=demo")
    page.get_by_role("heading", name="Decisions needed").wait_for()
    settled(page)
    assert page.evaluate(FITS) <= 0


def test_rows_by_department_and_the_table_beside(server, page):
    visit(page, f"{server.base}/roadmap?store=demo")
    page.get_by_role("radio", name="Department").click()
    settled(page)
    page.locator("summary", has_text="Table and files").click()
    page.get_by_role("table").wait_for()
    settled(page)
    page.get_by_role("columnheader", name="Department").wait_for()
    assert page.get_by_role("row").count() > 20
    for label, ink in (("Picture for print", "#000000"), ("Picture for a projector", "#14202B")):
        with page.expect_download() as coming:
            page.get_by_role("button", name=label).click()
        svg = Path(coming.value.path()).read_text("utf-8")
        assert coming.value.suggested_filename.endswith(".svg") and "<title>" in svg and ink in svg


def test_a_report_is_saved_and_a_second_one_at_once_sees_both(server, open_browser):
    first, second = open_browser(), open_browser()
    for each in (first, second):
        visit(each, f"{server.base}/progress?store=demo")
        opened(each)
    reported(first, 80)
    first.get_by_text(SAVED).wait_for()
    reported(second, 85)
    second.get_by_text("changed by somebody else meanwhile").wait_for()
    for version in ("80%", "85%"):
        second.get_by_role("table").get_by_text(version, exact=True).wait_for()
    settled(second)
    second.get_by_role("button", name="Save mine over it").click()
    second.get_by_text(SAVED).wait_for()
    visit(first, f"{server.base}/progress?store=demo")
    first.get_by_text("85%").first.wait_for()
    assert first.troubles == second.troubles == []
