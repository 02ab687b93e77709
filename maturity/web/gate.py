"""Who gets to the pages at all: this very machine always, others once there is a way for them to sign in.

The gate tells the pages which requests were made on this machine, by a mark that nobody outside can know.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from maturity.web.instructions import send_instructions

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
# A request that says it was passed on may come from anywhere, whatever the peer's address says.
FORWARDING = (b"forwarded", b"x-real-ip", b"via")


def is_loopback(peer: str) -> bool:
    """Whether an address of a connection's other end is this machine; IPv4 inside IPv6 counts as IPv4."""
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_loopback


def host_name(authority: str) -> str | None:
    """The name in `name:port` or `[::1]:port`, in lower case; None where it is malformed."""
    try:
        parts = urlsplit(f"//{authority}")
        parts.port  # noqa: B018  (reading it is what refuses a malformed port)
    except ValueError:
        return None
    plain = parts.netloc == authority and "@" not in authority and not parts.path
    return parts.hostname if plain else None


def is_local(scope: Scope) -> bool:
    """Whether a request was made on this machine: loopback peer, local Host, not passed on, and from our own page.

    The Host check stops a foreign site whose name was pointed at 127.0.0.1. The Origin check stops a foreign
    page from opening the WebSocket, which browsers allow across origins. The forwarding headers are checked
    rather than trusted, because uvicorn may already have put their content in the peer's place.
    """
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    hosts = [value.decode("latin-1") for name, value in headers if name.lower() == b"host"]
    passed_on = any(name.lower().startswith((b"x-forwarded", *FORWARDING)) for name, _ in headers)
    client = scope.get("client")
    if passed_on or client is None or len(hosts) != 1:
        return False
    return is_loopback(client[0]) and host_name(hosts[0]) in LOCAL_HOSTS and _from_our_page(headers, hosts[0])


def _from_our_page(headers: list[tuple[bytes, bytes]], host: str) -> bool:
    """No Origin at all (a link that was followed, a program), or the same authority that the request went to."""
    origins = [value.decode("latin-1") for name, value in headers if name.lower() == b"origin"]
    return all(urlsplit(origin).netloc.lower() == host.lower() for origin in origins)


MARK = b"x-waymark-here"


class LocalAdministratorGate:
    """Lets this machine pass, marked as such; everybody else only where people can sign in."""

    def __init__(
        self,
        app: ASGIApp,
        sign_in_configured: Callable[[], bool],
        links_are_used: Callable[[], Awaitable[bool]] | None = None,
        mark: str = "",
    ) -> None:
        self.app = app
        self.sign_in_configured = sign_in_configured
        self.links_are_used = links_are_used
        self.mark = mark or secrets.token_hex(16)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, answer it with the sign-in instructions, or refuse the WebSocket."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        local = is_local(scope)
        scope["headers"] = [(n, v) for n, v in scope["headers"] if n.lower() != MARK]
        if local:
            scope["headers"].append((MARK, self.mark.encode()))
        if local or await self._others_may_come():
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await send_instructions(scope, receive, send)

    async def _others_may_come(self) -> bool:
        return self.sign_in_configured() or (self.links_are_used is not None and await self.links_are_used())


class OnceTrue:
    """A question to the store whose answer, once it is yes, stays so; a no is asked again after some seconds."""

    def __init__(self, ask: Callable[[], Awaitable[bool]], seconds: float = 2.0) -> None:
        self.ask = ask
        self.seconds = seconds
        self.answer = False
        self.asked_at = float("-inf")

    async def __call__(self) -> bool:
        """The answer, at most `seconds` old. A store that cannot be asked says no."""
        if not self.answer and time.monotonic() - self.asked_at >= self.seconds:
            self.asked_at = time.monotonic()
            try:
                self.answer = await self.ask()
            except Exception:  # whatever is wrong with the store, nobody comes in by it
                return False
        return self.answer
