"""The demo city's planner in a browser: a fifth less money, compared; an action pinned, its why; the plan kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.operations import plans
from maturity.operations.demo import build_demo
from maturity.operations.workspace import open_workspace
from maturity.roadmap.actions import Action

from .axe import violations
from .conftest import LAPTOP, PHONE, Server, settled, started, visit

LONG = 240_000
"""Milliseconds that five plans may take on a busy machine."""
LESS = "A fifth less money"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Action]]:
    """A server with the demo city, and the action of its plan that starts last of those that take no money: it can be
    pinned with any budget."""
    folder = tmp_path_factory.mktemp("journey")
    workspace = open_workspace(str(folder / "demo.duckdb"))
    build_demo(workspace, "city", workspace.clock().date())
    saved = plans.plan(workspace, COMMAND_LINE)
    free = [each for each in saved.actions if not each.begun_on and each.catalogue_id and not each.department]
    workspace.close()
    with started(folder) as running:
        yield running, max((each for each in free if not each.cost), key=lambda each: each.start)


@pytest.fixture
def server(city: tuple[Server, Action]) -> Server:
    """The server alone, whose log a failed test shows."""
    return city[0]


def open_box(page: Any, words: str) -> None:
    """Open the box with these words on it."""
    page.get_by_test_id("stExpander").locator("summary").filter(has_text=words).click()
    page.wait_for_timeout(400)
    settled(page)


def press(page: Any, name: str) -> None:
    """Press a button and wait for what follows."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_timeout(400)
    settled(page)


def compare(page: Any, server: Server) -> Any:
    """Compare the scenarios, and give their table."""
    visit(page, f"{server.base}/plan?store=demo&part=scenarios")
    page.get_by_role("button", name="Compare scenarios", exact=True).click()
    page.get_by_role("heading", name="What each would change").wait_for(timeout=LONG)
    settled(page)
    return page.get_by_role("table", name="Scenarios side by side")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_a_budget_cut_is_compared_an_action_pinned_and_the_plan_kept(city, server, open_browser, size):
    action = city[1]
    page = open_browser(size)
    table = compare(page, server)
    assert table.get_by_role("rowheader").count() == 5
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=LESS))
    assert "less" in row.inner_text() or "the same" in row.inner_text()
    page.get_by_role("img", name="After 3 years").or_(page.get_by_text("Table and files").first).first.wait_for()
    assert violations(page) == []

    visit(page, f"{server.base}/plan?store=demo&part=actions&action={action.code}")
    page.get_by_role("heading", name=action.title).wait_for()
    open_box(page, "Decide for the next plan")
    page.get_by_role("combobox", name="Decision").click()
    page.get_by_role("option", name="Pin it to a start").click()
    page.wait_for_timeout(400)
    settled(page)
    page.get_by_role("textbox", name="Reason").fill("The council has promised it")
    press(page, "Keep this decision")
    page.get_by_text("It counts when you plan again.").wait_for()
    assert violations(page) == []
    open_box(page, "Why it is in, and why then")
    page.get_by_role("table", name=f"Why “{action.title}” is in the plan").wait_for(timeout=LONG)
    settled(page)
    assert violations(page) == []

    compare(page, server)
    open_box(page, LESS)
    press(page, f"Plan with “{LESS}”")
    page.get_by_text(f"Made for the scenario “{LESS}”").wait_for()
    settled(page)
    assert violations(page) == []
    name = f"A fifth less, {size[0]} pixels"
    page.get_by_role("textbox", name="Name of the plan version").fill(name)
    press(page, "Save as a new version")
    page.get_by_text(f"Saved “{name}”").wait_for()
    visit(page, f"{server.base}/plan?store=demo&action={action.code}")
    page.get_by_text("Pinned to its date, as decided").first.wait_for()
    page.get_by_text("The council has promised it").first.wait_for()
    assert violations(page) == []
    assert page.troubles == []
