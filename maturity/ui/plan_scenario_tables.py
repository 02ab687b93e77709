"""Scenarios in tables and in a picture: side by side, levels by quarter, levels by department."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.drawing import specification
from maturity.charts.scenario_levels import scenario_levels_chart
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.planning.request import QUARTERS
from maturity.planning.scenarios import Comparison, Outcome
from maturity.ui.help import plain
from maturity.ui.pictures import show_picture
from maturity.ui.plan import PlanView, whole_days
from maturity.ui.plan_rows import money
from maturity.ui.plan_tables import EMPTY, show, table, text
from maturity.words.messages import counted
from maturity.words.scenario_sentences import NAMES, changes, levels_sentences, outcome_sentence, relative, what_it_is

WIDE, NARROW = 900, 344
YEAR = 4
YEARS = QUARTERS // YEAR
COLUMNS = ("Scenario", "Closes", "Level after 1, 2, 3 years", "Targets in time", "Cost", "Person-days", "In the plan")


def show_side_by_side(view: PlanView, outcomes: Sequence[Outcome]) -> None:
    """A row for each scenario, and a sentence for each."""
    rows = [_row(view, each) for each in outcomes]
    show(table(COLUMNS, rows, "Scenarios side by side", numbers=("Cost", "Person-days")))
    st.caption(f"Cost, in {view.currency}, and person-days are of what has not begun; costs are estimates.")
    lines = [
        f"- **{plain(NAMES[each.wish.key])}**: {outcome_sentence(each.comparison)}"
        for each in outcomes
        if each.comparison.verdict != "base"
    ]
    if lines:
        st.markdown("\n".join(lines))


def _row(view: PlanView, outcome: Outcome) -> tuple[str, ...]:
    wish, found = outcome.wish, outcome.comparison
    limits = what_it_is(
        wish.key, role=view.name(wish.role) if wish.role else "", days=wish.days, money=wish.money,
        later=wish.not_before,
    )  # fmt: skip
    return (
        text(NAMES[wish.key], "name") + text(limits, "below"),
        text(_closes(found)),
        text(
            ", ".join(f"{found.levels[year * YEAR - 1]:.2f}" for year in range(1, YEARS + 1)) if found.levels else "–"
        ),
        text(f"{found.met} of {found.targets}"),
        text(money(found.cost, view.currency))
        + (text(f"{found.unpriced} not priced", "below") if found.unpriced else ""),
        text(whole_days(found.person_days)),
        text(counted(found.actions, "action")) + _below("" if found.verdict == "base" else changes(found)),
    )


def _below(words: str) -> str:
    return text(words, "below") if words else ""


def _closes(found: Comparison) -> str:
    if found.verdict == "base":
        return EMPTY
    return f"{relative(found.share)}{', undecided' if found.verdict == 'undecided' else ''}"


def show_levels(view: PlanView, outcomes: Sequence[Outcome]) -> None:
    """The mean level by quarter, a line for each scenario, with its table."""
    levels = {NAMES[each.wish.key]: each.comparison.levels for each in outcomes}
    show_picture(
        "scenario-levels",
        lambda narrow, mode: _spec(levels, narrow, mode),
        lambda: _by_quarter(levels),
        revision=(view.revision, tuple(levels.items())),
        mode=view.here.mode,
    )


def _spec(levels: dict[str, tuple[float, ...]], narrow: bool, mode: Mode) -> dict[str, Any]:
    rows = [(name, quarter, level) for name, found in levels.items() for quarter, level in enumerate(found, start=1)]
    frame = pd.DataFrame(rows, columns=["scenario", "quarter", "level"])
    texts = ChartTexts.of(levels_sentences(levels, NAMES["planned"], YEARS))
    width = NARROW if narrow else WIDE
    return specification(scenario_levels_chart(frame, mode=mode, texts=texts, width=width, narrow=narrow))


def _by_quarter(levels: dict[str, tuple[float, ...]]) -> pd.DataFrame:
    found = {"Quarter": [f"Q{quarter}" for quarter in range(1, QUARTERS + 1)]}
    return pd.DataFrame({**found, **{name: [f"{each:.2f}" for each in row] for name, row in levels.items() if row}})


def show_by_department(view: PlanView, outcomes: Sequence[Outcome]) -> None:
    """The mean level of each department after three years, a column for each scenario."""
    names = [NAMES[each.wish.key] for each in outcomes]
    rows = [
        (text(view.name(place), "name"), *(_end(each.comparison, place) for each in outcomes))
        for place in outcomes[0].comparison.by_department
    ]
    st.write("Mean level of all topics after three years, in the organisation's own order.")
    show(table(("Department", *names), rows, "Levels by department after three years", numbers=names))


def _end(found: Comparison, place: str) -> str:
    levels = found.by_department.get(place, ())
    return text(f"{levels[-1]:.2f}" if levels else EMPTY)
