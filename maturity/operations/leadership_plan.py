"""The plan in force as leaders read it: how far its phases are, what is next, and how many actions are done or late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

import pandas as pd

from maturity.access.roles import Visitor
from maturity.operations.catalogues import names_of
from maturity.operations.objectives import objectives
from maturity.operations.progress import ProgressUpdate, plan_history
from maturity.operations.rounds import Round, rounds
from maturity.operations.saved_plans import SavedPlan, plan, plans
from maturity.operations.workspace import Workspace
from maturity.planning.request import PHASE_NAMES
from maturity.publishing.report_facts import MilestoneFact, PhaseFact
from maturity.roadmap.bars import roadmap_bars
from maturity.roadmap.burn_up import burn_up
from maturity.roadmap.milestones import milestone_stands, upcoming
from maturity.roadmap.phases import phase_of, phases
from maturity.words.progress_sentences import milestone_said

AHEAD = 3


@dataclass(frozen=True, kw_only=True)
class PlanNow:
    """A saved plan on a day, with its reports, the round that it was made from (None: not there any more) and the
    names of departments, topics, roles and objectives by id."""

    plan: SavedPlan
    round: Round | None
    names: Mapping[str, str]
    reports: tuple[ProgressUpdate, ...]
    today: date

    @cached_property
    def bars(self) -> pd.DataFrame:
        """The bars of the timeline, copies of departments folded; `status` is a code. Never change the frame."""
        return roadmap_bars(self.plan.actions, self.plan.baseline, self.today, "phase", self.names)

    def count(self, code: str) -> int:
        """How many bars have this status."""
        return int((self.bars["status"] == code).sum())

    @cached_property
    def burn_up(self) -> pd.DataFrame:
        """As `burn_up_days` of this plan; never change the frame."""
        return burn_up_days(self.plan, self.reports, self.today)

    def owner(self, owner: str) -> str:
        """The name of a role, or the person that is named."""
        return self.names.get(owner, owner)


def plan_now(
    workspace: Workspace,
    visitor: Visitor,
    today: date,
    organisation: str | None = None,
    *,
    plan_name: str | None = None,
) -> PlanNow | None:
    """The plan of that name, else the one in force, else the newest; None without any."""
    versions = plans(workspace, visitor, organisation)
    in_force = next((each for each in versions if each.status == "current"), versions[0] if versions else None)
    if in_force is None:
        return None
    found = plan(workspace, visitor, plan_name or in_force.name, organisation)
    of = next((each for each in rounds(workspace, visitor, organisation) if each.name == found.round), None)
    goals = {each.id: each.name for each in objectives(workspace, visitor, organisation)}
    names = (names_of(workspace, of) if of else {}) | goals
    return PlanNow(plan=found, round=of, names=names, reports=plan_history(workspace, visitor, found.id), today=today)


def burn_up_days(plan: SavedPlan, reports: Sequence[ProgressUpdate], today: date) -> pd.DataFrame:
    """Planned, done and in scope in whole person-days by phase and day, columns as `roadmap.burn_up`."""
    found = burn_up(plan.actions + plan.removed, reports, plan.baseline, plan.starts, today)
    return found.round(dict.fromkeys(("planned", "done", "scope"), 0))


def phase_shares(frame: pd.DataFrame, today: pd.Timestamp) -> list[tuple[int, float, float]]:
    """Of a burn-up the phases 1-4 with their share done and their share planned by today, 0..1."""
    known = frame[(frame["on"] <= today) & frame["done"].notna()]
    last = known.sort_values("on", kind="stable").groupby("phase", sort=False).last()
    found = [
        (PHASE_NAMES.index(str(row.Index)) + 1, row.done / row.scope, min(row.planned / row.scope, 1.0))
        for row in (cast(Any, each) for each in last.itertuples())
        if row.scope
    ]
    return sorted(found)


def effort_shares(frame: pd.DataFrame, today: pd.Timestamp) -> tuple[float, float] | None:
    """Of the whole plan's effort in scope today the shares done and planned to be done; None without any effort."""
    now = frame[(frame["on"] == today) & frame["done"].notna()]
    whole = float(now["scope"].sum())
    return (float(now["done"].sum()) / whole, min(float(now["planned"].sum()) / whole, 1.0)) if whole else None


def phase_facts(now: PlanNow) -> tuple[PhaseFact, ...]:
    """The phases that have effort in scope, with their windows and shares."""
    windows = {each.number: each for each in phases(now.plan.starts)}
    return tuple(
        PhaseFact(
            number=number, name=windows[number].name, start=windows[number].start, finish=windows[number].finish,
            done=done, planned=planned,
        )
        for number, done, planned in phase_shares(now.burn_up, pd.Timestamp(now.today))
    )  # fmt: skip


def milestone_facts(now: PlanNow, count: int | None = AHEAD) -> tuple[MilestoneFact, ...]:
    """The next milestones from today on (all of the plan's where `count` is None) with how they stand in words."""
    plan = now.plan
    wanted = plan.milestones if count is None else upcoming(plan.milestones, now.today, count)
    return tuple(
        MilestoneFact(
            name=each.milestone.name,
            on=each.milestone.on,
            phase=phase_of(each.milestone.on, plan.starts),
            said=milestone_said(each.code, each.days, len(each.waits_for), len(each.needed)),
        )
        for each in milestone_stands(wanted, plan.actions, plan.baseline, now.today)
    )
