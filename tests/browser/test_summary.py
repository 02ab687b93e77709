"""The leadership summary on one screen: what a leader sees at 1366 by 768 without moving it, and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from maturity.access.roles import COMMAND_LINE as ADMIN
from maturity.operations import saved_plans
from maturity.operations.decisions import ask_decision
from maturity.operations.demo import build_demo
from maturity.operations.setup import organisations, set_departments
from maturity.operations.workspace import open_workspace
from maturity.roadmap.decisions import Option

from .axe import violations
from .conftest import Server, settled, started, visit

REACH = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const last = document.querySelector('.st-key-summary').getBoundingClientRect().bottom;
  return [main.scrollHeight, main.clientHeight, last];
}"""


MANY = """() => {
  const heat = document.querySelector('.wm-heat'), body = heat.querySelector('tbody'), rows = [...body.children];
  while (body.children.length < 200) body.append(rows[body.children.length % rows.length].cloneNode(true));
  heat.classList.add('moves');
  heat.tabIndex = 0;
}"""
LONG = "Directorate for the registers of addresses, people and buildings, and for all services built on them "
SEEN = """() => {
  const edge = document.querySelector('.wm-heat').getBoundingClientRect();
  return [...document.querySelectorAll('.wm-heat tbody tr')].map(row => {
    const place = row.getBoundingClientRect(), name = row.querySelector('th');
    return [place.bottom <= edge.bottom + 1, place.height, name.scrollWidth <= name.clientWidth];
  });
}"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo city with long names and more decisions than fit, each with a long question."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "demo.duckdb"))
    build_demo(workspace, "city", date(2026, 11, 22))
    city = organisations(workspace, ADMIN)[0]
    name = city.name
    names = [f"{number} {LONG * 3}"[: 40 + 23 * number] for number in range(len(city.departments))]
    names[3:5] = ["Q" * 300, "<b>דיגיטל</b> 🌊 & Übersee"]
    renamed = [replace(each, name=called) for each, called in zip(city.departments, names, strict=True)]
    set_departments(workspace, ADMIN, renamed)
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


def test_every_department_is_seen_whole_whatever_its_name(server, page):
    """Twelve departments with names of 40 to 300 characters: no row is cut, none is higher than the others."""
    visit(page, f"{server.base}/summary?store=demo")
    page.locator(".wm-heat table").wait_for()
    settled(page)
    rows = page.evaluate(SEEN)
    assert len(rows) == 12 and all(inside and fits for inside, _, fits in rows)
    assert max(height for _, height, _ in rows) - min(height for _, height, _ in rows) < 1
    head = page.locator(".wm-heat tbody th").nth(3)
    assert head.get_attribute("title") == head.inner_text() == "Q" * 300


def test_more_departments_than_fit_move_in_their_table(server, page):
    """The page of 200 departments, as the table's own style makes it: the table moves, the page does not."""
    page.set_viewport_size({"width": 1366, "height": 768})
    visit(page, f"{server.base}/summary?store=demo")
    page.locator(".wm-heat table").wait_for()
    settled(page)
    page.evaluate(MANY)
    whole, room, last = page.evaluate(REACH)
    assert last <= 768 and whole <= room + 1
    heat = page.locator(".wm-heat")
    heat.focus()
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('.wm-heat').scrollTop > 1000")
    top = page.locator(".wm-heat thead th").first.bounding_box()
    assert top and abs(top["y"] - heat.bounding_box()["y"]) < 3  # the names of dimensions stay


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
