"""The top of the timeline: phase bands with their names, milestones that do not overlap, and the line of today."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from .drawing import Label, Symbol, at_x, at_y, marks, own_colour, records
from .lettering import shortened, text_width, wrapped
from .roadmap_layout import DAY, Layout
from .theme import SECONDARY, Mode, palette, phase_colour, phase_tint

CAP, PHASE_LINE, MILESTONE_LINE, MOST_MILESTONE_LINES = 4, 15, 19, 8


def top_labels(
    phases: pd.DataFrame, milestones: pd.DataFrame, today: date, layout: Layout, mode: Mode, day_word: str = "Today"
) -> tuple[list[Label | Symbol], float]:
    """Everything written above the rows, and how high that is in pixels."""
    names = [_phase_lines(place, record, layout) for place, record in enumerate(records(phases), start=1)]
    deepest = max([len(lines) for _, lines in names] + [0])
    rows = _milestone_lines(milestones, layout)
    header = 8 + CAP + deepest * PHASE_LINE + len(rows) * MILESTONE_LINE + 8.0
    parts: list[Label | Symbol] = []
    for place, (x, words) in enumerate(names, start=1):
        for row, line in enumerate(words):
            y = -header + CAP + 12 + row * PHASE_LINE
            parts.append(
                Label(x=x, y=y, text=line, colour=phase_colour(mode, place), weight=700, halo=phase_tint(mode, place))
            )
    for row, milestones_of_row in enumerate(rows):
        y = -8 - MILESTONE_LINE * (len(rows) - row - 0.5) + 4
        for x, name, align in milestones_of_row:
            tint = _tint_at(x + (24 if align == "left" else -24), phases, layout, mode)
            parts += _milestone(x, y, name, align, tint, mode)
    return [*parts, *_today_label(today, header, layout, mode, day_word)], header


def _phase_lines(place: int, record: dict[str, Any], layout: Layout) -> tuple[float, list[str]]:
    start, end = layout.x(pd.Timestamp(str(record["start"]))), layout.x(pd.Timestamp(str(record["finish"])) + DAY)
    lines = wrapped(f"{place} {record['name']}", end - start - 12, SECONDARY, bold=True)
    if any("…" in line for line in lines):  # too narrow for the name: its first word, or what fits of that
        lines = [shortened(f"{place} {str(record['name']).split()[0]}", end - start - 6)]
    return start + 7, lines


def _milestone_lines(milestones: pd.DataFrame, layout: Layout) -> list[list[tuple[float, str, str]]]:
    """Milestones on as few lines as keep their names apart; a name near the right end is written before its mark."""
    lines: list[list[tuple[float, str, str]]] = []
    taken: list[float] = []
    for record in records(milestones.sort_values("on", kind="stable")) if not milestones.empty else []:
        x = layout.x(pd.Timestamp(str(record["on"])))
        if not 0 <= x <= layout.plot:
            continue
        words = shortened(str(record["name"]), 170)
        length = text_width(words) + 20
        before = x + length > layout.plot
        low, high = (x - length, x + 8) if before else (x - 8, x + length)
        line = next((place for place, end in enumerate(taken) if end < low), len(lines))
        if line == len(lines) and line < MOST_MILESTONE_LINES:
            lines.append([])
            taken.append(0.0)
        if line < len(lines):
            lines[line].append((x, words, "right" if before else "left"))
            taken[line] = high
    return lines


def _milestone(x: float, y: float, words: str, align: str, tint: str, mode: Mode) -> list[Label | Symbol]:
    ink, side = palette(mode).ink, 10 if align == "left" else -10
    return [
        Symbol(x=x, y=y, shape="diamond", area=110, fill=ink),
        Label(x=x + side, y=y, text=words, colour=ink, align=align, halo=tint),
    ]


def _tint_at(x: float, phases: pd.DataFrame, layout: Layout, mode: Mode) -> str:
    for place, start, finish in zip(range(1, len(phases) + 1), phases["start"], phases["finish"], strict=True):
        if layout.x(pd.Timestamp(start)) <= x < layout.x(pd.Timestamp(finish) + DAY):
            return phase_tint(mode, place)
    return palette(mode).background


def _today_label(today: date, header: float, layout: Layout, mode: Mode, day_word: str) -> list[Label | Symbol]:
    x = layout.x(pd.Timestamp(today))
    if not 0 <= x <= layout.plot:
        return []
    words = f"{day_word} {today.day} {today:%b %Y}"
    half = text_width(words, bold=True) / 2
    return [
        Label(
            x=min(max(x, half - layout.left), layout.plot - half),
            y=-header - 12,
            text=words,
            colour=palette(mode).bad,
            weight=700,
            align="center",
        )
    ]


def today_line(today: date, layout: Layout, header: float, mode: Mode) -> list[alt.Chart]:
    """A dashed line from the header to the last row, where today is inside the timeline."""
    x = layout.x(pd.Timestamp(today))
    if not 0 <= x <= layout.plot:
        return []
    line = marks([{"x": x, "y": -header, "y2": layout.height}]).mark_rule(
        color=palette(mode).bad, strokeWidth=1.6, strokeDash=[5, 3]
    )
    return [line.encode(x=at_x(), y=at_y(), y2=alt.Y2("y2:Q"))]


def phase_bands(phases: pd.DataFrame, layout: Layout, x: alt.X, header: float, mode: Mode) -> list[alt.Chart]:
    """A quiet ground per phase with a strong cap, from above the milestones to the last row (on a phone only to the
    first).
    """
    rows = [
        {
            "phase": str(record["name"]),
            "start": pd.Timestamp(record["start"]).isoformat(),
            "end": (pd.Timestamp(record["finish"]) + DAY).isoformat(),
            "top": -header,
            "cap": -header + CAP,
            "bottom": 0.0 if layout.narrow else layout.height,
            "tint": phase_tint(mode, place),
            "ink": phase_colour(mode, place),
        }
        for place, record in enumerate(records(phases), start=1)
    ]
    if not rows:
        return []
    base = marks(rows).mark_rect(opacity=1).encode(x=x, x2=alt.X2("end:T"), y=at_y("top"))
    return [
        base.encode(y2=alt.Y2("bottom:Q"), color=own_colour("tint")),
        base.encode(y2=alt.Y2("cap:Q"), color=own_colour("ink")),
    ]
