"""The heat map of the leadership summary: a real table in the colours of the charts, departments by dimensions."""

from __future__ import annotations

import math
from html import escape

import pandas as pd
import streamlit as st

from maturity.charts.score_frames import heat_frame
from maturity.charts.theme import maturity_ramp, text_on
from maturity.ui.help import number_help
from maturity.ui.navigation import link_to
from maturity.ui.results_shown import Shown, kept
from maturity.words.messages import counted, shown_score

SHOWN_AT_ONCE = 12
"""Beyond as many departments the table moves by itself, with keyboard, mouse or finger."""
LONG_NAME = 24
"""Names with more letters stand smaller, in two lines of the same row; what is beyond that is cut."""


def show_heat(shown: Shown) -> None:
    """Departments in their own order, never by score; the number is in every cell, the colour only beside it."""
    st.header("Where departments stand", anchor=False, help=number_help("score"))
    key = (shown.key, shown.here.mode)
    st.html(kept("summary heat", key, lambda: heat_html(shown)))
    with st.container(horizontal=True):
        link_to("results", "By topic, with targets, table and CSV", results_view="Heat map")
        link_to("profile", "One department")


def heat_html(shown: Shown) -> str:
    """The table with its key."""
    frame = heat_frame(shown.framework, shown.scores, shown.round.names, {}, "dimension")
    columns = [each.name for each in shown.framework.dimensions]
    ramp = maturity_ramp(shown.here.mode, len(shown.levels))
    head = "".join(_heading("col", each) for each in columns)
    rows = [_row(str(name), cells, columns, ramp) for name, cells in frame.groupby("department", sort=False)]
    kind, moves = ("wm-heat moves", ' tabindex="0"') if len(rows) > SHOWN_AT_ONCE else ("wm-heat", "")
    caption = escape(f"Scores of departments by dimension, {shown.round.name}")
    first = f'<th scope="col">{counted(len(rows), "department")}</th>'
    return (
        f'<div class="{kind}" role="region" aria-label="{caption}"{moves}><table><thead><tr>{first}{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>{_levels(shown.levels, ramp)}"
    )


def _heading(scope: str, name: str) -> str:
    label, small = escape(name), ' class="long"' if len(name) > LONG_NAME else ""
    return f'<th scope="{scope}" title="{label}"><span{small}>{label}</span></th>'


def _row(name: str, cells: pd.DataFrame, columns: list[str], ramp: tuple[str, ...]) -> str:
    scores = dict(zip(cells["dimension"], cells["score"], strict=True))
    tds = "".join(_cell(float(scores.get(each, math.nan)), ramp) for each in columns)
    return f"<tr>{_heading('row', name)}{tds}</tr>"


def _cell(score: float, ramp: tuple[str, ...]) -> str:
    if math.isnan(score):
        return '<td class="none">n/a</td>'
    fill = ramp[min(len(ramp), max(1, math.floor(score + 1e-9))) - 1]
    return f'<td style="background:{fill};color:{text_on(fill)}">{shown_score(score)}</td>'


def _levels(levels: list[str], ramp: tuple[str, ...]) -> str:
    parts = [
        f'<span><i style="background:{fill}"></i>{number} {escape(name)}</span>'
        for number, (name, fill) in enumerate(zip(levels, ramp, strict=True), start=1)
    ]
    return f'<div class="wm-levels">{"".join(parts)}</div>'
