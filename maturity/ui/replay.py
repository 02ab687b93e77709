"""The plan as it stood on a day that is chosen."""

from __future__ import annotations

import streamlit as st

from maturity.ui.context import PageContext


def show_replay(here: PageContext) -> None:
    """The plan as it stood on a day that is chosen."""
    st.info("This part is still being built.")
