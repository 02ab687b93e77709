"""Home: where we stand in one sentence and four numbers, the department's or the organisation's as the visitor may."""

from __future__ import annotations

import streamlit as st

from maturity.access.permissions import may
from maturity.assessment.scores import Place, RoundScores, Score
from maturity.operations.early_sight import WHOLE
from maturity.operations.rounds import Round
from maturity.ui import cached
from maturity.ui.context import PageContext
from maturity.ui.help import number_help, plain
from maturity.ui.home_finding import show_finding
from maturity.ui.replies import show_replies, show_reply
from maturity.words.messages import (
    NO_SCORES,
    coverage_sentence,
    no_answers,
    on_day,
    percent,
    points_reached,
    shown_score,
    signed,
    where_we_stand,
)

STATUS = {
    "draft": "not open yet",
    "open": "open for answers",
    "closed": "closed",
    "signed_off": "signed off",
    "importing": "being imported",
}


def show_standing(here: PageContext, round_: Round) -> None:
    """Where the organisation stands, or each department that the visitor may see and no other."""
    st.header("Where we stand", anchor=False)
    st.caption(f"{plain(round_.name)}, {STATUS[round_.status]}{_dates(round_)}")
    if may(here.visitor, "read_results", WHOLE):
        _show_organisation(here, round_)
        show_replies(here, round_)
        return
    for department in round_.departments:
        if may(here.visitor, "read_department_results", department.code):
            _show_place(here, round_, Place(department.code), plain(department.name))
            show_reply(here, round_, department.code)


def _dates(round_: Round) -> str:
    if round_.status == "open" and round_.closes_on:
        return f" until {on_day(round_.closes_on)}"
    return f" since {on_day(round_.closes_on)}" if round_.status == "closed" and round_.closes_on else ""


def _show_organisation(here: PageContext, round_: Round) -> None:
    scores = cached.round_scores(here, round_)
    sent = senders(scores)
    if not sent and round_.status == "open":
        st.info(no_answers(len(scores.departments), round_.opens_on))
        return
    _show_place(here, round_, Place(), "", sent=(sent, len(scores.departments)))
    show_finding(here, round_)


def senders(scores: RoundScores) -> int:
    """How many departments have sent answers or have values that somebody decided."""
    return sum(bool(scores.of(code).respondents or scores.of(code).score) for code in scores.departments)


def _show_place(here: PageContext, round_: Round, place: Place, name: str, sent: tuple[int, int] | None = None) -> None:
    score = cached.round_scores(here, round_).scores.get(place)
    if score is None or score.score is None:
        st.info(f"{name}: {NO_SCORES}" if name else NO_SCORES)
        return
    since, change = _change(here, round_, place, score)
    headline = _headline(round_, score, change, since)
    st.markdown(f"### {name}\n{headline}" if name else f"**{headline}**")
    _show_numbers(round_, score, change, sent)
    least = round_.framework.least_coverage
    if score.coverage is not None and score.coverage < least:
        st.info(coverage_sentence(score.coverage, least))


def _change(here: PageContext, round_: Round, place: Place, score: Score) -> tuple[str, float | None]:
    before = cached.scores_before(here, round_)
    if before is None or place not in before[1].scores:
        return "", None
    earlier = before[1].scores[place].score
    change = None if earlier is None or score.score is None else score.score - earlier
    return plain(before[0].name), change


def _headline(round_: Round, score: Score, change: float | None, since: str) -> str:
    if not round_.framework.levels:
        return points_reached(score.points, score.max_points)
    name = round_.framework.level_name(score.level) if score.level else ""
    return where_we_stand(
        score.score,
        top_level=round_.framework.top_level,
        level=score.level,
        level_name=plain(name),
        change=change,
        since=since,
    )


def _show_numbers(round_: Round, score: Score, change: float | None, sent: tuple[int, int] | None) -> None:
    with st.container(horizontal=True):
        if round_.framework.levels and score.score is not None:
            shown, top = shown_score(score.score), round_.framework.top_level
            delta = None if change is None else signed(change)
            st.metric("Score", f"{shown} of {top}", delta, help=number_help("score"), width=170)
            level = f"{score.level} {round_.framework.level_name(score.level)}" if score.level else "None yet"
            st.metric("Level reached", level, help=number_help("level_reached"), width=220)
        if score.coverage is not None:
            st.metric("Coverage", percent(score.coverage), help=number_help("coverage"), width=150)
        if sent:
            st.metric("Departments sent", f"{sent[0]} of {sent[1]}", width=190)
