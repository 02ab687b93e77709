"""What a room voted: one dot for each vote, stacked at its level, one vote below the other.

Its letters are larger than those of other charts: it is read from the fifth row.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from maturity.words.vote_sentences import HIDDEN, agreement_said, dont_know_said, levels_said, vote_figures

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
    symbols,
)
from .lettering import text_width, wrapped
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, HEADLINE, SMALLEST, Mode, palette

LARGEST_DOT = 26.0
GUTTER = 232.0
HEIGHTS = (250, 180, 140)
"""Pixels for the dots of each row at most, where there are one, two or three rows."""
NARROW_HEIGHT, LEAST_HEIGHT, NARROW_LEAST = 120, 132, 34
BELOW = 46
"""Pixels under each row's line: the mark of the median and its words."""
STACK = 0.82
"""The share of a level's column that its dots may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sizes:
    """Letters in pixels, wide or on a phone."""

    name: int
    figure: int
    fact: int
    level: int
    title: int


WIDE = _Sizes(name=20, figure=19, fact=16, level=17, title=23)
NARROW = _Sizes(name=15, figure=14, fact=BODY, level=BODY, title=HEADLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Board:
    """Where things stand, in pixels: a column for each level, and for each row its upper edge and its line."""

    column: float
    levels: int
    tops: tuple[float, ...]
    lines: tuple[float, ...]
    across: int
    dot: float

    def x(self, level: float) -> float:
        """The middle of a level's column; between two columns for a level between."""
        return (level - 0.5) * self.column

    @property
    def plot(self) -> float:
        """The width of all columns."""
        return self.column * self.levels


@in_every_mode
def vote_dots_chart(
    frame: pd.DataFrame,
    *,
    levels: Sequence[str],
    mode: Mode,
    texts: ChartTexts,
    width: int = 960,
    narrow: bool = False,
) -> alt.LayerChart:
    """One dot for each vote, a row for each ballot in the given order: the last one is the one that counts.

    `frame`: vote (its name), n1..nN (votes at each of the N levels; NaN where they may not be shown), votes and
    dont_know (counts), median (level or NaN) and agreement (-1 to 1, or NaN). `levels` names the levels, lowest
    first. `width` is the whole picture's, in pixels. A dot is equally large in all rows, whatever their number."""
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    rows, size = records(frame), NARROW if narrow else WIDE
    gutter = 0.0 if narrow else min(GUTTER, width * 0.34)
    board = _board(rows, len(levels), width - 2 * MARGIN - gutter, size, narrow)
    parts, bands, shapes, dots = list[Label](), list[Box](), list[Symbol](), list[dict[str, Any]]()
    for place, record in enumerate(rows):
        line, last = board.lines[place], place == len(rows) - 1
        parts += _facts(record, board.tops[place], -gutter, gutter or board.plot, size, mode, narrow)
        bands += _ground(board, record, line, mode)
        if vote_figures(record) is None:
            parts.append(_unshown(record, board, line, size, mode))
            continue
        dots += _dots(record, levels, board, line, last, mode)
        parts += _counts(record, board, line, size, mode)
        median, words = _median(record, board, line, size, mode)
        shapes.append(median)
        parts.append(words)
    names, foot = _level_names(levels, board, size, mode, narrow)
    layers = [*boxes(bands), *_points(dots), *symbols(shapes), *labels([*parts, *names])]
    chart = finished(layers, plot=board.plot, height=foot, width=width, mode=mode, texts=texts)
    return _titled(chart, texts, width, size)


def _board(rows: list[dict[str, Any]], levels: int, plot: float, size: _Sizes, narrow: bool) -> _Board:
    column = max(30.0, plot / levels)
    height = NARROW_HEIGHT if narrow else HEIGHTS[min(len(rows), len(HEIGHTS)) - 1]
    most = [max((_count(record, level) for level in range(1, levels + 1)), default=0) for record in rows]
    across, dot = packed(max(most), height - size.figure - 14, column * STACK)
    above, least = (3 * (size.fact + 5) + 12, NARROW_LEAST) if narrow else (0, LEAST_HEIGHT)
    tops, lines, at = [], [], 0.0
    for count in most:
        tops.append(at + above)
        lines.append(tops[-1] + max(least, math.ceil(count / across) * dot + size.figure + 14))
        at = lines[-1] + BELOW
    return _Board(column=column, levels=levels, tops=tuple(tops), lines=tuple(lines), across=across, dot=dot)


def packed(most: int, height: float, width: float) -> tuple[int, float]:
    """How many dots stand side by side and how wide one is, in pixels, so that `most` of them fill no more than the
    height and the width: the largest dots that fit, in the slimmest stack."""
    best = (1, 0.0)
    for across in range(1, max(1, most) + 1):
        dot = min(LARGEST_DOT, height / math.ceil(max(1, most) / across), width / across)
        if dot > best[1] + 1e-9:
            best = (across, dot)
    return best


def _count(record: dict[str, Any], level: int) -> int:
    count = float(record[f"n{level}"])
    return 0 if math.isnan(count) else int(count)


def _dots(
    record: dict[str, Any], levels: Sequence[str], board: _Board, line: float, last: bool, mode: Mode
) -> list[dict[str, Any]]:
    colours, dots = palette(mode), []
    for level, name in enumerate(levels, start=1):
        count = _count(record, level)
        for number in range(count):
            floor, seat = divmod(number, board.across)
            here = min(board.across, count - floor * board.across)
            dots.append(
                {
                    "x": round(board.x(level) + (seat - (here - 1) / 2) * board.dot, 2),
                    "y": round(line - (floor + 0.5) * board.dot - 3, 2),
                    "size": round((board.dot * 0.88) ** 2, 2),
                    "fill": colours.accent if last else colours.ink_faint,
                    "vote": str(record["vote"]),
                    "level": f"{level} {name}",
                    "count": count,
                }
            )
    return dots


def _points(dots: list[dict[str, Any]]) -> list[alt.Chart]:
    if not dots:
        return []
    tooltip = [
        alt.Tooltip("vote:N", title="Vote"),
        alt.Tooltip("level:N", title="Level"),
        alt.Tooltip("count:Q", title="Votes at this level"),
    ]
    size = alt.Size("size:Q", scale=None, legend=None)
    fill = alt.Fill("fill:N", scale=None, legend=None)
    points = marks(dots).mark_point(filled=True, shape="circle", opacity=1, strokeWidth=0)
    return [points.encode(x=at_x(), y=at_y(), size=size, fill=fill, tooltip=tooltip)]


def _ground(board: _Board, record: dict[str, Any], line: float, mode: Mode) -> list[Box]:
    """The line that the dots stand on, thicker from the lowest to the highest vote."""
    colours, found = palette(mode), vote_figures(record)
    bands = [Box(x=0, x2=board.plot, y=line, y2=line + 2, fill=colours.line, corner=0)]
    if found is not None:
        reach = board.column * STACK / 2
        left, right = board.x(found[1]) - reach, board.x(found[2]) + reach
        bands.append(Box(x=left, x2=right, y=line, y2=line + 5, fill=colours.ink_faint, corner=2))
    return bands


def _counts(record: dict[str, Any], board: _Board, line: float, size: _Sizes, mode: Mode) -> list[Label]:
    """How many chose a level, above its dots."""
    colours, parts = palette(mode), []
    for level in range(1, board.levels + 1):
        if count := _count(record, level):
            y = line - math.ceil(count / board.across) * board.dot - size.figure * 0.5 - 8
            parts.append(
                Label(
                    x=board.x(level),
                    y=y,
                    text=str(count),
                    colour=colours.ink,
                    size=size.figure,
                    weight=700,
                    align="center",
                )
            )
    return parts


def _median(record: dict[str, Any], board: _Board, line: float, size: _Sizes, mode: Mode) -> tuple[Symbol, Label]:
    colours, median = palette(mode), float(record["median"])
    x, words = board.x(median), f"median {median:g}"
    half = text_width(words, size.fact, bold=True) / 2
    mark = Symbol(x=x, y=line + 14, shape="triangle-up", area=170, fill=colours.target)
    at = min(max(x, half), board.plot - half)
    return mark, Label(x=at, y=line + 31, text=words, colour=colours.target, size=size.fact, weight=700, align="center")


def _facts(
    record: dict[str, Any], top: float, x: float, room: float, size: _Sizes, mode: Mode, narrow: bool
) -> list[Label]:
    """The name of the vote and its figures: left of the dots, or above them on a phone."""
    colours, found = palette(mode), vote_figures(record)
    votes, unknown = int(record["votes"]), dont_know_said(int(record["dont_know"]))
    first = f"{votes} vote{'' if votes == 1 else 's'}" + (f", {levels_said(*found[1:])}" if found else "")
    agreement = None if pd.isna(record["agreement"]) else f"Agreement {agreement_said(float(record['agreement']))}"
    if narrow:
        lines, step = [", ".join(filter(None, [first, unknown])), agreement], size.fact + 5
        y = top - len([line for line in lines if line]) * step - step / 2 - 6
    else:
        lines, step = [first, *(agreement or "").split(", "), unknown], size.fact + 7
        y = top + 26.0
    parts = [Label(x=x, y=y, text=str(record["vote"]), colour=colours.ink, size=size.name, weight=700)]
    for line in filter(None, lines):
        y += step + (4 if len(parts) == 1 and not narrow else 0)
        parts.append(Label(x=x, y=y, text=line, colour=colours.ink_soft, size=size.fact))
    return parts


def _unshown(record: dict[str, Any], board: _Board, line: float, size: _Sizes, mode: Mode) -> Label:
    words = HIDDEN if int(record["votes"]) else "Nobody chose a level"
    return Label(x=8, y=line - 24, text=words, colour=palette(mode).ink_soft, size=size.fact, italic=True)


def _level_names(
    levels: Sequence[str], board: _Board, size: _Sizes, mode: Mode, narrow: bool
) -> tuple[list[Label], float]:
    """Number and name of each level under the last row, and where they end; names too long for their columns stand
    below as a list."""
    colours, top = palette(mode), board.lines[-1] + BELOW + 10
    parts = [
        Label(
            x=board.x(level),
            y=top,
            text=str(level),
            colour=colours.ink,
            size=size.level,
            weight=700,
            align="center",
        )
        for level in range(1, len(levels) + 1)
    ]
    letters, lines = _fitting(levels, board.column - 6, size.level)
    if letters:
        for level, group in enumerate(lines, start=1):
            for row, text in enumerate(group):
                y = top + size.level / 2 + letters / 2 + 5 + row * (letters + 3)
                parts.append(
                    Label(x=board.x(level), y=y, text=text, colour=colours.ink_soft, size=letters, align="center")
                )
        return parts, top + size.level / 2 + 5 + max(map(len, lines)) * (letters + 3)
    listed = [f"{level} {name}" for level, name in enumerate(levels, start=1)]
    rows = [text for name in listed for text in wrapped(name, board.plot, size.fact)]
    for row, text in enumerate(rows):
        y = top + size.level + 10 + row * (size.fact + 5)
        parts.append(Label(x=0, y=y, text=text, colour=colours.ink_soft, size=size.fact))
    return parts, top + size.level + 10 + len(rows) * (size.fact + 5)


def _fitting(levels: Sequence[str], room: float, largest: int) -> tuple[int, list[list[str]]]:
    """The largest letters, and the lines, in which every name fits its column; no letters where none fit."""
    for letters in range(largest, SMALLEST - 1, -1):
        lines = [wrapped(name, room, letters, most=3) for name in levels]
        if not any("…" in text for group in lines for text in group):
            return letters, lines
    return 0, []


def _titled(chart: alt.LayerChart, texts: ChartTexts, width: int, size: _Sizes) -> alt.LayerChart:
    """The same chart with its title and subtitle in letters of this picture."""
    room = max(width - 2 * MARGIN, 200)
    chart.title = alt.TitleParams(
        text=wrapped(texts.title, room, size.title, most=4, bold=True),
        subtitle=wrapped(texts.subtitle, room, size.fact, most=4),
        fontSize=size.title,
        lineHeight=size.title + 6,
        subtitleFontSize=size.fact,
        subtitleLineHeight=size.fact + 5,
        limit=round(room * 1.25),
    )
    return chart
