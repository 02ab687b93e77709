"""Which rounds can be compared: the same questions, weights, scoring and scale, whatever the version is called."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.scores import Place
from maturity.assessment.trends import asked_otherwise, runs
from maturity.framework.model import Framework

from .small import framework

FIRST = framework()


def changed(topic: str, **change: Any) -> Framework:
    """The small framework as version 2 with something else in a topic."""
    body = FIRST.model_dump()
    for dimension in body["dimensions"]:
        dimension["topics"] = [each | change if each["id"] == topic else each for each in dimension["topics"]]
    return Framework.model_validate({**body, "version": "2"})


FEWER = changed("a", questions=[FIRST.topics["a"].questions[0].model_dump()])


def test_a_new_version_with_the_same_questions_compares_in_full():
    assert asked_otherwise(framework(version="2"), FIRST) == frozenset()
    assert asked_otherwise(changed("a", name="Another name"), FIRST) == frozenset()


def test_a_topic_with_other_questions_weights_or_scoring_does_not_compare():
    assert asked_otherwise(FEWER, FIRST) == {"a"}
    assert asked_otherwise(changed("b", weight=2.0), FIRST) == {"b"}
    assert asked_otherwise(changed("c", scoring="lowest"), FIRST) == {"c"}


def test_another_scoring_compares_nothing():
    assert asked_otherwise(framework(scoring="lowest"), FIRST) == {"a", "b", "c"}


def test_a_run_ends_where_the_place_itself_was_asked_otherwise():
    rounds = [FIRST, FEWER, FEWER, FIRST]
    assert runs(Place("parks", "d1", "a"), rounds) == [0, 1, 1, 2]
    assert runs(Place("parks", "d1", "b"), rounds) == [0, 0, 0, 0]
    assert runs(Place("parks", "d1"), rounds) == [0, 1, 1, 2]
    assert runs(Place("parks", "d2"), rounds) == [0, 0, 0, 0]
    assert runs(Place("parks"), rounds) == [0, 1, 1, 2]
    assert runs(Place(), []) == []


@given(st.lists(st.sampled_from([FIRST, FEWER, changed("b", weight=2.0)]), min_size=1, max_size=6))
def test_runs_rise_by_one_exactly_where_neighbours_differ(rounds):
    found = runs(Place("parks"), rounds)
    steps = [b - a for a, b in pairwise(found)]
    assert steps == [int(bool(asked_otherwise(b, a))) for a, b in pairwise(rounds)]
