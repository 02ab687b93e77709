"""What the PDF is made of, as plain values for its template: headings, texts, tables, pictures.

Texts reach Typst as JSON and never as markup, so that nothing that people wrote can become code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from maturity.charts.theme import contrast, palette, text_on
from maturity.publishing.legal_text import one_line
from maturity.publishing.report_facts import Picture, ReportRefused
from maturity.publishing.report_tables import Cell, Rows, Table
from maturity.words import pdf_sentences as words
from maturity.words.leadership_sentences import first_words

MOST_ROWS = 60
"""Rows of a table; what comes behind stands in the workbook."""
WIDTH, HEIGHT, FLAT_HEIGHT = 170.0, 215.0, 140.0
"""Millimetres for a picture on a page of A4 with its caption below it; one that is wider than high leaves room for
another."""
PIXEL = 0.2646
"""Millimetres of a pixel of a drawing; nothing is enlarged by more than `LARGER`."""
LARGER = 1.2
MOST_WHOLE, ROW_WHOLE = 130.0, 100.0
"""Millimetres of a table, and of a row, that stay on one page, as reckoned by `_height`."""
LETTER, LINE, EDGE = 2.0, 4.2, 4.0
"""Millimetres of a letter's width, a line's height, and the edges of a cell: more than they take, so that what is
reckoned to fit does fit."""
LONGEST_HEAD = 60
_LONG = re.compile(r"\S{25,}")
_LIGHT = palette("light")

Block = dict[str, Any]


def readable(colour: str) -> str:
    """The organisation's colour, or near-black where it cannot be read on white paper."""
    return colour if contrast(colour, "#FFFFFF") >= 4.5 else _LIGHT.ink


def foldable(text: str) -> str:
    """The text on one line, with places to break in words that no column could hold."""
    return _LONG.sub(lambda found: "\u200b".join(re.findall(".{1,12}", found[0])), one_line(text))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The report in the making: its blocks in order, and the drawings that they show by file name."""

    blocks: list[Block] = field(default_factory=list)
    drawings: dict[str, str] = field(default_factory=dict)

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading, in the outline too."""
        self.blocks.append({"kind": "heading", "text": foldable(text), "level": level, "new_page": new_page})

    def text(self, text: str, style: str = "plain") -> None:
        """A paragraph: "plain", "note", or "before a table", which stays with it. Nothing for an empty text."""
        if text:
            self.blocks.append({"kind": "text", "text": foldable(text), "style": style})

    def bullets(self, lines: Sequence[str]) -> None:
        """A list, none where there are no lines."""
        if lines:
            self.blocks.append({"kind": "bullets", "lines": [foldable(each) for each in lines]})

    def table(
        self,
        caption: str,
        heads: Sequence[str],
        rows: Rows,
        widths: Sequence[float],
        *,
        what: str = "row",
        note: str = "",
        small: bool = False,
        tall: bool = False,
    ) -> None:
        """A table with a caption above; `widths` are shares. Rows beyond the most are counted below it as `what`."""
        shown = [[_cell(each) for each in row] for row in rows[:MOST_ROWS]]
        heights = [_height(row, widths) for row in shown]
        left = words.more(max(0, len(rows) - MOST_ROWS), what)
        self.blocks.append(
            {
                "kind": "table",
                "caption": foldable(caption),
                "heads": [_head(*each) for each in zip(heads, shown[0] if shown else _BLANK * len(heads), strict=True)],
                "rows": shown,
                "whole": sum(heights) <= MOST_WHOLE,
                "rows_whole": max(heights, default=0.0) <= ROW_WHOLE,
                "widths": list(widths),
                "note": " ".join(part for part in (left, one_line(note)) if part),
                "small": small,
                "tall": tall,
            }
        )

    def show(self, table: Table) -> None:
        """A table that other reports have too."""
        self.table(
            table.caption, table.heads, table.rows, table.widths, what=table.what, note=table.note, small=table.small
        )

    def picture(self, picture: Picture) -> None:
        """A drawing with its computed caption. Refused where nothing says what it shows."""
        if not picture.description.strip():
            raise ReportRefused(words.needs_words(one_line(picture.title) or picture.name))
        file = f"picture-{len(self.drawings) + 1}.svg"
        self.drawings[file] = picture.svg
        high = picture.height / picture.width if picture.width and picture.height else 1.0
        most = HEIGHT if high > 1 else FLAT_HEIGHT
        self.blocks.append(
            {
                "kind": "picture",
                "file": file,
                "alt": one_line(picture.description),
                "title": foldable(picture.title or picture.name),
                "subtitle": foldable(picture.subtitle),
                "width": min(WIDTH, picture.width * PIXEL * LARGER or WIDTH, most / high),
            }
        )


def _head(text: str, below: Mapping[str, Any]) -> dict[str, str]:
    """The head of a column stands as the cells below it do."""
    return {"text": foldable(first_words(one_line(text), LONGEST_HEAD)), "align": below["align"]}


def _cell(cell: Cell | str) -> dict[str, str]:
    text, right, fill = cell if isinstance(cell, Cell) else Cell(cell)
    align = "center" if fill else "right" if right else "left"
    return {"text": foldable(text), "align": align, "fill": fill, "ink": text_on(fill) if fill else ""}


def _height(row: Sequence[Mapping[str, str]], widths: Sequence[float]) -> float:
    """Millimetres that a row needs at most."""
    rooms = [share / sum(widths) * WIDTH - EDGE for share in widths]
    lines = max(ceil((len(cell["text"]) + 1) * LETTER / room) for cell, room in zip(row, rooms, strict=True))
    return lines * LINE + EDGE


_BLANK = [_cell("")]
