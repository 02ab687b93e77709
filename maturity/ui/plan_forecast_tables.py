"""The tables of a forecast: targets with their chances, milestones, and actions that may end long after their day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from maturity.operations.forecasts import Asking
from maturity.ui.plan import PlanView, short_day
from maturity.ui.plan_tables import EMPTY, show, table, text
from maturity.words.forecast_sentences import LATE, LIKELY, NOT_IN_PLAN, chance_words
from maturity.words.messages import counted

FIRST = 10
DATES = (LIKELY, LATE)
Rows = Iterable[Mapping[str, Any]]


def date_of(asking: Asking, day: float | None, *, last_of_work: bool = False) -> date | None:
    """The date of a forecast's day; for work its last day, which is the one before. None where it never comes."""
    return None if day is None else asking.plan.starts + timedelta(days=int(day) - last_of_work)


def _cell(day: date | None) -> str:
    return text(short_day(day), "nowrap") if day else EMPTY


def target_name(view: PlanView, aims: Sequence[Mapping[str, Any]]) -> str:
    """Targets of one topic in words: "Data quality to level 3 in Parks", or in how many departments."""
    levels = sorted({each["level"] for each in aims})
    where = view.name(aims[0]["department"]) if len(aims) == 1 else counted(len(aims), "department")
    return f"{view.name(aims[0]['topic'])} to level {' or '.join(map(str, levels))} in {where}"


def _alike(aims: Rows) -> list[list[Mapping[str, Any]]]:
    """Targets of a topic with the same days, together."""
    found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for each in aims:
        found.setdefault(tuple(each[name] for name in ("topic", "level", "due", "p50", "p80")), []).append(each)
    return list(found.values())


def show_targets(view: PlanView, asking: Asking, aims: Sequence[Mapping[str, Any]]) -> None:
    """First those of the plan that are more likely missed than reached, by their day; all of them in a box."""
    likely_missed = [each for each in aims if each["planned"] and each["chance"] < 0.5]
    rows = _alike(likely_missed)
    if rows:
        show(_targets(view, asking, rows[:FIRST], "Targets that are more likely missed than reached"))
        if len(rows) > FIRST:
            st.caption(f"The first {FIRST} rows by their day; {len(rows) - FIRST} more stand among all targets.")
    if not aims:
        return
    box = st.expander(
        f"All open targets ({len(aims)})", key="plan:forecast:targets", on_change="rerun", icon=":material/table:"
    )
    if box.open:
        with box:
            show(_targets(view, asking, [[each] for each in aims], "All open targets"))


def _targets(view: PlanView, asking: Asking, aims: Iterable[Sequence[Mapping[str, Any]]], caption: str) -> str:
    rows = (
        (
            text(target_name(view, alike), "name"),
            _cell(date_of(asking, each["due"])),
            _cell(date_of(asking, each["p50"])),
            _cell(date_of(asking, each["p80"])),
            text(chance_words(each["chance"]) if each["planned"] else NOT_IN_PLAN),
        )
        for alike in aims
        for each in alike[:1]
    )
    return table(("Target", "Due", *DATES, "Chance by its day"), rows, caption)


def show_milestones(asking: Asking, gates: Sequence[Mapping[str, Any]]) -> None:
    """Each milestone with when all that is to be finished by its day will be."""
    if not gates:
        st.write("The plan has no milestone.")
        return
    names = {each.id: each.name for each in asking.plan.milestones}
    rows = (
        (
            text(names.get(each["id"], ""), "name"),
            _cell(date_of(asking, each["on"])),
            text(_waits(each)),
            _cell(date_of(asking, each["p50"], last_of_work=True)),
            _cell(date_of(asking, each["p80"], last_of_work=True)),
            EMPTY if each["chance"] is None else text(_gate_chance(each)),
        )
        for each in gates
    )
    show(table(("Milestone", "Day", "Waits for", *DATES, "Chance by its day"), rows, "Milestones"))
    st.caption("A milestone waits for every action whose approved finish is on its day or before.")


def _waits(gate: Mapping[str, Any]) -> str:
    if not gate["count"]:
        return "nothing that is due by then"
    return f"{gate['left']} of {counted(gate['count'], 'action')}" if gate["left"] else "nothing more, all is done"


def _gate_chance(gate: Mapping[str, Any]) -> str:
    if gate["left"]:
        return chance_words(gate["chance"])
    return "reached" if gate["chance"] >= 1 else "done, after its day"


def show_action_dates(view: PlanView, asking: Asking, found: Sequence[Mapping[str, Any]]) -> None:
    """The unfinished actions that are likely to end longest after their planned day, copies of departments as one."""
    folded = _folded(asking, found)
    if not folded:
        st.write("Every action is done.")
        return
    longest = sorted(folded, key=lambda each: (each.planned - each.middle, each.planned - each.late))[: 2 * FIRST]
    rows = (
        (
            text(f"{each.title}{_where(view, each)}", "name"),
            *(_cell(date_of(asking, day, last_of_work=True)) for day in (each.planned, each.middle, each.late)),
        )
        for each in longest
    )
    show(table(("Action", "Planned finish", *DATES), rows, "Actions that are likely to end longest after their day"))
    more = "" if len(folded) == len(longest) else f"The {len(longest)} that are likely to be latest, of {len(folded)}. "
    st.caption(f"{more}Of an action that several departments have, the latest copy counts.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Copies of an action that are planned to end on the same day: the latest of their dates."""

    title: str
    departments: tuple[str, ...]
    planned: int
    middle: int
    late: int


def _folded(asking: Asking, found: Sequence[Mapping[str, Any]]) -> list[Folded]:
    actions = {each.code: each for each in asking.plan.actions}
    copies: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for each in found:
        if not actions[each["code"]].done_on:
            copies.setdefault((actions[each["code"]].title, each["planned"]), []).append(each)
    return [
        Folded(
            title=title,
            departments=tuple(where for each in rows if (where := actions[each["code"]].department)),
            planned=planned,
            middle=max(each["p50"] for each in rows),
            late=max(each["p80"] for each in rows),
        )
        for (title, planned), rows in copies.items()
    ]


def _where(view: PlanView, folded: Folded) -> str:
    if not folded.departments:
        return ""
    count = len(folded.departments)
    return f" ({view.name(folded.departments[0]) if count == 1 else counted(count, 'department')})"
