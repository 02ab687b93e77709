"""The burn-up: how much of each phase was to be done by a day, how much is, and how the whole has grown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import pandas as pd

from maturity.planning.request import PHASE_NAMES
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Baseline
from maturity.roadmap.progress import ProgressUpdate

COLUMNS = ["phase", "on", "planned", "done", "scope"]


def burn_up(
    actions: Iterable[Action],
    updates: Iterable[ProgressUpdate],
    baseline: Baseline,
    starts: date,
    today: date,
    until: date | None = None,
    step_days: int = 28,
) -> pd.DataFrame:
    """`phase` (its name), `on`, `planned`, `done`, `scope` in person-days: a row per phase and step from the plan's
    start to `until` (the last finish), and one for today; `done` is NaN after today.

    Planned effort accrues evenly over the baseline's days (earned value's planned value); done is effort x per cent
    at the last report up to that day; scope counts what stood in the plan that day, with later additions and
    removals. An action outside the baseline comes in with its first report."""
    kept = list(actions)
    history: dict[str, list[ProgressUpdate]] = {}
    for update in sorted(updates, key=lambda one: one.made_at):
        history.setdefault(update.code, []).append(update)
    ends = [each.finish for each in kept] + [finish for _, finish in baseline.values()]
    days = _days(starts, today, until or max(ends, default=today), step_days)
    rows = []
    for phase in sorted({action.phase for action in kept}):
        of_phase = [action for action in kept if action.phase == phase]
        for on in days:
            planned, done, scope = _sums(of_phase, history, baseline, on)
            rows.append([PHASE_NAMES[phase - 1], on, planned, done if on <= today else math.nan, scope])
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["on"] = pd.to_datetime(frame["on"])
    return frame


def _days(starts: date, today: date, until: date, step_days: int) -> list[date]:
    last = max(until, starts)
    steps = (last - starts).days // step_days
    days = {starts + timedelta(days=step_days * step) for step in range(steps + 1)} | {last}
    return sorted(days | {today} if starts <= today <= last else days)


def _sums(
    actions: Sequence[Action], history: Mapping[str, Sequence[ProgressUpdate]], baseline: Baseline, on: date
) -> tuple[float, float, float]:
    planned = done = scope = 0.0
    for action in actions:
        updates = history.get(action.code, ())
        if action.code in baseline:
            planned += action.person_days * share_due(*baseline[action.code], on)
        if _stands(action, updates, baseline, on):
            scope += action.person_days
            done += action.person_days * percent_on(action, updates, on) / 100
    return planned, done, scope


def _stands(action: Action, updates: Sequence[ProgressUpdate], baseline: Baseline, on: date) -> bool:
    if action.removed_on and action.removed_on <= on:
        return False
    planned = action.code in baseline and action.origin != "added"  # what was added may be signed off later
    return planned or not updates or updates[0].made_at.date() <= on


def share_due(start: date, finish: date, on: date) -> float:
    """Share 0..1 of a bar that lies behind at the end of a day."""
    return min(max(((on - start).days + 1) / ((finish - start).days + 1), 0.0), 1.0)


def percent_on(action: Action, updates: Sequence[ProgressUpdate], on: date) -> float:
    """Per cent done (0-100) as last reported up to a day; done on its day even where the report came later."""
    if action.done_on and action.done_on <= on:
        return 100.0
    said = [each.percent_done for each in updates if each.made_at.date() <= on]
    return said[-1] if said else 0.0
