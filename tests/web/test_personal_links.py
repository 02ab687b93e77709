"""`/i/<token>` on a small server: scanners change nothing, the button comes in, and every bad link says what to do."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from maturity.access.people import Person
from maturity.access.roles import COMMAND_LINE
from maturity.access.tokens import COOKIE
from maturity.operations import links, people, setup
from maturity.operations.sign_in import visitor_of_cookie
from maturity.operations.upkeep import audit_events
from maturity.operations.workspace import Workspace
from maturity.storage.engine import open_store
from maturity.web.gate import OnceTrue
from maturity.web.personal_links import personal_link_routes

HOST = "http://data.city.example"


class Clock:
    """A clock that the test sets."""

    now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def workspace(tmp_path):
    store = open_store(str(tmp_path / "own.duckdb"))
    made = Workspace(url=str(tmp_path / "own.duckdb"), store=store, clock=Clock())
    setup.create_organisation(made, COMMAND_LINE, "Town", setup.departments_from_lines("Parks"))
    yield made
    store.close()


@pytest.fixture
def asha(workspace) -> Person:
    return people.add_person(workspace, COMMAND_LINE, "Asha", None, "respondent", "parks")


@pytest.fixture
def client(workspace) -> TestClient:
    app = Starlette(routes=personal_link_routes(lambda: workspace))
    return TestClient(app, base_url=HOST, follow_redirects=False)


@pytest.fixture
def path(workspace, asha) -> str:
    return links.make_link(workspace, COMMAND_LINE, asha.id).path


def test_opening_a_link_shows_a_button_and_names_nobody(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<form method="post"><button type="submit">Go on to Waymark</button></form>' in answer.text
    assert "Asha" not in answer.text
    assert "Town" not in answer.text
    assert "<script" not in answer.text
    assert (answer.headers["referrer-policy"], answer.headers["cache-control"]) == ("strict-origin", "no-store")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_scanner_that_opens_every_link_ten_times_changes_nothing(client, path, workspace, asha, method):
    before = audit_events(workspace, COMMAND_LINE)
    for _ in range(10):
        assert client.request(method, path).status_code == 200
    assert audit_events(workspace, COMMAND_LINE) == before
    assert links.links_of(workspace, COMMAND_LINE, asha.id)[0].used_at is None


def test_the_button_comes_in_with_a_cookie_that_scripts_cannot_read(client, path, workspace):
    answer = client.post(path, headers={"origin": HOST})
    assert (answer.status_code, answer.headers["location"]) == (303, "/questionnaire")
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"))
    assert "Secure" not in cookie
    visitor = visitor_of_cookie(workspace, answer.cookies[COOKIE])
    assert visitor is not None
    assert visitor.name == "Asha"


def test_over_https_the_cookie_stays_there(workspace, path):
    secure = TestClient(Starlette(routes=personal_link_routes(lambda: workspace)), base_url="https://data.city.example")
    assert "Secure" in secure.post(path, follow_redirects=False).headers["set-cookie"]


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/results?round=Spring", "/results?round=Spring"),
        ("//evil.example", "/questionnaire"),
        ("https://evil.example", "/questionnaire"),
        ("/\\evil.example", "/questionnaire"),
        ("/a%0d%0aSet-Cookie:x=y", "/questionnaire"),
    ],
)
def test_the_way_on_stays_on_this_server(client, path, asked, leads_to):
    assert client.post(path, params={"next": asked}).headers["location"] == leads_to


def test_who_has_other_roles_begins_at_the_first_page(client, workspace):
    boss = people.add_person(workspace, COMMAND_LINE, "Bo", None, "administrator", installation=True)
    made = links.make_link(workspace, COMMAND_LINE, boss.id)
    assert client.post(made.path).headers["location"] == "/"


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_foreign_page_signs_nobody_in(client, path, headers):
    answer = client.post(path, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("token", ["A" * 22, "short", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "A" * 5_000])
def test_a_foreign_or_altered_link_says_what_to_do(client, method, token):
    answer = client.request(method, f"/i/{token}")
    assert answer.status_code == 404
    assert "This link is not one of ours" in answer.text
    assert "script" not in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_expired_and_a_revoked_link_say_so(client, path, workspace, asha, method):
    workspace.clock.now += timedelta(days=31)
    answer = client.request(method, path)
    assert (answer.status_code, "This link has expired. Ask the data team for a new one." in answer.text) == (410, True)
    links.revoke_links(workspace, COMMAND_LINE, asha.id)
    assert "This link was taken back" in client.request(method, path).text


def test_a_yes_is_kept_and_a_no_asked_again():
    answers = iter([False, True])

    async def ask() -> bool:
        return next(answers)

    async def four_times(used: OnceTrue) -> list[bool]:
        return [await used() for _ in range(4)]

    with ThreadPoolExecutor(1) as thread:  # the browser tests' loop runs in this one
        assert thread.submit(asyncio.run, four_times(OnceTrue(ask, seconds=0))).result() == [False, True, True, True]
