"""Fills in a workshop's workbook as somebody with a spreadsheet would."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from openpyxl import Workbook, load_workbook

from maturity.publishing.workshop_sheets import escaped

HEADINGS = 4
"""The row of the headings; the first line below it is line 1."""
Cells = Mapping[tuple[str, int], Mapping[str, Any]]


def fill(content: bytes, cells: Cells) -> bytes:
    """The workbook with values in these lines, (sheet, line below the headings): {heading: value}."""
    return changed(content, lambda book: put(book, cells))


def put(book: Workbook, cells: Cells) -> None:
    """Values into the lines of an open workbook; texts are texts, whatever they look like."""
    for (sheet, line), values in cells.items():
        columns = {cell.value: cell.column for cell in book[sheet][HEADINGS]}
        for heading, value in values.items():
            cell = book[sheet].cell(HEADINGS + line, columns[heading])
            cell.value = escaped(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"


def first_free(content: bytes, sheet: str) -> int:
    """The first line of a sheet in which nothing is written."""
    rows = load_workbook(io.BytesIO(content))[sheet].iter_rows(min_row=HEADINGS + 1, values_only=True)
    return next(line for line, row in enumerate(rows, start=1) if not any(row))


def changed(content: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The workbook after a change, saved as a spreadsheet saves it."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
