"""Coming back to the page that was asked for, after signing in at the provider, which always returns to the start."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "waymark_next"
CALLBACK = "/oauth2callback"
SIGNED_IN = b"_streamlit_user="
LONGEST = 1_000


def safe_path(asked: str | None) -> str:
    """The path and query where they stay on this server, else the start: nothing that leads elsewhere, no header
    smuggled in."""
    path = unquote(asked or "/")
    plain = len(path) <= LONGEST and all(32 < ord(letter) < 127 for letter in path)
    stays = path.startswith("/") and not path.startswith("//") and "\\" not in path
    parts = urlsplit(path) if plain and stays else None
    return path if parts and not parts.netloc and not parts.scheme else "/"


def remembered(path: str) -> str:
    """The path as it stands in the cookie."""
    return quote(safe_path(path), safe="/")


class ReturnToDeepLink:
    """Turns the provider's return to the start into one to the page that `/login?next=` was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; of the callback's answer, turn the Location where somebody was signed in."""
        if scope["type"] != "http" or not scope["path"].endswith(CALLBACK):
            await self.app(scope, receive, send)
            return
        path = safe_path(Request(scope).cookies.get(COOKIE))

        async def turned(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _turned(message, path)
            await send(message)

        await self.app(scope, receive, turned)


def _turned(message: Message, path: str) -> list[tuple[bytes, bytes]]:
    headers: list[tuple[bytes, bytes]] = list(message["headers"])
    cookies = [value for name, value in headers if name.lower() == b"set-cookie"]
    signed_in = any(SIGNED_IN in cookie and b"Max-Age=0" not in cookie for cookie in cookies)
    if signed_in and 300 <= message["status"] < 400:
        headers = [(n, path.encode() if n.lower() == b"location" else v) for n, v in headers]
    return [*headers, (b"set-cookie", f"{COOKIE}=; Max-Age=0; Path=/; HttpOnly; SameSite=lax".encode())]
