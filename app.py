"""The server: `streamlit run app.py`, or `uvicorn app:app`.

It launches `maturity/ui/main.py` from another folder on purpose: beside the main script, `pages/` would be served
page by page, past the router, to whoever asks a fresh server first.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from maturity import charts, ui
from maturity.operations.workspace import default_url, open_workspace
from maturity.ui import context
from maturity.web.gate import LocalAdministratorGate
from maturity.web.headers import SecurityHeaders, content_security_policy
from maturity.web.health import health_route
from maturity.web.tuning import freeze_what_is_loaded, send_at_once

ROOT = Path(__file__).resolve().parent
FRONT_PAGE = Path(st.__file__).parent / "static" / "index.html"


def store_answers() -> bool:
    """Whether the organisation's own store can be opened and asked."""
    return open_workspace(default_url()).ping()


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
    """What happens between the server's start and its first visitor."""
    warm_up()
    context.trust_the_gate()
    freeze_what_is_loaded()
    yield {}


send_at_once()
app = st.App(
    ROOT / "maturity" / "ui" / "main.py",
    routes=[health_route(store_answers)],
    middleware=[
        Middleware(SecurityHeaders, policy=content_security_policy(FRONT_PAGE.read_text(encoding="utf-8"))),
        Middleware(LocalAdministratorGate, sign_in_configured=context.sign_in_configured),
    ],
    lifespan=lifespan,
    on_script_error=context.show_refusal,
)
