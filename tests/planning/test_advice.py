"""What is known before a plan is made, each with its sentence: the cases that a planner meets, one row each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maturity.planning.advice import advise
from maturity.planning.request import QUARTERS, Capacity, Decision, PlanRequest
from maturity.planning.targets import Target
from maturity.words.decision_sentences import advice_sentence
from tests.planning.small import action, ask, catalogue, day, price

A, B, C = ("a", "t"), ("b", "t"), ("c", "t")
NAMES = {"a": "Parks", "b": "Roads", "c": "Housing", "t": "Data sharing", "team": "The team", "staff": "Staff",
         "x": "Do x", "y": "Do y", "z": "Do z"}  # fmt: skip
BASE = ask(catalogue(action("x", ("t", 1, 2))), {A: 1}, {A: 2})
NAN, INF = float("nan"), float("inf")


def said(request: PlanRequest) -> list[str]:
    return [advice_sentence(each, NAMES) for each in advise(request)]


def circle(*more: dict[str, Any]) -> PlanRequest:
    """x requires y, and y starts from the level that only x gives."""
    made = catalogue(action("x", ("t", 1, 2), requires=["y"]), action("y", ("t", 2, 3)), *more)
    return ask(made, {A: 1}, {A: 3})


def team(*days: float) -> tuple[Capacity, ...]:
    return (Capacity(role="team", days=(*days, *[10.0] * (QUARTERS - len(days)))),)


LATE = catalogue(*(action(c, ("t", n, n + 1), weeks=80) for n, c in enumerate("xyz", start=1)))
CASES: list[tuple[str, PlanRequest, str, str]] = [
    ("circle through a level", circle(), "warning",
     "“Do x” → “Do y” → “Do x”: neither can start. Remove one of these links, or add another way to the level."),
    ("behind the circle", circle(), "warning",
     "Data sharing in Parks can get to level 1 of 3: “Do x”, which would raise it, can never start."),
    ("no action", ask(catalogue(action("x", ("t", 1, 2)), action("y", ("t", 3, 4))), {A: 1, B: 3}, {A: 4, B: 4}),
     "warning", "Data sharing in Parks can get to level 2 of 4: no action raises 2 to 3."),
    ("only a rejected one", replace(BASE, decisions=(Decision(code="x", kind="rejected"),)), "warning",
     "Data sharing in Parks can get to level 1 of 2: “Do x”, which would raise it, is rejected."),
    ("only a done one", replace(BASE, already={"x": "done"}), "warning",
     "Data sharing in Parks can get to level 1 of 2: “Do x” is done or running and has not brought level 2."),
    ("not by the horizon", ask(LATE, {A: 1, B: 1, C: 1, ("d", "t"): 1},
     {A: 3, B: 3, C: 3, ("d", "t"): 3}), "warning",
     "Level 3 of Data sharing in 4 departments comes in week 162 at the earliest, and the plan ends after 156 weeks: "
     "“Do x”, then “Do y”."),
    ("larger than any quarter", ask(catalogue(action("x", ("t", 1, 2), days=80)), {A: 1}, {A: 2}, team=60), "warning",
     "“Do x” needs 80 person-days of The team in a quarter; the most there is is 60."),
    ("longer than what is left", ask(catalogue(action("x", ("t", 1, 2), phase=4, weeks=60)), {A: 1}, {A: 2}), "warning",
     "“Do x” takes 60 weeks; from phase 4 on the plan has 52 weeks."),
    ("no day left", replace(BASE, decisions=(
        Decision(code="x", kind="not_before", start=day(20)), Decision(code="x", kind="not_after", start=day(10)))),
     "warning", "“Do x” has no day to start on: what is decided about its start leaves none within the plan."),
    ("department at 0", ask(catalogue(action("x", ("t", 1, 2), scope="department", role="staff")), {A: 1}, {A: 2},
     staff=0), "warning",
     "Parks has no person-days of Staff: only city-wide actions that need none of them reach there."),
    ("city-wide ones at 0 too", ask(catalogue(action("x", ("t", 1, 2), role="staff")), {A: 1, B: 1}, {A: 2, B: 2},
     staff=0), "warning",
     "Parks and Roads have no person-days of Staff: only city-wide actions that need none of them reach there. "
     "1 city-wide action needs them too and cannot be planned."),
    ("a role at 0", replace(BASE, capacities=(Capacity(role="team", days=(0.0,) * QUARTERS),)), "warning",
     "The team has no person-days in any quarter: 1 action cannot be planned."),
    ("no capacity is an error", replace(BASE, capacities=()), "error",
     "Role 'team' has no capacity; give its person-days for each quarter (0 is allowed)."),
    ("no money", ask(catalogue(action("x", ("t", 1, 2), cost=price(5)), action("y", ("t", 1, 2), cost=price(0)),
     action("z", ("t", 1, 2))), {A: 1}, {A: 2}, budgets=(0, 0, 0, 0)), "warning",
     "There is no money: 2 of 3 actions cost nothing and can be planned, 1 of them because nobody has priced them."),
    ("too expensive", ask(catalogue(action("x", ("t", 1, 2), cost=price(5_000))), {A: 1}, {A: 2},
     budgets=(1_000, 1_000, 1_000, 1_000)), "warning",
     "“Do x” costs 5,000 EUR; all phases together have 4,000."),
    ("too expensive for a phase", ask(catalogue(action("x", ("t", 1, 2), cost=price(5_000))), {A: 1}, {A: 2},
     budgets=(1_000, 4_500, 1_000, 1_000), carry_over=False), "warning",
     "“Do x” costs 5,000 EUR; the largest budget of a phase is 4,500."),
    ("no gaps", replace(BASE, targets=()), "note",
     "Nothing to plan: every target is reached, or none is set where a level is known."),
    ("no departments", replace(BASE, departments=(), reached={}, targets=()), "note",
     "There are no departments, so there is nothing to plan."),
    ("no catalogue", replace(BASE, catalogue=None), "warning",
     "No action catalogue fits this framework, so nothing can be planned."),
    ("beyond the target", ask(catalogue(action("x", ("t", 1, 3))), {A: 1}, {A: 2}), "note",
     "“Do x” would raise topics beyond their targets; only what leads to a target counts."),
    ("helps some", ask(catalogue(action("x", ("t", 1, 2))), {A: 1, B: 2, C: 1}, {A: 2, B: 2, C: 2}), "note",
     "“Do x” helps 2 of 3 departments; the others stand higher already or have no target there."),
    ("a target twice", replace(BASE, targets=(*BASE.targets, Target(department="a", topic="t", level=2, due=day(52)))),
     "note", "Level 2 of Data sharing in Parks is wanted twice; it counts once."),
    ("a decision on what is gone", replace(BASE, decisions=(Decision(code="q", kind="must", by="M. Okoro"),)), "error",
     "M. Okoro decided about q, which Small does not have (any more). Take the decision back."),
    ("a decision on a copy that is none", replace(BASE, decisions=(Decision(code="x/a", kind="must", by=""),)), "error",
     "Somebody decided about “Do x” in Parks, which Small does not have (any more). Take the decision back."),
    ("a decision without a day", replace(BASE, decisions=(Decision(code="x", kind="pinned"),)), "error",
     "The decision about “Do x” needs a day and has none. Take it back, or decide anew."),
    ("a mark on what is gone", replace(BASE, already={"q": "done"}), "error",
     "q is marked as done or running, but Small does not have it (any more). Take the mark off."),
    ("not a number of days", replace(BASE, capacities=team(10, NAN)), "error",
     "The capacity of role 'team' in quarter 2 is nan person-days; it must be a number from 0 to 1,000,000,000."),
    ("negative days", replace(BASE, capacities=team(-1)), "error",
     "The capacity of role 'team' in quarter 1 is -1 person-days; it must be a number from 0 to 1,000,000,000."),
    ("endless days", replace(BASE, capacities=team(1, 1, INF)), "error",
     "The capacity of role 'team' in quarter 3 is inf person-days; it must be a number from 0 to 1,000,000,000."),
    ("too many days", replace(BASE, capacities=team(2e9)), "error",
     "The capacity of role 'team' in quarter 1 is 2e+09 person-days; it must be a number from 0 to 1,000,000,000."),
    ("days of too few quarters", replace(BASE, capacities=(Capacity(role="staff", department="a", days=(1.0,)),)),
     "error", "The capacity of role 'staff' of department 'a' has 1 numbers; give 12, one for each quarter."),
    ("days given twice", replace(BASE, capacities=team(1) * 2), "error",
     "The capacity of role 'team' is given twice; take one of them out."),
    ("a negative budget", replace(BASE, budgets=(1, 1, -5, 1)), "error",
     "The budget of phase 3 is -5; it must be a number from 0 to 1,000,000,000; leave budgets out where there is no "
     "limit."),
    ("a huge importance", replace(BASE, importance={"t": 2 * 10**9}), "error",
     "The importance of 't' is 2e+09; it must be a number from 0 to 1,000,000,000."),
    ("no weight", replace(BASE, department_weights={"a": NAN}), "error",
     "The weight of 'a' is nan; it must be a number from 0 to 1,000,000,000."),
    ("a department twice", replace(BASE, departments=("a", "a")), "error",
     "The department 'a' stands in the request twice; take one of them out."),
    ("no time", replace(BASE, time_limit=NAN), "error",
     "The time limit is nan seconds; it must be a number from 0 to 1,000,000,000."),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "severity", "sentence"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_every_case_is_said_in_one_sentence(request_: PlanRequest, severity: str, sentence: str) -> None:
    assert sentence in said(request_)
    assert advise(request_)[said(request_).index(sentence)].severity == severity


def test_a_request_without_trouble_gets_no_advice() -> None:
    assert advise(BASE) == ()


def test_another_way_to_the_level_dissolves_a_circle() -> None:
    """z gives level 2 without y, so y can start, and then x."""
    assert not [each for each in advise(circle(action("z", ("t", 1, 2)))) if each.code in ("circle", "unreachable")]


def test_a_circle_in_several_departments_is_said_once() -> None:
    made = catalogue(
        action("x", ("t", 1, 2), requires=["y"], scope="department"), action("y", ("t", 2, 3), scope="department")
    )
    found = [each for each in advise(ask(made, {A: 1, B: 1}, {A: 3, B: 3})) if each.code == "circle"]
    assert len(found) == 1
    assert found[0].values == {"actions": ("x", "y"), "departments": ("a", "b")}
    assert "neither can start in Parks and Roads." in advice_sentence(found[0], NAMES)


def test_errors_come_before_warnings_and_these_before_notes() -> None:
    request = replace(
        ask(catalogue(action("x", ("t", 1, 3)), action("y", ("t", 4, 5))), {A: 1}, {A: 2}, budgets=(0, 0, 0, 0)),
        decisions=(Decision(code="q", kind="must"),),
    )
    assert [each.severity for each in advise(request)] == ["error", "warning", "note"]


def test_many_city_wide_actions_that_help_some_are_one_sentence() -> None:
    made = catalogue(*(action(f"x{n}", ("t", 1, 2)) for n in range(5)))
    found = said(ask(made, {A: 1, B: 2}, {A: 2, B: 2}))
    assert found == [
        "5 city-wide actions help only some of the 2 departments, one of them only 1; the others stand higher already "
        "or have no target there."
    ]
