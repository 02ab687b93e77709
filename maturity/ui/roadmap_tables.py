"""The roadmap as tables: every bar of the timeline, and every action, filtered by status."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pandas as pd
import streamlit as st

from maturity.charts.plan_frames import STATUS_WORDS, status_words
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Lane, Row, fold_departments
from maturity.roadmap.status import joint_status
from maturity.ui.help import plain
from maturity.ui.pictures import show_table
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.messages import counted

ALL = "All"
FILTERS = {ALL: "", "Late": "late", "On track": "on_track", "Not started": "not_started", "Done": "done"}


def dates(start: date, finish: date) -> str:
    """Two days as short as they can be read: "8 Jun to 16 Aug 2026", "14 Dec 2026 to 24 Jan 2027"."""
    year = "" if start.year == finish.year else f" {start.year}"
    return f"{start.day} {start:%b}{year} to {finish.day} {finish:%b %Y}"


def every_cell(bars: pd.DataFrame, lane: Lane, against: str) -> pd.DataFrame:
    """The timeline's bars for readers: action with its owner and group, dates, those they are held against, done,
    status."""
    rows = [cast(Any, row) for row in bars.itertuples()]
    return pd.DataFrame(
        [
            {
                "Action": f"{plain(row.title)} ({plain(row.owner)})",
                lane.capitalize(): plain(row.lane),
                "Planned": dates(row.start, row.finish) + (", critical path" if row.critical else ""),
                against[:1].upper() + against[1:]: ""
                if pd.isna(row.baseline_start)
                else dates(row.baseline_start, row.baseline_finish),
                "State": f"{row.percent_done:.0%}, {row.status}",
            }
            for row in rows
        ]
    )


def show_actions(shown: ShownPlan) -> None:
    """The plan as a real table, by start, filtered by status, a row per action or per department; and all as CSV."""
    chosen = st.segmented_control("Status", list(FILTERS), default=ALL, required=True, key="roadmap_status") or ALL
    apart = st.toggle("A row for each department", key="roadmap_apart")
    every = shown.plan.actions
    found = [each for each in every if FILTERS[chosen] in ("", shown.status(each).code)]
    rows = fold_departments(found, "department" if apart else "phase")
    st.caption(f"{counted(len(rows), 'row')}, {counted(len(found), 'action')} of {len(every)}")
    show_table(pd.DataFrame([_cells(shown, row) for row in rows]), empty="No action has this status.")
    st.download_button(
        "Download every column as CSV",
        lambda: pd.DataFrame([whole_row(shown, each) for each in every]).to_csv(index=False).encode("utf-8-sig"),
        file_name="roadmap.csv",
        mime="text/csv",
        key="roadmap_csv",
        on_click="ignore",
    )


def _cells(shown: ShownPlan, row: Row) -> dict[str, str]:
    owner = plain(shown.names.get(row.owner, row.owner))
    place = plain(shown.place(row.copies[0])) if row.count == 1 else counted(row.count, "department")
    how = joint_status(shown.status(each) for each in row.copies)
    return {
        "Action": plain(row.title),
        "Who": f"{owner}, {place}",
        "When": f"Phase {row.phase}: {dates(row.start, row.finish)}",
        "State": f"{row.percent_done:.0f}%, {status_words(how)}",
    }


def whole_row(shown: ShownPlan, action: Action) -> dict[str, object]:
    """One action for a file: codes and ISO dates, ready to be counted and sorted."""
    start, finish = shown.plan.baseline.get(action.code, (None, None))
    how = shown.status(action)
    return {
        "code": action.code,
        "action": safe(action.title),
        "department": safe(shown.place(action)),
        "owner": safe(shown.owner(action)),
        "phase": action.phase,
        "start": action.start.isoformat(),
        "finish": action.finish.isoformat(),
        "approved_start": start.isoformat() if start else "",
        "approved_finish": finish.isoformat() if finish else "",
        "percent_done": action.percent_done,
        "status": "late" if how.code == "late" else STATUS_WORDS[how.code],
        "days_late": how.days_late,
        "critical": action.code in shown.critical,
        "requires": " ".join(action.requires),
    }


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
