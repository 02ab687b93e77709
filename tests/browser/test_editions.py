"""Public roadmap in a browser: what came of a click stands where it was, and two quick clicks do one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.operations import edition_approval, edition_drafting, plan_making, plan_versions
from maturity.operations.edition_drafting import EditionChoices
from maturity.operations.workspace import open_workspace
from tests.operations.city import LEADER, make_town

from .axe import violations
from .conftest import Server, settled, started, visit
from .test_readers import sign_off_one

DRAFTS = ("Older", "Newer")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An approved plan, two drafts that lack something, and an edition that somebody else has proposed."""
    folder = tmp_path_factory.mktemp("editions")
    workspace = open_workspace(str(folder / "own.duckdb"))
    plan_making.replan(workspace, COMMAND_LINE, make_town(workspace), "First plan", iterations=1)
    sign_off_one(workspace)
    version = plan_versions.propose_version(workspace, COMMAND_LINE, "Spring", "the first that we can keep")
    plan_versions.approve_version(workspace, LEADER, version.id)
    chosen = EditionChoices(everything=True, fields=("dates",), contact="data@town.example")
    for name in DRAFTS:
        edition_drafting.start_edition(workspace, COMMAND_LINE, name, choices=chosen)
    due = workspace.clock().date().replace(year=workspace.clock().year + 1, day=1)
    whole = chosen.model_copy(update={"next_update_on": due})
    made = edition_drafting.start_edition(workspace, COMMAND_LINE, "Proposed", choices=whole)
    edition_approval.propose_edition(workspace, COMMAND_LINE, made.id, made.row_version)
    workspace.close()
    with started(folder) as running:
        yield running


def card(page: Any, name: str) -> Any:
    """The part of the page of one edition. Not by role: an open list hides all else from roles."""
    return page.locator('[class*="st-key-card-"]').filter(has=page.locator("h2", has_text=name))


def refusals(page: Any) -> list[str]:
    """What stands on the page as refused."""
    return [each for each in page.get_by_test_id("stAlertContentError").all_inner_texts() if each]


def twice(page: Any, place: Any, name: str) -> None:
    """Press a button by two quick clicks and wait for what follows."""
    place.get_by_role("button", name=name, exact=True).dblclick()
    page.wait_for_timeout(600)
    settled(page)


def test_a_refusal_stands_below_its_button_and_closes_no_list(server, page):
    visit(page, f"{server.base}/editions")
    older = card(page, "Older")
    button = older.get_by_role("button", name="Propose it")
    button.click()
    heading = older.get_by_role("heading", name="What is in it")
    heading.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    fields = older.get_by_role("combobox", name="Fields that residents see").element_handle()
    fields.click()
    page.get_by_role("option").first.wait_for()
    before = fields.bounding_box()
    said = older.get_by_text("1 check stops this edition")
    said.wait_for()
    settled(page)
    page.wait_for_timeout(500)
    assert fields.bounding_box() == before and page.get_by_role("option").first.is_visible()
    page.keyboard.press("Escape")
    assert len(refusals(page)) == 1
    said.scroll_into_view_if_needed()
    gap = said.bounding_box()["y"] - button.bounding_box()["y"]
    assert 0 < gap < 150, "beside the button that was pressed"

    older.get_by_role("link", name="Mend it").first.click()
    page.wait_for_timeout(1000)
    assert 0 <= heading.bounding_box()["y"] < page.viewport_size["height"], "the draft whose finding it is"
    assert violations(page) == [] and page.troubles == []


def test_two_clicks_start_one_draft(server, page):
    visit(page, f"{server.base}/editions")
    page.get_by_label("Name of the edition").fill("Twice")
    twice(page, page, "Start a draft")
    page.get_by_role("link", name="Choose what is in it").wait_for()
    assert page.get_by_role("heading", name="Twice", level=2).count() == 1
    assert refusals(page) == []


def test_two_clicks_publish_once_and_withdraw_once(server, page):
    visit(page, f"{server.base}/editions")
    twice(page, card(page, "Proposed"), "Approve and publish it")
    page.get_by_text("Proposed: published.").wait_for()
    published = card(page, "Edition 1: Proposed")
    assert refusals(page) == []
    published.get_by_label("Note, or the reason").fill("A wrong sum")
    published.get_by_label("Note, or the reason").blur()
    settled(page)
    twice(page, published, "Withdraw it")
    published.get_by_text("Proposed: withdrawn.").wait_for()
    assert published.get_by_text("Withdrawn: A wrong sum").count() == 1
    assert refusals(page) == [] and page.troubles == []
