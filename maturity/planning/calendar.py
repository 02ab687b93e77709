"""Time in a plan: days counted from its start, months of 4 or 5 weeks aligned to quarters of 13 weeks."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from math import exp, log1p

from maturity.planning.request import HORIZON_WEEKS, PHASE_STARTS_WEEK, QUARTER_WEEKS, QUARTERS

WEEK = 7
HORIZON = HORIZON_WEEKS * WEEK
QUARTER = QUARTER_WEEKS * WEEK
PHASE_STARTS = tuple(week * WEEK for week in PHASE_STARTS_WEEK)
MONTHS_OF_A_QUARTER = (0, 4, 9)
"""Weeks of a quarter in which a month begins: 0, 4, 9, and 13 is the next quarter's 0."""
MONTH_STARTS = tuple(
    (quarter * QUARTER_WEEKS + week) * WEEK for quarter in range(QUARTERS) for week in MONTHS_OF_A_QUARTER
)


def months_from(day: int, last: int) -> tuple[int, ...]:
    """The month starts from `day` to `last`, both included."""
    return tuple(each for each in MONTH_STARTS[bisect_left(MONTH_STARTS, day) :] if each <= last)


def phase_of(day: int) -> int:
    """The phase, 1..4, in which something starts on that day."""
    return sum(day >= start for start in PHASE_STARTS) or 1


def quarter_of(day: int) -> int:
    """The quarter of the plan, 1..12, that a day falls in."""
    return min(day // QUARTER, QUARTERS - 1) + 1


def level_weeks(discount: float) -> tuple[float, ...]:
    """What a level held from a day on is worth, by day 0..`HORIZON`: the weeks to the horizon, each worth less by
    `discount` a year (of 52 weeks) later, counted continuously. Without a discount, just the weeks."""
    if not discount:
        return tuple((HORIZON - day) / WEEK for day in range(HORIZON + 1))
    year, rate = 52 * WEEK, log1p(discount)
    left = [exp(-rate * day / year) for day in range(HORIZON + 1)]
    return tuple((each - left[-1]) * 52 / rate for each in left)


def on_date(starts: date, day: int) -> date:
    """The date of a day of the plan."""
    return starts + timedelta(days=day)


def spread(total: int, start: int, days: int) -> list[tuple[int, int]]:
    """Whole amounts of `total` by quarter (from 0), in proportion to the days worked in each; what rounding leaves
    goes to the last quarter."""
    first, last = start // QUARTER, (start + days - 1) // QUARTER
    parts = []
    for quarter in range(first, last):
        worked = min(start + days, (quarter + 1) * QUARTER) - max(start, quarter * QUARTER)
        parts.append((quarter, total * worked // days))
    return [*parts, (last, total - sum(amount for _, amount in parts))]
