"""What was done on the page of people, kept until it is drawn."""

from __future__ import annotations

import streamlit as st

from maturity.ui.plain_text import plain

SAID = "_people_said"


def say(sentence: str) -> None:
    """Keep a sentence until the page is drawn."""
    st.session_state[SAID] = sentence


def show_said() -> None:
    """What was done, once."""
    said = st.session_state.pop(SAID, None)
    if said:
        st.success(plain(said))
