"""The cells of the heat map: level, colour and marks of each, and the layers that draw them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from maturity.words.messages import shown_score

from .drawing import marks, own_colour, records
from .theme import Mode, maturity_ramp, palette, text_on

Cell = dict[str, Any]

FAR = 1.0
"""A gap of this many levels or more is marked with a triangle."""


def heat_cells(frame: pd.DataFrame, column: str, levels: Sequence[str], mode: Mode) -> list[Cell]:
    """One drawable cell a row of the frame; a level is reached, never rounded up."""
    ramp, ground = maturity_ramp(mode, len(levels)), palette(mode).background
    return [_cell(record, column, ramp, ground, levels) for record in records(frame)]


def _cell(record: dict[str, Any], column: str, ramp: Sequence[str], ground: str, levels: Sequence[str]) -> Cell:
    score, target = float(record["score"]), float(record["target"])
    missing = math.isnan(score)
    level = None if missing else min(len(ramp), max(1, math.floor(score + 1e-9)))
    fill = ground if level is None else ramp[level - 1]
    return {
        "department": str(record["department"]),
        column: str(record[column]),
        "score": None if missing else score,
        "target": None if math.isnan(target) else target,
        "coverage": float(record["coverage"]),
        "enough": bool(record["enough"]),
        "level": "not scored" if level is None else f"{level} {levels[level - 1]}",
        "words": "n/a" if missing else shown_score(score),
        "far": not missing and not math.isnan(target) and target - score >= FAR - 1e-9,
        "fill": fill,
        "ink": text_on(fill),
    }


def heat_grid(
    cells: list[Cell], rows: list[str], columns: list[str], column: str, step: float, row: int, mode: Mode, called: str
) -> list[alt.Chart]:
    """The cells: fills, dashed frames for what nobody answered, stripes for thin answers, numbers and gap triangles."""
    x = alt.X(f"{column}:N", scale=alt.Scale(domain=columns, padding=0), axis=None)
    y = alt.Y("department:N", scale=alt.Scale(domain=rows, padding=0), axis=None)
    scored = [cell for cell in cells if cell["score"] is not None]
    thin = [cell for cell in scored if not cell["enough"]]

    def layer(which: list[Cell]) -> alt.Chart:
        return marks(which).encode(x=x, y=y)

    edge: dict[str, Any] = {"stroke": palette(mode).background, "strokeWidth": 3}
    if mode == "print":  # pale levels keep their edge on paper
        edge = {"stroke": palette(mode).ghost, "strokeWidth": 1, "width": step - 4, "height": row - 4}
    filled = layer(scored).mark_rect(cornerRadius=5, **edge)
    layers = [filled.encode(color=own_colour("fill"), tooltip=_tooltip(column, called))]
    if unscored := [cell for cell in cells if cell["score"] is None]:
        dash: dict[str, Any] = {"stroke": palette(mode).ghost, "strokeDash": [3, 3], "strokeWidth": 1.2}
        frame = layer(unscored).mark_rect(fill="transparent", cornerRadius=5, width=step - 5, height=row - 5, **dash)
        layers.append(frame.encode(tooltip=_tooltip(column, called)))
    if thin:
        layers += _stripes(layer(thin), step, row, mode)
    for which, style in (([cell for cell in cells if cell not in thin], "normal"), (thin, "italic")):
        if which:
            number = layer(which).mark_text(fontSize=14, fontWeight=600, fontStyle=style)
            layers.append(number.encode(text=alt.Text("words:N"), color=own_colour("ink")))
    if far := [cell for cell in scored if cell["far"]]:
        layers.append(_triangles(layer(far), step, row))
    return layers


def _tooltip(column: str, called: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("department:N", title=called.capitalize()),
        alt.Tooltip(f"{column}:N", title=column.capitalize()),
        alt.Tooltip("words:N", title="Score"),
        alt.Tooltip("level:N", title="Level"),
        alt.Tooltip("target:Q", title="Target", format=".1f"),
        alt.Tooltip("coverage:Q", title="Coverage", format=".0%"),
    ]


def _stripes(thin: alt.Chart, step: float, row: int, mode: Mode) -> list[alt.Chart]:
    """Stripes over the cell, and a ground in the cell's own colour on which its number reads."""
    fill = hatch(step, row, palette(mode).ghost if mode == "print" else palette(mode).background)
    stripes = thin.mark_rect(fill=fill, width=step - 4, height=row - 4, cornerRadius=4)
    ground = thin.mark_text(strokeWidth=6, strokeJoin="round", fontSize=14, fontStyle="italic", fontWeight=600)
    stroke = alt.Stroke("fill:N", scale=None, legend=None)
    return [stripes, ground.encode(text=alt.Text("words:N"), color=own_colour("fill"), stroke=stroke)]


def _triangles(far: alt.Chart, step: float, row: int) -> alt.Chart:
    """A small triangle in the upper right corner, smaller in small cells."""
    inset, area = (10, 44) if step > 60 else (8, 28)
    corner: dict[str, Any] = {"xOffset": step / 2 - inset, "yOffset": inset - row / 2}
    layer: alt.Chart = far.mark_point(shape="triangle-down", filled=True, size=area, opacity=1, **corner)
    return layer.encode(color=own_colour("ink"))


def hatch(width: float, height: float, colour: str) -> dict[str, Any]:
    """Diagonal stripes as a linear gradient with hard stops, so that the hatching needs no pattern fill."""
    stripes = round((width + height) / 9)
    clear = colour + "00"
    stops = []
    for stripe in range(stripes):
        for share, shade in ((0, clear), (0.7, clear), (0.7, colour + "B0"), (1, colour + "B0")):
            stops.append({"offset": round((stripe + share) / stripes, 4), "color": shade})
    return {"gradient": "linear", "x1": 0, "y1": 0, "x2": 1, "y2": 1, "stops": stops}
