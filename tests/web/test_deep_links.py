"""Back to the page that was asked for, and never away from this server."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from maturity.web.deep_links import COOKIE, ReturnToDeepLink, remembered, safe_path


async def callback(request):
    answer = RedirectResponse("/")
    if request.query_params.get("ok"):
        answer.set_cookie("_streamlit_user", "signed")
    return answer


def back(remember: str, ok: str = "1") -> str:
    app = Starlette(routes=[Route("/oauth2callback", callback)], middleware=[Middleware(ReturnToDeepLink)])
    client = TestClient(app, follow_redirects=False, cookies={COOKIE: remember})
    answer = client.get("/oauth2callback", params={"ok": ok})
    assert f"{COOKIE}=; Max-Age=0" in answer.headers["set-cookie"]
    return answer.headers["location"]


def test_a_sign_in_comes_back_to_the_page_asked_for():
    assert back(remembered("/questionnaire?round=Spring&q=gov-03")) == "/questionnaire?round=Spring&q=gov-03"


def test_a_failed_sign_in_goes_to_the_start():
    assert back(remembered("/questionnaire"), ok="") == "/"


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil", "/a\r\nb", "", "/" + "a" * 2_000],
)
def test_what_would_lead_away_leads_to_the_start(path):
    assert safe_path(path) == "/"
    assert back(remembered(path)) == "/"


@given(st.text())
def test_every_path_stays_here(text):
    path = safe_path(text)
    assert path.startswith("/")
    assert not path.startswith("//")
    assert path.isprintable()
