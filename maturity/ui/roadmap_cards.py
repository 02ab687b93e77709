"""Now, next, later: the plan as cards, without the false precision of far dates."""

from __future__ import annotations

import streamlit as st

from maturity.charts.plan_frames import status_words
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Row, fold_departments
from maturity.roadmap.horizons import Horizon, by_horizon
from maturity.roadmap.status import joint_status
from maturity.ui.help import plain
from maturity.ui.roadmap_shown import ShownPlan
from maturity.words.messages import counted

MEANING: dict[Horizon, tuple[str, str]] = {
    "now": ("Now", "Begun, or due to begin within 13 weeks"),
    "next": ("Next", "Due to begin in the two quarters after that"),
    "later": ("Later", "Due to begin after that"),
}


def show_cards(shown: ShownPlan) -> None:
    """Three columns of cards, department copies of one action on one card, and how many are done."""
    found = shown.kept("horizons", lambda: by_horizon(shown.plan.actions, shown.today))
    for column, (horizon, (name, meaning)) in zip(st.columns(3, gap="medium"), MEANING.items(), strict=True):
        with column:
            st.header(name, anchor=False)
            st.caption(f"{meaning}: {counted(len(found[horizon]), 'action')}")
            for row in fold_departments(found[horizon]):
                _show_card(shown, row, near=horizon == "now")
            if not found[horizon]:
                st.write("Nothing.")
    done = fold_departments(found["done"])
    if done:
        st.header("Done", anchor=False)
        st.markdown("\n".join(f"- {plain(_title(row))}" for row in done))


def _title(row: Row) -> str:
    return row.title if row.count == 1 else f"{row.title} ({counted(row.count, 'department')})"


def _show_card(shown: ShownPlan, row: Row, *, near: bool) -> None:
    first = row.copies[0]
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(_title(row))}**")
        if near:
            how = joint_status(shown.status(each) for each in row.copies)
            mark = ":red[:material/schedule:] " if how.code == "late" else ""
            st.markdown(f"{mark}{status_words(how).capitalize()}, {row.percent_done:.0f}% done")
        st.caption(_small(shown, row, first, near))


def _small(shown: ShownPlan, row: Row, first: Action, near: bool) -> str:
    owner = plain(shown.names.get(row.owner, row.owner))
    when = f"{row.start:%b %Y} to {row.finish:%b %Y}" if near else f"From {row.start:%B %Y}"
    goal = f" · For “{plain(shown.names.get(first.objective, first.objective))}”" if first.objective else ""
    where = f" · {plain(shown.place(first))}" if row.count == 1 and first.department else ""
    return f"{when} · {owner}{where}{goal}"
