"""How far people agree, question by question: in their answers, in the first vote, in the last."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from maturity.words.vote_sentences import CLOSE_TOGETHER, FAR_APART, how_far_agreed

from .drawing import MARGIN, Box, Label, Symbol, between, boxes, finished, labels, marks, nothing_to_show, records
from .dumbbell import NARROW_ROW, ROW, place_names, same_scale
from .key import Key, key, key_lines
from .lettering import shortened, text_width
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, Mode, palette

NAMES = {"answers": "Answers before", "first": "First vote", "last": "Last vote"}
SHAPES = {"answers": "diamond", "first": "square", "last": "circle"}
CHANGE = 62


@in_every_mode
def agreement_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 960, narrow: bool = False
) -> alt.LayerChart:
    """A row for each question, in the given order, on the scale of van der Eijk's A, with where answers are far apart,
    mixed and close together as its ground.

    `frame`: place, answers, first, last (-1 to 1, NaN where there is none). `width` is the whole picture's, in pixels.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    rows = [_row(place, record) for place, record in enumerate(records(frame))]
    gutter = 8.0 if narrow else min(max(text_width(row["place"], BODY) for row in rows) + 24, 300)
    plot = max(220, width - 2 * MARGIN - gutter - CHANGE)
    height, lift = (NARROW_ROW, 0.14) if narrow else (ROW, 0.0)
    low = min([-0.25, *(math.floor(value * 4) / 4 for row in rows for value in row["known"])])
    axis = alt.Axis(orient="top", title=None, grid=False, tickCount=5, format="+.1f", labelFlush=True)
    x = alt.X("answers:Q", scale=between(low, 1), axis=axis)
    y = alt.Y("row:Q", scale=between(len(rows) - 0.5 - lift, -0.5 - lift), axis=None)
    layers = [*_ground(low, plot, height * len(rows), mode), *_marks(rows, x, y, mode)]
    if narrow:
        rows = [{**row, "place": shortened(row["place"], width - 2 * MARGIN, bold=True)} for row in rows]
    layers += labels([*place_names(rows, gutter, narrow, mode), *_changes(rows, plot + 16, height, lift, mode)])
    layers += _key(rows, plot, -gutter if narrow else 0.0, mode, narrow)
    return finished(layers, plot=plot, height=height * len(rows), width=width, mode=mode, texts=texts)


def _row(place: int, record: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"row": place, "place": str(record["place"])}
    for name in NAMES:
        value = float(record[name])
        row[name] = None if math.isnan(value) else round(value, 4)
    row["known"] = [row[name] for name in NAMES if row[name] is not None]
    row["lowest"], row["highest"] = min(row["known"], default=None), max(row["known"], default=None)
    return row


def _ground(low: float, plot: float, height: float, mode: Mode) -> list[alt.Chart]:
    """The three stretches of the scale, with their words above."""
    colours = palette(mode)
    at = {edge: plot * (edge - low) / (1 - low) for edge in (low, FAR_APART, CLOSE_TOGETHER, 1.0)}
    stretches = ((FAR_APART, CLOSE_TOGETHER, colours.surface), (CLOSE_TOGETHER, 1.0, colours.surface_strong))
    parts = [Box(x=at[begin], x2=at[end], y=0, y2=height, fill=fill, corner=0) for begin, end, fill in stretches]
    together, mixed = how_far_agreed(CLOSE_TOGETHER), how_far_agreed(FAR_APART)
    style: dict[str, Any] = {"y": -34, "colour": colours.ink_soft, "weight": 600}
    words = [Label(x=plot, text=together, align="right", **style)]
    middle = (at[FAR_APART] + at[CLOSE_TOGETHER]) / 2
    if middle + text_width(mixed) / 2 < plot - text_width(together, bold=True) - 8:
        words.append(Label(x=middle, text=mixed, align="center", **style))
    words.append(Label(x=at[low] + 4, text=how_far_agreed(low), **style))
    return [*boxes(parts), *labels(words)]


def _marks(rows: list[dict[str, Any]], x: alt.X, y: alt.Y, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    tooltip = [alt.Tooltip("place:N", title="Question")]
    tooltip += [alt.Tooltip(f"{name}:Q", title=words, format=".2f") for name, words in NAMES.items()]
    moved = [row for row in rows if len(row["known"]) > 1]
    layers = []
    if moved:
        rule = marks(moved).mark_rule(strokeWidth=4, color=colours.ghost)
        layers.append(rule.encode(x=same_scale(x, "lowest"), x2=alt.X2("highest:Q"), y=y))
    for name, shape in SHAPES.items():
        known = [row for row in rows if row[name] is not None]
        if known:
            fill, outline = _colours(name, mode)
            points = marks(known).mark_point(
                filled=True, shape=shape, size=190, fill=fill, stroke=outline, strokeWidth=2.5, opacity=1
            )
            layers.append(points.encode(x=same_scale(x, name), y=y, tooltip=tooltip))
    return layers


def _colours(name: str, mode: Mode) -> tuple[str, str]:
    """Fill and outline: what was first is hollow, what counts is full."""
    colours = palette(mode)
    return {
        "answers": (colours.background, colours.ink_faint),
        "first": (colours.background, colours.accent),
        "last": (colours.accent, colours.accent),
    }[name]


def _changes(rows: list[dict[str, Any]], x: float, height: int, lift: float, mode: Mode) -> list[Label]:
    colours = palette(mode)
    parts = [Label(x=x, y=-14, text="Change", colour=colours.ink_soft, weight=600)]
    for row in rows:
        change = row["known"][-1] - row["known"][0] if len(row["known"]) > 1 else None
        words = "–" if change is None else f"{change:+.2f}"
        at = (row["row"] + 0.5 + lift) * height
        parts.append(Label(x=x, y=at, text=words, colour=colours.ink, size=BODY, weight=600))
    return parts


def _key(rows: list[dict[str, Any]], plot: float, left: float, mode: Mode, narrow: bool) -> list[alt.Chart]:
    colours = palette(mode)
    entries = [
        Key(
            swatch=Symbol(
                x=0,
                y=0,
                shape=shape,
                area=150,
                fill=_colours(name, mode)[0],
                outline=_colours(name, mode)[1],
                thickness=2.5,
            ),
            words=NAMES[name],
        )
        for name, shape in SHAPES.items()
        if any(row[name] is not None for row in rows)
    ]
    lines = key_lines(entries, plot - left)
    y = -58 - 22 * (len(lines) - 1)
    return key(entries, x=left, y=y, width=plot - left, colour=colours.ink_soft)
