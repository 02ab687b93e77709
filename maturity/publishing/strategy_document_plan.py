"""Objectives, roadmap, this year's actions, measures, risks, decisions, sign-off: the second half of the document."""

from __future__ import annotations

from maturity.publishing import report_tables as tables
from maturity.publishing.folded_actions import ActionRow, family
from maturity.publishing.legal_text import one_line
from maturity.publishing.report_facts import DecisionFact, ObjectiveFact, PhaseFact
from maturity.publishing.report_reading import MOST_PRIORITIES, Reading
from maturity.publishing.strategy_document_parts import Cell, Paper, number
from maturity.words import strategy_sentences as words
from maturity.words.leadership_sentences import shortened

BLANK_LINES = 3


def objectives(paper: Paper, reading: Reading) -> bool:
    """Each goal, how it is measured, and the actions that serve it; what is missing is said to be missing."""
    if not reading.facts.objectives:
        return False
    paper.heading(words.OBJECTIVES)
    for each in reading.facts.objectives:
        paper.heading(each.name, 2)
        paper.text(each.goal or words.NO_GOAL)
        paper.text(_measured(each))
        served = [one_line(reading.by_code[code].title) for code in _codes(each, reading)]
        if served:
            paper.text(words.SERVED_BY).paragraph_format.keep_with_next = True
            paper.bullets(served)
        else:
            paper.text(words.SERVED_BY_NOTHING)
    return True


def _codes(objective: ObjectiveFact, reading: Reading) -> list[str]:
    return [code for code in dict.fromkeys(map(family, objective.actions)) if code in reading.by_code]


def _measured(objective: ObjectiveFact) -> str:
    if not objective.measure:
        return words.NO_MEASURE
    return words.measured_by(objective.measure, objective.target)


def roadmap(paper: Paper, reading: Reading) -> bool:
    """The phases with their actions, owners by role, days and how they stand."""
    if not reading.actions:
        return False
    paper.heading(words.ROADMAP, new_page=True)
    for phase in reading.facts.phases:
        _phase(paper, phase, [each for each in reading.actions if each.phase == phase.number], reading)
    if reading.facts.milestones:
        paper.heading(words.MILESTONE_TABLE, 2)
        paper.show(tables.milestones(reading))
    return True


def _phase(paper: Paper, phase: PhaseFact, actions: list[ActionRow], reading: Reading) -> None:
    paper.heading(words.phase_name(phase.number, phase.name), 2)
    paper.text(words.phase_said(phase.start, phase.finish, phase.done, phase.planned))
    if not actions:
        paper.text(words.NOTHING_STARTS)
        return
    paper.show(tables.actions(words.actions_of(phase.number, phase.name), actions, reading))


def priorities(paper: Paper, reading: Reading) -> bool:
    """The few actions of the next twelve months that come first, each with why it is now."""
    first = reading.this_year[:MOST_PRIORITIES]
    if not first:
        return False
    paper.heading(words.PRIORITIES)
    paper.text(words.START_SMALL)
    rows = [
        [
            one_line(each.title),
            _why(each, reading.waiting.get(each.code, 0)),
            tables.owners(each, reading),
            number(words.short_day(each.finish)),
        ]
        for each in first
    ]
    paper.table(words.PRIORITY_TABLE, ["Action", "Why now", "Owner", "By"], rows, (33, 33, 19, 15))
    if left := len(reading.this_year) - len(first):
        paper.text(words.more_this_year(left))
    return True


def _why(each: ActionRow, waiting: int) -> str:
    begun = any(copy.percent_done > 0 for copy in each.copies)
    return words.why_now(each.late, waiting, each.critical, each.percent_done, each.start, begun)


def measures(paper: Paper, reading: Reading) -> bool:
    """The KPIs: where each began, where it is, and where it has to be."""
    if not reading.facts.kpis:
        return False
    paper.heading(words.MEASURES)
    table = tables.measures(reading)
    if len(table.rows) < len(reading.facts.kpis):
        paper.text(words.KPIS_FOLDED)
    paper.show(table)
    return True


def risks(paper: Paper, reading: Reading) -> bool:
    """The risks that are not closed, and how each is answered."""
    table, closed = tables.risks(reading)
    if not table.rows:
        return False
    paper.heading(words.RISKS)
    paper.text(words.RISKS_SAID)
    paper.show(table)
    if closed:
        paper.text(words.closed_risks(closed))
    return True


def decisions(paper: Paper, reading: Reading) -> bool:
    """What leaders have to settle, with what postponing costs."""
    if not reading.facts.decisions:
        return False
    paper.heading(words.DECISIONS)
    for each in reading.facts.decisions:
        _decision(paper, each)
    return True


def _decision(paper: Paper, decision: DecisionFact) -> None:
    question = one_line(decision.question)
    paper.heading(shortened(question).replace(" …", "…"), 2)  # or the dots would stand on a line of their own
    if shortened(question) != question:
        paper.text(question)
    paper.text(f"{words.needed_by(decision.needed_by)} {words.if_postponed(decision.postponed)}".strip())
    if decision.recommendation:
        paper.text(words.recommended(decision.recommendation))
    if decision.options:
        paper.table(words.options_of(question), ["Option", "Cost", "What comes of it"], decision.options, (30, 25, 45))


def sign_off(paper: Paper, reading: Reading) -> None:
    """A page of its own: what is approved so far, and lines to sign."""
    paper.heading(words.SIGN_OFF, new_page=True)
    paper.text(reading.facts.approval or words.NOT_APPROVED)
    paper.text(words.SIGN_SAID)
    rows = [[one_line(role), one_line(name), Cell("", "Signature")] for name, role in reading.facts.signatures]
    rows += [["", "", Cell("", "Signature")] for _ in range(0 if rows else BLANK_LINES)]
    paper.table(words.SIGN_TABLE, words.SIGN_COLUMNS, rows, (32, 32, 36))
