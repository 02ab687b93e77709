"""The worked examples of the warm-up: they fit their framework, read easily, and broken ones are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from maturity.framework.examples import (
    FOLDER,
    FRAMEWORKS,
    example_of,
    fitting_examples,
    load_examples,
    worked_examples,
)
from maturity.framework.load import load_framework
from maturity.framework.model import Framework, FrameworkError
from maturity.framework.narrow import narrowed

CITY = "city-data-maturity"
SHIPPED = [(path.stem, each) for path in sorted(FOLDER.glob("*.yaml")) for each in worked_examples(path.stem)]
IDS = [f"{framework}/{each.id}" for framework, each in SHIPPED]
ENTRY = """  - id: {id}
    question: {question}
    story: "A made-up department."
    level: {level}
    why: "Because of this."
"""


@pytest.fixture(scope="module")
def city() -> Framework:
    return load_framework(FRAMEWORKS / f"{CITY}.yaml")


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def test_every_file_belongs_to_a_framework_that_is_shipped():
    assert [path.name for path in FOLDER.glob("*.yaml") if not (FRAMEWORKS / path.name).is_file()] == []


def test_the_city_has_examples_of_different_dimensions_and_right_levels(city: Framework):
    found = worked_examples(CITY)
    assert len(found) >= 2
    dimensions = {city.dimension_of[city.topic_of[each.question].id].id for each in found}
    assert len(dimensions) == len(found)
    assert len({each.level for each in found}) == len(found)


@pytest.mark.parametrize(("framework", "example"), SHIPPED, ids=IDS)
def test_question_and_level_stand_in_the_framework(framework, example):
    shipped = load_framework(FRAMEWORKS / f"{framework}.yaml")
    assert len(shipped.questions[example.question].descriptors) == shipped.top_level
    # Not at an end of the scale: the reason says why not one lower, and why not one higher.
    assert 1 < example.level < shipped.top_level


@pytest.mark.parametrize(("framework", "example"), SHIPPED, ids=IDS)
def test_texts_can_be_read_from_a_wall(framework, example):
    assert 4 <= len(sentences(example.story)) <= 6
    assert 2 <= len(sentences(example.why)) <= 5
    long = [each for each in sentences(f"{example.story} {example.why}") if len(each.split()) > 40]
    assert long == []
    assert len(example.story.split()) <= 110, "half a minute's reading"
    assert len(example.why.split()) <= 80


@pytest.mark.parametrize(("framework", "example"), SHIPPED, ids=IDS)
def test_the_reason_walks_through_the_levels_beside_the_right_one(framework, example):
    assert example.why.startswith(f"Not level {example.level - 1}")
    assert f"Level {example.level} holds in every part" in example.why
    assert f"Not level {example.level + 1}" in example.why


def test_a_framework_without_examples_has_none():
    assert worked_examples("partner-readiness") == ()
    assert worked_examples("../city-data-maturity") == ()
    assert example_of("partner-readiness", "two-private-lists") is None


def test_one_example_is_found_by_its_id():
    first = worked_examples(CITY)[0]
    assert example_of(CITY, first.id) is first
    assert example_of(CITY, "no-such-example") is None


def test_a_narrowed_round_leaves_out_what_it_does_not_ask(city: Framework):
    first, *others = worked_examples(CITY)
    assert fitting_examples(city) == (first, *others)
    topic = city.topic_of[first.question].id
    assert fitting_examples(narrowed(city, [topic])) == (first,)
    assert fitting_examples(narrowed(city, set(city.topics) - {topic})) == tuple(others)


def test_another_framework_of_the_same_name_takes_only_what_fits(city: Framework):
    three = city.levels[:3]
    low = tuple(each for each in worked_examples(CITY) if each.level <= 3)
    fields = city.model_dump()
    for dimension in fields["dimensions"]:
        for topic in dimension["topics"]:
            for question in topic["questions"]:
                question["descriptors"] = question["descriptors"][:3]
    shorter = Framework.model_validate({**fields, "levels": [each.model_dump() for each in three], "version": "0.9"})
    assert fitting_examples(shorter) == low
    assert low


def written(folder: Path, *entries: str, framework: str = CITY) -> Path:
    path = folder / "examples.yaml"
    head = f'framework: {framework}\nlicence: "none"\nsource: "us"\nexamples:\n'
    path.write_text(head + "".join(entries), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            [ENTRY.format(id="a", question="systems-9", level=2)],
            "line 6, examples.0.question: 'systems-9' is no question",
        ),
        ([ENTRY.format(id="a", question="systems-4", level=6)], "line 8, examples.0.level: the scale ends at 5"),
        ([ENTRY.format(id="a", question="systems-4", level=0)], "line 8, examples.0.level"),
        (
            [ENTRY.format(id="a", question="systems-4", level=2)] * 2,
            "line 10, examples.1.id: the example id 'a' is used",
        ),
        ([ENTRY.format(id="a", question="systems-4", level=2) + "    hint: no\n"], "unknown key"),
    ],
    ids=["question", "level", "no level", "twice", "key"],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path, city: Framework, entries, said):
    with pytest.raises(FrameworkError) as refused:
        load_examples(written(tmp_path, *entries), city)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_examples_of_another_framework_are_refused(tmp_path, city: Framework):
    path = written(tmp_path, ENTRY.format(id="a", question="systems-4", level=2), framework="other")
    with pytest.raises(FrameworkError, match="line 1, framework: is 'other', not 'city-data-maturity'"):
        load_examples(path, city)
