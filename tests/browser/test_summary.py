"""The leadership summary on one screen: what a leader sees at 1366 by 768 without moving it, and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from maturity.access.roles import COMMAND_LINE as ADMIN
from maturity.operations import saved_plans
from maturity.operations.decisions import ask_decision
from maturity.operations.demo import build_demo
from maturity.operations.setup import organisations
from maturity.operations.workspace import open_workspace
from maturity.roadmap.decisions import Option

from .axe import violations
from .conftest import Server, settled, started, visit

REACH = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const last = document.querySelector('.st-key-summary').getBoundingClientRect().bottom;
  return [main.scrollHeight, main.clientHeight, last];
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo city with long names and more decisions than fit, each with a long question."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "demo.duckdb"))
    build_demo(workspace, "city", date(2026, 11, 22))
    name = organisations(workspace, ADMIN)[0].name
    plan = saved_plans.plan(workspace, ADMIN, "latest", name)
    waiting = [each.code for each in plan.actions if not each.begun_on][:6]
    options = (Option(name="Hire", cost=90_000.0), Option(name="Do nothing"))
    for number, code in enumerate(waiting):
        asked = f"{number}: Shall the two directorates that keep the registers of addresses and of people agree on one"
        ask_decision(
            workspace, ADMIN, f"{asked} owner for both, or go on with two?", options=options, decider="Council",
            codes=[code], organisation=name,
        )  # fmt: skip
    workspace.close()
    with started(folder) as running:
        yield running


def test_a_leader_sees_it_all_without_moving_the_page(server, page):
    page.set_viewport_size({"width": 1366, "height": 768})
    visit(page, f"{server.base}/summary?store=demo")
    page.get_by_role("heading", name="Decisions needed").wait_for()
    settled(page)
    whole, room, last = page.evaluate(REACH)
    assert last <= 768, f"the summary ends at {last:.0f} of 768 pixels"
    assert whole <= room + 1, f"{whole} pixels of page in {room}"
    assert page.get_by_role("link", name="Download reports").is_visible()
    assert page.locator(".wm-heat table").is_visible()
    assert page.get_by_text("decisions in full").is_visible()


def test_every_line_leads_to_why(server, page):
    visit(page, f"{server.base}/summary?store=demo")
    page.get_by_role("link", name="Score 2").click()
    page.get_by_role("heading", name="Results", exact=True).wait_for()


def test_nothing_is_wrong_for_assistive_technology(server, any_page):
    visit(any_page, f"{server.base}/summary?store=demo")
    any_page.get_by_role("heading", name="Decisions needed").wait_for()
    settled(any_page)
    assert violations(any_page) == []


def test_a_department_is_on_one_page(server, any_page):
    visit(any_page, f"{server.base}/profile?store=demo")
    any_page.get_by_role("heading", name="Strengths and gaps").wait_for()
    any_page.get_by_role("heading", name="Reply of its head").wait_for()
    settled(any_page)
    assert violations(any_page) == []
