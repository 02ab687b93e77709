"""Milestones on the progress page: due, missed, reached, and what each still waits for."""

from __future__ import annotations

import streamlit as st

from maturity.charts.plan_frames import status_words
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import fold_departments
from maturity.roadmap.milestones import MilestoneStand, milestone_stands
from maturity.roadmap.status import joint_status
from maturity.ui.help import plain
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.messages import counted, on_day
from maturity.words.progress_sentences import milestone_said

ICONS = {"reached": ":material/check_circle:", "missed": ":material/error:", "due": ":material/flag:",
         "past": ":material/history:"}  # fmt: skip
RULE = "A milestone is reached when every action that was approved to finish by its day is done."


def stands(shown: ShownPlan) -> tuple[MilestoneStand, ...]:
    """Every milestone of the plan as it stands today, by day."""
    plan = shown.plan
    return shown.kept("stands", lambda: milestone_stands(plan.milestones, plan.actions, plan.baseline, shown.today))


def show_progress_milestones(shown: ShownPlan) -> None:
    """One line for each milestone, which opens to the actions that it waits for."""
    found = stands(shown)
    if not found:
        st.write("This plan has no milestones yet. They are added on the roadmap page.")
        return
    counts = {code: sum(each.code == code for each in found) for code in ("missed", "due", "reached")}
    st.write(", ".join(f"{number} {code}" for code, number in counts.items() if number).capitalize() + ".")
    st.caption(RULE)
    for each in found:
        _show_one(shown, each)


def _show_one(shown: ShownPlan, stand: MilestoneStand) -> None:
    mark = stand.milestone
    how = milestone_said(stand.code, stand.days, len(stand.waits_for), len(stand.needed))
    label = f"**{plain(mark.name)}**, {on_day(mark.on)}: {how}"
    box = st.expander(label, icon=ICONS[stand.code], key=f"milestone-{mark.id}", on_change="rerun")
    if not box.open:
        return
    with box:
        if mark.proves:
            st.write(plain(mark.proves))
        if stand.reached_on:
            st.write(f"The last of its {counted(len(stand.needed), 'action')} was done on {on_day(stand.reached_on)}.")
        if stand.waits_for:
            st.markdown("It waits for:\n" + "\n".join(_waiting(shown, stand.waits_for)))


def _waiting(shown: ShownPlan, actions: tuple[Action, ...]) -> list[str]:
    """Copies of departments as one line, what is late first."""
    lines = []
    for row in fold_departments(actions):
        how = joint_status(shown.status(each) for each in row.copies)
        place = counted(row.count, "department") if row.count > 1 else plain(shown.place(row.copies[0]))
        owner = plain(shown.names.get(row.owner, row.owner))
        words = f"- **{plain(row.title)}** ({place}): {row.percent_done:.0f}%, {status_words(how)}. Owner: {owner}"
        lines.append((how.code != "late", words))
    return [words for _, words in sorted(lines, key=lambda pair: pair[0])]
