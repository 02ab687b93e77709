"""A round from draft to seal in a real browser, the board while it is open, and axe on what stands on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.assessment.terms import RoundTerms
from maturity.operations import answers, people, rounds, setup
from maturity.operations.workspace import Workspace, open_workspace

from .axe import violations
from .conftest import Server, settled, started, visit


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a town whose people were invited: one has sent, one has begun, one has not."""
    folder = tmp_path_factory.mktemp("town")
    store = open_workspace(str(folder / "own.duckdb"))
    fill(store)
    store.close()
    with started(folder) as running:
        yield running


def fill(store: Workspace) -> None:
    """An open round that people answer, and a draft that the first test takes to its end."""
    departments = setup.departments_from_lines("Parks and green spaces; 10\nHousing; 30")
    setup.create_organisation(store, LOCAL_ADMINISTRATOR, "Small Town", departments)
    everybody = [
        people.add_person(store, LOCAL_ADMINISTRATOR, name, f"{name}@town.example".lower(), "respondent", department)
        for name, department in (
            ("Ann", "parks-and-green-spaces"),
            ("Bob", "parks-and-green-spaces"),
            ("Dee", "housing"),
        )
    ]
    made = rounds.create_round(store, LOCAL_ADMINISTRATOR, "Spring", "city-data-maturity")
    made = rounds.open_round(store, LOCAL_ADMINISTRATOR, made)
    for person in everybody[:2]:
        grants = (Grant(role="respondent", department="parks-and-green-spaces"),)
        visitor = Visitor(person=str(person.id), name=person.name, grants=grants)
        one = answers.start(store, visitor, made, "parks-and-green-spaces", "front-line")
        question = next(iter(made.framework.questions))
        answers.save_answer(store, visitor, made, one, Answer(question=question, state="level", level=2))
        if person is everybody[0]:
            answers.send(store, visitor, made, one)
    rounds.create_round(store, LOCAL_ADMINISTRATOR, "Autumn", "city-data-maturity", terms=RoundTerms(lead_days=0))


def press(page: Any, label: str) -> None:
    page.get_by_role("button", name=label).first.click()
    settled(page)


def test_the_board_names_who_is_missing_and_fits_every_screen(server: Server, any_page: Any) -> None:
    visit(any_page, f"{server.base}/board?board_round=Spring")
    any_page.get_by_text("1 of 3 people invited has sent answers, 1 more has started.").wait_for()
    any_page.get_by_text("Who is missing: 2 people").click()
    any_page.get_by_role("cell", name="Bob").wait_for()
    settled(any_page)
    assert violations(any_page) == []
    width, screen = any_page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= screen
    link = any_page.get_by_role("link", name="Open in your mail program").get_attribute("href")
    assert link.startswith("mailto:?bcc=bob@town.example,dee@town.example&subject=Spring")
    assert any_page.troubles == []


def test_a_round_goes_from_draft_to_seal_and_back(server: Server, page: Any) -> None:
    visit(page, f"{server.base}/rounds")
    page.get_by_text("Opening it invites 3 people.").wait_for()
    press(page, "Open Autumn")
    page.get_by_role("button", name="Close Autumn").click()
    page.get_by_text("Nobody has sent answers yet, so there will be no scores.").wait_for()
    assert violations(page) == []
    press(page, "Close the round")
    page.get_by_role("button", name="Sign off Autumn").click()
    press(page, "Sign off the round")
    page.get_by_text("Signed off by Local administrator on").wait_for()
    page.get_by_role("button", name="Reopen Autumn").click()
    page.get_by_label("Why is it reopened?").fill("Housing was away")
    page.get_by_label("Why is it reopened?").press("Tab")
    settled(page)
    press(page, "Reopen the round")
    page.get_by_role("button", name="Close Autumn").wait_for()
    assert page.troubles == []


def test_the_forms_of_a_round_pass_axe(server: Server, any_page: Any) -> None:
    visit(any_page, f"{server.base}/rounds")
    any_page.get_by_text("Change this round").first.click()
    any_page.get_by_role("button", name="Save the round").wait_for()
    settled(any_page)
    assert violations(any_page) == []
    any_page.get_by_role("tab", name="New round").click()
    any_page.get_by_text("it is thrown away when the round closes").wait_for()
    settled(any_page)
    assert violations(any_page) == []
