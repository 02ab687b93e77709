"""Asking how likely a saved plan is to hold: what goes to the solver's own process, and what a story adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of
from maturity.operations.early_sight import NotShownYet
from maturity.operations.errors import Refused
from maturity.operations.local_days import own_day
from maturity.operations.progress import plan_history
from maturity.operations.risks import risks
from maturity.operations.rounds import Round, find_round
from maturity.operations.saved_plans import SavedPlan, plan
from maturity.operations.setup import the_organisation
from maturity.operations.standing import Standing, already_done, standing
from maturity.operations.targets import targets
from maturity.operations.workspace import Workspace
from maturity.planning.forecast_request import SAMPLES, Aim, ForecastRequest, forecast_document
from maturity.planning.request import PlanRequest
from maturity.planning.steps import find_steps
from maturity.planning.targets import Target
from maturity.roadmap.forecast import activities, brought, gates
from maturity.roadmap.risks import Risk, RiskStated, happened_since, threats

FORECAST, PREMORTEM = "forecast", "premortem"
"""What the solver's process calls these two questions."""
Where = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The forecast of a plan version as of `today`: what to `ask` of the solver. `withheld` says why there are no
    levels and targets in it, empty where there are; `places` counts those whose level is known. `risks` are all that
    are not closed: those of the request are counted, the others hold up nothing that is still to be done."""

    plan: SavedPlan
    today: date
    ask: Mapping[str, Any]
    withheld: str
    places: int
    risks: tuple[Risk, ...] = ()

    def story(self, **trouble: Any) -> dict[str, Any]:
        """The question of a story about it, as `planning.premortem.read_trouble` reads it."""
        return {"request": self.ask["request"], "trouble": trouble}


def ask_forecast(
    workspace: Workspace,
    visitor: Visitor,
    plan_name: str = "latest",
    organisation: str | None = None,
    *,
    samples: int = SAMPLES,
) -> Asking:
    """The question, as of the workspace's day. Of levels and targets it holds those of departments whose results the
    visitor may read: without any, dates alone."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    saved = plan(workspace, visitor, plan_name, mine.name)
    today = own_day(workspace, mine.id)
    round_ = _round(workspace, visitor, saved, organisation)
    catalogue = catalogue_of(workspace, round_) if round_ else None
    reports = plan_history(workspace, visitor, saved.id)
    known = [each for each in risks(workspace, visitor, organisation) if each.risk.state != "closed"]
    said: list[RiskStated] = [state for each in known for state in each.history]
    request = ForecastRequest(
        activities=activities(saved.actions, catalogue, saved.starts, saved.body.capacity, reports),
        now=(today - saved.starts).days,
        gates=gates(saved.milestones, saved.actions, saved.baseline, saved.starts),
        risks=threats([each.risk for each in known], saved.actions, reports, happened_since(said)),
        samples=samples,
    )
    withheld = "" if round_ else "the round that the plan was made from is not there any more"
    if round_:
        try:
            now = standing(workspace, visitor, round_)
            request = _with_levels(request, saved, now, workspace, targets(workspace, visitor, round_))
        except NotShownYet as error:
            withheld = str(error)
    ask = {"request": forecast_document(request)}
    return Asking(
        plan=saved, today=today, ask=ask, withheld=withheld, places=len(request.levels),
        risks=tuple(each.risk for each in known),
    )  # fmt: skip


def _round(workspace: Workspace, visitor: Visitor, saved: SavedPlan, organisation: str | None) -> Round | None:
    try:
        return find_round(workspace, visitor, saved.round, organisation)
    except Refused:
        return None


def _with_levels(
    request: ForecastRequest, saved: SavedPlan, now: Standing, workspace: Workspace, wanted: tuple[Target, ...]
) -> ForecastRequest:
    coming = _certain(saved, now, workspace, wanted)
    open_targets = [each for each in wanted if now.reached.get((each.department, each.topic), each.level) < each.level]
    return replace(
        request,
        steps=brought(saved.actions, now.reached, coming),
        levels=dict(now.reached),
        aims=tuple(
            Aim(department=t.department, topic=t.topic, level=t.level, due=(t.due - saved.starts).days)
            for t in sorted(open_targets, key=lambda each: each.due)
        ),
    )


def _certain(saved: SavedPlan, now: Standing, workspace: Workspace, wanted: tuple[Target, ...]) -> dict[Where, float]:
    """Steps that actions marked as running bring about, as the planner takes them; nobody reports on these."""
    ask = PlanRequest(
        round=now.round.name, catalogue=catalogue_of(workspace, now.round), departments=now.departments,
        reached=now.reached, targets=wanted, starts=saved.starts, already=already_done(workspace, now.round),
    )  # fmt: skip
    planned = {(each.department, each.topic, each.to_level) for a in saved.actions for each in a.closes}
    steps = find_steps(ask, ask.catalogue) if ask.catalogue else ()
    found = {(step.department, step.topic, step.level): float(step.comes) for step in steps if step.by}
    return {where: day for where, day in found.items() if where not in planned}
