"""The actions of a plan by phase, and the one that is opened."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Row, fold_departments
from maturity.roadmap.phases import phases
from maturity.ui.help import number_help, plain
from maturity.ui.plan import PlanView, short_day
from maturity.ui.plan_rows import rows_table
from maturity.ui.plan_tables import show
from maturity.words.messages import counted, on_day
from maturity.words.plan_sentences import best_possible

FIRST_SCREEN = 25
HOUR = 3600


def plan_rows(view: PlanView) -> tuple[Row, ...]:
    """The rows of the version that is looked at, phase by phase, each by its start."""
    rows = fold_departments(view.saved.actions) if view.saved else ()
    return tuple(sorted(rows, key=lambda row: row.phase))


def show_actions(view: PlanView) -> None:
    """The tables of the four phases, and what has been taken out."""
    rows = plan_rows(view)
    if not rows:
        return
    st.header("Actions by phase", anchor="phases")
    copies = len(view.saved.actions) if view.saved else 0
    if len(rows) < copies:
        said = f"{counted(len(rows), 'row')} for {counted(copies, 'action')}"
        st.caption(f"{said}: the same one in several departments is one row.")
    shown = rows if st.session_state.get("plan:all") else rows[:FIRST_SCREEN]
    for heading, window, table in _tables(view.revision, len(shown), view, shown):
        st.subheader(heading, anchor=False)
        st.caption(window)
        if table:
            show(table)
    if len(rows) > FIRST_SCREEN:
        st.toggle(f"Show all {len(rows)} rows", key="plan:all", persist_state="session")
    _show_removed(view)


def show_value(view: PlanView) -> None:
    """What the plan is worth by its own measure, and how much better another could be at most."""
    if view.saved is None:
        return
    st.metric("Value of the plan", f"{view.saved.body.value:,.0f}", help=number_help("plan_value"), width="content")
    bound = best_possible(view.saved.body.value, view.saved.body.upper_bound)
    st.caption(f"{bound} This holds for actions that start with a month, and only as far as the estimates do.")


@st.cache_data(ttl=HOUR, max_entries=64, show_spinner=False)
def _tables(
    revision: tuple[object, ...], count: int, _view: PlanView, _rows: tuple[Row, ...]
) -> list[tuple[str, str, str]]:
    """Heading, window and table of every phase."""
    if _view.saved is None:
        return []
    by_phase = {phase: tuple(rows) for phase, rows in groupby(_rows, key=lambda row: row.phase)}
    found = []
    for phase in phases(_view.saved.starts):
        rows = by_phase.get(phase.number, ())
        table = rows_table(_view, rows, f"Actions of phase {phase.number}, {phase.name}") if rows else ""
        window = f"Actions that start from {on_day(phase.start)} to {on_day(phase.finish)}"
        said = f"{window}: {counted(len(rows), 'row')}." if rows else f"{window}: none."
        found.append((f"{phase.number} {phase.name}", said, table))
    return found


def _show_removed(view: PlanView) -> None:
    removed = view.saved.removed if view.saved else ()
    if removed:
        named = "; ".join(f"{plain(_where_named(view, each))} on {short_day(each.removed_on)}" for each in removed
                          if each.removed_on)  # fmt: skip
        st.caption(f"Taken out since the plan was made, and kept in the history: {named}.")


def _where_named(view: PlanView, action: Action) -> str:
    return f"{action.title} ({view.name(action.department)})" if action.department else action.title


def choose_action(view: PlanView) -> Action | None:
    """The action that the address or the list opens: first the row, then the department where it has several."""
    if view.saved is None or not view.saved.actions:
        return None
    rows = {row.copies[0].code: row for row in plan_rows(view)}
    row_of = {each.code: code for code, row in rows.items() for each in row.copies}
    asked = st.query_params.get("action", "")
    st.session_state["plan:row"] = row_of.get(asked)

    def opened() -> None:
        _open(st.session_state["plan:row"])

    st.selectbox(
        "Open an action",
        list(rows),
        index=None,
        format_func=lambda code: f"{rows[code].phase}. {rows[code].title}",
        key="plan:row",
        on_change=opened,
        placeholder="Choose one of the actions of this plan",
    )
    if asked not in row_of:
        return None
    return _choose_copy(view, rows[row_of[asked]], asked)


def _choose_copy(view: PlanView, row: Row, asked: str) -> Action:
    copies = {each.code: each for each in row.copies}
    if len(copies) > 1:
        st.session_state["plan:copy"] = asked

        def opened() -> None:
            _open(st.session_state["plan:copy"])

        st.selectbox(
            "In which department",
            list(copies),
            format_func=lambda code: view.name(copies[code].department or "") or "Whole organisation",
            key="plan:copy",
            on_change=opened,
        )
    return copies[asked]


def _open(code: str | None) -> None:
    if code:
        st.query_params["action"] = code
    else:
        st.query_params.pop("action", None)
