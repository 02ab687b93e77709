"""The page of gaps and targets: which round, what is most urgent, and which of its four views is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from maturity.ui import cached
from maturity.ui.context import page_context
from maturity.ui.help import number_help, plain
from maturity.ui.objectives import show_objectives
from maturity.ui.results_choices import choose_round, show_waiting
from maturity.ui.results_shown import Shown, every_target, shown_round
from maturity.ui.targets_editor import show_editor
from maturity.ui.targets_gaps import show_gaps
from maturity.ui.targets_importance import show_importance
from maturity.ui.targets_shown import gaps_of, gaps_sentence, priority_topics_of
from maturity.words.messages import NO_ROUND, NO_SCORES, NO_TARGETS

VIEWS: Mapping[str, Callable[[Shown], None]] = {
    "Gaps": show_gaps,
    "Targets": show_editor,
    "Importance": show_importance,
    "Objectives": show_objectives,
}
NO_LEVELS = "No round counts levels yet: points have no targets. Start a round with a framework that has levels."


@st.fragment
def show_targets() -> None:
    """The whole page below its title; a click reruns this much and nothing around it."""
    here = page_context()
    show_waiting(here)
    found = cached.shown_rounds(here)
    levels = [each for each in found if each.framework.levels]
    round_ = choose_round(levels, cached.latest_round(here))
    if round_ is None:
        if found or not cached.waiting_rounds(here):
            st.info(NO_LEVELS if found else NO_ROUND)
        return
    shown = shown_round(here, round_)
    if not any(score.score is not None for score in shown.scores.scores.values()):
        st.info(NO_SCORES)
        return
    show_headline(shown)
    names = list(VIEWS)
    chosen = st.segmented_control(
        "View", names, default=names[0], required=True, key="targets_view", bind="query-params"
    )
    VIEWS[chosen or names[0]](shown)


def show_headline(shown: Shown) -> None:
    """How many gaps, which is the most urgent, and which topics have priority."""
    topics = {code: topic.name for code, topic in shown.framework.topics.items()}
    said = gaps_sentence(gaps_of(shown), topics, shown.round.names) if every_target(shown) else NO_TARGETS
    st.header(plain(said))
    first = priority_topics_of(shown)
    if first:
        words = ", ".join(plain(topics[code]) for code in first)
        st.caption(f"Priority topics, the most to gain first: {words}.", help=number_help("priority"))
