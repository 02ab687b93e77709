"""Whose visit this is, and to which store: what every page asks on its first line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from maturity.access.permissions import NotPermitted, Verb, may
from maturity.access.roles import LOCAL_ADMINISTRATOR, Grant, Role, Visitor
from maturity.operations.errors import Refused
from maturity.operations.setup import Department, Organisation, organisations
from maturity.operations.workspace import StoreRefused, Workspace, default_url, demo_url, open_workspace
from maturity.ui import identity, refusal

Store = Literal["own", "demo"]
Mode = Literal["light", "dark"]
REFUSALS = (Refused, StoreRefused, NotPermitted)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What a page knows before it reads anything: the store, the visitor, the organisation, how it is looked at."""

    workspace: Workspace
    organisation: Organisation | None
    mode: Mode
    demo: bool

    @property
    def visitor(self) -> Visitor:
        """Who is here at this moment. Fragments run long after the page was drawn, and roles end meanwhile."""
        return _within(current_visitor(), self.demo, self.organisation)


def current_visitor() -> Visitor:
    """Who this visit counts as, looked up anew each time: roles are taken away between two clicks.

    Whoever runs the installation may narrow their own view by "See it as", and stays the same person; only in the demo
    city does the local administrator become one of its made-up owners of actions."""
    visitor = identity.who_is_here()
    narrowed = st.session_state.get("view_as")
    if isinstance(narrowed, Visitor) and may(visitor, "run_installation"):
        return replace(narrowed, person=_made_up(visitor, narrowed) or visitor.person)
    return visitor


def _made_up(visitor: Visitor, narrowed: Visitor) -> str | None:
    """The made-up person of the demo whose actions the local administrator looks at; real people are nobody else."""
    return narrowed.person if visitor == LOCAL_ADMINISTRATOR and _store() == "demo" else None


def require(verb: Verb) -> Visitor:
    """The visitor, if their role allows `verb` anywhere here; otherwise the refusal is shown and the script stops."""
    visitor = visitor_here()
    if not may(visitor, verb):
        refusal.show(visitor, verb)
        st.stop()
    return visitor


def visitor_here() -> Visitor:
    """The visitor with the roles that hold in the organisation that this visit is to."""
    return page_context().visitor


def page_context() -> PageContext:
    """The visit's store and what is known about it. Raises StoreRefused where the store cannot be opened."""
    demo = _store() == "demo"
    workspace = open_workspace(demo_url() if demo else default_url())
    return PageContext(
        workspace=workspace,
        organisation=_organisation(_organisations(workspace, _within(current_visitor(), demo, None), demo)),
        mode="dark" if st.context.theme.type == "dark" else "light",
        demo=demo,
    )


def organisations_here(here: PageContext) -> tuple[Organisation, ...]:
    """Every organisation that this visit could be to, the oldest first."""
    return _organisations(here.workspace, _within(current_visitor(), here.demo, None), here.demo)


def use_organisation(organisation_id: str) -> None:
    """Turn this visit to another organisation; what it is to is asked for again at each run, so an id gives nothing."""
    st.session_state["organisation"] = organisation_id
    forget_view()  # its departments are those of the organisation that is left


def use_demo() -> None:
    """Turn this visit to the demo city's store, as whoever may see everything."""
    _use("demo")


def use_own() -> None:
    """Turn this visit back to the organisation's own store."""
    _use("own")


def views(departments: tuple[Department, ...], owner: tuple[str, str] | None = None) -> dict[str, Visitor | None]:
    """The choices of "See it as", by label; None for the local administrator's own, unnarrowed view. `owner` is the id
    and the name of somebody in the demo who owns actions."""
    choices: dict[str, Visitor | None] = {"Chief Data Officer": None}
    led: tuple[tuple[Role, str], ...] = (("department_lead", "Head of"), ("respondent", "Respondent in"))
    for role, words in led:
        for each in departments:
            label = f"{words} {each.name}"
            choices[label] = _as(Grant(role=role, department=each.code), label)
    choices["Reviewer"] = _as(Grant(role="reviewer"), "Reviewer")
    choices["Leadership"] = _as(Grant(role="leader"), "Leadership")
    if owner:
        choices[f"Action owner: {owner[1]}"] = Visitor(person=owner[0], name=owner[1], grants=(Grant(role="owner"),))
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
    return Visitor(person="", name=label, grants=(grant,))


def _within(visitor: Visitor, demo: bool, organisation: Organisation | None) -> Visitor:
    """The visitor's roles in the organisation at hand. The demo city is another store: only roles in the whole
    installation hold there, every other is in an organisation that the demo does not have."""
    if demo:
        visitor = replace(visitor, grants=tuple(g for g in visitor.grants if g.organisation is None))
    return visitor.within(organisation.id) if organisation else visitor


def _store() -> Store:
    """The visit's store, first taken from the address, and kept in the address so that a reload stays there."""
    chosen = st.session_state.setdefault("store", "demo" if st.query_params.get("store") == "demo" else "own")
    if chosen == "demo" and st.query_params.get("store") != "demo":
        st.query_params["store"] = "demo"
    return "demo" if chosen == "demo" else "own"


def _use(store: Store) -> None:
    st.session_state["store"] = store
    st.session_state["organisation"] = None
    forget_view()  # its departments are those of the store that is left
    if store == "own" and "store" in st.query_params:
        del st.query_params["store"]


def _organisations(workspace: Workspace, visitor: Visitor, demo: bool) -> tuple[Organisation, ...]:
    """Every organisation that the visitor has a role in, read once per revision of the store and visitor."""
    key = (demo, default_url(), workspace.revision(), visitor)
    kept = st.session_state.get("_organisations")
    if kept is None or kept[0] != key:
        found = organisations(workspace, visitor) if visitor.grants else ()
        kept = st.session_state["_organisations"] = (key, found)
    return kept[1]


def _organisation(found: tuple[Organisation, ...]) -> Organisation | None:
    """The organisation of this visit: the one that the address asks for, and kept there, where there are several; an
    id that is unknown, or another's, leads to the first."""
    asked = st.session_state.setdefault("organisation", st.query_params.get("organisation"))
    chosen = next((each for each in found if str(each.id) == asked), next(iter(found), None))
    if len(found) > 1 and chosen and st.query_params.get("organisation") != str(chosen.id):
        st.query_params["organisation"] = str(chosen.id)
    return chosen
