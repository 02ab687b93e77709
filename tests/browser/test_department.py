"""The head of a department in a browser: the result seen early, and a reply that stands wherever the result does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.assessment.terms import RoundTerms
from maturity.operations.demo import build_demo
from maturity.operations.rounds import find_round
from maturity.operations.workspace import open_workspace
from maturity.storage.terms import save_terms

from .axe import violations
from .conftest import PHONE, Server, settled, started, visit

HELD = 400
"""Working days that the demo's last round is held back: it closed some weeks ago."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the small demo, whose last round is with the heads of department."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "demo.duckdb"))
    build_demo(workspace, "small", datetime.now(UTC).date())
    round_ = find_round(workspace, COMMAND_LINE)
    workspace.store.write(save_terms, round_.id, RoundTerms(lead_days=HELD))
    workspace.close()
    with started(folder) as running:
        yield running


def see_as(page: Any, role: str) -> None:
    """Look at the page as somebody else does. The list is long: it is narrowed by what is typed."""
    box = page.get_by_role("combobox", name="See it as")
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # a list that is open while the sidebar still moves closes again
    box.click()
    box.fill(role)
    page.get_by_role("option").first.wait_for()
    box.press("Enter")
    settled(page)


def wider(page: Any) -> int:
    """By how many pixels the page is wider than its screen."""
    return int(
        page.evaluate(
            "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
        )
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_reply_is_written_and_stands_beside_the_result(server, open_browser, scheme):
    page = open_browser(scheme=scheme)
    visit(page, f"{server.base}/department?store=demo")
    see_as(page, "Head of Housing")
    page.get_by_role("heading", name="My department", level=1).wait_for()
    page.get_by_text("only you and those who run the assessment see this result").wait_for()
    page.get_by_text("Talk about").first.wait_for()
    # Written and saved by one click, without leaving the field first.
    page.get_by_role("textbox", name="Your reply").fill(f"We know, in the {scheme}.")
    page.get_by_role("button", name="Save the").click()
    page.get_by_text("Saved ").first.wait_for()
    assert violations(page) == []
    see_as(page, "Chief Data Officer")
    page.get_by_role("link", name="Results", exact=True).click()
    page.get_by_role("heading", name="Replies of heads of department").wait_for()
    page.get_by_text(f"We know, in the {scheme}.").wait_for()
    settled(page)
    assert violations(page) == []
    see_as(page, "Leadership")
    page.get_by_text("are with the heads of department until").first.wait_for()
    settled(page)
    page.get_by_text(f"We know, in the {scheme}.").wait_for(state="detached")
    assert page.troubles == []


def test_it_fits_a_phone(server, open_browser):
    page = open_browser(PHONE)
    visit(page, f"{server.base}/department?store=demo")
    page.get_by_role("columnheader", name="Answers").wait_for()
    settled(page)
    assert "Question|Answers|Agreement" in "|".join(page.get_by_role("columnheader").all_inner_texts())
    assert wider(page) <= 0
    assert violations(page) == []
    assert page.troubles == []
