"""How long evidence is fresh, how much rests on it, and optimism: worked out by hand, and for any answers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.answers import DecidedValue
from maturity.assessment.departments import Department
from maturity.assessment.evidence import NewestEvidence, evidence_day, fresh_coverage, is_fresh, months_after
from maturity.assessment.optimism import Optimism, optimism
from maturity.assessment.scores import Place, score_round
from tests.assessment.small import X, Y, framework, level, said

TODAY = date(2026, 11, 25)
NEW, OLD = date(2026, 1, 31), date(2020, 5, 1)
QUESTIONS = ("a1", "a2", "b1", "c1")


def test_evidence_is_fresh_up_to_the_day_that_is_so_many_months_later() -> None:
    assert months_after(date(2024, 11, 25), 24) == date(2026, 11, 25)
    assert is_fresh(date(2024, 11, 25), 24, TODAY) and not is_fresh(date(2024, 11, 24), 24, TODAY)
    assert months_after(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert months_after(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert months_after(date(2026, 1, 15), 11) == date(2026, 12, 15)
    assert is_fresh(date(2026, 1, 1), 999_999, TODAY)


def test_without_a_day_of_its_own_evidence_is_of_the_day_of_the_answer() -> None:
    assert evidence_day(None, NEW) == NEW and evidence_day(OLD, NEW) == OLD


def fresh(question: str, department: str = "x", day: date = NEW) -> NewestEvidence:
    return NewestEvidence(department, question, day)


def test_fresh_coverage_has_the_weights_and_the_base_of_the_coverage() -> None:
    # Everything but b1 is answered. a2 (weight 3) has fresh evidence, c1 has some that is too old, b1 has no answer.
    asked = framework()
    scores = score_round(asked, [X], [level("a1", 2), level("a2", 4), said("b1", "dont_know"), level("c1", 5)])
    shares = fresh_coverage(asked, scores, [fresh("a2"), fresh("c1", day=OLD), fresh("b1")], 24, TODAY)
    assert shares[Place("x", "d1", "a", "a2")] == 1.0 and shares[Place("x", "d1", "a", "a1")] == 0.0
    assert shares[Place("x", "d1", "a")] == pytest.approx(3 / 4)
    assert shares[Place("x", "d1", "b")] == 0.0  # evidence beside "don't know" is evidence of nothing
    assert shares[Place("x", "d1")] == pytest.approx(3 / 8)
    assert shares[Place("x", "d2")] == 0.0
    assert shares[Place("x")] == shares[Place()] == pytest.approx(3 / 16)
    assert scores.of("x").coverage == pytest.approx(3 / 4)


def test_what_does_not_apply_leaves_the_base_of_fresh_coverage_too() -> None:
    asked = framework()
    scores = score_round(asked, [X], [level("a1", 2), said("a2", "not_applicable"), said("c1", "not_applicable")])
    shares = fresh_coverage(asked, scores, [fresh("a1")], 24, TODAY)
    assert shares[Place("x", "d1", "a")] == 1.0 and shares[Place("x", "d2")] is None
    assert shares[Place("x")] == pytest.approx(1 / 2)  # topic b applies and has no answer


def test_the_organisation_weighs_departments_as_its_score_does() -> None:
    heavy = Department(code="y", name="Y", weight=3.0)
    asked = framework()
    tallies = [level(q, 3, department=d) for q in QUESTIONS for d in ("x", "y")]
    scores = score_round(asked, [X, heavy], tallies)
    shares = fresh_coverage(asked, scores, [fresh(q, "y") for q in QUESTIONS], 24, TODAY)
    assert (shares[Place("x")], shares[Place("y")]) == (0.0, 1.0)
    assert shares[Place()] == pytest.approx(3 / 4)


def test_a_group_that_answers_by_itself_is_one_of_its_own_parts() -> None:
    group, inside = Department(code="g", name="G"), Department(code="x", name="X", parent="g")
    asked = framework()
    scores = score_round(asked, [group, inside], [level("c1", 3, department="g"), level("c1", 3)])
    shares = fresh_coverage(asked, scores, [fresh("c1", "g")], 24, TODAY)
    assert shares[Place("g", "d2")] == shares[Place(None, "d2")] == pytest.approx(1 / 2)
    assert shares[Place("g")] == shares[Place()] == pytest.approx(1 / 4)


PLACES = st.tuples(st.sampled_from(["x", "y", "g"]), st.sampled_from(QUESTIONS))
SAID = st.dictionaries(PLACES, st.sampled_from(["level", "dont_know", "not_applicable"]))


@given(SAID, st.sets(PLACES), st.sets(PLACES), st.sampled_from(["mean", "lowest"]))
def test_fresh_coverage_is_never_above_coverage(
    answers: dict[tuple[str, str], str], new: set[tuple[str, str]], old: set[tuple[str, str]], scoring: str
) -> None:
    asked = framework(scoring=scoring)
    departments = [Department(code="g", name="G"), Department(code="x", name="X", parent="g"), Y]
    tallies = [level(q, 2, department=d) if s == "level" else said(q, s, department=d) for (d, q), s in answers.items()]
    scores = score_round(asked, departments, tallies)
    evidence = [fresh(q, d) for d, q in new] + [fresh(q, d, OLD) for d, q in old]
    shares = fresh_coverage(asked, scores, evidence, 24, TODAY)
    everything = fresh_coverage(asked, scores, [fresh(q, d) for d in "xyg" for q in QUESTIONS], 24, TODAY)
    assert shares.keys() == scores.scores.keys()
    for place, score in scores.scores.items():
        assert (shares[place] is None) == (score.coverage is None)
        if score.coverage is not None:
            assert 0.0 <= (shares[place] or 0.0) <= score.coverage + 1e-12
            assert everything[place] == pytest.approx(score.coverage)


def decided(question: str, source: str, value: int, department: str = "x") -> DecidedValue:
    return DecidedValue(department=department, question=question, source=source, level=value)  # type: ignore[arg-type]


def test_optimism_is_the_mean_difference_over_the_questions_that_have_both() -> None:
    # X says 4, 3 and 5 (a median of 4 and 5 would be 4.5); the reviewer found 3, 3 and 2; b1 has no answer.
    tallies = [level("a1", 4), level("a2", 3), level("c1", 5), said("b1", "dont_know")]
    values = [decided(q, "review", v) for q, v in (("a1", 3), ("a2", 3), ("c1", 2), ("b1", 1))]
    asked = framework()
    found = optimism(asked, score_round(asked, [X], tallies, values), tallies, values)
    assert found == (Optimism(department="x", source="review", questions=3, own=4.0, found=pytest.approx(8 / 3)),)
    assert found[0].difference == pytest.approx(4 / 3)


def test_optimism_is_told_apart_by_source_and_in_the_departments_order() -> None:
    tallies = [level("a1", 2, department="y"), level("a1", 4), level("a1", 5)]
    values = [decided("a1", "consensus", 3), decided("a1", "review", 5), decided("a1", "consensus", 3, "y")]
    asked = framework()
    found = optimism(asked, score_round(asked, [X, Y], tallies, values), tallies, values)
    told = [(each.department, each.source, each.difference) for each in found]
    assert told == [("x", "review", -0.5), ("x", "consensus", 1.5), ("y", "consensus", -1.0)]


def test_points_are_compared_on_the_scale_of_the_scores_and_what_is_not_asked_is_left_out() -> None:
    asked = framework()
    tallies = [level("a1", 4), level("a2", 2)]
    values = [decided("a1", "review", 3), decided("a2", "review", 1)]
    short = score_round(asked, [X], tallies, values, short_track=True)
    assert [each.questions for each in optimism(asked, short, tallies, values)] == [1]
