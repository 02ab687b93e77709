"""Mean levels by quarter, a line for each scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Where quarters and levels lie, and the room that is left for names at the ends of lines."""

    room: float
    ends: float
    low: float
    high: float
    last: int

    @property
    def right(self) -> float:
        return self.room - self.ends

    def x_of(self, quarter: float) -> float:
        return AXIS + (self.right - AXIS) * (quarter - 1) / (self.last - 1)

    def y_of(self, level: float) -> float:
        return HEIGHT * (1 - (level - self.low) / (self.high - self.low)) + 8


@in_every_mode
def scenario_levels_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 900, narrow: bool = False
) -> alt.LayerChart:
    """Lines from the first quarter to the last, each named at its end and dashed in its own way.

    `frame`: scenario (its name, the plan as it is first), quarter (1..12), level (mean, 1..N).
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    lines = {str(name): group.sort_values("quarter") for name, group in frame.groupby("scenario", sort=False)}
    plot = _plot(frame, width, narrow)
    layers = [*_grid(plot, mode, narrow), *_lines(lines, plot, mode), *labels(_names(lines, plot, mode))]
    return finished(layers, plot=plot.room, height=HEIGHT + 38, width=width, mode=mode, texts=texts)


def _plot(frame: pd.DataFrame, width: int, narrow: bool) -> _Plot:
    longest = max(text_width(name, SECONDARY, bold=True) for name in frame["scenario"].unique())
    low, high = float(frame["level"].min()), float(frame["level"].max())
    return _Plot(
        room=width - 2 * MARGIN,
        ends=min(150.0 if narrow else 240.0, longest + _figure() + 16),
        low=low,
        high=max(high, low + 0.2),
        last=max(int(frame["quarter"].max()), 2),
    )


def _figure() -> float:
    return text_width(" 0.00", SECONDARY, bold=True)


def _grid(plot: _Plot, mode: Mode, narrow: bool) -> list[alt.Chart]:
    colours = palette(mode)
    levels = [plot.low + (plot.high - plot.low) * step / STEPS for step in range(STEPS + 1)]
    rules = [{"x": AXIS, "x2": plot.right, "y": plot.y_of(level)} for level in levels]
    soft: dict[str, Any] = {"colour": colours.ink_soft, "size": SMALLEST}
    words = [Label(x=AXIS - 8, y=plot.y_of(level), text=f"{level:.2f}", align="right", **soft) for level in levels]
    words += [
        Label(x=plot.x_of(quarter), y=HEIGHT + 26, text=f"Q{quarter}", align="center", **soft)
        for quarter in range(4 if narrow else 1, plot.last + 1, 4 if narrow else 1)
    ]
    drawn = marks(rules).mark_rule(color=colours.grid).encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y())
    return [drawn, *labels(words)]


def _lines(lines: Mapping[str, pd.DataFrame], plot: _Plot, mode: Mode) -> list[alt.Chart]:
    layers = []
    for number, (name, group) in enumerate(lines.items()):
        rows = [
            {"x": plot.x_of(q), "y": plot.y_of(level), "scenario": name, "quarter": f"Q{q}", "level": round(level, 2)}
            for q, level in zip(group["quarter"].tolist(), group["level"].tolist(), strict=True)
        ]
        line = marks(rows).mark_line(
            color=_colour(mode, number), strokeDash=DASHES[number % len(DASHES)], strokeWidth=3 if number == 0 else 2
        )
        dots = marks(rows).mark_point(filled=True, size=120, opacity=0)
        told = ["scenario:N", "quarter:N", "level:Q"]
        layers += [line.encode(x=at_x(), y=at_y()), dots.encode(x=at_x(), y=at_y(), tooltip=told)]
    return layers


def _names(lines: Mapping[str, pd.DataFrame], plot: _Plot, mode: Mode) -> list[Label]:
    """Each line's name and last level at its end, pushed apart where they would lie on each other."""
    last = {name: float(group["level"].iloc[-1]) for name, group in lines.items()}
    placed = spread([plot.y_of(level) for level in last.values()], 16, 4, HEIGHT + 12)
    words = []
    for number, ((name, level), y) in enumerate(zip(last.items(), placed, strict=True)):
        said = f"{shortened(name, plot.ends - _figure() - 10, bold=number == 0)} {level:.2f}"
        ink, weight = _colour(mode, number), 700 if number == 0 else 400
        words.append(Label(x=plot.right + 8, y=y, text=said, colour=ink, weight=weight))
    return words


def _colour(mode: Mode, number: int) -> str:
    """Ink for the plan as it is, then the colours of the phases, then the accent."""
    colours = palette(mode)
    return colours.ink if number == 0 else colours.accent if number > 4 else phase_colour(mode, number)
