"""Searching around a schedule: never worse, never against a rule, the same each time, the best of all where small."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from maturity.planning.board import laid_out
from maturity.planning.bound import Bound, find_bound
from maturity.planning.calendar import MONTH_STARTS
from maturity.planning.check import check_plan
from maturity.planning.compose import compose
from maturity.planning.cut_out import Choice, CutOut, Found, point_of
from maturity.planning.engine import make_plan
from maturity.planning.greedy import Orders, Solution, search
from maturity.planning.guided import Guided
from maturity.planning.jobs import Problem
from maturity.planning.neighbourhood import improve, keeps_rules
from maturity.planning.relaxation import Relaxation, relax
from maturity.planning.request import PlanRequest
from tests.planning.small import action, ask, catalogue
from tests.planning.test_bound import problem_of, tiny
from tests.planning.test_plan_properties import as_bytes, often, some_request


def never() -> bool:
    return False


def searched(request: PlanRequest) -> tuple[Problem, Relaxation, Bound, Solution]:
    """A greedy schedule with a bound, to be improved."""
    problem = problem_of(request)
    first = search(problem, Orders(problem, request.seed), 1, never)
    model = relax(problem, keep_decisions=not first.conflicts)
    bound = find_bound(model)
    assert bound is not None
    return problem, model, bound, replace(first, bound=bound.value)


@settings(often, max_examples=30)
@given(some_request())
def test_a_neighbourhood_makes_no_plan_worse_and_breaks_no_rule(request: PlanRequest) -> None:
    _, model, bound, first = searched(request)
    better = improve(first, model, bound, 3, request.seed, never, {})
    assert better.board.value() >= first.board.value() - 1e-9
    assert better.bound is not None and better.board.value() <= better.bound
    assert keeps_rules(better.board)
    assert check_plan(request, compose(better)) == ()


@settings(often, max_examples=30)
@given(some_request())
def test_a_search_in_parts_finds_no_more_than_the_bound_and_the_same_each_time(request: PlanRequest) -> None:
    problem, model, bound, first = searched(request)
    few = problem.jobs and replace(first, barred=frozenset({"none"}))  # a barred action keeps it from all at once
    if not few:
        return
    one, other = (improve(few, model, bound, 3, request.seed, never, {}) for _ in range(2))
    assert one.board.placed() == other.board.placed()
    assert first.board.value() - 1e-9 <= one.board.value() <= bound.value
    assert check_plan(request, compose(one)) == ()


@settings(often, max_examples=30)
@given(some_request())
def test_what_is_left_open_holds_the_schedule_it_was_cut_around(request: PlanRequest) -> None:
    problem, model, _, first = searched(request)
    values, random = point_of(model, first.board), np.random.default_rng(request.seed)
    choices = [
        Choice(days=track.days[(track.days == start) | (random.random(len(track.days)) < 0.3)], optional=start < 0)
        for track, start in zip(model.starts, first.board.start, strict=True)
    ]
    part = CutOut(problem, model, choices)
    rows, variables, entries, limits = part.rows()
    there = part.place >= 0
    hint = np.zeros(max(1, part.count), dtype=np.int64)
    hint[part.place[there]] = values[there]
    used = np.bincount(rows, entries * hint[variables], len(limits)) if len(rows) else np.zeros(len(limits))
    assert (used[np.unique(rows)] <= limits[np.unique(rows)]).all()
    found = part.solve(first.board, 0.05)
    assert found is not None
    assert laid_out(problem, found.starts).value() >= first.board.value() - 1e-6
    assert found.most >= first.board.value() - 1e-6


def in_departments(seed: int) -> PlanRequest:
    """Two departments, three actions of which one or two are the departments' own: up to five jobs."""
    random = np.random.default_rng(seed)
    actions: list[dict[str, Any]] = []
    for number in range(3):
        own = number != 1 and bool(random.random() < 0.8)
        low = int(random.integers(1, 3))
        lifts = (str(random.choice(["t", "u"])), low, low + int(random.integers(1, 3)))
        earlier = [each["id"] for each in actions if own or each["scope"] == "city"]
        requires = [each for each in earlier if random.random() < 0.4]
        effort = {
            role: {"low": days, "likely": days, "high": days}
            for role, days in (("team", int(random.integers(8, 30))), ("staff", int(random.integers(5, 20))))
            if own or role == "team"
        }
        made = action(f"x{number}", lifts, weeks=int(random.choice([4, 9, 20])), requires=requires)
        actions.append({**made, "effort": effort, "scope": "department" if own else "city"})
    places = list(product(("a", "b"), ("t", "u")))
    reached = {place: int(random.integers(1, 3)) for place in places}
    weights = {"a": 1.0, "b": float(random.choice([1.0, 1.7]))}
    return ask(catalogue(*actions), reached, dict.fromkeys(places, 4), team=25, staff=15, department_weights=weights)


def best_of_all(problem: Problem, months: tuple[int, ...]) -> float:
    """The value of the best schedule with starts among `months`, by trying all of them on the board."""
    best = 0.0
    for starts in product((None, *months), repeat=len(problem.jobs)):
        placed = {job: start for job, start in enumerate(starts) if start is not None}
        if all(problem.jobs[job].opens <= start <= problem.jobs[job].latest for job, start in placed.items()):
            board = laid_out(problem, placed)
            if board.value() > best and keeps_rules(board):
                best = board.value()
    return best


@pytest.mark.parametrize("seed", range(10))
def test_small_plans_of_departments_are_the_best_of_all_and_proven_so(seed: int) -> None:
    request = in_departments(seed)
    problem = problem_of(request)
    assert len(problem.jobs) <= 8
    months = MONTH_STARTS[: 9 if len(problem.jobs) <= 4 else 6]
    plan = make_plan(request, engine=Guided(lean=False))
    assert plan.upper_bound is not None
    assert plan.upper_bound >= plan.value >= best_of_all(problem, months) - 1e-6
    assert plan.value == pytest.approx(plan.upper_bound, rel=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_of_a_small_plan_is_proven_by_all_jobs_at_once(seed: int) -> None:
    plan = make_plan(tiny(seed), engine=Guided(lean=False))
    assert plan.gap is not None and plan.gap <= 2e-6


def test_the_same_request_gives_the_same_bytes() -> None:
    request = replace(in_departments(3), iterations=12)
    assert as_bytes(make_plan(request, engine=Guided())) == as_bytes(make_plan(request, engine=Guided()))


def test_a_solver_that_fails_leaves_the_plan_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: CutOut, board: Any, work: float) -> Any:
        raise RuntimeError("the solver broke")

    _, model, bound, first = searched(in_departments(1))
    monkeypatch.setattr(CutOut, "solve", fails)
    assert improve(first, model, bound, 4, 0, never, {}) is first


def test_an_answer_that_breaks_a_rule_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    request = in_departments(1)
    problem, model, bound, first = searched(request)
    everything = dict.fromkeys(range(len(problem.jobs)), 0)

    def lies(self: CutOut, board: Any, work: float) -> Any:
        return Found(starts=everything, most=1e9, best=False)

    monkeypatch.setattr(CutOut, "solve", lies)
    assert improve(first, model, bound, 2, 0, never, {}).board is first.board
