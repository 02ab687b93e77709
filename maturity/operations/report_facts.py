"""All that a report says, read for one visitor: every number by what the pages are made from, and nothing they may
not see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations import report_delivery as delivery
from maturity.operations import report_standing as standing
from maturity.operations.brand import brand_of
from maturity.operations.early_sight import WHOLE
from maturity.operations.leadership import leadership
from maturity.operations.leadership_plan import milestone_facts
from maturity.operations.local_days import own_day
from maturity.operations.report_delivery import Delivery
from maturity.operations.report_reader import Reader
from maturity.operations.report_standing import Standing
from maturity.operations.saved_plans import paid_before
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.publishing.report_facts import ReportFacts
from maturity.roadmap.actions import Action
from maturity.words.pack_sentences import NOTHING_YET, missing_said

__all__ = ["ReadReport", "ReportFacts", "read_report", "report_facts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """The facts of a report with what they were read from: None where there is no round, or no plan."""

    facts: ReportFacts
    standing: Standing | None
    delivery: Delivery | None
    reader: Reader


def report_facts(
    workspace: Workspace,
    visitor: Visitor,
    plan_name: str = "latest",
    organisation: str | None = None,
    *,
    with_answers: bool = False,
) -> ReportFacts:
    """The facts of the reports on a plan, as of the organisation's today. What does not exist, or is not shown to the
    visitor yet, is empty and named in `missing`. Refused where the organisation has plans and none of that name."""
    return read_report(workspace, visitor, plan_name, organisation, with_answers=with_answers).facts


def read_report(
    workspace: Workspace,
    visitor: Visitor,
    plan_name: str = "latest",
    organisation: str | None = None,
    *,
    with_answers: bool = False,
) -> ReadReport:
    """The same with what the pictures are drawn from."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_reports")
    require(visitor, "read_reports", WHOLE, organisation=mine.id)
    reader = Reader(
        workspace=workspace, visitor=visitor, organisation=mine, today=own_day(workspace, mine.id), missing={}
    )
    stood, planned = standing.standing_of(reader), delivery.delivery_of(reader, plan_name)
    parts = {
        **_identity(reader),
        **_leading(reader, planned),
        **(_of_round(stood, with_answers) if stood else NO_ROUND),
        **(_of_plan(planned) if planned else NO_PLAN),
        **_of_organisation(reader, planned.plan.actions if planned else ()),
    }
    facts = ReportFacts(**parts, with_answers=with_answers, missing=_missing(reader))
    return ReadReport(facts=facts, standing=stood, delivery=planned, reader=reader)


NO_ROUND: dict[str, Any] = {
    "round": "", "round_on": None, "framework": "", "framework_version": "", "levels": (),
}  # fmt: skip
NO_PLAN: dict[str, Any] = {"plan": "", "plan_starts": None, "approval": "", "currency": ""}


def _identity(reader: Reader) -> dict[str, Any]:
    """Whose report it is, of which day, and with which vision."""
    brand, vision = brand_of(reader.workspace, reader.organisation)
    if not brand.logo:
        reader.lacks("logo")
    if not vision:
        reader.lacks("vision")
    return {
        "brand": brand, "as_of": reader.today, "vision": vision, "is_demo": reader.organisation.is_demo,
        "departments": standing.named(reader.organisation.departments),
    }  # fmt: skip


def _leading(reader: Reader, planned: Delivery | None) -> dict[str, Any]:
    """What leaders read first: of the plan in force, also where the report is on an earlier one."""
    found = leadership(reader.workspace, reader.visitor, reader.organisation.name, today=reader.today)
    if planned and planned.plan.status != "current":
        reader.lacks("earlier_plan")
    return {
        "headline": found.headline,
        "summary": found.summary,
        "bullets": found.bullets,
        "decisions": found.decisions,
    }


def _of_round(stood: Standing, with_answers: bool) -> dict[str, Any]:
    dimensions, topics = standing.places_of(stood.framework)
    past = standing.history(stood)
    answers = standing.answer_facts(stood) if with_answers else ()
    if with_answers and not answers:
        stood.reader.lacks("answers")
    return {
        "round": stood.round.name,
        "round_on": stood.round.closes_on,
        "framework": stood.framework.name,
        "framework_version": stood.framework.version,
        "levels": tuple(each.name for each in stood.framework.levels),
        "dimensions": dimensions,
        "topics": topics,
        "departments": standing.named(stood.round.departments),
        "scores": standing.score_facts(stood),
        "gaps": standing.gap_facts(stood),
        "rounds": standing.round_facts(stood, past),
        "finding": standing.finding_said(stood),
        "answers": answers,
    }


def _of_plan(planned: Delivery) -> dict[str, Any]:
    return {
        "plan": planned.plan.name,
        "plan_starts": planned.plan.starts,
        "approval": delivery.approval_said(planned),
        "currency": planned.spend.currency if planned.spend else "",
        "roles": delivery.role_names(planned),
        "phases": delivery.phases_of(planned),
        "actions": delivery.action_facts(planned),
        "milestones": milestone_facts(planned.now, None),
        "kpis": delivery.kpi_facts(planned),
        "quarters": delivery.quarter_facts(planned),
        "budgets": delivery.budget_facts(planned),
        "paid_before": paid_before(planned.plan),
    }


def _of_organisation(reader: Reader, actions: tuple[Action, ...]) -> dict[str, Any]:
    """What belongs to the organisation, whichever plan is looked at."""
    promises, signatures = delivery.promise_facts(reader)
    return {
        "risks": delivery.risk_facts(delivery.live_risks(reader)),
        "objectives": delivery.objective_facts(reader, actions),
        "promises": promises,
        "signatures": signatures,
    }


def _missing(reader: Reader) -> tuple[str, ...]:
    """What the report has nothing of, a sentence each."""
    nothing = {"round", "plan"} <= set(reader.missing)
    said = [missing_said(code, why) for code, why in reader.missing.items()]
    return (NOTHING_YET, *said) if nothing else tuple(said)
