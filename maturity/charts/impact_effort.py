"""What first: what each action brings against what it takes, as numbered marks with a list of their names beside."""

from __future__ import annotations

import math
from dataclasses import dataclass

import altair as alt
import pandas as pd

from .drawing import MARGIN, Label, Symbol, between, finished, labels, marks, nothing_to_show, records, symbols
from .key import KEY_LINE, Key, key, key_lines
from .lettering import shortened, text_width
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import SMALLEST, Mode, palette, phase_colour, phase_rest

LINE, MOST_NAMED = 20, 25
AREA, RING = 190, 620
SHAPES = ("circle", "square", "triangle-up", "diamond")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """An action at its pixel of the plot."""

    rank: int
    label: str
    effort: float
    share: float
    phase: int
    quick: bool
    planned: bool
    x: float
    y: float

    @property
    def tail(self) -> str:
        """What the mark's shape and ring say, in words."""
        when = f"phase {self.phase}" if self.planned else "left out"
        return f"{when}, quick win" if self.quick else when

    def symbol(self, x: float, y: float, mode: Mode) -> Symbol:
        """The shape of its phase, filled where it is planned."""
        edge = phase_colour(mode, self.phase)
        fill = phase_rest(mode, self.phase) if self.planned else palette(mode).background
        return Symbol(x=x, y=y, shape=_shape(self.phase), area=AREA, fill=fill, outline=edge, thickness=1.8)

    def ring(self, x: float, y: float, mode: Mode) -> Symbol:
        """What goes behind a quick win's shape."""
        ink = palette(mode)
        return Symbol(x=x, y=y, shape="circle", area=RING, fill=ink.background, outline=ink.ink, thickness=1.4)


def _shape(phase: int) -> str:
    return SHAPES[(phase - 1) % len(SHAPES)]


@in_every_mode
def impact_effort_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 960, narrow: bool = False
) -> alt.LayerChart:
    """Marks numbered in the given order, the first 25 named in the list. Effort is drawn on a square-root scale, so
    that small actions stand apart.

    `frame`: label, share (of the plan's value, 0..1, drawn upward), effort_days (person-days, drawn to the right),
    phase (1 to 4, shape and colour), quick (a ring around the mark), planned (filled; hollow where it is left out).
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    names = min(len(frame), MOST_NAMED)
    side = 0.0 if narrow else min(400.0, width * 0.42)
    plot = max(240, width - 2 * MARGIN - side - 46)
    height = max(320, 0 if narrow else names * LINE + 20)
    ends = _end(frame["effort_days"].max(), 1.14), _end(frame["share"].max(), 1.1)
    rows = _marks(frame, ends, plot, height)
    entries = _entries(rows, mode)
    below = height + 66.0
    under = below + KEY_LINE * len(key_lines(entries, plot + 40)) + 14
    start = (-46.0, under, plot + 46) if narrow else (plot + 26.0, 12.0, side - 26)
    layers = [
        _axes(rows, ends, mode),
        *symbols(each for row in rows for each in _drawn(row, mode)),
        *labels(_numbers(rows, plot, height, mode)),
        *key(entries, x=-40, y=below, width=plot + 40, colour=palette(mode).ink_soft),
        *_list(rows[:names], len(rows) - names, start, mode),
    ]
    return finished(layers, plot=plot, height=height, width=width, mode=mode, texts=texts)


def _end(highest: float, room: float) -> float:
    """The end of a scale that starts at 0 and leaves room for the marks."""
    return max(float(highest), 1e-9) * room


def _marks(frame: pd.DataFrame, ends: tuple[float, float], plot: float, height: float) -> list[_Mark]:
    found = []
    for rank, record in enumerate(records(frame), start=1):
        effort, share = float(record["effort_days"]), float(record["share"])
        found.append(
            _Mark(
                rank=rank,
                label=str(record["label"]),
                effort=effort,
                share=share,
                phase=int(record["phase"]),
                quick=bool(record["quick"]),
                planned=bool(record["planned"]),
                x=math.sqrt(effort / ends[0]) * plot,
                y=height * (1 - share / ends[1]),
            )
        )
    return found


def _drawn(row: _Mark, mode: Mode) -> list[Symbol]:
    shape = row.symbol(row.x, row.y, mode)
    return [row.ring(row.x, row.y, mode), shape] if row.quick else [shape]


def _axes(rows: list[_Mark], ends: tuple[float, float], mode: Mode) -> alt.Chart:
    """The axes, with marks that cannot be seen to say what is under the pointer."""
    right = alt.Axis(title="Effort, in person-days", tickCount=6, grid=True)
    up = alt.Axis(title="Share of the plan's value", tickCount=5, grid=True, format=".0%")
    x = alt.X("effort:Q", scale=between(0, ends[0], type="sqrt"), axis=right)
    y = alt.Y("share:Q", scale=between(0, ends[1]), axis=up)
    tooltip = [
        alt.Tooltip("label:N", title="Action"),
        alt.Tooltip("share:Q", title="Share of the plan's value", format=".1%"),
        alt.Tooltip("effort:Q", title="Person-days", format=",.0f"),
        alt.Tooltip("said:N", title="When"),
    ]
    rows_of = [{"label": each.label, "effort": each.effort, "share": each.share, "said": each.tail} for each in rows]
    layer: alt.Chart = marks(rows_of).mark_point(filled=True, opacity=0, size=RING).encode(x=x, y=y, tooltip=tooltip)
    return layer


def _numbers(rows: list[_Mark], plot: float, height: float, mode: Mode) -> list[Label]:
    """Each mark's number at the nearest free place around it."""
    found: list[Label] = []
    taken = [(row.x, row.y) for row in rows]
    for row in rows:
        reach = 24.0 if row.quick else 18.0
        around = [(reach * math.cos(a), -reach * math.sin(a)) for a in (math.tau * turn / 8 for turn in range(8))]
        spots = [(row.x + dx, row.y + dy) for dx, dy in around if 4 < row.x + dx < plot - 4 and row.y + dy < height]
        x, y = next(
            (spot for spot in spots if all(abs(spot[0] - a) > 15 or abs(spot[1] - b) > 13 for a, b in taken)), spots[0]
        )
        taken.append((x, y))
        ink = palette(mode)
        found.append(
            Label(x=x, y=y, text=str(row.rank), colour=ink.ink, weight=700, align="center", halo=ink.background)
        )
    return found


def _entries(rows: list[_Mark], mode: Mode) -> list[Key]:
    """What the shapes, the ring and the hollow marks stand for, as far as they are there."""
    found = []
    for phase in sorted({row.phase for row in rows}):
        one = next(row for row in rows if row.phase == phase)
        found.append(Key(swatch=one.symbol(0, 0, mode), words=f"phase {phase}"))
    quick = next((row for row in rows if row.quick), None)
    if quick:
        found.append(Key(swatch=quick.ring(0, 0, mode), words="ring: quick win"))
    if any(not row.planned for row in rows):
        found.append(Key(swatch=next(r for r in rows if not r.planned).symbol(0, 0, mode), words="hollow: left out"))
    return found


def _list(rows: list[_Mark], hidden: int, start: tuple[float, float, float], mode: Mode) -> list[alt.Chart]:
    colours, (left, top, room) = palette(mode), start
    shapes, words = [], []
    for place, row in enumerate(rows):
        y = top + place * LINE
        shapes.append(row.symbol(left + 7, y, mode))
        space = room - 46 - text_width(row.tail, SMALLEST) - 12
        words.append(Label(x=left + 36, y=y, text=str(row.rank), colour=colours.ink, weight=700, align="right"))
        words.append(Label(x=left + 44, y=y, text=shortened(row.label, space), colour=colours.ink))
        words.append(Label(x=left + room, y=y, text=row.tail, colour=colours.ink_soft, size=SMALLEST, align="right"))
    if hidden:
        more = f"{hidden} more in the table"
        words.append(Label(x=left + 44, y=top + len(rows) * LINE, text=more, colour=colours.ink_soft, italic=True))
    return [*symbols(shapes), *labels(words)]
