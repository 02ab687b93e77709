"""One department scored anew says what scoring the whole round would."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from maturity.assessment.answers import DecidedValue, Tally
from maturity.assessment.departments import Department
from maturity.assessment.scores import rescored, score_round
from maturity.framework.load import load_framework
from maturity.framework.model import Framework
from maturity.operations.workspace import DATA

DEPARTMENTS = (
    Department(code="a", name="A", weight=3.0),
    Department(code="b", name="B", weight=1.0, tags=frozenset({"people"})),
    Department(code="c", name="C", weight=2.0),
)


@cache
def city() -> Framework:
    return load_framework(DATA / "frameworks" / "city-data-maturity.yaml")


def some_tallies(seed: int) -> list[Tally]:
    chance = np.random.default_rng(seed)
    return [
        Tally(each.code, question, "level", int(chance.integers(1, 4)), level=level)
        for each in DEPARTMENTS
        for question in city().questions
        for level in range(1, 6)
        if chance.random() < 0.3
    ]


@pytest.mark.parametrize("seed", range(8))
def test_one_department_scored_anew(seed: int):
    tallies, chance = some_tallies(seed), np.random.default_rng(seed)
    people = {"a": 4, "b": 2, "c": 9}
    before = score_round(city(), DEPARTMENTS, tallies, respondents=people)
    department = DEPARTMENTS[seed % 3]
    question = list(city().questions)[int(chance.integers(len(city().questions)))]
    said = [DecidedValue(department=department.code, question=question, source="consensus", level=5)]
    own = [each for each in tallies if each.department == department.code]
    after = rescored(city(), before, department, own, said)
    assert after == score_round(city(), DEPARTMENTS, tallies, said, respondents=people)
    assert before == score_round(city(), DEPARTMENTS, tallies, respondents=people), "what was there stays as it was"
