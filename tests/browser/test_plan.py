"""The plan in a browser: set a target, plan again, see the roadmap change; edit an action; read it on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.operations import plans
from maturity.operations.workspace import open_workspace
from tests.operations.city import make_town

from .axe import violations
from .conftest import Server, settled, started, visit

TARGET = "targets?targets_view=Targets&targets_of=Roads&targets_topic=Skills+and+knowledge"
PARTS = ("actions", "left-out", "means", "forecast")
PICTURES = ("means", "forecast")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose own store holds a small town with a closed round and a first plan."""
    folder = tmp_path_factory.mktemp("town")
    workspace = open_workspace(str(folder / "own.duckdb"))
    round_ = make_town(workspace)
    plan = plans.make_plan(workspace, COMMAND_LINE, round_)
    plans.save_plan(workspace, COMMAND_LINE, round_, plan, "First plan")
    workspace.close()
    with started(folder) as running:
        yield running


def press(page: Any, name: str) -> None:
    """Press a button of the page and wait for what follows."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_timeout(300)
    settled(page)


def open_box(page: Any, words: str) -> None:
    """Open the box with these words on it."""
    page.get_by_test_id("stExpander").locator("summary").filter(has_text=words).click()
    page.wait_for_timeout(300)
    settled(page)


def choose(page: Any, label: str, option: str) -> None:
    """Choose from a select box of the page."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def actions_on_the_roadmap(page: Any, server: Server) -> str:
    """What the roadmap's table says."""
    visit(page, f"{server.base}/roadmap?roadmap_view=Table")
    page.get_by_role("table").first.wait_for()
    return str(page.get_by_test_id("stMain").inner_text())


def test_a_new_target_changes_the_plan_and_with_it_the_roadmap(server, page):
    before = actions_on_the_roadmap(page, server)
    visit(page, f"{server.base}/{TARGET}")
    choose(page, "Level to reach", "3 Learning")
    page.get_by_role("textbox", name="Reason").fill("A promise to residents")
    page.get_by_role("button", name="Save target").click()
    page.get_by_text("Set by Local administrator").wait_for()
    visit(page, f"{server.base}/plan?part=again")
    press(page, "Show what changes")
    enters = page.get_by_role("table", name="Enters: actions of the new plan against the current one")
    enters.wait_for()
    titles = [each.split(" (")[0] for each in enters.get_by_role("rowheader").all_inner_texts()]
    assert titles
    assert not all(title in before for title in titles)
    page.get_by_role("textbox", name="Name of the plan version").fill("After the promise")
    press(page, "Save as a new version")
    page.get_by_text("Saved “After the promise”").wait_for()
    page.get_by_role("table", name="Actions of phase 1, Foundations").wait_for()
    after = actions_on_the_roadmap(page, server)
    assert all(title in after for title in titles)
    visit(page, f"{server.base}/plan?plan=First+plan")
    page.get_by_text("it can be read, not changed").wait_for()
    assert page.troubles == []


def test_an_edit_is_there_after_a_reload(server, page):
    visit(page, f"{server.base}/plan")
    page.get_by_role("combobox", name="Open an action").click()
    page.get_by_role("option").first.click()
    page.get_by_role("table", name="About this action").wait_for()
    settled(page)
    assert "action=" in page.url
    open_box(page, "Change this action")
    page.get_by_role("textbox", name="Title").fill("A title of our own")
    page.get_by_role("combobox", name="Informed").press_sequentially("Mayor", delay=15)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    settled(page)
    press(page, "Save")
    page.get_by_text("Saved").first.wait_for()
    page.reload()
    page.get_by_role("heading", name="A title of our own").wait_for()
    page.get_by_role("table", name="About this action").get_by_text("Mayor").wait_for()
    assert page.troubles == []


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_accessible_and_nothing_scrolls_sideways(server, any_page, part):
    visit(any_page, f"{server.base}/plan?part={part}")
    if part == "actions":
        any_page.get_by_role("table", name="Actions of phase 1, Foundations").wait_for()
    if part == "forecast":
        any_page.get_by_role("heading", name="Expected level").wait_for()
        settled(any_page)
    assert violations(any_page) == []
    wide = any_page.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
    )
    assert wide <= 0 or part in PICTURES  # a chart keeps its width where the browser does not say that it is a phone
    assert any_page.troubles == []
