"""One KPI opened: its course beside the path to its target, its readings, and adding and withdrawing them."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.drawing import specification
from maturity.charts.kpi_path import kpi_path_chart
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.roadmap.kpis import Measured, due, standing
from maturity.roadmap.kpis_of_plan import Family
from maturity.ui.clock import local
from maturity.ui.kpis_forms import show_forms
from maturity.ui.kpis_shown import ShownKpis
from maturity.ui.pictures import show_picture, show_table
from maturity.ui.plain_text import plain
from maturity.words.kpi_sentences import (
    FREQUENCIES,
    KINDS,
    STANDS,
    due_in_words,
    kpi_path_sentences,
    missing_in_words,
    short,
    standing_in_words,
)
from maturity.words.messages import on_day

WIDE, NARROW = 760, 330


def show_family(shown: ShownKpis, family: Family) -> None:
    """The copies of a KPI as a table, and one of them in full."""
    kpi = family.first
    if len(family.members) > 1:
        show_table(_copies(shown, family))
        names = {each.code: shown.place(each) for each in family.members}
        code = st.selectbox(
            "Department", list(names), format_func=lambda each: names.get(each, each), key=f"kpi-copy-{kpi.code}"
        )
        kpi = next((each for each in family.members if each.code == code), kpi)
    st.markdown("  \n".join(_facts(shown, kpi)))
    if kpi.readings:
        _show_course(shown, kpi)
        _show_readings(kpi)
    if shown.may_read_in(kpi):
        show_forms(shown, kpi)


def _copies(shown: ShownKpis, family: Family) -> pd.DataFrame:
    rows = []
    for each in family.members:
        how, last = standing(each, shown.found.today), each.last
        read = f"{short(last.value, each.unit)} on {on_day(last.on)}" if last else "–"
        target = short(each.target, each.unit) if each.target is not None else "–"
        rows.append([shown.place(each), read, target, STANDS[how.code]])
    return pd.DataFrame(rows, columns=["Department", "Last reading", "Target", "Stands"])


def _facts(shown: ShownKpis, kpi: Measured) -> list[str]:
    waiting = due(kpi, shown.found.today)
    lines = [] if kpi.readings else [plain(standing_in_words(standing(kpi, shown.found.today)))]
    if kpi.trend:
        lines.append(
            {"better": "Better than the reading before.", "worse": "Worse than the reading before.",
             "same": "As the reading before."}[kpi.trend]
        )  # fmt: skip
    lines.append(f"{KINDS[kpi.kind]}.")
    often = f", read {FREQUENCIES[kpi.frequency]}" if kpi.frequency else ""
    source = f"Source: {plain(kpi.source)}{often}." if kpi.source else f"Read {FREQUENCIES[kpi.frequency]}." if (
        kpi.frequency
    ) else ""  # fmt: skip
    if source:
        lines.append(source)
    if lacks := missing_in_words([each for each in kpi.missing if each != "reading"]):
        lines.append(f"Not given: {lacks}.")
    if waiting is not None:
        lines.append(f"{due_in_words(waiting)}.")
    elif kpi.next_due:
        lines.append(f"The next reading is due on {on_day(kpi.next_due)}.")
    return lines


def course_frame(kpi: Measured, panel: str) -> pd.DataFrame:
    """The readings of a KPI and the ends of its path, as `kpi_path_chart` wants them."""
    rows = [(panel, kpi.unit, "reading", each.on, each.value) for each in kpi.readings]
    if path := kpi.path:
        begins = min(path.begins, path.ends)
        rows += [(panel, kpi.unit, "path", begins, path.at(begins)), (panel, kpi.unit, "path", path.ends, path.target)]
    return pd.DataFrame(rows, columns=["panel", "unit", "line", "on", "value"])


def _show_course(shown: ShownKpis, kpi: Measured) -> None:
    frame, today = course_frame(kpi, kpi.name), shown.found.today

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        texts = ChartTexts.of(kpi_path_sentences(frame, name=kpi.name, stood=standing(kpi, today)))
        chart = kpi_path_chart(
            frame, mode=mode, texts=texts, width=NARROW if narrow else WIDE, narrow=narrow, today=today
        )
        return specification(chart)

    show_picture(
        "kpi-course", build, lambda: _course_table(frame), revision=(shown.plan.key, kpi.measures, kpi.code),
        mode=shown.plan.here.mode, key=f"kpi-course-{kpi.code}",
    )  # fmt: skip


def _course_table(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "On": [on_day(day) for day in frame["on"]],
            "Line": ["Read" if each == "reading" else "Path" for each in frame["line"]],
            "Value": [short(value, unit) for value, unit in zip(frame["value"], frame["unit"], strict=True)],
        }
    )


def _show_readings(kpi: Measured) -> None:
    rows = [
        [on_day(each.on), short(each.value, kpi.unit), each.note or "–",
         f"{each.made_by}, {on_day(local(each.made_at).date())}"]
        for each in reversed(kpi.readings)
    ]  # fmt: skip
    st.markdown("**Readings, the newest first**")
    show_table(pd.DataFrame(rows, columns=["Day", "Value", "Note", "Entered by"]))
