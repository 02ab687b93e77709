"""Did we move: one line a place over the rounds, grey but for the two that moved most, names at the line's end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from maturity.words.messages import shown_score, signed

from .drawing import MARGIN, Label, between, finished, labels, marks, nothing_to_show, own_colour
from .lettering import shortened, spread, text_width, wrapped
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, Mode, palette

MOVERS = 2
OTHERWISE = "asked otherwise"
"""What stands in place of a change where the round before had other questions."""


@in_every_mode
def trend_chart(
    frame: pd.DataFrame,
    *,
    levels: Sequence[str],
    mode: Mode,
    texts: ChartTexts,
    width: int = 820,
    narrow: bool = False,
) -> alt.LayerChart:
    """Scores over rounds: a slope for two rounds, lines for more; names and changes stand at the right.

    `frame`: place, round (its name), round_order (number), score in levels (NaN leaves a gap), optionally run: where
    it rises along a place, scores before and after cannot be compared. The line is dashed there, and the change is
    that of the last run alone.
    """
    known = frame.dropna(subset=["score"]) if not frame.empty else frame
    if known.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    known = known if "run" in known else known.assign(run=0)
    rounds = list(known.sort_values("round_order")["round"].drop_duplicates())
    lines = _lines(known, rounds, mode)
    low, high = _reach(known, len(levels))
    left = 40.0 if narrow or len(rounds) != 2 else 64.0
    right = min(
        max(text_width(f"{line['place']} {line['figures']}", bold=line["mover"]) for line in lines) + 26,
        160 if narrow else 280,
    )
    plot = max(120, width - 2 * MARGIN - left - right)
    height = max(240, 19 * len(lines) + 20)
    layers = [*_drawn(lines, rounds, low, high, mode), *_ends(lines, plot, right, height, low, high, mode)]
    layers += labels(_heads(rounds, plot, narrow, mode))
    return finished(layers, plot=plot, height=height, width=width, mode=mode, texts=texts)


def _lines(known: pd.DataFrame, rounds: list[str], mode: Mode) -> list[dict[str, Any]]:
    colours = palette(mode)
    lines = []
    for place, group in known.groupby("place", sort=False):
        points = [
            {"place": str(place), "round": r, "step": rounds.index(r), "score": float(s), "run": int(run)}
            for r, s, run in zip(group["round"], group["score"], group["run"], strict=True)
        ]
        points.sort(key=lambda point: point["step"])
        alike = [point for point in points if point["run"] == points[-1]["run"]]
        change = round(alike[-1]["score"] - alike[0]["score"], 1)
        figures = shown_score(points[-1]["score"])
        if len(points) > 1:
            figures += f" ({signed(change)})" if len(alike) > 1 else f" ({OTHERWISE})"
        lines.append(
            {
                "place": str(place),
                "points": points,
                "change": change,
                "figures": figures,
                "mover": False,
                "colour": colours.ghost,
            }
        )
    moved = sorted((line for line in lines if line["change"]), key=lambda line: -abs(line["change"]))[:MOVERS]
    for line, colour in zip(moved, (colours.accent, colours.target), strict=False):
        line["mover"], line["colour"] = True, colour
    return lines


def _reach(known: pd.DataFrame, count: int) -> tuple[int, int]:
    """Whole levels around the scores, at least two of them apart."""
    low, high = math.floor(known["score"].min()), math.ceil(known["score"].max())
    low = max(1, min(low, high - 2))
    return low, min(count, max(high, low + 2))


def _drawn(lines: list[dict[str, Any]], rounds: list[str], low: int, high: int, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    x = alt.X("step:Q", scale=between(0, max(1, len(rounds) - 1)), axis=None)
    axis = alt.Axis(values=list(range(low, high + 1)), format="d", title=None, grid=True)
    y = alt.Y("score:Q", scale=between(low, high), axis=axis)
    tooltip = [
        alt.Tooltip("place:N", title="Place"),
        alt.Tooltip("round:N", title="Round"),
        alt.Tooltip("score:Q", title="Score", format=".1f"),
    ]
    layers = []
    for movers in (False, True):
        points = [
            dict(point, colour=line["colour"]) for line in lines if line["mover"] is movers for point in line["points"]
        ]
        if points:
            base = marks(points).encode(x=x, y=y, color=own_colour("colour"))
            layers.append(
                base.mark_line(strokeWidth=3 if movers else 1.6).encode(
                    detail=[alt.Detail("place:N"), alt.Detail("run:N")], order=alt.Order("step:Q")
                )
            )
            if across := _across(lines, movers):
                dashed = marks(across).mark_line(strokeWidth=1.6, strokeDash=[3, 4])
                layers.append(
                    dashed.encode(
                        x=x, y=y, color=own_colour("colour"), detail=alt.Detail("part:N"), order=alt.Order("step:Q")
                    )
                )
            dots: dict[str, Any] = {"stroke": colours.background, "strokeWidth": 1.5, "filled": True, "opacity": 1}
            layers.append(base.mark_point(size=110 if movers else 60, **dots).encode(tooltip=tooltip))
    return layers


def _across(lines: list[dict[str, Any]], movers: bool) -> list[dict[str, Any]]:
    """Both ends of each stretch over which scores cannot be compared."""
    rows = []
    for line in (line for line in lines if line["mover"] is movers):
        for first, then in pairwise(line["points"]):
            if first["run"] != then["run"]:
                part = f"{line['place']} {then['step']}"
                rows += [{**point, "part": part, "colour": line["colour"]} for point in (first, then)]
    return rows


def _ends(
    lines: list[dict[str, Any]], plot: float, right: float, height: float, low: int, high: int, mode: Mode
) -> list[alt.Chart]:
    """Names at the right edge, moved apart where they would overlap, each tied to its line's last point."""
    colours = palette(mode)
    wanted = [height * (high - line["points"][-1]["score"]) / (high - low) for line in lines]
    placed = spread(wanted, 17, 4, height - 4)
    ties, words = [], []
    for line, y, middle in zip(lines, wanted, placed, strict=True):
        ink = line["colour"] if line["mover"] else colours.ink_soft
        room = right - 24 - text_width(line["figures"], bold=line["mover"]) - 4
        text = f"{shortened(line['place'], room, bold=line['mover'])} {line['figures']}"
        words.append(Label(x=plot + 22, y=middle, text=text, colour=ink, weight=700 if line["mover"] else 400))
        ties.append({"x": plot + 7, "y": y, "x2": plot + 19, "y2": middle, "colour": line["colour"]})
    x, y_pixel = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    tie = (
        marks(ties)
        .mark_rule(strokeWidth=1)
        .encode(x=x, x2=alt.X2("x2:Q"), y=y_pixel, y2=alt.Y2("y2:Q"), color=own_colour("colour"))
    )
    return [tie, *labels(words)]


def _heads(rounds: list[str], plot: float, narrow: bool, mode: Mode) -> list[Label]:
    """Names of the rounds above the plot, in up to two lines; some are left out where even those would touch."""
    room, colour = plot / max(1, len(rounds) - 1), palette(mode).ink
    widest = max(text_width(word, BODY, bold=True) for name in rounds for word in name.split())
    every = max(1, math.ceil((widest + 8) / room)) if len(rounds) > 2 else 1
    parts = []
    for step, name in enumerate(rounds):
        if (len(rounds) - 1 - step) % every == 0:
            last = step == len(rounds) - 1
            align = "left" if step == 0 and not last else "right" if last and narrow else "center"
            lines = wrapped(name, max(room * every / (2 if len(rounds) == 2 else 1) - 8, widest), BODY, bold=True)
            for row, line in enumerate(lines):
                y = -16 - 16 * (len(lines) - 1 - row)
                parts.append(Label(x=step * room, y=y, text=line, colour=colour, size=BODY, weight=600, align=align))
    return parts
