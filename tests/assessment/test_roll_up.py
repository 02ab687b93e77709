"""What a partnership is given: worked out by hand, the same after writing and reading, nothing of few people."""

from __future__ import annotations

from datetime import date

import pytest

from maturity.assessment.roll_up import FEWEST_RESPONDENTS, RolledUp, RollUp, TooFewPeople, read, roll_up, written
from maturity.assessment.scores import score_round
from tests.assessment.small import X, Y, framework, level

DAYS = {"opens_on": date(2026, 3, 2), "closes_on": None}


def made(people: int) -> RollUp:
    """X says 2 to everything, Y says 4 to a1 alone; the departments count alike."""
    tallies = [level(question, 2, 3) for question in ("a1", "a2", "b1", "c1")]
    tallies.append(level("a1", 4, 2, department="y"))
    scores = score_round(framework(), (X, Y), tallies, respondents={"x": 3, "y": people - 3})
    return roll_up(framework(), scores, organisation="Town", name="R1", **DAYS)


def test_the_lines_are_the_organisations_own_scores() -> None:
    found = made(5)
    assert (found.departments, found.respondents) == (2, 5)
    assert found.of() == RolledUp(dimension=None, topic=None, score=3.0, max_points=None, coverage=0.53125, level=None)
    topic = found.of("d2", "c")
    assert topic is not None and (topic.score, topic.coverage) == (2.0, 0.5)
    assert found.of("d2", "none such") is None


def test_what_is_read_is_what_was_written() -> None:
    assert read(written(made(5))) == made(5)
    assert "housing" not in written(made(5)) and '"x"' not in written(made(5))


def test_nothing_below_five_people() -> None:
    with pytest.raises(TooFewPeople, match=f"nothing is given below {FEWEST_RESPONDENTS} people"):
        made(4)
