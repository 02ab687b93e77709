"""The scorer against numbers worked out by hand, and against what must hold for any answers."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.answers import DecidedValue, Tally
from maturity.assessment.departments import Department, DepartmentsRefused, check_tree, weighted
from maturity.assessment.scores import Place, RoundScores, score_round
from maturity.assessment.values import median
from tests.assessment.small import FIVE, LEVELS, X, Y, framework, level, said


def test_a_score_is_the_weighted_mean_up_to_the_department() -> None:
    tallies = [level("a1", 2), level("a2", 4), level("b1", 1), level("c1", 5)]
    scores = score_round(framework(), [X], tallies)
    assert scores.topic("x", "a").score == pytest.approx((2 + 3 * 4) / 4)  # 3.5
    assert scores.of("x", "d1").score == pytest.approx((3.5 + 1) / 2)  # 2.25
    assert scores.of("x").score == pytest.approx((2.25 + 5) / 2)  # 3.625
    assert scores.of().score == pytest.approx(3.625)
    assert scores.of("x").level == 3 and scores.of("x").coverage == 1.0


def test_the_departments_value_is_the_median_of_its_answers() -> None:
    assert median([(1.0, 1), (2.0, 1), (5.0, 1)]) == 2.0
    assert median([(2.0, 2), (3.0, 2)]) == 2.5
    scores = score_round(framework(), [X], [level("c1", 1, 2), level("c1", 4, 3)])
    assert scores.of("x", "d2", "c", "c1").score == 4.0
    assert scores.of("x", "d2", "c", "c1").respondents == 5


def test_consensus_stands_above_review_and_review_above_the_answers() -> None:
    review = DecidedValue(department="x", question="c1", source="review", level=3)
    consensus = DecidedValue(department="x", question="c1", source="consensus", level=2)
    given_answers = [level("c1", 5)]
    assert score_round(framework(), [X], given_answers, [review]).topic("x", "c").score == 3.0
    both = score_round(framework(), [X], given_answers, [review, consensus]).topic("x", "c")
    assert (both.score, both.value_from) == (2.0, "consensus")


def test_not_applicable_leaves_the_denominator_and_dont_know_lowers_the_coverage() -> None:
    scores = score_round(framework(), [X], [level("a1", 3), said("a2", "not_applicable"), said("b1", "dont_know")])
    assert scores.topic("x", "a").score == 3.0 and scores.topic("x", "a").coverage == 1.0
    assert scores.topic("x", "b").score is None and scores.topic("x", "b").coverage == 0.0
    assert scores.of("x", "d1").coverage == pytest.approx(0.5)
    assert scores.of("x", "d1").score == 3.0


def test_a_place_below_the_least_coverage_reaches_no_level_but_keeps_its_score() -> None:
    topic = score_round(framework(), [X], [level("a1", 3)]).topic("x", "a")
    assert (topic.score, topic.coverage, topic.level) == (3.0, 0.25, None)
    assert score_round(framework(least_coverage=0.25), [X], [level("a1", 3)]).topic("x", "a").level == 3


def test_nothing_answered_is_none_and_never_zero() -> None:
    scores = score_round(framework(), [X], [])
    assert scores.of("x").score is None and scores.of().score is None and scores.of().level is None
    only_not_applicable = [said(q, "not_applicable") for q in ("a1", "a2", "b1", "c1")]
    assert score_round(framework(), [X], only_not_applicable).of("x").coverage is None


def test_the_lowest_and_the_ladder() -> None:
    tallies = [level("a1", 2), level("a2", 4), level("b1", 4), level("c1", 5)]
    assert score_round(framework(scoring="lowest"), [X], tallies).of("x").score == 2.0
    ladder = framework()
    topic = ladder.dimensions[0].topics[0].model_copy(update={"scoring": "ladder"})
    dimension = ladder.dimensions[0].model_copy(update={"topics": (topic, ladder.dimensions[0].topics[1])})
    ladder = ladder.model_copy(update={"dimensions": (dimension, ladder.dimensions[1])})
    halves = [level("a1", 2), level("a1", 3), level("a2", 4)]
    assert score_round(ladder, [X], halves).topic("x", "a").score == 2.0  # lowest 2.5, and level 3 does not hold


def test_points_are_summed_and_options_become_levels_in_a_mean() -> None:
    options = [{"id": "no", "label": "No", "points": 0}, {"id": "yes", "label": "Yes", "points": 4}]
    question = {"id": "q", "text": "Q?", "options": options}
    unscored = {"id": "u", "text": "U?"}
    body = [{"id": "d", "name": "D", "topics": [{"id": "t", "name": "T", "questions": [question, unscored]}]}]
    four = [Tally(department="x", question="q", state="option", points=3.0, count=1)]
    summed = score_round(framework(scoring="sum", levels=[], least_coverage=0, dimensions=body), [X], four).of("x")
    assert (summed.score, summed.points, summed.max_points, summed.level) == (3.0, 3.0, 4.0, None)
    mean = score_round(framework(dimensions=body[:1], levels=LEVELS), [X], four)
    assert mean.of("x", "d", "t", "q").score == pytest.approx(1 + 4 * 3 / 4)


def test_the_short_track_asks_fewer_questions() -> None:
    scores = score_round(framework(), [X], [level("a1", 2), level("a2", 5)], short_track=True)
    assert scores.topic("x", "a").score == 2.0 and scores.of("x").coverage == 1.0


def test_a_question_for_other_departments_or_hidden_by_an_earlier_answer_is_not_asked() -> None:
    questions = [
        {"id": "q1", "text": "Q1?", "descriptors": FIVE},
        {"id": "q2", "text": "Q2?", "descriptors": FIVE, "visible_if": {"question": "q1", "at_least": 3}},
        {"id": "q3", "text": "Q3?", "descriptors": FIVE, "applies_to": {"departments": ["place"]}},
    ]
    body = [{"id": "d", "name": "D", "topics": [{"id": "t", "name": "T", "questions": questions}]}]
    rules = framework(dimensions=body)
    assert score_round(rules, [X], [level("q1", 2)]).of("x").coverage == 1.0
    assert score_round(rules, [X], [level("q1", 3)]).of("x").coverage == 0.5
    place = Department(code="x", name="X", tags=frozenset({"place"}))
    assert score_round(rules, [place], [level("q1", 2)]).of("x").coverage == 0.5


def test_the_organisation_is_the_weighted_mean_of_its_departments() -> None:
    departments = [Department(code="x", name="X", staff=10), Y]
    tallies = [level("c1", 1), level("c1", 5, department="y")]
    equal = score_round(framework(), weighted(departments, "equal"), tallies, respondents={"x": 1, "y": 2})
    staff = score_round(framework(), weighted(departments, "staff"), tallies)
    assert equal.of().score == 3.0 and equal.of().respondents == 3
    assert staff.of().score == pytest.approx((10 * 1 + 30 * 5) / 40)
    with pytest.raises(DepartmentsRefused, match="missing: X"):
        weighted([X, Y], "staff")


def test_a_group_rolls_up_its_departments_and_is_counted_once() -> None:
    tree = [
        Department(code="group", name="Group"),
        Department(code="x", name="X", parent="group"),
        Department(code="y", name="Y", parent="group"),
        Department(code="z", name="Z"),
    ]
    tallies = [level("c1", 2), level("c1", 4, department="y"), level("c1", 5, department="z")]
    scores = score_round(framework(), tree, tallies)
    assert scores.of("group").score == 3.0 and scores.groups == ("group",)
    assert scores.of().score == pytest.approx((2 + 4 + 5) / 3)
    assert scores.of().coverage == pytest.approx(0.5)
    answers_too = score_round(framework(), tree, [*tallies, level("c1", 1, department="group")])
    assert answers_too.of("group").score == pytest.approx((1 + 2 + 4) / 3)


def test_a_department_tree_without_a_root_is_refused() -> None:
    with pytest.raises(DepartmentsRefused, match="x is in y is in x"):
        check_tree([Department(code="x", name="X", parent="y"), Department(code="y", name="Y", parent="x")])
    with pytest.raises(DepartmentsRefused, match="does not exist"):
        check_tree([Department(code="x", name="X", parent="q")])


LEVEL_OR_NOT = st.one_of(st.integers(1, 5), st.sampled_from(["dont_know", "not_applicable"]))
ANSWERS = st.dictionaries(st.sampled_from(["a1", "a2", "b1", "c1"]), st.lists(LEVEL_OR_NOT, max_size=7))


def tallies_of(answers: dict[str, list[int | str]]) -> list[Tally]:
    return [
        level(question, each) if isinstance(each, int) else said(question, each)
        for question, given_answers in answers.items()
        for each in given_answers
    ]


def numbers(scores: RoundScores) -> dict[Place, tuple[float | None, float | None]]:
    return {place: (score.score, score.coverage) for place, score in scores.scores.items()}


@given(ANSWERS)
def test_a_score_stays_inside_the_scale(answers: dict[str, list[int | str]]) -> None:
    for score in score_round(framework(), [X], tallies_of(answers)).scores.values():
        assert score.score is None or 1 <= score.score <= 5
        assert score.coverage is None or 0 <= score.coverage <= 1


@given(ANSWERS, st.data())
def test_raising_an_answer_never_lowers_a_score(answers: dict[str, list[int | str]], data: st.DataObject) -> None:
    levels = [(q, i) for q, each in answers.items() for i, one in enumerate(each) if isinstance(one, int) and one < 5]
    if not levels:
        return
    question, at = data.draw(st.sampled_from(levels))
    before = score_round(framework(), [X], tallies_of(answers))
    raised = {**answers, question: [*answers[question][:at], answers[question][at] + 1, *answers[question][at + 1 :]]}
    after = score_round(framework(), [X], tallies_of(raised))
    for place, score in before.scores.items():
        assert score.score is None or (after.scores[place].score or 0) >= score.score - 1e-12


@given(ANSWERS, st.sampled_from(["a1", "a2", "b1", "c1"]))
def test_not_applicable_changes_no_score_but_its_own(answers: dict[str, list[int | str]], question: str) -> None:
    silent = {q: each for q, each in answers.items() if q != question}
    without = score_round(framework(), [X], tallies_of(silent))
    with_it = score_round(framework(), [X], [*tallies_of(silent), said(question, "not_applicable")])
    for place, score in without.scores.items():
        if place.question != question:
            assert with_it.scores[place].score == score.score


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(answers: dict[str, list[int | str]], order: random.Random) -> None:
    tallies = tallies_of(answers)
    shuffled = list(tallies)
    order.shuffle(shuffled)
    assert numbers(score_round(framework(), [X], tallies)) == numbers(score_round(framework(), [X], shuffled))


@given(ANSWERS)
def test_the_trace_adds_up_to_the_score(answers: dict[str, list[int | str]]) -> None:
    for score in score_round(framework(), [X], tallies_of(answers)).scores.values():
        counted = [part for part in score.parts if part.counted]
        if counted:
            total = math.fsum(part.weight for part in counted)
            assert score.score == pytest.approx(math.fsum(p.weight * (p.score or 0) for p in counted) / total)
        elif score.rule != "value":
            assert score.score is None
