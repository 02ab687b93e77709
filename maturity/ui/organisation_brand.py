"""How the organisation's papers look: colour, logo and vision, set on the Administration page."""

from __future__ import annotations

from base64 import b64decode

import streamlit as st

from maturity.operations import brand
from maturity.operations.errors import Refused
from maturity.ui.context import PageContext, keeping_refusals, page_context, show_kept_refusals
from maturity.ui.help import plain

SAID, LOGO, ALT = "brand:said", "brand:logo", "brand:alt"


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
    now, vision = brand.brand(here.workspace, here.visitor, here.organisation.name)
    _show_colour(here, now.colour)
    if now.logo:
        st.image(b64decode(now.logo), caption=plain(now.logo_alt), width=160)
        st.button("Remove the logo", key="brand:remove-logo", on_click=_remove_logo, args=(here,))
    st.file_uploader("Logo, a PNG of at most 200 KB", type="png", key=LOGO, max_upload_size=1)
    st.text_input("What the logo shows, in words", key=ALT, max_chars=200)
    st.button("Save the logo", key="brand:save-logo", on_click=_save_logo, args=(here,))
    key = f"brand:vision:{here.organisation.id}"
    st.session_state.setdefault(key, vision)
    st.text_area("Vision, which the strategy document opens with", key=key, max_chars=1200)
    st.button("Save the vision", key="brand:save-vision", on_click=_save_vision, args=(here, key))


def _show_colour(here: PageContext, now: str) -> None:
    """The colour, its saving, and the way back to the usual one where it is another."""
    key = f"brand:colour:{now}"
    st.session_state.setdefault(key, now)
    st.color_picker("Colour of headings and tables", key=key)
    with st.container(horizontal=True):
        st.button("Save the colour", key="brand:save-colour", on_click=_save_colour, args=(here, key))
        if now != brand.USUAL_COLOUR:
            st.button("Back to the usual colour", key="brand:usual-colour", on_click=_usual_colour, args=(here,))


def _save_colour(here: PageContext, key: str) -> None:
    colour = str(st.session_state[key])
    with keeping_refusals():
        brand.set_colour(here.workspace, here.visitor, colour, _mine(here))
        st.session_state[SAID] = "The colour is saved."


def _usual_colour(here: PageContext) -> None:
    with keeping_refusals():
        brand.set_colour(here.workspace, here.visitor, "", _mine(here))
        st.session_state[SAID] = "Papers have the usual colour again."


def _save_logo(here: PageContext) -> None:
    given, alt = st.session_state.get(LOGO), str(st.session_state.get(ALT, ""))
    with keeping_refusals():
        if given is None:
            raise Refused("there is no picture to keep as the logo; choose a PNG first")
        brand.set_logo(here.workspace, here.visitor, given.getvalue(), alt, _mine(here))
        st.session_state[SAID] = "The logo is saved."


def _remove_logo(here: PageContext) -> None:
    with keeping_refusals():
        brand.remove_logo(here.workspace, here.visitor, _mine(here))
        st.session_state[SAID] = "The logo is removed."


def _save_vision(here: PageContext, key: str) -> None:
    said = str(st.session_state[key])
    with keeping_refusals():
        brand.set_vision(here.workspace, here.visitor, said, _mine(here))
        st.session_state[SAID] = "The vision is saved."


def _mine(here: PageContext) -> str | None:
    return here.organisation.name if here.organisation else None
