"""A sheet of the workbook: one real table, formulas with their values, and settings for print.

Texts are written as texts, whatever they begin with; no cell becomes a formula or a link by what people wrote.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from maturity.charts.theme import maturity_ramp, palette, text_on
from maturity.publishing.legal_text import one_line

FONT = "Arial"
MOST_TEXT = 32_000
LINE, MOST_HEIGHT, MOST_LINES = 13.0, 405.0, 31
"""Points of a line of 10-point letters, and what a row may be at most."""
ARMED = ("=", "+", "-", "@")
NUMBERS = {
    "score": "0.00",
    "share": "0%",
    "whole": "0",
    "days": "#,##0.0",
    "money": "#,##0",
    "plain": "#,##0.##########",
    "near": "#,##0.0",
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as Excel writes it, and the value that it has: a number, or "" for a blank."""

    text: str
    value: float | str


@dataclass(frozen=True, slots=True)
class Number:
    """A value or formula in one of the number formats of `NUMBERS`; None is a blank cell."""

    value: float | Formula | None
    shown: str = "plain"


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """The address of a cell, rows and columns counted from 0: "D7", or "$D$7"."""
    address: str = xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed)
    return address


def checked(formula: str, computed: float, known: float) -> float | Formula:
    """The formula where it gives what is known, else the known number itself: a reader never sees two truths."""
    return Formula(formula, known) if math.isclose(computed, known, rel_tol=1e-9, abs_tol=1e-9) else known


@dataclass(slots=True)
class Book:
    """A workbook being written, with its formats by what they show."""

    workbook: Workbook
    colour: str
    levels: int
    _formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def format(self, **properties: Any) -> Any:
        """A format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            whole = {"font_name": FONT, "font_size": 10, "valign": "top", **properties}
            self._formats[key] = self.workbook.add_format(whole)
        return self._formats[key]

    def sheet(self, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]], nothing: str) -> Any:
        """A sheet with a table, or with a sentence where it has no rows. Returns the worksheet."""
        sheet = self.workbook.add_worksheet(name)
        _for_print(sheet)
        if not rows:
            sheet.set_column(0, 0, 90)
            self.write(sheet, 0, 0, nothing)
            return sheet
        head = self.format(bold=True, bg_color=self.colour, font_color=text_on(self.colour), text_wrap=True)
        sheet.add_table(
            0,
            0,
            len(rows),
            len(columns) - 1,
            {
                "name": f"Table{name.replace(' ', '')}",
                "style": "Table Style Light 1",
                "columns": [{"header": title, "header_format": head} for title, _ in columns],
            },
        )
        for place, (_, width) in enumerate(columns):
            sheet.set_column(place, place, width)
        for number, row in enumerate(rows, start=1):
            sheet.set_row(number, row_height(row, [width for _, width in columns]))
            for place, value in enumerate(row):
                self.write(sheet, number, place, value)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, len(rows), len(columns) - 1)  # a chart beside the table would make both too small
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, **look: Any) -> None:
        """One cell: a text, a day, a `Number`, or None for a blank one; `look` adds to its format."""
        if isinstance(value, Number):
            self._number(sheet, row, column, value, look)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.format(num_format="yyyy-mm-dd", **look))
        elif value:
            text = one_line(str(value))[:MOST_TEXT]
            armed = {"quote_prefix": True} if text.startswith(ARMED) else {}
            sheet.write_string(row, column, text, self.format(text_wrap=True, align="left", indent=1, **armed))

    def _number(self, sheet: Worksheet, row: int, column: int, number: Number, look: dict[str, Any]) -> None:
        shown = self.format(num_format=NUMBERS[number.shown], **look)
        if isinstance(number.value, Formula):
            sheet.write_formula(row, column, number.value.text, shown, number.value.value)
        elif number.value is not None:
            sheet.write_number(row, column, number.value, shown)

    def colour_levels(self, sheet: Worksheet, rows: int, column: int) -> None:
        """Colours a column of scores by the level that each has reached."""
        ramp = maturity_ramp("light", max(self.levels, 1))
        for level, fill in reversed(list(enumerate(ramp, start=1))):
            shown = self.workbook.add_format({"bg_color": fill, "font_color": text_on(fill)})
            address = cell(1, column)
            asked = f"=AND(ISNUMBER({address}),{address}>={level})"
            rule = {"type": "formula", "criteria": asked, "format": shown, "stop_if_true": True}
            sheet.conditional_format(1, column, rows, column, rule)

    def mark(self, sheet: Worksheet, rows: int, column: int, criteria: str) -> None:
        """Sets cells of a column in the colour of warnings where a formula about its first row holds."""
        shown = self.workbook.add_format({"bold": True, "font_color": palette("light").bad})
        sheet.conditional_format(1, column, rows, column, {"type": "formula", "criteria": criteria, "format": shown})


def row_height(row: Sequence[Any], widths: Sequence[int]) -> float:
    """The height in points in which every text of a row is seen whole, at most what a sheet allows; columns as wide as
    `widths` letters. Said in the file, for not every reader finds it out by itself."""
    lines = [_lines(str(value), width) for value, width in zip(row, widths, strict=True) if isinstance(value, str)]
    return min(MOST_HEIGHT, LINE * max([1, *lines]) + 2)


def _lines(text: str, width: int) -> int:
    lines = textwrap.wrap(one_line(text)[: width * MOST_LINES], max(1, width - 2))
    return len(lines)


def _for_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header("&L&A")
    sheet.set_footer("&RPage &P of &N")
