"""Roadmap, measures, risks, decisions, promises and sign-off, as parts of the PDF."""

from __future__ import annotations

from maturity.publishing import report_tables as tables
from maturity.publishing.folded_actions import ActionRow, family
from maturity.publishing.legal_text import one_line
from maturity.publishing.pdf_parts import Sheet
from maturity.publishing.report_facts import DecisionFact, PhaseFact
from maturity.publishing.report_reading import Reading
from maturity.publishing.report_tables import Rows, number
from maturity.words import pdf_sentences as own
from maturity.words import strategy_sentences as words
from maturity.words.headline_sentences import began_before
from maturity.words.leadership_sentences import shortened
from maturity.words.messages import percent

BLANK_LINES = 3


def roadmap(sheet: Sheet, reading: Reading) -> bool:
    """The phases, the actions of each, milestones and money; False without a plan."""
    if not reading.actions:
        return False
    sheet.heading(words.ROADMAP)
    _phases(sheet, reading)
    for phase in reading.facts.phases:
        _phase(sheet, phase, [each for each in reading.actions if each.phase == phase.number], reading)
    if reading.facts.milestones:
        sheet.show(tables.milestones(reading))
    _money(sheet, reading)
    return True


def _phases(sheet: Sheet, reading: Reading) -> None:
    rows: Rows = [
        [
            words.phase_name(each.number, each.name),
            own.phase_dates(each.start, each.finish),
            number(percent(each.done)),
            number(percent(each.planned)),
        ]
        for each in reading.facts.phases
    ]
    if rows:
        heads = ["Phase", "From and to", "Done", "Planned by now"]
        sheet.table(own.PHASE_TABLE, heads, rows, (38, 34, 12, 16), what="phase")


def _phase(sheet: Sheet, phase: PhaseFact, actions: list[ActionRow], reading: Reading) -> None:
    sheet.heading(words.phase_name(phase.number, phase.name), 2)
    if not actions:
        sheet.text(words.NOTHING_STARTS)
        return
    said = words.phase_said(phase.start, phase.finish, phase.done, phase.planned)
    sheet.show(tables.actions(said, actions, reading))


def _money(sheet: Sheet, reading: Reading) -> None:
    facts = reading.facts
    if not any(there or planned for _, there, planned in facts.budgets):
        return
    names = {each.number: words.phase_name(each.number, each.name) for each in facts.phases}
    rows: Rows = [
        [names.get(phase, f"Phase {phase}"), *(number(f"{each:,.0f}") for each in (there, planned, there - planned))]
        for phase, there, planned in facts.budgets
    ]
    heads = ["Phase", f"Budget, {facts.currency}", f"Planned, {facts.currency}", f"Left, {facts.currency}"]
    sheet.table(own.MONEY_TABLE, heads, rows, (40, 20, 20, 20), what="phase")
    if facts.paid_before:
        sheet.text(began_before(f"{facts.paid_before:,.0f} {facts.currency}".strip()), "note")


def measures(sheet: Sheet, reading: Reading) -> bool:
    """The KPIs: where each began, where it is, and where it has to be; False where there are none."""
    if not reading.facts.kpis:
        return False
    sheet.heading(words.MEASURES)
    sheet.show(tables.measures(reading))
    return True


def risks(sheet: Sheet, reading: Reading) -> bool:
    """The risks that are not closed, the heaviest first, and how each is answered."""
    table, closed = tables.risks(reading)
    if not table.rows:
        return False
    sheet.heading(words.RISKS)
    sheet.text(words.RISKS_SAID, "before a table")
    sheet.show(table)
    if closed:
        sheet.text(words.closed_risks(closed), "note")
    return True


def decisions(sheet: Sheet, reading: Reading) -> bool:
    """What leaders have to settle, with what postponing costs, then the options of each."""
    if not reading.facts.decisions:
        return False
    sheet.heading(own.NEEDED)
    rows: Rows = [
        [
            each.question,
            number(words.short_day(each.needed_by) if each.needed_by else words.NOT_SAID),
            each.postponed or own.NO_SENTENCE,
            each.recommendation or words.NOT_SAID,
        ]
        for each in reading.facts.decisions
    ]
    heads = ["Decision", "Needed by", "If it is postponed", "Recommended"]
    sheet.table(own.DECISION_TABLE, heads, rows, (32, 15, 33, 20), what="decision")
    for each in reading.facts.decisions:
        _options(sheet, each)
    return True


def _options(sheet: Sheet, decision: DecisionFact) -> None:
    if decision.options:
        caption = words.options_of(shortened(one_line(decision.question)))
        sheet.table(caption, ["Option", "Cost", "What comes of it"], decision.options, (30, 25, 45), what="option")


def promises(sheet: Sheet, reading: Reading) -> bool:
    """What was promised at the last review, and what became of it."""
    if not reading.facts.promises:
        return False
    sheet.heading(own.PROMISES)
    rows: Rows = [[_promised(what, reading), *rest] for what, *rest in reading.facts.promises]
    sheet.table(own.PROMISE_TABLE, own.PROMISE_HEADS, rows, (38, 26, 36), what="promise")
    return True


def _promised(what: str, reading: Reading) -> str:
    """A promise, or the title of the action that it is of."""
    action = reading.by_code.get(family(what))
    return one_line(action.title) if action else what


def sign_off(sheet: Sheet, reading: Reading) -> None:
    """What is approved so far, and lines to sign."""
    sheet.heading(words.SIGN_OFF)
    sheet.text(reading.facts.approval or words.NOT_APPROVED, "before a table")
    rows: Rows = [[who, said, ""] for who, said in reading.facts.signatures]
    blank: Rows = [["", "", ""]] * BLANK_LINES
    sheet.table(own.SIGN_TABLE, own.SIGN_HEADS, rows or blank, (30, 34, 36), tall=True)
