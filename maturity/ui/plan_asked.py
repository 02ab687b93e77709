"""What the solver's process says about the plan that is looked at: asked when something is opened, and once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from maturity.operations.explaining import explainable
from maturity.operations.solver import Work
from maturity.planning.explained import FITS
from maturity.ui import working
from maturity.ui.context import REFUSALS, show_refusal
from maturity.ui.plan import HOUR, PlanView

SOON = 1.5
"""Seconds that a page waits for an answer before it says that it waits: most come in less."""


def answer(view: PlanView, key: str, about: Mapping[str, Any], label: str) -> Mapping[str, Any] | None:
    """The answer about an action, a step or the plan, drawn as work until it is there; None until then, and where
    there is none, which is said. Nothing is asked twice."""
    ws = view.here.workspace
    revision = (*view.revision, ws.revision(view.round.scope), view.here.visitor.grants)
    asked = (revision, repr(about))
    if st.session_state.get(f"{key}:asked") != asked:
        try:
            body = _body(revision, view)
        except REFUSALS as error:
            show_refusal(error)
            return None
        working.begin(key, "explain", {**body, "about": dict(about)})
        st.session_state[f"{key}:asked"] = asked
    work: Work | None = st.session_state.get(key)
    if work is not None:
        work.finished.wait(SOON)
    work = working.finished(key, label)
    if work is None or work.result is None:
        if not waits(key):
            _say_failed(key, work)
        return None
    return work.result


def waits(key: str) -> bool:
    """Whether an answer is still being worked out: then no texts may be typed beside it."""
    work: Work | None = st.session_state.get(key)
    return work is not None and not work.over


def fits(told: Mapping[str, Any]) -> bool:
    """Whether the plan still is what its round says."""
    return bool(told[FITS])


def _say_failed(key: str, work: Work | None) -> None:
    why = (work.said or work.state) if work else "it was stopped"
    st.warning(f"This could not be worked out: {why}. The plan itself is not touched.")
    st.button("Try again", key=f"{key}:again", on_click=_forget, args=(key,), icon=":material/refresh:")


def _forget(key: str) -> None:
    working.forget(key)
    st.session_state.pop(f"{key}:asked", None)


@st.cache_resource(ttl=HOUR, max_entries=16, show_spinner=False)
def _body(revision: tuple[object, ...], _view: PlanView) -> Mapping[str, Any]:
    saved = _view.saved
    name = saved.name if saved else "latest"
    return explainable(_view.here.workspace, _view.here.visitor, name, _view.organisation.name)
