"""Long work on a page: begun once, followed while it runs, stopped by whoever does not want it any more.

While it runs the page must show no text inputs: it looks again every second. Work that somebody else waits for too
goes on when one of them stops.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from maturity.operations.solver import Work, solver
from maturity.words.work_sentences import waits_for

Draw = Callable[[Mapping[str, Any]], None]
"""Draws what is known so far from the last stage."""
Take = Callable[[Work], None]
"""In a callback: goes on with what the last stage of the work has, before the work is let go."""


def begin(key: str, kind: str, body: Mapping[str, Any]) -> None:
    """Puts a question to the solver and remembers it in this visit under a key; one asked there before is let go.

    A second click ends the run where the state of the visit is touched: what was asked then waits for nobody."""
    before: Work | None = st.session_state.get(key)
    work = solver().begin(kind, body)
    try:
        st.session_state[key] = work
    except BaseException:
        solver().stop(work)
        raise
    if before is not None:
        solver().stop(before)


def forget(key: str) -> None:
    """Lets go of the work under a key; one that still runs is stopped, unless somebody else waits for it."""
    work: Work | None = st.session_state.pop(key, None)
    if work is not None:
        solver().stop(work)


def finished(key: str, label: str, draw: Draw | None = None, take: Take | None = None) -> Work | None:
    """The work under a key once it is over; before that shows how far it has come, and gives None. None too where
    nothing was begun. With `take` there is a button, from the first stage on, to take what there is and stop."""
    work: Work | None = st.session_state.get(key)
    if work is None or work.over:
        return work
    _follow(key, label, draw, take)
    return None


@st.fragment(run_every="1s")
def _follow(key: str, label: str, draw: Draw | None, take: Take | None) -> None:
    work: Work | None = st.session_state.get(key)
    if work is None or work.over:
        st.rerun()
    st.markdown(f":material/hourglass_top: {label} {waits_for(solver().place(work))}".rstrip())
    stage = work.stage
    if draw and stage:
        draw(stage)
    with st.container(horizontal=True):
        if take and stage:
            st.button("Take what there is", key=f"{key}:take", on_click=_take, args=(key, take),
                      icon=":material/done:")  # fmt: skip
        st.button("Stop", key=f"{key}:stop", on_click=forget, args=(key,), icon=":material/stop_circle:")


def _take(key: str, take: Take) -> None:
    work: Work | None = st.session_state.get(key)
    if work is not None and not work.over:
        take(work)
        forget(key)
