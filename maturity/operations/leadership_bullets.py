"""The bullets of the leadership page, the most useful first, each with the page on which it is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from maturity.access.roles import Visitor
from maturity.assessment.scores import Place
from maturity.operations.evidence_ages import fresh_shares
from maturity.operations.kpi_readings import kpis
from maturity.operations.leadership_plan import PlanNow, effort_shares, phase_facts
from maturity.operations.leadership_round import RoundNow
from maturity.operations.resources import Resources, resources
from maturity.operations.saved_plans import paid_before
from maturity.operations.workspace import Workspace
from maturity.roadmap.milestones import MilestoneStand, milestone_stands
from maturity.roadmap.replan import paid_by
from maturity.roadmap.workload import overloads, workload
from maturity.words import leadership_sentences as words

Bullet = tuple[str, str]


def round_bullets(workspace: Workspace, visitor: Visitor, stood: RoundNow) -> Iterator[Bullet]:
    """Score with range and change, what was answered and is evidenced, then topics, targets and departments."""
    score, reached = stood.score, stood.department_range()
    since = stood.before[0] if stood.before else ""
    yield words.score_bullet(score.score or 0.0, reached, stood.change, since), "results"
    fresh = fresh_shares(workspace, visitor, stood.round).get(Place())
    yield words.coverage_bullet(score.coverage, fresh, stood.framework.least_coverage), "results"
    at_target = sum(each.target is not None and (each.score or 0) >= each.target - 1e-9 for each in stood.topics)
    yield words.topics_bullet(stood.topic_scores()), "results"
    yield words.targets_bullet(at_target, sum(each.target is not None for each in stood.topics)), "targets"
    sent = sum(stood.scores.of(code).score is not None for code in stood.scores.departments)
    yield words.departments_bullet(sent, len(stood.scores.departments)), "results"


def plan_bullets(workspace: Workspace, visitor: Visitor, now: PlanNow) -> Iterator[Bullet]:
    """Delivery, money (or people), KPIs, then people, phases and milestones."""
    shares = effort_shares(now.burn_up, pd.Timestamp(now.today))
    yield words.delivery_bullet(len(now.bars), now.count("done"), now.count("late"), shares), "progress"
    spend = resources(workspace, visitor, now.round) if now.round else None
    money, people = _money(now, spend), _people(now, spend)
    yield from [each for each in (money or people,) if each]
    stands = Counter[str](each.code for each in kpis(workspace, visitor, now.plan.name).standings)
    if stands:
        yield words.kpi_bullet(stands), "kpis"
    yield from [people] if money and people else []
    begun = [each for each in phase_facts(now) if each.start <= now.today]
    if begun:
        yield words.phase_bullet(begun[-1].number, begun[-1].name, begun[-1].done, begun[-1].planned), "progress"
    yield words.milestones_bullet(Counter(each.code for each in _stands(now))), "progress"
    yield words.sign_off_bullet(now.plan.approved.number if now.plan.approved else None), "versions"


def _stands(now: PlanNow) -> tuple[MilestoneStand, ...]:
    plan = now.plan
    return milestone_stands(plan.milestones, plan.actions, plan.baseline, now.today)


def _money(now: PlanNow, spend: Resources | None) -> Bullet | None:
    """What the priced actions cost beside the budgets that somebody set."""
    paid = [each for each in now.plan.actions if paid_by(each, now.plan.starts)]
    cost = sum(each.cost or 0.0 for each in paid)
    if spend is None or not cost:
        return None
    used = [each.cost_used for each in now.plan.actions if each.cost_used is not None]
    return (
        words.money_bullet(
            cost, sum(spend.budgets), spend.currency, usual=spend.budget_is_default,
            before=paid_before(now.plan), used=sum(used) if used else None,
            unpriced=sum(each.cost is None for each in paid),
        ),
        "plan",
    )  # fmt: skip


def _people(now: PlanNow, spend: Resources | None) -> Bullet | None:
    """Where more person-days are planned than there are."""
    if spend is None or not spend.capacities:
        return None
    over = overloads(workload(now.plan.actions, spend.capacities, now.plan.starts))
    return words.capacity_bullet(len(over), float(over["over"].sum())), "progress"
