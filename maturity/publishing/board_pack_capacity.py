"""A slide on whether there are enough days: what is planned of each role's days, by quarter."""

from __future__ import annotations

from maturity.publishing.board_pack_master import ROOM, Deck
from maturity.publishing.board_pack_standing import sources
from maturity.publishing.board_pack_table import Cell, Column, Table, add_table
from maturity.publishing.report_facts import QuarterFact
from maturity.words import board_pack_sentences as words
from maturity.words.messages import percent

MOST_QUARTERS = 12


def add_capacity(deck: Deck) -> None:
    """Roles by quarters as a native table; none where no days are known."""
    facts = deck.facts
    known = [each for each in facts.quarters if each.available > 0 and each.quarter <= MOST_QUARTERS]
    if not known:
        return
    names = {each.id: each.name for each in facts.roles}
    fullest = max(known, key=_used)
    quarters = sorted({each.quarter for each in known})
    width = min(0.85, 9.0 / len(quarters))
    columns = [Column(name="Role", width=ROOM - width * len(quarters))]
    columns += [Column(name=f"Q{each}", width=width, align="right") for each in quarters]
    by_place = {(each.role, each.quarter): each for each in known}
    rows = [
        [Cell(text=names.get(role, role)), *(_cell(deck, by_place.get((role, quarter))) for quarter in quarters)]
        for role in dict.fromkeys(each.role for each in known)
    ]
    description = words.capacity_alternative(len(rows), len(quarters))
    table = Table(columns=columns, rows=rows, description=description, sources=sources(facts),
                  note=words.CAPACITY_NOTE, most_slides=2)  # fmt: skip
    add_table(deck, words.capacity_title(_used(fullest), names.get(fullest.role, fullest.role)), table)


def _used(each: QuarterFact) -> float:
    return each.planned / each.available


def _cell(deck: Deck, each: QuarterFact | None) -> Cell | str:
    if each is None:
        return words.NO_SCORE
    over = _used(each) > 1 + 1e-9
    return Cell(text=percent(_used(each)), colour=deck.colours.bad if over else "", bold=over)
