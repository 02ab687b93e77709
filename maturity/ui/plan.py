"""The plan as its page reads it: which version, from which round, by which names, and who may change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import streamlit as st

from maturity.access.permissions import may
from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of, names_of
from maturity.operations.changes import plan_scope
from maturity.operations.frameworks import catalogue_for
from maturity.operations.rounds import Round
from maturity.operations.saved_plans import PlanVersion, SavedPlan, find_plan, plans
from maturity.operations.setup import Organisation
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import ActionCatalogue
from maturity.roadmap.actions import Action
from maturity.ui import cached
from maturity.ui.clock import local
from maturity.ui.context import PageContext
from maturity.ui.help import plain
from maturity.words.messages import counted, on_day

HOUR = 3600
PART = "part"
STATUS = {"draft": "draft", "current": "current plan", "past": "earlier version"}
READING = {
    "actions": "Actions",
    "left-out": "Not planned, decisions",
    "means": "People and money",
    "scenarios": "Scenarios",
    "forecast": "Forecast",
}
EDITING = {**READING, "already": "Done already", "again": "Plan again"}
BEGINNING = {"already": "1 Done already", "means": "2 People and money", "again": "3 Make the plan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """What the parts of the page are made from. `saved` is the version that is looked at; `round` the round that the
    next plan starts from; `names` say actions, topics, departments and roles by id; `revision` keys what is kept."""

    here: PageContext
    organisation: Organisation
    round: Round
    catalogue: ActionCatalogue | None
    versions: tuple[PlanVersion, ...]
    saved: SavedPlan | None
    names: Mapping[str, str]
    revision: tuple[object, ...]

    @property
    def may_edit(self) -> bool:
        """Whether the visitor may change plans."""
        return may(self.here.visitor, "edit_plan")

    @property
    def editable(self) -> bool:
        """Whether the version that is looked at can be changed: only the current one, by whoever may."""
        return self.may_edit and self.saved is not None and self.saved.status == "current"

    @property
    def currency(self) -> str:
        """The currency of costs and budgets."""
        return self.catalogue.currency if self.catalogue else "EUR"

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the page that this visitor sees, with their names."""
        if self.saved is None:
            return BEGINNING if self.may_edit else {}
        return EDITING if self.may_edit else READING

    def name(self, code: str) -> str:
        """What people call this id; an id without a name is shown as it is."""
        return self.names.get(code, code)


def plan_view(here: PageContext) -> PlanView | None:
    """The view of this moment; None while there is no organisation or no round to plan from."""
    round_ = planning_round(here)
    if here.organisation is None or round_ is None:
        return None
    mine, ws = here.organisation, here.workspace
    revision = (ws.revision(), ws.revision(plan_scope(mine.id)))
    versions = _versions(ws.url, mine.id, revision, ws, here.visitor, mine.name)
    asked = next((each.name for each in versions if each.name == st.query_params.get("plan")), "latest")
    saved = _saved(ws.url, mine.id, revision, asked, ws, here.visitor, mine.name) if versions else None
    catalogue = catalogue_of(ws, round_)
    return PlanView(
        here=here,
        organisation=mine,
        round=round_,
        catalogue=catalogue,
        versions=versions,
        saved=saved,
        names=_names(ws, mine, round_, saved.actions if saved else ()),
        revision=(ws.url, mine.id, round_.id, revision, asked),
    )


def fresh_view(here: PageContext, shown: tuple[object, ...]) -> PlanView | None:
    """The view for a fragment's own run. Where the plan has changed since the page was drawn, all is drawn anew."""
    view = plan_view(here)
    if view is not None and view.revision != shown:
        st.rerun()
    return view


def show_said(where: str = "plan:said") -> None:
    """What a callback has done, said once where its fragment begins; `plan:made` is said at the top of the page."""
    if said := st.session_state.pop(where, None):
        st.success(said)


def planning_round(here: PageContext) -> Round | None:
    """The round that a plan starts from: the newest one that has an action catalogue, else the newest."""
    latest = cached.latest_round(here)
    if latest is None or catalogue_for(latest.framework):
        return latest
    fitting = [each for each in cached.shown_rounds(here) if catalogue_for(each.framework)]
    return fitting[-1] if fitting else latest


@st.cache_resource(ttl=HOUR, max_entries=32, show_spinner=False)
def _versions(
    url: str, organisation: UUID, revision: tuple[int, int], _workspace: Workspace, _visitor: Visitor, _name: str
) -> tuple[PlanVersion, ...]:
    return plans(_workspace, _visitor, _name)


@st.cache_resource(ttl=HOUR, max_entries=32, show_spinner=False)
def _saved(
    url: str,
    organisation: UUID,
    revision: tuple[int, int],
    asked: str,
    _workspace: Workspace,
    _visitor: Visitor,
    _name: str,
) -> SavedPlan | None:
    return find_plan(_workspace, _visitor, asked, _name)


def _names(
    workspace: Workspace, organisation: Organisation, round_: Round, actions: tuple[Action, ...]
) -> dict[str, str]:
    found = {**organisation.names, **names_of(workspace, round_)}
    return found | {each.code: each.title for each in actions if "/" not in each.code}


def show_version(view: PlanView) -> None:
    """Which plan version this is, with a way to read an earlier one."""
    if view.saved is None:
        return
    _choose_version(view)
    saved = view.saved
    made = local(saved.made_at).date()
    st.caption(
        f"{plain(saved.name)}: {STATUS.get(saved.status, saved.status)}, made from the round {plain(saved.round)} "
        f"by {plain(saved.made_by)} on {on_day(made)}. {_extent(saved.actions)}"
    )
    if view.may_edit and not view.editable:
        st.info("This is an earlier version: it can be read, not changed. Choose the current plan to change it.")


def _extent(actions: tuple[Action, ...]) -> str:
    if not actions:
        return "It has no actions."
    first, last = min(each.start for each in actions), max(each.finish for each in actions)
    return f"{counted(len(actions), 'action')} from {on_day(first)} to {on_day(last)}."


def _choose_version(view: PlanView) -> None:
    if len(view.versions) < 2 or view.saved is None:
        return
    labels = {each.name: f"{each.name} ({STATUS.get(each.status, each.status)})" for each in view.versions}
    st.session_state["plan:version"] = view.saved.name

    def chosen() -> None:
        st.query_params["plan"] = st.session_state["plan:version"]
        st.query_params.pop("action", None)

    st.selectbox("Plan", list(labels), format_func=labels.__getitem__, key="plan:version", on_change=chosen, width=420)


def chosen_part(view: PlanView) -> str:
    """Which part of the page is asked for, by a row of choices that the address remembers."""
    parts = view.parts
    asked = st.query_params.get(PART)
    st.session_state["plan:part"] = asked if asked in parts else next(iter(parts))

    def turned() -> None:
        st.query_params[PART] = st.session_state["plan:part"]

    st.segmented_control(
        "Part of the plan",
        list(parts),
        format_func=parts.__getitem__,
        key="plan:part",
        required=True,
        on_change=turned,
        label_visibility="collapsed",
    )
    return str(st.session_state["plan:part"])


def turn_to(part: str, **where: str) -> None:
    """In a callback: show this part of the page next."""
    st.query_params[PART] = part
    for name, value in where.items():
        st.query_params[name] = value


def whole_days(days: float) -> str:
    """Person-days as people say them: whole, and never 0 where there are some."""
    return "under 1" if 0 < days < 1 else f"{days:,.0f}"


def short_day(day: date) -> str:
    """A day in a narrow column: "2 Mar 2026"."""
    return f"{day.day} {day:%b %Y}"
