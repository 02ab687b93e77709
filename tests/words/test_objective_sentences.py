"""Targets of objectives in words."""

from datetime import date

import pytest

from maturity.planning.objectives import EMPHASES, Objective
from maturity.words.objective_sentences import EMPHASIS, aim_in_words

DUE = date(2030, 1, 1)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ""),
        ({"measure": "Cold homes"}, "Cold homes"),
        ({"measure": "Cold homes", "baseline": 3100.0}, "Cold homes: from 3,100"),
        (
            {"measure": "Cold homes", "unit": "homes", "baseline": 310.0, "aim": 0.0, "due": DUE},
            "Cold homes: from 310 to 0 homes by 1 January 2030",
        ),
        ({"measure": "Trust", "aim": 62.5, "unit": "%", "due": DUE}, "Trust: to 62.5 % by 1 January 2030"),
    ],
)
def test_a_target_says_what_from_where_to_where_and_when(more: dict[str, object], said: str) -> None:
    assert aim_in_words(Objective(id="", name="x", **more)) == said


def test_every_emphasis_has_words() -> None:
    assert tuple(EMPHASIS) == EMPHASES
