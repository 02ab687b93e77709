"""Native tables on slides: as many rows as fit, then a further slide; cells that are cut stand whole in the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from maturity.charts.theme import text_on
from maturity.publishing.board_pack_master import BOTTOM, LEFT, SMALL_SIZE, TOP, Deck
from maturity.publishing.board_pack_parts import add_note, add_slide, cut_to, describe, lines_of, put_text
from maturity.publishing.legal_text import one_line

_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_MARGIN = 0.05
_LINE = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, its width in inches, and where its text stands."""

    name: str
    width: float
    align: str = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell; `fill` is a colour, the text's colour is then chosen so that it can be read."""

    text: str
    fill: str = ""
    bold: bool = False
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What stands in a table of slides, what is said of it, and where its numbers are from; `rows` hold cells and
    plain texts."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    description: str
    sources: Sequence[str]
    note: str = ""
    size: float = SMALL_SIZE + 1
    first_bold: bool = False
    most_slides: int = 6
    most_rows: int = 40
    most_lines: int = 4
    """Lines of one cell."""


def add_table(deck: Deck, title: str, table: Table) -> Any:
    """The table on as many slides as it needs; returns the last slide."""
    pages = _pages(table)
    slide = None
    for number, rows in enumerate(pages, start=1):
        whole = _cut_texts(table, rows)
        slide = add_slide(deck, title, [*table.sources, *whole], page=number, pages=len(pages))
        bottom = _draw(deck, slide, table, rows)
        if table.note:
            add_note(deck, slide, min(bottom + 0.12, BOTTOM - 0.3), table.note)
    return slide


def room_for(table: Table) -> int:
    """How many of the rows stand on the slides that the table may have."""
    return sum(len(page) for page in _pages(table))


def _pages(table: Table) -> list[list[Sequence[Cell | str]]]:
    room = (BOTTOM - TOP - (0.45 if table.note else 0)) * 72 - _height(table, [c.name for c in table.columns])
    pages: list[list[Sequence[Cell | str]]] = [[]]
    used = 0.0
    for row in table.rows:
        high = _height(table, row)
        if pages[-1] and (used + high > room or len(pages[-1]) >= table.most_rows):
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += high
    return pages[: table.most_slides]


def _height(table: Table, row: Sequence[Cell | str]) -> float:
    """Points that a row takes."""
    lines = [
        min(table.most_lines, lines_of(_text(cell), _inner(column), table.size, bold=True))
        for cell, column in zip(row, table.columns, strict=True)
    ]
    return max(lines) * table.size * _LINE + 2 * _MARGIN * 72


def _inner(column: Column) -> float:
    return (column.width - 2 * _MARGIN) * 72 * 0.98


def _text(cell: Cell | str) -> str:
    return one_line(cell if isinstance(cell, str) else cell.text)


def _cut_texts(table: Table, rows: Sequence[Sequence[Cell | str]]) -> list[str]:
    """What has no room in its cell, whole, for the notes."""
    return [
        f"{column.name}: {_text(cell)}"
        for row in rows
        for cell, column in zip(row, table.columns, strict=True)
        if lines_of(_text(cell), _inner(column), table.size, bold=True) > table.most_lines
    ]


def _draw(deck: Deck, slide: Any, table: Table, rows: Sequence[Sequence[Cell | str]]) -> float:
    """Draws the rows; returns where the table ends, in inches."""
    width = sum(column.width for column in table.columns)
    frame = slide.shapes.add_table(len(rows) + 1, len(table.columns), Inches(LEFT), Inches(TOP), Inches(width), 1)
    describe(frame, table.description, "Table")
    grid = frame.table
    frame._element.xpath(".//a:tableStyleId")[0].text = _PLAIN_STYLE
    grid.first_row, grid.horz_banding, grid.first_col = True, False, table.first_bold
    for place, column in enumerate(table.columns):
        grid.columns[place].width = Inches(column.width)
    heads = [Cell(text=c.name, fill=deck.colours.surface_strong, bold=True) for c in table.columns]
    high = 0.0
    for number, row in enumerate([heads, *rows]):
        points = _height(table, row)
        grid.rows[number].height = Pt(points)
        high += points / 72
        for place, cell in enumerate(row):
            _fill_cell(deck, grid.cell(number, place), cell, table, place)
    frame.height = Inches(high)
    return TOP + high


def _fill_cell(deck: Deck, place: Any, cell: Cell | str, table: Table, column: int) -> None:
    filled = cell if isinstance(cell, Cell) else Cell(text=cell, bold=table.first_bold and column == 0)
    about = table.columns[column]
    place.margin_left = place.margin_right = place.margin_top = place.margin_bottom = Inches(_MARGIN)
    place.vertical_anchor = MSO_ANCHOR.MIDDLE
    if filled.fill:
        place.fill.solid()
        place.fill.fore_color.rgb = RGBColor.from_string(filled.fill[1:])
    colour = filled.colour or (text_on(filled.fill) if filled.fill else deck.colours.ink)
    words = cut_to(filled.text, _inner(about), table.size, table.most_lines, bold=True)
    put_text(place.text_frame, [words], size=table.size, colour=colour, bold=filled.bold, align=about.align)
    _line_below(place, deck.colours.line)


def _line_below(place: Any, colour: str) -> None:
    properties = place._tc.get_or_add_tcPr()
    line = etree.Element(qn("a:lnB"), w="9525")
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"), val=colour[1:])
    properties.insert(0, line)  # the schema wants lines before the fill
