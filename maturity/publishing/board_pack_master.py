"""The master of the board pack: wide slides in Arial, with the organisation's name, colour and mark on every one."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.oxml.shapes.picture import CT_Picture
from pptx.util import Inches

from maturity.charts.lettering import shortened
from maturity.charts.theme import Palette, contrast, palette
from maturity.publishing.brand_rules import UNREADABLE
from maturity.publishing.legal_text import one_line
from maturity.publishing.report_facts import Brand, ReportFacts
from maturity.words.board_pack_sentences import COVER

WIDTH, HEIGHT = 13.333, 7.5
LEFT, TOP, BOTTOM = 0.6, 1.55, 6.85
"""Inches: where the content of a slide begins and ends."""
ROOM = WIDTH - 2 * LEFT
BODY_SIZE, SMALL_SIZE, TITLE_SIZE = 14, 12, 26
"""Points; nothing on a slide is smaller than `SMALL_SIZE`."""
_BLANKS = ("Title Slide", "Title Only")
_LOGO_HIGH, _LOGO_WIDE = 0.55, 1.6


@dataclass(frozen=True, slots=True)
class Deck:
    """A pack in the making: the facts, the file, the colours of the house, and the titles that are taken."""

    facts: ReportFacts
    file: Any
    colours: Palette
    titles: set[str] = field(default_factory=set)


def new_deck(facts: ReportFacts) -> Deck:
    """An empty pack with the organisation's master."""
    file = Presentation()
    file.slide_width, file.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _keep_layouts(file)
    colours = palette("light")
    _letters_and_colours(file, facts.brand, colours)
    _about(file, facts)
    deck = Deck(facts, file, colours)
    _place_title(file.slide_master, file.slide_layouts)
    _brand_master(deck)
    return deck


def readable(colour: str, colours: Palette) -> str:
    """The organisation's colour where it can be read on white, else the ink."""
    return colour if contrast(colour, colours.background) >= 4.5 else colours.ink


def logo_size(logo: str, high: float, wide: float) -> tuple[float, float] | None:
    """Width and height in inches of a mark that fits into a box; None where there is none that can be drawn."""
    try:
        with Image.open(BytesIO(b64decode(logo))) as image:
            across, down = image.size
    except UNREADABLE:  # a report without its mark is a report
        return None
    scale = min(wide / across, high / down)
    return across * scale, down * scale


def _keep_layouts(file: Any) -> None:
    """Only the two that are used stay: an empty one in the menu would be another to mend."""
    for layout in list(file.slide_layouts):
        if layout.name not in _BLANKS:
            file.slide_layouts.remove(layout)
    for holder in (file.slide_master, *file.slide_layouts):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type in (16, 15):  # date and footer: the master says both as text
                shape._element.getparent().remove(shape._element)
    for relation in list(file.part.package._rels.values()):
        if relation.reltype.endswith("/thumbnail"):
            file.part.package._rels.pop(relation.rId)


def _letters_and_colours(file: Any, brand: Brand, colours: Palette) -> None:
    theme = file.slide_master.part.part_related_by(RT.THEME)
    text = theme.blob.decode()
    text = re.sub(r'(<a:latin typeface=")[^"]*', r"\1Arial", text)
    slots = {
        "dk1": colours.ink, "lt1": colours.background, "dk2": colours.ink_soft, "lt2": colours.surface_strong,
        "accent1": brand.colour, "accent2": colours.phase[1], "accent3": colours.phase[2],
        "accent4": colours.phase[3], "accent5": colours.maturity[2], "accent6": colours.maturity[3],
        "hlink": colours.accent, "folHlink": colours.accent,
    }  # fmt: skip
    for slot, colour in slots.items():
        text = re.sub(rf"<a:{slot}>.*?</a:{slot}>", f'<a:{slot}><a:srgbClr val="{colour[1:]}"/></a:{slot}>', text)
    theme._blob = text.encode()


def _about(file: Any, facts: ReportFacts) -> None:
    about = file.core_properties
    about.title = f"{COVER}, {one_line(facts.brand.name)}"[:255]
    about.author = about.last_modified_by = one_line(facts.brand.name)[:255]
    about.language, about.subject, about.keywords, about.comments = "en-GB", one_line(facts.plan)[:255], "", ""
    about.revision = 1


def _place_title(master: Any, layouts: Any) -> None:
    for holder in (master, *layouts):
        for shape in holder.placeholders:
            kind = int(shape.placeholder_format.type)
            if kind in (1, 2, 3, 4):
                shape.text_frame.margin_left = 0
            if kind in (1, 3):
                _set_box(shape, LEFT, 0.45, ROOM - _LOGO_WIDE - 0.2, 1.0)
            elif kind == 2:
                _set_box(shape, LEFT, TOP, ROOM, BOTTOM - TOP)
            elif kind == 4:
                _set_box(shape, LEFT, 4.2, ROOM - 1, 1.6)
            elif kind == 13:
                _set_box(shape, WIDTH - LEFT - 1, 6.98, 1, 0.35)
    for name in ("titleStyle", "bodyStyle"):
        _quiet_style(master._element.find(f".//{qn(f'p:{name}')}"), name == "titleStyle")


def _set_box(shape: Any, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Inches(left), Inches(top), Inches(width), Inches(height)


def _quiet_style(style: Any, title: bool) -> None:
    """Left and in the size of the house; titles bold."""
    for level in style:
        if title:
            level.set("algn", "l")
        for letters in level.findall(qn("a:defRPr")):
            letters.set("sz", str(100 * (TITLE_SIZE if title else BODY_SIZE)))
            letters.set("lang", "en-GB")
            if title:
                letters.set("b", "1")


def _brand_master(deck: Deck) -> None:
    """A bar of the organisation's colour above, its mark at the right, its name below."""
    master, brand = deck.file.slide_master, deck.facts.brand
    tree = master._element.find(f".//{qn('p:spTree')}")
    tree.insert(2, _bar(90, brand.colour))
    tree.append(_name_below(91, brand, deck.colours))
    if size := logo_size(brand.logo, _LOGO_HIGH, _LOGO_WIDE):
        tree.append(_logo(92, master.part, brand, size))
    _hide_on_cover(deck.file.slide_layouts)


def _bar(number: int, colour: str) -> Any:
    bar = CT_Shape.new_autoshape_sp(number, "Colour", "rect", 0, 0, Inches(WIDTH), Inches(0.14))
    _fill(bar, colour)
    return bar


def _name_below(number: int, brand: Brand, colours: Palette) -> Any:
    box = CT_Shape.new_textbox_sp(number, "Organisation", Inches(LEFT), Inches(6.98), Inches(9), Inches(0.35))
    name = shortened(one_line(brand.name), 620, SMALL_SIZE)
    body = box.find(qn("p:txBody"))
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    paragraph = etree.SubElement(body, qn("a:p"))
    run = etree.SubElement(paragraph, qn("a:r"))
    letters = etree.SubElement(run, qn("a:rPr"), lang="en-GB", sz=str(100 * SMALL_SIZE))
    etree.SubElement(etree.SubElement(letters, qn("a:solidFill")), qn("a:srgbClr"), val=colours.ink_soft[1:])
    etree.SubElement(run, qn("a:t")).text = name
    body.find(qn("a:bodyPr")).set("lIns", "0")
    body.find(qn("a:bodyPr")).set("wrap", "square")
    return box


def _logo(number: int, part: Any, brand: Brand, size: tuple[float, float]) -> Any:
    _, relation = part.get_or_add_image_part(BytesIO(b64decode(brand.logo)))
    place = (Inches(WIDTH - LEFT - size[0]), Inches(0.5), Inches(size[0]), Inches(size[1]))
    picture = CT_Picture.new_pic(number, "Logo", "", relation, *place)
    picture.find(f".//{qn('p:cNvPr')}").set("descr", one_line(brand.logo_alt) or one_line(brand.name))
    return picture


def _fill(shape: Any, colour: str) -> None:
    """One colour, no line, no shadow; the style of the theme would bring the last two."""
    style = shape.find(qn("p:style"))
    if style is not None:
        shape.remove(style)
    properties = shape.find(qn("p:spPr"))
    etree.SubElement(etree.SubElement(properties, qn("a:solidFill")), qn("a:srgbClr"), val=colour[1:])
    etree.SubElement(etree.SubElement(properties, qn("a:ln")), qn("a:noFill"))


def _hide_on_cover(layouts: Any) -> None:
    layouts.get_by_name("Title Slide")._element.set("showMasterSp", "0")


Build = Callable[[Deck], None]
"""Adds the slides of one subject, none where there is nothing to say."""
