"""What slides are built of: a titled slide with notes, text, shapes, pictures; each with a text alternative."""

from __future__ import annotations

import unicodedata
from base64 import b64decode
from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from maturity.charts.lettering import text_width, wrapped
from maturity.publishing.board_pack_master import BODY_SIZE, LEFT, ROOM, SMALL_SIZE, TITLE_SIZE, Deck
from maturity.publishing.fonts import STACK
from maturity.publishing.legal_text import legal, one_line
from maturity.publishing.report_facts import Picture
from maturity.words.board_pack_sentences import MOST_WORDS, continued

TITLE_WIDTH = 720
"""Points of a line of a title."""
ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
_DECORATIVE = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_DECORATIVE_SPACE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_IMAGE = f"{_RELATION}/image"
_TURNED = ("R", "AL", "RLE", "RLO", "RLI")


def add_slide(
    deck: Deck, title: str, sources: Sequence[str], layout: str = "Title Only", *, page: int = 1, pages: int = 1
) -> Any:
    """A slide with a title that no other has; `sources` go to its notes, one a paragraph."""
    slide = deck.file.slides.add_slide(deck.file.slide_layouts.get_by_name(layout))
    words = _unique(deck, continued(_few_words(one_line(title)), page, pages))
    put_text(slide.shapes.title.text_frame, [words], size=TITLE_SIZE, colour=deck.colours.ink, bold=True)
    slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    if layout == "Title Only":
        _number(slide)
    put_text(slide.notes_slide.notes_text_frame, [each for each in sources if each], size=SMALL_SIZE)
    return slide


def _few_words(title: str) -> str:
    """At most twelve words, and two lines of the title's box. What is too long ends where a part of it ends, and only
    a first part that is too long by itself is cut."""
    parts = title.split("; ")
    fits = next((cut for n in range(len(parts), 0, -1) if _fits(cut := "; ".join(parts[:n]))), "")
    words = parts[0].split()
    cut = fits or (parts[0] if len(words) <= MOST_WORDS else f"{' '.join(words[:MOST_WORDS])}…")
    return " ".join(wrapped(cut, TITLE_WIDTH, TITLE_SIZE, bold=True)) or "…"


def _fits(title: str) -> bool:
    whole = len(title.split()) <= MOST_WORDS
    return whole and " ".join(wrapped(title, TITLE_WIDTH, TITLE_SIZE, bold=True)) == title


def _unique(deck: Deck, title: str) -> str:
    number, words = 1, title
    while words in deck.titles:
        number += 1
        words = f"{title} ({number})"
    deck.titles.add(words)
    return words


def _number(slide: Any) -> None:
    """The slide's number: python-pptx leaves this placeholder of the layout out."""
    for shape in slide.slide_layout.placeholders:
        if int(shape.placeholder_format.type) == 13:
            copy = deepcopy(shape._element)
            copy.find(f".//{qn('p:cNvPr')}").set("id", "3")
            slide.shapes._spTree.append(copy)


def put_text(
    frame: Any,
    lines: Sequence[str],
    *,
    size: float = BODY_SIZE,
    colour: str = "",
    bold: bool = False,
    align: str = "",
    space: float = 0,
) -> None:
    """Paragraphs of legal text in a text frame, each in the direction of its first letter."""
    for place, line in enumerate(lines or [""]):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = one_line(line)
        run.font.size, run.font.bold = Pt(size), bold
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour[1:])
        if align:
            paragraph.alignment = ALIGN[align]
        if space and place:
            paragraph.space_before = Pt(space)
        if turned(line):
            paragraph._p.get_or_add_pPr().set("rtl", "1")


def turned(text: str) -> bool:
    """Whether the text runs from right to left: its first letter says."""
    kinds = (unicodedata.bidirectional(each) for each in text)
    return next((kind in _TURNED for kind in kinds if kind in {"L", *_TURNED}), False)


def add_text(
    slide: Any, box: tuple[float, float, float, float], lines: Sequence[str], *, inset: float = 0.0, **style: Any
) -> Any:
    """A text box at left, top, width, height in inches, with no margin of its own."""
    shape = slide.shapes.add_textbox(*(Inches(each) for each in box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = Inches(inset)
    frame.margin_top = frame.margin_bottom = Inches(0)
    put_text(frame, lines, **style)
    return shape


def add_note(deck: Deck, slide: Any, top: float, words: str) -> Any:
    """A quiet line under a table or a chart."""
    box = (LEFT, top, ROOM, 0.5)
    return add_text(slide, box, [words], size=SMALL_SIZE, colour=deck.colours.ink_soft)


def add_box(slide: Any, box: tuple[float, float, float, float], fill: str, shape: int = 1, line: str = "") -> Any:
    """A shape (1: rectangle) of one colour at left, top, width, height in inches, without shadow."""
    made = slide.shapes.add_shape(shape, *(Inches(each) for each in box))
    made.shadow.inherit = False
    made.fill.solid()
    made.fill.fore_color.rgb = RGBColor.from_string(fill[1:])
    if line:
        made.line.color.rgb = RGBColor.from_string(line[1:])
        made.line.width = Pt(2)
    else:
        made.line.fill.background()
    return made


def describe(shape: Any, words: str, name: str = "") -> None:
    """The text alternative of a shape, and what it is called in the selection pane."""
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("descr", one_line(words))
    if name:
        about.set("name", one_line(name)[:120])


def decorate(shape: Any) -> None:
    """Marks a shape as decoration: read by nobody."""
    about = shape._element.xpath(".//p:cNvPr")[0]
    about.set("descr", "")
    extension = etree.SubElement(etree.SubElement(about, qn("a:extLst")), qn("a:ext"), uri=_DECORATIVE)
    space = {"adec": _DECORATIVE_SPACE}
    etree.SubElement(extension, f"{{{_DECORATIVE_SPACE}}}decorative", nsmap=space).set("val", "1")


def add_picture(slide: Any, picture: Picture, box: tuple[float, float, float, float]) -> Any:
    """A drawn chart as large as fits the box: SVG, with its PNG for readers that draw none."""
    left, top, wide, high = box
    scale = min(wide / picture.width, high / picture.height)
    across, down = picture.width * scale, picture.height * scale
    place = (Inches(left + (wide - across) / 2), Inches(top), Inches(across), Inches(down))
    shape = slide.shapes.add_picture(BytesIO(b64decode(picture.png)), *place)
    describe(shape, picture.description or picture.title, picture.title)
    _add_svg(slide, shape, picture)
    return shape


def _add_svg(slide: Any, shape: Any, picture: Picture) -> None:
    # Slides are read with the reader's own fonts, and not every reader falls through a list of them.
    svg = legal(picture.svg).replace(STACK, "Arial").encode()
    number = len(list(slide.part.package.iter_parts()))
    part = Part(PackURI(f"/ppt/media/drawing{number}.svg"), "image/svg+xml", slide.part.package, svg)
    relation = slide.part.relate_to(part, _IMAGE)
    blip = shape._element.xpath(".//a:blip")[0]
    extension = etree.SubElement(etree.SubElement(blip, qn("a:extLst")), qn("a:ext"), uri=_SVG)
    drawn = etree.SubElement(extension, f"{{{_SVG_SPACE}}}svgBlip", nsmap={"asvg": _SVG_SPACE})
    drawn.set(f"{{{_RELATION}}}embed", relation)


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """About how many lines the text takes in a width in points; words that are wider are broken."""
    lines, used = 1, 0.0
    blank = text_width(" ", size)
    for word in text.split():
        wide = text_width(word, size, bold=bold)
        if used and used + blank + wide <= width:
            used += blank + wide
            continue
        lines += bool(used)
        while wide > width:
            lines, wide = lines + 1, wide - width
        used = wide
    return lines


def cut_to(text: str, width: float, size: float, most: int, *, bold: bool = False) -> str:
    """The text on one line, cut so that it takes no more than `most` lines of a width in points."""
    words = one_line(text)
    if lines_of(words, width, size, bold=bold) <= most:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = lines_of(f"{words[:middle]}…", width, size, bold=bold) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return f"{words[:low].rstrip(' ,.')}…"
