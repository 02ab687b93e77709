"""An owner on a phone, in by a personal link: two actions accepted, one reported on, in few taps, seen by all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.operations import links, people, plan_making, plans
from maturity.operations.acceptance import answer_own_action
from maturity.operations.actions import edit_action
from maturity.operations.progress import report_progress
from maturity.operations.workspace import now_in_utc, open_workspace
from tests.operations.city import make_town

from .axe import violations
from .conftest import PHONE, Server, settled, started, visit

TO_ACCEPT = ("Name who decides on data", "Write down who may share what")
RUNNING = "Count the trees"
MOST_TAPS = 14


@dataclass(frozen=True)
class Town:
    """A server, the paths of personal links by name, and the day on which the running action was to be finished."""

    server: Server
    paths: dict[str, str]
    finish: date


def make(folder: Path, running: int = 1) -> tuple[dict[str, str], date]:
    """A plan in which Ida owns two actions to accept and `running` that run, and four links."""
    workspace = open_workspace(str(folder / "own.duckdb"))
    plan_making.replan(workspace, COMMAND_LINE, make_town(workspace), "First plan", iterations=1)
    ida = people.add_person(workspace, COMMAND_LINE, "Ida", "ida@town.example", "owner")
    bo = people.add_person(workspace, COMMAND_LINE, "Bo", "bo@town.example", "administrator", installation=True)
    none = people.add_person(workspace, COMMAND_LINE, "Nils", "nils@town.example", "owner")
    day, earlier = workspace.clock().date(), replace(workspace, clock=lambda: now_in_utc() - timedelta(days=33))
    finish = day + timedelta(days=50)
    for title in (*TO_ACCEPT, *(f"{RUNNING}{f' {number}' if number else ''}" for number in range(running))):
        runs = title.startswith(RUNNING)
        then = earlier if runs else workspace
        made = plans.add_action(
            then, COMMAND_LINE, title=title, start=day - timedelta(days=40 * runs), finish=finish, owner="Ida",
            deliverable="A list that everybody can read", done_when="The council has seen it",
            summary="So that we know what there is.", effort={"data-team": 20.0}, cost=4000.0,
        )  # fmt: skip
        own = edit_action(workspace, COMMAND_LINE, made.id, 1, owner="Ida", owner_person=str(ida.id))
        if runs:
            me = replace(COMMAND_LINE, person=str(ida.id), name="Ida")
            answer_own_action(workspace, me, own.id, own.row_version, "accepted")
            report_progress(earlier, COMMAND_LINE, own.id, 2, 30, day - timedelta(days=38), confidence=4)
    paths = {each.name: links.make_link(workspace, COMMAND_LINE, each.id).path for each in (ida, bo, none)}
    past = replace(workspace, clock=lambda: now_in_utc() - timedelta(days=90))
    paths["expired"] = links.make_link(past, COMMAND_LINE, ida.id, days=30).path
    workspace.close()
    return paths, finish


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One store and server for all tests of the file."""
    folder = tmp_path_factory.mktemp("owners")
    paths, finish = make(folder)
    with started(folder) as running:
        yield Town(running, paths, finish)


class Taps:
    """What somebody does on a phone, counted: a tap, or one entry of text."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def press(self, name: str, place: Any = None) -> None:
        """Tap a button and wait for the answer."""
        self.count += 1
        (place or self.page).get_by_role("button", name=name, exact=True).first.click()
        settled(self.page)

    def choose(self, name: str, place: Any) -> None:
        """Tap one of several choices."""
        self.count += 1
        place.get_by_role("radio", name=name, exact=True).click()
        settled(self.page)

    def enter(self, field: Any, text: str) -> None:
        """Write into a field and leave it."""
        self.count += 1
        field.fill(text)
        field.blur()
        settled(self.page)

    def enter_day(self, place: Any, label: str, day: date) -> None:
        """Write a day into the boxes of a date."""
        self.count += 1
        boxes = place.get_by_test_id("stDateInput").filter(has_text=label).get_by_role("spinbutton")
        boxes.first.click()
        self.page.keyboard.type(f"{day:%d%m%Y}")
        self.page.keyboard.press("Tab")
        settled(self.page)


def come_in(page: Any, town: Town, name: str) -> None:
    """Open a personal link and press its button."""
    page.goto(town.server.base + town.paths[name])
    page.get_by_role("button", name="Go on to Waymark").click()
    page.get_by_role("heading", level=1).first.wait_for()
    settled(page)


def card(page: Any, title: str) -> Any:
    """The card of an action."""
    return page.locator('[class*="st-key-own-"]').filter(has=page.get_by_role("heading", name=title, exact=True))


def test_an_owner_accepts_and_reports_on_a_phone(town, phone, page):
    come_in(phone, town, "Ida")
    taps = Taps(phone)
    taps.count += 1  # the link's own button
    assert phone.get_by_role("heading", level=1).inner_text() == "My actions"
    phone.get_by_text("2 actions wait for your answer, and a report is due on 1 action").wait_for()
    assert violations(phone) == []
    for title in TO_ACCEPT:
        taps.press("Accept", card(phone, title))
        card(phone, title).get_by_text("accepted. Saved ").wait_for()
    assert violations(phone) == []

    mine = card(phone, RUNNING)
    taps.press("Report", mine)
    assert violations(phone) == []
    later = town.finish + timedelta(days=21)
    taps.enter_day(mine, "Finish expected on", later)
    taps.choose("2", mine)
    taps.enter(mine.get_by_label("Why is it later, and what made you less sure?"), "Half the crew is ill")
    assert violations(phone) == []
    taps.press("Save the report", mine)
    mine.get_by_text("30%. Saved ").wait_for()
    assert violations(phone) == []
    assert taps.count <= MOST_TAPS
    width, screen = phone.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= screen

    come_in(page, town, "Bo")
    visit(page, f"{town.server.base}/progress")
    page.get_by_role("radio", name="All (").or_(page.get_by_text("All (", exact=False)).first.click()
    settled(page)
    page.get_by_text(RUNNING, exact=False).first.click()
    settled(page)
    page.get_by_text("Half the crew is ill").first.wait_for()
    assert phone.troubles == [] and page.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_for_everybody(town, open_browser, scheme):
    page = open_browser(PHONE, scheme)
    come_in(page, town, "Ida")
    mine = card(page, RUNNING)
    mine.get_by_text("What it is, and who waits").click()
    settled(page)
    mine.get_by_text("Change my answer").click()
    settled(page)
    assert violations(page) == []
    Taps(page).press("Report", mine)
    Taps(page).choose("100%", mine)
    mine.get_by_label("Where the deliverable can be seen (a link)").wait_for()
    assert violations(page) == []
    assert page.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_in_my_name(town, open_browser, scheme):
    page = open_browser(PHONE, scheme)
    come_in(page, town, "Nils")
    page.get_by_text("No action of the current plan is in your name").wait_for()
    assert violations(page) == []
    for name in ("progress", "plan", "people"):
        visit(page, f"{town.server.base}/{name}")
        page.get_by_role("heading", name="This page is not open to you").wait_for()


def test_links_that_do_not_open_say_what_to_do(town, phone):
    phone.goto(f"{town.server.base}/i/aaaaaaaaaaaaaaaaaaaaaa")
    phone.get_by_text("Check that it is whole, or ask the data team for a new one.").wait_for()
    assert violations(phone) == []
    phone.goto(town.server.base + town.paths["expired"])
    phone.get_by_text("This link has expired. Ask the data team for a new one.").wait_for()
    assert violations(phone) == []
