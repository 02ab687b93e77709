"""Where people in different roles see a place: one mark for each role, topic by topic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from maturity.words.messages import shown_score

from .drawing import MARGIN, Label, Symbol, between, finished, labels, marks, nothing_to_show, records
from .dumbbell import NARROW_ROW, ROW, level_scale, place_names, same_scale
from .key import Key, key, key_lines
from .lettering import text_width
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, SECONDARY, Mode, palette

LANE = 11
"""Pixels between two roles of a topic: equal scores stand below each other, not on each other."""
SHAPES = ("circle", "square", "triangle-up", "diamond")
TICK = "M-0.08,-0.7H0.08V0.7H-0.08Z"


@in_every_mode
def role_dots_chart(
    frame: pd.DataFrame,
    *,
    roles: Sequence[str],
    levels: Sequence[str],
    mode: Mode,
    texts: ChartTexts,
    width: int = 960,
    narrow: bool = False,
) -> alt.LayerChart:
    """A mark per role and topic, each role with a shape of its own, and a tick for all together.

    `frame`: place, together, and a column for each of `roles` (at most four), all in levels, NaN where there is none.
    `levels` names the levels, lowest first. `width` is the whole picture's, in pixels."""
    if frame.empty or not roles:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    rows = [_row(place, record, roles) for place, record in enumerate(records(frame))]
    gutter = 8.0 if narrow else min(max(text_width(row["place"], BODY) for row in rows) + 24, 260)
    side = 18 if narrow else text_width(levels[-1]) / 2 + 12
    plot = max(220, width - 2 * MARGIN - gutter - side - 56)
    height, lift = (NARROW_ROW, 0.14) if narrow else (ROW, 0.0)
    x, scale = level_scale(levels, plot, narrow), between(len(rows) - 0.5 - lift, -0.5 - lift)
    layers = _marks(rows, roles, x, scale, LANE / height, mode)
    layers += labels([*place_names(rows, gutter, narrow, mode), *_apart(rows, plot + side, height, lift, mode)])
    layers += _key(roles, plot, -gutter if narrow else 0.0, mode, narrow)
    return finished(layers, plot=plot, height=height * len(rows), width=width, mode=mode, texts=texts)


def _row(place: int, record: dict[str, Any], roles: Sequence[str]) -> dict[str, Any]:
    scores = [_known(record[role]) for role in roles]
    known = [score for score in scores if score is not None]
    return {
        "row": place,
        "place": str(record["place"]),
        "scores": scores,
        "together": _known(record["together"]),
        "lowest": min(known, default=None),
        "highest": max(known, default=None),
        "apart": f"{max(known) - min(known):.1f}" if len(known) > 1 else "–",
    }


def _known(value: Any) -> float | None:
    return None if math.isnan(float(value)) else round(float(value), 4)


def _marks(
    rows: list[dict[str, Any]], roles: Sequence[str], x: alt.X, scale: alt.Scale, lane: float, mode: Mode
) -> list[alt.Chart]:
    colours, y = palette(mode), alt.Y("lane:Q", scale=scale, axis=None)
    spread = [
        {"lane": row["row"], "lowest": row["lowest"], "highest": row["highest"]}
        for row in rows
        if row["lowest"] is not None
    ]
    together = [{"lane": row["row"], "score": row["together"]} for row in rows if row["together"] is not None]
    layers = []
    if spread:
        bars = marks(spread).encode(x=same_scale(x, "lowest"), x2=alt.X2("highest:Q"), y=y)
        layers.append(bars.mark_bar(height=16, color=colours.surface_strong, cornerRadius=8))
    if together:
        ticks = marks(together).mark_tick(orient="vertical", size=30, thickness=3, color=colours.ink_soft, opacity=1)
        layers.append(ticks.encode(x=x, y=y))
    tooltip = [
        alt.Tooltip("place:N", title="Topic"),
        alt.Tooltip("role:N", title="Role"),
        alt.Tooltip("words:N", title="Score"),
    ]
    for number, role in enumerate(roles):
        of_role = [
            {
                "lane": round(row["row"] + (number - (len(roles) - 1) / 2) * lane, 3),
                "place": row["place"],
                "role": role,
                "score": row["scores"][number],
                "words": shown_score(row["scores"][number]),
            }
            for row in rows
            if row["scores"][number] is not None
        ]
        if of_role:
            points = marks(of_role).mark_point(
                filled=True, shape=SHAPES[number], size=100, color=_colours(mode)[number], opacity=1
            )
            layers.append(points.encode(x=x, y=y, tooltip=tooltip))
    return layers


def _colours(mode: Mode) -> tuple[str, ...]:
    """Told apart by shape first; colours help those who see them."""
    colours = palette(mode)
    return (colours.accent, colours.phase[1], colours.target, colours.phase[3])


def _apart(rows: list[dict[str, Any]], x: float, height: int, lift: float, mode: Mode) -> list[Label]:
    colours = palette(mode)
    parts = [Label(x=x, y=-14, text="Apart", colour=colours.ink_soft, weight=600)]
    for row in rows:
        at = (row["row"] + 0.5 + lift) * height
        parts.append(Label(x=x, y=at, text=row["apart"], colour=colours.ink, size=SECONDARY, weight=600))
    return parts


def _key(roles: Sequence[str], plot: float, left: float, mode: Mode, narrow: bool) -> list[alt.Chart]:
    colours = palette(mode)
    entries = [
        Key(swatch=Symbol(x=0, y=0, shape=shape, area=130, fill=colour), words=role)
        for role, shape, colour in zip(roles, SHAPES, _colours(mode), strict=False)
    ]
    entries.append(Key(swatch=Symbol(x=0, y=0, shape=TICK, area=900, fill=colours.ink_soft), words="All together"))
    lines = key_lines(entries, plot - left)
    y = -(38 if narrow else 56) - 22 * (len(lines) - 1)
    return key(entries, x=left, y=y, width=plot - left, colour=colours.ink_soft)
