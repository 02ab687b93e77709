"""The roadmap page: one sentence on where the plan stands, and the timeline, the cards or the table of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import streamlit as st

from maturity.charts.drawing import specification
from maturity.charts.plan_frames import Timeline, timeline_chart
from maturity.charts.theme import Mode
from maturity.roadmap.bars import Lane
from maturity.roadmap.critical_path import longest_chain
from maturity.ui.context import page_context
from maturity.ui.help import help_link, number_help, plain
from maturity.ui.pictures import show_picture
from maturity.ui.progress_poster import show_poster_download
from maturity.ui.roadmap_baseline import Baseline, bars_against, choose_baseline
from maturity.ui.roadmap_cards import show_cards
from maturity.ui.roadmap_milestones import show_milestones
from maturity.ui.roadmap_shown import ShownPlan, choose_plan
from maturity.ui.roadmap_tables import every_cell, show_actions
from maturity.ui.versions_seen import in_force_line
from maturity.words.messages import counted, days_late, on_day

WIDE, NARROW = 900, 344
LANES: Mapping[str, Lane] = {
    "Phase": "phase",
    "Department": "department",
    "Topic": "topic",
    "Objective": "objective",
    "Owner": "owner",
}


@st.fragment
def show_roadmap() -> None:
    """The whole page below its title; a click reruns this much and nothing around it."""
    shown = choose_plan(page_context())
    if shown is None:
        return
    st.write(plain(standing(shown)))
    if shown.plan.status == "current":
        st.caption(in_force_line(shown))
    view = st.segmented_control(
        "View", list(VIEWS), default="Timeline", required=True, key="roadmap_view", bind="query-params"
    )
    VIEWS[view or "Timeline"](shown)
    show_poster_download(shown)


def standing(shown: ShownPlan) -> str:
    """The plan in two sentences, counting an action once however many departments have a copy of it."""
    bars, plan = shown.bars(), shown.plan
    done, late = (int((bars["code"] == code).sum()) for code in ("done", "late"))
    copies = f" ({len(plan.actions)} with each department's own)" if len(plan.actions) > len(bars) else ""
    return (
        f"{plan.name}, made from {plan.round}, starts on {on_day(plan.starts)}. Of {counted(len(bars), 'action')}"
        f"{copies}, {done} {_are(done)} done and {late} {_are(late)} late on {on_day(shown.today)}."
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def show_timeline(shown: ShownPlan) -> None:
    """The picture, regrouped as chosen, and below it in words what is late, what sets the end, and the milestones."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        chosen = st.segmented_control(
            "Rows by", list(LANES), default="Phase", required=True, key="roadmap_rows", bind="query-params"
        )
    with right:
        baseline = choose_baseline(shown)
    lane = LANES[chosen or "Phase"]
    if shown.plan.actions:
        show_picture(
            "roadmap",
            lambda narrow, mode: drawn_roadmap(shown, lane, baseline, narrow, mode),
            lambda: every_cell(bars_against(shown, lane, baseline), lane, baseline.words),
            revision=(shown.key, lane, baseline.key),
            mode=shown.here.mode,
        )
    else:
        st.info("This plan has no actions.")
    left, right = st.columns(2, gap="large")
    with left:
        show_late(shown)
        show_chain(shown)
    with right:
        show_milestones(shown)


def drawn_roadmap(
    shown: ShownPlan, lane: Lane, baseline: Baseline, narrow: bool, mode: Mode, day_word: str = "Today"
) -> dict[str, Any]:
    """The specification of the timeline, for a wide screen or a phone; `day_word` is what its day is called."""
    plan = shown.plan
    of = Timeline(
        bars=bars_against(shown, lane, baseline), actions=plan.actions, milestones=plan.milestones, plan=plan.name,
        starts=plan.starts, today=shown.today, lane=lane, against=baseline.words, day_word=day_word,
    )  # fmt: skip
    return specification(timeline_chart(of, mode=mode, width=NARROW if narrow else WIDE, narrow=narrow))


def show_late(shown: ShownPlan) -> None:
    """Every late action, the latest first, copies of departments as one line."""
    bars = shown.bars()
    late = bars[bars["code"] == "late"].sort_values("days_late", ascending=False, kind="stable")
    st.header("Late", anchor=False, help=number_help("late"))
    if late.empty:
        st.write("Nothing is late.")
        return
    rows = [cast(Any, row) for row in late.itertuples()]
    lines = [
        f"- **{plain(row.title)}**: {days_late(row.days_late)}, {row.percent_done:.0%} done. Owner: {plain(row.owner)}"
        for row in rows
    ]
    st.markdown("\n".join(lines))


def show_chain(shown: ShownPlan) -> None:
    """The chain of actions that sets the end date, in words."""
    chain = [shown.plan.action(code) for code in shown.kept("chain", lambda: longest_chain(shown.plan.actions))]
    if not chain:
        return
    st.header("What sets the end date", anchor=False, help=number_help("critical_path"))
    st.write(f"The plan ends on {on_day(chain[-1].finish)}, because each of these waits for the one before:")
    st.markdown(
        "\n".join(
            f"1. **{plain(each.title)}**{_where(shown, each.department)}, until {on_day(each.finish)}" for each in chain
        )
    )
    help_link("critical path")


def _where(shown: ShownPlan, department: str | None) -> str:
    return f" in {plain(shown.names.get(department, department))}" if department else ""


VIEWS: Mapping[str, Callable[[ShownPlan], None]] = {
    "Timeline": show_timeline,
    "Now, next, later": show_cards,
    "Table": show_actions,
}
