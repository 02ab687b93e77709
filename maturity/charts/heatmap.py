"""Where each department stands: a number in every cell, the level as colour, gaps and missing answers as marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from maturity.words.messages import shown_score

from .drawing import (
    MARGIN,
    Box,
    Label,
    Symbol,
    at_x,
    at_y,
    boxes,
    finished,
    labels,
    marks,
    nothing_to_show,
    records,
)
from .heatmap_cells import Cell, hatch, heat_cells, heat_grid
from .key import Key, key, level_key, swatch
from .lettering import text_width, wrapped
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, Mode, palette

ROW, NARROW_ROW = 40, 36
MEANS = 150


@in_every_mode
def heatmap_chart(
    frame: pd.DataFrame,
    *,
    levels: Sequence[str],
    mode: Mode,
    texts: ChartTexts,
    column: str = "topic",
    means: pd.DataFrame | None = None,
    width: int = 960,
    narrow: bool = False,
    row: str = "department",
) -> alt.LayerChart:
    """Heat map of scores; rows and columns keep the order in which the frame names them.

    `frame` has one row a cell: department, the field named by `column`, score (levels, NaN where nothing was answered),
    target (NaN where none), coverage (0 to 1) and enough (False hatches the cell). `levels` names the levels, lowest
    first.
    `means`, if given, has department, score and target for a bar at the right. `width` is the whole picture's, in
    pixels. `row` is what the rows are called where they are no departments.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    departments, columns = list(dict.fromkeys(frame["department"])), list(dict.fromkeys(frame[column]))
    size = 12 if narrow else BODY
    gutter = min(max(text_width(str(name), size) for name in departments) + 12, 104 if narrow else 190)
    side = MEANS if means is not None and not narrow else 0
    step = min(max((width - 2 * MARGIN - gutter - side) / len(columns), 40 if narrow else 48), 112)
    plot, tall = step * len(columns), NARROW_ROW if narrow else ROW
    height = tall * len(departments)
    cells = heat_cells(frame, column, levels, mode)
    layers = [*heat_grid(cells, departments, columns, column, step, tall, mode, row), *_header(columns, step, mode)]
    layers += _names(departments, gutter, tall, size, mode)
    if side and means is not None:
        layers += _means(means, departments, plot, tall, len(levels), mode, row)
    layers += _legend(cells, levels, gutter, plot + side, height, mode)
    return finished(layers, plot=plot, height=height, width=width, mode=mode, texts=texts)


def _header(columns: list[str], step: float, mode: Mode) -> list[alt.Chart]:
    """Column names above the cells: up to three centred lines, or upright where a word is wider than its cell."""
    colour = palette(mode).ink
    if max(text_width(word) for name in columns for word in name.split()) > step - 4:
        upright = [
            Label(x=(place + 0.5) * step + 7 * (2 * row - len(lines) + 1), y=-8, text=line, colour=colour, angle=-90)
            for place, lines in enumerate(wrapped(name, 118) for name in columns)
            for row, line in enumerate(lines)
        ]
        return labels(upright)
    parts = []
    for place, name in enumerate(columns):
        lines = wrapped(name, step - 4, most=3)
        for row, line in enumerate(lines):
            y = -12 - 15 * (len(lines) - 1 - row)
            parts.append(Label(x=(place + 0.5) * step, y=y, text=line, colour=colour, align="center"))
    return labels(parts)


def _names(departments: list[str], gutter: float, row: int, size: int, mode: Mode) -> list[alt.Chart]:
    colour = palette(mode).ink
    parts = []
    for place, name in enumerate(departments):
        lines = wrapped(name, gutter - 10, size)
        for line_place, line in enumerate(lines):
            y = (place + 0.5) * row + 14 * (line_place - (len(lines) - 1) / 2)
            parts.append(Label(x=-10, y=y, text=line, colour=colour, size=size, align="right"))
    return labels(parts)


def _means(
    means: pd.DataFrame, departments: list[str], plot: float, row: int, count: int, mode: Mode, called: str
) -> list[alt.Chart]:
    """Each row's own score as a bar from level 1, its number, and its target as a tick."""
    colours, left, room = palette(mode), plot + 14, 88
    pixel = room / (count - 1)
    bars, ticks = [], []
    words = [Label(x=left, y=-12, text=f"{called.capitalize()} score", colour=colours.ink, weight=600)]
    for record in records(means[means["department"].isin(departments)]):
        middle = (departments.index(record["department"]) + 0.5) * row
        score, target = float(record["score"]), float(record.get("target", math.nan))
        said = "n/a" if math.isnan(score) else shown_score(score)
        bold: dict[str, Any] = {"colour": colours.ink, "size": 14, "weight": 700, "align": "right"}
        words.append(Label(x=left + room + 38, y=middle, text=said, **bold))
        if not math.isnan(score):
            end = left + max(2.0, (score - 1) * pixel)
            bars.append(Box(x=left, x2=end, y=middle - 7, y2=middle + 7, fill=colours.ghost, corner=3))
        if not math.isnan(target):
            ticks.append({"x": left + (target - 1) * pixel, "y": middle - 13, "y2": middle + 13})
    ground = Box(x=left, x2=left + room, y=0, y2=row * len(departments), fill=colours.surface, corner=0)
    rules = (
        [marks(ticks).mark_rule(color=colours.ink, strokeDash=[4, 3]).encode(x=at_x(), y=at_y(), y2=alt.Y2("y2:Q"))]
        if ticks
        else []
    )
    return [*boxes([ground]), *boxes(bars), *rules, *labels(words)]


def _legend(
    cells: list[Cell], levels: Sequence[str], gutter: float, width: float, top: float, mode: Mode
) -> list[alt.Chart]:
    colours = palette(mode)
    left, room = -gutter, gutter + width
    if width > 420:
        left, room = 0.0, width
    strip, strip_height = level_key(levels, x=left, y=top + 16, width=room, mode=mode)
    entries = []
    if any(cell["far"] for cell in cells):
        entries.append(
            Key(
                swatch=Symbol(x=0, y=0, shape="triangle-down", area=60, fill=colours.ink),
                words="a level or more below target",
            )
        )
    if any(cell["score"] is None for cell in cells):
        entries.append(Key(swatch=swatch(outline=colours.ghost, dashed=True), words="nothing answered"))
    if any(cell["score"] is not None and not cell["enough"] for cell in cells):
        striped = Box(x=-11, x2=11, y=-6, y2=6, fill=hatch(22, 12, colours.ink_faint), outline=colours.ghost)
        entries.append(Key(swatch=striped, words="striped: too few answers to reach a level"))
    return [*strip, *key(entries, x=left, y=top + strip_height + 36, width=room, colour=colours.ink_soft)]
