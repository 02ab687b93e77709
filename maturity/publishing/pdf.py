"""The report to leadership as PDF: one file that is PDF/UA-1 (can be read aloud) and PDF/A-2a (can be archived).

Typst sets it from memory, without network, from `pdf.typ` beside this file. What is not accessible is not written:
Typst refuses a picture without an alternative text, a character without a letter, a document without a title.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from unicodedata import category

import typst
from PIL import Image

from maturity.charts.theme import palette, text_on
from maturity.publishing.brand_rules import UNREADABLE
from maturity.publishing.fonts import FAMILY, font_folder
from maturity.publishing.legal_text import REMOVED, one_line
from maturity.publishing.pdf_parts import Sheet, foldable, readable
from maturity.publishing.pdf_plan import decisions, measures, promises, risks, roadmap, sign_off
from maturity.publishing.pdf_standing import figures, gaps, stand
from maturity.publishing.report_facts import Brand, ReportFacts
from maturity.publishing.report_reading import Reading
from maturity.publishing.report_tables import pictures_of
from maturity.words import pdf_sentences as words
from maturity.words import strategy_sentences as shared
from maturity.words.leadership_sentences import first_words

STANDARDS = ["a-2a", "ua-1"]
LAST_PLAIN = "\u024f"
"""The last letter of those that are never replaced: Latin ones, which every typeface here has."""
MOST_TURNS = 6
"""Times that characters are replaced before the report is given up; a turn finds nearly all that have no letter."""
LONGEST_NAME = 70
LOGO = "logo.svg"
Section = Callable[[Sheet, Reading], bool]
Document = Mapping[str, Any]
Drawings = Mapping[str, str]
SECTIONS: tuple[tuple[str, Section], ...] = (
    (shared.STAND, stand),
    (shared.GAPS, gaps),
    (shared.ROADMAP, roadmap),
    (shared.MEASURES, measures),
    (shared.RISKS, risks),
    (words.NEEDED, decisions),
    (words.PROMISES, promises),
)
_NO_LETTER = re.compile(r'(?:the text|contains the codepoint) `"((?:[^"\\]|\\.)*)"`')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


def pdf(facts: ReportFacts) -> bytes:
    """The report as PDF; the same facts give the same bytes. Refused where a picture has no description."""
    sheet, reading = Sheet(), Reading(facts)
    left = [name for name, section in SECTIONS if not _written(name, section, sheet, reading)]
    _not_settled(sheet, facts, left)
    sign_off(sheet, reading)
    logo = _logo(facts.brand)
    document = {**_about(facts), "blocks": sheet.blocks, "logo": LOGO if logo else ""}
    return _set(document, {**sheet.drawings, LOGO: logo}, facts.as_of)


def _written(name: str, section: Section, sheet: Sheet, reading: Reading) -> bool:
    if not section(sheet, reading):
        return False
    for picture in pictures_of(name, reading.facts):
        sheet.picture(picture)
    return True


def _not_settled(sheet: Sheet, facts: ReportFacts, left: list[str]) -> None:
    lines = list(dict.fromkeys([*(shared.MISSING[name] for name in left if name in shared.MISSING), *facts.missing]))
    if lines:
        sheet.heading(shared.NOT_YET)
        sheet.bullets(lines)


def _about(facts: ReportFacts) -> dict[str, Any]:
    """What stands on the title page, at the foot of pages and in the file's properties."""
    name, brand = one_line(facts.brand.name), readable(facts.brand.colour)
    light = palette("light")
    short = first_words(name, LONGEST_NAME)
    return {
        "family": FAMILY,
        "title": words.TITLE,
        "full_title": f"{words.TITLE}: {first_words(name, 200)}",
        "name": foldable(name),
        "author": short,
        "subtitle": foldable(words.as_of(one_line(facts.plan), facts.as_of)),
        "approval": foldable(facts.approval),
        "notice": shared.DEMO if facts.is_demo else "",
        "running": words.running(foldable(short), facts.as_of),
        "day": [facts.as_of.year, facts.as_of.month, facts.as_of.day],
        "summary": _summary(facts),
        "contents": shared.CONTENTS,
        "how_to_read": words.HOW_TO_READ,
        "replaced": "",
        "bar": facts.brand.colour,
        "brand": brand,
        "on_brand": text_on(brand),
        "colours": {"ink": light.ink, "soft": light.ink_soft, "line": light.line, "bad": light.bad},
        "logo_alt": one_line(facts.brand.logo_alt) or name,
    }


def _summary(facts: ReportFacts) -> dict[str, Any]:
    return {
        "heading": shared.IN_SHORT,
        "lead": foldable(facts.headline),
        "lines": [foldable(each) for each in facts.bullets or facts.missing],
        "figures": [{"number": foldable(number), "name": foldable(name)} for number, name in figures(Reading(facts))],
    }


def _logo(brand: Brand) -> str:
    """The mark as a drawing around its pixels, "" where it is no picture: Typst takes texts alone from memory."""
    if not brand.logo:
        return ""
    made = BytesIO()
    try:
        with Image.open(BytesIO(b64decode(brand.logo))) as image:
            wide, high = image.size
            image.convert("RGBA").save(made, "PNG")
    except UNREADABLE:
        return ""
    pixels = b64encode(made.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<image width="{wide}" height="{high}" href="data:image/png;base64,{pixels}"/></svg>'
    )


def _set(document: Document, drawings: Drawings, day: date) -> bytes:
    """Sets the report, and where characters have no letter once more without them."""
    for _ in range(MOST_TURNS):
        try:
            return _compiled(document, drawings, day)
        except typst.TypstError as error:
            lost = _lost(error.diagnostic, json.dumps([document, drawings], ensure_ascii=False))
            if not lost:
                raise
            document, drawings = _without(lost, document, drawings)
    raise RuntimeError("the report holds characters that its typefaces cannot show")


def _compiled(document: Document, drawings: Drawings, day: date) -> bytes:
    texts = {"facts.json": json.dumps(document, ensure_ascii=False), **drawings}
    files = {"main.typ": _template(), **{name: text.encode() for name, text in texts.items()}}
    folder = font_folder()
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(folder)] if folder else [])
    compiler: Any = typst.Compiler(cast(Any, files), font_paths=fonts, ignore_system_fonts=True)
    made = compiler.compile(
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(day, time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return Path(__file__).with_suffix(".typ").read_bytes()


def _plain(escaped: str) -> str:
    """A text that Typst quotes in a message, as it was."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], escaped)


def _lost(diagnostic: str, texts: str) -> set[str]:
    """The characters that Typst has no letter for. Where it names a plain letter alone, what hangs on that letter is
    to blame: then it is all marks that hang on letters."""
    named = {letter for piece in _NO_LETTER.findall(diagnostic) for letter in _plain(piece)}
    if not named:
        return set()
    rare = {letter for letter in named if letter > LAST_PLAIN}
    return (rare - {REMOVED}) or {letter for letter in set(texts) if category(letter) in ("Mn", "Me", "Mc", "Cf")}


def _without(lost: set[str], document: Document, drawings: Drawings) -> tuple[Document, Drawings]:
    """The report with each of the characters replaced by a mark that one sees, and a sentence that says so."""
    table = {ord(letter): REMOVED for letter in lost}

    def cleaned(part: Any) -> Any:
        if isinstance(part, str):
            return part.translate(table)
        if isinstance(part, dict):
            return {name: cleaned(value) for name, value in part.items()}
        return [cleaned(each) for each in part] if isinstance(part, list) else part

    return {**cleaned(dict(document)), "replaced": words.REPLACED}, cleaned(dict(drawings))
