"""What differs between two versions of the plan."""

from __future__ import annotations

import streamlit as st

from maturity.ui.context import PageContext


def show_compare(here: PageContext) -> None:
    """What differs between two versions of the plan."""
    st.info("This part is still being built.")
