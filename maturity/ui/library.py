"""The action library as a list: what to look for, the actions that fit, and the one that is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from maturity.operations.choices import decisions
from maturity.operations.library import Library, library
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import CatalogueAction
from maturity.planning.own_catalogue import OwnAction
from maturity.planning.request import PHASE_NAMES
from maturity.ui import library_action, library_writing
from maturity.ui.context import PageContext, show_kept_refusals
from maturity.ui.library_numbers import total
from maturity.ui.plan import HOUR, PlanView, plan_view, show_said
from maturity.ui.plan_tables import parts, show, table, text
from maturity.words import library_sentences as words
from maturity.words.messages import counted

ALL = ""
FIRST_SHOWN = 25
SHOWS = {
    ALL: "Everything",
    "plan": "In the current plan",
    "own": "Our own, or with our estimate or route",
    "learned": "With a suggestion from done actions",
    "retired": "Retired",
}
COLUMNS = ("Action", "Phase", "Raises", "Lead", "Person-days", "Weeks", "Cost", "Routes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The library with what the plan says of its actions: `marks` by action id, in words."""

    view: PlanView
    library: Library
    rejected: frozenset[str]

    @property
    def actions(self) -> dict[str, CatalogueAction]:
        """Every action by id as plans use it, retired ones last as they were written."""
        return {**self.library.catalogue.by_id, **{code: each.action for code, each in self.retired.items()}}

    @property
    def retired(self) -> Mapping[str, OwnAction]:
        """The retired own actions by id."""
        return {each.action.id: each for each in self.library.own.actions if each.retired_at}

    @property
    def own(self) -> Mapping[str, OwnAction]:
        """All own actions by id."""
        return {each.action.id: each for each in self.library.own.actions}

    @property
    def planned(self) -> frozenset[str]:
        """The ids of the catalogue actions that the current plan has."""
        return frozenset(each.catalogue_id or "" for each in (self.view.saved.actions if self.view.saved else ()))

    def suggested(self, code: str) -> bool:
        """Whether done actions speak for another duration than plans use now."""
        found = self.library.learned.get(code)
        return bool(found and found.worth_saying and found.weeks != self.actions[code].duration_weeks)

    def suggested_effort(self, code: str) -> bool:
        """Whether they speak for another effort of all roles together."""
        found, now = self.library.learned.get(code), sum(self.actions[code].likely_effort.values())
        spent = found.effort if found else None
        return bool(spent and spent.worth_saying and spent.person_days != round(now))

    def changed(self, code: str) -> bool:
        """Whether plans use a number that the organisation set, or a route that it chose."""
        own = self.library.own
        return bool(own.choice(code)) or any(each.code == code for each in own.estimates)

    def marks(self, code: str) -> list[str]:
        """What is special about an action, in a word or two each."""
        said = {
            "retired": code in self.retired,
            "our own": code in self.own,
            "our estimate or route": self.changed(code),
            "suggestion": code not in self.retired and self.suggested(code),
            "in the plan": code in self.planned,
            "rejected": code in self.rejected,
        }
        return [mark for mark, holds in said.items() if holds]


@st.fragment
def show_library(here: PageContext) -> None:
    """The opened action, the list with its filters, and for whoever may, adding one."""
    shelf = shelf_of(here)
    if shelf is None:
        return
    show_kept_refusals()
    show_said("library:said")
    code = _choose(shelf)
    if code:
        library_action.show_action(shelf, code)
    st.header("All actions", anchor="all")
    _show_list(shelf, _show_filters(shelf))
    if shelf.view.may_edit:
        library_writing.show_adding(shelf)


def shelf_of(here: PageContext) -> Shelf | None:
    """The library as it is now; None where there is nothing to show."""
    view = plan_view(here)
    if view is None or view.catalogue is None:
        return None
    ws = here.workspace
    found = _library(ws.url, view.round.id, view.revision, ws, view)
    decided = decisions(ws, here.visitor, view.round)
    rejected = frozenset(each.code.partition("/")[0] for each in decided if each.kind == "rejected")
    return Shelf(view=view, library=found, rejected=rejected) if found else None


@st.cache_resource(ttl=HOUR, max_entries=32, show_spinner=False)
def _library(
    url: str, round_id: UUID, revision: tuple[object, ...], _workspace: Workspace, _view: PlanView
) -> Library | None:
    return library(_workspace, _view.here.visitor, _view.round)


def _show_filters(shelf: Shelf) -> list[str]:
    """The ids of the actions that fit what is chosen, in the order of the catalogue."""
    view, actions = shelf.view, shelf.actions
    topics = [ALL, *view.round.framework.topics]
    leads = [ALL, *dict.fromkeys(each.lead for each in actions.values())]
    scopes = {ALL: "All", "city": words.EVERYBODY, "department": words.EACH_DEPARTMENT}
    phases = {ALL: "All", **{str(n): f"{n} {name}" for n, name in enumerate(PHASE_NAMES, 1)}}
    with st.container(horizontal=True):
        st.selectbox("Topic", topics, format_func=lambda c: view.name(c) if c else "All topics", key="library:topic",
                     width=260)  # fmt: skip
        st.selectbox("Phase", list(phases), format_func=phases.__getitem__, key="library:phase", width=220)
        st.selectbox("For", list(scopes), format_func=scopes.__getitem__, key="library:scope", width=220)
        st.selectbox("Lead", leads, format_func=lambda c: view.name(c) if c else "All", key="library:lead", width=220)
        st.selectbox("Show", list(SHOWS), format_func=SHOWS.__getitem__, key="library:show", width=300)
    asked = {name: st.session_state.get(f"library:{name}") or ALL for name in ("topic", "phase", "scope", "lead")}
    show = st.session_state.get("library:show") or ALL
    return [code for code, each in actions.items() if _fits(shelf, each, show, **asked)]


def _fits(shelf: Shelf, action: CatalogueAction, show: str, *, topic: str, phase: str, scope: str, lead: str) -> bool:
    code = action.id
    shown = {
        ALL: code not in shelf.retired,
        "plan": code in shelf.planned,
        "own": code in shelf.own or shelf.changed(code),
        "learned": code not in shelf.retired and (shelf.suggested(code) or shelf.suggested_effort(code)),
        "retired": code in shelf.retired,
    }
    return (
        shown[show]
        and topic in (ALL, *(lift.topic for lift in action.raises))
        and phase in (ALL, str(action.phase))
        and scope in (ALL, action.scope)
        and lead in (ALL, action.lead)
    )


def _show_list(shelf: Shelf, codes: list[str]) -> None:
    if not codes:
        st.info(words.NO_MATCH)
        return
    codes = sorted(codes, key=lambda code: shelf.actions[code].phase)
    whole = len(codes) <= FIRST_SHOWN or st.session_state.get("library:whole", False)
    shown = codes if whole else codes[:FIRST_SHOWN]
    st.caption(
        f"{counted(len(codes), 'action')}{'' if whole else f', the first {FIRST_SHOWN} shown'}, by phase. "
        f"Money is in {shelf.view.currency} at prices of {shelf.library.catalogue.price_year}."
    )
    rows = (_row(shelf, shelf.actions[code]) for code in shown)
    show(table(COLUMNS, rows, "Actions of the library", numbers=("Weeks",)))
    if len(codes) > FIRST_SHOWN:
        st.toggle(f"Show all {len(codes)}", key="library:whole")


def _row(shelf: Shelf, action: CatalogueAction) -> tuple[str, ...]:
    view, marks = shelf.view, shelf.marks(action.id)
    title = text(action.title, "name") + (text(", ".join(marks).capitalize(), "below") if marks else "")
    each = " each" if action.scope == "department" else ""
    return (
        title,
        text(f"{action.phase} {PHASE_NAMES[action.phase - 1]}")
        + (text("Quick win", "below") if action.quick_win else ""),
        parts(f"{view.name(r.topic)} {r.from_level} to {r.to_level}" for r in action.raises),
        text(view.name(action.lead)),
        text(words.spread(total(action.effort)) + each),
        str(action.duration_weeks),
        "".join(text(each, "part nowrap") for each in cost_parts(action)),
        text(", ".join(words.ROUTES[route.kind] for route in action.routes)) or "–",
    )


def cost_parts(action: CatalogueAction) -> list[str]:
    """What an action costs once and each year, likely values; what has no price says so."""
    cost = action.cost
    if cost is None or (cost.one_off is None and cost.yearly is None):
        return [words.NOT_PRICED]
    once = "once not priced" if cost.one_off is None else f"{cost.one_off.likely:,.0f} once"
    yearly = "yearly not priced" if cost.yearly is None else f"{cost.yearly.likely:,.0f} a year"
    return [once, *([yearly] if cost.yearly is None or cost.yearly.high else [])]


def _choose(shelf: Shelf) -> str | None:
    """The action that the address or the list opens."""
    actions = shelf.actions
    asked = st.query_params.get("open", "")
    st.session_state["library:open"] = asked if asked in actions else None

    def opened() -> None:
        if chosen := st.session_state["library:open"]:
            st.query_params["open"] = chosen
        else:
            st.query_params.pop("open", None)

    st.selectbox(
        "Open an action", sorted(actions, key=lambda code: actions[code].phase), index=None,
        format_func=lambda code: f"{actions[code].phase}. {actions[code].title}", key="library:open",
        on_change=opened, placeholder="Choose one to read all of it",
    )  # fmt: skip
    return asked if asked in actions else None
