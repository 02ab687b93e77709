"""Where we stand and what is missing, as parts of the PDF."""

from __future__ import annotations

from maturity.charts.theme import maturity_ramp, palette
from maturity.publishing.pdf_parts import Cell, Rows, Sheet, number
from maturity.publishing.report_facts import ScoreFact
from maturity.publishing.report_reading import Reading
from maturity.words import pdf_sentences as own
from maturity.words import strategy_sentences as words
from maturity.words.messages import percent, shown_score, signed


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
    _heat_map(sheet, reading)
    _topics(sheet, reading)
    return True


def _heat_map(sheet: Sheet, reading: Reading) -> None:
    dimensions = reading.facts.dimensions
    rows: list[list[Cell | str]] = []
    for department in (None, *reading.scored_departments):
        scores = [*(reading.score(department, dimension=each.id) for each in dimensions), reading.score(department)]
        name = reading.department(department) if department else words.EVERYWHERE
        rows.append([name, *(_heat(each, len(reading.facts.levels)) for each in scores)])
    heads = ["Department", *(each.name for each in dimensions), "All"]
    widths = [30.0, *[70 / (len(dimensions) + 1)] * (len(dimensions) + 1)]
    sheet.table(words.HEAT_MAP, heads, rows, widths, what="department", note=_key(reading), small=True)


def _key(reading: Reading) -> str:
    levels = ", ".join(f"{place} {name}" for place, name in enumerate(reading.facts.levels, start=1))
    return f"Levels: {levels}. {words.LOWERED}" if levels else words.LOWERED


def _heat(score: ScoreFact | None, levels: int) -> Cell:
    if score is None or score.score is None:
        return Cell(words.NOT_SCORED, True, palette("light").unknown)
    ramp = maturity_ramp("light", max(levels, 1))
    reached = min(max(int(score.score + 1e-9), 1), len(ramp))
    return Cell(shown_score(score.score), True, ramp[reached - 1])


def _topics(sheet: Sheet, reading: Reading) -> None:
    found = [(each.name, reading.score(topic=each.id)) for each in reading.facts.topics]
    rows: Rows = [[name, *_numbers(score)] for name, score in found if score is not None]
    if rows:
        heads = ["Topic", "Score", "Before", "Change", "Target", "Coverage"]
        sheet.table(words.BY_TOPIC, heads, rows, (40, 12, 12, 12, 12, 12), what="topic")


def _numbers(score: ScoreFact) -> list[Cell]:
    moved = None if score.score is None or score.before is None else score.score - score.before
    return [
        number(words.NOT_SCORED if score.score is None else shown_score(score.score)),
        number("" if score.before is None else shown_score(score.before)),
        number("" if moved is None else signed(moved)),
        number("" if score.target is None else shown_score(score.target)),
        number(percent(score.coverage)),
    ]


def gaps(sheet: Sheet, reading: Reading) -> bool:
    """What is missing to the targets, added up by topic: no department is ranked."""
    if not reading.gaps:
        return False
    sheet.heading(words.GAPS)
    sheet.text(words.GAPS_SAID, "before a table")
    rows: Rows = [
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
    sheet.table(words.GAP_TABLE, heads, rows, (36, 20, 15, 15, 14), what="topic")
    return True


def _span(steps: list[int]) -> str:
    return str(min(steps)) if min(steps) == max(steps) else f"{min(steps)} to {max(steps)}"
