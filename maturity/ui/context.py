"""Whose visit this is, and to which store: what every page asks on its first line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from maturity.access.permissions import DEEDS, NotPermitted, Verb, may
from maturity.access.roles import LOCAL_ADMINISTRATOR, NOBODY, Grant, Role, Visitor
from maturity.operations.errors import Refused
from maturity.operations.setup import Department, Organisation, organisation
from maturity.operations.workspace import StoreRefused, Workspace, default_url, demo_url, open_workspace

Store = Literal["own", "demo"]
Mode = Literal["light", "dark"]
REFUSALS = (Refused, StoreRefused, NotPermitted)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What a page knows before it reads anything: the store, the visitor, the organisation, how it is looked at."""

    workspace: Workspace
    visitor: Visitor
    organisation: Organisation | None
    mode: Mode
    demo: bool


class _Launch:
    """Whether this process was started by app.py, whose gate keeps strangers out before any script runs."""

    gate_in_place = False


def trust_the_gate() -> None:
    """Said once by whoever has put the gate in front of the scripts. Until then nobody has any role."""
    _Launch.gate_in_place = True


def gate_in_place() -> bool:
    """Whether requests reach the scripts only through the gate of `maturity.web`."""
    return _Launch.gate_in_place


def sign_in_configured() -> bool:
    """Whether the secrets have an `[auth]` section, so that people sign in and nobody is the local administrator."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def look_for_sign_in() -> None:
    """Once a run, by the router: the secrets are files that are opened at each look, and a run asks several times."""
    st.session_state["_sign_in"] = sign_in_configured()


def signed_out_visitor() -> Visitor:
    """The local administrator behind the gate; nobody where sign-in is configured (its roles are not there yet)."""
    signing_in = st.session_state.get("_sign_in")
    if signing_in is None:
        signing_in = sign_in_configured()
    return LOCAL_ADMINISTRATOR if gate_in_place() and not signing_in else NOBODY


def current_visitor() -> Visitor:
    """Who this visit counts as, on this run: read anew each time, narrowed by "See it as"."""
    visitor = signed_out_visitor()
    narrowed = st.session_state.get("view_as")
    return narrowed if visitor == LOCAL_ADMINISTRATOR and isinstance(narrowed, Visitor) else visitor


def require(verb: Verb) -> Visitor:
    """The visitor, if their role allows `verb` anywhere; otherwise the refusal is shown and the script stops."""
    visitor = current_visitor()
    if not may(visitor, verb):
        _refuse(visitor, verb)
        st.stop()
    return visitor


def page_context() -> PageContext:
    """The visit's store and what is known about it. Raises StoreRefused where the store cannot be opened."""
    demo = _store() == "demo"
    workspace = open_workspace(demo_url() if demo else default_url())
    visitor = current_visitor()
    return PageContext(
        workspace=workspace,
        visitor=visitor,
        organisation=_organisation(workspace, visitor, demo),
        mode="dark" if st.context.theme.type == "dark" else "light",
        demo=demo,
    )


def use_demo() -> None:
    """Turn this visit to the demo city's store, as whoever may see everything."""
    _use("demo")


def use_own() -> None:
    """Turn this visit back to the organisation's own store."""
    _use("own")


def views(departments: tuple[Department, ...]) -> dict[str, Visitor | None]:
    """The choices of "See it as", by label; None for the local administrator's own, unnarrowed view."""
    choices: dict[str, Visitor | None] = {"Chief Data Officer": None}
    led: tuple[tuple[Role, str], ...] = (("department_lead", "Head of"), ("respondent", "Respondent in"))
    for role, words in led:
        for each in departments:
            label = f"{words} {each.name}"
            choices[label] = _as(Grant(role=role, department=each.code), label)
    choices["Leadership"] = _as(Grant(role="leader"), "Leadership")
    return choices


def forget_view() -> None:
    """Go back to the visitor's own, unnarrowed view."""
    for key in ("view_as", "see_it_as"):
        st.session_state.pop(key, None)


def show_refusal(error: Exception) -> bool:
    """Show one of our own refusals as its sentence; False for any other error, which is not ours to explain."""
    if not isinstance(error, REFUSALS):
        return False
    st.error(sentence(error), icon=":material/block:")
    return True


@contextmanager
def keeping_refusals() -> Iterator[None]:
    """For callbacks: keep a refusal until the page is drawn, because an error in a callback leaves the page empty."""
    try:
        yield
    except REFUSALS as error:
        st.session_state.setdefault("_refusals", []).append(error)


def show_kept_refusals() -> None:
    """Show what callbacks were refused, once. The router does it; a fragment does it for its own callbacks."""
    for error in st.session_state.pop("_refusals", []):
        show_refusal(error)


def sentence(error: Exception) -> str:
    """A refusal as it stands on a page: with a capital letter and a full stop."""
    said = str(error)
    return said[:1].upper() + said[1:] + ("" if said.endswith((".", "!", "?")) else ".")


def _as(grant: Grant, label: str) -> Visitor:
    # The person stays the same: what is done in a narrowed view is still done by the local administrator.
    return Visitor(person=LOCAL_ADMINISTRATOR.person, name=label, grants=(grant,))


def _store() -> Store:
    """The visit's store, first taken from the address, and kept in the address so that a reload stays there."""
    chosen = st.session_state.setdefault("store", "demo" if st.query_params.get("store") == "demo" else "own")
    if chosen == "demo" and st.query_params.get("store") != "demo":
        st.query_params["store"] = "demo"
    return "demo" if chosen == "demo" else "own"


def _use(store: Store) -> None:
    st.session_state["store"] = store
    forget_view()  # its departments are those of the store that is left
    if store == "own" and "store" in st.query_params:
        del st.query_params["store"]


def _organisation(workspace: Workspace, visitor: Visitor, demo: bool) -> Organisation | None:
    """The organisation, read once per revision of the store and visitor rather than once per call."""
    key = (demo, default_url(), workspace.revision(), visitor)
    kept = st.session_state.get("_organisation")
    if kept is None or kept[0] != key:
        kept = st.session_state["_organisation"] = (key, organisation(workspace, visitor))
    return kept[1]


def _refuse(visitor: Visitor, verb: Verb) -> None:
    st.title("This page is not open to you")
    if not gate_in_place():
        st.error("Waymark was started without its gate, so nobody has a role. Start it with `streamlit run app.py`.")
    elif sign_in_configured():
        st.error("Sign-in is configured, but this version gives signed-in people no roles yet, so no page opens.")
        st.write("Remove the `[auth]` section from `.streamlit/secrets.toml` to go on as the local administrator.")
    else:
        st.error(f"{visitor.name} may not {DEEDS[verb]}.")
        st.write("To see it as the Chief Data Officer again, choose that under “See it as” in the sidebar.")
