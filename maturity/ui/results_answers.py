"""How answers spread and what people say about obstacles."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from maturity.charts.distribution import distribution_chart
from maturity.ui.help import number_help, plain
from maturity.ui.results_choices import choose_place, choose_topic
from maturity.ui.results_frames import distribution_frame
from maturity.ui.results_shown import Shown, draw, remarks_on, spread_of_answers, target_levels
from maturity.ui.results_tables import distribution_table
from maturity.words.chart_sentences import distribution_sentences
from maturity.words.messages import counted


def show_distribution(shown: Shown) -> None:
    """How the answers to a topic's questions spread, how far people agree, and what they say about obstacles."""
    with st.container(horizontal=True):
        department, topic = choose_place(shown), choose_topic(shown)
    found = spread_of_answers(shown, department, topic)
    if not found:
        st.info("The questions of this topic are not answered by level, so there is no spread to show.")
        return
    level, said = split_level(shown, department, topic)
    place = f"{shown.name(department)}, {shown.framework.topics[topic].name}, {shown.round.name}"
    draw(
        shown,
        "distribution",
        distribution_chart,
        lambda: distribution_frame(shown.framework, found),
        lambda rows: distribution_sentences(rows, target_level=level, period=place),
        lambda: distribution_table(shown.framework, found),
        choice=(department, topic, level),
        target_level=level,
        levels=shown.levels,
    )
    st.caption(said, help=number_help("agreement"))
    show_remarks(shown, topic)


def split_level(shown: Shown, department: str | None, topic: str) -> tuple[int, str]:
    """The level at which the picture is split, and why: the target there, else the middle of the scale."""
    targets = target_levels(shown)
    mine = [level for place, level in targets.items() if place[1] == topic and department in (None, place[0])]
    if not mine:
        middle = max(2, (shown.framework.top_level + 1) // 2)
        return middle, f"No target is set here; the picture is split at level {middle} all the same."
    level = Counter(sorted(mine)).most_common(1)[0][0]
    if department is None and len(set(mine)) > 1:
        return level, f"Departments aim at different levels; the picture is split at {level}, the most common one."
    return level, f"The target here is level {level}."


def show_remarks(shown: Shown, topic: str) -> None:
    """What stands in a topic's way and what would help, as respondents wrote it, without names."""
    found = remarks_on(shown, topic)
    asked = shown.framework.topics[topic]
    st.markdown(f"**What people say about {plain(asked.name)}**")
    if not found:
        st.caption("Nobody has said anything about this topic yet.")
        return
    left, right = st.columns(2)
    for column, heading, texts in (
        (left, asked.stands_in_the_way, [each.stands_in_the_way for each in found]),
        (right, asked.would_help, [each.would_help for each in found]),
    ):
        said = Counter(text.strip() for text in texts if text and text.strip())
        lines = [
            f"- {plain(text)}" + (f" ({counted(count, 'person', 'people')})" if count > 1 else "")
            for text, count in said.most_common()
        ]
        column.markdown("\n".join([f"*{plain(heading)}*", "", *(lines or ["- Nothing said"])]))
