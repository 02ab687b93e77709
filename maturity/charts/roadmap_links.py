"""Dependency arrows: right-angled lines from the end of one bar to the start of another, routed between the rows."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from .drawing import at_x, at_y, marks
from .roadmap_layout import Bar, Layout
from .theme import Mode, palette

MOST_ARROWS = 60
"""With more arrows than this only those of the critical path are drawn."""

STEP = 7.0


def chosen(links: pd.DataFrame, layout: Layout) -> list[tuple[Bar, Bar]]:
    """The links whose two ends are on the picture; only critical ones where they are too many, or on a phone."""
    by_id = {bar.id: bar for bar in layout.bars}
    ends = zip(links["from_id"].astype(str), links["to_id"].astype(str), strict=True)
    pairs = [(by_id[a], by_id[b]) for a, b in ends if a in by_id and b in by_id]
    if len(pairs) > MOST_ARROWS or layout.narrow:
        return [pair for pair in pairs if _critical(pair)]
    return sorted(pairs, key=_critical)


def _critical(pair: tuple[Bar, Bar]) -> bool:
    return pair[0].critical and pair[1].critical


def arrows(links: pd.DataFrame, layout: Layout, mode: Mode) -> list[alt.Chart]:
    """Lines and heads; critical ones last, so that they lie on top where several meet."""
    colours, corners, heads = palette(mode), [], []
    for before, after in chosen(links, layout):
        critical = _critical((before, after))
        name, path = f"{before.id} > {after.id}", route(before, after, layout)
        corners += [
            {"link": name, "order": order, "x": x, "y": y, "critical": critical} for order, (x, y) in enumerate(path)
        ]
        heads.append({"link": name, "x": path[-1][0], "y": path[-1][1], "critical": critical})
    layers = []
    for critical, colour, thickness in ((False, colours.ink_faint, 1.3), (True, colours.bad, 1.7)):
        layers += _drawn(_of(corners, critical), _of(heads, critical), colour, thickness)
    return layers


def _of(rows: list[dict[str, Any]], critical: bool) -> list[dict[str, Any]]:
    return [row for row in rows if row["critical"] is critical]


def _drawn(
    corners: list[dict[str, Any]], heads: list[dict[str, Any]], colour: str, thickness: float
) -> list[alt.Chart]:
    if not corners:
        return []
    line = marks(corners).mark_line(strokeWidth=thickness, strokeJoin="round", color=colour)
    head = marks(heads).mark_point(shape="triangle-right", filled=True, size=50, opacity=1, xOffset=-4, color=colour)
    return [
        line.encode(x=at_x(), y=at_y(), detail=alt.Detail("link:N"), order=alt.Order("order:Q")),
        head.encode(x=at_x(), y=at_y()),
    ]


def route(before: Bar, after: Bar, layout: Layout) -> list[tuple[float, float]]:
    """The corners of one arrow in pixels: straight down where there is room, else along the edge of the later row."""
    x1, y1 = layout.x(before.end), before.top + layout.room
    x2, y2 = layout.x(after.start), after.top + layout.room
    neighbours = abs(before.top - after.top) <= layout.row
    if x2 - x1 >= 2 * STEP and neighbours:
        return [(x1, y1), (x2 - STEP, y1), (x2 - STEP, y2), (x2, y2)]
    edge = after.top if y2 > y1 else after.top + layout.row - 1
    if layout.narrow:
        edge = after.top + 16 if y2 > y1 else after.top + layout.row - 3
    return [(x1, y1), (x1 + STEP, y1), (x1 + STEP, edge), (x2 - STEP, edge), (x2 - STEP, y2), (x2, y2)]
