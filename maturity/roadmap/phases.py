"""The four phases and the twelve quarters of a plan as windows of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from maturity.planning.request import HORIZON_WEEKS, PHASE_NAMES, PHASE_STARTS_WEEK, QUARTER_WEEKS, QUARTERS

QUARTER_DAYS = 7 * QUARTER_WEEKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A window in which actions start; both ends are inclusive days."""

    number: int
    name: str
    start: date
    finish: date


def phases(starts: date) -> tuple[Phase, ...]:
    """The four phases of a plan that starts on this day, the last one ending with the plan."""
    edges = [starts + timedelta(weeks=week) for week in (*PHASE_STARTS_WEEK, HORIZON_WEEKS)]
    return tuple(
        Phase(number=place + 1, name=name, start=edges[place], finish=edges[place + 1] - timedelta(days=1))
        for place, name in enumerate(PHASE_NAMES)
    )


def phase_of(day: date, starts: date) -> int:
    """The phase 1-4 that a day falls in; days before the plan count to phase 1, days after it to phase 4."""
    begun = [phase.number for phase in phases(starts) if phase.start <= day]
    return begun[-1] if begun else 1


def quarter_of(day: date, starts: date) -> int:
    """The quarter 1-12 of 13 weeks that a day falls in; days outside the plan count to its first or last quarter."""
    return min(max((day - starts).days // QUARTER_DAYS + 1, 1), QUARTERS)


def quarter_window(quarter: int, starts: date) -> tuple[date, date]:
    """First and last day of a quarter, counted from 1."""
    first = starts + timedelta(days=QUARTER_DAYS * (quarter - 1))
    return first, first + timedelta(days=QUARTER_DAYS - 1)


def plan_end(starts: date) -> date:
    """The last day of a plan's 156 weeks."""
    return starts + timedelta(weeks=HORIZON_WEEKS) - timedelta(days=1)
