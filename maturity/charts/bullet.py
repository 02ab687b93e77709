"""KPIs: a bar against a target on each KPI's own scale, the previous value as a ring, the figure in words beside it."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from maturity.words.kpi_sentences import STANDS

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
    own_colour,
    records,
    symbols,
)
from .key import Key, key, swatch
from .lettering import shortened, text_width
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, HEADLINE, SMALLEST, Mode, palette

ROW, NARROW_ROW = 62, 84
VALUES = ("score", "target", "previous", "expected", "highest")


@in_every_mode
def bullet_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 820, narrow: bool = False
) -> alt.LayerChart:
    """One bullet per KPI, in the given order.

    `frame`: name, unit (one starting with % is written behind the number), score (the present value), target,
    previous, highest (the right end of its scale); NaN where there is none. Optional: `lower_is_better` (bool),
    `expected` (where its path was), `stand` (a code of `STANDS`, said in place of whether the target is reached).
    Scales start at 0, or at the lowest value where that is below.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    kpis = [_kpi(place, record) for place, record in enumerate(records(frame))]
    gutter = 0.0 if narrow else min(max(text_width(kpi["name"], BODY, bold=True) for kpi in kpis) + 22, 290)
    side = 0 if narrow else 150 if any(kpi["stand"] for kpi in kpis) else 112
    plot, row = max(220, width - 2 * MARGIN - gutter - side), NARROW_ROW if narrow else ROW
    for kpi in kpis:
        kpi["middle"] = kpi["row"] * row + (52 if narrow else 22)
    layers = [*_bars(kpis, plot, mode), *labels(_scales(kpis, plot, mode))]
    words = _narrow_words(kpis, plot, mode) if narrow else _words(kpis, gutter, plot, mode)
    return finished(
        [*layers, *labels(words), *_key(kpis, plot, row * len(kpis) + 14, mode)],
        plot=plot,
        height=row * len(kpis),
        width=width,
        mode=mode,
        texts=texts,
    )


def _kpi(place: int, record: dict[str, Any]) -> dict[str, Any]:
    kpi: dict[str, Any] = {"row": place, "name": str(record["name"]), "unit": str(record["unit"])}
    for name in VALUES:
        value = float(record.get(name, math.nan))
        kpi[name] = None if math.isnan(value) else value
    known = [kpi[name] for name in VALUES if kpi[name] is not None]
    kpi["lowest"] = min([*known, 0.0])
    kpi["highest"] = max([*known, 0.0])
    if kpi["highest"] == kpi["lowest"]:
        kpi["highest"] = kpi["lowest"] + 1.0
    kpi["stand"] = str(record.get("stand") or "")
    kpi["lower"] = bool(record.get("lower_is_better", False))
    kpi["figure"] = "not measured" if kpi["score"] is None else written(kpi["score"], kpi["unit"])
    return kpi


def written(value: float, unit: str) -> str:
    """The number as people read it: at most two decimals, thousands with commas, % directly behind."""
    figure = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{figure}%" if unit.startswith("%") else figure


def _at(kpi: dict[str, Any], value: float, plot: float) -> float:
    """A value's pixel on the KPI's own scale."""
    return plot * (value - float(kpi["lowest"])) / (float(kpi["highest"]) - float(kpi["lowest"]))


def _verdict(kpi: dict[str, Any], mode: Mode) -> tuple[str, str]:
    """What stands beside the figure, as words and their colour: never colour alone."""
    colours = palette(mode)
    if kpi["stand"] in STANDS:
        goal = f", target {written(kpi['target'], kpi['unit'])}" if kpi["target"] is not None else ""
        ink = {"behind": colours.warn, "no_path": colours.ink_soft}.get(kpi["stand"], colours.good)
        return STANDS[kpi["stand"]] + (goal if kpi["stand"] != "no_path" else ""), ink
    if kpi["target"] is None:
        return "no target", colours.ink_soft
    goal = f"target {written(kpi['target'], kpi['unit'])}"
    if kpi["score"] is None:
        return goal, colours.ink_soft
    reached = kpi["score"] <= kpi["target"] if kpi["lower"] else kpi["score"] >= kpi["target"]
    return ("on target", colours.good) if reached else (goal + (" or less" if kpi["lower"] else ""), colours.warn)


def _bars(kpis: list[dict[str, Any]], plot: float, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    tracks, rows = [], []
    for kpi in kpis:
        middle, zero = kpi["middle"], _at(kpi, 0.0, plot)
        tracks.append(Box(x=0, x2=plot, y=middle - 15, y2=middle + 15, fill=colours.track[1], corner=0))
        if kpi["target"] is not None:
            end = _at(kpi, kpi["target"], plot)
            tracks.append(Box(x=zero, x2=end, y=middle - 15, y2=middle + 15, fill=colours.track[0], corner=0))
        if kpi["score"] is not None:
            row = {name: kpi[name] for name in ("name", "unit", "score", "target", "previous", "figure")}
            rows.append(
                row
                | {
                    "x": zero,
                    "x2": _at(kpi, kpi["score"], plot),
                    "y": middle - 6,
                    "y2": middle + 6,
                    "fill": colours.accent,
                }
            )
    tooltip = [
        alt.Tooltip("name:N", title="KPI"),
        alt.Tooltip("unit:N", title="Unit"),
        alt.Tooltip("figure:N", title="Now"),
    ]
    tooltip += [alt.Tooltip(f"{name}:Q", title=name.capitalize()) for name in ("target", "previous")]
    layers = boxes(tracks)
    if rows:
        layers.append(
            marks(rows)
            .mark_rect(opacity=1)
            .encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y(), y2=alt.Y2("y2:Q"), color=own_colour("fill"), tooltip=tooltip)
        )
    return [*layers, *boxes(_goals(kpis, plot, mode)), *symbols(_rings(kpis, plot, mode))]


def _goals(kpis: list[dict[str, Any]], plot: float, mode: Mode) -> list[Box]:
    """Where each is to go, and where its path is by now."""
    colours = palette(mode)
    goals = [
        Box(
            x=_at(kpi, kpi["target"], plot) - 2,
            x2=_at(kpi, kpi["target"], plot) + 2,
            y=kpi["middle"] - 13,
            y2=kpi["middle"] + 13,
            fill=colours.target,
            corner=0,
        )
        for kpi in kpis
        if kpi["target"] is not None
    ]
    goals += [
        Box(
            x=_at(kpi, kpi["expected"], plot) - 1,
            x2=_at(kpi, kpi["expected"], plot) + 1,
            y=kpi["middle"] - 15,
            y2=kpi["middle"] + 15,
            fill=colours.ink,
            corner=0,
        )
        for kpi in kpis
        if kpi["expected"] is not None
    ]
    return goals


def _rings(kpis: list[dict[str, Any]], plot: float, mode: Mode) -> list[Symbol]:
    """What each was before."""
    colours = palette(mode)
    return [
        Symbol(
            x=_at(kpi, kpi["previous"], plot),
            y=kpi["middle"],
            shape="circle",
            area=70,
            fill=colours.background,
            outline=colours.ink,
            thickness=1.8,
        )
        for kpi in kpis
        if kpi["previous"] is not None
    ]


def _scales(kpis: list[dict[str, Any]], plot: float, mode: Mode) -> list[Label]:
    """Each KPI's own scale: round numbers below its track."""
    parts, colour = [], palette(mode).ink_soft
    for kpi in kpis:
        step = _step(kpi["highest"] - kpi["lowest"])
        first = math.ceil(kpi["lowest"] / step - 1e-9)
        for place in range(first, math.floor(kpi["highest"] / step + 1e-9) + 1):
            x = _at(kpi, place * step, plot)
            align = "left" if x < 8 else "right" if x > plot - 8 else "center"
            parts.append(
                Label(
                    x=x,
                    y=kpi["middle"] + 24,
                    text=written(place * step, kpi["unit"]),
                    colour=colour,
                    size=SMALLEST,
                    align=align,
                )
            )
    return parts


def _step(length: float) -> float:
    """A round step that divides a scale of this length into 3 to 6 parts."""
    rough = length / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return float(next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough - 1e-12))


def _words(kpis: list[dict[str, Any]], gutter: float, plot: float, mode: Mode) -> list[Label]:
    colours, parts = palette(mode), []
    for kpi in kpis:
        middle, (verdict, ink) = kpi["middle"], _verdict(kpi, mode)
        big = HEADLINE if kpi["score"] is not None else BODY
        parts += [
            Label(
                x=-14,
                y=middle - 8,
                text=shortened(kpi["name"], gutter - 16, BODY, bold=True),
                colour=colours.ink,
                size=BODY,
                weight=600,
                align="right",
            ),
            Label(
                x=-14, y=middle + 9, text=shortened(kpi["unit"], gutter - 16), colour=colours.ink_soft, align="right"
            ),
            Label(x=plot + 14, y=middle - 8, text=kpi["figure"], colour=colours.ink, size=big, weight=700),
            Label(x=plot + 14, y=middle + 10, text=verdict, colour=ink, weight=600),
        ]
    return parts


def _narrow_words(kpis: list[dict[str, Any]], plot: float, mode: Mode) -> list[Label]:
    colours, parts = palette(mode), []
    for kpi in kpis:
        middle, (verdict, ink) = kpi["middle"], _verdict(kpi, mode)
        parts += [
            Label(
                x=0,
                y=middle - 42,
                text=shortened(kpi["name"], plot - 96, BODY, bold=True),
                colour=colours.ink,
                size=BODY,
                weight=600,
            ),
            Label(x=0, y=middle - 25, text=shortened(kpi["unit"], plot - 110), colour=colours.ink_soft),
            Label(x=plot, y=middle - 42, text=kpi["figure"], colour=colours.ink, size=15, weight=700, align="right"),
            Label(x=plot, y=middle - 25, text=verdict, colour=ink, weight=600, align="right"),
        ]
    return parts


def _key(kpis: list[dict[str, Any]], plot: float, y: float, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    entries = [
        Key(swatch=swatch(fill=colours.accent, height=9), words="Now"),
        Key(swatch=Box(x=-2, x2=2, y=-9, y2=9, fill=colours.target, corner=0), words="Target"),
    ]
    if any(kpi["expected"] is not None for kpi in kpis):
        entries.append(Key(swatch=Box(x=-1, x2=1, y=-9, y2=9, fill=colours.ink, corner=0), words="Path that day"))
    if any(kpi["previous"] is not None for kpi in kpis):
        ring = Symbol(x=0, y=0, shape="circle", area=70, fill=colours.background, outline=colours.ink, thickness=1.8)
        entries.append(Key(swatch=ring, words="Previous"))
    entries.append(Key(swatch=swatch(fill=colours.track[0]), words="Up to the target"))
    return key(entries, x=0, y=y, width=plot, colour=colours.ink_soft)
