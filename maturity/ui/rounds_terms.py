"""The terms of a round: chosen in a form, and said in a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args

import streamlit as st

from maturity.assessment.terms import ANONYMITY, Anonymity, RoundTerms
from maturity.framework.model import Framework
from maturity.operations.rounds import Round
from maturity.ui.help import plain
from maturity.words import round_sentences as words
from maturity.words.messages import counted

assert set(get_args(Anonymity)) == set(ANONYMITY)
LABELS: Mapping[str, str] = {
    "least_respondents": "People wanted from each department, at least",
    "front_line": "Answers from the front line are wanted",
    "lead_days": "Working days in which only the heads of department see their result",
    "evidence_months": "Months after which evidence needs a fresh look",
}


def choose_terms(key: str, now: RoundTerms, *, is_open: bool = False) -> RoundTerms:
    """The inputs of a round's terms beside its topics; an open round's leave out what is settled once people answer."""
    anonymity = now.anonymity if is_open else _choose_anonymity(f"{key}_anonymity", now.anonymity)
    least, front = st.columns(2, vertical_alignment="bottom")
    with least:
        least_respondents = _number(f"{key}_least", "least_respondents", now.least_respondents, 1, 1_000)
    with front:
        front_line = st.checkbox(LABELS["front_line"], **_seeded(f"{key}_front_line", now.front_line))
    days, months = st.columns(2, vertical_alignment="bottom")
    with days:
        lead_days = _number(f"{key}_lead_days", "lead_days", now.lead_days, 0, 60)
    with months:
        evidence_months = _number(f"{key}_months", "evidence_months", now.evidence_months, 1, 120)
    return RoundTerms(
        anonymity=anonymity,
        topics=now.topics,
        least_respondents=least_respondents,
        front_line=front_line,
        lead_days=lead_days,
        evidence_months=evidence_months,
    )


def _choose_anonymity(key: str, now: Anonymity) -> Anonymity:
    chosen = st.radio(
        "What is known of who answers",
        ANONYMITY,
        format_func=words.ANONYMITY_NAMES.__getitem__,
        captions=[words.ANONYMITY[each] for each in ANONYMITY],
        **_seeded(key, now),
    )
    st.caption(words.IN_SMALL_DEPARTMENTS)
    return cast(Anonymity, chosen)


def choose_topics(key: str, now: tuple[str, ...], framework: Framework) -> tuple[str, ...]:
    """The topics of a framework that a round asks about; none chosen are all of them."""
    names = {topic.id: topic.name for topic in framework.topics.values()}
    chosen = st.multiselect(
        "Topics",
        list(names),
        format_func=lambda each: names.get(each, each),
        placeholder=f"All {len(names)} topics",
        help="Choose some to ask about these alone: questionnaire, scores, gaps and plan then keep to them.",
        **_seeded(f"{key}_topics_{framework.id}", [topic for topic in now if topic in names]),
    )
    return tuple(chosen)


def _number(key: str, name: str, now: int, least: int, most: int) -> int:
    chosen = st.number_input(LABELS[name], min_value=least, max_value=most, step=1, **_seeded(key, now))
    return int(now if chosen is None else chosen)


def _seeded(key: str, now: Any) -> dict[str, Any]:
    """An input's key, given once what is stored."""
    st.session_state.setdefault(key, now)
    return {"key": key}


def terms_lines(round_: Round) -> Iterator[str]:
    """What was agreed on for a round, a line each, as Markdown."""
    terms, framework = round_.terms, round_.framework
    questions = sum(round_.track == "full" or each.short_track for each in framework.questions.values())
    topics = counted(len(framework.topics), "topic")
    if terms.topics:
        topics += f": {plain(words.named([each.name for each in framework.topics.values()]))}"
    yield (
        f"{plain(framework.name)} {plain(framework.version)}, {round_.track} track, {counted(questions, 'question')}, "
        + topics
    )
    yield f"{words.ANONYMITY_NAMES[terms.anonymity]} answers. {words.ANONYMITY[terms.anonymity]}"
    front = ", some of the front line," if terms.front_line else ""
    are = "is" if terms.least_respondents == 1 else "are"
    people = counted(terms.least_respondents, "person", "people")
    yield f"At least {people}{front} {are} wanted from each department."
    yield words.shown_first(terms.lead_days)
    yield f"Evidence needs a fresh look after {counted(terms.evidence_months, 'month')}."
