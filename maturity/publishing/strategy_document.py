"""The strategy document: a council's Word document for stakeholders, from vision to signatures."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.shared import Cm

from maturity.publishing.fixed_package import fixed
from maturity.publishing.legal_text import one_line
from maturity.publishing.report_facts import ReportFacts
from maturity.publishing.report_reading import Reading
from maturity.publishing.report_tables import pictures_of
from maturity.publishing.strategy_document_appendix import appendix
from maturity.publishing.strategy_document_assessment import all_scores, gaps, stand, vision
from maturity.publishing.strategy_document_parts import Paper
from maturity.publishing.strategy_document_plan import (
    decisions,
    measures,
    objectives,
    priorities,
    risks,
    roadmap,
    sign_off,
)
from maturity.publishing.strategy_document_styles import blank_document
from maturity.words import strategy_sentences as words

Section = Callable[[Paper, Reading], bool]
SECTIONS: tuple[tuple[str, Section], ...] = (
    (words.VISION, vision),
    (words.STAND, stand),
    (words.GAPS, gaps),
    (words.OBJECTIVES, objectives),
    (words.PRIORITIES, priorities),
    (words.ROADMAP, roadmap),
    (words.MEASURES, measures),
    (words.RISKS, risks),
    (words.DECISIONS, decisions),
)
LOGO_WIDTH, LOGO_HEIGHT = Cm(5), Cm(3.5)


def strategy_document(facts: ReportFacts) -> bytes:
    """The document as DOCX. Sections without anything to say are left out, and listed as not settled yet."""
    document = blank_document(facts.brand.colour, len(facts.levels))
    paper, reading = Paper(document), Reading(facts)
    _properties(document, facts)
    _title_page(paper, facts)
    below = _contents_page(paper, facts)
    left = [name for name, section in SECTIONS if not _written(name, section, paper, reading)]
    _not_settled(paper, facts, left)
    sign_off(paper, reading)
    all_scores(paper, reading)
    appendix(paper, reading)
    paper.contents(below)
    paper.running_lines(words.TITLE, facts.plan, one_line(facts.brand.name))
    made = io.BytesIO()
    document.save(made)
    return fixed(made.getvalue(), facts.as_of)


def _written(name: str, section: Section, paper: Paper, reading: Reading) -> bool:
    if not section(paper, reading):
        return False
    for picture in pictures_of(name, reading.facts):
        paper.picture(picture)
    return True


def _properties(document: WordDocument, facts: ReportFacts) -> None:
    about: Any = document.core_properties
    name = one_line(facts.brand.name)
    about.title, about.author, about.language = f"{words.TITLE}: {name}"[:255], name[:255], "en-GB"
    about.subject, about.comments, about.keywords = one_line(facts.plan)[:255], "", ""
    about.created = about.modified = datetime.combine(facts.as_of, time(), UTC)
    about.last_modified_by = name[:255]


def _title_page(paper: Paper, facts: ReportFacts) -> None:
    if facts.brand.logo:
        paper.image(facts.brand.logo, facts.brand.logo_alt or facts.brand.name, "Cover Mark", LOGO_WIDTH, LOGO_HEIGHT)
    paper.text(facts.brand.name, "Cover Name")
    paper.text(words.TITLE, "Title")
    paper.text(words.about_plan(one_line(facts.plan), facts.as_of), "Subtitle")
    if facts.approval:
        paper.text(facts.approval)
    if facts.is_demo:
        paper.text(words.DEMO, "Notice")
    paper.document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _contents_page(paper: Paper, facts: ReportFacts) -> Any:
    """The summary and, below it, the contents; returns the paragraph that they come in front of."""
    paper.text(words.IN_SHORT, "Contents Heading")
    paper.text(facts.headline, "Lead")
    paper.bullets(facts.bullets)
    paper.text(words.CONTENTS, "Contents Heading")
    return paper.text("", "Table End")


def _not_settled(paper: Paper, facts: ReportFacts, left: list[str]) -> None:
    lines = list(dict.fromkeys([*(words.MISSING[name] for name in left if name in words.MISSING), *facts.missing]))
    if lines:
        paper.heading(words.NOT_YET)
        paper.bullets(lines)
