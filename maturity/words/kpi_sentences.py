"""KPIs in words: how each stands against its path, what is missing, and how outcomes went beside maturity."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

import pandas as pd

from maturity.words.chart_sentences import ChartSentences, nothing, subtitle_of
from maturity.words.messages import counted, joined, on_day

STANDS: Mapping[str, str] = {
    "behind": "behind",
    "on_path": "on the path",
    "ahead": "ahead",
    "reached": "reached",
    "no_path": "cannot be told",
    "no_reading": "no reading yet",
}
"""How a KPI stands, in the order in which pages list them."""
MISSING: Mapping[str, str] = {
    "reading": "a reading",
    "baseline": "a baseline",
    "target": "a target",
    "due": "a day by which",
    "dates": "a target day after its start",
    "direction": "a target on the better side of its baseline",
    "frequency": "how often it is read",
}
LACKS: Mapping[str, str] = {
    "target": "It has no dated numeric target, so nobody can say when it is met.",
    "action": "No action of this plan serves it.",
    "kpi": "None of its actions has a KPI.",
    "reading": "None of the KPIs of its actions has been read yet.",
    "own_reading": "Its own measure has not been read yet.",
}
KINDS: Mapping[str, str] = {
    "leading": "Leading: shows early whether the work takes",
    "lagging": "Lagging: shows whether it has changed anything",
}
FREQUENCIES: Mapping[str, str] = {
    "weekly": "every week", "monthly": "every month", "quarterly": "every quarter", "yearly": "every year",
}  # fmt: skip
NO_CAUSE = "Two things that move together do not show that one moves the other."
BESIDE: Mapping[str, str] = {
    "both_better": "Capability is up, and so are the outcomes.",
    "capability_only": "Capability is up, and the outcomes have not followed so far. Outcomes often come later; where "
    "they stay away, ask whether the work reaches what the objective is about.",
    "outcomes_only": "The outcomes are better although capability is not up. Something other than maturity is at "
    "work, or the assessment does not see it.",
    "both_flat": "Neither capability nor the outcomes have moved.",
    "both_worse": "Both capability and the outcomes are down.",
    "apart_worse": "Capability is not up, and the outcomes are not better.",
    "not_known": "Too little is known yet to set the two beside each other.",
}
BESIDE_IN_SHORT: Mapping[str, str] = {
    "both_better": "Both are up",
    "capability_only": "Capability up, outcomes not",
    "outcomes_only": "Outcomes up, capability not",
    "both_flat": "Neither has moved",
    "both_worse": "Both are down",
    "apart_worse": "Neither is up",
    "not_known": "Not known yet",
}
NO_KPIS = "No action of this plan has a KPI, and no objective measures anything yet."


class Read(Protocol):
    """One reading."""

    @property
    def on(self) -> date: ...

    @property
    def value(self) -> float: ...


class Told(Protocol):
    """What a KPI is, and what was read of it last."""

    @property
    def unit(self) -> str: ...

    @property
    def target(self) -> float | None: ...

    @property
    def ends(self) -> date | None: ...

    @property
    def last(self) -> Read | None: ...

    @property
    def missing(self) -> Sequence[str]: ...


class Stood(Protocol):
    """How a KPI stands: see `roadmap.kpis.Standing`."""

    @property
    def of(self) -> Told: ...

    @property
    def code(self) -> str: ...

    @property
    def expected(self) -> float | None: ...

    @property
    def expected_now(self) -> float | None: ...

    @property
    def by(self) -> float | None: ...


def number(value: float) -> str:
    """At most two decimals, thousands apart; very large ones and very small ones in powers of ten."""
    if value and not 0.005 <= abs(value) < 1e12:
        return f"{value:.3g}"
    return f"{value:,.2f}".rstrip("0").rstrip(".") or "0"


def in_unit(value: float, unit: str) -> str:
    """A value as people read it: "42% of department heads", "1,200 homes"."""
    said = number(value)
    return f"{said}{unit}" if unit.startswith("%") else f"{said} {unit}".strip()


def short(value: float, unit: str) -> str:
    """The same with no more of the unit than a sign: "42%", "1,200"."""
    return number(value) + ("%" if unit.startswith("%") else "")


def target_in_words(kpi: Told) -> str:
    """The target with its day; empty without one."""
    if kpi.target is None:
        return ""
    return f"target {short(kpi.target, kpi.unit)}" + (f" by {on_day(kpi.ends)}" if kpi.ends else "")


def about(value: float, unit: str) -> str:
    """As `short`, with one decimal where more would be false precision."""
    return short(round(value, 1) if abs(value) >= 1 else value, unit)


def apart(by: float, unit: str) -> str:
    """How far two values are from each other: "6.5 points" between shares, else "1,200"."""
    return f"{about(abs(by), '')} points" if unit.startswith("%") else about(abs(by), "")


def standing_in_words(stood: Stood, *, with_target: bool = True) -> str:
    """One or two sentences with the numbers: what was read, where the path was that day, what is to be reached."""
    kpi, last = stood.of, stood.of.last
    if last is None:
        now = stood.expected_now
        return "No reading yet." + (f" Its path is at {about(now, kpi.unit)} today." if now is not None else "")
    read = f"{in_unit(last.value, kpi.unit)} on {on_day(last.on)}"
    goal = target_in_words(kpi) if with_target else ""
    end = f"; {goal}." if goal else "."
    if stood.code == "reached":
        return f"Reached: {read}{end}"
    if stood.code == "no_path":
        lacks = [each for each in kpi.missing if each not in ("reading", "frequency")]
        return f"{read}{', ' + goal if goal else ''}. Whether that is on its way cannot be said without " + (
            f"{missing_in_words(lacks)}."
        )
    assert stood.expected is not None and stood.by is not None
    path = f"its path was at {about(stood.expected, kpi.unit)} that day"
    if stood.code == "on_path":
        return f"On the path: {read}, and {path}{end}"
    how = "better" if stood.code == "ahead" else "short"
    named = "Ahead" if stood.code == "ahead" else "Behind"
    return f"{named}: {read}, and {path}, so it is {apart(stood.by, kpi.unit)} {how}{end}"


def missing_in_words(codes: Collection[str]) -> str:
    """What is not given: "a baseline and a target"; empty where nothing is missing."""
    return joined([words for code, words in MISSING.items() if code in codes])


def due_in_words(days: int) -> str:
    """That a reading is due: "A reading is due", "A reading has been due for 12 days"."""
    return f"A reading has been due for {counted(days, 'day')}" if days else "A reading is due today"


def counts_in_words(codes: Collection[str]) -> str:
    """How many KPIs stand how: "12 KPIs: 2 behind, 3 on the path, 7 no reading yet"."""
    every = list(codes)
    parts = [f"{every.count(code)} {words}" for code, words in STANDS.items() if code in every]
    return f"{counted(len(every), 'KPI')}: {', '.join(parts)}" if every else "No KPI"


def capability_in_words(change: float, first: str, last: str) -> str:
    """How a score moved from one round to another, in levels; less than a tenth is no movement."""
    if abs(change) < 0.1 - 1e-9:
        return f"The score is as it was from {first} to {last}"
    way = "rose" if change > 0 else "fell"
    return f"The score {way} by {abs(change):.1f} levels from {first} to {last}"


def outcomes_in_words(better: int, flat: int, worse: int) -> str:
    """How many outcomes moved which way: "of 3 outcomes 1 is better, 2 have not moved"."""
    told = better + flat + worse
    if not told:
        return "no outcome has been read twice yet"
    if told == 1:
        return "its one outcome " + ("is better" if better else "has not moved" if flat else "is worse")
    parts = [
        f"{better} {'is' if better == 1 else 'are'} better" if better else "",
        f"{flat} {'has' if flat == 1 else 'have'} not moved" if flat else "",
        f"{worse} {'is' if worse == 1 else 'are'} worse" if worse else "",
    ]
    return f"of {counted(told, 'outcome')} " + joined([each for each in parts if each])


def way_in_words(share: float | None) -> str:
    """How much of the way to a target is done, in whole per cent; empty where it cannot be told."""
    if share is None:
        return ""
    if share < 0:
        return "It is further from its target than at the start."
    return f"That is {min(round(share * 100), 99) if share < 1 else 100}% of the way."


def kpi_bullet_sentences(frame: pd.DataFrame, *, stands: Sequence[str]) -> ChartSentences:
    """How many KPIs are behind their path; columns as `bullet_chart`, `stands` are those of all that were read, also of
    those that are not in the picture."""
    heading = "KPIs against their targets"
    if frame.empty:
        return nothing(heading)
    late, told = list(stands).count("behind"), sum(each != "no_path" for each in stands)
    verb = "is" if late == 1 else "are"
    title = f"{late} of {counted(told, 'KPI')} {verb} behind {'its' if late == 1 else 'their'} path" if told else (
        "No KPI has both a baseline and a target yet"
    )  # fmt: skip
    told_rows = zip(frame["name"], frame["score"], frame["unit"], frame["stand"], strict=True)
    rows = [f"{name}: {in_unit(float(score), unit)}, {STANDS[stand]}." for name, score, unit, stand in told_rows]
    shown = f"The first {len(frame)} of {len(stands)}" if len(stands) > len(frame) else ""
    return ChartSentences(title, subtitle_of(heading, shown), " ".join([f"{heading}.", *rows]))


def standing_in_short(stood: Stood) -> str:
    """How a KPI stands, as a title: "Behind its path: 42%, where 50% was planned"."""
    kpi, last = stood.of, stood.of.last
    if last is None:
        return "No reading yet"
    read = short(last.value, kpi.unit)
    if stood.code in ("reached", "no_path") or stood.expected is None:
        return f"{'Reached: ' if stood.code == 'reached' else ''}{read} on {on_day(last.on)}"
    named = {"behind": "Behind its path", "ahead": "Ahead of its path"}.get(stood.code, "On its path")
    return f"{named}: {read}, where {about(stood.expected, kpi.unit)} was planned"


def kpi_path_sentences(frame: pd.DataFrame, *, name: str, stood: Stood) -> ChartSentences:
    """What was read of a KPI over time, and how it stands; columns as `kpi_path_chart`."""
    read = frame[frame["line"] == "reading"].sort_values("on") if not frame.empty else frame
    if read.empty:
        return nothing("Readings over time", name)
    unit = stood.of.unit
    values = [
        f"{on_day(day.date())}: {short(value, unit)}" for day, value in zip(_days(read), read["value"], strict=True)
    ]
    said = standing_in_words(stood)
    subtitle = subtitle_of(said, f"{name}, in {unit}" if unit else name, counted(len(read), "reading"))
    return ChartSentences(standing_in_short(stood), subtitle, " ".join([f"{name} over time.", said, *values]))


def _days(frame: pd.DataFrame) -> Sequence[pd.Timestamp]:
    return list(pd.to_datetime(frame["on"]))
