"""`/i/<token>`: a personal link. Opening it shows a button; only the button's POST comes in and sets the cookie.

Mail scanners open every link in a mail, so looking at one uses nothing up and lets nobody in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from maturity.access.roles import Role
from maturity.access.tokens import COOKIE
from maturity.operations.sign_in import LINK_SAID, LinkRefused, enter, state_of_link, visitor_of_cookie
from maturity.operations.workspace import StoreRefused, Workspace
from maturity.web.deep_links import safe_path
from maturity.web.same_origin import from_our_page
from maturity.web.small_page import small_page
from maturity.web.threads import reading, writing

WELCOME = """
<p>This link is personal: whoever opens it comes in as the person it was made for. Keep it to yourself.</p>
<p>You can use it again, and on another device, until it expires. Waymark keeps one cookie, which only says who you
are, for at most 12 hours.</p>
<form method="post"><button type="submit">Go on to Waymark</button></form>
"""
NOT_OPEN = "<p>{said}</p>\n<p>What you saved before is safe.</p>"
ONLY: Mapping[Role, str] = {"respondent": "/questionnaire", "owner": "/my_actions"}
"""Where whoever has this role and no other begins; everybody else begins at home."""
OPEN_IT_HERE = "Open the link itself, and press the button on the page that it shows."


class PersonalLinks:
    """The two answers of a personal link, over the organisation's own store."""

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        self.workspace = workspace

    async def show(self, request: Request) -> Response:
        """The page with the button, or why there is none; HEAD gets the same without the page."""
        try:
            state = await reading(lambda: state_of_link(self.workspace(), request.path_params["token"]))
        except StoreRefused:
            return _not_open("Waymark cannot reach its store just now. Try again in a moment.", 503)
        if state != "valid":
            return _not_open(LINK_SAID[state], 404 if state is None else 410)
        return small_page("Welcome to Waymark", WELCOME)

    async def come_in(self, request: Request) -> Response:
        """Sets the session's cookie and leads on to the page that `next` names, else to the first page of the roles."""
        if not from_our_page(request):
            return _not_open(OPEN_IT_HERE, 403)
        device = request.headers.get("user-agent", "")
        try:
            cookie, start, seconds = await writing(self._enter, request.path_params["token"], device)
        except LinkRefused as refused:
            return _not_open(str(refused), 404 if refused.state is None else 410)
        except StoreRefused:
            return _not_open("Waymark cannot reach its store just now. Try again in a moment.", 503)
        asked = safe_path(request.query_params.get("next"))
        answer = RedirectResponse(asked if asked != "/" else start, status_code=303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, cookie, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/")
        answer.headers.update({"cache-control": "no-store", "referrer-policy": "strict-origin"})
        return answer

    def _enter(self, token: str, device: str) -> tuple[str, str, int]:
        """The cookie, the path of the first page, and the seconds that the session lasts."""
        workspace = self.workspace()
        cookie, session = enter(workspace, token, device)
        visitor = visitor_of_cookie(workspace, cookie)
        roles = visitor.roles if visitor else frozenset()
        first = next((path for role, path in ONLY.items() if roles == {role}), "/")
        seconds = int((session.expires_at - session.started_at).total_seconds())
        return cookie, first, seconds


def personal_link_routes(workspace: Callable[[], Workspace]) -> list[Route]:
    """`GET` and `POST /i/<token>`."""
    links = PersonalLinks(workspace)
    return [
        Route("/i/{token:path}", links.show, methods=["GET"]),
        Route("/i/{token:path}", links.come_in, methods=["POST"]),
    ]


def _not_open(said: str, status: int) -> Response:
    return small_page("This link does not open Waymark", NOT_OPEN.format(said=escape(said)), status=status)
