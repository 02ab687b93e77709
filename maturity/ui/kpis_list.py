"""The KPIs of a plan: bullets of those that were read, and a list that opens each."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.bullet import bullet_chart
from maturity.charts.drawing import specification
from maturity.charts.plan_frames import bullet_frame
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.roadmap.kpis import Measured, Standing, due
from maturity.roadmap.kpis_of_plan import Family, families, weakest
from maturity.ui.kpis_one import show_family
from maturity.ui.kpis_shown import ShownKpis, named
from maturity.ui.pictures import show_picture
from maturity.ui.plain_text import plain
from maturity.words.kpi_sentences import (
    KINDS,
    MISSING,
    NO_KPIS,
    STANDS,
    counts_in_words,
    kpi_bullet_sentences,
    missing_in_words,
    short,
)
from maturity.words.messages import counted, on_day

WIDE, NARROW = 900, 344
PICTURED, FIRST = 12, 15
EVERY = "every"
CITY = "city-wide"
ICONS = {
    "behind": ":material/trending_down:",
    "on_path": ":material/trending_flat:",
    "ahead": ":material/trending_up:",
    "reached": ":material/flag:",
    "no_path": ":material/help:",
    "no_reading": ":material/circle:",
}


def show_list(shown: ShownKpis) -> None:
    """Counts, the choices that narrow the list, the picture, and every KPI to open."""
    if not shown.found.kpis:
        st.info(NO_KPIS)
        return
    chosen = _narrowed(shown)
    stands = _ordered([weakest(each, shown.found.today) for each in families(chosen)])
    if not chosen:
        st.write("No KPI here.")
        return
    st.write(_counts(shown, chosen))
    by_kpi = {(each.members[0].family, each.first.name, each.first.unit): each for each in families(chosen)}
    read = [each for each in stands if each.of.readings]
    if read:
        _show_bullets(shown, read, by_kpi)
    _show_boxes(shown, [(each, by_kpi[_key(each.of)]) for each in read], "read")
    unread = [(each, by_kpi[_key(each.of)]) for each in stands if not each.of.readings]
    if unread:
        st.header(f"Not read yet ({len(unread)})", anchor=False)
        st.write(_lacking([each for each in chosen if not each.readings]))
        _show_boxes(shown, unread, "unread")


def _key(kpi: Measured) -> tuple[str, str, str]:
    return kpi.family, kpi.name, kpi.unit


def _ordered(stands: list[Standing]) -> list[Standing]:
    order = list(STANDS)
    return sorted(stands, key=lambda each: (order.index(each.code), each.of.begins, each.of.title))


def _narrowed(shown: ShownKpis) -> list[Measured]:
    """The KPIs of the chosen kind, department and objective."""
    every = list(shown.found.kpis)
    kinds = {EVERY: "All", "leading": "Leading", "lagging": "Lagging"}
    kind = st.segmented_control(
        "Kind", list(kinds), default=EVERY, required=True, format_func=kinds.__getitem__, key="kpis_kind",
        help=". ".join(KINDS.values()) + ".",
    )  # fmt: skip
    left, right = st.columns(2)
    places = {EVERY: "All departments", CITY: "City-wide"}
    places |= {each.department: shown.place(each) for each in every if each.department}
    goals = {EVERY: "All objectives"} | {each.id: each.name for each in shown.found.objectives}
    with left:
        place = _choice("Department", places, "kpis_place")
    with right:
        goal = _choice("Objective", goals, "kpis_objective") if len(goals) > 1 else EVERY
    return [
        each
        for each in every
        if kind in (None, EVERY, each.kind)
        and place in (EVERY, each.department or (CITY if each.measures == "action" else ""))
        and goal in (EVERY, each.objective)
    ]


def _choice(label: str, names: dict[str, str], key: str) -> str:
    if st.session_state.get(key, EVERY) not in names:
        st.session_state[key] = EVERY  # another plan has other departments
    chosen = st.selectbox(label, list(names), format_func=lambda each: names.get(each, each), key=key)
    return chosen or EVERY


def _counts(shown: ShownKpis, chosen: list[Measured]) -> str:
    wanted = {(each.measures, each.code) for each in chosen}
    codes = [each.code for each in shown.found.standings if (each.of.measures, each.of.code) in wanted]
    waiting = sum(due(each, shown.found.today) is not None for each in chosen)
    said = f" {counted(waiting, 'reading')} {'is' if waiting == 1 else 'are'} due." if waiting else ""
    copies = len(chosen) - len(families(chosen))
    folded = " Copies of one action in several departments stand in one line." if copies else ""
    return f"{counts_in_words(codes)}.{said}{folded}"


def _lacking(unread: list[Measured]) -> str:
    """What is missing of those without a reading, and of how many."""
    codes = [code for each in unread for code in each.missing if code != "reading"]
    parts = [f"{words} ({codes.count(code)})" for code, words in MISSING.items() if code in codes]
    return f"Missing beside readings: {', '.join(parts)}." if parts else "Only the readings are missing."


def _show_bullets(shown: ShownKpis, read: list[Standing], by_kpi: dict[tuple[str, str, str], Family]) -> None:
    pictured = read[:PICTURED]
    frame = bullet_frame(pictured, lambda kpi: by_kpi[_key(kpi)], shown.place)
    subjects = tuple((each.of.measures, each.of.code) for each in pictured)

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        texts = ChartTexts.of(kpi_bullet_sentences(frame, stands=[each.code for each in read]))
        width = NARROW if narrow else WIDE
        return specification(bullet_chart(frame, mode=mode, texts=texts, width=width, narrow=narrow))

    show_picture("kpis", build, lambda: _table(frame), revision=(shown.plan.key, subjects), mode=shown.plan.here.mode)
    if len(read) > PICTURED:
        st.caption(f"The picture shows the first {PICTURED} of {len(read)}; the list below has all.")


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    def cells(name: str) -> list[str]:
        pairs = zip(frame[name], frame["unit"], strict=True)
        return ["–" if pd.isna(value) else short(value, unit) for value, unit in pairs]

    return pd.DataFrame(
        {
            "KPI": frame["name"], "Unit": frame["unit"], "Now": cells("score"), "Path that day": cells("expected"),
            "Target": cells("target"), "Stands": [STANDS[each] for each in frame["stand"]],
        }
    )  # fmt: skip


def _show_boxes(shown: ShownKpis, rows: list[tuple[Standing, Family]], part: str) -> None:
    """One box for each KPI, opened to its course, its readings and the forms."""
    more = f"kpis_more_{part}"
    room = len(rows) if st.session_state.get(more) else FIRST
    for stood, family in rows[:room]:
        _show_box(shown, stood, family)
    if len(rows) > room:
        st.button(
            f"Show {len(rows) - room} more",
            key=f"{more}_button",
            on_click=lambda: st.session_state.update({more: True}),
        )


def _show_box(shown: ShownKpis, stood: Standing, family: Family) -> None:
    kpi = stood.of
    copies = f"{len(family.members)} departments" if len(family.members) > 1 else shown.place(kpi)
    box = st.expander(
        f"**{named(kpi)}** ({plain(kpi.title)}, {plain(copies)}): {_in_short(shown, stood, family)}",
        icon=ICONS[stood.code], key=f"kpi-{kpi.measures}-{family.first.code}", on_change="rerun",
    )  # fmt: skip
    if box.open:
        with box:
            show_family(shown, family)


def _in_short(shown: ShownKpis, stood: Standing, family: Family) -> str:
    last = stood.of.last
    if last is None:
        return f"without {missing_in_words(stood.of.missing)}"
    read = f"{plain(short(last.value, stood.of.unit))} on {on_day(last.on)}, {STANDS[stood.code]}"
    if len(family.members) == 1:
        return read
    return f"worst off {plain(shown.place(stood.of))} with {read}; {len(family.measured)} of {len(family.members)} read"
