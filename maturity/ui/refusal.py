"""What a page shows to whoever may not open it: how to sign in, or whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from maturity.access.permissions import DEEDS, Verb, may
from maturity.access.roles import NOBODY, Visitor
from maturity.operations.workspace import default_url, open_workspace
from maturity.ui import identity
from maturity.ui.plain_text import plain

SAID: Mapping[identity.Standing, str] = {
    "signed out": "Waymark is for the people of your organisation.",
    "session over": "You are signed out: 12 hours are over, or your link has expired or was taken back. "
    "What you saved is safe.",
    "sign-in over": "You signed in more than 12 hours ago. Sign in again to go on. What you saved is safe.",
}
BY_LINK = (
    "If you were sent a personal link, open it again. If it does not work any more, ask the data team for a new one."
)
BY_COMMAND = (
    "If you look after this installation: stop Waymark, have the command line print an administrator's link with "
    "`python -m maturity person link NAME`, start Waymark again, and open the link."
)


def show(visitor: Visitor, verb: Verb) -> None:
    """The page in place of one that the visitor may not open."""
    if visitor.grants:
        _show_not_open(visitor, verb)
        return
    standing = identity.standing(visitor)
    if standing == "gate missing":
        st.title("This page is not open to you")
        st.error("Waymark was started without its gate, so nobody has a role. Start it with `streamlit run app.py`.")
    elif standing in ("unknown here", "no role"):
        _show_no_role(visitor)
    else:
        _show_sign_in(standing)


def _show_not_open(visitor: Visitor, verb: Verb) -> None:
    st.title("This page is not open to you")
    st.error(f"{plain(visitor.name)} may not {DEEDS[verb]}.")
    if may(identity.who_is_here(), "run_installation"):
        st.write("To see it as the Chief Data Officer again, choose that under “See it as” in the sidebar.")
    else:
        st.write("If you should, ask the data team for a role that allows it.")


def _show_sign_in(standing: identity.Standing) -> None:
    st.title("Sign in")
    st.write(SAID[standing])
    if identity.provider_is_there():
        # A link of our own: st.login() would forget the page that was asked for, st.link_button opens a new tab.
        st.html(f'<a class="sign-in" target="_self" href="/login?next={escape(_here())}">Sign in</a>')
    st.write(BY_LINK)
    if identity.may_be_local_administrator(open_workspace(default_url())):
        st.button("Go on as the local administrator", on_click=identity.go_on_as_local_administrator)
    elif identity.is_here():
        st.write(BY_COMMAND)


def _show_no_role(visitor: Visitor) -> None:
    st.title("You have no role here yet")
    name = (
        visitor.name if visitor != NOBODY else str(identity.own_claims().get("email") or "somebody without an address")
    )
    st.write(f"You are signed in as {plain(name)}. Ask the data team to give you a role; then load this page again.")
    if st.button("Sign out"):
        identity.sign_out()


def _here() -> str:
    """This page's path and query, quoted for an address."""
    query = urlencode(st.query_params.to_dict())
    path = str(st.session_state.get("_page", ""))
    return quote(f"/{path}?{query}" if query else f"/{path}", safe="")
