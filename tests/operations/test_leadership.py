"""What leaders are told: by hand what counts as a decision and what a month costs, and the numbers of the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd

from maturity.operations.decisions_needed import budget_decisions, cap_decisions, late_decisions, owner_decisions
from maturity.operations.leadership_plan import phase_shares
from maturity.operations.resources import Resources
from maturity.planning.spending import Terms
from maturity.planning.targets import LevelCap
from maturity.words import leadership_sentences as words
from tests.pages.test_progress import some

BARS = pd.DataFrame(
    [
        ("a", "Alpha", "late", 9, False),
        ("b", "Beta", "late", 30, False),
        ("c", "Gamma", "not_started", 0, False),
        ("d", "Delta", "late", 8, True),
        ("e", "Epsilon", "done", 0, False),
    ],
    columns=["id", "title", "status", "days_late", "critical"],
)


def test_late_work_is_a_decision_where_it_sets_the_end_or_others_wait_for_it():
    links = pd.DataFrame([("a", "c"), ("a", "d"), ("b", "e")], columns=["from_id", "to_id"])
    assert [each.question for each in late_decisions(BARS, links, [], date(2026, 5, 1))] == [
        "How to catch up on “Delta”: 8 days late, and it is on the chain that sets the end date.",
        "How to catch up on “Alpha”: 9 days late, and 2 actions wait for it.",
    ]


def test_a_phase_over_its_budget_is_a_decision():
    spend = Resources(
        capacities=(), budgets=(100.0, 100.0, 0.0, 0.0), capacity_is_default=True, budget_is_default=False, staff=1,
        currency="EUR",
    )  # fmt: skip
    actions = [some(code="a", phase=1, cost=60.0), some(code="b", phase=1, cost=60.0), some(code="c", phase=2)]
    assert [each.question for each in budget_decisions(actions, spend)] == [
        "More money or less work in phase 1, foundations: it costs 20 EUR more than its budget of 100 EUR."
    ]


def test_what_a_phase_leaves_pays_for_the_next_unless_it_lapses():
    spend = Resources(
        capacities=(), budgets=(100.0, 100.0, 0.0, 0.0), capacity_is_default=True, budget_is_default=False, staff=1,
        currency="EUR",
    )  # fmt: skip
    actions = [some(code="a", phase=1, cost=70.0), some(code="b", phase=2, cost=120.0)]
    assert list(budget_decisions(actions, spend)) == []
    (short,) = budget_decisions([*actions, some(code="c", phase=2, cost=15.0)], spend)
    assert short.question.endswith("it costs 5 EUR more than its budget of 100 EUR and what earlier phases leave.")
    (lapsed,) = budget_decisions(actions, replace(spend, terms=Terms(carry_over=False)))
    assert lapsed.question.endswith("it costs 20 EUR more than its budget of 100 EUR.")


def test_targets_held_back_are_one_decision_for_each_reason():
    caps = [LevelCap(level=3, reason="No money.", department=each) for each in ("parks", "roads")]
    caps.append(LevelCap(level=2, reason="Nobody leads", department="parks"))
    assert [each.question for each in cap_decisions(caps, {"parks": "Parks"})] == [
        "What to do so that 2 departments can aim higher than level 3: No money.",
        "What to do so that Parks can aim higher than level 2: Nobody leads.",
    ]


def test_shares_of_a_phase_are_those_of_today():
    today = pd.Timestamp("2026-05-01")
    frame = pd.DataFrame(
        [
            ("Foundations", pd.Timestamp("2026-04-01"), 10.0, 5.0, 40.0),
            ("Foundations", today, 20.0, 10.0, 40.0),
            ("Foundations", pd.Timestamp("2026-06-01"), 40.0, float("nan"), 40.0),
        ],
        columns=["phase", "on", "planned", "done", "scope"],
    )
    assert phase_shares(frame, today) == [(1, 0.25, 0.5)]


def plan_of(*actions: Any, today: date) -> Any:
    """A plan on a day, as far as owners are asked for: R and S are roles, Asha is a person."""
    names = {"R": "Head of data", "S": "Head of sharing"}
    plan = SimpleNamespace(
        actions=actions, status_of=lambda each, _: SimpleNamespace(code="done" if each.done_on else "on_track")
    )
    return SimpleNamespace(plan=plan, today=today, owner=lambda owner: names.get(owner, owner))


def test_an_owner_is_needed_where_only_a_role_owns_what_begins_within_a_quarter():
    """Counted: a and b. Not counted: a person owns c, d is done, and e begins later than a quarter from now."""
    now = plan_of(
        some(id="a", code="a", owner="R", start=date(2026, 3, 1)),
        some(id="b", code="b", owner="S", start=date(2026, 4, 1)),
        some(id="c", code="c", owner="Asha"),
        some(id="d", code="d", owner="R", begun_on=date(2026, 2, 1), done_on=date(2026, 2, 20), percent_done=100.0),
        some(id="e", code="e", owner="R", start=date(2027, 1, 1), finish=date(2027, 3, 1)),
        today=date(2026, 2, 21),
    )
    (needed,) = owner_decisions(now)
    assert needed.question.startswith("Who answers for 2 actions that have only a role as owner and are due by ")
    assert needed.page == "plan" and needed.needed_by is not None and needed.needed_by >= now.today
    assert list(owner_decisions(plan_of(some(owner="Asha"), today=date(2026, 3, 1)))) == []


def test_a_month_of_waiting_is_said_in_days_actions_and_level_weeks():
    lost = words.MonthLost(end_days=30, later=5, steps=3, level_weeks=12.0)
    said = words.postponed_words(lost, free_until=None, end_after=date(2026, 6, 1))
    assert (
        said == "Each month moves the end by 30 days, delays 5 actions and costs 12 level-weeks (3 steps up a level)."
    )
    free = words.postponed_words(lost, free_until=date(2026, 4, 1), end_after=date(2026, 6, 1))
    assert free.startswith("Free until 1 April 2026; each month after that moves the end by 30 days,")
    nothing = words.MonthLost(end_days=0, later=0, steps=0, level_weeks=0.0)
    assert words.postponed_words(nothing, free_until=None, end_after=date(2026, 6, 1)) == (
        "Another month delays no action and no level."
    )


def test_a_range_of_nothing_is_said_as_one_number():
    assert words.score_bullet(3.0, (3.0, 3.04), None, "") == (
        "Score 3.0, in every department; no earlier round to compare with."
    )
    assert words.topics_bullet({"a": 2.0}) == "1 topic at 2.0."
    assert words.topics_bullet({"a": 2.0, "b": 3.0}) == "2 topics between 2.0 and 3.0."
    assert words.spread_summary((3.0, 3.0), {"a": 3.0}) == "Every department is at 3.0; every topic stands at 3.0."
