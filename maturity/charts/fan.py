"""Where will we stand: the level by quarter as a fan of what is likely, with the plan's own line through it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from .drawing import MARGIN, Label, at_x, at_y, finished, labels, marks, nothing_to_show, records
from .key import Key, key, key_lines, swatch
from .lettering import spread, text_width
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import SECONDARY, Mode, mix, palette

HEIGHT, GUTTER, ENDS = 260, 26, 92


@in_every_mode
def fan_chart(
    frame: pd.DataFrame,
    *,
    mode: Mode,
    texts: ChartTexts,
    width: int = 960,
    narrow: bool = False,
    today: date | None = None,
) -> alt.LayerChart:
    """Levels at the end of each quarter; the scale runs over whole levels around what is shown, and a line marks today.

    `frame`: on (date), low, middle, high (hundredths 10, 50 and 90), planned, all in levels.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    room = max(240, width - 2 * MARGIN - GUTTER)
    values = frame[["low", "middle", "high", "planned"]]
    low, high = math.floor(float(values.min().min())), math.ceil(float(values.max().max()) + 1e-9)
    high = max(high, low + 1)
    rows = _rows(frame, room - ENDS, low, high)
    layers = [*_grid(range(low, high + 1), room - ENDS, low, high, mode), *_band(rows, mode)]
    entries = _entries(mode)
    words = [*_level_words(low, high, mode), *_date_words(rows, narrow, mode), *_end_words(rows, room - ENDS, mode)]
    x = _place(today, rows, room - ENDS)
    if x is not None:
        layers.append(
            marks([{"x": x, "y": -8, "y2": HEIGHT}])
            .mark_rule(color=palette(mode).ink_soft)
            .encode(x=at_x(), y=at_y(), y2=alt.Y2("y2:Q"))
        )
        words.append(
            Label(x=x, y=-16, text="today", colour=palette(mode).ink_soft, align="center" if x > 20 else "left")
        )
    layers += [*labels(words), *key(entries, x=0, y=HEIGHT + 44, width=room, colour=palette(mode).ink_soft)]
    height = HEIGHT + 44 + 22 * (len(key_lines(entries, room)) - 1)
    return finished(layers, plot=room, height=height, width=width, mode=mode, texts=texts)


def _rows(frame: pd.DataFrame, room: float, low: int, high: int) -> list[dict[str, Any]]:
    """The figures with their pixels."""
    dates = pd.to_datetime(frame["on"])
    first, last = dates.min(), max(dates.max(), dates.min() + pd.Timedelta(days=1))
    rows = []
    for record, on in zip(records(frame), dates, strict=True):
        row: dict[str, Any] = {
            "on": on.isoformat(),
            "label": f"{on:%b %Y}",
            "x": room * float((on - first) / (last - first)),
        }
        for name in ("low", "middle", "high", "planned"):
            row[name] = round(float(record[name]), 2)
            row[f"{name}_y"] = _height(float(record[name]), low, high)
        rows.append(row)
    return rows


def _place(day: date | None, rows: list[dict[str, Any]], room: float) -> float | None:
    """Where a day stands; None outside what is shown."""
    if day is None:
        return None
    first, last = (pd.Timestamp(rows[end]["on"]) for end in (0, -1))
    share = float((pd.Timestamp(day) - first) / max(last - first, pd.Timedelta(days=1)))
    return room * share if 0 <= share <= 1 else None


def _height(level: float, low: int, high: int) -> float:
    return HEIGHT * (1 - (level - low) / (high - low))


def _grid(levels: Sequence[int], room: float, low: int, high: int, mode: Mode) -> list[alt.Chart]:
    lines = [{"x": 0, "x2": room, "y": _height(level, low, high)} for level in levels]
    return [marks(lines).mark_rule(color=palette(mode).line).encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y())]


def _band(rows: list[dict[str, Any]], mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    band = marks(rows).mark_area(color=_fill(mode), opacity=1)
    edge = marks(rows).mark_line(color=mix(colours.accent, colours.background, 0.35), strokeWidth=1)
    middle = marks(rows).mark_line(color=colours.accent, strokeWidth=2.6)
    planned = marks(rows).mark_line(color=colours.ink, strokeDash=[5, 4], strokeWidth=1.8)
    tooltip = [alt.Tooltip("label:N", title="By")] + [
        alt.Tooltip(f"{name}:Q", title=title, format=".2f")
        for name, title in (
            ("planned", "As planned"),
            ("middle", "As likely as not"),
            ("low", "1 run in 10 is lower"),
            ("high", "1 run in 10 is higher"),
        )
    ]
    dots = marks(rows).mark_point(filled=True, size=160, opacity=0)
    return [
        band.encode(x=at_x(), y=at_y("low_y"), y2=alt.Y2("high_y:Q")),
        edge.encode(x=at_x(), y=at_y("low_y")),
        edge.encode(x=at_x(), y=at_y("high_y")),
        middle.encode(x=at_x(), y=at_y("middle_y")),
        planned.encode(x=at_x(), y=at_y("planned_y")),
        dots.encode(x=at_x(), y=at_y("middle_y"), tooltip=tooltip),
    ]


def _fill(mode: Mode) -> str:
    colours = palette(mode)
    return mix(colours.accent, colours.background, 0.76)


def _level_words(low: int, high: int, mode: Mode) -> list[Label]:
    colour = palette(mode).ink_soft
    return [
        Label(x=-10, y=_height(level, low, high), text=str(level), colour=colour, align="right")
        for level in range(low, high + 1)
    ]


def _date_words(rows: list[dict[str, Any]], narrow: bool, mode: Mode) -> list[Label]:
    """The first and last quarter, and as many between as have room."""
    room = rows[-1]["x"] / max(1, len(rows) - 1)
    widest = text_width("Mmm 2026", SECONDARY) + (6 if narrow else 14)
    every = math.ceil(widest / max(room, 1))
    kept = [row for place, row in enumerate(rows) if (len(rows) - 1 - place) % every == 0]
    if len(kept) > 2 and kept[1]["x"] < 1.5 * widest:  # the first one begins at its place and reaches further
        del kept[1]
    return [
        Label(
            x=row["x"],
            y=HEIGHT + 16,
            text=row["label"],
            colour=palette(mode).ink_soft,
            align="left" if row["x"] < 20 else "center",
        )
        for row in kept
    ]


def _end_words(rows: list[dict[str, Any]], room: float, mode: Mode) -> list[Label]:
    """What each line is and where it ends, at the right, moved apart where two end together."""
    colours, last = palette(mode), rows[-1]
    names = (("planned", "planned", colours.ink), ("middle", "likely", colours.accent))
    placed = spread([last[f"{name}_y"] for name, _, _ in names], 17, -4, HEIGHT + 4)
    return [
        Label(x=room + 8, y=y, text=f"{words} {last[name]:.2f}", colour=colour, weight=700 if name == "middle" else 400)
        for (name, words, colour), y in zip(names, placed, strict=True)
    ]


def _entries(mode: Mode) -> list[Key]:
    colours = palette(mode)
    return [
        Key(swatch=swatch(fill=colours.accent, height=3), words="as likely as not"),
        Key(
            swatch=swatch(fill=_fill(mode), outline=mix(colours.accent, colours.background, 0.35)), words="8 runs of 10"
        ),
        Key(swatch=swatch(outline=colours.ink, dashed=True, height=0), words="as planned"),
    ]
