"""Titles, subtitles and alternative texts of the charts about plans, delivery, capacity and KPIs."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import pandas as pd

from maturity.words.chart_sentences import ChartSentences, nothing, subtitle_of
from maturity.words.chart_titles import fitting
from maturity.words.messages import counted, joined, percent


def roadmap_sentences(bars: pd.DataFrame, *, plan: str, today: date) -> ChartSentences:
    """What is late and what hangs on it; columns as the bars of `roadmap_chart`. Statuses that start with 'late'
    count as late.
    """
    if bars.empty or bars[["start", "finish"]].isna().any(axis=1).all():
        return nothing("Actions over time", plan)
    late = bars[bars["status"].str.lower().str.startswith("late")]
    critical = late[late["critical"].astype(bool)]
    phases = bars["phase"].nunique()
    span = f"{_month(bars['start'].dropna().min())} to {_month(bars['finish'].dropna().max())}"
    title, first = _roadmap_title(late, critical, bars)
    size = f"{counted(len(bars), 'action')} in {counted(phases, 'phase')}"
    subtitle = subtitle_of(f"{plan}, {span}: {size}", "Bar colour shows the phase", first)
    done = int((bars["percent_done"] >= 1).sum())
    whole = f"Timeline of {size}, {span}"
    details = [f"{whole}, as of {_day(today)}. {done} done, {len(late)} late."]
    if len(late):
        details.append(f"Late: {joined([str(title) for title in late['title']])}.")
    path = bars[bars["critical"].astype(bool)].sort_values("start", kind="stable")
    if len(path):
        details.append(f"The critical path runs over {joined([str(title) for title in path['title']])}.")
    return ChartSentences(title, subtitle, " ".join(details))


def _roadmap_title(late: pd.DataFrame, critical: pd.DataFrame, bars: pd.DataFrame) -> tuple[str, str]:
    """The title, and the first late action of the critical path where it does not stand in it."""
    lateness = f"{counted(len(late), 'action is', 'actions are')} late"
    if len(critical):
        first = str(critical.sort_values("start", kind="stable").iloc[0]["title"])
        if len(late) > 1:
            there = "Late there" if len(critical) == 1 else "Late there first"
            return f"{lateness}, {len(critical)} of them on the critical path", f"{there}: {first}"
        return fitting((f"{first} is late and on the critical path", ""), (f"{lateness}, on the critical path", first))
    if len(late):
        return f"{lateness}, {'off' if len(late) == 1 else 'none of them on'} the critical path", ""
    done = int((bars["percent_done"] >= 1).sum())
    return f"Nothing is late: {done} of {counted(len(bars), 'action')} done", ""


def _month(when: Any) -> str:
    return f"{pd.Timestamp(when):%b %Y}"


def _day(when: Any) -> str:
    moment = pd.Timestamp(when)
    return f"{moment.day} {moment:%B %Y}"


def some_drawn(drawn: int, of: int) -> str:
    """Behind a subtitle: that only some of the actions are in the picture; nothing where all are."""
    return "" if drawn >= of else f". Drawn are {drawn} of {of}: what is late or sets the end first, then by start"


def burn_up_sentences(frame: pd.DataFrame, *, today: date, unit: str = "actions") -> ChartSentences:
    """Done against planned by today; columns as `burn_up_chart`."""
    heading = "Done against plan, by phase"
    known = frame[frame["done"].notna()] if not frame.empty else frame
    if known.empty:
        return nothing(heading)
    dates = pd.to_datetime(known["on"])
    known = known[dates <= pd.Timestamp(today)]
    if known.empty:
        return nothing(heading)
    last = known.sort_values("on", kind="stable").groupby("phase", sort=False).last()
    done, planned, scope = (float(last[name].sum()) for name in ("done", "planned", "scope"))
    difference = done - planned
    state = (
        "as planned" if difference == 0 else f"{abs(difference):g} {'ahead of' if difference > 0 else 'behind'} plan"
    )
    rows = [
        f"{name}: {row.done:g} done, {row.planned:g} planned by now, {row.scope:g} in all."
        for name, row in zip(last.index, last.itertuples(), strict=True)
    ]
    title = f"{done:g} of {scope:g} {unit} done, {state}"
    return ChartSentences(title, f"{heading}, in {unit}, up to {_day(today)}", " ".join([f"{heading}.", *rows]))


def capacity_sentences(frame: pd.DataFrame) -> ChartSentences:
    """Which role is planned beyond its capacity, when and by how much; columns as `capacity_chart`."""
    heading = "Planned work and capacity, by role and quarter"
    if frame.empty:
        return nothing(heading)
    over = frame[frame["planned"] > frame["available"] + 1e-9]
    roles, quarters = frame["role"].nunique(), frame["quarter"].nunique()
    subtitle = f"{heading}, in person-days. {counted(roles, 'role')}, {counted(quarters, 'quarter')}"
    if over.empty:
        share = float((frame["planned"] / frame["available"].where(frame["available"] > 0)).max())
        tightest = "" if math.isnan(share) else f": at most {share:.0%} used"
        return ChartSentences(
            f"No role is planned beyond its capacity{tightest}", subtitle, f"{heading}. No quarter is over capacity."
        )
    names = list(dict.fromkeys(str(role) for role in over["role"]))
    rows = [
        f"{row.role} in {row.quarter}: {row.planned:g} planned, {row.available:g} available."
        for row in over.itertuples()
    ]
    title, who = _beyond_capacity(names, counted(over["quarter"].nunique(), "quarter"))
    return ChartSentences(title, subtitle_of(subtitle, who), " ".join([f"{heading}. Over capacity:", *rows]))


def _beyond_capacity(names: list[str], quarters: str) -> tuple[str, str]:
    """The title, and which roles they are where that does not stand in it."""
    beyond = f"{'is' if len(names) == 1 else 'are'} planned beyond capacity in {quarters}"
    roles = f"{counted(len(names), 'role')} {beyond}"
    named = [(f"{joined(names)} {beyond}", "")] if len(names) <= 2 else []
    return fitting(*named, (roles, f"Over: {joined(names)}"))


def impact_effort_sentences(frame: pd.DataFrame) -> ChartSentences:
    """What gives most per person-day; columns as `impact_effort_chart`."""
    heading = "Impact and effort of each action"
    if frame.empty:
        return nothing(heading)
    frame = frame.assign(number=range(1, len(frame) + 1))
    planned = frame[frame["planned"].astype(bool)]
    left_out = len(frame) - len(planned)
    listed = [
        f"{place} {row['label']}: {_share(row['share'])} for {counted(round(row['effort_days']), 'person-day')}, "
        f"{_when(row)}."
        for place, row in enumerate(frame.to_dict("records"), start=1)
    ]
    count = counted(len(planned), "planned action") + (f" and {left_out} left out" if left_out else "")
    title, most = _most_for_its_effort(planned)
    subtitle = subtitle_of(most, "Up: share of the plan's value", "Right: effort", f"{count}, numbered as in the list")
    return ChartSentences(title, subtitle, " ".join([f"{heading}.", *listed]))


def _when(row: dict[Any, Any]) -> str:
    when = f"phase {row['phase']}" if row["planned"] else "left out"
    return f"{when}, a quick win" if row["quick"] else when


def _most_for_its_effort(planned: pd.DataFrame) -> tuple[str, str]:
    """The title, and what the action in it brings and takes; one with a long name is called by its number."""
    if planned.empty:
        return "No action is planned", ""
    per_day = (planned["share"] / planned["effort_days"].where(planned["effort_days"] > 0)).fillna(float("inf"))
    first = planned.iloc[int(per_day.to_numpy().argmax())]
    gives = f"{_share(first['share'])} of the plan's value for {counted(round(first['effort_days']), 'person-day')}"
    return fitting(
        (f"{first['label']} gives most for its effort", gives),
        (f"Action {first['number']} gives most for its effort", f"{first['label']}: {gives}"),
    )


def _share(share: float) -> str:
    return percent(share) if share >= 0.01 or share <= 0 else "under 1%"


def bullet_sentences(frame: pd.DataFrame, *, period: str = "") -> ChartSentences:
    """How many KPIs are on target; columns as `bullet_chart`."""
    heading = "KPIs against their targets"
    judged = frame.dropna(subset=["score", "target"]) if not frame.empty else frame
    if frame.empty:
        return nothing(heading)
    lower = (
        judged["lower_is_better"].astype(bool) if "lower_is_better" in judged else pd.Series(False, index=judged.index)
    )
    reached = (judged["score"] >= judged["target"]).where(~lower, judged["score"] <= judged["target"])
    met, whole = int(reached.sum()), len(judged)
    title = (
        f"{met} of {counted(whole, 'KPI')} {'is' if met == 1 else 'are'} on target"
        if whole
        else "No KPI has both a value and a target yet"
    )
    rows = [f"{row.name}: {row.score:g}, target {row.target:g} ({row.unit})." for row in judged.itertuples(index=False)]
    if missing := len(frame) - whole:
        rows.append(f"{counted(missing, 'KPI')} without a value or a target.")
    return ChartSentences(title, subtitle_of(heading, period), " ".join([f"{heading}.", *rows]))


def ageing_sentences(frame: pd.DataFrame, *, allowed: int, today: date) -> ChartSentences:
    """Who has been silent for longest; columns as `ageing_chart`."""
    heading = "Days since the last report"
    if frame.empty:
        return nothing(heading)
    over = frame[frame["days"] >= allowed]
    told = [(str(name), int(days)) for name, days in zip(frame["name"], frame["days"].tolist(), strict=True)]
    silent = f"no report for {counted(told[0][1], 'day')}"
    title, who = fitting((f"{told[0][0]}: {silent}", ""), (f"At the longest, {silent}", told[0][0]))
    if over.empty:
        title, who = f"Nobody has been silent for {allowed} days", ""
    rows = [f"{name}: {counted(days, 'day')}." for name, days in told]
    subtitle = f"{heading} on an action that runs or is late, the oldest first, {_day(today)}"
    return ChartSentences(title, subtitle_of(subtitle, who), " ".join([f"{heading}.", *rows]))
