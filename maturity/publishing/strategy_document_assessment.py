"""Vision, where we stand and what is missing: the first half of the strategy document."""

from __future__ import annotations

from maturity.publishing.report_facts import ScoreFact
from maturity.publishing.report_reading import Reading
from maturity.publishing.strategy_document_parts import Cell, Paper, number
from maturity.publishing.strategy_document_styles import heat_colours, heat_style
from maturity.words import strategy_sentences as words
from maturity.words.messages import counted, percent, shown_score, signed

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
        heat_map(paper, reading, departments)
    else:
        heat_map(paper, reading, ())
        paper.text(words.many_departments(len(departments)))
    _topics(paper, reading)
    return True


def all_scores(paper: Paper, reading: Reading) -> bool:
    """The scores of every department, where there are too many for the text."""
    if len(reading.scored_departments) <= MOST_IN_TEXT:
        return False
    paper.heading(words.ALL_SCORES, new_page=True)
    heat_map(paper, reading, reading.scored_departments)
    return True


def heat_map(paper: Paper, reading: Reading, departments: tuple[str, ...]) -> None:
    """Scores by department and dimension, each cell in the colour of the level that it has reached."""
    dimensions = reading.facts.dimensions
    heads = ["Department", *(each.name for each in dimensions), "All"]
    rows = []
    for department in (None, *departments):
        scores = [*(reading.score(department, dimension=each.id) for each in dimensions), reading.score(department)]
        name = reading.department(department) if department else words.EVERYWHERE
        rows.append([Cell(name, "Table Small"), *(_heat(each, reading) for each in scores)])
    widths = [18.0, *[76 / max(1, len(dimensions))] * len(dimensions), 6.0]
    described = words.heat_map_said(len(departments), len(dimensions))
    paper.table(words.HEAT_MAP, heads, rows, widths, described)
    paper.text(_key(reading), "Caption")


def _key(reading: Reading) -> str:
    levels = ", ".join(f"{place} {name}" for place, name in enumerate(reading.facts.levels, start=1))
    return f"Levels: {levels}. {words.LOWERED}" if levels else words.LOWERED


def _heat(score: ScoreFact | None, reading: Reading) -> Cell:
    colours = heat_colours(len(reading.facts.levels))
    if score is None or score.score is None:
        return Cell(words.NOT_SCORED, heat_style(colours[-1]), colours[-1])
    reached = min(max(int(score.score), 1), len(colours) - 1)
    fill = colours[reached - 1]
    return Cell(shown_score(score.score), heat_style(fill), fill)


def _topics(paper: Paper, reading: Reading) -> None:
    rows = []
    for topic in reading.facts.topics:
        score = reading.score(topic=topic.id)
        if score is not None:
            rows.append([topic.name, *_topic_numbers(score)])
    if rows:
        paper.table(
            words.BY_TOPIC, ["Topic", "Score", "Before", "Change", "Target", "Coverage"], rows, (40, 12, 12, 12, 12, 12)
        )


def _topic_numbers(score: ScoreFact) -> list[Cell]:
    moved = None if score.score is None or score.before is None else score.score - score.before
    return [
        number(words.NOT_SCORED if score.score is None else shown_score(score.score)),
        number("" if score.before is None else shown_score(score.before)),
        number("" if moved is None else signed(moved)),
        number("" if score.target is None else shown_score(score.target)),
        number(percent(score.coverage)),
    ]


def gaps(paper: Paper, reading: Reading) -> bool:
    """What is missing to the targets, by topic: no department is ranked."""
    if not reading.gaps:
        return False
    paper.heading(words.GAPS)
    paper.text(words.GAPS_SAID)
    rows = [
        [
            reading.topic(topic),
            number(str(len({each.department for each in found}))),
            number(f"{sum(each.gap for each in found):.1f}"),
            number(_span([each.importance for each in found])),
            number(f"{sum(each.priority for each in found):.1f}"),
        ]
        for topic, found in reading.gaps.items()
    ]
    heads = ["Topic", "Departments below target", "Gaps, levels", "Importance", "Priority"]
    described = f"{counted(len(rows), 'topic')}, the one with the most priority first."
    paper.table(words.GAP_TABLE, heads, rows, (40, 18, 14, 14, 14), described)
    return True


def _span(steps: list[int]) -> str:
    return str(min(steps)) if min(steps) == max(steps) else f"{min(steps)} to {max(steps)}"
