"""The gaps: the priority topics as a picture, every gap in a table, one gap with what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from maturity.access.permissions import may
from maturity.charts.dumbbell import dumbbell_chart
from maturity.planning.gaps import Gap
from maturity.ui.help import number_help, plain
from maturity.ui.pictures import show_table
from maturity.ui.replies import show_reply
from maturity.ui.results_answers import show_remarks
from maturity.ui.results_choices import EVERY, choose
from maturity.ui.results_shown import Shown, draw, every_target, kept
from maturity.ui.targets_shown import (
    NO_EFFORT,
    apart_table,
    dumbbell_table,
    gaps_of,
    gaps_table,
    in_plain_words,
    priority_frame,
    priority_topics_of,
    steps_of,
)
from maturity.words.chart_sentences import dumbbell_sentences
from maturity.words.messages import NO_GAPS, NO_TARGETS, counted, shown_score

FIRST = 15
BY_PRIORITY, BY_EFFORT = "Priority", "Priority per person-day"
COLUMNS = (
    ("Gap", "gap"),
    ("Importance", "importance"),
    ("Priority", "priority"),
    ("Per person-day", "priority_per_person_day"),
)


def show_gaps(shown: Shown) -> None:
    """The picture of the priority topics, then the gaps, then one of them beside what people say about it."""
    found = gaps_of(shown)
    if not every_target(shown):
        st.info(NO_TARGETS)
        return
    show_priority_topics(shown)
    if not found.found:
        st.info(NO_GAPS)
    else:
        chosen = choose_gaps(shown, found.found)
        show_list(shown, chosen)
        show_one(shown, chosen)
    if found.apart:
        st.subheader("Targets without a gap")
        st.caption("A target is set here, but how far away it is cannot be said.", help=number_help("coverage"))
        show_table(apart_table(shown.framework, found, shown.round.names))


def show_priority_topics(shown: Shown) -> None:
    """Where the organisation, or the visitor's own department, stands in the priority topics and wants to be."""
    topics = priority_topics_of(shown)
    last = max(each.due for each in every_target(shown))
    draw(
        shown,
        "priority-topics",
        dumbbell_chart,
        lambda: priority_frame(shown, topics),
        lambda rows: dumbbell_sentences(rows, period=shown.round.name, until=str(last.year)),
        lambda: dumbbell_table(priority_frame(shown, topics)),
        choice=topics,
        levels=shown.levels,
    )


def choose_gaps(shown: Shown, found: Sequence[Gap]) -> list[Gap]:
    """The gaps that the reader asks for, in the order that they ask for."""
    names, topics = shown.round.names, shown.framework.topics
    with st.container(horizontal=True):
        department = choose(
            "Department",
            [EVERY, *dict.fromkeys(each.department for each in found)],
            lambda code: names.get(code, "All departments"),
            key="gaps_of",
            width=280,
        )
        topic = choose(
            "Topic",
            [EVERY, *dict.fromkeys(each.topic for each in found)],
            lambda code: topics[code].name if code else "All topics",
            key="gaps_topic",
            width=280,
        )
        order = st.segmented_control(
            "Order by",
            [BY_PRIORITY, BY_EFFORT],
            default=BY_PRIORITY,
            required=True,
            key="gaps_order",
            help=number_help("priority_per_person_day"),
        )
    chosen = [each for each in found if department in (EVERY, each.department) and topic in (EVERY, each.topic)]
    return sorted(chosen, key=lambda each: -(each.per_person_day or 0.0)) if order == BY_EFFORT else chosen


def show_list(shown: Shown, chosen: Sequence[Gap]) -> None:
    """The first gaps, or all, as a table; what its numbers mean stands above it."""
    st.subheader(counted(len(chosen), "gap"))
    with st.container(horizontal=True, gap="medium"):
        for name, kind in COLUMNS:
            st.caption(name, help=number_help(kind), width="content")  # type: ignore[arg-type]
    every = len(chosen) <= FIRST or st.toggle(f"Show all {len(chosen)}", key="gaps_all")
    rows = tuple(chosen if every else chosen[:FIRST])
    places = tuple((each.department, each.topic) for each in rows)
    names = shown.round.names
    show_table(kept("gaps table", (shown.key, places), lambda: gaps_table(shown.framework, rows, names)))


def show_one(shown: Shown, chosen: Sequence[Gap]) -> None:
    """One gap: its numbers, its target, and beside it what stands in the way and what would help."""
    if not chosen:
        return
    topics, names = shown.framework.topics, shown.round.names
    st.subheader("Look at one gap")
    by_place = {(each.department, each.topic): each for each in chosen}
    place = choose(
        "Gap",
        list(by_place),
        lambda at: f"{topics[at[1]].name}, {names[at[0]]}",
        key="gaps_one",
        width=460,
        in_address=False,
    )
    gap = by_place[place]
    steps = steps_of(shown, gap.department, gap.topic)
    st.write(
        f"{plain(names[gap.department])} stands at {shown_score(gap.score)} and has reached level {gap.reached}. "
        f"{in_plain_words(shown.framework, steps)}. {effort_sentence(gap)}"
    )
    show_reply(shown.here, shown.round, gap.department)
    show_remarks(shown, gap.topic)
    st.button(
        "Change this target" if may_set(shown) else "See this target",
        key="gaps_to_target",
        on_click=turn_to_target,
        args=(gap.department, gap.topic),
        icon=":material/flag:",
    )


def effort_sentence(gap: Gap) -> str:
    """What closing the gap takes at least."""
    if gap.person_days is None:
        return f"What closes it: {NO_EFFORT}."
    return (
        f"Closing it takes at least {counted(round(gap.person_days), 'person-day')}, what has to come first included "
        "(estimates)."
    )


def may_set(shown: Shown) -> bool:
    """Whether the visitor may set targets."""
    return may(shown.here.visitor, "set_targets")


def turn_to_target(department: str, topic: str) -> None:
    """In a callback: open the target of a place."""
    st.session_state["targets_view"] = "Targets"
    st.session_state["targets_of"], st.session_state["targets_topic"] = department, topic
