"""The pictures of the progress page: done against plan by phase, and who has to work how much."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
import streamlit as st

from maturity.charts import plan_frames as frames
from maturity.charts.burn_up import burn_up_chart
from maturity.charts.capacity import capacity_chart
from maturity.charts.drawing import specification
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.operations.leadership_plan import burn_up_days
from maturity.operations.resources import resources
from maturity.planning.request import PHASE_NAMES
from maturity.roadmap.phases import quarter_window
from maturity.roadmap.workload import overloads
from maturity.ui.help import plain
from maturity.ui.pictures import show_picture, show_table
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.messages import counted
from maturity.words.plan_chart_sentences import burn_up_sentences, capacity_sentences
from maturity.words.progress_sentences import scope_said

WIDE, NARROW = 900, 344


def burn_up_frame(shown: ShownPlan) -> pd.DataFrame:
    """Planned, done and scope in whole person-days by phase and day; never change it."""
    return shown.kept("burn-up", lambda: burn_up_days(shown.plan, shown.reports, shown.today))


def show_burn_up(shown: ShownPlan) -> None:
    """Per phase what was to be done, what is done and how the whole has grown."""
    frame = burn_up_frame(shown)

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        texts = ChartTexts.of(burn_up_sentences(frame, today=shown.today, unit="person-days"))
        width = NARROW if narrow else WIDE
        return specification(burn_up_chart(frame, mode=mode, texts=texts, width=width, narrow=narrow))

    show_picture(
        "burn-up", build, lambda: _burn_up_table(frame, pd.Timestamp(shown.today)), revision=shown.key,
        mode=shown.here.mode,
    )  # fmt: skip
    st.caption(
        "Person-days. Planned is the effort that the approved dates put before a day; done is effort times per cent "
        "done as reported; in scope is all that stood in the plan on that day."
    )
    _show_scope(frame)
    st.header("Used so far", anchor=False)
    show_table(used_table(shown), empty="Nobody has said yet what actions have used up.")


def _show_scope(frame: pd.DataFrame) -> None:
    """In words what the dashed line shows: how the whole of each phase has changed until today."""
    known = frame[frame["done"].notna()]
    by_phase = ((str(phase), rows["scope"]) for phase, rows in known.groupby("phase", sort=False))
    lines = [f"- {scope_said(phase, scope.iloc[0], scope.iloc[-1])}" for phase, scope in by_phase]
    if lines:
        st.markdown("\n".join(lines))


def used_table(shown: ShownPlan) -> pd.DataFrame:
    """Effort and cost to date beside planned, by phase, of the actions whose owners have said what they used."""
    rows = []
    for place, name in enumerate(PHASE_NAMES, start=1):
        of_phase = [each for each in shown.plan.actions if each.phase == place]
        told = [each for each in of_phase if each.days_used is not None or each.cost_used is not None]
        if told:
            days = [each for each in told if each.days_used is not None]
            money = [each for each in told if each.cost_used is not None]
            rows.append(
                {
                    "Phase": name,
                    "Said by": f"{len(told)} of {counted(len(of_phase), 'action')}",
                    "Person-days": _beside(
                        sum(each.days_used or 0 for each in days), sum(each.person_days for each in days)
                    ),
                    "Money": _beside(sum(each.cost_used or 0 for each in money), sum(each.cost or 0 for each in money)),
                }
            )
    return pd.DataFrame(rows)


def _beside(used: float, planned: float) -> str:
    return f"{used:,.0f} of {planned:,.0f} planned"


def _burn_up_table(frame: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Every twelfth week, today and the last day: the lines between are straight enough."""
    days = sorted(set(frame["on"]))
    told = {*days[::3], days[-1], today} if days else set()
    rows = frame[frame["on"].isin(told)]
    return pd.DataFrame(
        {
            "Phase, day": [
                f"{phase}, {day.day} {day:%b %Y}" for phase, day in zip(rows["phase"], rows["on"], strict=True)
            ],
            "Planned": rows["planned"].map("{:,.0f}".format),
            "Done": ["–" if pd.isna(done) else f"{done:,.0f}" for done in rows["done"]],
            "In scope": rows["scope"].map("{:,.0f}".format),
        }
    )


def load_frame(shown: ShownPlan) -> pd.DataFrame:
    """Planned and available person-days by role, department and quarter; never change it."""
    here, plan = shown.here, shown.plan
    offered = resources(here.workspace, here.visitor, shown.round).capacities if shown.round else ()
    return shown.kept("load", lambda: frames.load_frame(plan.actions, offered, plan.starts))


def workload_frame(shown: ShownPlan) -> pd.DataFrame:
    """As `load_frame` by role and quarter (named by its first month), of roles that have work.

    What is over by no more than `overloads` allows for is shown as just full."""
    return shown.kept("workload", lambda: _workload(shown))


def _workload(shown: ShownPlan) -> pd.DataFrame:
    return frames.with_months(frames.workload_frame(load_frame(shown), shown.names), shown.plan.starts)


def overloaded(shown: ShownPlan) -> list[str]:
    """Departments whose own people are planned beyond what they can give, the worst first, at most five."""
    over = overloads(load_frame(shown), frames.ALLOWED)
    lines = []
    for row in (cast(Any, each) for each in over[over["department"].notna()].head(5).itertuples()):
        first = quarter_window(int(row.quarter), shown.plan.starts)[0]
        who = f"{shown.names.get(row.role, row.role)} in {shown.names.get(row.department, row.department)}"
        lines.append(f"{who}, quarter from {first:%B %Y}: {row.planned:,.1f} of {row.available:,.1f} person-days")
    return lines


def show_workload(shown: ShownPlan) -> None:
    """By role and quarter, beside what the role can give."""
    frame = workload_frame(shown)

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        texts = ChartTexts.of(capacity_sentences(frame))
        width = NARROW if narrow else WIDE
        return specification(capacity_chart(frame, mode=mode, texts=texts, width=width, narrow=narrow))

    show_picture("workload", build, lambda: _workload_table(frame), revision=shown.key, mode=shown.here.mode)
    st.caption(
        "Quarters of 13 weeks from the plan's start, each named by its first month. Effort is spread evenly over an "
        "action's days; a department's role is added up over the departments."
    )
    over = overloaded(shown)
    if over:
        st.markdown("Beyond capacity in single departments:\n" + "\n".join(f"- {plain(each)}" for each in over))


def _workload_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The quarters in which there is work."""
    frame = frame[frame["planned"] > 0]
    return pd.DataFrame(
        {
            "Role": frame["role"],
            "Quarter from": frame["quarter"],
            "Planned": frame["planned"].map("{:,.1f}".format),
            "Available": frame["available"].map("{:,.1f}".format),
        }
    )
