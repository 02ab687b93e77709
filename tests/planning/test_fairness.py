"""Fairness: a department left out gets an action where that costs little, and is named where it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from maturity.planning.check import check_plan
from maturity.planning.documents import read_plan
from maturity.planning.engine import make_plan
from maturity.planning.fairness import MOST_GIVEN, fairer, is_as_fair, without_action, without_win
from maturity.planning.greedy import Orders, search
from maturity.planning.guided import Guided
from maturity.planning.request import PlanRequest
from maturity.words.plan_sentences import left_unseen
from tests.planning.small import action, ask, by_id, catalogue
from tests.planning.test_bound import problem_of
from tests.planning.test_plan_properties import often, some_request

TOPICS = [f"t{number}" for number in range(40)]


def crowded(weight: float) -> PlanRequest:
    """The team has 40 days: 39 of the 40 actions of `a`, or one of `b` in the place of one of them. `b` weighs less."""
    actions = [action(f"x{i}", (topic, 1, 2), days=1, scope="department") for i, topic in enumerate(TOPICS)]
    reached = {("a", topic): 1 for topic in TOPICS} | {("b", "t0"): 1}
    wanted = dict.fromkeys(reached, 2)
    weights = {"a": 1.0, "b": weight}
    return ask(catalogue(*actions), reached, wanted, team=[40, *[0] * 11], department_weights=weights)


def test_a_department_is_not_left_without_an_action_it_can_see() -> None:
    first = search(problem_of(crowded(0.5)), Orders(problem_of(crowded(0.5)), 0), 1, lambda: False)
    assert without_action(first.board) == {"b"}
    fair = fairer(first)
    assert without_action(fair.board) == frozenset()
    assert fair.board.value() >= first.board.value() * (1 - MOST_GIVEN)
    plan = make_plan(crowded(0.5), engine=Guided())
    assert "x0/b" in by_id(plan) and plan.unseen == ()
    assert check_plan(crowded(0.5), plan) == ()
    assert plan.upper_bound is not None and plan.upper_bound > plan.value


def test_who_is_left_out_all_the_same_is_named() -> None:
    made = catalogue(action("x", ("t", 1, 2), days=10, scope="department"))
    request = ask(made, {("a", "t"): 1, ("b", "t"): 1}, {("a", "t"): 2, ("b", "t"): 2}, team=[10, *[0] * 11])
    plan = make_plan(request, engine=Guided())
    assert len(plan.unseen) == 1 and read_plan(plan.as_document()) == plan
    said = left_unseen(plan.unseen, {"a": "Parks", "b": "Roads"})
    assert said.endswith("sees no action of this plan, though something is wanted there.")
    assert left_unseen((), {}) == ""


def test_a_quick_win_comes_in_time_where_it_costs_little() -> None:
    slow = [action(f"s{i}", (topic, 1, 2), weeks=4, days=10) for i, topic in enumerate(TOPICS[:30])]
    win = action("win", ("w", 1, 2), weeks=4, days=10, quick_win=True)
    reached = {("a", topic): 1 for topic in [*TOPICS[:30], "w"]}
    wanted = dict.fromkeys(reached, 2)
    request = ask(catalogue(*slow, win), reached, wanted, team=40, importance={"w": 1})
    first = search(problem_of(request), Orders(problem_of(request), 0), 1, lambda: False)
    assert without_win(first.board) == {"a"}
    assert without_win(fairer(first).board) == frozenset()


@settings(often, max_examples=40)
@given(some_request())
def test_nothing_is_taken_from_departments_and_little_from_the_value(request: PlanRequest) -> None:
    problem = problem_of(request)
    first = search(problem, Orders(problem, request.seed), 1, lambda: False)
    fair = fairer(first)
    assert is_as_fair(fair.board, first.board)
    assert fair.board.value() >= first.board.value() * (1 - MOST_GIVEN) - 1e-9
    assert len(fair.conflicts) <= len(first.conflicts)


@pytest.mark.parametrize("iterations", [1, 8])
def test_the_same_each_time(iterations: int) -> None:
    request = replace(crowded(0.5), iterations=iterations)
    assert make_plan(request, engine=Guided()) == make_plan(request, engine=Guided())
