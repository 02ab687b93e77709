"""Gaps, targets and results in a browser: a target is set and stays, links lead from a number to its target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from maturity.operations.demo import build_demo
from maturity.operations.workspace import open_workspace

from .axe import violations
from .conftest import PHONE, Server, settled, started, visit

TODAY = date(2026, 11, 22)
TARGET = "targets?store=demo&targets_view=Targets&targets_of=Housing&targets_topic=Data+ethics"
# Each view with the words by which it is known to be there.
TARGET_VIEWS = {
    "Gaps": "Look at one gap",
    "Targets": "Save target",
    "Importance": "Save importance",
    "Objectives": "Add the objective",
}
RESULT_VIEWS = {
    "Heat+map": "Columns",
    "Profile": "Department",
    "Distribution": "What people say",
    "Trend": "Lines",
    "By+theme": "Themes by topics",
    "By+role": "Medians of the answers",
    "Evidence": "By department",
    "Why": "Look into a part",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the small demo."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "demo.duckdb"))
    build_demo(workspace, "small", TODAY)
    workspace.close()
    with started(folder) as running:
        yield running


def choose(page: Any, label: str, option: str, *, at: int = 0) -> None:
    """Choose from a select box of the page."""
    page.get_by_role("combobox", name=label, exact=True).nth(at).click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def test_a_target_is_set_and_is_there_after_a_reload(server, page):
    visit(page, f"{server.base}/{TARGET}")
    choose(page, "Level to reach", "3 Learning")
    page.get_by_text("Level 3 Learning in this topic").wait_for()
    page.get_by_role("textbox", name="Reason").fill("Residents asked for it")
    page.get_by_role("button", name="Save target").click()
    page.get_by_text("Saved").first.wait_for()
    visit(page, f"{server.base}/{TARGET}")
    page.get_by_text("Residents asked for it").first.wait_for()
    page.get_by_text("Set by Local administrator").wait_for()
    page.get_by_role("button", name="Reset to default").click()
    page.get_by_text("The default counts again.").wait_for()
    assert page.troubles == []


def test_the_click_that_leaves_the_reason_saves_it(server, page):
    """Typing and then pressing Save at once, without leaving the field first, loses neither the text nor the click."""
    visit(page, f"{server.base}/{TARGET}")
    choose(page, "Level to reach", "4 Developing")
    page.get_by_role("textbox", name="Reason").press_sequentially("At once", delay=15)
    page.get_by_role("button", name="Save target").click()
    page.get_by_text("Set by Local administrator").wait_for()
    page.get_by_text("At once").first.wait_for()
    page.get_by_role("button", name="Reset to default").click()
    page.get_by_text("The default counts again.").wait_for()


def test_a_number_leads_to_its_target(server, page):
    visit(
        page, f"{server.base}/results?store=demo&results_view=Why&results_of=Housing&results_part=%E2%80%93+Data+ethics"
    )
    page.get_by_text("divided by all weights").wait_for()
    page.get_by_role("link", name="See the target of Data ethics here").click()
    page.get_by_role("heading", name="Gaps and targets").wait_for()
    page.get_by_role("heading", name="Targets of Housing").wait_for()
    settled(page)
    assert page.get_by_role("combobox", name="Topic").input_value() == "Data ethics"
    assert page.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_is_accessible(server, open_browser, scheme):
    page = open_browser(scheme=scheme)
    for name, views in (("targets", TARGET_VIEWS), ("results", RESULT_VIEWS)):
        for view, words in views.items():
            visit(page, f"{server.base}/{name}?store=demo&{name}_view={view}")
            page.get_by_text(words).first.wait_for()
            settled(page)
            assert violations(page) == [], view
    assert page.troubles == []


def test_a_phone_needs_no_sideways_scrolling_for_the_form(server, open_browser):
    page = open_browser(PHONE)
    visit(page, f"{server.base}/{TARGET}")
    page.get_by_role("button", name="Save target").wait_for()
    wide = page.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
    )
    assert wide <= 0
