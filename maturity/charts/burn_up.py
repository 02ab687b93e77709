"""Are we delivering: per phase what is in scope, what was planned by now and what is done."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from .drawing import MARGIN, Label, finished, labels, marks, nothing_to_show, records
from .key import Key, key, swatch
from .lettering import shortened, spread
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, SMALLEST, Mode, palette, phase_colour, phase_rest

PANEL, GAP, HEAD, ENDS = 132, 34, 46, 84


@in_every_mode
def burn_up_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 960, narrow: bool = False
) -> alt.LayerChart:
    """Small multiples, one per phase in the given order, each with its own height of scale and the same dates.

    `frame`: phase (its name), on (date), planned, done (NaN after today), scope; all three cumulative, in one unit.
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    phases = list(dict.fromkeys(frame["phase"]))
    columns = 1 if narrow else min(len(phases), 4 if width >= 1200 else 2)
    room = max(280, width - 2 * MARGIN)
    panel = (room - GAP * (columns - 1)) / columns
    dates = pd.to_datetime(frame["on"])
    first, last = dates.min(), max(dates.max(), dates.min() + pd.Timedelta(days=1))
    layers, words = [], []
    for place, phase in enumerate(phases):
        left, top = (place % columns) * (panel + GAP), (place // columns) * (HEAD + PANEL + GAP) + HEAD
        group = frame[frame["phase"] == phase].assign(on=dates).sort_values("on")
        rows = _rows(group, first, last, left, panel - ENDS, top)
        layers += _panel(rows, place + 1, mode)
        words += _panel_words(rows, str(phase), place + 1, (left, top, panel), (first, last), mode)
    height = -(-len(phases) // columns) * (HEAD + PANEL + GAP) - 10
    layers += [*labels(words), *_key(height + 14, room, mode)]
    return finished(layers, plot=room, height=height, width=width, mode=mode, texts=texts)


def _rows(
    group: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, left: float, room: float, top: float
) -> list[dict[str, Any]]:
    """The phase's figures with their pixels: 0 at the foot of the panel, the largest scope or plan at its head."""
    highest = max(float(group[["planned", "done", "scope"]].max().max()), 1.0)
    rows = []
    for record in records(group):
        row: dict[str, Any] = {"phase": str(record["phase"]), "on": record["on"].isoformat(), "foot": top + PANEL}
        row["x"] = left + room * float((record["on"] - first) / (last - first))
        for name in ("planned", "done", "scope"):
            missing = pd.isna(record[name])
            row[name] = None if missing else float(record[name])
            row[f"{name}_y"] = None if missing else top + PANEL * (1 - float(record[name]) / highest)
        rows.append(row)
    return rows


def _panel(rows: list[dict[str, Any]], phase: int, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    done = [row for row in rows if row["done"] is not None]
    x = alt.X("x:Q", scale=None, axis=None)

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}_y:Q", scale=None, axis=None)

    foot = [{"x": rows[0]["x"], "x2": rows[-1]["x"], "scope_y": rows[0]["foot"]}]
    layers = [marks(foot).mark_rule(color=colours.line).encode(x=x, x2=alt.X2("x2:Q"), y=y("scope"))]
    if done:
        layers.append(
            marks(done)
            .mark_area(color=phase_rest(mode, phase), opacity=1)
            .encode(x=x, y=y("done"), y2=alt.Y2("foot:Q"))
        )
        layers.append(marks(done).mark_line(color=phase_colour(mode, phase), strokeWidth=2.5).encode(x=x, y=y("done")))
    scope = marks(rows).mark_line(interpolate="step-after", color=colours.ink, strokeWidth=1.6)
    plan = marks([row for row in rows if row["planned"] is not None]).mark_line(
        color=colours.ink_soft, strokeDash=[5, 4], strokeWidth=1.8
    )
    tooltip = [alt.Tooltip("on:T", title="On", format="%d %b %Y")] + [
        alt.Tooltip(f"{name}:Q", title=name.capitalize()) for name in ("done", "planned", "scope")
    ]
    dots = marks(rows).mark_point(filled=True, size=120, opacity=0).encode(x=x, y=y("planned"), tooltip=tooltip)
    return [*layers, scope.encode(x=x, y=y("scope")), plan.encode(x=x, y=y("planned")), dots]


def _panel_words(
    rows: list[dict[str, Any]],
    name: str,
    phase: int,
    place: tuple[float, float, float],
    dates: tuple[pd.Timestamp, pd.Timestamp],
    mode: Mode,
) -> list[Label]:
    colours, (left, top, panel) = palette(mode), place
    done = [row for row in rows if row["done"] is not None]
    now = done[-1] if done else {"done": 0.0, "planned": rows[0]["planned"] or 0.0, "scope": rows[0]["scope"]}
    title = shortened(f"{phase} {name}", panel, BODY, bold=True)
    figures = f"{now['done']:g} of {now['scope']:g} done, {now['planned']:g} planned by then"
    parts = [
        Label(x=left, y=top - 36, text=title, colour=phase_colour(mode, phase), size=BODY, weight=700),
        Label(x=left, y=top - 18, text=shortened(figures, panel), colour=colours.ink_soft),
        Label(x=left, y=top + PANEL + 12, text=f"{dates[0]:%b %y}", colour=colours.ink_soft, size=SMALLEST),
        Label(
            x=left + panel - ENDS,
            y=top + PANEL + 12,
            text=f"{dates[1]:%b %y}",
            colour=colours.ink_soft,
            size=SMALLEST,
            align="right",
        ),
    ]
    return [*parts, *_end_words(rows, done, left + panel - ENDS + 8, top, phase, mode)]


def _end_words(
    rows: list[dict[str, Any]], done: list[dict[str, Any]], x: float, top: float, phase: int, mode: Mode
) -> list[Label]:
    """What each line is and where it ends, at the right of the panel, moved apart where two end together; done at
    its own last point.
    """
    colours = palette(mode)
    ends = [("scope", colours.ink), ("planned", colours.ink_soft)]
    ends = [(name, ink) for name, ink in ends if rows[-1][name] is not None]
    placed = spread([rows[-1][f"{name}_y"] for name, _ in ends], 15, top - 4, top + PANEL)
    parts = [
        Label(x=x, y=y, text=f"{name} {rows[-1][name]:g}", colour=ink)
        for (name, ink), y in zip(ends, placed, strict=True)
    ]
    if done:
        y, ink = min(done[-1]["done_y"], top + PANEL - 9), phase_colour(mode, phase)
        words = f"done {done[-1]['done']:g}"
        parts.append(Label(x=done[-1]["x"] + 7, y=y, text=words, colour=ink, weight=700, halo=colours.background))
    return parts


def _key(y: float, width: float, mode: Mode) -> list[alt.Chart]:
    colours = palette(mode)
    entries = [
        Key(swatch=swatch(fill=colours.ghost), words="done"),
        Key(swatch=swatch(outline=colours.ink_soft, dashed=True, height=0), words="planned"),
        Key(swatch=swatch(fill=colours.ink, height=2), words="scope: all that belongs to the phase"),
    ]
    return key(entries, x=0, y=y, width=width, colour=colours.ink_soft)
