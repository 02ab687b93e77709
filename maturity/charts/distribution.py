"""What people answered: shares at each level, aligned at the target, with median, agreement and don't know in
figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from .drawing import MARGIN, Label, between, finished, labels, marks, nothing_to_show, own_colour, records
from .key import level_key
from .lettering import wrapped
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, SECONDARY, Mode, maturity_ramp, palette, text_on

DISCUSS = 0.4
"""Below this agreement (van der Eijk's A) the answers are worth a talk."""

ROW, NARROW_ROW, BAR = 50, 104, 28
COLUMNS = (("median", "Median", 54), ("agreement", "Agreement", 126), ("dont_know", "Don't know", 204))
SIDE, GUTTER = 240, 262


@in_every_mode
def distribution_chart(
    frame: pd.DataFrame,
    *,
    target_level: int,
    levels: Sequence[str],
    mode: Mode,
    texts: ChartTexts,
    width: int = 960,
    narrow: bool = False,
) -> alt.LayerChart:
    """Stacked shares per question, rows in the given order, zero where the target level begins.

    `frame`: question, n1..nN (counts of answers at each of the N levels; NaN where they may not be shown), dont_know
    (count),
    median (level or NaN) and agreement (van der Eijk's A, -1 to 1, or NaN). `target_level` is 2..N.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    questions, row = records(frame), NARROW_ROW if narrow else ROW
    gutter, side = (0, 0) if narrow else (min(GUTTER, width * 0.3), SIDE)
    plot = max(260, width - 2 * MARGIN - gutter - side)
    height = row * len(questions)
    segments = [
        part for place, record in enumerate(questions) for part in _segments(place, record, levels, target_level, mode)
    ]
    layers = [*_bars(segments, len(questions), plot, narrow, mode), *labels(_captions(plot, segments, mode))]
    for place, record in enumerate(questions):
        record["place"], record["shown"] = place, any(part["row"] == place for part in segments)
    rows = (
        _narrow_words(questions, plot, mode)
        if narrow
        else [*_names(questions, gutter, mode), *_figures(questions, plot, mode)]
    )
    layers += labels([*rows, *_unshown(questions, plot, row, narrow, mode)])
    layers += level_key(levels, x=0, y=height + 14, width=plot, mode=mode)[0]
    return finished(layers, plot=plot, height=height, width=width, mode=mode, texts=texts)


def _segments(
    place: int, record: dict[str, Any], levels: Sequence[str], target: int, mode: Mode
) -> list[dict[str, Any]]:
    counts = [float(record[f"n{level}"]) for level in range(1, len(levels) + 1)]
    whole = sum(counts)
    if math.isnan(whole) or whole == 0:
        return []
    ramp, left, parts = maturity_ramp(mode, len(levels)), -sum(counts[: target - 1]) / whole, []
    for level, count in enumerate(counts, start=1):
        share = count / whole
        if count:
            parts.append(
                {
                    "question": str(record["question"]),
                    "row": place,
                    "level": level,
                    "name": f"{level} {levels[level - 1]}",
                    "answers": int(count),
                    "share": round(share, 4),
                    "left": round(left, 4),
                    "right": round(left + share, 4),
                    "middle": round(left + share / 2, 4),
                    "words": f"{share:.0%}",
                    "fill": ramp[level - 1],
                    "ink": text_on(ramp[level - 1]),
                }
            )
        left += share
    return parts


def _extent(segments: list[dict[str, Any]]) -> tuple[float, float]:
    """The shares shown, left and right of the target, outward to the next 25 %: room is not wasted on empty halves."""
    low = min((part["left"] for part in segments), default=-1.0)
    high = max((part["right"] for part in segments), default=1.0)
    return min(-0.25, math.floor(low * 4 + 1e-6) / 4), max(0.25, math.ceil(high * 4 - 1e-6) / 4)


def _bars(segments: list[dict[str, Any]], count: int, plot: float, narrow: bool, mode: Mode) -> list[alt.Chart]:
    colours, (low, high) = palette(mode), _extent(segments)
    axis = alt.Axis(
        orient="top",
        values=[v / 4 for v in range(-4, 5, 2 if high - low > 1 or narrow else 1)],
        labelExpr="abs(datum.value) * 100 + '%'",
        title=None,
        grid=not narrow,
        labelFlush=narrow,
    )
    scale = between(low, high)
    y = alt.Y("row:Q", scale=between(count - 0.5, -0.5), axis=None)
    base = marks(segments).encode(x=alt.X("left:Q", scale=scale, axis=axis), x2=alt.X2("right:Q"), y=y)
    tooltip = [
        alt.Tooltip("question:N", title="Question"),
        alt.Tooltip("name:N", title="Level"),
        alt.Tooltip("answers:Q", title="Answers"),
        alt.Tooltip("share:Q", title="Share", format=".0%"),
    ]
    bars = base.mark_bar(height=BAR, stroke=colours.ghost, strokeWidth=0.6).encode(
        color=own_colour("fill"), tooltip=tooltip
    )
    wide = [part for part in segments if part["share"] * plot / (high - low) >= 34]
    words = marks(wide).mark_text(fontSize=SECONDARY, fontWeight=600)
    reach = 0.2 if narrow else 0.5
    filled = sorted({part["row"] for part in segments})
    stretches = [{"left": 0, "row": place - reach, "end": place + reach} for place in filled]
    zero = marks(stretches).mark_rule(color=colours.ink, strokeWidth=1.8)
    return [
        bars,
        words.encode(
            x=alt.X("middle:Q", scale=scale, axis=axis), y=y, text=alt.Text("words:N"), color=own_colour("ink")
        ),
        zero.encode(x=alt.X("left:Q", scale=scale, axis=axis), y=y, y2=alt.Y2("end:Q")),
    ]


def _captions(plot: float, segments: list[dict[str, Any]], mode: Mode) -> list[Label]:
    low, high = _extent(segments)
    zero, colour = plot * -low / (high - low), palette(mode).ink_soft
    return [
        Label(x=zero - 8, y=-32, text="below target", colour=colour, weight=600, align="right"),
        Label(x=zero + 8, y=-32, text="at or above target", colour=colour, weight=600),
    ]


def _names(questions: list[dict[str, Any]], gutter: float, mode: Mode) -> list[Label]:
    parts, colour = [], palette(mode).ink
    for record in questions:
        lines = wrapped(str(record["question"]), gutter - 14, BODY, most=3)
        for row, line in enumerate(lines):
            y = (record["place"] + 0.5) * ROW + 15 * (row - (len(lines) - 1) / 2)
            parts.append(Label(x=-12, y=y, text=line, colour=colour, size=BODY, align="right"))
    return parts


def _figures(questions: list[dict[str, Any]], plot: float, mode: Mode) -> list[Label]:
    colours = palette(mode)
    parts = [
        Label(x=plot + x, y=-14, text=head, colour=colours.ink_soft, weight=600, align="center")
        for _, head, x in COLUMNS
    ]
    for record in questions:
        middle = (record["place"] + 0.5) * ROW
        for name, _, x in COLUMNS:
            parts.append(
                Label(x=plot + x, y=middle, text=_figure(name, record), colour=colours.ink, size=BODY, align="center")
            )
        if _to_discuss(record):
            parts.append(
                Label(
                    x=plot + COLUMNS[1][2],
                    y=middle + 15,
                    text="discuss",
                    colour=colours.warn,
                    weight=700,
                    align="center",
                )
            )
    return parts


def _figure(name: str, record: dict[str, Any]) -> str:
    value = float(record[name])
    if math.isnan(value) or (name != "dont_know" and not record["shown"]):
        return "-"
    return f"{value:.2f}" if name == "agreement" else f"{value:g}"


def _to_discuss(record: dict[str, Any]) -> bool:
    return bool(record["shown"] and float(record["agreement"]) < DISCUSS)


def _narrow_words(questions: list[dict[str, Any]], plot: float, mode: Mode) -> list[Label]:
    colours, parts = palette(mode), []
    for record in questions:
        top = record["place"] * NARROW_ROW
        lines = wrapped(str(record["question"]), plot, BODY)
        for row, line in enumerate(lines):
            parts.append(
                Label(
                    x=0,
                    y=top + 25 - 16 * (len(lines) - 1 - row),
                    text=line,
                    colour=colours.ink,
                    size=BODY,
                    weight=600,
                    halo=colours.background,
                )
            )
        median, agreement, unknown = (_figure(name, record) for name, _, _ in COLUMNS)
        words = f"Median {median}, agreement {agreement}, {unknown} don't know"
        parts.append(Label(x=0, y=top + 80, text=words, colour=colours.ink_soft, halo=colours.background))
        if _to_discuss(record):
            parts.append(
                Label(
                    x=plot,
                    y=top + 80,
                    text="discuss",
                    colour=colours.warn,
                    weight=700,
                    align="right",
                    halo=colours.background,
                )
            )
    return parts


def _unshown(questions: list[dict[str, Any]], plot: float, row: int, narrow: bool, mode: Mode) -> list[Label]:
    """A sentence in place of the bar where the counts may not be shown, or where nobody chose a level."""
    parts = []
    for record in questions:
        if not record["shown"]:
            hidden = math.isnan(float(record["n1"]))
            words = "Not shown: fewer than 5 people answered" if hidden else "No answer with a level"
            parts.append(
                Label(
                    x=8,
                    y=record["place"] * row + row / 2,
                    text=words,
                    colour=palette(mode).ink_soft,
                    italic=True,
                    halo=palette(mode).background,
                )
            )
    return parts
