"""The server: `streamlit run app.py`, or `uvicorn app:app`.

It launches `maturity/ui/main.py` from another folder on purpose: beside the main script, `pages/` would be served
page by page, past the router, to whoever asks a fresh server first. Signing in joins Streamlit and Starlette, and so
its route stands here.
"""

from __future__ import annotations

import importlib
import pkgutil
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route
from streamlit.user_info import generate_login_redirect_url

from maturity import charts, ui
from maturity.operations.links import links_are_used
from maturity.operations.solver import solver
from maturity.operations.workspace import StoreRefused, Workspace, default_url, demo_workspace, open_workspace
from maturity.ui import context, identity
from maturity.web import deep_links
from maturity.web.gate import LocalAdministratorGate, OnceTrue
from maturity.web.headers import SecurityHeaders, content_security_policy
from maturity.web.health import health_route
from maturity.web.personal_links import personal_link_routes
from maturity.web.public import public_routes
from maturity.web.public_forms import public_form_routes
from maturity.web.threads import reading
from maturity.web.tuning import freeze_what_is_loaded, send_at_once
from maturity.web.workshop import workshop_routes

ROOT = Path(__file__).resolve().parent
FRONT_PAGE = Path(st.__file__).parent / "static" / "index.html"
MINUTES_TO_SIGN_IN = 10
MARK = secrets.token_hex(16)


def own_workspace() -> Workspace:
    """The organisation's own store."""
    return open_workspace(default_url())


def stores_of_workshops() -> Iterator[Workspace]:
    """Where the code of a workshop may lead: the own store, and the demo city where somebody has built it."""
    yield own_workspace()
    with suppress(StoreRefused):
        if (demo := demo_workspace()) is not None:
            yield demo


def store_answers() -> bool:
    """Whether the organisation's own store can be opened and asked."""
    return own_workspace().ping()


async def somebody_has_a_link() -> bool:
    """Whether personal links are used here, so that others than this machine may come to the door."""
    return await reading(lambda: links_are_used(own_workspace()))


async def sign_in(request: Request) -> RedirectResponse:
    """`/login?next=/questionnaire?round=Spring`: on to the provider, and back to that page afterwards."""
    if not identity.sign_in_configured():
        return RedirectResponse("/", status_code=302)
    answer = RedirectResponse(generate_login_redirect_url("default"), status_code=302)
    path = deep_links.remembered(request.query_params.get("next", "/"))
    answer.set_cookie(deep_links.COOKIE, path, max_age=MINUTES_TO_SIGN_IN * 60, httponly=True, samesite="lax")
    return answer


def routes() -> list[BaseRoute]:
    """Everything that is served beside the Streamlit application; no page may have one of these paths."""
    return [
        health_route(store_answers),
        Route("/login", sign_in, methods=["GET"]),
        *personal_link_routes(own_workspace),
        *workshop_routes(stores_of_workshops),
        *public_form_routes(own_workspace, demo_workspace),  # before the files, which take every other path
        *public_routes(own_workspace, demo_workspace),
    ]


def layers() -> list[Middleware]:
    """What every request passes through, the outermost first."""
    policy = content_security_policy(FRONT_PAGE.read_text(encoding="utf-8"))
    return [
        Middleware(SecurityHeaders, policy=policy),
        Middleware(
            LocalAdministratorGate,
            sign_in_configured=identity.sign_in_configured,
            links_are_used=OnceTrue(somebody_has_a_link),
            mark=MARK,
        ),
        Middleware(deep_links.ReturnToDeepLink),
    ]


def warm_up() -> None:
    """Load what every page needs before the first visitor waits for it; the router itself is a script."""
    rooms = [
        f"{room.__name__}.{module.name}" for room in (ui, charts) for module in pkgutil.iter_modules(room.__path__)
    ]
    for name in ["pandas", "altair", *rooms]:
        if name != "maturity.ui.main":
            importlib.import_module(name)


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[dict[str, object]]:
    """What happens between the server's start and its first visitor, and after its last."""
    warm_up()
    identity.trust_the_gate(MARK)
    freeze_what_is_loaded()
    try:
        yield {}
    finally:
        solver().close()


send_at_once()
app = st.App(
    ROOT / "maturity" / "ui" / "main.py",
    routes=routes(),
    middleware=layers(),
    lifespan=lifespan,
    on_script_error=context.show_refusal,
)
