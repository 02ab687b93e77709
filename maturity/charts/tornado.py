"""What makes it late: a bar for each cause, by how much earlier the late date would be without its surprises."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from .drawing import MARGIN, Label, at_x, at_y, finished, labels, marks, nothing_to_show, records
from .lettering import shortened, text_width, wrapped
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, Mode, mix, palette

ROW, BAR, NARROW_ROW = 34, 18, 48
FIGURE = 74


@in_every_mode
def tornado_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 960, narrow: bool = False
) -> alt.LayerChart:
    """Bars from the longest down, in the given order; on a narrow screen the cause stands above its bar.

    `frame`: cause (its name), kind (what it is, in words), days.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    names = [f"{record['cause']} ({record['kind']})" for record in records(frame)]
    gutter = 0.0 if narrow else min(max(text_width(name, BODY) for name in names) + 22, 0.45 * width)
    plot = max(200, width - 2 * MARGIN - gutter)
    row = NARROW_ROW if narrow else ROW
    rows = _rows(frame, plot - FIGURE, row, narrow)
    words = [*_names(names, rows, gutter, plot, narrow, mode), *_figures(rows, mode)]
    layers = [*_bars(rows, row * len(rows), mode), *labels(words)]
    return finished(layers, plot=plot, height=row * len(rows), width=width, mode=mode, texts=texts)


def _rows(frame: pd.DataFrame, room: float, row: int, narrow: bool) -> list[dict[str, Any]]:
    longest = max(float(frame["days"].max()), 1e-9)
    found = []
    for place, record in enumerate(records(frame)):
        top = place * row + (row - BAR - 4 if narrow else (row - BAR) / 2)
        found.append(
            {
                "cause": str(record["cause"]),
                "kind": str(record["kind"]),
                "days": float(record["days"]),
                "x": 0,
                "x2": room * float(record["days"]) / longest,
                "y": top,
                "y2": top + BAR,
            }
        )
    return found


def _bars(rows: list[dict[str, Any]], height: float, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    tooltip = [alt.Tooltip("cause:N", title="Cause"), alt.Tooltip("kind:N", title="What it is")]
    tooltip.append(alt.Tooltip("days:Q", title="Days earlier without it", format=".0f"))
    bars = marks(rows).mark_rect(color=mix(colours.accent, colours.background, 0.25), opacity=1)
    foot = marks([{"x": 0, "y": 0, "y2": height}]).mark_rule(color=colours.line)
    return [
        bars.encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y(), y2=alt.Y2("y2:Q"), tooltip=tooltip),
        foot.encode(x=at_x(), y=at_y(), y2=alt.Y2("y2:Q")),
    ]


def _names(
    names: list[str], rows: list[dict[str, Any]], gutter: float, plot: float, narrow: bool, mode: Mode
) -> list[Label]:
    colour, parts = palette(mode).ink, []
    for name, row in zip(names, rows, strict=True):
        if narrow:
            kind = f" ({row['kind']})"
            words = shortened(row["cause"], plot - text_width(kind, BODY), BODY) + kind
            parts.append(Label(x=0, y=row["y"] - 11, text=words, colour=colour, size=BODY))
            continue
        lines = wrapped(name, gutter - 18, BODY)
        middle = (row["y"] + row["y2"]) / 2
        for place, line in enumerate(lines):
            y = middle + 15 * (place - (len(lines) - 1) / 2)
            parts.append(Label(x=-12, y=y, text=line, colour=colour, size=BODY, align="right"))
    return parts


def _figures(rows: list[dict[str, Any]], mode: Mode) -> list[Label]:
    return [
        Label(
            x=row["x2"] + 8,
            y=(row["y"] + row["y2"]) / 2,
            text="1 day" if round(row["days"]) == 1 else f"{row['days']:.0f} days",
            colour=palette(mode).ink,
            weight=600,
        )
        for row in rows
    ]
