"""The radar, for those who ask for it: at most 10 axes and 2 outlines, never filled, beside the dumbbell that says
more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from .drawing import MARGIN, Box, Label, Symbol, at_x, at_y, boxes, finished, labels, marks, nothing_to_show
from .key import Key, key
from .lettering import wrapped
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, SECONDARY, SMALLEST, Mode, palette

LEAST, MOST = 3, 10


@in_every_mode
def radar_chart(
    frame: pd.DataFrame,
    *,
    levels: Sequence[str],
    mode: Mode,
    texts: ChartTexts,
    department: str = "Department",
    width: int = 640,
    narrow: bool = False,
) -> alt.LayerChart:
    """Two outlines over 3 to 10 topics, in the given order, clockwise from the top; other counts are answered with a
    sentence.

    `frame`: topic, score, organisation, in levels; a topic without a score leaves a gap in its outline. Level 1 is
    the centre.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    if not LEAST <= len(frame) <= MOST:
        return _refusal(len(frame), width, mode, texts)
    colours, count = palette(mode), len(levels)
    side = max(300, min(width, 640) - 2 * MARGIN)
    radius = side / 2 - (84 if narrow else 112)
    middle = (side / 2, radius + 44)
    ink = {"score": (colours.accent, [1, 0]), "organisation": (colours.target, [5, 3])}
    layers = [*_web(len(frame), count, middle, radius, mode), *_topics(frame, middle, radius, narrow, mode)]
    for name, (colour, dash) in ink.items():
        layers += _outline(_points(frame, name, count, middle, radius), colour, dash)
    swatches = [Symbol(x=0, y=0, shape="circle", area=90, fill=ink[name][0]) for name in ink]
    entries = [Key(swatch=swatches[0], words=department), Key(swatch=swatches[1], words="Organisation (dashed)")]
    height = 2 * radius + 88
    layers += key(entries, x=0, y=height + 12, width=side, colour=colours.ink_soft)
    return finished(layers, plot=side, height=height, width=max(width, 300), mode=mode, texts=texts)


def _refusal(count: int, width: int, mode: Mode, texts: ChartTexts) -> alt.LayerChart:
    colours, plot = palette(mode), max(300, width - 2 * MARGIN)
    words = f"A radar shows {LEAST} to {MOST} topics; here are {count}. See the profile instead."
    frame = Box(x=0, y=0, x2=plot, y2=88, outline=colours.line, dashed=True, corner=6)
    lines = wrapped(words, plot - 24, BODY)
    parts = [
        Label(
            x=plot / 2,
            y=44 + 18 * (i - (len(lines) - 1) / 2),
            text=t,
            colour=colours.ink_soft,
            size=BODY,
            align="center",
        )
        for i, t in enumerate(lines)
    ]
    return finished([*boxes([frame]), *labels(parts)], plot=plot, height=88, width=width, mode=mode, texts=texts)


def _at(place: float, count: int, middle: tuple[float, float], distance: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / count
    return middle[0] + distance * math.sin(angle), middle[1] - distance * math.cos(angle)


def _web(axes: int, count: int, middle: tuple[float, float], radius: float, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    rings = []
    for level in range(2, count + 1):
        for place in range(axes + 1):
            x, y = _at(place, axes, middle, radius * (level - 1) / (count - 1))
            rings.append({"ring": level, "order": place, "x": x, "y": y})
    spokes = []
    for place in range(axes):
        x, y = _at(place, axes, middle, radius)
        spokes.append({"x": middle[0], "y": middle[1], "x2": x, "y2": y})
    numbers = [
        Label(
            x=middle[0] + 4,
            y=middle[1] - radius * (level - 1) / (count - 1),
            text=str(level),
            colour=colours.ink_faint,
            size=SMALLEST,
            halo=colours.background,
        )
        for level in range(1, count + 1)
    ]
    ring = (
        marks(rings)
        .mark_line(color=colours.line, strokeWidth=1)
        .encode(x=at_x(), y=at_y(), detail=alt.Detail("ring:N"), order=alt.Order("order:Q"))
    )
    spoke = marks(spokes).mark_rule(color=colours.grid).encode(x=at_x(), y=at_y(), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))
    return [spoke, ring, *labels(numbers)]


def _topics(
    frame: pd.DataFrame, middle: tuple[float, float], radius: float, narrow: bool, mode: Mode
) -> list[alt.Chart]:
    parts, colour = [], palette(mode).ink
    for place, topic in enumerate(frame["topic"]):
        x, y = _at(place, len(frame), middle, radius + 14)
        sideways = math.sin(2 * math.pi * place / len(frame))
        align = "center" if abs(sideways) < 0.2 else "left" if sideways > 0 else "right"
        lines = wrapped(str(topic), 82 if narrow else 112, most=3)
        up = -math.cos(2 * math.pi * place / len(frame))
        top = y + 7 * up * (len(lines) - 1) - 7 * (len(lines) - 1)
        parts += [
            Label(x=x, y=top + 14 * row, text=line, colour=colour, size=SECONDARY, align=align)
            for row, line in enumerate(lines)
        ]
    return labels(parts)


def _points(
    frame: pd.DataFrame, name: str, count: int, middle: tuple[float, float], radius: float
) -> list[dict[str, Any]]:
    scores = [float(value) for value in frame[name]]
    rows = []
    for order, score in enumerate([*scores, scores[0]]):
        topic, missing = str(frame["topic"].iloc[order % len(frame)]), math.isnan(score)
        x, y = _at(order, len(frame), middle, 0 if missing else radius * (score - 1) / (count - 1))
        rows.append(
            {
                "topic": topic,
                "score": None if missing else score,
                "order": order,
                "x": None if missing else x,
                "y": None if missing else y,
            }
        )
    return rows


def _outline(rows: list[dict[str, Any]], colour: str, dash: list[int]) -> list[alt.Chart]:
    tooltip = [alt.Tooltip("topic:N", title="Topic"), alt.Tooltip("score:Q", title="Score", format=".1f")]
    line = marks(_runs(rows)).mark_line(color=colour, strokeWidth=2.5, strokeDash=dash)
    dots = marks([row for row in rows[:-1] if row["x"] is not None]).mark_point(
        filled=True, size=60, color=colour, opacity=1
    )
    return [
        line.encode(x=at_x(), y=at_y(), detail=alt.Detail("run:N"), order=alt.Order("order:Q")),
        dots.encode(x=at_x(), y=at_y(), tooltip=tooltip),
    ]


def _runs(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that have a place, numbered so that a topic without a score breaks the outline."""
    missing = [row["order"] for row in rows if row["x"] is None]
    return [{**row, "run": sum(gap < row["order"] for gap in missing)} for row in rows if row["x"] is not None]
