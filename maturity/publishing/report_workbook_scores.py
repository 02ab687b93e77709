"""The sheets of the assessment: scores that roll up, answers, gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from maturity.publishing.report_facts import AnswerFact, GapFact, ScoreFact
from maturity.publishing.report_reading import Reading
from maturity.publishing.report_workbook_sheet import Book, Formula, Number, cell, checked
from maturity.words import report_workbook_sentences as words
from maturity.words.messages import FEWEST_SHOWN

SCORE, TARGET, BEFORE = 3, 6, 8
MOST_ADDENDS = 100
Placed = tuple[int, ScoreFact]


@dataclass(frozen=True)
class Places:
    """The scores with their rows on the sheet, and those that another may be the mean of."""

    all: Sequence[Placed]

    @cached_property
    def by_department(self) -> Mapping[str | None, Sequence[Placed]]:
        """All of a department, None for the organisation."""
        return self._by(lambda each: each.department)

    @cached_property
    def by_topic(self) -> Mapping[str | None, Sequence[Placed]]:
        """The departments' scores of a topic."""
        return self._by(lambda each: each.topic if each.department else None)

    def _by(self, key: Callable[[ScoreFact], str | None]) -> Mapping[str | None, Sequence[Placed]]:
        found: dict[str | None, list[Placed]] = {}
        for row, each in self.all:
            found.setdefault(key(each), []).append((row, each))
        return found


def scores_sheet(book: Book, reading: Reading) -> None:
    """Scores by place; a roll-up is a formula where a plain mean gives it, else the number and "weighted"."""
    places = _places(reading)
    rows = [_score_row(number, each, places, reading) for number, each in places.all]
    sheet = book.sheet(words.SCORES, words.COLUMNS[words.SCORES], rows, words.NOTHING[words.SCORES])
    if rows:
        book.colour_levels(sheet, len(rows), SCORE)
        _score_chart(book, sheet, places.all)


def _places(reading: Reading) -> Places:
    """The scores in the order of the sheet with their rows: topics, dimensions, all; the organisation first."""
    facts = reading.facts
    found: list[ScoreFact | None] = []
    for department in (None, *(each.id for each in facts.departments)):
        found += [reading.score(department, topic=each.id) for each in facts.topics]
        found += [reading.score(department, dimension=each.id) for each in facts.dimensions]
        found.append(reading.score(department))
    return Places(list(enumerate((each for each in found if each is not None), start=1)))


def _score_row(row: int, each: ScoreFact, places: Places, reading: Reading) -> list[Any]:
    score, how = _rolled_up(each, places)
    of = "topic" if each.topic else "dimension" if each.dimension else "all"
    own, target, before = (cell(row, column) for column in (SCORE, TARGET, BEFORE))
    gap = None if each.score is None or each.target is None else max(0.0, each.target - each.score)
    moved = None if each.score is None or each.before is None else each.score - each.before
    return [
        reading.department(each.department) if each.department else words.EVERYWHERE,
        words.PLACE[of],
        (reading.topic(each.topic) if each.topic else reading.dimension(each.dimension))
        if of != "all"
        else words.PLACE["all"],
        Number(score, "score"),
        Number(each.coverage, "share"),
        Number(each.level, "whole"),
        Number(each.target, "score"),
        Number(None if gap is None else Formula(f"=MAX(0,{target}-{own})", gap), "score"),
        Number(each.before, "score"),
        Number(None if moved is None else Formula(f"={own}-{before}", moved), "score"),
        how,
    ]


def _rolled_up(each: ScoreFact, places: Places) -> tuple[float | Formula | None, str]:
    if each.score is None:
        return None, ""
    for how, parts in _ways(each, places):
        known = [part.score for _, part in parts if part.score is not None]
        if known and len(parts) <= MOST_ADDENDS:
            addends = ",".join(cell(row, SCORE) for row, _ in parts)
            made = checked(f"=AVERAGE({addends})", sum(known) / len(known), each.score)
            if isinstance(made, Formula):
                return made, how
    return each.score, words.WEIGHTED if each.topic is None or each.department is None else ""


def _ways(each: ScoreFact, places: Places) -> list[tuple[str, list[Placed]]]:
    """What a score may be the mean of."""
    own = places.by_department[each.department]
    if each.topic is None and each.dimension:
        return [(words.MEAN_OF_TOPICS, [one for one in own if one[1].topic and one[1].dimension == each.dimension])]
    if each.topic is None:
        return [(words.MEAN_OF_DIMENSIONS, [one for one in own if one[1].dimension and not one[1].topic])]
    if each.department is None:
        return [(words.MEAN_OF_DEPARTMENTS, list(places.by_topic.get(each.topic, ())))]
    return []


def _score_chart(book: Book, sheet: Any, places: Sequence[Placed]) -> None:
    topics = [row for row, each in places if each.department is None and each.topic]
    if not topics:
        return
    first, last = topics[0], topics[-1]
    chart = book.workbook.add_chart({"type": "bar"})
    for title, column, fill in (("Score", SCORE, book.colour), ("Target", TARGET, "#B9C2CB")):
        chart.add_series(
            {
                "name": title,
                "categories": [words.SCORES, first, 2, last, 2],
                "values": [words.SCORES, first, column, last, column],
                "fill": {"color": fill},
            }
        )
    chart.set_title({"name": words.SCORE_CHART, "name_font": {"name": "Arial", "size": 12}})
    chart.set_x_axis({"min": 0, "max": max(book.levels, 1), "major_unit": 1})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": 120 + 34 * len(topics)})
    place = len(words.COLUMNS[words.SCORES]) + 1
    sheet.insert_chart(1, place, chart, {"description": words.chart_said(len(topics))})


def answers_sheet(book: Book, reading: Reading) -> None:
    """Values by question and department where they were asked for, else means over departments."""
    nothing = words.NOTHING[words.ANSWERS]
    answers = reading.facts.answers
    if not reading.facts.with_answers:
        book.sheet(words.ANSWERS, words.TOGETHER_COLUMNS, _together(answers, reading), nothing)
        return
    steps = tuple(str(level) for level in range(1, len(reading.facts.levels) + 1))
    columns = (*words.ANSWER_COLUMNS, *((words.LEVEL_SHARE.format(step), 11) for step in steps))
    book.sheet(words.ANSWERS, columns, [_answer(each, steps, reading) for each in answers], nothing)


def _answer(each: AnswerFact, steps: Sequence[str], reading: Reading) -> list[Any]:
    few = each.answers < FEWEST_SHOWN
    return [
        reading.department(each.department),
        reading.topic(each.topic),
        each.question,
        each.text,
        Number(each.value, "score"),
        each.value_from,
        words.FEW if few else Number(each.answers, "whole"),
        each.evidence,
        *(None if few else Number(each.shares.get(step), "share") for step in steps),
    ]


def _together(answers: Sequence[AnswerFact], reading: Reading) -> list[list[Any]]:
    by_question: dict[tuple[str, str, str], list[float]] = {}
    for each in answers:
        known = by_question.setdefault((each.topic, each.question, each.text), [])
        known += [each.value] if each.value is not None else []
    return [
        [
            reading.topic(topic),
            question,
            text,
            Number(len(known), "whole") if len(known) >= FEWEST_SHOWN else words.FEW,
            Number(sum(known) / len(known), "score") if len(known) >= FEWEST_SHOWN else words.NOT_SHOWN,
        ]
        for (topic, question, text), known in by_question.items()
    ]


def gaps_sheet(book: Book, reading: Reading) -> None:
    """The gaps with what makes their priority, the largest first."""
    gaps = sorted(reading.facts.gaps, key=lambda each: -each.priority)
    total = sum(each.priority for each in gaps)
    rows = [_gap(row, each, len(gaps), total, reading) for row, each in enumerate(gaps, start=1)]
    sheet = book.sheet(words.GAPS, words.COLUMNS[words.GAPS], rows, words.NOTHING[words.GAPS])
    if rows:
        book.colour_levels(sheet, len(rows), 2)
        sheet.conditional_format(1, 6, len(rows), 6, {"type": "data_bar", "bar_color": "#B9C2CB", "bar_solid": True})


def _gap(row: int, each: GapFact, count: int, total: float, reading: Reading) -> list[Any]:
    score, target, gap, importance, priority = (cell(row, column) for column in range(2, 7))
    everything = f"{cell(1, 6, fixed=True)}:{cell(count, 6, fixed=True)}"
    share = Formula(f"={priority}/SUM({everything})", each.priority / total) if total else None
    return [
        reading.department(each.department),
        reading.topic(each.topic),
        Number(each.score, "score"),
        Number(each.target, "score"),
        Number(checked(f"={target}-{score}", each.target - each.score, each.gap), "score"),
        Number(each.importance, "whole"),
        Number(checked(f"={gap}*{importance}", each.gap * each.importance, each.priority), "score"),
        Number(share, "share"),
        each.due,
    ]
