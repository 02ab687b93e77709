"""What the thin bars of the roadmap stand for: what is in force, any version by name, or the plan as it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from maturity.roadmap.bars import Lane, roadmap_bars
from maturity.ui.results_choices import choose
from maturity.ui.roadmap_shown import ShownPlan
from maturity.ui.versions_seen import every_version, titled

IN_FORCE, MADE = "in-force", "made"


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Days by action code, what a picture calls them, and a key for what is kept."""

    key: str
    words: str
    dates: Mapping[str, tuple[date, date]]


def choose_baseline(shown: ShownPlan) -> Baseline:
    """The baseline to look at, what is in force unless another is chosen. Lateness does not follow it: that is always
    measured by what was approved."""
    known = {each.id: each for each in every_version(shown)}
    said = {IN_FORCE: "What is in force", MADE: "The plan as it was made"}
    written = lambda each: titled(known[each]) if each in known else said[each]  # noqa: E731
    chosen = choose("Compared with", [IN_FORCE, *reversed(known), MADE], written, key="roadmap_against")
    if chosen in known:
        version = known[chosen]
        return Baseline(key=chosen, words=f"in version {version.number}", dates=version.snapshot.dates)
    made = {each.id: (each.start, each.finish) for each in shown.plan.body.actions}
    if chosen == MADE:
        return Baseline(key=MADE, words="as it was made", dates=made)
    return in_force(shown)


def in_force(shown: ShownPlan) -> Baseline:
    """What lateness is measured by: what was approved, else the plan as it was made."""
    words = "as approved" if shown.plan.approved else "as it was made"
    return Baseline(key=IN_FORCE, words=words, dates=shown.plan.baseline)


def bars_against(shown: ShownPlan, lane: Lane, baseline: Baseline) -> pd.DataFrame:
    """The bars of the timeline with the days of the baseline beside them; never change the frame."""
    bars = shown.bars(lane)
    if baseline.key == IN_FORCE:
        return bars
    return shown.kept(f"bars {lane} {baseline.key}", lambda: _held_against(shown, lane, baseline, bars))


def _held_against(shown: ShownPlan, lane: Lane, baseline: Baseline, bars: pd.DataFrame) -> pd.DataFrame:
    held = roadmap_bars(shown.plan.actions, baseline.dates, shown.today, lane, shown.names)
    return bars.assign(baseline_start=held["baseline_start"], baseline_finish=held["baseline_finish"])
