"""The demo's days, counted back from the day on which it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

SEASONS = ("Winter", "Spring", "Summer", "Autumn")
ROUND_DAYS = 25
CLOSED_WEEKS_AGO = (57, 4)
READINESS_WEEKS_AGO = 55
PLAN_WEEKS_AGO = 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A round's name and the days on which it opened and closed."""

    name: str
    opens: date
    closes: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDays:
    """When everything happened: two rounds a year apart, a check between them, a plan made after the first.

    The first round and the check were signed off two days before the plan was made."""

    today: date
    rounds: tuple[Window, Window]
    readiness: Window
    signed_off: date
    plan_starts: date
    plan_made: date


def demo_days(today: date, readiness: str) -> DemoDays:
    """The days of a demo that is looked at `today`; a plan starts on a Monday."""
    first, second = (_window(_friday(today - timedelta(weeks=weeks))) for weeks in CLOSED_WEEKS_AGO)
    checked = _friday(today - timedelta(weeks=READINESS_WEEKS_AGO))
    starts = today - timedelta(weeks=PLAN_WEEKS_AGO, days=today.weekday())
    return DemoDays(
        today=today,
        rounds=(first, second),
        readiness=Window(name=f"{readiness} {checked.year}", opens=checked - timedelta(days=6), closes=checked),
        signed_off=starts - timedelta(days=5),
        plan_starts=starts,
        plan_made=starts - timedelta(days=3),
    )


def _window(closes: date) -> Window:
    return Window(name=f"{season(closes)} {closes.year}", opens=closes - timedelta(days=ROUND_DAYS), closes=closes)


def _friday(day: date) -> date:
    """The last Friday up to a day: nothing closes at a weekend."""
    return day - timedelta(days=(day.weekday() - 4) % 7)


def season(day: date) -> str:
    """The season of a day, by calendar months of the northern half of the world."""
    return SEASONS[day.month % 12 // 3]
