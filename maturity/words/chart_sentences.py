"""Titles, subtitles and alternative texts of charts, computed from the same rows as the marks, so that they cannot drift.

Functions take plain frames (the columns are those of the chart of the same name) and return `ChartSentences`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

FAR = 1.0
"""A gap of this many levels or more is called far, as in the heat map."""


class ChartSentences(NamedTuple):
    """What a chart says: its title, its subtitle and the description that stands for it when it cannot be seen."""

    title: str
    subtitle: str
    description: str


NOTHING = "Nothing to show yet"


def nothing(subject: str) -> ChartSentences:
    """The sentences of an empty chart; the subject is what would be shown, as 'Maturity by department'."""
    return ChartSentences(subject, NOTHING, f"{subject}. {NOTHING}.")


def counted(number: int, one: str, many: str | None = None) -> str:
    """The number with its noun: '1 department', '8 departments'."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def joined(words: Sequence[str]) -> str:
    """The words as a list in a sentence: 'a', 'a and b', 'a, b and c'."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _subtitle(*parts: str) -> str:
    return ". ".join(part for part in parts if part)


def _named(rows: Iterable[tuple[str, float]]) -> str:
    return joined([f"{name} {number:.1f}" for name, number in rows])


def heatmap_sentences(frame: pd.DataFrame, *, column: str = "topic", period: str = "") -> ChartSentences:
    """How many scores are far from target and where most of them are; columns as `heatmap_chart`."""
    subject = f"Maturity by department and {column}"
    scored = frame.dropna(subset=["score"]) if not frame.empty else frame
    if scored.empty:
        return nothing(subject)
    gaps = (scored["target"] - scored["score"]).rename("gap")
    far = scored[gaps >= FAR - 1e-9]
    departments, columns = frame["department"].nunique(), frame[column].nunique()
    subtitle = _subtitle(
        f"{subject}, in levels", period, f"{counted(departments, 'department')}, {counted(columns, column)}"
    )
    details = [_range_of(scored, column)]
    if len(far):
        worst = scored.loc[gaps.idxmax()]
        details.append(
            f"The largest gap is {worst['department']} on {worst[column]}: {worst['score']:.1f} against a target of {worst['target']:.1f}."
        )
    if missing := len(frame) - len(scored):
        details.append(f"{counted(missing, 'score')} missing because nothing was answered.")
    if thin := int((~scored["enough"].astype(bool)).sum()):
        details.append(f"{counted(thin, 'score')} rest on too few answers to reach a level.")
    return ChartSentences(
        _heatmap_title(scored, far, column), subtitle, " ".join([f"Heat map of m{subject[1:]}.", *details])
    )


def _heatmap_title(scored: pd.DataFrame, far: pd.DataFrame, column: str) -> str:
    if not scored["target"].notna().any():
        return f"Scores run from {scored['score'].min():.1f} to {scored['score'].max():.1f}"
    if far.empty:
        return "No score is a level or more below its target"
    count = far[column].value_counts(sort=False)
    most = str(count.idxmax())
    verb = "is" if len(far) == 1 else "are"
    where = f"on {most}" if count.max() == len(far) else f"most often on {most}"
    return f"{len(far)} of {counted(len(scored), 'score')} {verb} a level or more below target, {where}"


def _range_of(scored: pd.DataFrame, column: str) -> str:
    low, high = scored.loc[scored["score"].idxmin()], scored.loc[scored["score"].idxmax()]
    ends = [f"{row['department']} on {row[column]} with {row['score']:.1f}" for row in (high, low)]
    return f"The highest score is {ends[0]}, the lowest {ends[1]}."


def dumbbell_sentences(
    frame: pd.DataFrame, *, subject: str = "topic", period: str = "", until: str = ""
) -> ChartSentences:
    """Which places need the biggest lift; columns as `dumbbell_chart`. `until` names the targets' date, as '2028'."""
    heading = f"Score and target by {subject}"
    both = frame.dropna(subset=["score", "target"]) if not frame.empty else frame
    if frame.empty or frame["score"].isna().all():
        return nothing(heading)
    subtitle = _subtitle(f"{heading}, in levels", period, f"Targets for {until}" if until else "")
    gaps = (both["target"] - both["score"]).round(1)
    open_gaps = gaps[gaps > 0].sort_values(ascending=False, kind="stable")
    names = [str(both.loc[index, "place"]) for index in open_gaps.index]
    met = f"{len(both) - len(names)} of {counted(len(both), 'target')} met."
    rows = [f"{row.place}: {row.score:.1f}, target {row.target:.1f}." for row in both.itertuples()]
    title = _lift_title(names, open_gaps.tolist(), len(both))
    return ChartSentences(title, subtitle, " ".join([f"{heading}, one row each. {met}", *rows]))


def _lift_title(names: list[str], gaps: list[float], targets: int) -> str:
    if not targets:
        return "No targets are set yet"
    if not names:
        return "Every target is met" if targets > 1 else "The target is met"
    first = [name for name, gap in zip(names, gaps, strict=True) if gap == gaps[0]]
    if len(first) > 2:
        return f"{len(first)} of {targets} need the biggest lift: {gaps[0]:.1f} levels each"
    verb = "need" if len(first) > 1 else "needs"
    return f"{joined(first)} {verb} the biggest lift: {gaps[0]:.1f} levels{' each' if len(first) > 1 else ''}"


def profile_sentences(frame: pd.DataFrame, *, department: str, period: str = "") -> ChartSentences:
    """Where a department stands above and below its organisation; columns as `profile_chart`."""
    heading = f"{department} beside the organisation, by topic"
    known = frame.dropna(subset=["score", "organisation"]) if not frame.empty else frame
    if known.empty:
        return nothing(heading)
    ahead = (known["score"] - known["organisation"]).round(1)
    above, below = int((ahead > 0).sum()), int((ahead < 0).sum())
    title = (
        f"{department} is above the organisation on {above} and below it on {below} of {counted(len(known), 'topic')}"
    )
    rows = [f"{row.topic}: {row.score:.1f}, organisation {row.organisation:.1f}." for row in known.itertuples()]
    return ChartSentences(
        title,
        _subtitle("Score, target and the organisation's score, in levels", period),
        " ".join([f"{heading}.", *rows]),
    )


def distribution_sentences(
    frame: pd.DataFrame, *, target_level: int, period: str = "", discuss: float = 0.4
) -> ChartSentences:
    """How many questions have most answers below target, and which to discuss; columns as `distribution_chart`."""
    heading = "Answers at each level"
    names = [name for name in frame.columns if name[0] == "n" and name[1:].isdigit()]
    counts = frame[names].dropna() if names else pd.DataFrame()
    counts = counts[counts.sum(axis=1) > 0] if not counts.empty else counts
    if counts.empty:
        return nothing(heading)
    whole = counts.sum(axis=1)
    lower = counts[[name for name in names if int(name[1:]) < target_level]].sum(axis=1)
    mostly = counts.index[lower / whole > 0.5]
    shown = frame.loc[counts.index]
    title = f"{len(mostly)} of {counted(len(shown), 'question')} {'has' if len(mostly) == 1 else 'have'} most answers below level {target_level}"
    talk = [str(q) for q in shown.loc[shown["agreement"] < discuss, "question"]]
    details = [
        f"{frame.loc[i, 'question']}: {lower[i] / whole[i]:.0%} below target, median {frame.loc[i, 'median']:g}."
        for i in counts.index
    ]
    if talk:
        details.append(f"Agreement is low, so worth discussing: {joined(talk)}.")
    if hidden := len(frame) - len(shown):
        details.append(f"{counted(hidden, 'question')} not shown.")
    most = int(whole.max())
    subtitle = _subtitle(
        f"Share of answers at each level; the target is level {target_level}",
        period,
        f"Up to {counted(most, 'answer')} a question",
    )
    return ChartSentences(title, subtitle, " ".join(["Stacked bars of answers per question.", *details]))


def trend_sentences(frame: pd.DataFrame) -> ChartSentences:
    """Who moved most between the first and the last round; columns as `trend_chart`."""
    heading = "Scores over the rounds"
    known = frame.dropna(subset=["score"]) if not frame.empty else frame
    if known.empty:
        return nothing(heading)
    ordered = known.sort_values("round_order", kind="stable")
    rounds = list(ordered["round"].drop_duplicates())
    subtitle = f"Score in levels, {joined([rounds[0], rounds[-1]] if len(rounds) > 1 else rounds)}. {counted(known['place'].nunique(), 'line')}"
    ends = ordered.groupby("place", sort=False)["score"].agg(["first", "last", "size"])
    moved = (ends["last"] - ends["first"])[ends["size"] > 1].round(1)
    if moved.empty:
        rows = [f"{place}: {score:.1f}." for place, score in ends["last"].items()]
        return ChartSentences("One round so far: nothing to compare yet", subtitle, " ".join([f"{heading}.", *rows]))
    up, down, same = int((moved > 0).sum()), int((moved < 0).sum()), int((moved == 0).sum())
    movers = moved[moved != 0].sort_values(key=abs, ascending=False, kind="stable").head(2)
    most = joined([f"{place} {change:+.1f}" for place, change in movers.items()])
    title = f"{up} of {len(moved)} moved up since {rounds[0]}" + (f"; most: {most}" if most else "")
    rows = [f"{place}: {ends['first'][place]:.1f} to {ends['last'][place]:.1f}." for place in moved.index]
    return ChartSentences(title, subtitle, " ".join([f"{heading}. {up} up, {down} down, {same} unchanged.", *rows]))


def roadmap_sentences(bars: pd.DataFrame, *, plan: str, today: date) -> ChartSentences:
    """What is late and what hangs on it; columns as the bars of `roadmap_chart`. Statuses that start with 'late' count as late."""
    heading = f"Roadmap: {plan}"
    if bars.empty or bars[["start", "finish"]].isna().any(axis=1).all():
        return nothing(heading)
    late = bars[bars["status"].str.lower().str.startswith("late")]
    critical = late[late["critical"].astype(bool)]
    phases = bars["phase"].nunique()
    span = f"{_month(bars['start'].dropna().min())} to {_month(bars['finish'].dropna().max())}"
    subtitle = (
        f"{plan}, {span}: {counted(len(bars), 'action')} in {counted(phases, 'phase')}. Bar colour shows the phase"
    )
    done = int((bars["percent_done"] >= 1).sum())
    details = [
        f"Timeline of {counted(len(bars), 'action')} in {counted(phases, 'phase')}, {span}, as of {_day(today)}. {done} done, {len(late)} late."
    ]
    if len(late):
        details.append(f"Late: {joined([str(title) for title in late['title']])}.")
    path = bars[bars["critical"].astype(bool)].sort_values("start", kind="stable")
    if len(path):
        details.append(f"The critical path runs over {joined([str(title) for title in path['title']])}.")
    return ChartSentences(_roadmap_title(late, critical, bars), subtitle, " ".join(details))


def _roadmap_title(late: pd.DataFrame, critical: pd.DataFrame, bars: pd.DataFrame) -> str:
    if len(critical):
        first = critical.sort_values("start", kind="stable").iloc[0]["title"]
        others = f", and {counted(len(late) - 1, 'other is', 'others are')} late too" if len(late) > 1 else ""
        return f"{first} is late and on the critical path{others}"
    if len(late):
        return f"{counted(len(late), 'action is', 'actions are')} late, none of them on the critical path"
    done = int((bars["percent_done"] >= 1).sum())
    return f"Nothing is late: {done} of {counted(len(bars), 'action')} done"


def _month(when: Any) -> str:
    return f"{pd.Timestamp(when):%b %Y}"


def _day(when: Any) -> str:
    moment = pd.Timestamp(when)
    return f"{moment.day} {moment:%B %Y}"


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
    subtitle = f"{heading}, in person-days. {counted(frame['role'].nunique(), 'role')}, {counted(frame['quarter'].nunique(), 'quarter')}"
    if over.empty:
        share = (frame["planned"] / frame["available"].where(frame["available"] > 0)).max()
        tightest = "" if pd.isna(share) else f": at most {share:.0%} used"
        return ChartSentences(
            f"No role is planned beyond its capacity{tightest}", subtitle, f"{heading}. No quarter is over capacity."
        )
    roles = list(dict.fromkeys(str(role) for role in over["role"]))
    who = f"{joined(roles)} {'is' if len(roles) == 1 else 'are'}" if len(roles) <= 2 else f"{len(roles)} roles are"
    rows = [
        f"{row.role} in {row.quarter}: {row.planned:g} planned, {row.available:g} available."
        for row in over.itertuples()
    ]
    title = f"{who} planned beyond capacity in {counted(over['quarter'].nunique(), 'quarter')}"
    return ChartSentences(title, subtitle, " ".join([f"{heading}. Over capacity:", *rows]))


def priority_sentences(frame: pd.DataFrame, *, value_words: str = "gap closed, in levels") -> ChartSentences:
    """What gives most per person-day; columns as `priority_chart`."""
    heading = f"Effort and {value_words}"
    if frame.empty:
        return nothing(heading)
    per_day = (frame["gap"] / frame["effort_days"].where(frame["effort_days"] > 0)).fillna(float("inf"))
    first = frame.loc[per_day.idxmax()]
    listed = [
        f"{place} {row.label}: {row.gap:g} for {row.effort_days:g} person-days."
        for place, row in enumerate(frame.itertuples(), start=1)
    ]
    title = f"{first['label']} gives most for its effort: {first['gap']:g} for {counted(int(first['effort_days']), 'person-day')}"
    subtitle = f"Left: little effort. Up: {value_words}. {counted(len(frame), 'row')}, numbered as in the list"
    return ChartSentences(title, subtitle, " ".join([f"{heading}.", *listed]))


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
    return ChartSentences(title, _subtitle(heading, period), " ".join([f"{heading}.", *rows]))
