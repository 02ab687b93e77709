"""The board pack: slides for leaders, with charts, tables and a timeline that can be edited in PowerPoint."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from maturity.publishing import board_pack_delivery as delivery
from maturity.publishing import board_pack_standing as standing
from maturity.publishing.board_pack_capacity import add_capacity
from maturity.publishing.board_pack_master import LEFT, ROOM, Build, Deck, logo_size, new_deck, readable
from maturity.publishing.board_pack_parts import add_box, add_slide, cut_to, decorate, describe, put_text
from maturity.publishing.board_pack_timeline import add_timeline
from maturity.publishing.fixed_package import fixed
from maturity.publishing.legal_text import one_line
from maturity.publishing.report_facts import ReportFacts
from maturity.words import board_pack_sentences as words

SLIDES: tuple[Build, ...] = (
    standing.add_summary,
    delivery.add_decisions,
    standing.add_heat_map,
    standing.add_spread,
    standing.add_gaps,
    standing.add_trend,
    delivery.add_phases,
    add_timeline,
    delivery.add_year,
    delivery.add_kpis,
    delivery.add_risks,
    delivery.add_money,
    delivery.add_objectives,
    delivery.add_promises,
    delivery.add_signatures,
    delivery.add_options,
    delivery.add_all_actions,
    add_capacity,
    delivery.add_pictures,
    standing.add_about,
)
"""What the pack says, in this order; a subject without facts has no slide."""


def board_pack(facts: ReportFacts) -> bytes:
    """The pack as PPTX; the same facts give the same bytes."""
    deck = new_deck(facts)
    _add_cover(deck)
    for build in SLIDES:
        build(deck)
    for slide in deck.file.slides:
        _speak_english(slide._element)
        _speak_english(slide.notes_slide._element)
    made = BytesIO()
    deck.file.save(made)
    return fixed(made.getvalue(), facts.as_of)


def _add_cover(deck: Deck) -> None:
    facts, colours = deck.facts, deck.colours
    slide = add_slide(deck, words.COVER, standing.sources(facts), "Title Slide")
    title, about = slide.shapes.title, slide.placeholders[1]
    for shape, place in ((title, (LEFT, 2.35, ROOM - 1, 1.5)), (about, (LEFT, 3.95, ROOM - 1, 2.3))):
        shape.left, shape.top, shape.width, shape.height = (int(each * 914400) for each in place)
    title.text_frame.paragraphs[0].runs[0].font.size = 40 * 12700
    name = cut_to(facts.brand.name, (ROOM - 1.5) * 72, 24, 2, bold=True)
    said = words.about_cover(one_line(facts.plan), facts.as_of, facts.is_demo)
    lines = [name, cut_to(said, (ROOM - 1.5) * 72, 18, 2), cut_to(facts.approval, (ROOM - 1.5) * 72, 18, 3)]
    put_text(about.text_frame, lines, size=18, colour=colours.ink_soft, align="left", space=6)
    first = about.text_frame.paragraphs[0].runs[0].font
    first.size, first.bold = 24 * 12700, True
    colour = readable(facts.brand.colour, colours)
    first.color.rgb = type(first.color.rgb).from_string(colour[1:])
    decorate(add_box(slide, (0, 6.4, 13.333, 1.1), facts.brand.colour))
    _add_mark(deck, slide)


def _add_mark(deck: Deck, slide: Any) -> None:
    brand = deck.facts.brand
    if size := logo_size(brand.logo, 1.2, 4.0):
        box = [int(each * 914400) for each in (LEFT + 0.1, 0.9, *size)]
        shape = slide.shapes.add_picture(BytesIO(b64decode(brand.logo)), *box)
        describe(shape, brand.logo_alt or brand.name, "Logo")


def _speak_english(part: Any) -> None:
    """Every piece of text says its language, else a screen reader would guess it."""
    for run in part.iter(qn("a:r"), qn("a:fld")):
        letters = run.find(qn("a:rPr"))
        if letters is None:
            letters = etree.Element(qn("a:rPr"))
            run.insert(0, letters)
        letters.set("lang", "en-GB")
    for end in part.iter(qn("a:endParaRPr")):
        end.set("lang", "en-GB")
