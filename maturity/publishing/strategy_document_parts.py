"""The parts that the strategy document is put together from: headings, text, tables, pictures, contents.

Tables are written as XML in one go: built cell by cell, one of 400 rows would take seconds.
"""

from __future__ import annotations

import io
import unicodedata
from base64 import b64decode
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as WordDocument
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length

from maturity.publishing import report_tables
from maturity.publishing.legal_text import legal, one_line
from maturity.publishing.report_facts import Picture
from maturity.publishing.report_tables import Table
from maturity.publishing.strategy_document_styles import TABLE_STYLE, TEXT_WIDTH, heat_style

MOST_HEIGHT = Cm(19)
MOST_IN_HEADING = 60
_WORDS = nsdecls("w")


class Cell(NamedTuple):
    """A cell of a table: its text, the name of its paragraph style, its fill (#RRGGBB, "" for none)."""

    text: str
    style: str = "Table Text"
    fill: str = ""


def number(text: str) -> Cell:
    """A cell with a number, set to the right."""
    return Cell(text, "Table Number")


class Paper:
    """A document being written, part by part; it counts its headings, tables and figures."""

    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self.headings: list[tuple[int, str, str, str]] = []
        self._counts = [0, 0]
        self._tables = self._figures = 0
        self._ids = {each.name: each.style_id for each in document.styles}

    def heading(self, text: str, level: int = 1, *, new_page: bool = False, listed: bool = True) -> None:
        """A numbered heading, with the place that the contents lead to where it is `listed` there."""
        self._counts = [self._counts[0] + 1, 0] if level == 1 else [self._counts[0], self._counts[1] + 1]
        numbered = ".".join(str(each) for each in self._counts[:level])
        paragraph = self.text(one_line(text), f"Heading {level}")
        paragraph.paragraph_format.page_break_before = True if new_page else None
        if listed:
            mark = f"_Toc{len(self.headings) + 1:06}"
            self._mark(paragraph, mark)
            self.headings.append((level, numbered, one_line(text), mark))

    def text(self, text: str, style: str = "Normal") -> Any:
        """A paragraph in a style; text that runs from right to left is set so."""
        paragraph = self.document.add_paragraph(style=self.document.styles[style])
        run = paragraph.add_run(legal(text))
        if runs_from_the_right(text):
            paragraph._p.get_or_add_pPr().insert_element_before(parse_xml(f"<w:bidi {_WORDS}/>"), *_AFTER_BIDI)
            run._r.get_or_add_rPr().append(parse_xml(f"<w:rtl {_WORDS}/>"))
        return paragraph

    def bullets(self, lines: Iterable[str]) -> None:
        """A list."""
        for line in lines:
            self.text(line, "List Bullet")

    def table(
        self,
        caption: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[Any]],
        widths: Sequence[float],
        description: str = "",
    ) -> None:
        """A table below its caption; cells are `Cell`s or texts, `widths` shares of the text's width. The first row
        repeats on every page."""
        self._tables += 1
        self._caption("Table", self._tables, caption, "Table Caption")
        total, whole = sum(widths), int(TEXT_WIDTH.twips)
        columns = [int(whole * width / total) for width in widths]
        cells = [[_cell(each) for each in row] for row in rows]
        styles = _head_styles(cells, len(heads))
        named = [Cell(shortened(each), style) for each, style in zip(heads, styles, strict=True)]
        head = self._row(named, columns, head=True)
        body = "".join(self._row(row, columns) for row in cells)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        look = '<w:tblLook w:val="00A0" w:firstRow="1" w:firstColumn="1" w:noHBand="1" w:noVBand="1"/>'
        properties = (
            f'<w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/>{look}<w:tblCaption w:val={quoteattr(one_line(caption))}/>'
            f"<w:tblDescription w:val={quoteattr(one_line(description or caption))}/></w:tblPr>"
        )
        table = parse_xml(f"<w:tbl {_WORDS}>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>")
        self._append(table)
        self.text("", "Table End")

    def show(self, table: Table) -> None:
        """A table that other reports have too."""
        plain = "Table Small" if table.small else "Table Text"
        rows = [[_set(each, plain) for each in row] for row in table.rows]
        self.table(table.caption, table.heads, rows, table.widths, table.said)

    def picture(self, picture: Picture) -> None:
        """A chart as wide as the text, with its computed title as caption and its text alternative."""
        self._figures += 1
        if not self.image(picture.png, picture.description or picture.title, "Figure", TEXT_WIDTH, MOST_HEIGHT):
            return
        caption = ". ".join(one_line(part).rstrip(".") for part in (picture.title, picture.subtitle) if part)
        self._caption("Figure", self._figures, f"{caption}.", "Caption")

    def image(self, png: str, description: str, style: str, width: Length, height: Length) -> bool:
        """A PNG in base64 that fits into a width and a height; False where there is none, or none that can be read."""
        paragraph = self.document.add_paragraph(style=self.document.styles[style])
        try:
            shape = paragraph.add_run().add_picture(io.BytesIO(b64decode(png)), width=width)
        except (UnrecognizedImageError, ValueError):
            paragraph._p.getparent().remove(paragraph._p)
            return False
        if shape.height > height:
            shape.width, shape.height = Length(int(shape.width * height / shape.height)), height
        shape._inline.docPr.set("descr", one_line(description))
        return True

    def contents(self, before: Any) -> None:
        """The table of contents, in front of a paragraph: a field that Word can renew, holding what stands here now."""
        for place, (level, numbered, text, mark) in enumerate(self.headings):
            begin = _FIELD.format(instruction=' TOC \\o "1-2" \\h \\z \\u ') if place == 0 else ""
            end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if place == len(self.headings) - 1 else ""
            link = f'<w:hyperlink w:anchor="{mark}" w:history="1">{_run(f"{numbered}  {text}")}</w:hyperlink>'
            style = f'<w:pPr><w:pStyle w:val="{self._ids[f"toc {level}"]}"/></w:pPr>'
            before._p.addprevious(parse_xml(f"<w:p {_WORDS}>{style}{begin}{link}{end}</w:p>"))

    def running_lines(self, left: str, right: str, foot: str) -> None:
        """What stands above and below every page but the first: `left` and `right` above, `foot` and the page below."""
        section = self.document.sections[0]
        for part, text in ((section.header, f"{one_line(left)}\t{one_line(right)}"), (section.footer, f"{foot}\t")):
            part.is_linked_to_previous = False
            part.paragraphs[0].style = self.document.styles["Footer"]
            part.paragraphs[0].add_run(legal(text))
        page = section.footer.paragraphs[0]._p
        for piece in (_run("Page "), _field("PAGE", "2"), _run(" of "), _field("NUMPAGES", "2")):
            for each in parse_xml(f"<w:p {_WORDS}>{piece}</w:p>"):
                page.append(each)

    def _caption(self, kind: str, count: int, text: str, style: str) -> None:
        paragraph = self.document.add_paragraph(style=self.document.styles[style])
        for each in parse_xml(f"<w:p {_WORDS}>{_run(f'{kind} ')}{_field(f'SEQ {kind}', str(count))}</w:p>"):
            paragraph._p.append(each)
        paragraph.add_run(f": {one_line(text)}")

    def _mark(self, paragraph: Any, name: str) -> None:
        place = len(self.headings) + 1
        begin = parse_xml(f'<w:bookmarkStart {_WORDS} w:id="{place}" w:name="{name}"/>')
        first = paragraph._p.r_lst[0]
        first.addprevious(begin)
        paragraph._p.append(parse_xml(f'<w:bookmarkEnd {_WORDS} w:id="{place}"/>'))

    def _row(self, cells: Sequence[Cell], columns: Sequence[int], *, head: bool = False) -> str:
        made = "".join(self._cell(each, width) for each, width in zip(cells, columns, strict=True))
        repeat = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{made}</w:tr>"

    def _cell(self, cell: Cell, width: int) -> str:
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill[1:]}"/>' if cell.fill else ""
        style = f'<w:pStyle w:val="{self._ids[cell.style]}"/>'
        turned = runs_from_the_right(cell.text)
        properties = f"<w:pPr>{style}{'<w:bidi/>' if turned else ''}</w:pPr>"
        size = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>'
        return f"<w:tc>{size}<w:p>{properties}{_run(one_line(cell.text), turned)}</w:p></w:tc>"

    def _append(self, element: Any) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1 if body[-1].tag == qn("w:sectPr") else len(body), element)


_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
# What the schema puts behind the direction of a paragraph.
_AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _head_styles(rows: Sequence[Sequence[Cell]], columns: int) -> list[str]:
    """The style above each column: what stands over numbers is set to the right as they are."""
    if not rows:
        return ["Table Heading"] * columns
    if rows[0][0].style == "Table Small":
        return ["Table Heading Small"] * columns
    return ["Table Heading Right" if each.style == "Table Number" else "Table Heading" for each in rows[0]]


def shortened(text: str) -> str:
    """A name cut to what a table's first row can hold."""
    line = one_line(text)
    return line if len(line) <= MOST_IN_HEADING else f"{line[:MOST_IN_HEADING].rstrip()}…"


def runs_from_the_right(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left, as in Arabic and Hebrew."""
    for letter in text[:200]:
        if (direction := unicodedata.bidirectional(letter)) in ("L", "R", "AL"):
            return direction != "L"
    return False


def _set(cell: report_tables.Cell | str, plain: str) -> Cell:
    """A cell of a table of several reports in the styles of this one."""
    if isinstance(cell, str):
        return Cell(cell, plain)
    return Cell(cell.text, heat_style(cell.fill) if cell.fill else "Table Number" if cell.right else plain, cell.fill)


def _cell(cell: Cell | str) -> Cell:
    return Cell(cell) if isinstance(cell, str) else cell


def _run(text: str, turned: bool = False) -> str:
    turn = "<w:rPr><w:rtl/></w:rPr>" if turned else ""
    return f'<w:r>{turn}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _field(instruction: str, shown: str) -> str:
    begin = _FIELD.format(instruction=f" {instruction} ")
    return f'{begin}{_run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
