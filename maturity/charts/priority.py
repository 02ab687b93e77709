"""What first: value against effort as numbered bubbles, and the numbers' names in a list beside them."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from .drawing import MARGIN, Label, Symbol, between, finished, labels, marks, nothing_to_show, records, symbols
from .lettering import shortened
from .texts import ChartTexts
from .theme import SMALLEST, Mode, palette, phase_colour, phase_rest, text_on

LINE, MOST_NAMED = 20, 25
SMALL, LARGE = 300, 1300


def priority_chart(
    frame: pd.DataFrame,
    *,
    mode: Mode,
    texts: ChartTexts,
    value_words: str = "Gap closed, in levels",
    width: int = 960,
    narrow: bool = False,
) -> alt.LayerChart:
    """Bubbles numbered in the given order (the ranking), the first 25 named in the list.

    `frame`: label, gap (what is gained, drawn upward), effort_days (person-days, drawn to the right), size (>= 0, the
    bubble's
    area, as the number of departments helped), phase (1 to 4, the bubble's colour and the word in the list).
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    names = min(len(frame), MOST_NAMED)
    side = 0.0 if narrow else min(340.0, width * 0.38)
    plot = max(240, width - 2 * MARGIN - side - 46)
    height = max(320, 0 if narrow else names * LINE + 20)
    ends = _end(frame["effort_days"].max()), _end(frame["gap"].max())
    rows = _rows(frame, ends, plot, height, mode)
    start = (-46.0, height + 76.0, plot + 46) if narrow else (plot + 26.0, 12.0, side - 26)
    layers = [
        *_bubbles(rows, ends, value_words, mode),
        *labels(_numbers(rows, plot, height, mode)),
        *_list(rows[:names], len(rows) - names, start, mode),
    ]
    return finished(layers, plot=plot, height=height, width=width, mode=mode, texts=texts)


def _end(highest: float) -> float:
    """The end of a scale that starts at 0 and leaves room for the largest bubble."""
    return max(float(highest), 1e-9) * 1.14


def _rows(
    frame: pd.DataFrame, ends: tuple[float, float], plot: float, height: float, mode: Mode
) -> list[dict[str, Any]]:
    largest = max(float(frame["size"].max()), 1e-9)
    rows = []
    for rank, record in enumerate(records(frame), start=1):
        phase = int(record["phase"])
        effort, gap = float(record["effort_days"]), float(record["gap"])
        rows.append(
            {
                "rank": rank,
                "label": str(record["label"]),
                "effort_days": effort,
                "gap": gap,
                "size": float(record["size"]),
                "phase": phase,
                "area": SMALL + (LARGE - SMALL) * float(record["size"]) / largest,
                "fill": phase_rest(mode, phase),
                "edge": phase_colour(mode, phase),
                "x": effort / ends[0] * plot,
                "y": height * (1 - gap / ends[1]),
            }
        )
    return rows


def _bubbles(rows: list[dict[str, Any]], ends: tuple[float, float], value_words: str, mode: Mode) -> list[alt.Chart]:
    x = alt.X(
        "effort_days:Q",
        scale=between(0, ends[0]),
        axis=alt.Axis(title="Effort, in person-days", tickCount=6, grid=True),
    )
    y = alt.Y("gap:Q", scale=between(0, ends[1]), axis=alt.Axis(title=value_words, tickCount=5, grid=True))
    tooltip = [
        alt.Tooltip("label:N", title="Name"),
        alt.Tooltip("gap:Q", title=value_words),
        alt.Tooltip("effort_days:Q", title="Person-days"),
        alt.Tooltip("size:Q", title="Bubble size"),
        alt.Tooltip("phase:N", title="Phase"),
    ]
    largest_first = sorted(rows, key=lambda row: -row["area"])
    base = marks(largest_first).mark_point(filled=True, opacity=0.92, strokeWidth=1.6)
    size, stroke = alt.Size("area:Q", scale=None, legend=None), alt.Stroke("edge:N", scale=None, legend=None)
    return [
        base.encode(
            x=x, y=y, size=size, fill=alt.Fill("fill:N", scale=None, legend=None), stroke=stroke, tooltip=tooltip
        )
    ]


def _numbers(rows: list[dict[str, Any]], plot: float, height: float, mode: Mode) -> list[Label]:
    """Each bubble's number: inside it where that place is free, else at the nearest free place around it."""
    parts: list[Label] = []
    taken: list[tuple[float, float]] = []
    for row in rows:
        reach = math.sqrt(row["area"] / math.pi) + 9
        around = [(0.0, 0.0)] + [
            (reach * math.cos(a), -reach * math.sin(a)) for a in (0, math.pi / 2, math.pi, -math.pi / 2, math.pi / 4)
        ]
        spots = [(row["x"] + dx, row["y"] + dy) for dx, dy in around]
        place = next(
            (i for i, (x, y) in enumerate(spots) if all(abs(x - a) > 17 or abs(y - b) > 14 for a, b in taken)), 0
        )
        x, y = spots[place]
        taken.append((x, y))
        ink = text_on(row["fill"]) if place == 0 else palette(mode).ink
        parts.append(
            Label(
                x=x,
                y=y,
                text=str(row["rank"]),
                colour=ink,
                weight=700,
                align="center",
                halo=None if place == 0 else palette(mode).background,
            )
        )
    return parts


def _list(rows: list[dict[str, Any]], hidden: int, start: tuple[float, float, float], mode: Mode) -> list[alt.Chart]:
    colours, (left, top, room) = palette(mode), start
    dots, words = [], []
    for place, row in enumerate(rows):
        y, tail = top + place * LINE, f"phase {row['phase']}"
        dots.append(
            Symbol(x=left + 5, y=y, shape="circle", area=80, fill=row["fill"], outline=row["edge"], thickness=1.6)
        )
        words.append(Label(x=left + 32, y=y, text=str(row["rank"]), colour=colours.ink, weight=700, align="right"))
        words.append(Label(x=left + 40, y=y, text=shortened(row["label"], room - 96), colour=colours.ink))
        words.append(Label(x=left + room, y=y, text=tail, colour=colours.ink_soft, size=SMALLEST, align="right"))
    if hidden:
        words.append(
            Label(
                x=left + 40,
                y=top + len(rows) * LINE,
                text=f"{hidden} more in the table",
                colour=colours.ink_soft,
                italic=True,
            )
        )
    return [*symbols(dots), *labels(words)]
