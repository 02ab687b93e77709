"""The planner's benchmark: its cities are the same each time, and what it measures is of plans that break no rule."""

from __future__ import annotations

import pytest

from benchmarks.frozen_greedy import frozen_greedy
from benchmarks.planner import make_city, measure
from maturity.planning.jobs import make_problem


def test_a_city_is_made_of_its_seed_alone() -> None:
    assert make_city(3, 1) == make_city(3, 1)
    assert make_city(3, 1) != make_city(3, 2)


@pytest.mark.parametrize("seed", [1, 2])
def test_guided_plans_are_never_worth_less_than_greedy_ones_and_never_more_than_the_bound(seed: int) -> None:
    pytest.importorskip("ortools")
    found = measure(make_city(2, seed, iterations=6))
    assert found["ratio"] >= 0.99  # both may give up value for actions they save
    assert 0 <= found["gap"] < 20 and found["full_gap"] >= 0


def test_the_frozen_rule_still_makes_the_plans_it_made() -> None:
    request = make_city(5, 1)
    assert request.catalogue is not None
    assert frozen_greedy(make_problem(request, request.catalogue), 40, 1).value() == 51484.0
