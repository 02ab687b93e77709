"""Signing in as people do it: at a provider, by a personal link, on two devices, and out at the next click."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from maturity.access.roles import COMMAND_LINE
from maturity.operations import links, people, rounds, setup
from maturity.operations.workspace import open_workspace

from .axe import violations
from .conftest import ELSEWHERE, Server, free_port, settled, started, visit

BUTTON = "Go on to Waymark"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """An OpenID provider of the test's own, with three accounts."""
    mock = pytest.importorskip("oidc_provider_mock", reason="the package oidc-provider-mock is not installed")
    accounts = [
        mock.User(sub="boss", claims={"email": "bo@town.example", "email_verified": True, "name": "Bo"}),
        mock.User(sub="rob", claims={"email": "rob@town.example", "email_verified": True, "name": "Rob"}),
        mock.User(sub="eve", claims={"email": "eve@else.example", "email_verified": True, "name": "Eve"}),
    ]
    with mock.run_server_in_thread(user_claims=accounts) as running:
        yield f"http://127.0.0.1:{running.server_port}"


def make_town(folder: Path) -> dict[str, str]:
    """Town with an open round and three people; the paths of their personal links by name."""
    workspace = open_workspace(str(folder / "own.duckdb"))
    setup.create_organisation(workspace, COMMAND_LINE, "Town", setup.departments_from_lines("Parks\nRoads"))
    made = rounds.create_round(workspace, COMMAND_LINE, "Spring", "city-data-maturity", track="short")
    rounds.open_round(workspace, COMMAND_LINE, made)
    bo = people.add_person(workspace, COMMAND_LINE, "Bo", "bo@town.example", "administrator", installation=True)
    rob = people.add_person(workspace, COMMAND_LINE, "Rob", "rob@town.example", "respondent", "parks")
    paths = {each.name: links.make_link(workspace, COMMAND_LINE, each.id).path for each in (bo, rob)}
    workspace.close()
    return paths


@pytest.fixture(scope="module")
def with_provider(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that people sign in to at the provider."""
    folder = tmp_path_factory.mktemp("provider")
    make_town(folder)
    port = free_port()
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "only-for-this-test-0123456789abcdef"
client_id = "waymark"
client_secret = "only-for-this-test"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
    )
    with started(folder, port=port, STREAMLIT_SECRETS_FILES=str(secrets)) as running:
        yield running


@pytest.fixture(scope="module")
def with_links(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server without a provider, and the links that people were given."""
    folder = tmp_path_factory.mktemp("links")
    paths = make_town(folder)
    with started(folder) as running:
        yield running, paths


def heading(page: Any) -> str:
    """The page's own heading."""
    return str(page.get_by_role("heading", level=1).first.inner_text())


def at_the_provider(page: Any, account: str) -> None:
    """What one does at the provider."""
    page.get_by_role("link", name="Sign in").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.locator("input[name=sub]").fill(account)
    page.get_by_role("button", name="Authorize").click()


def by_link(page: Any, server: Server, path: str) -> None:
    """Open a personal link and press its button."""
    page.goto(server.base + path)
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("heading", level=1).first.wait_for()
    settled(page)


def test_a_sign_in_comes_back_to_the_page_that_was_asked_for(with_provider, page):
    visit(page, f"{with_provider.base}/questionnaire?round=Spring&department=parks")
    assert heading(page) == "Sign in"
    assert violations(page) == []
    at_the_provider(page, "rob")
    page.get_by_text("Signed in as Rob").wait_for()
    settled(page)
    assert "department=parks" in page.url
    assert heading(page) != "Sign in"
    visit(page, f"{with_provider.base}/administration")
    page.get_by_text("Rob may not administer Waymark.").wait_for()
    assert page.troubles == []


def test_signing_out_signs_out_at_the_provider_too(with_provider, page):
    visit(page, with_provider.base)
    at_the_provider(page, "boss")
    page.get_by_text("Signed in as Bo").wait_for()
    settled(page)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/oauth2/end_session**")
    visit(page, with_provider.base)
    assert heading(page) == "Sign in"


def test_whom_the_provider_knows_and_we_do_not_gets_nothing(with_provider, page):
    visit(page, f"{with_provider.base}/results")
    at_the_provider(page, "eve")
    page.get_by_role("heading", name="You have no role here yet").wait_for()
    assert page.get_by_role("navigation").count() == 0


def test_the_way_back_from_the_provider_leads_to_no_other_server(with_provider, page):
    page.goto(f"{with_provider.base}/login?next={quote('//evil.example/', safe='')}")
    page.locator("input[name=sub]").fill("rob")
    page.get_by_role("button", name="Authorize").click()
    page.get_by_text("Signed in as Rob").wait_for()
    assert page.url.startswith(with_provider.base)


def test_a_personal_link_on_a_phone_and_on_a_laptop_and_out_at_the_next_click(with_links, phone, page, open_browser):
    server, paths = with_links
    visit(phone, f"{server.base}/questionnaire")
    assert heading(phone) == "Sign in"
    phone.goto(server.base + paths["Rob"])
    assert violations(phone) == []
    by_link(phone, server, paths["Rob"])
    by_link(page, server, paths["Rob"])
    assert heading(phone) != "Sign in"
    assert phone.evaluate("document.cookie").find("waymark_session") == -1

    boss = open_browser()
    by_link(boss, server, paths["Bo"])
    boss.get_by_text("Signed in as Bo").wait_for()
    phone.get_by_role("button", name="Start", exact=True).click()
    phone.get_by_role("button", name="Answer the first question").click()
    phone.locator('[data-testid="stRadioOption"]').nth(1).tap()
    phone.get_by_text("Saved ").first.wait_for()
    revoke(server, boss)
    phone.locator('[data-testid="stRadioOption"]').nth(2).tap()
    page.get_by_role("link", name="Words and numbers explained").click()
    for mine in (phone, page):
        mine.get_by_role("heading", name="Sign in").wait_for()
        mine.get_by_text("your link has expired or was taken back").wait_for()
    phone.goto(server.base + paths["Rob"])
    phone.get_by_text("This link was taken back. Ask the data team for a new one.").wait_for()
    assert violations(phone) == []


def test_under_another_name_only_a_link_lets_in_and_nobody_is_local(with_links, page, open_browser):
    server, paths = with_links
    elsewhere = f"http://{ELSEWHERE}:{server.port}"
    visit(page, f"{elsewhere}/administration")
    assert heading(page) == "Sign in"
    assert page.get_by_text("stop Waymark, have the command line").count() == 0
    page.goto(elsewhere + paths["Bo"])
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_text("Signed in as Bo").wait_for()
    visit(page, f"{elsewhere}/administration")
    assert heading(page) == "Administration"


def revoke(server: Server, boss: Any) -> None:
    """The administrator takes Rob's links back on the People page."""
    visit(boss, f"{server.base}/people")
    boss.get_by_role("combobox", name="Open a person").click()
    boss.get_by_role("option", name="Rob").click()
    settled(boss)
    boss.get_by_role("button", name="Take back").first.click()
    boss.get_by_role("button", name="Take them back").click()
    settled(boss)


def test_a_link_opened_by_a_scanner_lets_nobody_in(with_links, page):
    server, paths = with_links
    for _ in range(3):
        assert page.request.get(server.base + paths["Bo"]).status == 200
    visit(page, f"{server.base}/administration")
    assert heading(page) == "Sign in"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_links_page_reads_on_the_smallest_screen(with_links, open_browser, scheme):
    server, paths = with_links
    small = open_browser((320, 640), scheme)
    small.goto(server.base + paths["Bo"])
    assert violations(small) == []
    assert small.evaluate("document.documentElement.scrollWidth") <= 320
    small.keyboard.press("Tab")
    assert small.evaluate("document.activeElement.textContent") == BUTTON
    small.goto(server.base + "/i/AAAAAAAAAAAAAAAAAAAAAA")
    assert violations(small) == []
    assert small.get_by_role("heading", level=1).inner_text() == "This link does not open Waymark"
