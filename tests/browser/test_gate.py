"""Who gets in, on servers that nobody has asked before. These tests run before every other browser test."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from email.message import Message

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from maturity.ui.navigation import SCREENS

from .axe import violations
from .conftest import Server, settled, visit

FORWARDED = {"X-Forwarded-For": "127.0.0.1"}
STREAM = "/_stcore/stream"


def ask(address: str, headers: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of an answer, good or bad."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {}), timeout=20) as answer:
            return answer.status, answer.read().decode(), lower(answer.headers)
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode(), lower(answer.headers)


def lower(headers: Message) -> dict[str, str]:
    """Headers by their names in lower case."""
    return {name.lower(): value for name, value in headers.items()}


def test_the_first_request_of_all_may_be_a_strangers_deep_link(fresh_server, page):
    fresh: Server = fresh_server()
    status, text, headers = ask(f"{fresh.base}/administration", FORWARDED)
    assert status == 403
    assert "Sign-in is not set up here" in text
    assert "script" not in text
    assert headers["x-content-type-options"] == "nosniff"
    page.set_extra_http_headers(FORWARDED)
    page.goto(f"{fresh.base}/administration")
    page.get_by_role("heading", name="Sign-in is not set up here").wait_for()
    assert violations(page) == []


def test_a_deep_link_on_a_fresh_server_meets_the_permission_check(fresh_server, page, tmp_path):
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(
        '[auth]\nredirect_uri = "http://localhost/oauth2callback"\ncookie_secret = "only-for-this-test"\n'
    )
    fresh: Server = fresh_server(STREAMLIT_SECRETS_FILES=str(secrets))
    visit(page, f"{fresh.base}/administration")
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
    assert page.get_by_role("navigation").count() == 0
    assert page.troubles == []


def test_a_narrowed_role_is_refused_by_the_page(fresh_server, page):
    fresh: Server = fresh_server()
    visit(page, f"{fresh.base}/administration")
    assert page.get_by_role("heading", level=1).inner_text() == SCREENS["administration"].title
    box = page.get_by_role("combobox", name="See it as")
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # a list that is open while the sidebar still moves closes again
    box.click()
    page.get_by_role("option", name="Leadership").click()
    page.get_by_role("heading", name="This page is not open to you").wait_for()
    settled(page)
    page.get_by_text("Leadership may not administer Waymark.").wait_for()
    assert page.get_by_role("link", name="Administration").count() == 0


@pytest.mark.parametrize("headers", [FORWARDED, {"Forwarded": "for=127.0.0.1"}, {"Via": "1.1 proxy"}])
def test_what_was_passed_on_is_refused(server, headers):
    for path in ("/", "/healthz", "/_stcore/host-config", "/questionnaire"):
        assert ask(server.base + path, headers)[0] == 403
    with pytest.raises(InvalidStatus):
        connect(server.base.replace("http", "ws") + STREAM, additional_headers=headers)


@pytest.mark.parametrize("headers", [{"Host": "city.example"}, {"Host": "localhost.city.example:80"}])
def test_a_foreign_name_is_refused(server, headers):
    assert ask(server.base, headers)[0] == 403


def test_a_foreign_page_cannot_open_the_websocket_and_our_own_can(server):
    address = server.base.replace("http", "ws") + STREAM
    with pytest.raises(InvalidStatus):
        connect(address, origin="http://evil.example")
    with connect(address, origin=server.base, subprotocols=["streamlit"]):
        pass


def test_health_is_told_to_this_machine(server):
    status, text, headers = ask(f"{server.base}/healthz")
    assert (status, json.loads(text)) == (200, {"status": "ok"})
    assert "default-src 'self'" in headers["content-security-policy"]


def test_a_store_that_is_none_fails_the_health_check_and_is_explained_on_the_page(fresh_server, tmp_path, page):
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"this is no store, whatever its name says" * 200)
    fresh: Server = fresh_server(healthy=False, WAYMARK_STORE=str(broken))
    status, text, _ = ask(f"{fresh.base}/healthz")
    assert (status, json.loads(text)) == (503, {"status": "fail"})
    visit(page, fresh.base)
    assert page.get_by_role("heading", level=1).inner_text() == "The store cannot be opened"
    assert page.get_by_role("alert").count() == 1
    assert "Traceback" not in page.content()


def test_our_policy_and_headers_break_nothing_on_any_page(server, any_page):
    for name in SCREENS:
        visit(any_page, f"{server.base}/{'' if name == 'home' else name}")
        assert any_page.get_by_role("heading", level=1).count() == 1, name
    assert any_page.troubles == []
