"""The sheets of the roadmap: plan, capacity, budget, KPIs, risks."""

from __future__ import annotations

from datetime import date
from typing import Any

from maturity.publishing.report_facts import ActionFact, KpiFact, QuarterFact, RiskFact
from maturity.publishing.report_reading import Reading
from maturity.publishing.report_workbook_sheet import Book, Formula, Number, cell, checked
from maturity.roadmap.status import GRACE_DAYS
from maturity.words import report_workbook_sentences as words

STATUS, LATE, EFFORT, COST = 10, 11, 13, 14
AS_OF_CELL = "'Read me'!$B$2"


def plan_sheet(book: Book, reading: Reading) -> None:
    """The actions; how many days each takes and how late it is are formulas on its days."""
    rows = [_action(row, each, reading) for row, each in enumerate(reading.facts.actions, start=1)]
    sheet = book.sheet(words.PLAN, words.COLUMNS[words.PLAN], rows, words.NOTHING[words.PLAN])
    if rows:
        sheet.freeze_panes(1, 2)
        _on_two_sides(sheet)
        book.mark(sheet, len(rows), STATUS, f'={cell(1, STATUS)}="late"')
        sheet.conditional_format(1, 12, len(rows), 12, {"type": "data_bar", "bar_color": "#B9E0C6", "bar_solid": True})


def _on_two_sides(sheet: Any) -> None:
    """On A3, beside each other: days, status and money, then the texts, both with code and title. On one side so many
    columns cannot be read."""
    sheet.set_paper(8)
    sheet.fit_to_pages(2, 0)
    sheet.repeat_columns(0, 1)
    sheet.print_across()


def _action(row: int, each: ActionFact, reading: Reading) -> list[Any]:
    start, finish = cell(row, 5), cell(row, 6)
    length = (each.finish - each.start).days + 1
    return [
        each.code,
        each.title,
        Number(each.phase, "whole"),
        reading.department(each.department) if each.department else words.EVERYWHERE,
        reading.role(each.owner),
        each.start,
        each.finish,
        Number(Formula(f"={finish}-{start}+1", length), "whole"),
        each.approved_start,
        each.approved_finish,
        each.status.replace("_", " "),
        Number(_late(row, each, reading.facts.as_of), "whole"),
        Number(each.percent_done / 100, "share"),
        Number(sum(each.effort.values()), "days"),
        Number(each.cost, "money"),
        words.YES if each.critical else "",
        words.YES if each.signed_off else "",
        ", ".join(each.requires),
        reading.objective(each.objective),
        each.deliverable,
        each.done_when,
        each.kpi,
        "; ".join(each.closes),
    ]


def _late(row: int, each: ActionFact, as_of: date) -> float | Formula:
    """The one rule of what is late, over the days that were approved."""
    status, start, finish = (cell(row, column) for column in (STATUS, 8, 9))
    past = (as_of - each.approved_finish).days
    computed = 0 if each.status != "late" else past if past > GRACE_DAYS else (as_of - each.approved_start).days
    after, begun = f"{AS_OF_CELL}-{finish}", f"{AS_OF_CELL}-{start}"
    return checked(f'=IF({status}="late",IF({after}>{GRACE_DAYS},{after},{begun}),0)', computed, each.days_late)


def capacity_sheet(book: Book, reading: Reading) -> None:
    """Person-days by role and quarter, with the share that is used and what is too much."""
    rows = [_quarter(row, each, reading) for row, each in enumerate(reading.facts.quarters, start=1)]
    sheet = book.sheet(words.CAPACITY, words.COLUMNS[words.CAPACITY], rows, words.NOTHING[words.CAPACITY])
    if rows:
        book.mark(sheet, len(rows), 5, f"={cell(1, 5)}>0")
        _capacity_chart(book, sheet, len(rows))


def _quarter(row: int, each: QuarterFact, reading: Reading) -> list[Any]:
    planned, available = cell(row, 2), cell(row, 3)
    used = Formula(f"={planned}/{available}", each.planned / each.available) if each.available else None
    return [
        reading.role(each.role),
        Number(each.quarter, "whole"),
        Number(each.planned, "days"),
        Number(each.available, "days"),
        Number(used, "share"),
        Number(Formula(f"=MAX(0,{planned}-{available})", max(0.0, each.planned - each.available)), "days"),
    ]


def _capacity_chart(book: Book, sheet: Any, rows: int) -> None:
    chart = book.workbook.add_chart({"type": "column"})
    for title, column, fill in (("Planned", 2, book.colour), ("Available", 3, "#B9C2CB")):
        chart.add_series(
            {
                "name": title,
                "categories": [words.CAPACITY, 1, 0, rows, 1],
                "values": [words.CAPACITY, 1, column, rows, column],
                "fill": {"color": fill},
            }
        )
    chart.set_title({"name": words.CAPACITY_CHART, "name_font": {"name": "Arial", "size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 900, "height": 380})
    sheet.insert_chart(1, 7, chart, {"description": words.capacity_said(rows)})


def budget_sheet(book: Book, reading: Reading) -> None:
    """Money by phase, with what is left."""
    names = {each.number: each.name for each in reading.facts.phases}
    rows = []
    for row, (phase, available, planned) in enumerate(reading.facts.budgets, start=1):
        has, spends = cell(row, 1), cell(row, 2)
        rows.append(
            [
                f"{phase} {names.get(phase, '')}".strip(),
                Number(available, "money"),
                Number(planned, "money"),
                Number(Formula(f"={has}-{spends}", available - planned), "money"),
                Number(Formula(f"={spends}/{has}", planned / available) if available else None, "share"),
            ]
        )
    if rows and reading.facts.paid_before:
        rows.append([words.BEFORE_THE_PLAN, None, Number(reading.facts.paid_before, "money"), None, None])
    sheet = book.sheet(words.BUDGET, words.COLUMNS[words.BUDGET], rows, words.NOTHING[words.BUDGET])
    if rows:
        book.mark(sheet, len(rows), 3, f"={cell(1, 3)}<0")


def kpis_sheet(book: Book, reading: Reading) -> None:
    """The KPIs with the share of the way that is gone, and how far each is from its path."""
    rows = [_kpi(row, each, reading) for row, each in enumerate(reading.facts.kpis, start=1)]
    book.sheet(words.KPIS, words.COLUMNS[words.KPIS], rows, words.NOTHING[words.KPIS])


def _kpi(row: int, each: KpiFact, reading: Reading) -> list[Any]:
    began, target, now, path = (cell(row, column) for column in (3, 4, 5, 8))
    gone = off = None
    if each.value is not None and each.baseline is not None and each.target not in (None, each.baseline):
        way = (each.value - each.baseline) / (each.target - each.baseline)
        gone = Formula(f"=({now}-{began})/({target}-{began})", way)
    if each.value is not None and each.planned is not None:
        off = Formula(f"={now}-{path}", each.value - each.planned)
    return [
        each.name,
        _measured(each, reading),
        each.unit,
        *(Number(value) for value in (each.baseline, each.target, each.value, each.before)),
        each.read_on,
        Number(each.planned, "near"),
        Number(gone, "share"),
        Number(off, "near"),
        each.said,
    ]


def _measured(each: KpiFact, reading: Reading) -> str:
    """The action that is measured, of a copy with its department, or the objective."""
    action = reading.copies.get(each.of)
    if action is None:
        return reading.objective(each.of)
    return f"{action.title}, {reading.department(action.department)}" if action.department else action.title


def risks_sheet(book: Book, reading: Reading) -> None:
    """The risks, each with its weight."""
    found = sorted(reading.facts.risks, key=lambda each: -each.likelihood * each.impact)
    rows = [_risk(row, each, reading) for row, each in enumerate(found, start=1)]
    book.sheet(words.RISKS, words.COLUMNS[words.RISKS], rows, words.NOTHING[words.RISKS])


def _risk(row: int, each: RiskFact, reading: Reading) -> list[Any]:
    weight = Formula(f"={cell(row, 2)}*{cell(row, 3)}", each.likelihood * each.impact)
    return [
        each.title,
        each.description,
        Number(each.likelihood, "whole"),
        Number(each.impact, "whole"),
        Number(weight, "whole"),
        reading.role(each.owner),
        each.response,
        each.state,
        ", ".join(each.holds),
    ]
