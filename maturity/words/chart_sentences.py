"""Titles, subtitles and alternative texts of charts, computed from the same rows as the marks, so that they cannot
drift.

Functions take plain frames (the columns are those of the chart of the same name) and return `ChartSentences`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from maturity.words.chart_titles import fitting
from maturity.words.messages import counted, joined, shown_score, signed

FAR = 1.0
"""A gap of this many levels or more is called far, as in the heat map."""


class ChartSentences(NamedTuple):
    """What a chart says: its title, its subtitle and the description that stands for it when it cannot be seen."""

    title: str
    subtitle: str
    description: str


NOTHING = "Nothing to show yet"


def nothing(subject: str, of: str = "") -> ChartSentences:
    """The sentences of an empty chart; the subject is what would be shown, as 'Maturity by department', `of` whose."""
    return ChartSentences(subject, NOTHING, f"{f'{subject}: {of}' if of else subject}. {NOTHING}.")


def subtitle_of(*parts: str) -> str:
    """The parts that are not empty, as sentences without a last full stop."""
    *first, last = [part for part in parts if part] or [""]
    return " ".join([*(part if part.endswith(("?", "!", ".")) else f"{part}." for part in first), last])


def heatmap_sentences(
    frame: pd.DataFrame, *, column: str = "topic", period: str = "", row: str = "department", named: bool = True
) -> ChartSentences:
    """How many scores are far from target and where most of them are; columns as `heatmap_chart`. `row` is what stands
    in the rows; unless they are `named`, none of them is said to be highest, lowest or furthest from target."""
    subject = f"Maturity by {row} and {column}"
    scored = frame.dropna(subset=["score"]) if not frame.empty else frame
    if scored.empty:
        return nothing(subject)
    scored = scored.reset_index(drop=True)
    gaps = (scored["target"] - scored["score"]).rename("gap")
    far = scored[gaps >= FAR - 1e-9]
    departments, columns = frame["department"].nunique(), frame[column].nunique()
    size = f"{counted(departments, row)}, {counted(columns, column)}"
    title, most = _heatmap_title(scored, far, column)
    details = [_range_of(scored, column, named)]
    if len(far) and named:
        worst = scored.iloc[int(gaps.argmax())]
        numbers = f"{shown_score(worst['score'])} against a target of {shown_score(worst['target'])}"
        details.append(f"The largest gap is {worst['department']} on {worst[column]}: {numbers}.")
    if missing := len(frame) - len(scored):
        details.append(f"{counted(missing, 'score')} missing because nothing was answered.")
    if thin := int((~scored["enough"].astype(bool)).sum()):
        details.append(f"{counted(thin, 'score')} rest on too few answers to reach a level.")
    subtitle = subtitle_of(f"{subject}, in levels", period, size, most)
    return ChartSentences(title, subtitle, " ".join([f"Heat map of m{subject[1:]}.", *details]))


def _heatmap_title(scored: pd.DataFrame, far: pd.DataFrame, column: str) -> tuple[str, str]:
    """The title, and where most of what is far from target is."""
    if not scored["target"].notna().any():
        return f"Scores run from {shown_score(scored['score'].min())} to {shown_score(scored['score'].max())}", ""
    if far.empty:
        return "No score is a level or more below its target", ""
    count = far[column].value_counts(sort=False)
    where = "All" if count.max() == len(far) else "Most often"
    verb = "is" if len(far) == 1 else "are"
    title = f"{len(far)} of {counted(len(scored), 'score')} {verb} a level or more below target"
    return title, f"{where} on {count.idxmax()}"


def _range_of(scored: pd.DataFrame, column: str, named: bool) -> str:
    low, high = scored.iloc[int(scored["score"].argmin())], scored.iloc[int(scored["score"].argmax())]
    whose = [f"{row['department']} on {row[column]}" if named else f"on {row[column]}" for row in (high, low)]
    ends = [f"{who} with {shown_score(row['score'])}" for who, row in zip(whose, (high, low), strict=True)]
    return f"The highest score is {ends[0]}, the lowest {ends[1]}."


def dumbbell_sentences(
    frame: pd.DataFrame, *, subject: str = "topic", period: str = "", until: str = ""
) -> ChartSentences:
    """Which places need the biggest lift; columns as `dumbbell_chart`. `until` names the targets' date, as '2028'."""
    heading = f"Score and target by {subject}"
    both = frame.dropna(subset=["score", "target"]).reset_index(drop=True) if not frame.empty else frame
    if frame.empty or frame["score"].isna().all():
        return nothing(heading)
    gaps = (both["target"] - both["score"]).round(1)
    open_gaps = gaps[gaps > 0].sort_values(ascending=False, kind="stable")
    names = [str(both.loc[index, "place"]) for index in open_gaps.index]
    met = f"{len(both) - len(names)} of {counted(len(both), 'target')} met."
    rows = [
        f"{row['place']}: {shown_score(row['score'])}, target {shown_score(row['target'])}."
        for row in both.to_dict("records")
    ]
    title, who = _lift_title(names, open_gaps.tolist(), len(both))
    subtitle = subtitle_of(f"{heading}, in levels", period, f"Targets for {until}" if until else "", who)
    return ChartSentences(title, subtitle, " ".join([f"{heading}, one row each. {met}", *rows]))


def _lift_title(names: list[str], gaps: list[float], targets: int) -> tuple[str, str]:
    """The title, and who needs the biggest lift where their names do not stand in it."""
    if not targets:
        return "No targets are set yet", ""
    if not names:
        return ("Every target is met" if targets > 1 else "The target is met"), ""
    first = [name for name, gap in zip(names, gaps, strict=True) if gap == gaps[0]]
    several = len(first) > 1
    lift = f"{'need' if several else 'needs'} the biggest lift: {gaps[0]:.1f} levels{' each' if several else ''}"
    unnamed = f"{len(first)} of {targets} {lift}"
    if len(first) > 2:
        return unnamed, ""
    return fitting((f"{joined(first)} {lift}", ""), (unnamed, f"The biggest lift: {joined(first)}"))


def profile_sentences(frame: pd.DataFrame, *, department: str, period: str = "") -> ChartSentences:
    """Where a department stands above and below its organisation; columns as `profile_chart`."""
    heading = f"{department} beside the organisation, by topic"
    known = frame.dropna(subset=["score", "organisation"]) if not frame.empty else frame
    if known.empty:
        return nothing("Beside the organisation, by topic", department)
    ahead = (known["score"] - known["organisation"]).round(1)
    above, below = int((ahead > 0).sum()), int((ahead < 0).sum())
    where = f"above the organisation on {counted(above, 'topic')}, below on {below}"
    title, who = fitting((f"{department} is {where}", ""), (where.capitalize(), department))
    rows = [
        f"{row['topic']}: {shown_score(row['score'])}, organisation {shown_score(row['organisation'])}."
        for row in known.to_dict("records")
    ]
    return ChartSentences(
        title,
        subtitle_of("Score, target and the organisation's score, in levels", period, counted(len(known), "topic"), who),
        " ".join([f"{heading}.", *rows]),
    )


def distribution_sentences(
    frame: pd.DataFrame, *, target_level: int, period: str = "", discuss: float = 0.4
) -> ChartSentences:
    """How many questions have most answers below target, and which to discuss; columns as `distribution_chart`."""
    heading = "Answers at each level"
    frame = frame.reset_index(drop=True)
    names = [str(name) for name in frame.columns if str(name)[0] == "n" and str(name)[1:].isdigit()]
    counts = frame[names].dropna() if names else pd.DataFrame()
    counts = counts[counts.sum(axis=1) > 0] if not counts.empty else counts
    if counts.empty:
        return nothing(heading)
    whole = counts.sum(axis=1)
    lower = counts[[name for name in names if int(name[1:]) < target_level]].sum(axis=1)
    mostly = counts.index[lower / whole > 0.5]
    shown = frame.loc[counts.index]
    verb = "has" if len(mostly) == 1 else "have"
    title = f"{len(mostly)} of {counted(len(shown), 'question')} {verb} most answers below level {target_level}"
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
    subtitle = subtitle_of(
        f"Share of answers at each level; the target is level {target_level}",
        period,
        f"Up to {counted(most, 'answer')} a question",
    )
    return ChartSentences(title, subtitle, " ".join(["Stacked bars of answers per question.", *details]))


def trend_sentences(frame: pd.DataFrame, *, note: str = "", named: bool = True) -> ChartSentences:
    """Who moved most between the first and the last round that can be compared; columns as `trend_chart`. `note` says
    which rounds used another version of the framework. Unless lines are `named`, nobody is said to have moved most."""
    heading = "Scores over the rounds"
    known = frame.dropna(subset=["score"]) if not frame.empty else frame
    if known.empty:
        return nothing(heading)
    known = known if "run" in known else known.assign(run=0)
    ordered = known.sort_values("round_order", kind="stable")
    rounds = list(ordered["round"].drop_duplicates())
    between = f"{rounds[0]} to {rounds[-1]}" if len(rounds) > 1 else str(rounds[0])
    broken = _broken(ordered)
    about = (f"Score in levels, {between}", counted(known["place"].nunique(), "line"), broken, note)
    alike = ordered[ordered["run"] == ordered.groupby("place")["run"].transform("last")]
    ends = alike.groupby("place", sort=False)["score"].agg(["first", "last", "size"])
    ends = ends.loc[list(known["place"].drop_duplicates())]  # equal movers in the order in which the chart takes them
    since = alike.groupby("place", sort=False)["round"].first()
    moved = (ends["last"] - ends["first"])[ends["size"] > 1].round(1)
    said = [heading + ".", *(each + "." for each in (broken, note) if each)]
    alone = [f"{place}: {shown_score(score)}." for place, score in ends["last"][ends["size"] == 1].items()]
    if moved.empty:
        title = (
            "No two rounds can be compared: other questions" if broken else "One round so far: nothing to compare yet"
        )
        return ChartSentences(title, subtitle_of(*about), " ".join([*said, *alone]))
    up, down, same = int((moved > 0).sum()), int((moved < 0).sum()), int((moved == 0).sum())
    start = f"since {rounds[0]}" if set(since[moved.index]) == {rounds[0]} else "where comparable"
    title, most = _trend_title(moved, start, 2 if named else 0)
    rows = [
        f"{place}: {shown_score(ends['first'][place])} to {shown_score(ends['last'][place])}." for place in moved.index
    ]
    told = [*said, f"{up} up, {down} down, {same} unchanged.", *rows]
    return ChartSentences(title, subtitle_of(*about, most), " ".join(told))


def _trend_title(moved: pd.Series, start: str, names: int) -> tuple[str, str]:
    """How many moved up from the start on, and who moved most where that does not stand in the title."""
    movers = moved[moved != 0].sort_values(key=abs, ascending=False, kind="stable").head(names)
    most = joined([f"{place} {signed(change)}" for place, change in movers.items()])
    up = f"{int((moved > 0).sum())} of {len(moved)} moved up"
    rest = f"Moved most: {most}" if most else ""
    return fitting(
        (f"{up} {start}; most: {most}" if most else f"{up} {start}", ""), (f"{up} {start}", rest), (up, rest)
    )


def _broken(ordered: pd.DataFrame) -> str:
    """Which lines cannot be compared over all rounds, and from which round on; empty where all can."""
    found: dict[str, list[str]] = {}
    for place, group in ordered.groupby("place", sort=False):
        for name in group["round"][group["run"].diff() > 0]:
            found.setdefault(str(name), []).append(str(place))
    every = ordered["place"].nunique()
    parts = [f"{name} in {'all lines' if len(who) == every else joined(who)}" for name, who in found.items()]
    return f"Dashed: other questions than the round before, {joined(parts)}" if parts else ""


def versions_note(rounds: Sequence[tuple[str, str]]) -> str:
    """Which rounds (name, version of the framework) used which version; empty where all used the same."""
    versions = list(dict.fromkeys(version for _, version in rounds))
    if len(versions) < 2:
        return ""
    parts = [f"{version} in {joined([name for name, of in rounds if of == version])}" for version in versions]
    return f"Versions of the framework: {joined(parts)}"
