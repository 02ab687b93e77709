"""Who is at the other end: somebody with a session, somebody whom the provider names, or who sits at this machine.

Everything is looked up in the organisation's own store on every run; what the browser holds says only whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st

from maturity.access.roles import LOCAL_ADMINISTRATOR, NOBODY, Visitor
from maturity.access.tokens import COOKIE
from maturity.operations import links, sign_in
from maturity.operations.workspace import Workspace, default_url, open_workspace

MARK = "X-Waymark-Here"
GOES_ON = "_local_administrator"
Standing = Literal["gate missing", "signed out", "session over", "sign-in over", "unknown here", "no role"]


class _Launch:
    """Whether this process was started by app.py, whose gate keeps strangers out before any script runs, and the mark
    that the gate puts on requests from this machine; without a mark, everybody is taken to be here (as in tests)."""

    gate_in_place = False
    mark: str | None = None


def trust_the_gate(mark: str | None = None) -> None:
    """Said once by whoever has put the gate in front of the scripts. Until then nobody has any role."""
    _Launch.gate_in_place, _Launch.mark = True, mark


def is_here() -> bool:
    """Whether the request was made on this very machine, by the gate's word."""
    return _Launch.gate_in_place and _Launch.mark in (None, st.context.headers.get(MARK))


def sign_in_configured() -> bool:
    """Whether the secrets have an `[auth]` section, so that people can sign in at a provider."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def look_for_sign_in() -> None:
    """Once a run, by the router: the secrets are files that are opened at each look, and a run asks several times."""
    st.session_state["_sign_in"] = sign_in_configured()


def provider_is_there() -> bool:
    """As `sign_in_configured`, from the look that the router has taken on this run."""
    known = st.session_state.get("_sign_in")
    return sign_in_configured() if known is None else bool(known)


def who_is_here() -> Visitor:
    """The person behind this run with all roles held now; the local administrator; or nobody."""
    if not _Launch.gate_in_place:
        return NOBODY
    workspace = open_workspace(default_url())
    cookie = own_cookie()
    found = sign_in.visitor_of_cookie(workspace, cookie) if cookie else None
    if found is None and provider_is_there() and (claims := own_claims()):
        found = sign_in.visitor_of_claims(workspace, claims)
    if found is not None:
        return found
    # A browser that came in by a link and is out again does not become somebody who may do more, unless asked.
    goes_on = not cookie or st.session_state.get(GOES_ON)
    return LOCAL_ADMINISTRATOR if goes_on and may_be_local_administrator(workspace) else NOBODY


def may_be_local_administrator(workspace: Workspace) -> bool:
    """Whether this is the very machine, and nobody else could administer: no provider, no administrator's link."""
    return is_here() and not provider_is_there() and not links.an_administrator_can_come_in(workspace)


def go_on_as_local_administrator() -> None:
    """For a browser of this machine whose own session is over."""
    st.session_state[GOES_ON] = True


def own_cookie() -> str | None:
    """The cookie of a personal link's session, as the browser sent it when the visit began."""
    found = st.context.cookies.get(COOKIE)
    return found if isinstance(found, str) else None  # without a browser (AppTest) it is anything


def own_claims() -> Mapping[str, Any]:
    """What the provider said of the person, as Streamlit keeps it in its own signed cookie; empty where signed out."""
    said: dict[str, Any] = st.user.to_dict()
    return said if said.get("is_logged_in") else {}


def standing(visitor: Visitor) -> Standing:
    """Why a visitor without any role has none."""
    if not _Launch.gate_in_place:
        return "gate missing"
    if visitor.person:
        return "no role"
    if own_cookie():
        return "session over"
    claims = own_claims() if provider_is_there() else {}
    if not claims:
        return "signed out"
    return "sign-in over" if sign_in.is_too_old(claims, open_workspace(default_url()).clock()) else "unknown here"


def sign_out() -> None:
    """Ends this browser's session here, and the one at the provider; the rest of the script does not run."""
    if cookie := own_cookie():
        sign_in.leave(open_workspace(default_url()), cookie)
    if provider_is_there() and own_claims():
        st.logout()
        st.stop()  # a rerun would take the way to the provider out of what goes to the browser
    st.rerun()
