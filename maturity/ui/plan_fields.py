"""Inputs of forms that are filled once from the store: `key` names one in the session, and what is typed stays."""

from __future__ import annotations

from typing import Any

import streamlit as st

LONG = 4_000


def seed(key: str, value: Any) -> None:
    """Fill an input where nothing stands in it yet."""
    st.session_state.setdefault(key, value)


def text(key: str, label: str, value: str, *, most: int = 200, hint: str | None = None) -> None:
    """One line of text."""
    seed(key, value)
    st.text_input(label, key=key, max_chars=most, help=hint)


def long_text(key: str, label: str, value: str) -> None:
    """Several lines of text."""
    seed(key, value)
    st.text_area(label, key=key, max_chars=LONG, height=80)


def number(key: str, label: str, value: float | None, hint: str) -> None:
    """Any number, or none."""
    seed(key, value)
    st.number_input(label, value=None, key=key, format="%g", help=hint)


def written(key: str) -> str:
    """What stands in an input, without outer blanks."""
    return str(st.session_state.get(key) or "").strip()
