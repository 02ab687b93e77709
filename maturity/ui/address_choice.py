"""Opening one of a list by its id, which stands in the address, so that a link can lead to it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def choose_by_address(label: str, labels: Mapping[str, str], *, name: str, placeholder: str) -> str | None:
    """The id that the address asks for by `name`, or that is chosen here; None where it is none of the `labels`."""
    key = f"{name}:opened"
    asked = st.query_params.get(name, "")
    st.session_state[key] = asked if asked in labels else None

    def opened() -> None:
        if chosen := st.session_state[key]:
            st.query_params[name] = chosen
        elif name in st.query_params:
            del st.query_params[name]

    st.selectbox(
        label, list(labels), index=None, format_func=labels.__getitem__, key=key, on_change=opened,
        placeholder=placeholder, width=640,
    )  # fmt: skip
    return asked if asked in labels else None
