"""Answering in a real browser: nothing is lost by a reload, a quick tap, a second tab or a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.operations import rounds, setup
from maturity.operations.frameworks import shipped_frameworks
from maturity.operations.workspace import Workspace, open_workspace

from .axe import violations
from .conftest import LAPTOP, PHONE, Server, settled, started, visit

ASKED = "questionnaire?department=parks&round=Spring"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose store holds a town with an open round; the store is filled before the server holds it."""
    folder = tmp_path_factory.mktemp("town")
    store = open_workspace(str(folder / "own.duckdb"))
    fill(store)
    store.close()
    with started(folder) as running:
        yield running


def fill(store: Workspace) -> None:
    """Two departments and an open round on the city's framework."""
    departments = setup.departments_from_lines("Parks; 10\nHousing; 30")
    setup.create_organisation(store, LOCAL_ADMINISTRATOR, "Small Town", departments)
    made = rounds.create_round(store, LOCAL_ADMINISTRATOR, "Spring", "city-data-maturity")
    rounds.open_round(store, LOCAL_ADMINISTRATOR, made)


def question(number: int) -> str:
    """The id of a question of the city's framework by its number."""
    city = next(each for each in shipped_frameworks() if each.id == "city-data-maturity")
    return list(city.questions)[number - 1]


def choose(page: Any, level: str) -> None:
    """Choose an answer and wait until the page says that it is saved."""
    page.get_by_text(level).click()
    page.get_by_text(re.compile(r"Saved \d\d:\d\d")).first.wait_for()
    settled(page)


def beside(page: Any) -> None:
    """Open the box beside an answer."""
    page.get_by_text("Evidence, confidence and comment").click()
    page.get_by_label("Comment", exact=True).wait_for()
    settled(page)


def on(page: Any, label: str, number: int) -> None:
    """Press a button and wait for the question with that number."""
    page.get_by_role("button", name=label, exact=True).click()
    page.get_by_role("heading", name=re.compile(f"^{number}\\.")).wait_for()
    settled(page)


def test_a_topic_is_answered_and_a_reload_loses_nothing(server: Server, page: Any) -> None:
    visit(page, f"{server.base}/questionnaire")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Answer the first question").click()
    page.get_by_role("heading", name=re.compile(r"^1\.")).wait_for()
    for number, level in enumerate(("1 Beginning", "2 Emerging", "3 Learning"), start=1):
        choose(page, level)
        on(page, "Next", number + 1)
    choose(page, "4 Developing")
    page.reload()
    page.get_by_role("heading", name=re.compile(r"^4\.")).wait_for()
    settled(page)
    assert page.get_by_role("radio", name=re.compile("^4 Developing")).is_checked()
    for number, level in ((3, "3 Learning"), (2, "2 Emerging"), (1, "1 Beginning")):
        on(page, "Back", number)
        assert page.get_by_role("radio", name=re.compile(f"^{level}")).is_checked()
    page.get_by_role("button", name="Back", exact=True).click()
    page.get_by_text("Completed").wait_for()
    page.get_by_text("4 of 39 questions answered").wait_for()
    assert page.troubles == []


def test_a_text_survives_a_quick_tap_on_next(server: Server, page: Any) -> None:
    visit(page, f"{server.base}/{ASKED}&q={question(5)}")
    choose(page, "2 Emerging")
    beside(page)
    comment = page.get_by_label("Comment", exact=True)
    comment.fill("Written in a hurry")
    on(page, "Next", 6)
    on(page, "Back", 5)
    page.get_by_text("with a comment").wait_for()
    page.reload()
    page.get_by_text("with a comment").wait_for()
    settled(page)
    beside(page)
    assert comment.input_value() == "Written in a hurry"
    comment.fill("")
    comment.blur()
    page.get_by_text("The earlier text is kept").wait_for()
    settled(page)
    assert comment.input_value() == "Written in a hurry"


def test_the_box_beside_an_answer_stays_open_while_it_is_filled(server: Server, page: Any) -> None:
    visit(page, f"{server.base}/{ASKED}&q={question(9)}")
    choose(page, "2 Emerging")
    beside(page)
    page.get_by_role("radio", name="4", exact=True).check(force=True)
    settled(page)
    note = page.get_by_label(re.compile("^What shows that this holds"))
    note.fill("The list of data sets")
    note.blur()
    page.get_by_text("with evidence").wait_for()
    settled(page)
    page.get_by_label("Comment", exact=True).wait_for()
    assert note.input_value() == "The list of data sets"


def test_in_two_tabs_the_last_answer_wins(server: Server, open_browser: Any) -> None:
    one, two = open_browser(), open_browser()
    address = f"{server.base}/{ASKED}&q={question(10)}"
    visit(one, address)
    visit(two, address)
    choose(one, "1 Beginning")
    choose(two, "5 Mastering")
    visit(one, address)
    assert one.get_by_role("radio", name=re.compile("^5 Mastering")).is_checked()


def test_the_browsers_back_goes_to_the_question_before(server: Server, page: Any) -> None:
    visit(page, f"{server.base}/{ASKED}&q={question(13)}")
    on(page, "Next", 14)
    page.go_back()
    page.get_by_role("heading", name=re.compile(r"^13\.")).wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_every_step_is_accessible_and_fits(
    server: Server, open_browser: Any, size: tuple[int, int], scheme: str
) -> None:
    page = open_browser(size, scheme)
    places = ("", f"&q={question(1)}", "&topic=data-direction&step=end", "&step=check")
    for place in places:
        visit(page, f"{server.base}/{ASKED}{place}")
        assert violations(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], place
    assert page.troubles == []
