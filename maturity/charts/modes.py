"""The fourth mode: a chart for a projector is laid out as for a smaller picture, and every length in it enlarged.

Text, symbols and boxes are placed in pixels, so larger letters alone would collide. Enlarging letters, places, marks
and plot together keeps the distances between them as they were drawn and tested.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec

import altair as alt

PROJECTOR = 1.5
"""Letters on a projector are this many times as large as on a desk."""
ROOM = 200
"""Axis labels of a desk's chart are cut at this many pixels at most."""

LENGTHS = {
    "cornerRadius", "domainWidth", "dx", "dy", "fontSize", "gridDash", "gridWidth", "height", "labelFontSize",
    "labelLimit", "labelLineHeight", "labelOffset", "labelPadding", "limit", "lineHeight", "offset", "strokeDash",
    "strokeWidth", "subtitleFontSize", "subtitleLineHeight", "subtitlePadding", "thickness", "tickSize", "tickWidth",
    "titleFontSize", "titlePadding", "width", "xOffset", "yOffset",
}  # fmt: skip
Parts = dict[str, Any]
P = ParamSpec("P")


def in_every_mode(chart: Callable[P, alt.LayerChart]) -> Callable[P, alt.LayerChart]:
    """A chart function that knows the mode `projector` too; `width` stays the whole picture's, in pixels."""

    @wraps(chart)
    def drawn(*args: P.args, **how: P.kwargs) -> alt.LayerChart:
        if how.get("mode") != "projector":
            return chart(*args, **how)
        width = how.get("width", (chart.__kwdefaults__ or {}).get("width"))
        if isinstance(width, int):
            how["width"] = int(width / PROJECTOR)
        return enlarged(chart(*args, **how), PROJECTOR)

    return drawn


def enlarged(chart: alt.LayerChart, times: float) -> alt.LayerChart:
    """The chart with letters, places, marks and plot `times` as large; what is placed by a scale follows the plot."""
    found: Parts = {}
    spec = chart.to_dict(validate=False, context={"top_level": False, "datasets": found})
    config = _lengths(spec["config"], times)
    config["axis"] = {"labelLimit": ROOM * times, **config["axis"]}
    return alt.LayerChart(
        layer=[_layer(each, found[each["data"]["name"]], times) for each in spec["layer"]],
        width=round(spec["width"] * times),
        height=round(spec["height"] * times),
        title=alt.TitleParams(**_lengths(spec["title"], times)),
        description=spec["description"],
        padding={side: round(pixels * times) for side, pixels in spec["padding"].items()},
        config=config,
    )


def _lengths(part: Parts, times: float) -> Parts:
    """The part with each length in it, at any depth, enlarged."""
    return {name: _length(name, value, times) for name, value in part.items()}


def _length(name: str, value: Any, times: float) -> Any:
    if isinstance(value, dict):
        return _lengths(value, times)
    if name not in LENGTHS:
        return value
    if isinstance(value, list):
        return [each * times for each in value]
    return value * times if isinstance(value, int | float) else value


def _layer(layer: Parts, rows: list[Parts], times: float) -> alt.Chart:
    mark = dict(layer["mark"])
    encoding = {channel: dict(how) for channel, how in layer["encoding"].items() if isinstance(how, dict)}
    factors = _factors(encoding, mark["type"], times)
    for how in encoding.values():
        if how.get("axis"):
            how["axis"] = _lengths(how["axis"], times)
    if "size" in mark:
        mark["size"] *= times**2 if mark["type"] == "point" else times
    values = [{name: _times(value, factors.get(name)) for name, value in row.items()} for row in rows]
    lists = {channel: how for channel, how in layer["encoding"].items() if channel not in encoding}
    seen = alt.FacetedEncoding(**encoding, **lists)
    return alt.Chart({"values": values}, mark=alt.MarkDef(**_lengths(mark, times)), encoding=seen)


def _times(value: Any, factor: float | None) -> Any:
    return value * factor if factor and value is not None else value


def _factors(encoding: Mapping[str, Parts], mark: str, times: float) -> dict[str, float]:
    """By field: how much is taken of it, where a channel reads it as pixels (`scale` is None); areas grow twice."""
    found = {}
    for channel, how in encoding.items():
        scale = encoding.get(channel.removesuffix("2"), how).get("scale", "its own")
        if scale is None and channel in ("x", "y", "x2", "y2", "size", "strokeWidth"):
            found[how["field"]] = times**2 if channel == "size" and mark == "point" else times
    return found
