"""Long work on a page: begun once, followed while it runs, stopped by whoever does not want it any more.

While it runs the page must show no text inputs: it looks again every second.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from maturity.operations.solver import Work, solver

Draw = Callable[[Mapping[str, Any]], None]
"""Draws what is known so far from the last stage."""


def begin(key: str, kind: str, body: Mapping[str, Any]) -> None:
    """Puts a question to the solver and remembers it in this visit under a key; one asked there before is stopped."""
    before: Work | None = st.session_state.get(key)
    work = solver().begin(kind, body)
    if before is not None and before is not work:
        solver().stop(before)
    st.session_state[key] = work


def forget(key: str) -> None:
    """Lets go of the work under a key; one that still runs is stopped."""
    work: Work | None = st.session_state.pop(key, None)
    if work is not None:
        solver().stop(work)


def finished(key: str, label: str, draw: Draw | None = None) -> Work | None:
    """The work under a key once it is over; before that shows how far it has come, and gives None. None too where
    nothing was begun."""
    work: Work | None = st.session_state.get(key)
    if work is None or work.over:
        return work
    _follow(key, label, draw)
    return None


@st.fragment(run_every="1s")
def _follow(key: str, label: str, draw: Draw | None) -> None:
    work: Work | None = st.session_state.get(key)
    if work is None or work.over:
        st.rerun()
    before = solver().place(work)
    with st.container(horizontal=True, vertical_alignment="center"):
        waiting = f" It waits for {before} other{'s' if before > 1 else ''}." if before else ""
        st.markdown(f":material/hourglass_top: {label}{waiting}")
        st.button("Stop", key=f"{key}:stop", on_click=forget, args=(key,), icon=":material/stop_circle:")
    if draw and work.stage:
        draw(work.stage)
