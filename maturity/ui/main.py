"""The router: runs before every page, shows what stands around it, and turns our refusals into sentences.

Loaded by app.py, and by the tests, which cannot load app.py itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import streamlit as st  # noqa: E402

from maturity.access.permissions import may  # noqa: E402
from maturity.access.roles import LOCAL_ADMINISTRATOR, NOBODY  # noqa: E402
from maturity.operations.workspace import StoreRefused  # noqa: E402
from maturity.ui import context, identity, navigation, organisations, projector, style  # noqa: E402
from maturity.ui.owner_view import made_up_owner  # noqa: E402
from maturity.ui.plain_text import plain  # noqa: E402

# A file of ours: Streamlit would fetch a named icon from another server.
ICON = Path(__file__).with_name("waymark.png")
NAME_SIGN = Path(__file__).with_name("waymark.svg")


def show() -> None:
    """One run of the application: menu, surroundings, page."""
    # Before the menu: it would take the page's own icon for the browser's tab, and fetch it from another server.
    st.set_page_config(page_title="Waymark", page_icon=ICON, layout="wide")
    identity.look_for_sign_in()
    try:
        here = context.page_context()
    except StoreRefused as refused:
        navigation.navigation(NOBODY)
        show_store_refusal(refused)
        return
    to_a_room = projector.is_on() and may(here.visitor, "run_workshop")
    asked_for = navigation.navigation(here.visitor, hidden=to_a_room)
    st.session_state["_page"] = asked_for.url_path
    st.set_page_config(page_title=f"{asked_for.title} · Waymark")
    if not to_a_room:
        st.logo(NAME_SIGN, size="medium")
    style.apply()
    try:
        if here.visitor.grants and not to_a_room:
            show_surroundings(here)
        context.show_kept_refusals()
        asked_for.run()
    except StoreRefused as refused:
        show_store_refusal(refused)
    except context.REFUSALS as refused:
        context.show_refusal(refused)


def show_surroundings(here: context.PageContext) -> None:
    """The demo banner over the page, and the sidebar under the menu."""
    if here.demo:
        st.warning("Demo data. Nothing here is real.", icon=":material/science:")
    with st.sidebar:
        organisations.show_which(here)
        person = identity.who_is_here()
        if may(person, "run_installation"):
            show_views(here)
        if here.demo:
            st.button("Leave the demo", on_click=context.use_own, icon=":material/logout:", width="stretch")
        organisations.show_partnership_link(here)
        navigation.link_to("help", "Words and numbers explained")
        navigation.link_to("my_data", "My data and privacy")
        if person != LOCAL_ADMINISTRATOR:
            st.caption(f"Signed in as {plain(person.name)}")
            if st.button("Sign out", key="sign_out", width="stretch"):
                identity.sign_out()


def show_views(here: context.PageContext) -> None:
    """The switch by which whoever runs the installation sees what others would see; it can only narrow."""
    owner = made_up_owner(here) if here.demo and identity.who_is_here() == LOCAL_ADMINISTRATOR else None
    choices = context.views(here.organisation.departments if here.organisation else (), owner)
    if st.session_state.get("see_it_as", "Chief Data Officer") not in choices:  # its department is gone
        context.forget_view()
        st.rerun()

    def narrow() -> None:
        st.session_state["view_as"] = choices.get(st.session_state["see_it_as"])

    st.selectbox(
        "See it as",
        list(choices),
        key="see_it_as",
        on_change=narrow,
        persist_state="session",
        help="Shows the pages as that person would see them. It changes nothing for anybody else.",
    )


def show_store_refusal(refused: StoreRefused) -> None:
    """A page of its own for a store that cannot be opened: nothing else can be shown without it."""
    st.title("The store cannot be opened")
    st.error(context.sentence(refused), icon=":material/block:")
    st.button("Try again", icon=":material/refresh:")


show()
