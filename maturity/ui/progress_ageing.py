"""Ageing on the progress page: how long nobody has reported, by owner or department, the oldest first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.ageing import ageing_chart
from maturity.charts.drawing import specification
from maturity.charts.plan_frames import status_words
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.roadmap.ageing import REPORT_DAYS
from maturity.ui.pictures import show_picture
from maturity.ui.plain_text import plain
from maturity.ui.progress_rows import Line, lines
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.messages import counted
from maturity.words.plan_chart_sentences import ageing_sentences

WIDE, NARROW, MOST = 900, 344, 15
BY = {"owner": "Owner", "department": "Department"}
NOBODY_ASKED = "No action runs or is late, so nobody is asked to report."


def show_ageing(shown: ShownPlan) -> None:
    """The picture by owner or department, and every action in its table."""
    waiting = _waiting(shown)
    if not waiting:
        st.write(NOBODY_ASKED)
        return
    over = sum((line.silent or 0) >= REPORT_DAYS for line in waiting)
    st.write(
        f"A report is due every {REPORT_DAYS} days on what runs or is late: {over} of "
        f"{counted(len(waiting), 'action')} {'is' if over == 1 else 'are'} overdue."
    )
    by = st.segmented_control(
        "Rows by", list(BY), default="owner", required=True, key="ageing_by", format_func=lambda each: BY[each]
    ) or "owner"  # fmt: skip
    frame = ageing_frame(shown, by)

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        texts = ChartTexts.of(ageing_sentences(frame, allowed=REPORT_DAYS, today=shown.today))
        width = NARROW if narrow else WIDE
        chart = ageing_chart(frame.head(MOST), allowed=REPORT_DAYS, mode=mode, texts=texts, width=width, narrow=narrow)
        return specification(chart)

    show_picture("ageing", build, lambda: _table(shown, waiting), revision=(shown.key, by), mode=shown.here.mode)
    if len(frame) > MOST:
        st.caption(f"The {MOST} oldest of {len(frame)}; the table has all.")


def _waiting(shown: ShownPlan) -> list[Line]:
    """The actions on which a report is asked for, silent for longest first."""
    asked = [line for line in lines(shown) if line.silent is not None]
    return sorted(asked, key=lambda line: (-(line.silent or 0), line.action.code))


def ageing_frame(shown: ShownPlan, by: str) -> pd.DataFrame:
    """`name`, `days` (of the oldest), `actions` by owner or department, the oldest first."""
    found: dict[str, list[int]] = {}
    for line in _waiting(shown):
        name = shown.owner(line.action) if by == "owner" else shown.place(line.action)
        found.setdefault(name, []).append(line.silent or 0)
    rows = [(name, max(days), len(days)) for name, days in found.items()]
    return pd.DataFrame(rows, columns=["name", "days", "actions"])


def _table(shown: ShownPlan, waiting: list[Line]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Action": f"{plain(line.action.title)} ({plain(shown.place(line.action))})",
                "Owner": plain(shown.owner(line.action)),
                "Days": f"{line.silent}",
                "State": f"{line.action.percent_done:.0f}%, {status_words(line.status)}",
            }
            for line in waiting
        ]
    )
