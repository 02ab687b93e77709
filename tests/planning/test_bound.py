"""The bound: never below any schedule, whatever prices it is made of, and none where the solver is missing or fails."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.planning import bound as bounds
from maturity.planning.bound import find_bound
from maturity.planning.calendar import MONTH_STARTS
from maturity.planning.check import check_plan
from maturity.planning.engine import make_plan
from maturity.planning.greedy import Orders, search
from maturity.planning.guided import Guided, Stage, Stopped
from maturity.planning.jobs import Problem, make_problem
from maturity.planning.relaxation import Relaxation, relax
from maturity.planning.request import PlanRequest
from maturity.planning.schedule import Scheduler
from tests.planning.small import action, ask, catalogue, price
from tests.planning.test_plan_properties import as_bytes, best_value, often, some_request


def problem_of(request: PlanRequest) -> Problem:
    assert request.catalogue is not None
    return make_problem(request, request.catalogue)


def point(model: Relaxation, problem: Problem, scheduler: Scheduler) -> np.ndarray[Any, Any]:
    """A schedule as a point of the model: what has started, and what is reached, by each variable's day."""
    values = np.zeros(len(model.worth))
    board = scheduler.board
    for job, track in enumerate(model.starts):
        if board.start[job] >= 0:
            assert board.start[job] in track.days, problem.jobs[job].code
            values[track.first : track.first + len(track.days)] = track.days >= board.start[job]
    for step, track in enumerate(model.steps):
        values[track.first : track.first + len(track.days)] = track.days >= board.reach[step]
    return values


def some_schedules(problem: Problem, seed: int) -> list[Scheduler]:
    """Schedules in a few orders of chance, before and after tidying."""
    random = np.random.default_rng(seed)
    made = [Scheduler(problem, random.normal(size=len(problem.jobs)).tolist()) for _ in range(4)]
    for scheduler in made:
        scheduler.run()
    tidied = search(problem, Orders(problem, seed), 2, lambda: False)
    made.append(Scheduler(problem, tidied.priorities, tidied.board))
    made[-1].conflicts = tidied.conflicts
    return made


@often
@given(some_request(), st.integers(0, 5))
def test_every_schedule_is_a_point_of_the_model_of_the_same_value(request: PlanRequest, seed: int) -> None:
    problem = problem_of(request)
    for scheduler in some_schedules(problem, seed):
        for keeps in (False, True) if not scheduler.conflicts else (False,):
            model = relax(problem, keep_decisions=keeps)
            values = point(model, problem, scheduler)
            used = np.bincount(model.rows, model.entries * values[model.columns], len(model.limits))
            assert (used <= model.limits + 1e-9).all()
            assert (values >= model.least).all()
            assert model.worth @ values == pytest.approx(scheduler.board.value(), abs=1e-6)


@settings(often, max_examples=60)
@given(some_request(), st.integers(0, 5))
def test_no_schedule_exceeds_the_bound_nor_the_bound_of_any_prices(request: PlanRequest, seed: int) -> None:
    problem = problem_of(request)
    model = relax(problem)
    found = find_bound(model)
    assert found is not None
    most = max(scheduler.board.value() for scheduler in some_schedules(problem, seed))
    assert found.value >= most
    random = np.random.default_rng(seed)
    for _ in range(3):
        assert model.safe_bound(random.exponential(size=len(model.limits))) >= most - 1e-6


@settings(often, max_examples=60)
@given(some_request())
def test_guided_plans_pass_the_checker_and_are_the_same_each_time(request: PlanRequest) -> None:
    plan = make_plan(request, engine=Guided())
    assert check_plan(request, plan) == ()
    assert plan.upper_bound is not None and plan.gap is not None
    assert plan.value <= plan.upper_bound and 0 <= plan.gap <= 1
    assert plan.status == ("infeasible" if plan.conflicts else "proven_within")
    assert as_bytes(plan) == as_bytes(make_plan(request, engine=Guided()))


def tiny(seed: int) -> PlanRequest:
    random = np.random.default_rng(seed)
    actions = []
    for number in range(4):
        low = int(random.integers(1, 3))
        lifts = (str(random.choice(["t", "u"])), low, low + int(random.integers(1, 3)))
        requires = [f"x{i}" for i in range(number) if random.random() < 0.3]
        days, weeks = int(random.integers(10, 40)), int(random.choice([4, 6, 8, 12]))
        actions.append(action(f"x{number}", lifts, weeks=weeks, days=days, requires=requires))
    places = list(product(("a", "b"), ("t", "u")))
    reached = {place: int(random.integers(1, 3)) for place in places}
    return ask(catalogue(*actions), reached, dict.fromkeys(places, 4), team=40)


@pytest.mark.parametrize("seed", range(8))
def test_tiny_plans_are_as_good_as_the_best_of_all_and_no_bound_is_below_it(seed: int) -> None:
    request = tiny(seed)
    best = best_value(request, tuple(month // 7 for month in MONTH_STARTS[:11]))
    plan = make_plan(request, engine=Guided())
    assert plan.upper_bound is not None
    assert plan.value >= best - 1e-6
    assert plan.upper_bound >= best


def test_nothing_wanted_is_proven_to_be_the_best() -> None:
    plan = make_plan(ask(catalogue(action("x", ("t", 1, 2))), {("a", "t"): 2}, {("a", "t"): 2}), engine=Guided())
    assert (plan.value, plan.upper_bound, plan.gap) == (0.0, 0.0, 0.0)


def test_a_budget_of_running_costs_is_kept_by_the_bound() -> None:
    made = catalogue(action("x", ("t", 1, 2), cost=price(100, 50)), action("y", ("u", 1, 2), cost=price(100, 50)))
    request = ask(made, {("a", "t"): 1, ("a", "u"): 1}, {("a", "t"): 2, ("a", "u"): 2}, budgets=(0, 0, 130, 0))
    plan = make_plan(request, engine=Guided())
    assert plan.upper_bound is not None
    assert plan.value == 3 * (156 - 125)  # one of them, once the years to pay for are few enough
    assert plan.value <= plan.upper_bound < 2 * 3 * (156 - 56)  # not what both are worth once phase 3 opens


def missing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *more: Any, **others: Any) -> Any:
        if name.startswith("ortools"):
            raise ImportError("No module named 'ortools'")
        return real(name, *more, **others)

    monkeypatch.setattr(builtins, "__import__", refuse)
    for name in [name for name in sys.modules if name.startswith("ortools")]:
        monkeypatch.delitem(sys.modules, name)


def fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def solve(model: Relaxation) -> Any:
        raise RuntimeError("the solver broke")

    monkeypatch.setattr(bounds, "solve_relaxed", solve)


def answers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "solve_relaxed", lambda model: (np.zeros(0), np.zeros(0)))


def answers_no_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def solve(model: Relaxation) -> Any:
        return np.full(len(model.worth), np.nan), np.zeros(len(model.limits))

    monkeypatch.setattr(bounds, "solve_relaxed", solve)


@pytest.mark.parametrize("broken", [missing, fails, answers_nothing, answers_no_numbers])
def test_without_a_solver_the_greedy_plan_stands(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    request = replace(tiny(1), iterations=6)
    greedy = make_plan(request)
    broken(monkeypatch)
    plan = make_plan(request, engine=Guided())
    assert as_bytes(plan) == as_bytes(greedy)
    assert (plan.status, plan.upper_bound, plan.gap) == ("feasible", None, None)


def test_stages_are_told_and_a_plan_can_be_called_off() -> None:
    stages: list[Stage] = []

    def go_on(stage: Stage) -> bool:
        stages.append(stage)
        return True

    make_plan(tiny(2), engine=Guided(on_stage=go_on))
    assert [stage.done for stage in stages] == ["preview", "greedy", "bound", "guided", "improved"]
    assert stages[0].value <= stages[1].value <= stages[3].value
    assert stages[1].bound is None and stages[2].bound == stages[3].bound
    with pytest.raises(Stopped):
        make_plan(tiny(2), engine=Guided(on_stage=lambda stage: False))


def test_time_that_has_run_out_leaves_the_greedy_plan() -> None:
    ticks = iter(range(1000))
    plan = make_plan(replace(tiny(3), time_limit=1.0), engine=Guided(), clock=lambda: float(next(ticks)))
    assert (plan.status, plan.gap) == ("feasible", None)


def test_a_plan_of_too_many_jobs_stays_greedy_and_knows_no_bound() -> None:
    request = tiny(3)
    jobs = len(problem_of(request).jobs)
    plan = make_plan(request, engine=Guided(most_jobs=jobs - 1))
    assert plan.upper_bound is None
    assert as_bytes(plan) == as_bytes(make_plan(request))
    assert make_plan(request, engine=Guided(most_jobs=jobs)).upper_bound is not None
