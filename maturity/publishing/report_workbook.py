"""The workbook: the report's numbers as sheets, with formulas where a reader would check them."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from xlsxwriter import Workbook

from maturity.publishing.fixed_package import fixed
from maturity.publishing.legal_text import one_line
from maturity.publishing.report_facts import ReportFacts
from maturity.publishing.report_reading import Reading
from maturity.publishing.report_workbook_plan import (
    COST,
    EFFORT,
    STATUS,
    budget_sheet,
    capacity_sheet,
    kpis_sheet,
    plan_sheet,
    risks_sheet,
)
from maturity.publishing.report_workbook_scores import answers_sheet, gaps_sheet, scores_sheet
from maturity.publishing.report_workbook_sheet import Book, Formula, Number, cell, row_height
from maturity.words import report_workbook_sentences as words

# No text becomes a formula, a link or a number by how it looks.
_AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def report_workbook(facts: ReportFacts) -> bytes:
    """The workbook as XLSX. Each formula is stored with its value: viewers that do not calculate show it too."""
    made = io.BytesIO()
    workbook = Workbook(made, _AS_TEXT)
    _properties(workbook, facts)
    book, reading = Book(workbook, facts.brand.colour, len(facts.levels)), Reading(facts)
    _read_me(book, facts)
    for sheet in (scores_sheet, answers_sheet, gaps_sheet, plan_sheet):
        sheet(book, reading)
    for sheet in (capacity_sheet, budget_sheet, kpis_sheet, risks_sheet):
        sheet(book, reading)
    workbook.close()
    return fixed(made.getvalue(), facts.as_of)


def _properties(workbook: Workbook, facts: ReportFacts) -> None:
    name = one_line(facts.brand.name)[:255]
    created = datetime.combine(facts.as_of, time())
    workbook.set_properties({"title": one_line(facts.plan)[:255] or name, "author": name, "created": created})


def _read_me(book: Book, facts: ReportFacts) -> None:
    sheet = book.workbook.add_worksheet(words.README)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    rows = [*_about(facts), *_at_a_glance(facts), *words.ABOUT_SHEETS.items(), ("", words.FORMULAS)]
    for row, (name, value) in enumerate(rows):
        if name:
            sheet.write_string(row, 0, name, book.format(bold=True))
        sheet.set_row(row, row_height([value], [90]))
        book.write(sheet, row, 1, value, align="left")


def _about(facts: ReportFacts) -> list[tuple[str, Any]]:
    """What this is of. The day stands in the second row, where formulas find it."""
    framework = f"{facts.framework} {facts.framework_version}".strip()
    closed = f"{facts.round}, {facts.round_on.isoformat()}" if facts.round_on else facts.round
    lines: list[tuple[str, Any]] = [
        (words.ORGANISATION, facts.brand.name),
        (words.AS_OF, facts.as_of),
        (words.HEADLINE, facts.headline),
        (words.PLAN_NAME, facts.plan),
        (words.APPROVAL, facts.approval),
        (words.ROUND, closed),
        (words.FRAMEWORK, framework),
        (words.CURRENCY, facts.currency),
    ]
    kept = [*lines[:2], *(line for line in lines[2:] if line[1])]
    return [*kept, ("", words.DEMO)] if facts.is_demo else kept


def _at_a_glance(facts: ReportFacts) -> list[tuple[str, Number]]:
    """Sums and counts over the other sheets, as formulas; those of sheets without rows are left out."""
    actions, named = facts.actions, words.AT_A_GLANCE
    found: list[tuple[str, Number]] = []
    if actions:
        status, effort, cost = (_column(words.PLAN, each, len(actions)) for each in (STATUS, EFFORT, COST))
        late, done = (sum(each.status == code for each in actions) for code in ("late", "done"))
        priced = [each.cost for each in actions if each.cost is not None]
        days = sum(sum(each.effort.values()) for each in actions)
        found += [
            (named["actions"], Number(Formula(f"=COUNTA({status})", len(actions)), "whole")),
            (named["late"], Number(Formula(f'=COUNTIF({status},"late")', late), "whole")),
            (named["done"], Number(Formula(f'=COUNTIF({status},"done")', done), "whole")),
            (named["effort"], Number(Formula(f"=SUM({effort})", days), "days")),
            (named["cost"], Number(Formula(f"=SUM({cost})", sum(priced)), "money")),
            (named["unpriced"], Number(Formula(f"=COUNTBLANK({cost})", len(actions) - len(priced)), "whole")),
        ]
    if facts.gaps:
        total = sum(each.priority for each in facts.gaps)
        summed = Formula(f"=SUM({_column(words.GAPS, 6, len(facts.gaps))})", total)
        found.append((named["priority"], Number(summed, "score")))
    if facts.risks:
        states, closed = _column(words.RISKS, 7, len(facts.risks)), sum(each.state == "closed" for each in facts.risks)
        opened = Formula(f'=ROWS({states})-COUNTIF({states},"closed")', len(facts.risks) - closed)
        found.append((named["open"], Number(opened, "whole")))
    return found


def _column(sheet: str, column: int, rows: int) -> str:
    return f"{sheet}!{cell(1, column, fixed=True)}:{cell(rows, column, fixed=True)}"
