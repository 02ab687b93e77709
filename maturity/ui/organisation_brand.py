"""How the organisation's papers look: colour, logo and vision, set on the Administration page."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable

import streamlit as st

from maturity.operations import brand
from maturity.ui.context import keeping_refusals, page_context, show_kept_refusals
from maturity.ui.help import plain

SAID = "brand:said"


@st.fragment
def show_brand() -> None:
    """The colour, the logo with its words, and the vision, each saved by itself."""
    here = page_context()
    if here.organisation is None:
        return
    st.header("How reports look", anchor=False)
    show_kept_refusals()
    if said := st.session_state.pop(SAID, None):
        st.success(said)
    mine = here.organisation.name
    now, vision = brand.brand(here.workspace, here.visitor, mine)
    colour_key, vision_key = f"brand:colour:{now.colour}", f"brand:vision:{here.organisation.id}"
    st.session_state.setdefault(colour_key, now.colour)
    st.session_state.setdefault(vision_key, vision)
    st.color_picker("Colour of headings and tables", key=colour_key)
    st.button("Save the colour", key="brand:save-colour", on_click=_do, args=("The colour is saved.", lambda: (
        brand.set_colour(here.workspace, here.visitor, st.session_state[colour_key], mine))))  # fmt: skip
    if now.logo:
        st.image(b64decode(now.logo), caption=plain(now.logo_alt), width=160)
        st.button("Remove the logo", key="brand:remove-logo", on_click=_do, args=("The logo is removed.", lambda: (
            brand.remove_logo(here.workspace, here.visitor, mine))))  # fmt: skip
    given = st.file_uploader("Logo, a PNG of at most 200 KB", type="png", key="brand:logo")
    alt = st.text_input("What the logo shows, in words", key="brand:alt")
    if given is not None:
        content = given.getvalue()
        st.button("Save the logo", key="brand:save-logo", on_click=_do, args=("The logo is saved.", lambda: (
            brand.set_logo(here.workspace, here.visitor, content, alt, mine))))  # fmt: skip
    st.text_area("Vision, which the strategy document opens with", key=vision_key, max_chars=1200)
    st.button("Save the vision", key="brand:save-vision", on_click=_do, args=("The vision is saved.", lambda: (
        brand.set_vision(here.workspace, here.visitor, st.session_state[vision_key], mine))))  # fmt: skip


def _do(said: str, change: Callable[[], object]) -> None:
    with keeping_refusals():
        change()
        st.session_state[SAID] = said
