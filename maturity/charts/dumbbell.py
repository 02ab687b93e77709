"""How far to go: where each place stands, where it wants to be, and the range around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from maturity.words.messages import shown_score

from .drawing import MARGIN, Label, Symbol, between, finished, labels, marks, nothing_to_show, records
from .key import Key, key, key_lines, swatch
from .lettering import text_width, wrapped
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, SECONDARY, Mode, palette

ROW, NARROW_ROW = 50, 66
CLOSE = 26
"""Numbers of marks nearer than this many pixels would overlap: they are then written side by side."""


@in_every_mode
def dumbbell_chart(
    frame: pd.DataFrame,
    *,
    levels: Sequence[str],
    mode: Mode,
    texts: ChartTexts,
    now_words: str = "Now",
    target_words: str = "Target",
    range_words: str = "Range across departments",
    gap_words: str = "Gap",
    width: int = 960,
    narrow: bool = False,
) -> alt.LayerChart:
    """Current score -> target per place, rows in the given order.

    `frame`: place, score, target, lowest, highest, all in levels, NaN where there is none; optionally `organisation`,
    a second
    score that is drawn as a tick, and `words`, what stands at the row's end under `gap_words` in place of the gap.
    `levels` names the levels, lowest first. `width` is the whole picture's, in pixels.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    rows = [_row(place, record) for place, record in enumerate(records(frame))]
    gutter = 8.0 if narrow else min(max(text_width(row["place"], BODY) for row in rows) + 24, 260)
    side = 18 if narrow else text_width(levels[-1]) / 2 + 12
    plot = max(220, width - 2 * MARGIN - gutter - side - 56)
    row = NARROW_ROW if narrow else ROW
    x = level_scale(levels, plot, narrow)
    lift = 0.14 if narrow else 0.0
    y = alt.Y("row:Q", scale=between(len(rows) - 0.5 - lift, -0.5 - lift), axis=None)
    named = (now_words, target_words)
    layers = [*_marks(rows, x, y, named, mode), *_numbers(rows, x, y, CLOSE * (len(levels) - 1) / plot, narrow, mode)]
    layers += labels([*place_names(rows, gutter, narrow, mode), *_gaps(rows, plot + side, row, lift, gap_words, mode)])
    layers += _key(rows, (now_words, target_words, range_words), plot, -gutter if narrow else 0.0, mode, narrow)
    return finished(layers, plot=plot, height=row * len(rows), width=width, mode=mode, texts=texts)


def _row(place: int, record: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"row": place, "place": str(record["place"])}
    for name in ("score", "target", "lowest", "highest", "organisation"):
        value = float(record.get(name, math.nan))
        row[name] = None if math.isnan(value) else round(value, 4)
    score, target = row["score"], row["target"]
    row["gap"] = str(record["words"]) if "words" in record else _gap_words(score, target)
    row["score_words"] = None if score is None else shown_score(score)
    row["target_words"] = None if target is None else shown_score(target)
    return row


def _gap_words(score: float | None, target: float | None) -> str:
    if score is None:
        return "no score"
    if target is None:
        return "no target"
    return f"+{target - score:.1f}" if round(target - score, 1) > 0 else "met"


def level_scale(levels: Sequence[str], plot: float, narrow: bool) -> alt.X:
    """The horizontal scale of levels, with their names where there is room."""
    names = [[str(place), "" if narrow else name] for place, name in enumerate(levels, start=1)]
    roomy = plot / max(1, len(levels) - 1) > max(text_width(name) for name in levels) + 8
    axis = alt.Axis(
        values=list(range(1, len(levels) + 1)),
        orient="top",
        title=None,
        grid=True,
        labelLineHeight=15,
        labelPadding=22 if roomy and not narrow else 6,
        labelFlush=False,
        labelExpr=f"{names}[datum.value - 1]" if roomy and not narrow else "datum.value",
    )
    return alt.X("score:Q", scale=between(1, len(levels)), axis=axis)


def _with(rows: list[dict[str, Any]], *fields: str) -> list[dict[str, Any]]:
    return [row for row in rows if all(row[field] is not None for field in fields)]


def _marks(rows: list[dict[str, Any]], x: alt.X, y: alt.Y, named: tuple[str, str], mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    tooltip = [alt.Tooltip("place:N", title="Place")]
    titles = {"score": named[0], "target": named[1], "lowest": "Lowest", "highest": "Highest"}
    tooltip += [alt.Tooltip(f"{name}:Q", title=title, format=".1f") for name, title in titles.items()]

    def at(field: str, which: list[dict[str, Any]]) -> alt.Chart:
        return marks(which).encode(x=same_scale(x, field), y=y)

    ranged, both = _with(rows, "lowest", "highest"), _with(rows, "score", "target")
    layers = [
        at("lowest", ranged)
        .mark_bar(height=16, color=colours.surface_strong, cornerRadius=8)
        .encode(x2=alt.X2("highest:Q")),
        at("score", both).mark_rule(strokeWidth=4, color=colours.target).encode(x2=alt.X2("target:Q")),
        at("organisation", _with(rows, "organisation")).mark_tick(
            orient="vertical", size=24, thickness=3, color=colours.ink_soft, opacity=1
        ),
        at("target", _with(rows, "target")).mark_point(
            filled=True,
            shape="diamond",
            size=270,
            fill=colours.background,
            stroke=colours.target,
            strokeWidth=3,
            opacity=1,
        ),
        at("score", _with(rows, "score")).mark_point(filled=True, size=230, color=colours.accent, opacity=1),
    ]
    return [
        layers[0],
        layers[1],
        *([layers[2]] if _with(rows, "organisation") else []),
        layers[3],
        layers[4].encode(tooltip=tooltip),
    ]


def same_scale(x: alt.X, field: str) -> alt.X:
    """The one horizontal scale for another field: layers that share an axis must not differ in it."""
    other = x.copy(deep=False)
    other["shorthand"] = f"{field}:Q"
    return other


def _numbers(rows: list[dict[str, Any]], x: alt.X, y: alt.Y, close: float, narrow: bool, mode: Mode) -> list[alt.Chart]:
    """Score and target as figures above their marks (below them on a phone, where the name stands above)."""
    colours, layers = palette(mode), []
    for field, other, colour in (("score", "target", colours.accent), ("target", "score", colours.target)):
        for side in (-1, 0, 1):
            which = [row for row in _with(rows, field) if _side(row[field], row[other], close) == side]
            if which:
                text = marks(which).mark_text(
                    dx=13 * side, dy=19 if narrow else -17, fontSize=SECONDARY, fontWeight=600, color=colour
                )
                layers.append(text.encode(x=same_scale(x, field), y=y, text=alt.Text(f"{field}_words:N")))
    return layers


def _side(value: float, other: float | None, close: float) -> int:
    """Where a figure moves to make room for its neighbour: -1 left, 1 right, 0 stays."""
    if other is None or abs(value - other) >= close or value == other:
        return 0
    return -1 if value < other else 1


def place_names(rows: list[dict[str, Any]], gutter: float, narrow: bool, mode: Mode) -> list[Label]:
    """The names of the rows (`row`, `place`): left of the plot, or above each row on a phone."""
    colours, parts = palette(mode), []
    if narrow:
        return [
            Label(
                x=-gutter,
                y=row["row"] * NARROW_ROW + 14,
                text=row["place"],
                colour=colours.ink,
                weight=600,
                halo=colours.background,
            )
            for row in rows
        ]
    for row in rows:
        lines = wrapped(row["place"], gutter - 22, BODY)
        for place, line in enumerate(lines):
            y = (row["row"] + 0.5) * ROW + 15 * (place - (len(lines) - 1) / 2)
            parts.append(Label(x=-18, y=y, text=line, colour=colours.ink, size=BODY, align="right"))
    return parts


def _gaps(rows: list[dict[str, Any]], x: float, row_height: int, lift: float, heading: str, mode: Mode) -> list[Label]:
    colours = palette(mode)
    parts = [Label(x=x, y=-14, text=heading, colour=colours.ink_soft, weight=600)]
    for row in rows:
        number = row["gap"].startswith(("+", "\u2212"))
        parts.append(
            Label(
                x=x,
                y=(row["row"] + 0.5 + lift) * row_height,
                text=row["gap"],
                colour=colours.ink if number else colours.ink_soft,
                size=14 if number else SECONDARY,
                weight=700 if number else 400,
            )
        )
    return parts


def _key(
    rows: list[dict[str, Any]], words: tuple[str, str, str], plot: float, left: float, mode: Mode, narrow: bool
) -> list[alt.Chart]:
    colours = palette(mode)
    entries = [
        Key(swatch=Symbol(x=0, y=0, shape="circle", area=160, fill=colours.accent), words=words[0]),
        Key(
            swatch=Symbol(
                x=0, y=0, shape="diamond", area=170, fill=colours.background, outline=colours.target, thickness=3
            ),
            words=words[1],
        ),
    ]
    if _with(rows, "lowest", "highest"):
        entries.append(Key(swatch=swatch(fill=colours.surface_strong, height=14), words=words[2]))
    if _with(rows, "organisation"):
        entries.append(
            Key(
                swatch=Symbol(x=0, y=0, shape="M-0.08,-0.7H0.08V0.7H-0.08Z", area=900, fill=colours.ink_soft),
                words="Organisation",
            )
        )
    lines = key_lines(entries, plot - left)
    return key(
        entries, x=left, y=-(38 if narrow else 56) - 22 * (len(lines) - 1), width=plot - left, colour=colours.ink_soft
    )
