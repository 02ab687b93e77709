"""The versions of the plan, and what can be done with each."""

from __future__ import annotations

import streamlit as st

from maturity.ui.context import PageContext


def show_versions(here: PageContext) -> None:
    """The versions of the plan, and what can be done with each."""
    st.info("This part is still being built.")
