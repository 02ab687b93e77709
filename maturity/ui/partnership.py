"""A partnership: what its partners gave it, beside each other and never ranked."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.drawing import specification
from maturity.charts.heatmap import heatmap_chart
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.charts.trend import trend_chart
from maturity.framework.model import Framework
from maturity.operations import partnership as operations
from maturity.operations.partnership import GivenResult, Partnership
from maturity.ui import partnership_frames as frames
from maturity.ui.context import PageContext
from maturity.ui.partnership_giving import show_giving
from maturity.ui.pictures import on_a_phone, show_picture, show_table
from maturity.ui.plain_text import plain
from maturity.ui.results_shown import NARROW, WIDE
from maturity.ui.results_tables import heat_table, trend_table
from maturity.words.chart_sentences import heatmap_sentences, trend_sentences
from maturity.words.messages import joined

NO_PARTNERSHIP = (
    "Your organisation is no partnership and belongs to none. Whoever runs the installation makes one under "
    "Administration."
)
NEWEST = "The newest result that each partner gave"


def show_partnership(here: PageContext) -> None:
    """As a partnership: the partners' results. As a member: what was given, and what could be."""
    if here.organisation is None:
        st.info(NO_PARTNERSHIP)
        return
    asked = (here.workspace, here.visitor, here.organisation.name)
    own, member_of = operations.partnership(*asked), operations.partnerships_of(*asked)
    if own is not None:
        _show_partners(here, own)
    if member_of:
        show_giving(here, here.organisation.name, member_of)
    if own is None and not member_of:
        st.info(NO_PARTNERSHIP)


def _show_partners(here: PageContext, own: Partnership) -> None:
    given = operations.given_to(here.workspace, here.visitor, own.name)
    st.write(f"The partners, in the order in which they were set up: {plain(joined(own.names))}.")
    if not given:
        st.info("No partner has given a result yet. Its administrator gives one on this page, once a round is closed.")
        return
    if waiting := [name for name in own.names if all(each.organisation != name for each in given)]:
        st.write(f"Nothing given yet: {plain(joined(waiting))}.")
    by_framework: dict[str, list[GivenResult]] = {}
    for each in given:
        by_framework.setdefault(each.result.framework, []).append(each)
    frameworks = {code: _framework(here, found) for code, found in by_framework.items()}
    levels = {code: each.name for code, each in frameworks.items() if each.levels}
    if levels:
        code = next(iter(levels))
        if len(levels) > 1:
            code = st.selectbox("Framework", list(levels), key="partnership_framework", format_func=levels.__getitem__)
        _show_standing(here, own, frameworks[code], by_framework[code])
    for code, framework in frameworks.items():
        if not framework.levels:
            _show_readiness(framework, by_framework[code])


def _framework(here: PageContext, found: Sequence[GivenResult]) -> Framework:
    """The framework in the newest version that somebody gave a result on."""
    newest = max(found, key=lambda each: (str(each.result.closes_on or ""), each.result.version))
    return operations.framework_of(here.workspace, here.visitor, newest.result)


def _show_standing(here: PageContext, own: Partnership, framework: Framework, given: Sequence[GivenResult]) -> None:
    st.header("Where the partners stand", anchor=False)
    usual = "Dimensions" if on_a_phone() else "Topics"
    chosen = st.segmented_control(
        "Columns", ["Topics", "Dimensions"], default=usual, required=True, key="partnership_columns"
    )
    column = "dimension" if chosen == "Dimensions" else "topic"
    newest, levels = frames.newest(given), [level.name for level in framework.levels]
    own_scores = {name: whole.score for name, each in newest.items() if (whole := each.result.of())}
    key = (here.workspace.url, str(own.id), framework.id, here.workspace.revision())
    _draw(
        here,
        "partners",
        lambda: frames.heat_frame(framework, newest, column),
        lambda rows: heatmap_sentences(rows, column=column, period=NEWEST, row="partner", named=False),
        lambda rows: frames.with_ranges(
            heat_table(rows, column, own_scores).rename(columns={"Department": "Partner"}), rows, column, newest
        ),
        (*key, column),
        chart=heatmap_chart,
        levels=levels,
        column=column,
        means=frames.means_frame(newest),
        row="partner",
    )
    st.markdown("**What each result rests on**")
    show_table(_escaped(frames.given_table(framework, newest)))
    rounds = frames.trend_frame(given)
    if rounds["round"].nunique() > 1:
        st.header("How the partners moved", anchor=False)
        trend: dict[str, Any] = {"chart": trend_chart, "levels": levels}
        _draw(here, "partners-trend", lambda: rounds, partial(trend_sentences, named=False), trend_table, key, **trend)


def _show_readiness(framework: Framework, given: Sequence[GivenResult]) -> None:
    st.header(plain(framework.name), anchor=False)
    if framework.summary:
        st.caption(plain(framework.summary))
    show_table(_escaped(frames.readiness_table(framework, frames.newest(given))))


def _draw(
    here: PageContext,
    name: str,
    frame: Callable[[], pd.DataFrame],
    sentences: Callable[[pd.DataFrame], Sequence[str]],
    table: Callable[[pd.DataFrame], pd.DataFrame],
    revision: Hashable,
    *,
    chart: Callable[..., Any],
    **how: Any,
) -> None:
    """A chart of a frame with its computed texts, and its table."""

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        rows = frame()
        texts = ChartTexts.of(sentences(rows))
        width = NARROW if narrow else WIDE
        return specification(chart(rows, mode=mode, texts=texts, width=width, narrow=narrow, **how))

    show_picture(name, build, lambda: table(frame()), revision=revision, mode=here.mode)


def _escaped(rows: pd.DataFrame) -> pd.DataFrame:
    """Names come from people: no part of them is read as Markdown."""
    return rows.map(lambda cell: plain(str(cell)))
