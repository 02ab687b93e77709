"""The city's own catalogue for twelve and for two hundred departments: small, whole, sound and quick."""

from __future__ import annotations

import random
import time
from functools import cache
from pathlib import Path

import pytest

from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.check import check_plan
from maturity.planning.engine import make_plan
from maturity.planning.load_catalogue import load_catalogue
from maturity.planning.plan import Plan
from maturity.planning.request import PlanRequest, default_capacities
from maturity.planning.targets import default_targets
from tests.planning.small import STARTS

CATALOGUE = Path(__file__).parents[2] / "data" / "actions" / "city-data-actions.yaml"


@cache
def city() -> ActionCatalogue:
    return load_catalogue(CATALOGUE)


def a_city(departments: int, seed: int, iterations: int) -> PlanRequest:
    """Departments around level 2 in every topic, with the default targets in five priority topics."""
    chance = random.Random(seed)
    topics = tuple(dict.fromkeys(lift.topic for action in city().actions for lift in action.raises))
    places = tuple(f"d{number:03}" for number in range(departments))
    scores = {(d, t): min(5.0, max(1.0, chance.gauss(2.2, 0.7))) for d in places for t in topics}
    reached = {place: int(score) for place, score in scores.items()}
    overall: dict[str, float | None] = {t: sum(scores[d, t] for d in places) / departments for t in topics}
    return PlanRequest(
        round="r",
        catalogue=city(),
        departments=places,
        reached=reached,
        targets=default_targets(scores=overall, reached=reached, top_level=5, importance={}, starts=STARTS),
        starts=STARTS,
        capacities=default_capacities(city(), places),
        already={"A02": "done"},
        iterations=iterations,
    )


def timed(request: PlanRequest) -> tuple[Plan, float]:
    began = time.perf_counter()
    plan = make_plan(request)
    return plan, time.perf_counter() - began


@pytest.mark.parametrize("seed", range(4))
def test_twelve_departments_get_a_small_plan_over_all_four_phases(seed: int) -> None:
    request = a_city(12, seed, 40)
    plan, seconds = timed(request)
    assert check_plan(request, plan) == ()
    assert {action.phase for action in plan.actions} == {1, 2, 3, 4}
    assert len({action.catalogue_id for action in plan.actions}) <= 27
    assert seconds < 5  # seen: 0.5


@pytest.mark.parametrize("iterations", [1, 5])
def test_two_hundred_departments_are_planned_in_seconds(iterations: int) -> None:
    request = a_city(200, 1, iterations)
    plan, seconds = timed(request)
    assert check_plan(request, plan) == ()
    assert {each.reason.code for each in plan.not_planned} <= {"no_capacity", "blocked_by"}
    assert seconds < 15  # seen: 0.7 and 0.9


def test_a_time_limit_ends_the_search_by_the_clock_that_is_given() -> None:
    ticks = iter(range(10_000))
    request = a_city(12, 1, 40)
    limited = PlanRequest(**{name: getattr(request, name) for name in PlanRequest.__slots__} | {"time_limit": 3.0})
    plan = make_plan(limited, clock=lambda: float(next(ticks)))
    assert check_plan(request, plan) == ()
    assert next(ticks) < 10
