"""The two frameworks that Waymark brings along: whole, countable and plainly worded."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from maturity.framework.model import Framework, Question

FOLDER = Path(__file__).parents[2] / "data" / "frameworks"

# The topics that the action catalogue raises, in the order of the questionnaire.
CATALOGUE_TOPICS = [
    "Data direction",
    "Responsibility for data",
    "Knowing the data you have",
    "Managing data",
    "Protecting data",
    "Data ethics",
    "Skills and knowledge",
    "Systems",
    "Decisions with data",
    "Engaging with others",
]
LEVEL_NAMES = ["Beginning", "Emerging", "Learning", "Developing", "Mastering"]
VAGUE = ("fully", "regularly", "usually", "mostly", "properly", "largely", "systematically", "sometimes", "often")


def read(name: str) -> Framework:
    return Framework.model_validate(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def city() -> Framework:
    return read("city-data-maturity")


@pytest.fixture(scope="module")
def partners() -> Framework:
    return read("partner-readiness")


def questions(framework: Framework) -> list[Question]:
    return [question for _, _, question in framework.walk()]


def test_city_counts(city: Framework) -> None:
    assert len(city.dimensions) == 5
    assert len(city.topics) == 10
    assert len(city.questions) == 40
    assert [level.name for level in city.levels] == LEVEL_NAMES
    assert all(level.meaning for level in city.levels)


def test_city_head(city: Framework) -> None:
    assert (city.id, city.version, city.language, city.licence) == ("city-data-maturity", "1.0", "en", "CC BY 4.0")
    assert (city.scoring, city.least_coverage) == ("mean", 0.7)


def test_city_topics_are_those_of_the_catalogue(city: Framework) -> None:
    assert [topic.name for topic in city.topics.values()] == CATALOGUE_TOPICS


def test_city_topic_has_four_questions_and_one_on_the_short_track(city: Framework) -> None:
    for topic in city.topics.values():
        assert [question.id for question in topic.questions] == [f"{topic.id}-{n}" for n in range(1, 5)]
        assert sum(question.short_track for question in topic.questions) == 1, topic.id


def test_city_themes_cut_across_every_topic(city: Framework) -> None:
    themes = {theme.id for theme in city.themes}
    assert len(themes) == 4
    for topic in city.topics.values():
        assert {question.theme for question in topic.questions} == themes, topic.id


def test_city_descriptors_are_two_hundred_different_texts(city: Framework) -> None:
    texts = [text for question in questions(city) for text in question.descriptors]
    assert len(texts) == 200
    assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_city_descriptors_have_a_readable_length(city: Framework) -> None:
    lengths = {text: len(text.split()) for question in questions(city) for text in question.descriptors}
    assert {text: count for text, count in lengths.items() if not 8 <= count <= 40} == {}


def test_city_descriptors_name_practices_not_levels(city: Framework) -> None:
    unwanted = re.compile(r"\b(" + "|".join([*LEVEL_NAMES, *VAGUE]) + r")\b", re.IGNORECASE)
    texts = [text for question in questions(city) for text in question.descriptors]
    assert [text for text in texts if unwanted.search(text)] == []


def test_city_questions_are_short_and_weigh_the_same(city: Framework) -> None:
    assert [q.id for q in questions(city) if len(q.text.split()) > 15] == []
    assert {q.weight for q in questions(city)} == {1.0}


def test_city_asks_one_question_only_of_departments_with_residents(city: Framework) -> None:
    narrowed = {q.id: q.applies_to.departments for q in questions(city) if q.applies_to.departments}
    assert narrowed == {"engaging-with-others-4": ("front-line", "place", "people")}


@pytest.mark.parametrize("name", ["city-data-maturity", "partner-readiness"])
def test_every_question_says_how_to_choose_and_what_to_show(name: str) -> None:
    for question in questions(read(name)):
        assert question.guidance, question.id
        assert question.evidence, question.id


@pytest.mark.parametrize("name", ["city-data-maturity", "partner-readiness"])
def test_every_topic_asks_its_own_open_questions(name: str) -> None:
    topics = list(read(name).topics.values())
    assert all(topic.summary for topic in topics)
    assert len({topic.stands_in_the_way for topic in topics}) == len(topics)
    assert len({topic.would_help for topic in topics}) == len(topics)


def test_partner_readiness_counts_points(partners: Framework) -> None:
    assert partners.scoring == "sum"
    assert partners.top_level == 0
    assert len(partners.questions) == 12
    for question in questions(partners):
        assert question.kind == "options"
        assert {option.id: option.points for option in question.options} == {"yes": 1.0, "partly": 0.5, "no": 0.0}


def test_partner_no_has_one_consequence_with_a_reason(partners: Framework) -> None:
    for question in questions(partners):
        assert question.when_no is not None, question.id
        assert (question.when_no.caps_level is None) != (not question.when_no.proposes), question.id
        assert question.when_no.caps_level in {None, 2, 3, 4}, question.id
        assert question.when_no.because.endswith("."), question.id


def test_partner_proposals_are_catalogue_actions(partners: Framework) -> None:
    proposed = [action for q in questions(partners) if q.when_no for action in q.when_no.proposes]
    assert proposed
    assert [action for action in proposed if not re.fullmatch(r"A\d\d", action)] == []


def test_only_commitments_may_be_not_applicable(partners: Framework) -> None:
    free = {question.id for question in questions(partners) if question.not_applicable}
    assert free == {"commitment-money", "commitment-time", "commitment-staff"}
