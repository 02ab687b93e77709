"""Projector mode: an open workshop in large type, without menu and header. It is kept in the address, so that a reload
and a tab that is opened again stay in it."""

from __future__ import annotations

import streamlit as st

PROJECTOR, WORKSHOP = "projector", "workshop"


def is_on() -> bool:
    """Whether this visit shows a workshop to a room; no other page has this mode."""
    return st.query_params.get(PROJECTOR) == "1" and bool(st.query_params.get(WORKSHOP))


def turn(on: bool) -> None:
    """A callback: go into the mode, or leave it."""
    if on:
        st.query_params[PROJECTOR] = "1"
    elif PROJECTOR in st.query_params:
        del st.query_params[PROJECTOR]
