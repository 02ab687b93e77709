"""The made-up city says what its files promise, whichever day it is looked at."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.agreement import agreement
from maturity.assessment.answers import Tally, check_answer
from maturity.assessment.finding import find
from maturity.assessment.scores import RoundScores, score_round
from maturity.demo.days import demo_days, season
from maturity.demo.files import load_demo
from maturity.demo.filled import DemoRound
from maturity.demo.inhabitants import inhabitants_of
from maturity.demo.people import families_of
from maturity.demo.readiness import readiness_of
from maturity.demo.rounds import as_department, rounds_of
from maturity.demo.sizes import organisations_of
from maturity.framework.load import load_framework
from maturity.planning.load_catalogue import load_catalogue

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = load_demo(DATA / "demo")
FRAMEWORK = load_framework(DATA / "frameworks" / "city-data-maturity.yaml")
READINESS = load_framework(DATA / "frameworks" / "partner-readiness.yaml")
CATALOGUE = load_catalogue(DATA / "actions" / "city-data-actions.yaml")
TODAY = date(2026, 11, 22)
DAYS = demo_days(TODAY, FILES.city.readiness.name)
CITY = organisations_of(FILES.city, "city")[0]
SEED = (7, 0)
WHO = inhabitants_of(FILES, CITY, DAYS)
ROUNDS = rounds_of(FILES, CITY, WHO, FRAMEWORK, DAYS, np.random.default_rng(SEED))
DEPARTMENTS = [as_department(each) for each in CITY.departments]


def scored(filled: DemoRound) -> RoundScores:
    """The scores of a round as the store would count them: submitted answers only."""
    counted = Counter(
        (one.department, a.question, a.state, a.level)
        for one in filled.respondents
        if one.submitted_at
        for a in one.answers
    )
    tallies = [
        Tally(department=department, question=question, state=state, level=level, count=count)
        for (department, question, state, level), count in counted.items()
    ]
    return score_round(FRAMEWORK, DEPARTMENTS, tallies, [each.value for each in filled.decided])


SCORES = [scored(each) for each in ROUNDS]


def levels_of(topic: str, family: str, department: str | None = None) -> list[int]:
    """What a role sees in a topic in the first round."""
    return [
        a.level
        for one in ROUNDS[0].respondents
        if one.role_family == family and department in (None, one.department)
        for a in one.answers
        if a.level and FRAMEWORK.topic_of[a.question].id == topic
    ]


def test_the_files_name_only_what_the_framework_and_the_catalogue_have():
    city = FILES.city
    topics = set(FRAMEWORK.topics)
    assert set(city.topics) == topics == set(FILES.remarks.topics) == {each.topic for each in city.importance}
    assert {topic for each in city.objectives for topic in each.topics} == topics
    assert {topic for each in city.departments for topic in each.shifts} <= topics
    questions = {each.question for each in (*city.decided, *city.not_applicable)}
    assert questions | {q for each in city.unknown for q in each.questions} <= set(FRAMEWORK.questions)
    assert set(city.readiness.answers) == set(READINESS.questions)
    assert {each.code for each in city.already} <= set(CATALOGUE.by_id)
    assert set(city.owners) == set(CATALOGUE.role) >= set(city.resources.days_per_quarter)
    codes = {each.code for each in city.departments}
    assert {each.department for each in (*city.decided, *city.unsubmitted, *city.unknown)} <= codes
    assert set(city.small) | set(city.readiness.departments) <= codes


def test_twelve_departments_and_140_people_answer_twice():
    for filled in ROUNDS:
        assert len(filled.respondents) == 140 and len(filled.departments) == 12
    unsubmitted = [sum(each.submitted_at is None for each in filled.respondents) for filled in ROUNDS]
    assert unsubmitted == [4, 3]
    assert [each.person for each in ROUNDS[0].respondents] == [each.person for each in ROUNDS[1].respondents]


def test_every_answer_fits_its_question_and_every_kind_occurs():
    answers = [a for filled in ROUNDS for one in filled.respondents for a in one.answers]
    for each in answers:
        check_answer(FRAMEWORK, each)
    assert {each.state for each in answers} == {"level", "dont_know", "not_applicable"}
    assert all(each.reason for each in answers if each.state == "not_applicable")
    assert all(each.evidence_note for each in answers if each.evidence_link)
    assert {each.confidence for each in answers} == {None, 1, 2, 3, 4, 5}
    assert sum(bool(each.comment) for each in answers) > 500
    assert sum(len(one.notes) for one in ROUNDS[0].respondents) > 100


def test_the_same_seed_gives_the_same_answers_and_another_seed_others():
    assert rounds_of(FILES, CITY, WHO, FRAMEWORK, DAYS, np.random.default_rng(SEED)) == ROUNDS
    assert rounds_of(FILES, CITY, WHO, FRAMEWORK, DAYS, np.random.default_rng((8, 0))) != ROUNDS


def test_the_city_stands_between_2_and_2_6_and_its_departments_differ():
    for scores in SCORES:
        assert 2.0 <= scores.of().score <= 2.6
        alone = [scores.of(code).score for code in scores.departments]
        assert max(alone) - min(alone) > 0.6


def test_the_finding_those_who_hold_most_personal_data_protect_it_least():
    first, second = (find(scores, DEPARTMENTS, FRAMEWORK) for scores in SCORES)
    for finding in (first, second):
        assert finding is not None
        assert (finding.topic, finding.tag) == ("protecting-data", "people")
        assert finding.departments == ("housing", "adult-care", "children", "public-health")
        assert finding.theirs < 1.8 and finding.others > 2.7 and finding.distance > 1.0
        lowest = sorted(CITY.codes, key=lambda code: SCORES[0].topic(code, "protecting-data").score)[:4]
        assert set(lowest) == set(finding.departments)


def test_leaders_and_front_line_part_most_over_who_answers_for_data():
    apart = {
        topic: fmean(levels_of(topic, "leader")) - fmean(levels_of(topic, "front-line")) for topic in FRAMEWORK.topics
    }
    assert max(apart, key=apart.get) == "responsibility-for-data"
    assert apart["responsibility-for-data"] > 1.0
    in_housing = [fmean(levels_of("responsibility-for-data", each, "housing")) for each in ("leader", "front-line")]
    assert in_housing[0] - in_housing[1] > 1.4
    counts = Counter(
        levels_of("responsibility-for-data", "leader") + levels_of("responsibility-for-data", "front-line")
    )
    assert agreement([counts[level] for level in range(1, 6)]) < 0.65


def test_half_a_year_brings_three_gains_and_one_fall():
    change = {
        topic: SCORES[1].topic(None, topic).score - SCORES[0].topic(None, topic).score for topic in FRAMEWORK.topics
    }
    gained = {topic for topic, levels in change.items() if levels > 0.15}
    assert gained == {"responsibility-for-data", "knowing-the-data", "decisions-with-data"}
    assert {topic for topic, levels in change.items() if levels < -0.15} == {"systems"}
    assert all(-0.6 < levels < 0.6 for levels in change.values())


def test_one_place_has_too_little_coverage_and_one_department_too_few_people():
    low = [
        (place.department, place.topic)
        for place, score in SCORES[0].scores.items()
        if place.department and place.topic and not place.question and score.level is None
    ]
    assert low == [("harbour", "data-ethics")]
    assert SCORES[0].topic("harbour", "data-ethics").coverage == 0.5
    assert [each.code for each in CITY.departments if each.people < 5] == ["emergency"]


def test_decided_values_stand_above_the_answers():
    sources = Counter(score.value_from for score in SCORES[0].by("question"))
    assert sources["consensus"] == 4 and sources["review"] == 2


def test_three_partners_say_no_four_times():
    check = readiness_of(FILES, CITY, WHO, [FRAMEWORK, READINESS], DAYS)
    assert check is not None and check.departments == ("digital", "housing", "harbour")
    said = [a for one in check.respondents for a in one.answers]
    for each in said:
        check_answer(READINESS, each)
    assert {each.question for each in said if each.option == "no"} == {"partnership-agreement", "outcomes-measured"}
    assert sum(each.option == "no" for each in said) == 4


def test_the_three_sizes():
    small, region = organisations_of(FILES.city, "small"), organisations_of(FILES.city, "region")
    assert [len(each.departments) for each in small] == [4]
    assert sum(each.people for each in small[0].departments) == 19
    assert [len(each.departments) for each in region] == [40] * 5
    assert sum(department.people for each in region for department in each.departments) == 2_000
    assert all(len(each.codes) == 40 for each in region)


@pytest.mark.parametrize(("people", "families"), [(4, [1, 1, 2]), (14, [3, 5, 6]), (1, [1, 0, 0])])
def test_roles_of_a_department(people, families):
    counted = Counter(families_of(people))
    assert [counted[each] for each in ("leader", "manager", "front-line")] == families


@given(today=st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_days_stand_in_order_and_the_rounds_have_two_names(today):
    days = demo_days(today, "Partner check")
    first, second = days.rounds
    assert (
        first.closes < days.readiness.closes < days.plan_made < days.plan_starts < second.opens < second.closes < today
    )
    assert days.readiness.closes < days.signed_off < days.plan_made
    assert first.name != second.name and days.plan_starts.weekday() == 0
    assert 364 < (today - days.plan_starts).days < 385
    assert first.closes.weekday() == second.closes.weekday() == 4


def test_seasons():
    assert [season(date(2026, month, 1)) for month in (12, 1, 3, 8, 11)] == [
        "Winter",
        "Winter",
        "Spring",
        "Summer",
        "Autumn",
    ]
