"""A title is read at a glance: at most sixteen words, and what it counts and names is in the numbers."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.words import chart_sentences as assessment
from maturity.words import plan_chart_sentences as plan
from maturity.words import resident_sentences, risk_sentences, role_sentences, vote_sentences

DAY = date(2026, 4, 1)
SAID = {
    "scores": assessment.heatmap_sentences,
    "places": assessment.dumbbell_sentences,
    "profile": lambda frame: assessment.profile_sentences(frame, department="Zoo"),
    "answers": lambda frame: assessment.distribution_sentences(frame, target_level=3),
    "rounds": assessment.trend_sentences,
    "bars": lambda frame: plan.roadmap_sentences(frame, plan="P", today=DAY),
    "delivery": lambda frame: plan.burn_up_sentences(frame, today=DAY),
    "demand": plan.capacity_sentences,
    "candidates": plan.impact_effort_sentences,
    "kpis": plan.bullet_sentences,
    "twins": resident_sentences.twin_sentences,
    "risks_on_grid": risk_sentences.grid_sentences,
    "by_role": lambda frame: role_sentences.role_sentences(frame, roles=["Leader", "Front line"], place="Zoo"),
    "votes": vote_sentences.vote_sentences,
    "agreements": vote_sentences.agreement_sentences,
}


@pytest.mark.parametrize("name", SAID)
def test_a_title_has_at_most_sixteen_words_and_stands_with_the_rest(request, name):
    parts = SAID[name](request.getfixturevalue(name))
    assert 2 <= len(parts.title.split()) <= 16, parts.title
    assert parts.subtitle and parts.description and not parts.title.endswith(".")


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
