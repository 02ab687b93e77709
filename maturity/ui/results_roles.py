"""The results by role: a picture of the roles that may be shown, the table beside it, and what is held back and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.assessment.role_split import FAMILY_NAMES
from maturity.charts.role_dots import role_dots_chart
from maturity.charts.score_frames import number
from maturity.framework.model import Framework
from maturity.operations.early_sight import OVER
from maturity.operations.role_split import RoleSplit, answering, role_split
from maturity.ui.help import plain
from maturity.ui.results_choices import choose_place
from maturity.ui.results_shown import Shown, draw, kept
from maturity.ui.results_tables import in_words
from maturity.words.role_sentences import HELD_BACK, HOW_MADE, NOBODY_APART, people_by_role, role_sentences

OPEN = "Shown once the round is closed: while answers come in, looking twice would tell whose they are."
GROUP = "Choose a department that answers by itself, or the organisation."


def show_roles(shown: Shown) -> None:
    """One place by role family, topic by topic."""
    department = choose_place(shown)
    if shown.round.status not in OVER:
        st.info(OPEN)
        return
    if department is not None and department not in answering(shown.round):
        st.caption(GROUP)
        return
    here = shown.here
    read = lambda: role_split(here.workspace, here.visitor, shown.round, department)  # noqa: E731
    found: RoleSplit = kept("by role", (shown.key, department), read)
    if not found.shown:
        st.info(NOBODY_APART)
        return
    st.caption(plain(people_by_role([(FAMILY_NAMES[family], found.people[family] or 0) for family in found.shown])))
    roles = [FAMILY_NAMES[family] for family in found.shown]
    place = shown.name(department)
    draw(
        shown,
        "roles",
        role_dots_chart,
        lambda: role_frame(shown.framework, found),
        lambda rows: role_sentences(rows, roles=roles, place=place, period=shown.round.name),
        lambda: role_table(shown.framework, found),
        choice=department,
        roles=roles,
        levels=shown.levels,
    )
    st.caption(f"{HOW_MADE} {HELD_BACK}" if found.hidden else HOW_MADE)


def role_frame(framework: Framework, found: RoleSplit) -> pd.DataFrame:
    """Topics by shown roles; columns as `role_dots_chart`."""
    return pd.DataFrame(
        [
            {
                "place": topic.name,
                "together": number(found.together[code]),
                **{FAMILY_NAMES[family]: number(found.scores[family, code]) for family in found.shown},
            }
            for code, topic in framework.topics.items()
        ]
    )


def role_table(framework: Framework, found: RoleSplit) -> pd.DataFrame:
    """The same in words."""
    return pd.DataFrame(
        [
            {
                "Topic": topic.name,
                **{FAMILY_NAMES[family]: in_words(found.scores[family, code]) for family in found.shown},
                "All together": in_words(found.together[code]),
            }
            for code, topic in framework.topics.items()
        ]
    )
