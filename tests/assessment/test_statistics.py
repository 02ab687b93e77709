"""Agreement, interval and trend against worked numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.agreement import agreement, distribution
from maturity.assessment.interval import bootstrap_interval
from maturity.assessment.scores import Place, score_round
from maturity.assessment.trends import changes, movers, progress_since, share_of_target
from tests.assessment.small import X, framework, level


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 0, 7, 0, 0], 1.0),
        ([2, 2, 2, 2, 2], 0.0),
        ([5, 0, 0, 0, 5], -1.0),
        ([5, 5, 0, 0, 0], 0.75),  # one unimodal layer of two neighbours: 1 x (1 - 1/4)
        ([0, 4, 2, 0, 0], (2 * 2 * 0.75 + 2 * 1 * 1.0) / 6),  # a layer of two neighbours, then a layer of one level
        ([3, 0, 3, 0, 0], ((5 - 2) * 2 - (5 - 1) * 1) / ((5 - 2) * 3) * 0.75),
    ],
)
def test_agreement_by_hand(counts: list[int], expected: float) -> None:
    assert agreement(counts) == pytest.approx(expected)


def test_agreement_needs_answers_and_a_scale() -> None:
    assert agreement([0, 0, 0, 0, 0]) is None
    assert agreement([3, 3]) is None


@given(st.lists(st.integers(0, 20), min_size=3, max_size=7).filter(any))
def test_agreement_stays_inside_its_span_and_has_no_direction(counts: list[int]) -> None:
    value = agreement(counts)
    assert value is not None and -1 - 1e-9 <= value <= 1 + 1e-9
    assert value == pytest.approx(agreement(counts[::-1]))


def test_a_distribution_of_fewer_than_five_is_not_shown() -> None:
    assert distribution([1, 1, 2, 0, 0]) is None
    assert distribution([1, 1, 2, 1, 0]) == (1, 1, 2, 1, 0)


WEIGHTS = {"a": {"a1": 1.0, "a2": 3.0}, "b": {"b1": 1.0}}


def test_the_interval_is_seeded_and_holds_the_score() -> None:
    people = [{"a1": 1.0, "a2": 2.0, "b1": 3.0}, {"a1": 2.0, "a2": 3.0}, {"a1": 4.0, "b1": 2.0}, {"a2": 5.0, "b1": 1.0}]
    once = bootstrap_interval(people, WEIGHTS, {"a": 1.0, "b": 1.0}, seed=7)
    again = bootstrap_interval(people, WEIGHTS, {"a": 1.0, "b": 1.0}, seed=7)
    assert once == again and once is not None
    score = ((2.0 + 3 * 3.0) / 4 + 2.0) / 2
    assert 1.0 <= once[0] <= score <= once[1] <= 5.0


def test_the_interval_of_people_who_agree_is_a_point_and_two_people_have_none() -> None:
    same = [{"a1": 2.0, "a2": 2.0, "b1": 2.0}] * 3
    assert bootstrap_interval(same, WEIGHTS, {"a": 1.0, "b": 1.0}, seed=1) == (2.0, 2.0)
    assert bootstrap_interval(same[:2], WEIGHTS, {"a": 1.0, "b": 1.0}, seed=1) is None


def test_changes_and_movers() -> None:
    first = score_round(framework(), [X], [level("a1", 2), level("b1", 4), level("c1", 3)])
    second = score_round(framework(), [X], [level("a1", 3), level("b1", 2)])
    found = changes(second, first, "topic")
    assert found == {Place("x", "d1", "a"): 1.0, Place("x", "d1", "b"): -2.0}
    assert movers(found) == ([Place("x", "d1", "a")], [Place("x", "d1", "b")])


def test_the_share_of_a_target() -> None:
    assert share_of_target(2.0, 3.0) == 0.5
    assert share_of_target(4.0, 3.0) == 1.0
    assert share_of_target(None, 3.0) is None
    assert progress_since(2.0, 2.5, 4.0) == 0.25
    assert progress_since(2.0, 1.0, 4.0) == 0.0
    assert progress_since(4.0, 4.0, 3.0) == 1.0
