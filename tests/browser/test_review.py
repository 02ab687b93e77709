"""Review in a browser: every view for everybody, evidence flagged by keyboard, a value recorded and read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR, Grant, Visitor
from maturity.assessment.answers import Answer
from maturity.operations import answers, evidence, reviewing, rounds, setup
from maturity.operations.workspace import Workspace, open_workspace

from .axe import violations
from .conftest import Server, settled, started, visit

VIEWS = {
    "Questions": "What the levels say",
    "Send+back": "Note to the respondent",
    "Self-score+and+review": "Both self",
}
OLD = date(2019, 6, 1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an open round: two departments, evidence of every kind, two reviewed values."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "own.duckdb"))
    fill(workspace)
    workspace.close()
    with started(folder) as running:
        yield running


def fill(workspace: Workspace) -> None:
    setup.create_organisation(workspace, LOCAL_ADMINISTRATOR, "Town", setup.departments_from_lines("Parks\nHousing"))
    made = rounds.create_round(workspace, LOCAL_ADMINISTRATOR, "Spring", "city-data-maturity")
    made = rounds.open_round(workspace, LOCAL_ADMINISTRATOR, made)
    asked = list(made.framework.questions)[:8]
    for department in ("parks", "housing"):
        for name, level in (("Ana Berg", 4), ("Ben Okafor", 5), ("Cleo Tan", 3)):
            grants = (Grant(role="respondent", department=department),)
            visitor = Visitor(person=f"{department}-{name}", name=name, grants=grants)
            me = answers.start(workspace, visitor, made, department, "manager")
            for place, question in enumerate(asked):
                shown = {"evidence_note": "The policy on the intranet", "evidence_strength": 1 + place % 4}
                if place % 2:
                    shown |= {"evidence_link": "https://intranet.example/policy", "evidence_date": OLD}
                given = shown if level != 3 else {"comment": "Depends on the team"}
                said = Answer(question=question, state="level", level=level, **given)  # type: ignore[arg-type]
                answers.save_answer(workspace, visitor, made, me, said)
            if level == 4:
                evidence.attach_file(workspace, visitor, made, me, asked[0], "policy.txt", b"what we do")
            answers.send(workspace, visitor, made, me)
        reviewing.record_review(
            workspace, LOCAL_ADMINISTRATOR, made, department, asked[1], 3, "read through", expected_version=0
        )


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_for_everybody(server: Server, any_page: Any, view: str) -> None:
    visit(any_page, f"{server.base}/review?review_view={view}")
    any_page.get_by_text(VIEWS[view]).first.wait_for()
    any_page.wait_for_timeout(800)
    if view == "Questions":
        any_page.get_by_text("Reviewed value", exact=True).first.click()
        any_page.get_by_text("Save the reviewed value").first.wait_for()
        any_page.get_by_text("What the levels say").first.click()
        settled(any_page)
    assert violations(any_page) == []
    width, screen = any_page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= screen
    assert any_page.troubles == []


def test_evidence_is_flagged_by_keyboard_and_a_value_recorded(server: Server, page: Any) -> None:
    visit(page, f"{server.base}/review?review_department=parks")
    card = page.locator('[class*="st-key-review-"]').filter(has=page.get_by_text("Question 1 ·"))
    card.get_by_role("button", name="Flag as weak…").first.focus()
    page.keyboard.press("Enter")
    reason = page.get_by_role("textbox", name="Why is the evidence of Ana Berg weak?")
    reason.fill("The page was not found")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_role("button", name="Flag the evidence").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Flagged by Local administrator").first.wait_for()
    settled(page)
    card.get_by_text("Reviewed value", exact=True).click()
    card.get_by_text("2 Emerging", exact=False).last.click()
    card.get_by_role("textbox", name="Reason").fill("Two teams only")
    card.get_by_role("button", name="Save the reviewed value").click()
    card.get_by_text("the reviewer's value").wait_for()
    visit(page, f"{server.base}/review?review_department=parks")
    page.get_by_text("Two teams only").first.wait_for()
    page.get_by_text("The page was not found").first.wait_for()
    assert page.troubles == []


def test_a_file_is_downloaded_as_it_was_given(server: Server, page: Any) -> None:
    visit(page, f"{server.base}/review?review_department=housing")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="policy.txt").click()
    assert waiting.value.suggested_filename == "policy.txt"
    assert waiting.value.path().read_bytes() == b"what we do"
