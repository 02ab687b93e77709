"""How old the last word on an action is, and when the next one is due: the one place that says it is overdue.

A report is due every `REPORT_DAYS` while an action is late or under way, whatever its KPI's own rhythm: a reading of a
KPI is another thing, and one rule is what people can keep in mind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from maturity.roadmap.actions import Action
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.status import Status

REPORT_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How an action stands with its reports. `days` since the last word on it, or since it began where there is none;
    `due_on` is the day from which the next is asked for. Both None where none is: it is done, or has not begun and is
    not late. `overdue` is whether that day has come."""

    days: int | None = None
    due_on: date | None = None
    overdue: bool = False


def age(action: Action, how: Status, told_on: date | None, today: date) -> Age:
    """The age of the last report, which was made on the day `told_on` (None: never)."""
    if how.code not in ("on_track", "late"):
        return Age()
    last = told_on or action.begun_on or action.start
    due = last + timedelta(days=REPORT_DAYS)
    return Age(days=max((today - last).days, 0), due_on=due, overdue=today >= due)


def ages(
    actions: Iterable[Action],
    status_of: Callable[[Action], Status],
    reports: Iterable[ProgressUpdate],
    today: date,
    day_of: Callable[[datetime], date] = datetime.date,
) -> Mapping[str, Age]:
    """The age of each action by code. `day_of` gives the day of a moment where the organisation is; UTC without it."""
    told: dict[str, datetime] = {}
    for each in reports:
        told[each.code] = max(each.made_at, told.get(each.code, each.made_at))
    return {
        each.code: age(each, status_of(each), day_of(told[each.code]) if each.code in told else None, today)
        for each in actions
    }
