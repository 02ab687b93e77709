"""What leaders need to know, computed: which decisions are needed, how far topics are from their targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import pandas as pd

from maturity.assessment.scores import Score
from maturity.operations.decisions import open_decisions
from maturity.operations.readiness import readiness
from maturity.operations.resources import Resources, resources
from maturity.planning.request import PHASE_NAMES
from maturity.planning.targets import LevelCap
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import roadmap_links
from maturity.roadmap.decisions import AskedDecision
from maturity.roadmap.phases import QUARTER_DAYS
from maturity.roadmap.replan import paid_by
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.leadership_sentences import open_decision_words
from maturity.words.messages import counted, days_late, on_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Something that only leaders can settle, and the page on which it is looked into."""

    words: str
    page: str


def decisions(shown: ShownPlan) -> tuple[Decision, ...]:
    """What leaders were asked and is needed within a quarter, the soonest first; then what the plan itself shows: late
    actions that hold it up, phases over their budget, work without a person, targets held back; last what has time."""
    return shown.kept("decisions", lambda: tuple(_decisions(shown)))


def _decisions(shown: ShownPlan) -> Iterable[Decision]:
    here = shown.here
    mine = here.organisation.name if here.organisation else None
    asked = open_decisions(here.workspace, here.visitor, mine)
    until = shown.today + timedelta(days=QUARTER_DAYS)
    soon = [each for each in asked if each.day is None or each.day <= until]
    yield from asked_decisions(soon, shown.today)
    yield from late_decisions(shown.bars(), roadmap_links(shown.plan.actions))
    if shown.round:
        paid = [each for each in shown.plan.actions if paid_by(each, shown.plan.starts)]
        yield from budget_decisions(paid, resources(here.workspace, here.visitor, shown.round))
    yield from owner_decisions(shown)
    yield from cap_decisions(readiness(here.workspace, here.visitor, mine).caps, shown.names)
    yield from asked_decisions([each for each in asked if each not in soon], shown.today)


def asked_decisions(waiting: Iterable[AskedDecision], today: date) -> Iterable[Decision]:
    """One for each question that waits for leaders, with the day by which it is needed."""
    for each in waiting:
        yield Decision(words=open_decision_words(each.decision.question, each.day, today), page="decisions")


def late_decisions(bars: pd.DataFrame, links: pd.DataFrame) -> Iterable[Decision]:
    """One for each late bar that sets the end date or that unfinished ones wait for, the critical and latest first.

    `bars` has the columns of `roadmap_bars` and `code`, the code of the status."""
    unfinished = set(bars.loc[bars["code"] != "done", "id"])
    waiting = Counter(first for first, then in links.to_numpy() if then in unfinished)
    late = bars[bars["code"] == "late"].sort_values(["critical", "days_late"], ascending=False, kind="stable")
    for row in (cast(Any, each) for each in late.itertuples()):
        held = waiting[row.id]
        if not (row.critical or held):
            continue
        why = "it sets the end date" if row.critical else f"{counted(held, 'action')} {_wait(held)} for it"
        words = f"How to catch up on “{row.title}”: {days_late(row.days_late)}, and {why}."
        yield Decision(words=words, page="roadmap")


def _wait(number: int) -> str:
    return "waits" if number == 1 else "wait"


def budget_decisions(actions: Iterable[Action], spend: Resources) -> Iterable[Decision]:
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
            usual = ", a usual sum that nobody has set" if spend.budget_is_default else ""
            name = f"phase {number}, {PHASE_NAMES[number - 1].lower()}"
            words = f"More money or less work in {name}: it costs {over:,.0f} {spend.currency} more than its budget"
            before = " and what earlier phases leave" if carried >= 1 else ""
            yield Decision(words=f"{words} of {budget:,.0f} {spend.currency}{usual}{before}.", page="plan")


def owner_decisions(shown: ShownPlan) -> Iterable[Decision]:
    """One where actions have begun, or begin within a quarter, and only a role owns them."""
    until = shown.today + timedelta(days=QUARTER_DAYS)
    soon = [
        each
        for each in shown.plan.actions
        if each.start <= until and shown.status(each).code != "done" and shown.owner(each) != each.owner
    ]
    if soon:
        have = "has" if len(soon) == 1 else "have"
        words = f"Who answers for {counted(len(soon), 'action')} that {have} only a role as owner"
        yield Decision(words=f"{words} and {'is' if len(soon) == 1 else 'are'} due by {on_day(until)}.", page="plan")


def cap_decisions(caps: Iterable[LevelCap], names: Mapping[str, str]) -> Iterable[Decision]:
    """One for each reason by which readiness holds targets back."""
    held: dict[tuple[int, str], list[str]] = {}
    for cap in caps:
        held.setdefault((cap.level, cap.reason), []).append(names.get(cap.department or "", cap.department or "all"))
    for (level, reason), departments in held.items():
        who = departments[0] if len(departments) == 1 else counted(len(departments), "department")
        words = f"What to do so that {who} can aim higher than level {level}: {reason.rstrip('.')}."
        yield Decision(words=words, page="targets")


def target_of(score: Score, targets: Mapping[tuple[str, str], int], topic: str) -> float | None:
    """What a topic's score of the organisation becomes when every department has reached its target, weighted as the
    score is; None where no department has a target. Departments without one, or beyond it, stay where they are."""
    parts = [part for part in score.parts if part.counted and part.score is not None]
    aims = [targets.get((part.place.department or "", topic)) for part in parts]
    whole = sum(part.weight for part in parts)
    if not whole or not any(aims):
        return None
    reached = [max(aim or 0, part.score or 0) for aim, part in zip(aims, parts, strict=True)]
    return sum(part.weight * level for part, level in zip(parts, reached, strict=True)) / whole


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
