"""Mean levels by quarter, a line for each scenario."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from .drawing import MARGIN, Label, at_x, at_y, finished, labels, marks, nothing_to_show
from .lettering import shortened, spread, text_width
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import SECONDARY, SMALLEST, Mode, palette, phase_colour

DASHES = ([1, 0], [7, 4], [2, 3], [9, 3, 2, 3], [5, 2], [12, 5])
HEIGHT, AXIS, STEPS = 250, 34, 4


@in_every_mode
def scenario_levels_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 900, narrow: bool = False
) -> alt.LayerChart:
    """Lines from the first quarter to the last, each named at its end and dashed in its own way.

    `frame`: scenario (its name, the plan as it is first), quarter (1..12), level (mean, 1..N).
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    colours = palette(mode)
    names = list(dict.fromkeys(frame["scenario"]))
    figure = text_width(" 0.00", SECONDARY, bold=True)
    longest = max(text_width(name, SECONDARY, bold=True) for name in names)
    ends = min(150.0 if narrow else 240.0, longest + figure + 16)
    room = width - 2 * MARGIN
    plot = room - AXIS - ends
    low, high = float(frame["level"].min()), float(frame["level"].max())
    high = max(high, low + 0.2)
    last = max(int(frame["quarter"].max()), 2)

    def x_of(quarter: float) -> float:
        return AXIS + plot * (quarter - 1) / (last - 1)

    def y_of(level: float) -> float:
        return HEIGHT * (1 - (level - low) / (high - low)) + 8

    layers, words = [], []
    soft: dict[str, Any] = {"colour": colours.ink_soft, "size": SMALLEST}
    for step in range(STEPS + 1):
        level = low + (high - low) * step / STEPS
        rule = [{"x": AXIS, "x2": AXIS + plot, "y": y_of(level)}]
        layers.append(marks(rule).mark_rule(color=colours.grid).encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y()))
        words.append(Label(x=AXIS - 8, y=y_of(level), text=f"{level:.2f}", align="right", **soft))
    for quarter in range(4 if narrow else 1, last + 1, 4 if narrow else 1):
        words.append(Label(x=x_of(quarter), y=HEIGHT + 26, text=f"Q{quarter}", align="center", **soft))
    final: list[float] = []
    for number, name in enumerate(names):
        group = frame[frame["scenario"] == name].sort_values("quarter")
        rows = [
            {"x": x_of(q), "y": y_of(level), "scenario": name, "quarter": f"Q{q}", "level": round(level, 2)}
            for q, level in zip(group["quarter"].tolist(), group["level"].tolist(), strict=True)
        ]
        tooltip = ["scenario:N", "quarter:N", "level:Q"]
        line = marks(rows).mark_line(
            color=_colour(mode, number), strokeDash=DASHES[number % len(DASHES)], strokeWidth=3 if number == 0 else 2
        )
        layers.append(line.encode(x=at_x(), y=at_y()))
        dots = marks(rows).mark_point(filled=True, size=120, opacity=0)
        layers.append(dots.encode(x=at_x(), y=at_y(), tooltip=tooltip))
        final.append(rows[-1]["y"])
    placed = spread(final, 16, 4, HEIGHT + 12)
    for number, (name, y) in enumerate(zip(names, placed, strict=True)):
        level = float(frame[frame["scenario"] == name].sort_values("quarter")["level"].iloc[-1])
        said = f"{shortened(name, ends - figure - 10, bold=number == 0)} {level:.2f}"
        ink, weight = _colour(mode, number), 700 if number == 0 else 400
        words.append(Label(x=AXIS + plot + 8, y=y, text=said, colour=ink, weight=weight))
    return finished([*layers, *labels(words)], plot=room, height=HEIGHT + 38, width=width, mode=mode, texts=texts)


def _colour(mode: Mode, number: int) -> str:
    """Ink for the plan as it is, then the colours of the phases, then the accent."""
    colours = palette(mode)
    return colours.ink if number == 0 else colours.accent if number > 4 else phase_colour(mode, number)
