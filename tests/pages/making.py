"""Waiting for a plan that a page has asked the solver's process for."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

LONG = 60.0


def made(at: AppTest) -> AppTest:
    """The page once the plan that it is making is there."""
    while "plan:asked" in at.session_state:
        assert at.session_state["plan:work"].finished.wait(LONG), "the plan did not come"
        at.run()
    return at
