"""Frames of a plan, and its timeline: what pages and reports draw alike, from the plan as it stands on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt
import pandas as pd

from maturity.planning.request import Capacity
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Baseline, Lane, roadmap_bars, roadmap_links
from maturity.roadmap.kpis import Measured, Standing
from maturity.roadmap.kpis_of_plan import Family
from maturity.roadmap.milestones import Milestone
from maturity.roadmap.phases import phases, quarter_window
from maturity.roadmap.risks import Risk
from maturity.roadmap.status import Status
from maturity.roadmap.workload import by_role, workload
from maturity.words.messages import counted
from maturity.words.plan_chart_sentences import roadmap_sentences, some_drawn

from .roadmap import roadmap_chart
from .texts import ChartTexts
from .theme import Mode

STATUS_WORDS = {"not_started": "not started", "on_track": "on track", "done": "done"}
ALLOWED = 0.5
"""Person-days over capacity that are not worth a warning."""


def status_words(how: Status) -> str:
    """A status as it stands beside a bar: "on track", "late, 24 days"."""
    return f"late, {counted(how.days_late, 'day')}" if how.code == "late" else STATUS_WORDS[how.code]


def bars_in_words(
    actions: Iterable[Action], baseline: Baseline, today: date, lane: Lane, names: Mapping[str, str]
) -> pd.DataFrame:
    """The bars of the timeline with their status in words, and its code as `code`."""
    frame = roadmap_bars(actions, baseline, today, lane, names)
    how = [Status(code=code, days_late=days) for code, days in zip(frame["status"], frame["days_late"], strict=True)]
    return frame.assign(code=frame["status"], status=[status_words(each) for each in how])


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What a timeline is drawn of: bars as `bars_in_words`, the plan that they are of, and the day it is looked at."""

    bars: pd.DataFrame
    actions: Sequence[Action]
    milestones: Sequence[Milestone]
    plan: str
    starts: date
    today: date
    lane: Lane = "phase"
    against: str = "as approved"
    day_word: str = "Today"


def timeline_chart(
    of: Timeline, *, mode: Mode, width: int, narrow: bool = False, said_of: pd.DataFrame | None = None
) -> alt.TopLevelMixin:
    """The timeline; `said_of` are all bars where only some of them are drawn: they are what its title speaks of."""
    windows = [{"name": each.name, "start": each.start, "finish": each.finish} for each in phases(of.starts)]
    marks = [{"name": each.name, "on": each.on} for each in of.milestones]
    whole = of.bars if said_of is None else said_of
    title, subtitle, description = roadmap_sentences(whole, plan=of.plan, today=of.today)
    more = some_drawn(len(of.bars), len(whole))
    return roadmap_chart(
        of.bars if of.lane != "phase" else of.bars.assign(lane=""),
        links=roadmap_links(of.actions, of.lane),
        phases=pd.DataFrame(windows),
        milestones=pd.DataFrame(marks, columns=["name", "on"]),
        today=of.today,
        mode=mode,
        texts=ChartTexts(title=title, subtitle=f"{subtitle}{more}", description=f"{description}{more}"),
        width=width,
        narrow=narrow,
        against=of.against,
        day_word=of.day_word,
    )


def load_frame(actions: Iterable[Action], offered: Iterable[Capacity], starts: date) -> pd.DataFrame:
    """Planned and available person-days by role, department and quarter."""
    return workload(actions, offered, starts)


def workload_frame(load: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """As `load_frame` by role and quarter 1-12, of roles that have work, to a tenth of a day.

    What is over by no more than `overloads` allows for is shown as just full."""
    found = by_role(load, names)
    slightly = (found["planned"] > found["available"]) & (found["planned"] <= found["available"] + ALLOWED)
    found["planned"] = found["planned"].mask(slightly, found["available"])
    busy = found.groupby("role")["planned"].transform("sum") > 0
    return found[busy].round({"planned": 1}).reset_index(drop=True)


def with_months(frame: pd.DataFrame, starts: date) -> pd.DataFrame:
    """The same with each quarter named by its first month, as charts say it."""
    first = [quarter_window(int(quarter), starts)[0] for quarter in frame["quarter"]]
    return frame.assign(quarter=[f"{day:%b %y}" for day in first])


def bullet_frame(
    read: Sequence[Standing], family_of: Callable[[Measured], Family], place_of: Callable[[Measured], str]
) -> pd.DataFrame:
    """One row for each KPI, as `bullet_chart` wants it; of several departments the one that is worst off."""
    return pd.DataFrame([_bullet(each, family_of(each.of), place_of) for each in read])


def _bullet(stood: Standing, family: Family, place_of: Callable[[Measured], str]) -> dict[str, object]:
    kpi = stood.of
    whose = f" ({place_of(kpi)}, of {len(family.measured)} read)" if len(family.members) > 1 else ""
    values = [one.value for one in kpi.readings]
    share = kpi.unit.startswith("%") and all(0 <= value <= 100 for value in values)
    return {
        "name": kpi.name, "unit": f"{kpi.unit}{whose}", "score": values[-1], "target": _or_nan(kpi.target),
        "previous": values[-2] if len(values) > 1 else float("nan"), "expected": _or_nan(stood.expected),
        "highest": 100.0 if share else float("nan"), "lower_is_better": kpi.direction == "down", "stand": stood.code,
    }  # fmt: skip


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def risk_frame(numbers: Mapping[str, int], risks: Sequence[Risk]) -> pd.DataFrame:
    """`number`, `title`, `likelihood` and `impact` of each risk."""
    rows = [(numbers[each.id], each.title, each.likelihood, each.impact) for each in risks]
    return pd.DataFrame(rows, columns=["number", "title", "likelihood", "impact"])
