"""Two members and their partnership in a browser, and one person's own data: given, seen, signed out everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.operations import partnership, people
from maturity.operations.frameworks import import_framework
from maturity.operations.links import make_link
from maturity.operations.setup import Department, create_organisation
from maturity.operations.workspace import open_workspace
from tests.assessment.small import framework
from tests.operations.test_partnership import held

from .axe import violations
from .conftest import Server, settled, started, visit


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a partnership of two, a closed round in each, and a person with a personal link."""
    folder = tmp_path_factory.mktemp("server")
    fill(folder)
    with started(folder) as running:
        yield running


def fill(folder: Path) -> None:
    workspace = open_workspace(str(folder / "own.duckdb"))
    import_framework(workspace, COMMAND_LINE, framework())
    departments = [Department(code="x", name="Works"), Department(code="y", name="Parks")]
    made = {name: create_organisation(workspace, COMMAND_LINE, name, departments) for name in ("Ring", "Ash", "Birch")}
    partnership.set_members(workspace, COMMAND_LINE, made["Ring"].id, [made["Ash"].id, made["Birch"].id])
    for name, level in (("Ash", 2), ("Birch", 4)):
        held(workspace, made[name], level=level)
    shown = partnership.preview(workspace, COMMAND_LINE, "R1", "Birch")
    partnership.give_result(workspace, COMMAND_LINE, "R1", made["Ring"].id, shown, "Birch")
    person = people.add_person(
        workspace, COMMAND_LINE, "Ann Able", "ann@ash.example", "respondent", "x", organisation="Ash"
    )
    tokens = [make_link(workspace, COMMAND_LINE, person.id).token for _ in range(2)]
    (folder / "tokens").write_text("\n".join(tokens), encoding="utf-8")
    (folder / "ids").write_text("\n".join(f"{name} {each.id}" for name, each in made.items()), encoding="utf-8")
    workspace.close()


def place(server: Server, name: str) -> str:
    ids = dict(line.split() for line in (server.folder / "ids").read_text(encoding="utf-8").splitlines())
    return f"{server.base}/partnership?organisation={ids[name]}"


def test_a_result_is_given_and_stands_beside_the_others(server, any_page):
    visit(any_page, place(server, "Ash"))
    any_page.get_by_role("button", name="Give this to Ring").click()
    any_page.get_by_text("Ring has the result of R1 now.").wait_for()
    settled(any_page)
    assert violations(any_page) == []
    visit(any_page, place(server, "Ring"))
    any_page.get_by_text("The partners, in the order in which they were set up: Ash and Birch.").wait_for()
    any_page.wait_for_timeout(1500)  # the chart is drawn after the run is over
    rows = any_page.get_by_test_id("stTable").first.get_by_role("row")
    assert [rows.nth(at).get_by_role("cell").first.inner_text() for at in (1, 2)] == ["Ash", "Birch"]
    assert any_page.get_by_text("Works", exact=True).count() == 0  # and not the menu's "Workshops"
    assert violations(any_page) == []
    width, screen = any_page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= screen
    assert any_page.troubles == []


def test_whoever_signs_out_everywhere_is_out_in_every_browser(server, open_browser):
    token = (server.folder / "tokens").read_text(encoding="utf-8").split()[0]
    first, second = open_browser(), open_browser((390, 844), "dark")
    for page in (first, second):
        page.goto(f"{server.base}/i/{token}")
        page.get_by_role("button", name="Go on to Waymark").click()
        page.get_by_role("heading", level=1).first.wait_for()
        visit(page, f"{server.base}/my_data")
        assert page.get_by_role("heading", level=1).inner_text() == "My data"
        assert violations(page) == []
    with first.expect_download() as download:
        first.get_by_role("button", name="Download all of it").click()
    assert download.value.suggested_filename.startswith("my-data-")
    first.get_by_role("button", name="Sign out everywhere…").click()
    first.wait_for_timeout(500)
    assert violations(first) == []
    first.get_by_role("button", name="Sign out everywhere", exact=True).click()
    first.get_by_role("heading", name="Sign in").wait_for()
    visit(second, f"{server.base}/my_data")
    assert second.get_by_role("heading", level=1).inner_text() == "Sign in"
