"""The product's own server with one more page to compare with: hello world, at `/?hello=1`."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app import layers, lifespan, routes, send_at_once  # noqa: E402

send_at_once()
app = st.App(ROOT / "benchmarks" / "served.py", routes=routes(), middleware=layers(), lifespan=lifespan)
