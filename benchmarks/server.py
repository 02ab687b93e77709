"""The product's own server with two more things: hello world to compare with, at `/?hello=1`, and a route by which a
benchmark takes the facilitator's steps."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import layers, lifespan, routes, send_at_once  # noqa: E402
from benchmarks.room import step_route  # noqa: E402

send_at_once()
app = st.App(
    ROOT / "benchmarks" / "served.py", routes=[*routes(), step_route()], middleware=layers(), lifespan=lifespan
)
