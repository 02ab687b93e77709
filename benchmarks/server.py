"""The product's own server with one more page to compare with: hello world, at `/?hello=1`."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from starlette.middleware import Middleware  # noqa: E402

from app import FRONT_PAGE, lifespan, send_at_once, store_answers  # noqa: E402
from maturity.ui import context  # noqa: E402
from maturity.web.gate import LocalAdministratorGate  # noqa: E402
from maturity.web.headers import SecurityHeaders, content_security_policy  # noqa: E402
from maturity.web.health import health_route  # noqa: E402

send_at_once()
app = st.App(
    ROOT / "benchmarks" / "served.py",
    routes=[health_route(store_answers)],
    middleware=[
        Middleware(SecurityHeaders, policy=content_security_policy(FRONT_PAGE.read_text(encoding="utf-8"))),
        Middleware(LocalAdministratorGate, sign_in_configured=context.sign_in_configured),
    ],
    lifespan=lifespan,
)
