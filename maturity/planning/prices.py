"""What a little more of something scarce would be worth, read off the prices that prove the bound.

The relaxation is solved loosely, so these are orders of size: two digits are shown, and the least are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from maturity.planning.bound import Bound
from maturity.planning.jobs import Problem
from maturity.planning.plan import Price
from maturity.planning.relaxation import Relaxation
from maturity.planning.request import QUARTERS

DAY = 100
"""Hundredths of a person-day, in which capacity is counted, for one person-day."""
THOUSAND = 100_000
"""Cents, in which money is counted, for 1,000 of the currency."""
LEAST = 0.005
"""Level-weeks below which a price is noise of the solver."""


def prices_of(problem: Problem, model: Relaxation, bound: Bound) -> tuple[Price, ...]:
    """The prices above nothing, the highest first: of a person-day by role and quarter, of 1,000 by phase."""
    found = [each for each in (*_of_days(problem, model, bound), *_of_money(problem, model, bound)) if each.worth > 0]
    return tuple(sorted(found, key=lambda each: -each.worth))


def _of_days(problem: Problem, model: Relaxation, bound: Bound) -> Iterator[Price]:
    for slot, row in enumerate(model.capacity):
        role, department = problem.resources[slot // QUARTERS]
        worth = _two_digits(DAY * float(bound.prices[row]))
        yield Price(role=role, department=department, quarter=slot % QUARTERS + 1, phase=None, worth=worth)


def _of_money(problem: Problem, model: Relaxation, bound: Bound) -> Iterator[Price]:
    """With carry-over the rows count from the plan's start, so money of a phase is paid for in all later rows too."""
    rows = [float(bound.prices[row]) for row in model.budget]
    for phase, price in enumerate(rows):
        worth = _two_digits(THOUSAND * (sum(rows[phase:]) if problem.request.carry_over else price))
        yield Price(role=None, department=None, quarter=None, phase=phase + 1, worth=worth)


def _two_digits(worth: float) -> float:
    return float(f"{worth:.2g}") if worth >= LEAST else 0.0
