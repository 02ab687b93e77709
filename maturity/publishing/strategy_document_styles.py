"""The paper of the strategy document: A4, Arial, British English, and styles in the organisation's colour.

What a reader of Word sees in the list of styles is what the document uses; nothing is formatted word by word.
"""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from maturity.charts.theme import contrast, maturity_ramp, palette, text_on

FONT = "Arial"
TEXT_WIDTH = Cm(17)
TABLE_STYLE = "WaymarkTable"
_LIGHT = palette("light")
# Name, what it builds on, points, bold, colour (of the palette, or "brand"), points before and after, keep with next.
_PARAGRAPHS: tuple[tuple[str, str | None, float, bool, str, float, float, bool], ...] = (
    ("Normal", None, 11, False, "ink", 0, 8, False),
    ("Title", "Normal", 32, True, "brand", 0, 6, True),
    ("Subtitle", "Normal", 16, False, "ink_soft", 0, 12, False),
    ("Cover Mark", "Normal", 11, False, "ink", 60, 24, False),
    ("Cover Name", "Normal", 18, False, "ink_soft", 90, 6, True),
    ("Heading 1", "Normal", 20, True, "brand", 24, 8, True),
    ("Heading 2", "Normal", 14, True, "ink", 16, 4, True),
    ("Heading 3", "Normal", 11.5, True, "ink", 10, 2, True),
    ("Caption", "Normal", 9.5, False, "ink_soft", 2, 14, False),
    ("Table Caption", "Caption", 9.5, True, "ink", 10, 4, True),
    ("Table Text", "Normal", 9.5, False, "ink", 2, 2, False),
    ("Table Number", "Table Text", 9.5, False, "ink", 2, 2, False),
    ("Table Heading", "Table Text", 9.5, True, "on_brand", 3, 3, True),
    ("Table Heading Right", "Table Heading", 9.5, True, "on_brand", 3, 3, True),
    ("Table Heading Small", "Table Heading", 8, True, "on_brand", 3, 3, True),
    ("Table Small", "Table Text", 8.5, False, "ink", 1, 1, False),
    ("Signature", "Table Text", 9.5, False, "ink", 18, 18, False),
    ("Table End", "Normal", 4, False, "ink", 0, 6, False),
    ("Figure", "Normal", 11, False, "ink", 8, 2, True),
    ("Lead", "Normal", 14, True, "ink", 0, 8, False),
    ("Contents Heading", "Normal", 14, True, "brand", 18, 6, True),
    ("Notice", "Normal", 11, True, "bad", 0, 8, False),
    ("Header", "Normal", 9, False, "ink_soft", 0, 0, False),
    ("Footer", "Normal", 9, False, "ink_soft", 0, 0, False),
    ("toc 1", "Normal", 11, False, "ink", 3, 3, False),
    ("toc 2", "Normal", 10, False, "ink_soft", 0, 2, False),
)
_BUILT_IN = {"toc 1", "toc 2"}


def blank_document(colour: str, levels: int) -> WordDocument:
    """An empty document with its paper and styles; `colour` is the organisation's (#RRGGBB)."""
    document = Document()
    _paper(document)
    _defaults(document)
    for each in _PARAGRAPHS:
        _paragraph_style(document, colour, *each)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(3)
    for name in ("Table Number", "Table Heading Right"):
        document.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.styles["toc 2"].paragraph_format.left_indent = Cm(1)
    document.styles.element.append(_table_style(readable(colour)))
    for fill in heat_colours(levels):
        _heat_style(document, fill)
    _number_headings(document)
    return document


def readable(colour: str) -> str:
    """The organisation's colour, or near-black where it cannot be read on white paper."""
    return colour if contrast(colour, "#FFFFFF") >= 4.5 else _LIGHT.ink


def heat_colours(levels: int) -> tuple[str, ...]:
    """The fills of the heat map, lowest level first, and last that of "no score"."""
    return (*maturity_ramp("light", max(levels, 1)), _LIGHT.unknown)


def heat_style(fill: str) -> str:
    """The paragraph style of a cell of that colour."""
    return f"Heat {fill[1:]}"


def _colour(name: str, brand: str) -> str:
    if name == "brand":
        return readable(brand)
    return text_on(readable(brand)) if name == "on_brand" else str(getattr(_LIGHT, name))


def _paper(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    section.different_first_page_header_footer = True


def _defaults(document: WordDocument) -> None:
    """Font and language for whatever no style says it for."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for part in list(defaults):
        defaults.remove(part)
    defaults.append(parse_xml(f"<w:rFonts {nsdecls('w')} {_fonts()}/>"))
    defaults.append(parse_xml(f'<w:sz {nsdecls("w")} w:val="22"/>'))
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'))


def _fonts() -> str:
    return " ".join(f'w:{kind}="{FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))


def _paragraph_style(
    document: WordDocument,
    brand: str,
    name: str,
    base: str | None,
    points: float,
    bold: bool,
    colour: str,
    before: float,
    after: float,
    keep: bool,
) -> Any:
    known = {each.name for each in document.styles}
    styles = document.styles
    style: Any = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, name in _BUILT_IN)
    for part in (style.element.pPr, style.element.rPr):
        if part is not None:
            style.element.remove(part)
    style.base_style = styles[base] if base else None
    style.font.size, style.font.bold = Pt(points), bold
    style.font.name = FONT
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    style.font.color.rgb = RGBColor.from_string(_colour(colour, brand)[1:])
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)
    paragraph.line_spacing = 1.15 if points >= 10 else 1.0
    paragraph.keep_with_next, paragraph.widow_control = keep, True
    style.quick_style, style.hidden = True, False
    _outline(style, name)
    if name == "Footer":
        paragraph.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    return style


def _outline(style: Any, name: str) -> None:
    """Headings stand in the outline, which screen readers and the table of contents go by."""
    if name.startswith("Heading "):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(name[-1]) - 1))
        style.element.get_or_add_pPr().append(level)


def _heat_style(document: WordDocument, fill: str) -> None:
    style: Any = document.styles.add_style(heat_style(fill), WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Table Text"]
    style.font.color.rgb = RGBColor.from_string(text_on(fill)[1:])
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table_style(brand: str) -> Any:
    line = _LIGHT.line[1:]
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
        '<w:name w:val="Waymark Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>'
        "<w:tblPr><w:tblBorders>"
        f'<w:top w:val="single" w:sz="4" w:color="{line}"/><w:bottom w:val="single" w:sz="4" w:color="{line}"/>'
        f'<w:insideH w:val="single" w:sz="4" w:color="{line}"/></w:tblBorders>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{brand[1:]}"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    )


def _number_headings(document: WordDocument) -> None:
    """Headings 1 and 2 get numbers from their styles: in print they are what the contents lead to."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:tabs><w:tab w:val="num" w:pos="680"/></w:tabs><w:ind w:left="680" w:hanging="680"/></w:pPr></w:lvl>'
        for level, text in enumerate(("%1", "%1.%2"))
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="900"><w:abstractNumId w:val="900"/></w:num>'))
    for level in range(2):
        properties = document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        number = parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="900"/></w:numPr>')
        properties.insert_element_before(number, *_AFTER_NUMBERS)


# What the schema puts behind the number of a paragraph's style.
_AFTER_NUMBERS = (
    "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc",
    "w:outlineLvl",
)  # fmt: skip
