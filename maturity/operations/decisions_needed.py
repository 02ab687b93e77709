"""What only leaders can settle, with what each costs to postpone: what they were asked, and what the plan shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

import pandas as pd

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.decisions import open_decisions
from maturity.operations.leadership_plan import PlanNow, plan_now
from maturity.operations.local_days import own_day
from maturity.operations.readiness import readiness
from maturity.operations.resources import Resources, resources
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.request import PHASE_NAMES
from maturity.planning.targets import LevelCap
from maturity.publishing.report_facts import DecisionFact
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import roadmap_links
from maturity.roadmap.decisions import AskedDecision, needed_by
from maturity.roadmap.phases import QUARTER_DAYS
from maturity.roadmap.postponing import MONTH_DAYS, Postponed, cost_of_a_slip, cost_of_waiting
from maturity.roadmap.replan import paid_by
from maturity.words import leadership_sentences as words


def decisions_needed(
    workspace: Workspace,
    visitor: Visitor,
    organisation: str | None = None,
    *,
    plan_name: str | None = None,
    today: date | None = None,
) -> tuple[DecisionFact, ...]:
    """What leaders were asked and is needed within a quarter, the soonest first; then what the plan itself shows: late
    actions that hold it up, phases over their budget, work without a person, targets held back; last what has time."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    require(visitor, "read_roadmap", organisation=mine.id)
    day = today or own_day(workspace, mine.id)
    now = plan_now(workspace, visitor, day, mine.name, plan_name=plan_name)
    return needed_of(workspace, visitor, mine.name, now, day)


def needed_of(
    workspace: Workspace, visitor: Visitor, organisation: str, now: PlanNow | None, today: date
) -> tuple[DecisionFact, ...]:
    """As `decisions_needed`, where the plan is at hand (None: there is none)."""
    actions = now.plan.actions if now else ()
    asked = open_decisions(workspace, visitor, organisation)
    until = today + timedelta(days=QUARTER_DAYS)
    soon = [each for each in asked if each.day is None or each.day <= until]
    later = [each for each in asked if each not in soon]
    spend = resources(workspace, visitor, now.round) if now and now.round else None
    currency = spend.currency if spend else ""
    found = list(asked_decisions(soon, actions, today, currency))
    if now:
        found += late_decisions(now.bars, roadmap_links(actions), actions, today)
        if spend:
            found += budget_decisions([each for each in actions if paid_by(each, now.plan.starts)], spend)
        found += owner_decisions(now)
        found += cap_decisions(readiness(workspace, visitor, organisation).caps, now.names)
    return (*found, *asked_decisions(later, actions, today, currency))


def asked_decisions(
    waiting: Iterable[AskedDecision], actions: Sequence[Action], today: date, currency: str = ""
) -> Iterable[DecisionFact]:
    """One for each question that waits for leaders, with the day by which it is needed."""
    for each in waiting:
        asked = each.decision
        yield DecisionFact(
            question=asked.question,
            needed_by=each.day,
            postponed=_waiting_costs(asked.codes, actions, today, each.day),
            recommendation=asked.recommendation,
            options=tuple((one.name, words.cost_words(one.cost, currency), one.effect) for one in asked.options),
            page="decisions",
        )


def _waiting_costs(codes: Collection[str], actions: Sequence[Action], today: date, needed: date | None) -> str:
    """What it costs to decide a month after the day by which it is needed, in words. Before the first of the actions
    that wait begins, a month costs nothing: then it is a month after that day."""
    last = needed_by(codes, actions)
    if last is None:
        return words.NOTHING_WAITS if not codes else words.ALL_BEGUN
    first = min(each.start for each in actions if each.code in set(codes) and not (each.begun_on or each.done_on))
    by = max(needed or today, today)
    free = by + timedelta(days=MONTH_DAYS) <= first
    found = cost_of_waiting(actions, codes, today, first if free else by)
    return words.postponed_words(_told(found), free_until=first if free else None, end_after=last.day)


def _told(found: Postponed) -> words.MonthLost:
    return words.MonthLost(
        end_days=found.end_days, later=len(found.later), steps=found.steps, level_weeks=found.level_weeks
    )


def late_decisions(
    bars: pd.DataFrame, links: pd.DataFrame, actions: Sequence[Action], today: date
) -> Iterable[DecisionFact]:
    """One for each late bar that sets the end date or that unfinished ones wait for, the critical and latest first.

    `bars` has the columns of `roadmap_bars`, `status` as codes."""
    unfinished = set(bars.loc[bars["status"] != "done", "id"])
    waiting = Counter(first for first, then in links.to_numpy() if then in unfinished)
    late = bars[bars["status"] == "late"].sort_values(["critical", "days_late"], ascending=False, kind="stable")
    for row in (cast(Any, each) for each in late.itertuples()):
        held = waiting[row.id]
        if row.critical or held:
            codes = {each.code for each in actions if row.id in (each.code, each.catalogue_id)}
            found = cost_of_a_slip(actions, codes, today)
            yield DecisionFact(
                question=words.catch_up_words(row.title, row.days_late, 0 if row.critical else held),
                needed_by=None,
                postponed=words.slip_words(_told(found), followers=len(found.pushed)),
                page="roadmap",
            )


def budget_decisions(actions: Sequence[Action], spend: Resources) -> Iterable[DecisionFact]:
    """One for each phase whose priced actions cost more than its budget and, where money carries over, than what the
    phases before it leave."""
    costs: Counter[int] = Counter()
    for action in actions:
        costs[action.phase] += action.cost or 0  # type: ignore[assignment]
    left = 0.0
    for number, budget in enumerate(spend.budgets, start=1):
        over, carried = costs[number] - budget - left, left
        left = max(0.0, -over) if spend.terms.carry_over else 0.0
        if over >= 1:
            open_ = [each for each in actions if each.phase == number and each.cost and not each.begun_on]
            yield DecisionFact(
                question=words.over_budget_words(
                    number, PHASE_NAMES[number - 1], over, budget, spend.currency,
                    usual=spend.budget_is_default, carried=carried >= 1,
                ),
                needed_by=min((each.start for each in open_), default=None),
                postponed=words.unpaid_words(over, spend.currency, len(open_), sum(each.cost or 0 for each in open_)),
                page="plan",
            )  # fmt: skip


def owner_decisions(now: PlanNow) -> Iterable[DecisionFact]:
    """One where actions have begun, or begin within a quarter, and only a role owns them."""
    until = now.today + timedelta(days=QUARTER_DAYS)
    soon = [
        each
        for each in now.plan.actions
        if each.start <= until
        and now.plan.status_of(each, now.today).code != "done"
        and now.owner(each.owner) != each.owner
    ]
    if soon:
        codes = [each.code for each in soon]
        last = needed_by(codes, now.plan.actions)
        yield DecisionFact(
            question=words.unowned_words(len(soon), until),
            needed_by=max(last.day, now.today) if last else None,
            postponed=_waiting_costs(codes, now.plan.actions, now.today, None),
            page="plan",
        )


def cap_decisions(caps: Iterable[LevelCap], names: Mapping[str, str]) -> Iterable[DecisionFact]:
    """One for each reason by which readiness holds targets back."""
    held: dict[tuple[int, str], list[str]] = {}
    for cap in caps:
        held.setdefault((cap.level, cap.reason), []).append(names.get(cap.department or "", cap.department or "all"))
    for (level, reason), departments in held.items():
        yield DecisionFact(
            question=words.held_back_words(level, reason, departments),
            needed_by=None,
            postponed=words.held_back_costs(level, len(departments)),
            page="targets",
        )
