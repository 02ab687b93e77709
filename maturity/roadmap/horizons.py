"""Now, next, later: the plan without the false precision of far dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from maturity.roadmap.actions import Action
from maturity.roadmap.phases import QUARTER_DAYS

Horizon = Literal["done", "now", "next", "later"]
HORIZONS: tuple[Horizon, ...] = ("now", "next", "later", "done")


def horizon(action: Action, today: date) -> Horizon:
    """Now: begun, or due to start within 13 weeks (or overdue). Next: within the two quarters after that."""
    if action.done_on or action.percent_done >= 100:
        return "done"
    if action.begun_on or action.start < today + timedelta(days=QUARTER_DAYS):
        return "now"
    return "next" if action.start < today + timedelta(days=3 * QUARTER_DAYS) else "later"


def by_horizon(actions: Iterable[Action], today: date) -> dict[Horizon, tuple[Action, ...]]:
    """The actions of each horizon, earliest start first; every horizon is there, even if empty."""
    found: dict[Horizon, list[Action]] = {each: [] for each in HORIZONS}
    for action in sorted(actions, key=lambda one: (one.start, one.code)):
        found[horizon(action, today)].append(action)
    return {each: tuple(kept) for each, kept in found.items()}
