"""The plan as a report says it: actions, KPIs, risks, objectives, people and money, by what the pages are made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import fmean

import pandas as pd

from maturity.operations.catalogues import catalogue_of
from maturity.operations.kpi_readings import KpisOfPlan, kpis
from maturity.operations.leadership_plan import PlanNow, phase_facts, plan_now
from maturity.operations.objectives import objectives
from maturity.operations.poster import approval_of
from maturity.operations.promises import promises_now
from maturity.operations.report_reader import Reader
from maturity.operations.resources import Resources, resources
from maturity.operations.risks import KnownRisk, risks
from maturity.operations.saved_plans import SavedPlan, budget_uses
from maturity.publishing.report_charts import bars_in_words, load_frame, status_words, workload_frame
from maturity.publishing.report_facts import (
    ActionFact,
    KpiFact,
    Named,
    ObjectiveFact,
    PhaseFact,
    QuarterFact,
    RiskFact,
)
from maturity.roadmap.actions import Action
from maturity.roadmap.burn_up import share_due
from maturity.roadmap.critical_path import critical
from maturity.roadmap.kpis import Standing
from maturity.roadmap.phases import Phase, phases
from maturity.words.kpi_sentences import number, standing_in_words
from maturity.words.messages import on_day
from maturity.words.pack_sentences import promise_due
from maturity.words.plan_sentences import steps_said
from maturity.words.review_flow_sentences import PROMISE_STATES
from maturity.words.risk_sentences import STATE, response_said


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A saved plan as it stands today, and what is read of it for a report."""

    reader: Reader
    now: PlanNow

    @property
    def plan(self) -> SavedPlan:
        """The plan."""
        return self.now.plan

    @property
    def names(self) -> Mapping[str, str]:
        """The names of departments, topics, roles and objectives by id."""
        return self.now.names

    @cached_property
    def bars(self) -> pd.DataFrame:
        """The bars of the timeline; never change the frame."""
        return bars_in_words(self.plan.actions, self.plan.baseline, self.reader.today, "phase", self.names)

    @cached_property
    def load(self) -> pd.DataFrame:
        """Planned and available person-days by role (its id) and quarter; never change the frame."""
        offered = self.spend.capacities if self.spend else ()
        return workload_frame(load_frame(self.plan.actions, offered, self.plan.starts), {})

    @cached_property
    def spend(self) -> Resources | None:
        """What the plan may spend; None where its round is not there any more."""
        of = self.now.round
        return resources(self.reader.workspace, self.reader.visitor, of) if of else None

    @cached_property
    def kpis(self) -> KpisOfPlan:
        """The KPIs of the plan and of the objectives."""
        reader = self.reader
        return kpis(reader.workspace, reader.visitor, self.plan.name, reader.organisation.name)

    @property
    def against(self) -> str:
        """What the days that lateness is measured by are called."""
        return "as approved" if self.plan.approved else "as it was made"


def delivery_of(reader: Reader, plan_name: str) -> Delivery | None:
    """The plan of that name as it stands ("latest": the one in force), None where the organisation has none."""
    wanted = None if plan_name == "latest" else plan_name
    now = plan_now(reader.workspace, reader.visitor, reader.today, reader.organisation.name, plan_name=wanted)
    if now is None:
        reader.lacks("plan")
        return None
    return Delivery(reader=reader, now=now)


def approval_said(of: Delivery) -> str:
    """By which approved version lateness is measured, as a sentence."""
    if of.plan.approved is None:
        of.reader.lacks("approval")
    return approval_of(of.plan)


def phases_of(of: Delivery) -> tuple[PhaseFact, ...]:
    """Every phase that has an action. Before the plan's first day, and where nobody has reckoned effort, each action
    counts alike for the shares."""
    known = {each.number: each for each in phase_facts(of.now)}
    return tuple(
        known.get(window.number) or _plain_phase(of, window)
        for window in phases(of.plan.starts)
        if any(each.phase == window.number for each in of.plan.actions)
    )


def _plain_phase(of: Delivery, window: Phase) -> PhaseFact:
    own = [each for each in of.plan.actions if each.phase == window.number]
    due = [share_due(*of.plan.baseline.get(each.code, (each.start, each.finish)), of.reader.today) for each in own]
    return PhaseFact(
        number=window.number, name=window.name, start=window.start, finish=window.finish,
        done=fmean(each.percent_done for each in own) / 100, planned=fmean(due),
    )  # fmt: skip


def action_facts(of: Delivery) -> tuple[ActionFact, ...]:
    """Every action of the plan as it stands, in the plan's order."""
    chain, roles = critical(of.plan.actions), _roles(of)
    signed = of.plan.approved.signed if of.plan.approved else frozenset()
    return tuple(_action(of, each, roles.get(each.code), chain, signed) for each in of.plan.actions)


def _roles(of: Delivery) -> dict[str, str]:
    """The role that owns each action: as the plan was made, and for what came in since as its catalogue says."""
    catalogue = catalogue_of(of.reader.workspace, of.now.round) if of.now.round else None
    leads = {each.id: each.lead for each in catalogue.actions} if catalogue else {}
    since = {each.code: leads[each.catalogue_id] for each in of.plan.actions if each.catalogue_id in leads}
    return since | {each.id: each.owner for each in of.plan.body.actions}


def _action(
    of: Delivery, action: Action, role: str | None, chain: frozenset[str], signed: frozenset[str]
) -> ActionFact:
    how = of.plan.status_of(action, of.reader.today)
    start, finish = of.plan.baseline.get(action.code, (action.start, action.finish))
    owner = role or action.owner
    return ActionFact(
        code=action.code, title=action.title, summary=action.summary, phase=action.phase, start=action.start,
        finish=action.finish, approved_start=start, approved_finish=finish, status=how.code, days_late=how.days_late,
        status_words=status_words(how), owner=of.names.get(owner, owner),
        owner_name="" if action.owner == owner else of.names.get(action.owner, action.owner),
        department=action.department, percent_done=action.percent_done, effort=dict(action.effort), cost=action.cost,
        deliverable=action.deliverable, done_when=action.done_when, kpi=action.kpi.name if action.kpi else "",
        objective=action.objective or "", requires=action.requires,
        closes=tuple(steps_said([action.closes], lambda topic: of.names.get(topic, topic))),
        critical=action.code in chain, signed_off=action.code in signed,
    )  # fmt: skip


def kpi_facts(of: Delivery) -> tuple[KpiFact, ...]:
    """Every KPI of the plan, those of objectives first, each with its last two readings."""
    if not any(each.readings for each in of.kpis.kpis):
        of.reader.lacks("kpis")
    return tuple(_kpi(each) for each in of.kpis.standings)


def _kpi(stood: Standing) -> KpiFact:
    kpi = stood.of
    return KpiFact(
        of=kpi.code, name=kpi.name, unit=kpi.unit, baseline=kpi.baseline, target=kpi.target,
        value=kpi.last.value if kpi.last else None,
        before=kpi.readings[-2].value if len(kpi.readings) > 1 else None,
        read_on=kpi.last.on if kpi.last else None, planned=stood.expected, said=standing_in_words(stood),
    )  # fmt: skip


def live_risks(reader: Reader) -> tuple[KnownRisk, ...]:
    """The risks that are open or have happened, the heaviest first."""
    found = risks(reader.workspace, reader.visitor, reader.organisation.name)
    live = tuple(each for each in found if each.risk.state != "closed")
    if not live:
        reader.lacks("risks")
    return live


def risk_facts(found: Iterable[KnownRisk]) -> tuple[RiskFact, ...]:
    """Risks in words."""
    return tuple(
        RiskFact(
            title=each.risk.title, description=each.risk.description, likelihood=each.risk.likelihood,
            impact=each.risk.impact, owner=each.risk.owner,
            response=response_said(each.risk.response, each.risk.response_text), state=STATE[each.risk.state],
            holds=each.risk.codes,
        )
        for each in found
    )  # fmt: skip


def objective_facts(reader: Reader, actions: Iterable[Action]) -> tuple[ObjectiveFact, ...]:
    """The organisation's objectives, each with the actions that serve it."""
    goals, every = objectives(reader.workspace, reader.visitor, reader.organisation.name), tuple(actions)
    if not goals:
        reader.lacks("objectives")
    return tuple(
        ObjectiveFact(
            id=each.id,
            name=each.name,
            goal=each.goal,
            measure=each.measure,
            target=_aim(each.aim, each.unit, each.due),
            actions=tuple(action.code for action in every if action.objective == each.id),
        )
        for each in goals
    )


def _aim(aim: float | None, unit: str, due: date | None) -> str:
    if aim is None or due is None:
        return ""
    said = f"{number(aim)}{unit}" if unit.startswith("%") else f"{number(aim)} {unit}".strip()
    return f"{said} by {on_day(due)}"


def quarter_facts(of: Delivery) -> tuple[QuarterFact, ...]:
    """Person-days by role (its id) and quarter 1-12, of roles that have work."""
    return tuple(
        QuarterFact(role=str(row.role), quarter=int(row.quarter), planned=row.planned, available=row.available)  # type: ignore[arg-type]
        for row in of.load.itertuples()
    )


def budget_facts(of: Delivery) -> tuple[tuple[int, float, float], ...]:
    """Phase, what it may cost, and what its actions cost as they stand; phases without a limit are left out."""
    uses = budget_uses(of.plan)
    return tuple((each.phase, each.available, each.planned) for each in uses if each.available is not None)


def role_names(of: Delivery) -> tuple[Named, ...]:
    """The roles of the catalogue by name."""
    catalogue = catalogue_of(of.reader.workspace, of.now.round) if of.now.round else None
    return tuple(Named(id=each.id, name=each.name) for each in catalogue.roles) if catalogue else ()


def promise_facts(reader: Reader) -> tuple[tuple[tuple[str, str, str], ...], tuple[tuple[str, str], ...]]:
    """What was promised at the review that was signed off last (what, who, by when and how it stands), and who signed
    it in which role."""
    found = promises_now(reader.workspace, reader.visitor, reader.organisation.name)
    if found is None:
        reader.lacks("promises")
        return (), ()
    review = found.review
    promises = [(e.text, e.owner, promise_due(e.due_on, PROMISE_STATES[e.state])) for e in review.promises]
    return tuple(promises), tuple((each.name, each.role) for each in review.signatures)
