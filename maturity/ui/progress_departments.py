"""Each department's own actions on the progress page: done, on track, late, not started, and person-days."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from maturity.charts.plan_frames import STATUS_WORDS
from maturity.roadmap.status import StatusCode
from maturity.ui.pictures import on_a_phone, show_table
from maturity.ui.plain_text import plain
from maturity.ui.progress_rows import Line, lines
from maturity.ui.roadmap_shown import ShownPlan

CITY_WIDE = "City-wide"
HEADINGS: dict[StatusCode, str] = {"done": "Done", "on_track": "On track", "late": "Late", "not_started": "Not started"}


def show_departments(shown: ShownPlan) -> None:
    """A row for each department in the organisation's order, city-wide actions first."""
    st.write("What departments do themselves. City-wide actions are counted once, in a row of their own.")
    show_table(department_table(shown, narrow=on_a_phone()), empty="This plan has no actions.")


def department_table(shown: ShownPlan, *, narrow: bool) -> pd.DataFrame:
    """The counts by department; on a phone the statuses stand together in one column."""
    found: dict[str, list[Line]] = {}
    for line in lines(shown):
        found.setdefault(line.action.department or "", []).append(line)
    known = ["", *(shown.round.names if shown.round else {})]
    codes = [code for code in dict.fromkeys([*known, *sorted(found)]) if code in found]
    return pd.DataFrame([_cells(shown, code, found[code], narrow) for code in codes])


def _cells(shown: ShownPlan, code: str, of: list[Line], narrow: bool) -> dict[str, str]:
    counts = Counter(line.status.code for line in of)
    planned = sum(line.action.person_days for line in of)
    done = sum(line.action.person_days * line.action.percent_done / 100 for line in of)
    cells = {"Department": plain(shown.names.get(code, code)) if code else CITY_WIDE}
    order: tuple[StatusCode, ...] = ("done", "late", "on_track", "not_started")
    if narrow:
        said = [f"{counts[each]} {_words(each)}" for each in order if counts[each]]
        return {**cells, "Actions": ", ".join(said), "Days done": f"{done:,.0f} of {planned:,.0f}"}
    cells["Actions"] = str(len(of))
    cells |= {HEADINGS[each]: str(counts[each]) for each in HEADINGS}
    return {**cells, "Person-days done": f"{done:,.0f} of {planned:,.0f}"}


def _words(code: StatusCode) -> str:
    return "late" if code == "late" else STATUS_WORDS[code]
