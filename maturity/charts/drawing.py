"""The drawing board that all charts share: pixel-placed text, symbols and boxes, keys, and the finished specification.

Data marks use scales. Everything around them (row labels, columns of figures, keys) is placed in pixels from the plot's
upper left corner with `scale=None`, so one flat layer holds the whole picture and its width is known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import altair as alt
import pandas as pd

from .lettering import wrapped
from .texts import ChartTexts
from .theme import BODY, HEADLINE, SECONDARY, Mode, configuration, palette

MARGIN = 6
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A piece of text at a pixel of the plot; y is its middle."""

    x: float
    y: float
    text: str
    colour: str
    size: int = SECONDARY
    weight: int = 400
    align: str = "left"
    italic: bool = False
    angle: int = 0
    halo: str | None = None

    @property
    def style(self) -> tuple[int, str, bool, bool]:
        """What one Vega-Lite text mark can hold only once."""
        return self.weight, self.align, self.italic, self.halo is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in pixels of the plot, filled or outlined; the fill of an outlined one may be a Vega-Lite
    gradient.
    """

    x: float
    y: float
    x2: float
    y2: float
    fill: str | dict[str, Any] | None = None
    outline: str | None = None
    dashed: bool = False
    thickness: float = 1.2
    corner: float = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A point mark at a pixel of the plot; `area` in square pixels."""

    x: float
    y: float
    shape: str
    area: float
    fill: str
    outline: str | None = None
    thickness: float = 0


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as plain dictionaries, in order."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def marks(rows: Rows) -> alt.Chart:
    """An empty chart over plain rows: no frame is copied or typed again."""
    return alt.Chart({"values": list(rows)})


def at_x(field: str = "x") -> alt.X:
    """The field as a pixel from the left edge of the plot."""
    return alt.X(f"{field}:Q", scale=None, axis=None)


def at_y(field: str = "y") -> alt.Y:
    """The field as a pixel from the upper edge of the plot."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def between(low: float | str, high: float | str, **kind: Any) -> alt.Scale:
    """A scale from low to high exactly: no rounding, no padding, so that pixels can be reckoned from it."""
    return alt.Scale(domain=[low, high], nice=False, zero=False, padding=0, **kind)


def own_colour(field: str) -> alt.Color:
    """The field holds the colour itself."""
    return alt.Color(f"{field}:N", scale=None, legend=None)


def labels(parts: Iterable[Label]) -> list[alt.Chart]:
    """Text layers, one for each style; a label with a halo is drawn twice so that lines behind it stay out of the
    way.
    """
    in_order = sorted(parts, key=lambda label: label.style)
    return [layer for style, group in groupby(in_order, key=lambda label: label.style) for layer in _text(style, group)]


def _text(style: tuple[int, str, bool, bool], group: Iterable[Label]) -> list[alt.Chart]:
    weight, align, italic, halo = style
    fields = ("x", "y", "text", "colour", "size", "angle", "halo")
    rows = [{name: getattr(label, name) for name in fields if getattr(label, name) is not None} for label in group]
    common: dict[str, Any] = {
        "align": align,
        "fontWeight": weight,
        "fontStyle": "italic" if italic else "normal",
        "baseline": "middle",
    }
    channels: dict[str, Any] = {
        "x": at_x(),
        "y": at_y(),
        "text": alt.Text("text:N"),
        "size": alt.Size("size:Q", scale=None, legend=None),
    }
    if any(row["angle"] for row in rows):
        channels["angle"] = alt.Angle("angle:Q", scale=None)
    plain = marks(rows).mark_text(**common).encode(**channels, color=own_colour("colour"))
    if not halo:
        return [plain]
    stroke = alt.Stroke("halo:N", scale=None, legend=None)
    behind = marks(rows).mark_text(**common, strokeWidth=5, strokeJoin="round")
    return [behind.encode(**channels, color=own_colour("halo"), stroke=stroke), plain]


def boxes(parts: Iterable[Box]) -> list[alt.Chart]:
    """Rectangle layers: filled ones first, then outlines, each in the given order."""
    parts = list(parts)
    filled = [box for box in parts if box.fill and not box.outline]
    outlined = [box for box in parts if box.outline]
    layers = []
    for corner, group in groupby(sorted(filled, key=lambda b: b.corner), key=lambda b: b.corner):
        rows = [{"x": b.x, "y": b.y, "x2": b.x2, "y2": b.y2, "fill": b.fill} for b in group]
        layers.append(_rectangles(rows, cornerRadius=corner, opacity=1).encode(color=own_colour("fill")))
    for box in outlined:
        style: dict[str, Any] = {"fill": box.fill or "transparent", "stroke": box.outline, "strokeWidth": box.thickness}
        dash: dict[str, Any] = {"strokeDash": [4, 3]} if box.dashed else {}
        row = {"x": box.x, "y": box.y, "x2": box.x2, "y2": box.y2}
        layers.append(_rectangles([row], cornerRadius=box.corner, **style, **dash))
    return layers


def _rectangles(rows: Rows, **mark: Any) -> alt.Chart:
    layer: alt.Chart = marks(rows).mark_rect(**mark).encode(x=at_x(), x2=alt.X2("x2:Q"), y=at_y(), y2=alt.Y2("y2:Q"))
    return layer


def symbols(parts: Iterable[Symbol]) -> list[alt.Chart]:
    """One point layer for all symbols."""
    rows = [
        {
            "x": s.x,
            "y": s.y,
            "shape": s.shape,
            "area": s.area,
            "fill": s.fill,
            "outline": s.outline or s.fill,
            "thick": s.thickness,
        }
        for s in parts
    ]
    if not rows:
        return []
    return [
        marks(rows)
        .mark_point(filled=True, opacity=1)
        .encode(
            x=at_x(),
            y=at_y(),
            shape=alt.Shape("shape:N", scale=None, legend=None),
            size=alt.Size("area:Q", scale=None, legend=None),
            fill=alt.Fill("fill:N", scale=None, legend=None),
            stroke=alt.Stroke("outline:N", scale=None, legend=None),
            strokeWidth=alt.StrokeWidth("thick:Q", scale=None, legend=None),
        )
    ]


def finished(
    layers: Sequence[alt.Chart], *, plot: float, height: float, width: float, mode: Mode, texts: ChartTexts
) -> alt.LayerChart:
    """The layers as one chart with title, description and colours of the mode; `width` is where the title breaks."""
    return alt.LayerChart(
        layer=list(layers),
        width=round(plot),
        height=round(height),
        title=_title(texts, width),
        description=texts.description,
        padding={"left": MARGIN, "right": MARGIN, "top": MARGIN, "bottom": MARGIN},
        config=configuration(mode),
    )


def _title(texts: ChartTexts, width: float) -> alt.TitleParams:
    room = max(width - 2 * MARGIN, 200)
    title = wrapped(texts.title, room, HEADLINE, most=4, bold=True)
    subtitle = wrapped(texts.subtitle, room, BODY, most=4)
    return alt.TitleParams(text=title, subtitle=subtitle, limit=round(room * 1.25))


def nothing_to_show(*, width: float, mode: Mode, texts: ChartTexts) -> alt.LayerChart:
    """The chart of an empty frame: its title and a sentence instead of marks."""
    colours = palette(mode)
    plot = max(200, width - 2 * MARGIN)
    frame = Box(x=0, y=0, x2=plot, y2=88, outline=colours.line, dashed=True, corner=6)
    words = Label(x=plot / 2, y=44, text="Nothing to show yet", colour=colours.ink_soft, size=BODY, align="center")
    return finished([*boxes([frame]), *labels([words])], plot=plot, height=88, width=width, mode=mode, texts=texts)


def specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The finished Vega-Lite specification, made once, with the chart's own configuration and no process-wide theme.

    Show it at its own width (`width="content"`): its labels are placed in pixels. Build the chart with the width
    there is.
    """
    datasets: dict[str, Any] = {}
    spec: dict[str, Any] = chart.to_dict(validate=False, context={"top_level": False, "datasets": datasets})
    return {"$schema": alt.SCHEMA_URL, **spec, "datasets": datasets}
