"""The views of the results page, one function each; only the open one runs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.assessment.scores import Place, RoundScores
from maturity.charts.dumbbell import dumbbell_chart
from maturity.charts.heatmap import heatmap_chart
from maturity.charts.profile import profile_chart
from maturity.charts.radar import radar_chart
from maturity.charts.score_frames import heat_frame, means_frame, trend_frame
from maturity.charts.trend import trend_chart
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.help import number_help
from maturity.ui.navigation import link_to
from maturity.ui.pictures import on_a_phone, show_table
from maturity.ui.replies import MARK, marked_names
from maturity.ui.results_choices import choose_place
from maturity.ui.results_frames import (
    profile_frame,
    theme_frame,
    theme_matrix,
)
from maturity.ui.results_shown import (
    Shown,
    draw,
    earlier,
    interval_of,
    kept,
    target_levels,
)
from maturity.ui.results_tables import (
    heat_table,
    profile_table,
    theme_table,
    trend_table,
)
from maturity.words.chart_sentences import (
    dumbbell_sentences,
    heatmap_sentences,
    profile_sentences,
    trend_sentences,
    versions_note,
)

WHOLE_TARGETS = "The organisation's target in a topic is its score once each department has reached its own target."
NO_INTERVAL = "No 90% interval: fewer than 3 people answered, or a consensus or review decides part of it."


def show_heat_map(shown: Shown) -> None:
    """Departments by topics or dimensions, in the organisation's and the framework's order."""
    usual = "Dimensions" if on_a_phone() else "Topics"  # ten topics are wider than a phone
    column = st.segmented_control(
        "Columns", ["Topics", "Dimensions"], default=usual, required=True, key="results_columns"
    )
    field = "dimension" if column == "Dimensions" else "topic"
    names, own = marked_names(shown.here, shown.round), shown.scores
    replied = tuple(code for code, name in names.items() if name.endswith(MARK))

    def frame() -> pd.DataFrame:
        return heat_frame(shown.framework, own, names, target_levels(shown), field)

    draw(
        shown,
        "heat-map",
        heatmap_chart,
        frame,
        lambda rows: heatmap_sentences(unmarked(rows), column=field, period=shown.round.name),
        lambda: heat_table(frame(), field, {names[code]: own.of(code).score for code in own.departments}),
        choice=(field, replied),
        levels=shown.levels,
        column=field,
        means=lambda: means_frame(own, names),
    )
    if replied:
        st.caption(f"\\{MARK.strip()} The head of the department replies, below.", width="content")


def unmarked(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the heat map with the bare names of departments, for what is said about them."""
    return rows.assign(department=rows["department"].str.removesuffix(MARK)) if len(rows) else rows


def show_profile(shown: Shown) -> None:
    """One department beside the organisation, topic by topic, or the organisation with the range of its departments."""
    department = choose_place(shown)
    if department in shown.scores.departments:
        found = interval_of(shown, department)
        words = f"90% interval of its score: {found[0]:.1f} to {found[1]:.1f}." if found else NO_INTERVAL
        st.caption(words, help=number_help("interval"))
    elif department is None:
        st.caption(WHOLE_TARGETS, help=number_help("weights"))
    if department is None or not shown.whole:
        show_alone(shown, department)
        return
    name = shown.name(department)
    show_beside(shown, department)
    if department in shown.scores.departments:
        link_to("profile", "All about this department on one page", department=name)
    if st.toggle("Show the shape as a radar too", key="results_radar"):
        show_beside(shown, department, radar=True)
    if may(shown.here.visitor, "read_differences", department, shown.round.organisation_id):
        link_to("department", "Where people of this department differ", department_of=name)


def show_alone(shown: Shown, department: str | None) -> None:
    """A place's scores and targets, with the range across departments where it is the organisation."""
    draw(
        shown,
        "profile",
        dumbbell_chart,
        lambda: profile_rows(shown, department),
        lambda rows: dumbbell_sentences(rows, period=f"{shown.name(department)}, {shown.round.name}"),
        lambda: profile_words(shown, department),
        choice=department,
        levels=shown.levels,
    )


def show_beside(shown: Shown, department: str, *, radar: bool = False) -> None:
    """A department and the organisation, as dumbbells or as a radar."""
    name = shown.name(department)
    draw(
        shown,
        "radar" if radar else "profile",
        radar_chart if radar else profile_chart,
        lambda: profile_rows(shown, department).drop(columns="place"),
        lambda rows: profile_sentences(rows, department=name, period=shown.round.name),
        lambda: profile_words(shown, department),
        choice=department,
        levels=shown.levels,
        department=name,
    )


def profile_rows(shown: Shown, department: str | None) -> pd.DataFrame:
    """The frame of a place's profile."""
    return profile_frame(shown.framework, shown.scores, department, target_levels(shown))


def profile_words(shown: Shown, department: str | None) -> pd.DataFrame:
    """The table of a place's profile."""
    first = earlier(shown, first=True)
    return profile_table(shown.framework, shown.scores, department, target_levels(shown), first[1] if first else None)


def show_trend(shown: Shown) -> None:
    """Scores over all rounds on this framework, of departments or of one place's topics."""
    rounds = history(shown)
    options = ["Departments", "Topics"]
    lines = st.segmented_control("Lines", options, default=options[0], required=True, key="results_lines")
    department = choose_place(shown) if lines == "Topics" else None
    if lines == "Topics":
        topics = shown.framework.dimension_of
        places = {shown.framework.topics[t].name: Place(department, d.id, t) for t, d in topics.items()}
    else:
        places = {shown.name(code): Place(code) for code in shown.scores.departments}

    def frame() -> pd.DataFrame:
        scores = [(each.name, found) for each, found in rounds]
        return trend_frame(scores, places, [each.framework for each, _ in rounds])

    note = versions_note([(each.name, each.framework.version) for each, _ in rounds])
    if not shown.framework.levels:
        show_table(trend_table(frame()))
        return
    draw(
        shown,
        "trend",
        trend_chart,
        frame,
        lambda rows: trend_sentences(rows, note=note),
        lambda: trend_table(frame()),
        choice=(lines, department),
        levels=shown.levels,
    )


def history(shown: Shown) -> list[tuple[Round, RoundScores]]:
    """The rounds on the same framework, of any version, up to this one, with the scores that the visitor may see."""
    every = [
        each
        for each in cached.shown_rounds(shown.here)
        if each.framework.id == shown.framework.id and each.framework.top_level == shown.framework.top_level
    ]
    names = [each.name for each in every]
    until = every[: names.index(shown.round.name) + 1]
    seen = [each for each in until if each.status in ("closed", "signed_off") or each.name == shown.round.name]
    return kept("history", shown.key, lambda: [(each, cached.round_scores(shown.here, each)) for each in seen])


def show_themes(shown: Shown) -> None:
    """The second axis: departments by themes as a picture, and themes by topics of one place as a table."""
    names = shown.round.names
    weights = {each.code: each.weight for each in shown.round.departments}

    def frame() -> pd.DataFrame:
        return theme_frame(shown.framework, shown.scores, names)

    draw(
        shown,
        "themes",
        heatmap_chart,
        frame,
        lambda rows: heatmap_sentences(rows, column="theme", period=shown.round.name),
        lambda: heat_table(
            frame(), "theme", {names[code]: shown.scores.of(code).score for code in shown.scores.departments}
        ),
        levels=shown.levels,
        column="theme",
    )
    st.markdown("**Themes by topics**")
    department = choose_place(shown)
    if department in shown.scores.groups:
        st.caption("Choose a department that answers by itself, or the organisation.")
        return
    st.caption(
        "Weighted means of question scores; a dash where a topic asks nothing of a theme, or nothing was answered."
    )
    show_table(
        kept(
            "theme matrix",
            (shown.key, department),
            lambda: theme_table(theme_matrix(shown.framework, shown.scores, department, weights)),
        )
    )
