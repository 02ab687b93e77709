"""Vision, where we stand and what is missing: the first half of the strategy document."""

from __future__ import annotations

from maturity.publishing import report_tables as tables
from maturity.publishing.report_reading import Reading
from maturity.publishing.strategy_document_parts import Paper
from maturity.words import strategy_sentences as words

MOST_IN_TEXT = 40
"""Departments whose scores stand in the text itself; those of more stand in an appendix."""


def vision(paper: Paper, reading: Reading) -> bool:
    """The organisation's vision and the goals that it is made of; False where none is written down."""
    goals = [each.goal for each in reading.facts.objectives if each.goal]
    if not goals and not reading.facts.vision:
        return False
    paper.heading(words.VISION, new_page=True)
    if reading.facts.vision:
        paper.text(reading.facts.vision, "Lead")
    paper.bullets(goals)
    return True


def stand(paper: Paper, reading: Reading) -> bool:
    """Where the organisation stands, in words, as a heat map and in pictures."""
    facts = reading.facts
    if not reading.scored_departments and reading.score() is None:
        return False
    paper.heading(words.STAND)
    paper.text(words.about_round(facts.round, facts.round_on, facts.framework, facts.framework_version))
    if facts.finding:
        paper.text(facts.finding)
    departments = reading.scored_departments
    if len(departments) <= MOST_IN_TEXT:
        _heat_map(paper, reading, departments)
    else:
        _heat_map(paper, reading, ())
        paper.text(words.many_departments(len(departments)))
    topics = tables.topics(reading)
    if topics.rows:
        paper.show(topics)
    return True


def all_scores(paper: Paper, reading: Reading) -> bool:
    """The scores of every department, where there are too many for the text."""
    if len(reading.scored_departments) <= MOST_IN_TEXT:
        return False
    paper.heading(words.ALL_SCORES, new_page=True)
    _heat_map(paper, reading, reading.scored_departments)
    return True


def _heat_map(paper: Paper, reading: Reading, departments: tuple[str, ...]) -> None:
    table = tables.heat_map(reading, departments)
    paper.show(table)
    paper.text(table.note, "Caption")


def gaps(paper: Paper, reading: Reading) -> bool:
    """What is missing to the targets, by topic: no department is ranked."""
    if not reading.gaps:
        return False
    paper.heading(words.GAPS)
    paper.text(words.GAPS_SAID)
    paper.show(tables.gaps(reading))
    return True
