"""The appendix on request: what holds for each question in each department, and what is said as evidence."""

from __future__ import annotations

from collections.abc import Iterable

from maturity.publishing.report_facts import AnswerFact
from maturity.publishing.report_reading import Reading
from maturity.publishing.strategy_document_parts import Cell, Paper
from maturity.words import strategy_sentences as words
from maturity.words.messages import FEWEST_SHOWN, shown_score


def appendix(paper: Paper, reading: Reading) -> bool:
    """The values by department and question; of fewer than 5 answers neither their number nor their spread is said."""
    if not reading.facts.with_answers or not reading.facts.answers:
        return False
    paper.heading(words.APPENDIX, new_page=True)
    paper.text(words.APPENDIX_SAID)
    by_department: dict[str, list[AnswerFact]] = {}
    for each in reading.facts.answers:
        by_department.setdefault(each.department, []).append(each)
    for department, answers in by_department.items():
        name = reading.department(department)
        paper.heading(name, 2, listed=False)
        heads = ["Question", "Value", "From", "Answers", "How they spread", "Evidence"]
        paper.table(words.values_of(name), heads, _rows(answers), (31, 8, 12, 10, 19, 20))
    return True


def _rows(answers: Iterable[AnswerFact]) -> Iterable[list[Cell]]:
    for each in answers:
        few = each.answers < FEWEST_SHOWN
        cells = (
            each.text,
            words.NOT_SCORED if each.value is None else shown_score(each.value),
            words.FROM.get(each.value_from, each.value_from),
            words.FEW if few else str(each.answers),
            words.SPREAD_HIDDEN if few else words.spread_said(each.shares),
            each.evidence,
        )
        yield [Cell(text, "Table Small") for text in cells]
