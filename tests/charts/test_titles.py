"""A title is read at a glance: at most twelve words, however long the names are, and what it counts and names is in the
numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.roadmap.kpis import Measured, Reading, standing
from maturity.words import chart_sentences as assessment
from maturity.words import (
    forecast_sentences,
    kpi_sentences,
    resident_sentences,
    review_sentences,
    risk_sentences,
    role_sentences,
    scenario_sentences,
    vote_sentences,
)
from maturity.words import plan_chart_sentences as plan
from maturity.words.chart_titles import MOST_LETTERS, MOST_WORDS, fitting

DAY = date(2026, 4, 1)
ROLES = ["Leader", "Front line"]
ONE_WORD = "Straßenreinigungsbetrieb" * 13
MANY_WORDS = "A department <b>with</b> a name that nobody ends, " * 7
HOSTILE = {"one word": ONE_WORD, "many words": MANY_WORDS, "right to left": "מחלקת הנתונים של העיר " * 14}


def kpi(name: str) -> Measured:
    """42 was read half way between 0 and 100."""
    read = Reading(id="r", measures="action", code="a", on=DAY, value=42.0, made_at=datetime(2026, 4, 1, tzinfo=UTC))
    return Measured(
        measures="action", code="a", title=name, name=name, unit=f"% of {name}", kind="lagging", direction="up",
        baseline=0.0, target=100.0, begins=date(2026, 1, 1), ends=date(2026, 6, 30), family="a", readings=(read,),
    )  # fmt: skip


def levels(frame: pd.DataFrame, _: str) -> tuple[str, str, str]:
    ends = {str(name): tuple(rows["level"]) for name, rows in frame.groupby("scenario", sort=False)}
    return scenario_sentences.levels_sentences(ends, next(iter(ends), ""), 3)


SAID = {
    "scores": lambda frame, name: assessment.heatmap_sentences(frame, period=name),
    "places": lambda frame, name: assessment.dumbbell_sentences(frame, period=name),
    "profile": lambda frame, name: assessment.profile_sentences(frame, department=name),
    "answers": lambda frame, name: assessment.distribution_sentences(frame, target_level=3, period=name),
    "rounds": lambda frame, name: assessment.trend_sentences(frame, note=name),
    "bars": lambda frame, name: plan.roadmap_sentences(frame, plan=name, today=DAY),
    "delivery": lambda frame, _: plan.burn_up_sentences(frame, today=DAY, unit="person-days"),
    "demand": lambda frame, _: plan.capacity_sentences(frame),
    "candidates": lambda frame, _: plan.impact_effort_sentences(frame),
    "kpis": lambda frame, name: plan.bullet_sentences(frame, period=name),
    "read_kpis": lambda frame, _: kpi_sentences.kpi_bullet_sentences(frame, stands=["behind"] * 12),
    "course": lambda frame, name: kpi_sentences.kpi_path_sentences(frame, name=name, stood=standing(kpi(name), DAY)),
    "silent": lambda frame, _: plan.ageing_sentences(frame, allowed=30, today=DAY),
    "twins": lambda frame, name: resident_sentences.twin_sentences(frame, period=name),
    "risks_on_grid": lambda frame, _: risk_sentences.grid_sentences(frame),
    "by_role": lambda frame, name: role_sentences.role_sentences(frame, roles=ROLES, place=name),
    "votes": lambda frame, name: vote_sentences.vote_sentences(frame, subject=name),
    "agreements": lambda frame, name: vote_sentences.agreement_sentences(frame, subject=name),
    "selves": lambda frame, name: review_sentences.optimism_sentences(frame, source="consensus values", period=name),
    "fan": lambda frame, name: forecast_sentences.fan_sentences(frame, department=name, places=12),
    "drivers": lambda frame, _: forecast_sentences.driver_sentences(frame),
    "scenario_levels": levels,
}
NAMES = (
    "department",
    "topic",
    "place",
    "question",
    "round",
    "title",
    "role",
    "label",
    "name",
    "unit",
    "cause",
    "scenario",
)


@pytest.fixture
def silent() -> pd.DataFrame:
    return pd.DataFrame([("Asha", 44, 2), ("Kofi", 3, 1)], columns=["name", "days", "actions"])


@pytest.fixture
def selves() -> pd.DataFrame:
    rows = [("Art", 3.0, 2.5, 2), ("Zoo", 2.0, 2.02, 1), ("Docks", 1.0, 2.0, 4)]
    return pd.DataFrame(rows, columns=["place", "score", "target", "questions"])


@pytest.fixture
def read_kpis(kpis) -> pd.DataFrame:
    return kpis.dropna(subset=["score"]).assign(stand=["behind", "reached"])


def called(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The frame with each name in it as long as `name`, those that differed still different."""
    found = frame.copy()
    for column in set(NAMES) & set(frame.columns):
        found[column] = [f"{name}{each}" for each in frame[column]]
    return found


def at_a_glance(title: str) -> bool:
    return 2 <= len(title.split()) <= 12 and len(title) <= 90 and not title.endswith(".")


@pytest.mark.parametrize("chart", SAID)
def test_a_title_has_at_most_twelve_words_and_stands_with_the_rest(request, chart):
    title, subtitle, description = SAID[chart](request.getfixturevalue(chart), "Zoo")
    assert at_a_glance(title), title
    assert subtitle and description


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("chart", SAID)
def test_no_name_makes_a_title_longer(request, chart, name):
    frame = called(request.getfixturevalue(chart), HOSTILE[name])
    said = SAID[chart](frame, HOSTILE[name])
    assert at_a_glance(said[0]), said[0]
    assert at_a_glance(SAID[chart](frame.iloc[:0], HOSTILE[name])[0])


@pytest.mark.parametrize("chart", ["places", "bars", "demand", "candidates", "silent", "by_role", "drivers"])
def test_whom_a_title_cannot_name_its_subtitle_does(request, chart):
    frame = request.getfixturevalue(chart)
    usual, long = SAID[chart](frame, "Zoo"), SAID[chart](called(frame, MANY_WORDS), "Zoo")
    assert any(f"{MANY_WORDS}{name}" in long[1] for name in _named(frame) if name in usual[0]), usual[0]


def _named(frame: pd.DataFrame) -> list[str]:
    return [str(each) for column in set(NAMES) & set(frame.columns) for each in frame[column]]


@given(st.lists(st.text(), min_size=1, max_size=4), st.integers(0, 99))
def test_the_first_that_fits_is_taken_and_else_the_last(names, number):
    choices = [(each, f"rest {place}") for place, each in enumerate(names)] + [(f"{number} topics", "last")]
    title, rest = fitting(*choices)
    short = [each for each in choices if len(each[0].split()) <= MOST_WORDS and len(each[0]) <= MOST_LETTERS]
    assert (title, rest) == short[0]


SCORES = st.lists(st.floats(1, 5, allow_nan=False), min_size=1, max_size=12)


@given(SCORES)
def test_the_heat_map_names_one_of_the_highest_and_one_of_the_lowest(scores):
    rows = [(f"D{place}", "Topic", score, float("nan"), 1.0, True) for place, score in enumerate(scores)]
    frame = pd.DataFrame(rows, columns=["department", "topic", "score", "target", "coverage", "enough"])
    said = assessment.heatmap_sentences(frame).description
    at = {f"D{place} on Topic": score for place, score in enumerate(scores)}
    highest = said.split("The highest score is ")[1].split(" with ")[0]
    lowest = said.split("the lowest ")[1].split(" with ")[0]
    assert at[highest] == max(scores) and at[lowest] == min(scores)


@given(st.lists(st.tuples(st.integers(10, 50), st.integers(10, 50)), min_size=2, max_size=9))
def test_the_dumbbell_counts_the_targets_that_are_met(pairs):
    rows = [(f"P{place}", score / 10, target / 10, 1.0, 5.0) for place, (score, target) in enumerate(pairs)]
    frame = pd.DataFrame(rows, columns=["place", "score", "target", "lowest", "highest"])
    parts = assessment.dumbbell_sentences(frame)
    met = sum(score >= target for score, target in pairs)
    assert f"{met} of {len(pairs)} targets met." in parts.description
    assert (parts.title == "Every target is met") == (met == len(pairs))
