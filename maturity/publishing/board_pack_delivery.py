"""Slides on how the roadmap goes: decisions, phases, this year's actions, KPIs, risks, money, objectives, sign-off."""

from __future__ import annotations

import math
from datetime import timedelta

from maturity.charts.theme import mix, phase_colour
from maturity.publishing.board_pack_charts import BARS, COLUMNS, NativeChart, Series, add_chart
from maturity.publishing.board_pack_master import BODY_SIZE, BOTTOM, LEFT, ROOM, TOP, Deck
from maturity.publishing.board_pack_parts import add_picture, add_slide
from maturity.publishing.board_pack_standing import sources
from maturity.publishing.board_pack_table import Cell, Column, Table, add_table
from maturity.publishing.folded_actions import ActionRow, folded
from maturity.publishing.folded_kpis import FoldedKpi, folded_kpis
from maturity.publishing.kpi_way import is_behind, reached, way
from maturity.publishing.report_facts import KpiFact
from maturity.words import board_pack_sentences as words
from maturity.words.messages import on_day

A_YEAR = timedelta(days=365)
MOST_FIRST, MOST_KPIS, MOST_RISKS, MOST_IN_APPENDIX = 10, 12, 9, 60
DRAWN_NATIVELY = ("dumbbell", "timeline", "kpis", "capacity")
"""Pictures that the pack draws as charts, tables and shapes of its own."""


def add_decisions(deck: Deck) -> None:
    """What leaders have to settle, by when, and what postponing costs."""
    facts = deck.facts
    if not facts.decisions:
        return
    days = [each.needed_by for each in facts.decisions if each.needed_by]
    rows = [
        [
            Cell(text=each.question, bold=True),
            on_day(each.needed_by) if each.needed_by else "no day is set",
            each.postponed or "not said",
            each.recommendation or "none yet",
        ]
        for each in facts.decisions
    ]
    columns = [
        Column(name="Decision needed", width=3.8),
        Column(name="By", width=1.9),
        Column(name="What postponing costs", width=4.0),
        Column(name="Recommended", width=ROOM - 9.7),
    ]
    table = Table(
        columns=columns, rows=rows, description="Table of decisions needed.", sources=sources(facts), size=15,
        most_lines=8,
    )  # fmt: skip
    add_table(deck, words.decisions_title(len(rows), min(days, default=None)), table)


def add_options(deck: Deck) -> None:
    """For each decision with options, what each costs and brings."""
    for number, each in enumerate(deck.facts.decisions[:6], start=1):
        if not each.options:
            continue
        columns = [
            Column(name="Option", width=3.6), Column(name="Cost", width=2.6), Column(name="What comes of it", width=5.9)
        ]  # fmt: skip
        table = Table(
            columns=columns,
            rows=[list(option) for option in each.options],
            description=f"Options of the decision: {each.question}",
            sources=[each.question, words.postponed_said(each.postponed), *sources(deck.facts)],
            note=each.question,
            size=BODY_SIZE,
            first_bold=True,
            most_slides=2,
        )
        add_table(deck, words.options_title(number), table)


def add_phases(deck: Deck) -> None:
    """Work done and planned by now in each phase, in per cent, as a native chart."""
    facts = deck.facts
    if not facts.phases:
        return
    worst = max(facts.phases, key=lambda each: each.planned - each.done)
    behind = worst if worst.planned - worst.done >= 0.005 else None
    rows = [(f"{each.number} {each.name}", _whole(each.done), _whole(each.planned)) for each in facts.phases]
    chart = NativeChart(
        categories=[
            f"{name}, {words.days_short(p.start, p.finish)}" for (name, _, _), p in zip(rows, facts.phases, strict=True)
        ],
        series=[
            Series(name=words.DONE, values=[done for _, done, _ in rows], colour=deck.colours.accent),
            Series(name=words.PLANNED, values=[due for _, _, due in rows], colour=deck.colours.line),
        ],
        description=words.pairs_alternative("work by phase, in %", rows, words.DONE, words.PLANNED),
        sources=sources(facts, words.PHASE_RULE),
        kind=BARS,
        shown='0"%"',
        top=112,
        note=words.PHASE_RULE,
    )
    title = words.phases_title(behind.number if behind else None, worst.done, worst.planned)
    add_chart(deck, title, chart)


def _whole(share: float) -> float:
    """Whole per cent, rounded down as everywhere: 100 stands only where all is done."""
    return float(math.floor(share * 100 + 1e-9))


def add_year(deck: Deck) -> None:
    """This year's priority actions: what is late, then the critical path, then what starts first."""
    until = deck.facts.as_of + A_YEAR
    rows = [row for row in folded(deck.facts) if row.status.code != "done" and row.start <= until]
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: (row.status.code != "late", not row.critical, row.start, row.code))
    shown = ordered[:MOST_FIRST]
    left = len(rows) - len(shown)
    note = words.more_rows(left, "in the appendix") if left else words.YEAR_NOTE
    table = _action_table(deck, shown, note, most_slides=1)
    add_table(deck, words.year_title(len(shown), until), table)


def add_all_actions(deck: Deck) -> None:
    """The whole roadmap as tables; what has no room stands in the workbook."""
    rows = folded(deck.facts)
    if not rows:
        return
    left = len(rows) - MOST_IN_APPENDIX
    note = words.more_rows(left, "in the workbook") if left > 0 else words.FOLDED_RULE
    table = _action_table(deck, rows[:MOST_IN_APPENDIX], note, most_slides=8)
    add_table(deck, words.actions_title(len(rows)), table)


def _action_table(deck: Deck, rows: tuple[ActionRow, ...] | list[ActionRow], note: str, most_slides: int) -> Table:
    columns = [
        Column(name="Action", width=4.9), Column(name="Phase", width=0.8, align="center"),
        Column(name="Owner", width=2.3), Column(name="Finish", width=1.75),
        Column(name="Done", width=0.8, align="right"), Column(name="Status", width=ROOM - 10.55),
    ]  # fmt: skip
    cells = [
        [
            Cell(text=row.title, bold=row.critical),
            Cell(text=str(row.phase), fill=phase_colour("light", row.phase)),
            row.owner or "not named",
            on_day(row.finish),
            f"{row.percent_done:.0f}%",
            Cell(
                text=f"{words.MARKS[row.status.code]} {row.said}",
                colour=deck.colours.bad if row.status.code == "late" else "",
            ),
        ]
        for row in rows
    ]
    return Table(
        columns=columns,
        rows=cells,
        description="Table of actions with phase, owner, finish, share done and status.",
        sources=sources(deck.facts, words.LATE_RULE, words.FOLDED_RULE, words.BOLD_RULE),
        note=f"{note} {words.BOLD_RULE}",
        size=12,
        most_slides=most_slides,
    )


def add_kpis(deck: Deck) -> None:
    """Each KPI on its way to the target as a native chart, then all numbers as a table."""
    facts = deck.facts
    if not facts.kpis:
        return
    lines = folded_kpis(facts.kpis)
    weakest = [each.weakest for each in lines[:MOST_KPIS]]
    ways = [(each, way(each, each.value), way(each, each.planned)) for each in weakest]
    read = [each for each in facts.kpis if way(each, each.value) is not None]
    title = words.kpi_title(sum(map(is_behind, read)), sum(map(reached, read)), len(read))
    known = [(each, now, due) for each, now, due in ways if now is not None]
    if known:
        add_chart(deck, title, _kpi_chart(deck, known))
    columns = [
        Column(name="KPI", width=3.3), Column(name="Unit", width=1.5), Column(name="Start", width=0.75, align="right"),
        Column(name="Before", width=0.8, align="right"), Column(name="Now", width=0.75, align="right"),
        Column(name="Target", width=0.8, align="right"), Column(name="How it stands", width=ROOM - 7.9),
    ]  # fmt: skip
    table = Table(columns=columns, rows=[_kpi_row(each) for each in lines], description="Table of KPIs.",
                  sources=sources(facts), most_slides=4,
                  note=words.KPIS_FOLDED if len(lines) < len(facts.kpis) else "")  # fmt: skip
    add_table(deck, words.kpi_table_title(len(facts.kpis)), table)


def _kpi_row(each: FoldedKpi) -> list[Cell | str]:
    kpi = each.weakest
    numbers = map(_number, (kpi.baseline, kpi.before, kpi.value, kpi.target))
    return [Cell(text=words.kpi_copies(kpi.name, len(each.every)), bold=True), kpi.unit, *numbers, kpi.said]


def _kpi_chart(deck: Deck, known: list[tuple[KpiFact, float, float | None]]) -> NativeChart:
    rows = [(words.kpi_named(k.name, k.unit, k.value, k.target), now, due) for k, now, due in known]
    lowest = min([0.0, *(now for _, now, _ in rows), *(due for _, _, due in rows if due is not None)])
    return NativeChart(
        categories=[name for name, _, _ in rows],
        series=[
            Series(name=words.WAY_NOW, values=[round(now, 6) for _, now, _ in rows], colour=deck.colours.accent),
            Series(
                name=words.WAY_PLANNED,
                values=[None if due is None else round(due, 6) for _, _, due in rows],
                colour=mix(deck.colours.accent, "#FFFFFF", 0.65),
            ),
        ],
        description=words.kpi_alternative([(name, now, due) for name, now, due in rows]),
        sources=sources(deck.facts, words.WAY_RULE),
        kind=BARS,
        shown='0"%"',
        bottom=None if lowest < 0 else 0,
        top=None,
        note=words.WAY_RULE,
        longest=72,
    )


def _number(value: float | None) -> str:
    return words.NO_SCORE if value is None else f"{value:,.10g}"


def add_risks(deck: Deck) -> None:
    """The open risks, the heaviest first."""
    found = [each for each in deck.facts.risks if each.state != "closed"]
    if not found:
        return
    ordered = sorted(found, key=lambda each: -each.likelihood * each.impact)
    rows = [
        [
            Cell(text=words.risk_named(each.title, each.state), bold=True),
            f"{each.likelihood * each.impact} ({each.likelihood} × {each.impact})",
            each.owner or "not named",
            each.response or "none yet",
        ]
        for each in ordered[:MOST_RISKS]
    ]
    columns = [
        Column(name="Risk", width=4.4), Column(name="Weight", width=1.5), Column(name="Owner", width=2.3),
        Column(name="What we do about it", width=ROOM - 8.2),
    ]  # fmt: skip
    left = len(found) - len(rows)
    note = words.RISK_RULE + (f" {words.more_rows(left, 'in the workbook')}" if left else "")
    table = Table(columns=columns, rows=rows, description="Table of open risks.", sources=sources(deck.facts),
                  note=note, size=BODY_SIZE, most_slides=2)  # fmt: skip
    happened = sum(each.state != "open" for each in found)
    add_table(
        deck, words.risks_title(len(found) - happened, happened, ordered[0].likelihood * ordered[0].impact), table
    )


def add_money(deck: Deck) -> None:
    """Budget and planned cost of each phase as a native chart."""
    facts = deck.facts
    if not any(there or planned for _, there, planned in facts.budgets):
        return
    rows = [(f"Phase {number}", there, planned) for number, there, planned in facts.budgets]
    over = next(((number, planned - there) for number, there, planned in facts.budgets if planned > there), (None, 0.0))
    chart = NativeChart(
        categories=[name for name, _, _ in rows],
        series=[
            Series(name="Budget", values=[there for _, there, _ in rows], colour=deck.colours.line),
            Series(name="Planned cost", values=[planned for _, _, planned in rows], colour=deck.colours.accent),
        ],
        description=words.pairs_alternative(f"money in {facts.currency} by phase", rows, "Budget", "Planned"),
        sources=sources(facts, words.MONEY_RULE),
        kind=COLUMNS,
        shown="#,##0",
        note=words.money_note(facts.currency, sum(each.cost is None for each in facts.actions), facts.paid_before),
    )
    add_chart(deck, words.money_title(over[0], over[1], facts.currency), chart)


def add_objectives(deck: Deck) -> None:
    """What the roadmap is for."""
    facts = deck.facts
    if not facts.objectives:
        return
    rows = [
        [Cell(text=each.name, bold=True), each.goal or "no goal yet", each.measure or "no measure yet",
         each.target or "none yet", str(len(each.actions))]
        for each in facts.objectives
    ]  # fmt: skip
    columns = [
        Column(name="Objective", width=2.5), Column(name="Goal", width=4.2), Column(name="Measure", width=2.6),
        Column(name="Target", width=1.8), Column(name="Actions", width=ROOM - 11.1, align="right"),
    ]  # fmt: skip
    table = Table(columns=columns, rows=rows, description="Table of objectives.", sources=sources(facts), most_slides=3)
    served = sum(bool(each.actions) for each in facts.objectives)
    add_table(deck, words.objectives_title(len(rows), served), table)


def add_promises(deck: Deck) -> None:
    """What the last review promised, and what became of it."""
    if not deck.facts.promises:
        return
    columns = [Column(name="", width=4.6), Column(name="", width=3.2), Column(name="", width=ROOM - 7.8)]
    named = [Column(name=name, width=c.width) for name, c in zip(words.PROMISE_HEADS, columns, strict=True)]
    rows = [list(each) for each in deck.facts.promises]
    table = Table(
        columns=named, rows=rows, description="Table of promises.", sources=sources(deck.facts), most_slides=2
    )
    add_table(deck, words.promises_title(len(rows)), table)


def add_signatures(deck: Deck) -> None:
    """Who signed the last review."""
    found = deck.facts.signatures
    if not found:
        return
    columns = [Column(name="Name", width=4.5), Column(name="Role", width=ROOM - 4.5)]
    rows = [[Cell(text=who, bold=True), role] for who, role in found]
    table = Table(columns=columns, rows=rows, description="Table of signatures.", sources=sources(deck.facts),
                  size=16, most_slides=2)  # fmt: skip
    add_table(deck, words.sign_title(len(found)), table)


def add_pictures(deck: Deck) -> None:
    """The charts that have no native slide, each on its own."""
    for name, picture in deck.facts.pictures.items():
        if name.rstrip("-0123456789").removesuffix("-") in DRAWN_NATIVELY or not picture.png:
            continue
        slide = add_slide(deck, picture.title or name, [picture.title, picture.subtitle, *sources(deck.facts)])
        add_picture(slide, picture, (LEFT, TOP, ROOM, BOTTOM - TOP))
