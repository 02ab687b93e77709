"""Without sign-in, only a browser on this machine gets in; everything else gets the instructions and nothing more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from maturity.web.gate import LocalAdministratorGate, host_name, is_loopback

INSIDE = "what only the inside knows"


async def inside(request: Request) -> PlainTextResponse:
    return PlainTextResponse(INSIDE)


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(INSIDE)
    await socket.close()


def application(sign_in_configured: Callable[[], bool] = lambda: False) -> Starlette:
    return Starlette(
        routes=[Route("/{path:path}", inside, methods=["GET", "POST"]), WebSocketRoute("/{path:path}", stream)],
        middleware=[Middleware(LocalAdministratorGate, sign_in_configured=sign_in_configured)],
    )


def client(peer: str = "127.0.0.1", host: str = "localhost:8501", app: object = None) -> TestClient:
    return TestClient(app or application(), base_url=f"http://{host}", client=(peer, 50000))  # type: ignore[arg-type]


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "LOCALHOST:80", "127.0.0.1:8501", "[::1]:8501"])
def test_a_browser_on_this_machine_gets_in(peer, host):
    asked = client(peer).get("/administration", headers={"host": host})
    assert (asked.status_code, asked.text) == (200, INSIDE)


PASSED_ON = {
    "Forwarded": "for=127.0.0.1",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Host": "localhost",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Anything": "",
    "X-Real-IP": "127.0.0.1",
    "Via": "1.1 nginx",
}
STRANGERS = {
    "another machine": ("10.0.0.7", {}),
    "another machine by IPv6": ("2001:db8::7", {}),
    "another machine by IPv4 inside IPv6": ("::ffff:10.0.0.7", {}),
    "a peer without an address": ("testclient", {}),
    "a name pointed at this machine": ("127.0.0.1", {"host": "evil.example:8501"}),
    "a name that begins like ours": ("127.0.0.1", {"host": "localhost.evil.example"}),
    "a name with a user in it": ("127.0.0.1", {"host": "localhost@evil.example"}),
    "a user in front of our name": ("127.0.0.1", {"host": "evil@localhost"}),
    "a malformed port": ("127.0.0.1", {"host": "localhost:port"}),
    "an address of all": ("127.0.0.1", {"host": "0.0.0.0:8501"}),
    "no name": ("127.0.0.1", {"host": ""}),
    "a foreign page": ("127.0.0.1", {"origin": "http://evil.example"}),
    "a page of another port": ("127.0.0.1", {"origin": "http://localhost:3000"}),
    "a page without an address": ("127.0.0.1", {"origin": "null"}),
    **{f"passed on by {name}": ("127.0.0.1", {name: value}) for name, value in PASSED_ON.items()},
}


@pytest.mark.parametrize(("peer", "headers"), STRANGERS.values(), ids=STRANGERS.keys())
@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("GET", "/administration"), ("POST", "/healthz")])
def test_everything_else_gets_the_instructions_and_nothing_more(peer, headers, method, path):
    asked = client(peer).request(method, path, headers=headers)
    assert asked.status_code == 403
    assert "Sign-in is not set up here" in asked.text
    assert INSIDE not in asked.text
    assert asked.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("peer", "headers"), STRANGERS.values(), ids=STRANGERS.keys())
def test_their_websocket_is_closed_before_it_opens(peer, headers):
    with pytest.raises(WebSocketDisconnect), client(peer).websocket_connect("/_stcore/stream", headers=headers):
        pass


@pytest.mark.parametrize("headers", [{}, {"origin": "http://localhost:8501"}])
def test_the_websocket_of_our_own_page_opens(headers):
    with client().websocket_connect("/_stcore/stream", headers={"host": "localhost:8501", **headers}) as opened:
        assert opened.receive_text() == INSIDE


def test_two_names_at_once_are_refused():
    twice = [("host", "localhost"), ("host", "evil.example")]
    assert client().get("/", headers=twice).status_code == 403


def test_the_server_putting_a_forwarded_address_in_the_peers_place_opens_nothing():
    behind = ProxyHeadersMiddleware(application(), trusted_hosts="*")
    asked = client("10.0.0.7", app=behind).get("/", headers={"x-forwarded-for": "127.0.0.1"})
    assert asked.status_code == 403


def test_with_sign_in_configured_the_door_is_open_and_the_pages_decide():
    asked = client("10.0.0.7", "data.city.example", application(lambda: True)).get("/")
    assert asked.text == INSIDE


def test_names_and_addresses():
    assert host_name("localhost:8501") == "localhost"
    assert host_name("[::1]:8501") == "::1"
    assert host_name("localhost/path") is None
    assert host_name("[::1") is None
    assert is_loopback("::1%lo")
    assert not is_loopback("")
