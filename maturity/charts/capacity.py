"""Can we staff it: a strip per role with the demand of each quarter, the capacity as a step line, overload outlined."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from .drawing import MARGIN, Label, at_x, at_y, finished, labels, marks, nothing_to_show, records
from .key import Key, key, swatch
from .lettering import text_width, wrapped
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, SMALLEST, Mode, mix, palette

STRIP, GAP, NARROW_GAP = 70, 22, 46


@in_every_mode
def capacity_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 960, narrow: bool = False
) -> alt.LayerChart:
    """Person-days by role and quarter, roles and quarters in the given order; every strip has its own height of scale.

    `frame`: role, quarter (its name or number), planned, available.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    roles, quarters = list(dict.fromkeys(frame["role"])), list(dict.fromkeys(frame["quarter"]))
    gutter = 0.0 if narrow else min(max(text_width(str(role), BODY) for role in roles) + 26, 210)
    plot = max(240, width - 2 * MARGIN - gutter)
    step, gap = plot / len(quarters), NARROW_GAP if narrow else GAP
    rows = [_row(record, roles, quarters, step, gap) for record in _scaled(frame)]
    height = len(roles) * (STRIP + gap)
    layers = [*_bars(rows, mode), *_limits(rows, step, mode)]
    words = [
        *_role_words(roles, gutter, gap, narrow, mode),
        *_quarter_words(quarters, step, height, mode),
        *_overload(rows, step, mode),
    ]
    layers += [*labels(words), *_key(height + 42, plot, -gutter, rows, mode)]
    return finished(layers, plot=plot, height=height, width=width, mode=mode, texts=texts)


def _scaled(frame: pd.DataFrame) -> list[dict[str, Any]]:
    highest = frame.groupby("role", sort=False)[["planned", "available"]].max().max(axis=1)
    return [dict(record, highest=max(float(highest[record["role"]]), 1.0)) for record in records(frame)]


def _row(record: dict[str, Any], roles: list[Any], quarters: list[Any], step: float, gap: float) -> dict[str, Any]:
    planned, available = float(record["planned"]), float(record["available"])
    foot = (roles.index(record["role"]) + 1) * (STRIP + gap) - 4
    left = quarters.index(record["quarter"]) * step
    pixel = (STRIP - 12) / record["highest"]
    return {
        "role": str(record["role"]),
        "quarter": str(record["quarter"]),
        "planned": planned,
        "available": available,
        "over": planned > available + 1e-9,
        "x": left + step * 0.14,
        "x2": left + step * 0.86,
        "edge": left,
        "far_edge": left + step,
        "foot": foot,
        "top": foot - planned * pixel,
        "limit": foot - available * pixel,
    }


def _bars(rows: list[dict[str, Any]], mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    tooltip = [alt.Tooltip("role:N", title="Role"), alt.Tooltip("quarter:N", title="Quarter")]
    tooltip += [
        alt.Tooltip("planned:Q", title="Planned, person-days"),
        alt.Tooltip("available:Q", title="Available, person-days"),
    ]

    def drawn(which: list[dict[str, Any]], low: str = "foot") -> alt.Chart:
        return marks(which).encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y("top"), y2=alt.Y2(f"{low}:Q"))

    ground = marks(
        [
            {"x": min(r["edge"] for r in rows), "x2": max(r["far_edge"] for r in rows), "y": y}
            for y in sorted({r["foot"] for r in rows})
        ]
    )
    layers = [ground.mark_rule(color=colours.line).encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y())]
    layers.append(
        drawn(rows).mark_rect(opacity=1, color=mix(colours.accent, colours.background, 0.25)).encode(tooltip=tooltip)
    )
    over = [row for row in rows if row["over"]]
    if over:
        beyond = mix(colours.bad, colours.background, 0.55)
        layers.append(drawn(over, "limit").mark_rect(opacity=1, color=beyond))
        layers.append(drawn(over).mark_rect(fill="transparent", stroke=colours.bad, strokeWidth=2))
    return layers


def _limits(rows: list[dict[str, Any]], step: float, mode: Mode) -> list[alt.Chart]:
    """The capacity of each role as one step line over its quarters."""
    corners = []
    for row in sorted(rows, key=lambda row: row["edge"]):
        corners += [
            {"role": row["role"], "x": edge, "y": row["limit"], "order": 2 * row["edge"] + end}
            for end, edge in ((0, row["edge"]), (1, row["far_edge"]))
        ]
    line = marks(corners).mark_line(color=palette(mode).ink, strokeWidth=1.8)
    return [line.encode(x=at_x(), y=at_y(), detail=alt.Detail("role:N"), order=alt.Order("order:Q"))]


def _overload(rows: list[dict[str, Any]], step: float, mode: Mode) -> list[Label]:
    """By how much a quarter is over, above its bar."""
    return [
        Label(
            x=(row["x"] + row["x2"]) / 2,
            y=row["top"] - 9,
            text=f"+{row['planned'] - row['available']:.0f}",
            colour=palette(mode).bad,
            weight=700,
            align="center",
            size=12 if step > 34 else SMALLEST,
        )
        for row in rows
        if row["over"]
    ]


def _role_words(roles: list[Any], gutter: float, gap: float, narrow: bool, mode: Mode) -> list[Label]:
    colour, parts = palette(mode).ink, []
    for place, role in enumerate(roles):
        foot = (place + 1) * (STRIP + gap) - 4
        if narrow:
            parts.append(Label(x=0, y=foot - STRIP - 12, text=str(role), colour=colour, size=BODY, weight=600))
            continue
        lines = wrapped(str(role), gutter - 16, BODY)
        for row, line in enumerate(lines):
            parts.append(
                Label(
                    x=-14,
                    y=foot - 24 + 15 * (row - (len(lines) - 1) / 2),
                    text=line,
                    colour=colour,
                    size=BODY,
                    align="right",
                )
            )
    return parts


def _quarter_words(quarters: list[Any], step: float, height: float, mode: Mode) -> list[Label]:
    """Quarter names below the last strip; every second, third... where they would touch."""
    every = math.ceil((max(text_width(str(quarter)) for quarter in quarters) + 6) / step)
    return [
        Label(x=(place + 0.5) * step, y=height + 12, text=str(quarter), colour=palette(mode).ink_soft, align="center")
        for place, quarter in enumerate(quarters)
        if place % every == 0
    ]


def _key(y: float, plot: float, left: float, rows: list[dict[str, Any]], mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    entries = [
        Key(swatch=swatch(fill=mix(colours.accent, colours.background, 0.25)), words="planned person-days"),
        Key(swatch=swatch(fill=colours.ink, height=2), words="capacity"),
    ]
    if any(row["over"] for row in rows):
        entries.append(Key(swatch=swatch(outline=colours.bad), words="over capacity, by so many days"))
    return key(entries, x=0, y=y, width=plot, colour=colours.ink_soft)
