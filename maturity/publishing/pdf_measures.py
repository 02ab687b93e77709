"""Measures as a part of the PDF: those behind their path first, copies in several departments as one row."""

from __future__ import annotations

from collections.abc import Sequence

from maturity.publishing.folded_actions import family
from maturity.publishing.kpi_way import is_behind, reached
from maturity.publishing.legal_text import one_line
from maturity.publishing.pdf_parts import Cell, Rows, Sheet, number
from maturity.publishing.report_facts import KpiFact
from maturity.publishing.report_reading import Reading
from maturity.words import pdf_sentences as own
from maturity.words import strategy_sentences as words


def measures(sheet: Sheet, reading: Reading) -> bool:
    """The KPIs: where each began, where it is, and where it has to be; False where there are none."""
    if not reading.facts.kpis:
        return False
    sheet.heading(words.MEASURES)
    rows: Rows = [_row(each, reading) for each in _folded(reading.facts.kpis)]
    heads = ["Measure", "Of", "Began at", "Now", "Target", "How it stands"]
    sheet.table(own.KPI_TABLE, heads, rows, (27, 25, 11, 11, 11, 15), what="measure")
    return True


def _folded(kpis: Sequence[KpiFact]) -> list[list[KpiFact]]:
    """KPIs of the copies of an action as one, those with one behind its path first, those without a reading last."""
    found: dict[tuple[str, str, str], list[KpiFact]] = {}
    for each in kpis:
        found.setdefault((family(each.of), each.name, each.unit), []).append(each)
    return sorted(found.values(), key=_order)


def _order(copies: Sequence[KpiFact]) -> int:
    if any(map(is_behind, copies)):
        return 0
    return 1 if any(each.value is not None for each in copies) else 2


def _row(copies: Sequence[KpiFact], reading: Reading) -> list[Cell | str]:
    first = copies[0]
    of = reading.by_code.get(family(first.of))
    columns = ([each.baseline for each in copies], [each.value for each in copies], [each.target for each in copies])
    return [
        ", ".join(part for part in (one_line(first.name), one_line(first.unit)) if part),
        one_line(of.title) if of else reading.objective(first.of),
        *(number(_span(values)) for values in columns),
        _said(copies),
    ]


def _span(values: Sequence[float | None]) -> str:
    """The lowest and the highest, as one number where they are the same."""
    known = [each for each in values if each is not None]
    if not known:
        return words.NOT_READ
    low, high = (f"{each:,.10g}" for each in (min(known), max(known)))
    return low if low == high else f"{low} to {high}"


def _said(copies: Sequence[KpiFact]) -> str:
    codes = [_state(each) for each in copies]
    if len(copies) > 1:
        return own.measured_in(len(copies), {code: codes.count(code) for code in dict.fromkeys(codes)})
    read_on = copies[0].read_on
    return f"{own.KPI_STATE[codes[0]]}, {words.short_day(read_on)}" if read_on else own.KPI_STATE[codes[0]]


def _state(kpi: KpiFact) -> str:
    if kpi.value is None:
        return "unread"
    return "reached" if reached(kpi) else "behind" if is_behind(kpi) else "on_path"
