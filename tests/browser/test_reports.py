"""Reports in a browser, as leadership: made once for two clicks, followed, stopped, downloaded, and opened."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from maturity.access.roles import COMMAND_LINE
from maturity.operations.plan_making import replan
from maturity.operations.workspace import open_workspace
from tests.operations.city import make_town

from .axe import violations
from .conftest import Server, settled, started, visit
from .test_department import see_as
from .test_plan_making import STAGE_BY_STAGE, solvers_of, until

UNMADE = {
    (False, False): ("Make the strategy document", "strategy", ".docx"),
    (True, False): ("Make the workbook", "workbook", ".xlsx"),
    (False, True): ("Make the PDF report", "pdf", ".pdf"),
    (True, True): ("make all", "full-set", ".zip"),
}
"""By dark and narrow: a button, the part of the page with its Stop, and how the file ends that no test made before."""


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A small town with a plan; the process that makes reports waits after each step until the file beside is there."""
    folder = tmp_path_factory.mktemp("server")
    workspace = open_workspace(str(folder / "own.duckdb"))
    replan(workspace, COMMAND_LINE, make_town(workspace), "First plan", iterations=1)
    workspace.close()
    gate = folder / "go-on"
    (folder / "sitecustomize.py").write_text(STAGE_BY_STAGE.format(gate=str(gate)), encoding="utf-8")
    with started(folder, PYTHONPATH=str(folder)) as running:
        yield running, gate


@pytest.fixture
def waiting(gated: tuple[Server, Path]) -> tuple[Server, Path]:
    """The same with no file there."""
    gated[1].unlink(missing_ok=True)
    return gated


def as_leadership(page: Any, server: Server) -> None:
    """See the own organisation as its leadership does."""
    visit(page, f"{server.base}/reports")
    see_as(page, "Leadership")
    page.get_by_role("heading", name="Board pack").wait_for()
    settled(page)


def downloaded(page: Any, end: str) -> bytes:
    """The file behind the download whose name ends so."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=end).click()
    assert coming.value.suggested_filename.endswith(end)
    return Path(coming.value.path()).read_bytes()


def stop_of(page: Any, kind: str) -> Any:
    """The button of a card that stops its making; Streamlit has one of that name for its own runs."""
    return page.locator(f".st-key-report-{kind}").get_by_role("button", name="Stop", exact=True)


def headline_of(page: Any, server: Server) -> str:
    """The headline that the leadership page says, numbers and all."""
    visit(page, f"{server.base}/summary")
    said: str = page.locator(".st-key-summary-headline strong").first.inner_text()
    assert any(each.isdigit() for each in said)
    return said


def test_a_leader_makes_the_board_pack_once_and_it_says_what_the_page_says(waiting, page):
    server, gate = waiting
    as_leadership(page, server)
    page.get_by_role("button", name="Make the board pack").dblclick()
    page.get_by_text("drawing").first.wait_for()
    assert stop_of(page, "board-pack").count() == 1
    assert page.get_by_role("checkbox").count() == 0
    gate.touch()
    content = downloaded(page, ".pptx")
    assert page.get_by_role("alert").count() == 0
    slides = Presentation(io.BytesIO(content)).slides
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert headline_of(page, server) in " ".join(texts)
    assert page.troubles == []


def test_a_stakeholder_reads_the_strategy_document_with_its_answers(waiting, page):
    server, gate = waiting
    gate.touch()
    as_leadership(page, server)
    page.get_by_text("With answers and evidence as an appendix").click()
    settled(page)
    page.get_by_role("button", name="Make the strategy document").click()
    read = Document(io.BytesIO(downloaded(page, ".docx")))
    texts = [each.text for each in read.paragraphs]
    assert headline_of(page, server) in " ".join(texts)
    assert any("Appendix" in each for each in texts)


def test_stopping_makes_nothing_and_the_choices_come_back(waiting, page):
    server, _ = waiting
    as_leadership(page, server)
    page.get_by_text("With answers and evidence as an appendix").click()
    page.get_by_role("button", name="Make the workbook").click()
    stop_of(page, "workbook").click()
    page.get_by_text("Stopped. Nothing was kept.").wait_for()
    until(lambda: not solvers_of(server))
    settled(page)
    assert page.get_by_role("checkbox", name="With answers").is_checked()
    assert page.get_by_role("button", name=".xlsx").count() == 0


def test_a_double_click_keeps_the_vision_once_and_says_so(waiting, page):
    from playwright.sync_api import expect  # where it is not installed, `page` has skipped before

    server, _ = waiting
    visit(page, f"{server.base}/administration")
    settled(page)
    vision = page.get_by_label("Vision, which the strategy document opens with")
    vision.fill("Data that serves residents")
    vision.press("Tab")
    settled(page)
    expect(vision).to_have_value("Data that serves residents")
    page.get_by_role("button", name="Save the vision").dblclick()
    page.get_by_text("The vision is saved.").wait_for()
    visit(page, f"{server.base}/administration")
    settled(page)
    expect(vision).to_have_value("Data that serves residents")
    assert page.get_by_role("cell").filter(has_text="set vision").count() == 1
    assert page.troubles == []


def test_nothing_is_wrong_for_assistive_technology(waiting, any_page):
    """Before, during and after; another file each time, because what was made once is there at once."""
    server, gate = waiting
    dark = any_page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")
    button, stop, end = UNMADE[dark, any_page.viewport_size["width"] < 500]
    visit(any_page, f"{server.base}/reports")
    any_page.get_by_role("heading", name="PDF report").wait_for()
    settled(any_page)
    assert violations(any_page) == []
    any_page.get_by_role("button", name=button).click()
    stop_of(any_page, stop).wait_for()
    settled(any_page)
    assert violations(any_page) == []
    gate.touch()
    any_page.get_by_role("button", name=end).wait_for()
    settled(any_page)
    assert violations(any_page) == []
    wide = any_page.evaluate(
        "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
    )
    assert wide <= 0
