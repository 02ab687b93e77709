"""Native charts on slides: their numbers stand in a workbook inside the file, and can be edited there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Inches, Pt

from maturity.charts.theme import text_on
from maturity.publishing.board_pack_master import BOTTOM, LEFT, ROOM, SMALL_SIZE, TOP, Deck
from maturity.publishing.board_pack_parts import add_note, add_slide, describe
from maturity.publishing.legal_text import one_line
from maturity.words.board_pack_sentences import short

BARS, STACKED = XL_CHART_TYPE.BAR_CLUSTERED, XL_CHART_TYPE.BAR_STACKED
COLUMNS = XL_CHART_TYPE.COLUMN_CLUSTERED
_ACTIVE = re.compile(r"\{?=|[+@-]|(?:ftp|https?|file)://|(?:mailto|internal|external):")


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What one colour stands for: a name and a value (None: nothing is drawn) for each category."""

    name: str
    values: Sequence[float | None]
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeChart:
    """A chart to edit. `shown` is the number format of its labels, `top` where the axis of values ends."""

    categories: Sequence[str]
    series: Sequence[Series]
    description: str
    sources: Sequence[str]
    kind: Any = STACKED
    shown: str = "0.0;;"
    bottom: float | None = 0
    top: float | None = None
    note: str = ""
    longest: int = 60


def add_chart(deck: Deck, title: str, chart: NativeChart) -> Any:
    """The chart on a slide of its own; returns the slide."""
    slide = add_slide(deck, title, chart.sources)
    high = BOTTOM - TOP - (0.45 if chart.note else 0)
    place = (Inches(LEFT), Inches(TOP), Inches(ROOM), Inches(high))
    frame = slide.shapes.add_chart(chart.kind, *place, _numbers(chart))
    describe(frame, chart.description, "Chart")
    _dress(deck, frame.chart, chart)
    if chart.note:
        add_note(deck, slide, BOTTOM - 0.35, chart.note)
    return slide


def _numbers(chart: NativeChart) -> CategoryChartData:
    numbers = CategoryChartData(number_format="General")
    numbers.categories = [_inert(short(one_line(each), chart.longest)) for each in chart.categories]
    for series in chart.series:
        numbers.add_series(_inert(one_line(series.name)), series.values)
    return numbers


def _inert(text: str) -> str:
    """The text so that the workbook inside the chart takes it for a text, and for no formula or link."""
    return f"'{text}" if _ACTIVE.match(text) else text


def _dress(deck: Deck, drawn: Any, chart: NativeChart) -> None:
    drawn.font.size, drawn.font.name = Pt(SMALL_SIZE + 1), "Arial"
    drawn.font.color.rgb = RGBColor.from_string(deck.colours.ink[1:])
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 55, 100 if chart.kind == STACKED else -5
    _axes(deck, drawn, chart)
    for series, wanted in zip(plot.series, chart.series, strict=True):
        _colour(deck, series, wanted, chart)


def _axes(deck: Deck, drawn: Any, chart: NativeChart) -> None:
    drawn.category_axis.format.line.color.rgb = RGBColor.from_string(deck.colours.line[1:])
    drawn.category_axis.has_major_gridlines = False
    drawn.category_axis.reverse_order = chart.kind != COLUMNS
    drawn.value_axis.visible, drawn.value_axis.has_major_gridlines = False, False
    if chart.bottom is not None:
        drawn.value_axis.minimum_scale = chart.bottom
    if chart.top is not None:
        drawn.value_axis.maximum_scale = chart.top


def _colour(deck: Deck, series: Any, wanted: Series, chart: NativeChart) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(wanted.colour[1:])
    series.invert_if_negative = False
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, chart.shown, False
    labels.font.size = Pt(SMALL_SIZE)
    ink = text_on(wanted.colour) if chart.kind == STACKED else deck.colours.ink
    labels.font.color.rgb = RGBColor.from_string(ink[1:])
