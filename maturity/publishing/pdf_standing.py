"""Where we stand and what is missing, as parts of the PDF."""

from __future__ import annotations

from maturity.publishing import report_tables as tables
from maturity.publishing.pdf_parts import Sheet
from maturity.publishing.report_reading import Reading
from maturity.words import pdf_sentences as own
from maturity.words import strategy_sentences as words
from maturity.words.messages import shown_score


def figures(reading: Reading) -> list[tuple[str, str]]:
    """At most four numbers for the first page, each with what it is: score, late actions, next milestone, decisions."""
    facts, whole = reading.facts, reading.score()
    found = []
    if whole and whole.score is not None:
        found.append((f"{shown_score(whole.score)} of {len(facts.levels)}", own.score_of(facts.round)))
    if reading.actions:
        found.append((str(sum(each.late > 0 for each in reading.actions)), own.late_of(len(reading.actions))))
    coming = [each for each in facts.milestones if each.on >= facts.as_of]
    if coming:
        found.append((words.short_day(coming[0].on), own.next_milestone(coming[0].name)))
    if facts.decisions:
        found.append((str(len(facts.decisions)), own.decisions_needed(len(facts.decisions))))
    return found


def stand(sheet: Sheet, reading: Reading) -> bool:
    """The round, the finding, the heat map as a table and the topics; False where there are no scores."""
    facts = reading.facts
    if not reading.scored_departments and reading.score() is None:
        return False
    sheet.heading(words.STAND, new_page=True)
    sheet.text(words.about_round(facts.round, facts.round_on, facts.framework, facts.framework_version))
    sheet.text(facts.finding)
    sheet.show(tables.heat_map(reading, reading.scored_departments))
    topics = tables.topics(reading)
    if topics.rows:
        sheet.show(topics)
    return True


def gaps(sheet: Sheet, reading: Reading) -> bool:
    """What is missing to the targets, added up by topic: no department is ranked."""
    if not reading.gaps:
        return False
    sheet.heading(words.GAPS)
    sheet.text(words.GAPS_SAID, "before a table")
    sheet.show(tables.gaps(reading))
    return True
