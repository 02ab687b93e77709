"""A whole quarter in a browser: approved, three owners report, reviewed, planned again, a new baseline, signed off."""

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
from maturity.operations.workspace import Workspace, now_in_utc, open_workspace
from maturity.planning.catalogue import Kpi
from tests.operations.city import make_town

from .axe import violations
from .conftest import PHONE, Server, settled, started, visit

LATE, DONE, UNSURE = "Map the drains", "List the playgrounds", "Share the bus times"
OWNERS = {LATE: "Ida", DONE: "Bo", UNSURE: "Cem"}
LONG = 240_000
"""Milliseconds that a plan may take on a busy machine."""
SLIPS = 50


@dataclass(frozen=True)
class Town:
    """A server, the paths of personal links by name, and the day on which the late action was to be finished."""

    server: Server
    paths: dict[str, str]
    due: date


def make(folder: Path) -> tuple[dict[str, str], date]:
    """A plan with three running actions of three owners, each accepted and ready to be signed off; one is overdue."""
    workspace = open_workspace(str(folder / "own.duckdb"))
    plan_making.replan(workspace, COMMAND_LINE, make_town(workspace), "First plan", iterations=1)
    day, paths = workspace.clock().date(), {}
    due = day - timedelta(days=12)
    for title, name in OWNERS.items():
        person = people.add_person(workspace, COMMAND_LINE, name, f"{name.lower()}@town.example", "owner")
        run(workspace, title, name, str(person.id), due if title == LATE else day + timedelta(days=30))
        paths[name] = links.make_link(workspace, COMMAND_LINE, person.id).path
    workspace.close()
    return paths, due


def run(workspace: Workspace, title: str, owner: str, person: str, finish: date) -> None:
    """One running action with all that sign-off asks for."""
    begun = workspace.clock().date() - timedelta(days=40)
    kpi = Kpi(name="Done so far", unit="%", baseline=0.0, target=100.0, source="counted by hand", frequency="monthly")
    then = replace(workspace, clock=lambda: now_in_utc() - timedelta(days=33))
    made = plans.add_action(
        then, COMMAND_LINE, title=title, start=begun, finish=finish, owner=owner, deliverable="A list",
        done_when="The council has seen it", kpi=kpi, effort={"data-team": 12.0},
    )  # fmt: skip
    own = edit_action(then, COMMAND_LINE, made.id, 1, owner=owner, owner_person=person)
    me = replace(COMMAND_LINE, person=person, name=owner)
    answer_own_action(then, me, own.id, own.row_version, "accepted")
    report_progress(then, COMMAND_LINE, own.id, own.row_version, 40, begun, confidence=4)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One store and server for the quarter."""
    folder = tmp_path_factory.mktemp("quarter")
    paths, due = make(folder)
    with started(folder) as running:
        yield Town(running, paths, due)


@pytest.fixture
def server(town: Town) -> Server:
    """The server alone, whose log a failed test shows."""
    return town.server


def press(page: Any, name: str, place: Any = None) -> None:
    """Press a button and wait for what follows."""
    (place or page).get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_timeout(400)
    settled(page)


def choose(page: Any, name: str, place: Any = None) -> None:
    """Choose one of several."""
    (place or page).get_by_role("radio", name=name, exact=True).first.click()
    page.wait_for_timeout(400)
    settled(page)


def write(page: Any, label: str, text: str, place: Any = None) -> None:
    """Write into a field and leave it."""
    field = (place or page).get_by_label(label, exact=True).first
    field.fill(text)
    field.blur()
    settled(page)


def write_day(page: Any, label: str, day: date, place: Any = None) -> None:
    """Write a day into the boxes of a date."""
    boxes = (place or page).get_by_test_id("stDateInput").filter(has_text=label).first.get_by_role("spinbutton")
    boxes.first.click()
    page.keyboard.type(f"{day:%d%m%Y}")
    page.keyboard.press("Escape")  # the calendar, which opens over an empty day
    page.get_by_role("heading", level=1).first.click()
    page.wait_for_timeout(400)
    settled(page)


def open_box(page: Any, words: str) -> None:
    """Open the box with these words on it."""
    page.get_by_test_id("stExpander").locator("summary").filter(has_text=words).first.click()
    page.wait_for_timeout(400)
    settled(page)


def reporting(open_browser: Any, town: Town, title: str) -> tuple[Any, Any]:
    """The owner's phone with the form of their action open, and its card."""
    phone = open_browser(PHONE)
    come_in(phone, town, title)
    card = card_of(phone, title)
    press(phone, "Report", card)
    return phone, card


def come_in(phone: Any, town: Town, title: str) -> None:
    """The owner of an action comes in by the personal link."""
    phone.goto(town.server.base + town.paths[OWNERS[title]])
    phone.get_by_role("button", name="Go on to Waymark").click()
    phone.get_by_role("heading", level=1, name="My actions").wait_for()
    settled(phone)


def card_of(phone: Any, title: str) -> Any:
    """The card of an action on My actions."""
    heading = phone.get_by_role("heading", name=title, exact=True)
    return phone.locator('[class*="st-key-own-"]').filter(has=heading)


def test_a_whole_quarter(town, open_browser, page):
    base, today = town.server.base, now_in_utc().date()

    visit(page, f"{base}/versions")
    open_box(page, "Propose the plan as it stands")
    write(page, "Name of the version", "Spring")
    write(page, "What is new in it, and why", "The first plan with owners")
    press(page, "Propose it for approval")
    open_box(page, "Approve it")
    press(page, "Approve this version")
    page.get_by_text("Version 1, Spring, is approved").or_(page.get_by_text("is approved")).first.wait_for()

    expected = town.due + timedelta(days=SLIPS)
    phone, card = reporting(open_browser, town, LATE)
    write_day(phone, "Finish expected on", expected, card)
    write(phone, "Why is it later?", "The pump is broken", card)
    press(phone, "Save the report", card)
    card.get_by_text("40%. Saved ").wait_for()
    phone, card = reporting(open_browser, town, DONE)
    choose(phone, "100%", card)
    press(phone, "Save the report", card)
    phone.get_by_text("100%. Saved ").first.wait_for()
    phone, card = reporting(open_browser, town, UNSURE)
    choose(phone, "2", card)
    write(phone, "What made you less sure?", "The supplier does not answer", card)
    press(phone, "Save the report", card)
    card.get_by_text("40%. Saved ").wait_for()
    assert violations(phone) == []

    visit(page, f"{base}/quarter")
    press(page, "Open the review")
    page.get_by_role("heading", name="1 Collect updates").wait_for()
    assert violations(page) == []
    press(page, "Save and go on")
    page.get_by_role("heading", name="2 What changed").wait_for()
    for words in ("The pump is broken", "The supplier does not answer", DONE):
        page.get_by_text(words).first.wait_for()
    assert violations(page) == []
    press(page, "Save and go on")
    press(page, "Save and go on")
    page.get_by_role("heading", name="4 Plan again").wait_for()

    visit(page, f"{base}/plan?part=again")
    press(page, "Show what changes")
    page.get_by_role("textbox", name="Name of the plan version").wait_for(timeout=LONG)
    write(page, "Name of the plan version", "Second plan")
    press(page, "Save as a new version")
    page.get_by_text("Saved “Second plan”").wait_for()
    late_then = late_on_the_summary(page, town)
    visit(page, f"{base}/plan?part=actions&action=added-1")
    open_box(page, "Change this action")
    write_day(page, "Finish", expected)
    write(page, "Why days or owner change", "The pump is broken")
    press(page, "Save")
    page.get_by_text("Saved ").first.wait_for()
    again = open_browser(PHONE)
    come_in(again, town, LATE)
    press(again, "Accept", card_of(again, LATE))
    card_of(again, LATE).get_by_text("accepted. Saved ").wait_for()

    visit(page, f"{base}/quarter")
    choose(page, "4 Plan again")
    page.get_by_text("The plan was made again since this review was opened").wait_for()
    press(page, "Save and go on")
    write(page, "Name of the version", "Summer")
    write(page, "What is new in it, and why", "The drains take longer, and the plan was made again")
    press(page, "Propose this version")
    press(page, "Approve this version")
    page.get_by_text("It is what we are held to from now on").wait_for()
    press(page, "Save and go on")
    write(page, "What is promised, in plain words", "The drains are on the map")
    write(page, "Who keeps it", "Ida")
    write_day(page, "By when", today + timedelta(days=60))
    press(page, "Add the promise")
    page.get_by_text("The promise stands.").wait_for()
    write(page, "Who was there, a line each", "Ida\nBo\nThe mayor")
    write(page, "Decisions, a line each", "We wait for the pump")
    press(page, "Save the minutes")
    press(page, "Save and go on")
    page.get_by_role("heading", name="7 Sign off").wait_for()
    assert violations(page) == []
    write(page, "Name 1", "The mayor")
    write(page, "Role 1", "Mayor")
    press(page, "Sign off the review")
    page.get_by_text("The review is signed off").wait_for()

    assert late_on_the_summary(page, town) == late_then - 1  # it has a new approved day
    visit(page, f"{base}/versions")
    page.get_by_role("tab", name="Compare two").click()
    settled(page)
    pick(page, "Earlier", "Spring")
    pick(page, "Later", "Summer")
    row = page.get_by_role("row").filter(has_text=LATE)
    assert f"{SLIPS} days later" in row.inner_text() and "The pump is broken" in row.inner_text()
    assert violations(page) == []
    assert page.troubles == [] and again.troubles == []


def late_on_the_summary(page: Any, town: Town) -> int:
    """How many actions are late, as the leadership page says it."""
    visit(page, f"{town.server.base}/summary")
    said = page.get_by_text("late and").first.inner_text()
    return int(said.split(" late and")[0].split()[-3])


def pick(page: Any, label: str, words: str) -> None:
    """Choose from a list by some of its words."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option").filter(has_text=words).first.click()
    page.wait_for_timeout(400)
    settled(page)
