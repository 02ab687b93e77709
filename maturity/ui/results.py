"""The results page: which round, where we stand in one sentence and a row of numbers, and which view is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from maturity.assessment.scores import Score
from maturity.ui import cached
from maturity.ui.context import page_context
from maturity.ui.help import number_help, plain
from maturity.ui.replies import show_with
from maturity.ui.results_answers import show_distribution
from maturity.ui.results_choices import choose_round, show_waiting
from maturity.ui.results_evidence import fresh_number, show_evidence
from maturity.ui.results_points import show_points
from maturity.ui.results_roles import show_roles
from maturity.ui.results_shown import Shown, earlier, interval_of, shown_round, target_levels
from maturity.ui.results_tables import VALUE_FROM
from maturity.ui.results_views import show_heat_map, show_profile, show_themes, show_trend
from maturity.ui.results_why import show_why
from maturity.ui.rounds_life import show_signing
from maturity.words.glossary import find
from maturity.words.messages import (
    NO_ROUND,
    NO_SCORES,
    coverage_sentence,
    departments_sent,
    percent,
    points_reached,
    shown_score,
    signed,
    where_we_stand,
)

WEIGHTS = {
    "equal": "every department counts the same",
    "staff": "departments count by their number of staff",
    "chosen": "departments count as chosen for this round",
}
View = Callable[[Shown], None]
VIEWS: Mapping[str, View] = {
    "Heat map": show_heat_map,
    "Profile": show_profile,
    "Distribution": show_distribution,
    "Trend": show_trend,
    "By theme": show_themes,
    "By role": show_roles,
    "Evidence": show_evidence,
    "Why": show_why,
}
POINT_VIEWS: Mapping[str, View] = {
    "Points": show_points,
    "Trend": show_trend,
    "Evidence": show_evidence,
    "Why": show_why,
}
OF_ONE_PLACE = ("Profile", "Distribution", "By role", "Why")
"""The views that look at one place, chosen above them."""


@st.fragment
def show_results() -> None:
    """The whole page below its title; a click reruns this much and nothing around it."""
    here = page_context()
    show_waiting(here)
    found = cached.shown_rounds(here)
    round_ = choose_round(list(found), cached.latest_round(here))
    if round_ is None:
        if not cached.waiting_rounds(here):
            st.info(NO_ROUND)
        return
    shown = shown_round(here, round_)
    if not any(score.score is not None for score in shown.scores.scores.values()):
        st.info(NO_SCORES)
        return
    show_headline(shown)
    views = VIEWS if shown.framework.levels else POINT_VIEWS
    names = [name for name in views if name != "By theme" or shown.framework.themes]
    chosen = st.segmented_control(
        "View", names, default=names[0], required=True, key="results_view", bind="query-params"
    )
    views[chosen or names[0]](shown)
    place = st.session_state.get("results_of") if chosen in OF_ONE_PLACE else None
    show_with(here, round_, place or None)
    show_signing(here, round_)


def show_headline(shown: Shown) -> None:
    """Where the organisation, or the visitor's own department, stands."""
    department = None if shown.whole else next(iter(shown.scores.departments), None)
    score = shown.scores.of(department)
    st.header(plain(headline(shown, score)))
    show_numbers(shown, score)


def show_numbers(shown: Shown, score: Score) -> None:
    """The numbers of a place beside those of the round before, and below them what has to be known of them."""
    before = earlier(shown)
    with st.container(horizontal=True, key="results-numbers"):
        for number in numbers(shown, score, before[1].scores.get(score.place) if before else None, before):
            st.metric(**number)
    with st.container(horizontal=True, gap="medium", key="results-remarks"):
        for words, explained in remarks(shown, score):
            st.caption(words, help=explained, width="content")


def headline(shown: Shown, score: Score) -> str:
    """One computed sentence, in levels or in points; a department's own begins with its name."""
    if not shown.framework.levels:
        said = points_reached(score.points, score.max_points)
    else:
        level, top = score.level, shown.framework.top_level
        name = shown.framework.level_name(level) if level else ""
        said = where_we_stand(score.score, top_level=top, level=level, level_name=name)
    department = score.place.department
    return said if department is None else f"{shown.name(department)}: {said[:1].lower()}{said[1:]}"


def numbers(shown: Shown, score: Score, before: Score | None, of: Any) -> list[dict[str, Any]]:
    """The numbers under the headline, each with its help."""
    levels = bool(shown.framework.levels)
    change = score.score - before.score if before and None not in (before.score, score.score) else None  # type: ignore[operator]
    first: dict[str, Any] = {
        "label": "Score" if levels else "Points",
        "value": NONE_YET if score.score is None else shown_score(score.score) if levels else f"{score.score:,.10g}",
        "help": number_help("score"),
    }
    if change is not None and of:
        first |= {"delta": signed(change), "delta_color": "off", "delta_description": f"since {of[0].name}"}
    found = [first]
    if levels:
        name = f"{score.level} {shown.framework.level_name(score.level)}" if score.level else "none yet"
        found.append({"label": "Level reached", "value": name, "help": number_help("level_reached")})
    found.append(
        {
            "label": "Coverage",
            "value": "–" if score.coverage is None else percent(score.coverage),
            "help": number_help("coverage"),
        }
    )
    found.append(fresh_number(shown, score))
    found.append({"label": "People who answered", "value": f"{score.respondents:,}", "help": RESPONDENTS})
    since = since_the_first(shown, score)
    return [*found, since] if since else found


NONE_YET = "none yet"
TARGETS_REACHED = "Topics of departments whose score has reached the furthest level aimed at there."
RESPONDENTS = "Everybody who has sent answers in this round. More under Help and glossary."


def since_the_first(shown: Shown, score: Score) -> dict[str, Any] | None:
    """How many targets are reached, and how far the score has come since the first round; None where neither is."""
    targets = target_levels(shown)
    mine = [place for place in targets if score.place.department in (None, place[0])]
    if not mine or not shown.framework.levels:
        return None
    reached = sum(_reached(shown, place) >= targets[place] for place in mine if place[0] in shown.scores.departments)
    return {
        "label": "Targets reached",
        "value": f"{reached} of {len(mine)}",
        "help": TARGETS_REACHED,
    }


def _reached(shown: Shown, place: tuple[str, str]) -> float:
    department, topic = place
    return shown.scores.of(department, shown.framework.dimension_of[topic].id, topic).score or 0.0


def remarks(shown: Shown, score: Score) -> list[tuple[str, str]]:
    """The small lines under the numbers: what they rest on, each with its help."""
    said = []
    if score.place.department is None:
        sent = sum(shown.scores.of(code).respondents > 0 for code in shown.scores.departments)
        weights = WEIGHTS[shown.round.weights]
        said.append((f"In the organisation's score {weights}. {departments_sent(sent, len(shown.scores.departments))}",
                     number_help("weights")))  # fmt: skip
    else:
        found = interval_of(shown, score.place.department)
        if found:
            said.append((f"90% interval: {found[0]:.1f} to {found[1]:.1f}.", number_help("interval")))
    source = VALUE_FROM.get(score.value_from or "", "nothing yet")
    said.append((f"{coverage_sentence(score.coverage, shown.framework.least_coverage)} Value from: {source}.",
                 number_help("value_from")))  # fmt: skip
    first = earlier(shown, first=True)
    then = first[1].scores.get(score.place) if first else None
    if first and then and then.score is not None and score.score is not None:
        unit = "points" if not shown.framework.levels else "levels"
        words = f"Since the first round, {plain(first[0].name)}: {signed(score.score - then.score)} {unit}."
        said.append((words, find("trend")[0].meaning))
    return said
