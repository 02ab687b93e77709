"""The roadmap as native shapes that can be moved: bars on phases, with arrows glued to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from maturity.charts.lettering import text_width
from maturity.charts.theme import phase_colour, phase_rest, phase_tint
from maturity.publishing.board_pack_master import BOTTOM, LEFT, ROOM, SMALL_SIZE, TOP, Deck
from maturity.publishing.board_pack_parts import (
    add_box,
    add_note,
    add_slide,
    add_text,
    cut_to,
    decorate,
    describe,
    lines_of,
    put_text,
)
from maturity.publishing.board_pack_standing import sources
from maturity.publishing.folded_actions import ActionRow, folded
from maturity.words import board_pack_sentences as words

ROWS, MOST_SLIDES = 16, 3
"""Rows of one slide at letters of 12 points; what three slides do not hold stands in the appendix."""
NAMES, STATES = 4.1, 1.75
"""Inches for the names at the left and for how each stands at the right."""
HEAD, FOOT = 0.62, 0.3


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to inches from the left edge of the slide."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day is; days outside stand at the edges."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return LEFT + NAMES + min(1.0, max(0.0, share)) * (ROOM - NAMES - STATES)


def add_timeline(deck: Deck) -> None:
    """The rows by phase and start, sixteen a slide."""
    rows = folded(deck.facts)
    if not rows:
        return
    pages = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)][:MOST_SLIDES]
    late = [row for row in rows if row.status.code == "late"]
    end = max(row.finish for row in rows)
    title = words.timeline_title(len(late), sum(row.critical for row in late), end)
    scale = _scale(deck, rows)
    for number, page in enumerate(pages, start=1):
        slide = add_slide(deck, title, _notes(deck, page, len(rows)), page=number, pages=len(pages))
        _draw(deck, slide, page, scale)


def _notes(deck: Deck, page: Sequence[ActionRow], count: int) -> list[str]:
    left = count - ROWS * MOST_SLIDES
    more = words.more_rows(left, "in the appendix and in the workbook") if left > 0 else ""
    return [*sources(deck.facts, words.LATE_RULE, words.FOLDED_RULE), more, *(row.title for row in page)]


def _scale(deck: Deck, rows: Sequence[ActionRow]) -> Scale:
    starts = [row.start for row in rows] + [each.start for each in deck.facts.phases]
    ends = [row.finish for row in rows] + [each.finish for each in deck.facts.phases]
    return Scale(min(starts), max(ends))


def _draw(deck: Deck, slide: Any, page: Sequence[ActionRow], scale: Scale) -> None:
    step = (BOTTOM - TOP - HEAD - FOOT) / max(len(page), 8)
    bottom = TOP + HEAD + step * len(page)
    add_note(deck, slide, bottom + 0.06, words.TIMELINE_KEY)
    named = _have_room(deck, scale)
    if not named:
        key = words.phases_key([(each.number, each.name) for each in deck.facts.phases])
        line = cut_to(key, ROOM * 72 * 0.98, SMALL_SIZE, 1)
        add_text(slide, (LEFT, TOP - 0.02, ROOM, 0.25), [line], size=SMALL_SIZE, colour=deck.colours.ink_soft)
    _phases(deck, slide, scale, bottom, named)
    _today(deck, slide, scale, bottom)
    bars: dict[str, Any] = {}
    names = {row.code: row.title for row in folded(deck.facts)}
    for place, row in enumerate(page):
        bars[row.code] = _row(deck, slide, row, scale, TOP + HEAD + place * step, step, names)
    _arrows(deck, slide, page, bars)


def _have_room(deck: Deck, scale: Scale) -> bool:
    """Whether every phase's name stands whole in its band."""
    wide = {each: (scale.at(each.finish) - scale.at(each.start) - 0.1) * 72 for each in deck.facts.phases}
    return all(
        lines_of(f"{each.number} {each.name}", width, SMALL_SIZE, bold=True) <= 2
        and all(text_width(word, SMALL_SIZE, bold=True) <= width for word in each.name.split())
        for each, width in wide.items()
    )


def _phases(deck: Deck, slide: Any, scale: Scale, bottom: float, named: bool) -> None:
    """The bands, each with its name, or with its number where the names stand above."""
    top = TOP if named else TOP + 0.3
    for each in deck.facts.phases:
        left, right = scale.at(each.start), scale.at(each.finish)
        wide = max(0.02, right - left)
        shape = add_box(slide, (left, top, wide, bottom - top), phase_tint("light", each.number))
        describe(shape, words.phase_said(each.number, each.name, each.start, each.finish), f"Phase {each.number}")
        frame = shape.text_frame
        frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.TOP, True
        frame.margin_left = frame.margin_right = frame.margin_top = Inches(0.05)
        lines = [f"{each.number} {each.name}" if named else str(each.number)]
        put_text(frame, lines, size=SMALL_SIZE, colour=phase_colour("light", each.number), bold=True, align="left")


def _today(deck: Deck, slide: Any, scale: Scale, bottom: float) -> None:
    day = deck.facts.as_of
    if not scale.first <= day <= scale.last:
        return
    top = TOP + HEAD - 0.06  # below the names of the phases
    line = add_box(slide, (scale.at(day) - 0.012, top, 0.024, bottom - top), deck.colours.bad)
    describe(line, words.today_said(day), "Today")


def _row(
    deck: Deck, slide: Any, row: ActionRow, scale: Scale, top: float, step: float, names: Mapping[str, str]
) -> Any:
    label = cut_to(row.title, (NAMES - 0.15) * 72, SMALL_SIZE, 1)
    middle = top + (step - 0.2) / 2
    add_text(slide, (LEFT, middle, NAMES - 0.1, 0.2), [label], size=SMALL_SIZE, colour=deck.colours.ink)
    bar = _bar(deck, slide, row, scale, top, step, names)
    said = cut_to(f"{words.MARKS[row.status.code]} {row.said}", (STATES - 0.2) * 72, SMALL_SIZE, 1)
    colour = deck.colours.bad if row.status.code == "late" else deck.colours.ink_soft
    add_text(slide, (LEFT + ROOM - STATES + 0.12, middle, STATES - 0.12, 0.2), [said], size=SMALL_SIZE, colour=colour)
    return bar


def _bar(
    deck: Deck, slide: Any, row: ActionRow, scale: Scale, top: float, step: float, names: Mapping[str, str]
) -> Any:
    left, high = scale.at(row.start), min(0.22, step * 0.62)
    wide = max(0.06, scale.at(row.finish) - left)
    middle = top + (step - high) / 2
    line = deck.colours.bad if row.critical else ""
    bar = add_box(slide, (left, middle, wide, high), phase_rest("light", row.phase), MSO_SHAPE.RECTANGLE, line)
    needs = [names[code] for code in row.requires if code in names]
    said = words.bar_said(row.owner, row.start, row.finish, row.percent_done, row.said, needs)
    describe(bar, f"{row.title}: {said}", row.title)
    if row.percent_done > 0:
        done = add_box(slide, (left, middle, wide * row.percent_done / 100, high), phase_colour("light", row.phase))
        decorate(done)
    return bar


def _arrows(deck: Deck, slide: Any, page: Sequence[ActionRow], bars: Mapping[str, Any]) -> None:
    """An arrow from each action to those that wait for it; on the critical path in the colour of its outlines."""
    chain = {row.code for row in page if row.critical}
    for row in page:
        for code in row.requires:
            if code in bars:
                on_chain = {code, row.code} <= chain
                colour = deck.colours.bad if on_chain else deck.colours.ink_faint
                _arrow(slide, bars[code], bars[row.code], colour)


def _arrow(slide: Any, first: Any, then: Any, colour: str) -> None:
    arrow = slide.shapes.add_connector(MSO_CONNECTOR.ELBOW, 0, 0, 0, 0)
    drop = then.top > first.top and then.left > first.left + first.width // 2
    arrow.begin_connect(first, 2 if drop else 3)
    arrow.end_connect(then, 1)
    if drop:
        _down_then_right(arrow)
    arrow.line.width, arrow.line.color.rgb = Pt(1.25), RGBColor.from_string(colour[1:])
    etree.SubElement(arrow.line._get_or_add_ln(), qn("a:tailEnd"), type="triangle")
    decorate(arrow)


def _down_then_right(arrow: Any) -> None:
    """The elbow with one corner. Its preset goes right and then down: turned by 270 degrees and flipped, with width
    and height changed over, it goes down and then right."""
    left, top, wide, high = arrow.left, arrow.top, arrow.width, arrow.height
    shape = arrow._element.find(qn("p:spPr"))
    shape.find(qn("a:prstGeom")).set("prst", "bentConnector2")
    frame = shape.find(qn("a:xfrm"))
    for name in ("flipH", "flipV"):
        frame.attrib.pop(name, None)
    frame.set("rot", "16200000")
    frame.set("flipH", "1")
    arrow.left, arrow.top = Emu(left + (wide - high) // 2), Emu(top + (high - wide) // 2)
    arrow.width, arrow.height = Emu(high), Emu(wide)
