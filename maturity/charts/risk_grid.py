"""Risks on a grid of likelihood and impact: the number of each risk stands in its cell, position carries the weight.

A cell is the darker the heavier; it says its weight too, so that nothing hangs on colour alone.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from maturity.words.risk_sentences import IMPACT, LIKELIHOOD

from .drawing import MARGIN, Label, at_x, at_y, finished, labels, marks, nothing_to_show, own_colour, records
from .lettering import text_width, wrapped
from .modes import in_every_mode
from .texts import ChartTexts
from .theme import BODY, SMALLEST, Mode, mix, palette, text_on

STEPS = (1, 2, 3, 4, 5)
ROW, NARROW_ROW = 62, 60
WIDEST = 118
GAP = 3


@in_every_mode
def risk_grid_chart(
    frame: pd.DataFrame, *, mode: Mode, texts: ChartTexts, width: int = 760, narrow: bool = False
) -> alt.LayerChart:
    """Five by five cells, likelihood upwards and impact to the right, each with the numbers of its risks.

    `frame`: number (that of the list), title, likelihood and impact (1-5).
    """
    if frame.empty:
        return nothing_to_show(width=width, mode=mode, texts=texts)
    gutter = 78 if narrow else 132
    step = min(WIDEST, (width - 2 * MARGIN - gutter) / len(STEPS))
    row = NARROW_ROW if narrow else ROW
    cells = _cells(frame, step, row, mode)
    layers = [*_grid(cells), *labels([*_numbers(cells, step, mode), *_names(step, row, gutter, narrow, mode)])]
    return finished(
        layers, plot=step * len(STEPS), height=row * len(STEPS) + 58, width=width, mode=mode, texts=texts
    )  # fmt: skip


def _cells(frame: pd.DataFrame, step: float, row: float, mode: Mode) -> list[dict[str, Any]]:
    colours = palette(mode)
    found = []
    for likelihood in STEPS:
        for impact in STEPS:
            here = [
                each for each in records(frame) if (each["likelihood"], each["impact"]) == (likelihood, impact)
            ]  # fmt: skip
            weight = likelihood * impact
            top = (len(STEPS) - likelihood) * row
            found.append(
                {
                    "x": (impact - 1) * step,
                    "x2": impact * step - GAP,
                    "y": top,
                    "y2": top + row - GAP,
                    "fill": mix(colours.surface, colours.accent, 0.1 + 0.6 * weight / 25),
                    "weight": weight,
                    "numbers": [str(each["number"]) for each in here],
                    "risks": "; ".join(f"{each['number']} {each['title']}" for each in here) or "none",
                    "place": f"{LIKELIHOOD[likelihood]}, {IMPACT[impact]}",
                }
            )
    return found


def _grid(cells: list[dict[str, Any]]) -> list[alt.Chart]:
    tooltip = [
        alt.Tooltip("place:N", title="Likelihood, impact"),
        alt.Tooltip("weight:Q", title="Weight"),
        alt.Tooltip("risks:N", title="Risks"),
    ]
    rows = [{name: value for name, value in cell.items() if name != "numbers"} for cell in cells]
    return [
        marks(rows)
        .mark_rect(cornerRadius=4, opacity=1)
        .encode(
            x=at_x(), x2=alt.X2("x2:Q"), y=at_y(), y2=alt.Y2("y2:Q"), color=own_colour("fill"), tooltip=tooltip
        )
    ]  # fmt: skip


def _numbers(cells: list[dict[str, Any]], step: float, mode: Mode) -> list[Label]:
    """The numbers of the risks in the middle of each cell, as many as there is room for, and its weight in a corner."""
    found = []
    for cell in cells:
        ink = text_on(cell["fill"])
        found.append(Label(x=cell["x"] + 6, y=cell["y"] + 10, text=str(cell["weight"]), colour=ink, size=SMALLEST))
        if cell["numbers"]:
            words = _fitting(cell["numbers"], step - 12)
            x, y = (cell["x"] + cell["x2"]) / 2, (cell["y"] + cell["y2"]) / 2 + 5
            found.append(Label(x=x, y=y, text=words, colour=ink, size=17, weight=700, align="center"))
    return found


def _fitting(numbers: list[str], room: float) -> str:
    """The numbers with commas; where they do not fit, how many there are."""
    words = ", ".join(numbers)
    return words if text_width(words, 17) <= room else f"({len(numbers)})"


def _names(step: float, row: float, gutter: float, narrow: bool, mode: Mode) -> list[Label]:
    colours, found = palette(mode), list[Label]()
    size = SMALLEST if narrow else BODY
    for each in STEPS:
        middle = (len(STEPS) - each + 0.5) * row
        lines = wrapped(f"{each} {LIKELIHOOD[each]}", gutter - 12, size)
        for place, line in enumerate(lines):
            y = middle + 14 * (place - (len(lines) - 1) / 2)
            found.append(Label(x=-8, y=y, text=line, colour=colours.ink, size=size, align="right"))
        lines = [str(each), *wrapped(IMPACT[each], step - 2, size)] if narrow else [f"{each} {IMPACT[each]}"]
        for place, line in enumerate(lines):
            y = len(STEPS) * row + 10 + 14 * place
            found.append(Label(x=(each - 0.5) * step, y=y, text=line, colour=colours.ink, size=size, align="center"))
    end = len(STEPS) * row + (44 if narrow else 34)
    found.append(Label(x=0, y=end, text="Impact: worse to the right. Likelihood: more likely upwards.",
                       colour=colours.ink_soft, size=SMALLEST if narrow else 12))  # fmt: skip
    return found
