"""Where the people of a department differ: two questions to talk about first, then all of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from maturity.framework.model import Framework
from maturity.operations.differences import Difference, Differences, differences_of
from maturity.operations.early_sight import OVER
from maturity.ui.help import number_help, plain
from maturity.ui.pictures import on_a_phone, show_table
from maturity.ui.results_shown import Shown, kept
from maturity.ui.results_tables import NONE, level_in_words
from maturity.words.department_sentences import apart, hidden_questions, no_difference, why_so_few
from maturity.words.messages import FEWEST_SHOWN, too_few

FIRST = 10
OPEN = "Shown once the round is closed: while answers come in, looking twice would tell who said what."
BY_LEVEL = "Only answers by level can be compared, and this round asks for points."


def show_differences(shown: Shown, department: str) -> None:
    """The section of the page: nothing of it while the round is open, and nothing that shows one of too few."""
    st.header("Where people differ", anchor=False, help=number_help("agreement"))
    if shown.round.status not in OVER or not shown.framework.levels:
        st.caption(OPEN if shown.framework.levels else BY_LEVEL)
        return
    here = shown.here
    read = lambda: differences_of(here.workspace, here.visitor, shown.round, department)  # noqa: E731
    found: Differences = kept("differences", (shown.key, department), read)
    if not found.found and found.hidden:
        st.info(too_few(found.fewest))
        return
    show_first(shown.framework, found)
    if found.found:
        show_all(shown.framework, found)
    if found.hidden:
        st.caption(hidden_questions(len(found.hidden), found.fewest))
    if found.fewest < FEWEST_SHOWN:
        st.caption(why_so_few(found.fewest))


def show_first(framework: Framework, found: Differences) -> None:
    """The at most two questions worth talking about."""
    if not found.first:
        st.write(no_difference(len(found.found)))
        return
    st.markdown("**Talk about this first**" if len(found.first) == 1 else "**Talk about these two first**")
    for each in found.first:
        low, high = (level_in_words(framework, level) for level in (each.lowest, each.highest))
        topic = framework.topic_of[each.question].name
        with st.container(border=True):
            st.caption(plain(topic))
            st.markdown(plain(apart(framework.questions[each.question].text, low, high, each.count)))


def show_all(framework: Framework, found: Differences) -> None:
    """Every question that enough people answered, those that they differ most about first."""
    every = len(found.found) <= FIRST or st.toggle(f"Show all {len(found.found)} questions", key="differences_all")
    table = short_table if on_a_phone() else differences_table
    show_table(table(framework, found.found if every else found.found[:FIRST]))


def short_table(framework: Framework, found: Sequence[Difference]) -> pd.DataFrame:
    """The same in three columns: a phone has no room for more."""
    return pd.DataFrame(
        [
            {
                "Question": framework.questions[each.question].text,
                "Answers": f"{each.lowest} to {each.highest}, median {each.median:g}",
                "Agreement": NONE if each.agreement is None else f"{each.agreement:.2f}",
            }
            for each in found
        ]
    )


def differences_table(framework: Framework, found: Sequence[Difference]) -> pd.DataFrame:
    """Questions with the ends, the middle and the agreement of their answers."""
    return pd.DataFrame(
        [
            {
                "Question": framework.questions[each.question].text,
                "Topic": framework.topic_of[each.question].name,
                "Lowest": str(each.lowest),
                "Median": f"{each.median:g}",
                "Highest": str(each.highest),
                "Agreement": NONE if each.agreement is None else f"{each.agreement:.2f}",
                "People": str(each.count),
            }
            for each in found
        ]
    )
