"""Security headers stand on every answer, and the policy allows the front page's own inline script and no other."""

from __future__ import annotations

import gc
import socket
from pathlib import Path

import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from maturity.web.headers import INLINE_SCRIPT, SecurityHeaders, content_security_policy
from maturity.web.tuning import freeze_what_is_loaded, without_delay


def answer(own: dict[str, str]) -> dict[str, str]:
    async def plain(request):
        return PlainTextResponse("here", headers=own)

    layer = Middleware(SecurityHeaders, policy="default-src 'self'")
    return dict(TestClient(Starlette(routes=[Route("/", plain)], middleware=[layer])).get("/").headers)


def test_every_answer_has_them():
    given = answer({})
    assert given["x-content-type-options"] == "nosniff"
    assert given["x-frame-options"] == "SAMEORIGIN"
    assert given["referrer-policy"] == "same-origin"
    assert given["content-security-policy"] == "default-src 'self'"


def test_a_route_that_sets_its_own_keeps_it():
    assert answer({"content-security-policy": "default-src 'none'"})["content-security-policy"] == "default-src 'none'"


def test_the_policy_names_inline_scripts_by_hash():
    # printf '1' | openssl dgst -sha256 -binary | base64
    digest = "a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s="
    policy = content_security_policy("<script>1</script><script src=x></script>")
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "script-src 'self';" in content_security_policy("<p>none</p>")


def test_the_installed_front_page_has_inline_scripts_that_the_policy_finds():
    front_page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    assert front_page.count("<script>") == len(INLINE_SCRIPT.findall(front_page)) >= 1


def test_small_answers_leave_at_once():
    with socket.socket() as connection:
        without_delay(connection)
        assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    here, there = socket.socketpair()
    with here, there:
        without_delay(here)  # no TCP: left alone


def test_what_is_loaded_is_not_collected_again():
    try:
        freeze_what_is_loaded()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
