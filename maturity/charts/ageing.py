"""How long nobody has reported: a bar for each owner or department, and the line from which a report is overdue."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from .drawing import MARGIN, Label, at_x, at_y, finished, labels, marks, nothing_to_show, own_colour, records
from .key import Key, key, swatch
from .lettering import shortened, text_width
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, Mode, mix, palette

ROW, NARROW_ROW, BAR = 30, 44, 16


@in_every_mode
def ageing_chart(
    frame: pd.DataFrame, *, allowed: int, mode: Mode, texts: ChartTexts, width: int = 900, narrow: bool = False
) -> alt.LayerChart:
    """A bar per row in the given order. `frame`: name, days (since the oldest last word), actions (how many are asked
    about). From `allowed` days on a report is overdue."""
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    colours, rows = palette(mode), records(frame)
    gutter = 0.0 if narrow else min(max(text_width(str(row["name"]), BODY) for row in rows) + 20, 240)
    plot = max(220.0, width - 2 * MARGIN - gutter)
    pixel = (plot - 90) / max(float(frame["days"].max()), allowed * 1.2)
    step = NARROW_ROW if narrow else ROW
    placed = [_placed(row, place, step, narrow, pixel, allowed, mode) for place, row in enumerate(rows)]
    height = len(rows) * step
    bars = marks(placed).mark_rect(opacity=1, cornerRadius=2)
    tooltip = [alt.Tooltip("name:N", title="Who"), alt.Tooltip("days:Q", title="Days without a report")]
    line = marks([{"x": allowed * pixel, "y": 0, "y2": height}]).mark_rule(color=colours.ink, strokeDash=[4, 3])
    words = [word for row in placed for word in _words(row, narrow, gutter, mode)]
    layers = [
        bars.encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y("top"), y2=alt.Y2("foot:Q"), color=own_colour("fill"),
                    tooltip=tooltip),
        line.encode(x=at_x(), y=at_y(), y2=alt.Y2("y2:Q")),
        *labels(words),
        *_key(height + 18, plot, -gutter, allowed, mode),
    ]  # fmt: skip
    return finished(layers, plot=plot, height=height, width=width, mode=mode, texts=texts)


def _placed(
    row: dict[str, Any], place: int, step: int, narrow: bool, pixel: float, allowed: int, mode: Mode
) -> dict[str, Any]:
    colours, days = palette(mode), float(row["days"])
    top = place * step + (22 if narrow else (step - BAR) / 2)
    return {
        "name": str(row["name"]),
        "days": days,
        "actions": int(row["actions"]),
        "x": 0,
        "x2": max(days * pixel, 1.5),
        "top": top,
        "foot": top + BAR,
        "fill": mix(colours.bad if days >= allowed else colours.accent, colours.background, 0.25),
    }


def _words(row: dict[str, Any], narrow: bool, gutter: float, mode: Mode) -> list[Label]:
    colours, middle = palette(mode), row["top"] + BAR / 2
    said = f"{row['days']:.0f} d" + (f", {row['actions']} actions" if row["actions"] > 1 else "")
    name = (
        Label(x=0, y=row["top"] - 10, text=shortened(row["name"], 320, BODY), colour=colours.ink, size=BODY)
        if narrow
        else Label(
            x=-10, y=middle, text=shortened(row["name"], gutter - 14, BODY), colour=colours.ink, size=BODY,
            align="right",
        )
    )  # fmt: skip
    return [name, Label(x=row["x2"] + 6, y=middle, text=said, colour=colours.ink, halo=colours.background)]


def _key(y: float, plot: float, left: float, allowed: int, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    entries = [
        Key(swatch=swatch(fill=mix(colours.accent, colours.background, 0.25)), words="days since the last report"),
        Key(swatch=swatch(fill=mix(colours.bad, colours.background, 0.25)), words=f"overdue, from {allowed} days on"),
    ]
    return key(entries, x=0, y=y, width=plot, colour=colours.ink_soft)
