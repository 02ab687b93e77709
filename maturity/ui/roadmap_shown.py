"""A saved plan as one visitor looks at it today: what the pages of roadmap, progress and summary share."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.charts.plan_frames import bars_in_words
from maturity.operations.catalogues import names_of
from maturity.operations.changes import plan_scope
from maturity.operations.objectives import objectives
from maturity.operations.progress import ProgressUpdate, plan_history
from maturity.operations.rounds import Round
from maturity.operations.saved_plans import PlanVersion, SavedPlan, plan, plans
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Lane
from maturity.roadmap.critical_path import critical
from maturity.roadmap.status import Status
from maturity.ui import cached
from maturity.ui.clock import today
from maturity.ui.context import PageContext
from maturity.ui.navigation import link_to
from maturity.words.messages import NO_PLAN

HOUR = 3600
VERSION_STATUS = {"current": "in force", "past": "replaced", "draft": "draft"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlan:
    """A plan version with the words it is shown in. `key` holds all that its pictures hang on, the day included;
    `names` gives departments, topics, roles and objectives by id; the round is None where it has been removed."""

    here: PageContext
    plan: SavedPlan
    round: Round | None
    names: Mapping[str, str]
    today: date
    key: tuple[Hashable, ...]

    def status(self, action: Action) -> Status:
        """How an action stands today against what was approved."""
        return self.plan.status_of(action, self.today)

    def owner(self, action: Action) -> str:
        """Who owns an action: a person, or the name of a role where nobody is named."""
        return self.names.get(action.owner, action.owner)

    def place(self, action: Action) -> str:
        """The name of the action's department, or "City-wide"."""
        return self.names.get(action.department, action.department) if action.department else "City-wide"

    @property
    def critical(self) -> frozenset[str]:
        """The codes of actions on the critical path."""
        return self.kept("critical", lambda: critical(self.plan.actions))

    @property
    def reports(self) -> tuple[ProgressUpdate, ...]:
        """Every report on the plan's actions, oldest first."""
        here = self.here
        return self.kept("reports", lambda: plan_history(here.workspace, here.visitor, self.plan.id))

    def bars(self, lane: Lane = "phase") -> pd.DataFrame:
        """The bars of the timeline with their status in words; never change the frame."""
        return self.kept(f"bars {lane}", lambda: self._bars(lane))

    def _bars(self, lane: Lane) -> pd.DataFrame:
        return bars_in_words(self.plan.actions, self.plan.baseline, self.today, lane, self.names)

    def kept(self, what: str, read: Callable[[], T]) -> T:
        """What `read` gives, read once for this plan as it stands and shared by all visits; never change it."""
        return cast(T, _kept(what, self.key, read))


@st.cache_resource(ttl=HOUR, max_entries=256, show_spinner=False)
def _kept(what: str, key: Hashable, _read: Callable[[], Any]) -> Any:
    return _read()


def choose_plan(here: PageContext) -> ShownPlan | None:
    """The plan version to look at, the one in force unless another is chosen; None, and said so, without any."""
    versions = _versions(here)
    if not versions:
        st.info(NO_PLAN)
        if may(here.visitor, "edit_plan"):
            link_to("plan", "Make a plan")
        return None
    names = [each.name for each in versions]
    usual = next((place for place, each in enumerate(versions) if each.status == "current"), 0)
    if len(versions) == 1:
        return shown_plan(here, names[0])
    said = {each.name: f"{each.name} ({VERSION_STATUS.get(each.status, each.status)})" for each in versions}
    name = st.selectbox(
        "Plan", names, index=usual, format_func=lambda each: said.get(each, each), key="plan_version",
        bind="query-params", width=360,
    )  # fmt: skip
    return shown_plan(here, name or names[usual])


def current_plan(here: PageContext) -> ShownPlan | None:
    """The plan in force, else the newest; None without any."""
    versions = _versions(here)
    chosen = next((each for each in versions if each.status == "current"), versions[0] if versions else None)
    return shown_plan(here, chosen.name) if chosen else None


def shown_plan(here: PageContext, name: str) -> ShownPlan:
    """The plan version of that name as it stands today."""
    read = lambda: plan(here.workspace, here.visitor, name, _organisation(here))  # noqa: E731
    found = cast(SavedPlan, _kept("plan", (*_key(here), name), read))
    round_ = next((each for each in cached.every_round(here) if each.name == found.round), None)
    day = today(here)
    key = (*_key(here), found.id, day)
    return ShownPlan(
        here=here,
        plan=found,
        round=round_,
        names=cast(Mapping[str, str], _kept("names", key, lambda: _names(here, round_))),
        today=day,
        key=key,
    )


def _names(here: PageContext, round_: Round | None) -> dict[str, str]:
    goals = objectives(here.workspace, here.visitor, _organisation(here))
    return (names_of(here.workspace, round_) if round_ else {}) | {each.id: each.name for each in goals}


def _versions(here: PageContext) -> tuple[PlanVersion, ...]:
    if here.organisation is None:
        return ()
    read = lambda: plans(here.workspace, here.visitor, _organisation(here))  # noqa: E731
    return cast("tuple[PlanVersion, ...]", _kept("versions", _key(here), read))


def _organisation(here: PageContext) -> str | None:
    return here.organisation.name if here.organisation else None


def _key(here: PageContext) -> tuple[Hashable, ...]:
    """Store, organisation, and the revisions of plans and of everything else that names hang on."""
    ws, mine = here.workspace, here.organisation
    scope = plan_scope(mine.id) if mine else ""
    return (ws.url, str(mine.id) if mine else "", ws.revision(scope), ws.revision(), repr(here.visitor.grants))
