"""Every reason of a move and every outcome of a scenario in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from maturity.planning import calm
from maturity.planning.plan import Reason
from maturity.words import scenario_sentences as words
from maturity.words.scenario_sentences import (
    changes,
    levels_sentences,
    made_for,
    move_sentence,
    outcome_sentence,
    relative,
    what_it_is,
)

NAMES = {"A": "Name owners", "parks": "Parks", "team": "The team"}


@dataclass(frozen=True)
class Some:
    """A comparison."""

    share: float = 0.0
    verdict: str = "undecided"
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()


SAID = {
    "no_capacity": (
        {"role": "team", "department": "parks", "quarter": 3},
        "The team in Parks has too few days left for it in quarter 3 of the plan.",
    ),
    "no_budget": ({"phase": 2}, "The money for phase 2 no longer pays for it."),
    "rejected": ({}, "It has been rejected."),
    "needs": ({"needed": "A/parks"}, "It needs “Name owners” in Parks, which is not finished by then."),
    "no_level": ({}, "By then no department stands at the level that it starts from."),
    "not_before": ({"start": date(2027, 7, 5)}, "It is not to start before 5 July 2027."),
    "not_after": ({"start": date(2027, 7, 5)}, "It is not to start after 5 July 2027."),
    "no_time": ({"start": date(2027, 7, 5)}, "Started then, it could not finish within the three years."),
    "for_decisions": ({}, "What was decided has to come first."),
    "nothing_left": ({}, "Nothing is left that it would bring about."),
    "no_use": ({}, "Other actions bring about what it was for."),
    "month": ({}, "A plan starts actions with its months."),
    "plan_starts": ({}, "The plan starts on this day."),
    "moved_for_value": (
        {"gain": 0.0123, "price": 0.0004},
        "With what moves along, this closes 1.2% more; so much upheaval had to bring under 0.1%.",
    ),
    "entered": ({}, "There is room for it."),
}


@pytest.mark.parametrize("code", SAID)
def test_why_an_action_moves(code: str) -> None:
    values, said = SAID[code]
    assert move_sentence(Reason(code=code, values={"action": "A", **values}), NAMES) == said
    about = Reason(code=code, values={"action": "A", **values, "committed": True})
    assert move_sentence(about, NAMES) == f"It was about to begin. {said}"


def test_every_code_of_the_planner_has_its_sentence() -> None:
    written = Path(calm.__file__).read_text(encoding="utf-8")
    codes = set(re.findall(r'code="(\w+)"', written)) | {"not_before", "not_after", "no_time", "month"}
    assert codes | {"no_capacity", "no_budget"} == set(SAID) | {"stays"}  # said beside an action, not of a move


def test_limits_in_words() -> None:
    assert what_it_is("person", role="The team", days=55) == "55 more person-days a quarter for The team."
    assert "the role with the fewest to spare" in what_it_is("person", days=55)
    own = what_it_is("own", role="The team", days=-5, money=0.5, later=date(2027, 7, 5))
    assert own == (
        "50% of the money that is left, -5 person-days a quarter for The team, nothing new before 5 July 2027."
    )
    assert what_it_is("own") == "Everything as it is."
    assert all(what_it_is(key) for key in words.NAMES)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "the same"), (0.0009, "the same"), (0.0199, "1.9% more"), (-0.031, "3.1% less"), (-0.5, "50% less")],
)
def test_shares_are_rounded_towards_nothing(share: float, said: str) -> None:
    assert relative(share) == said


def test_outcomes_say_whether_they_are_proven() -> None:
    assert outcome_sentence(Some(verdict="base")) == "This is what the others are compared with."
    assert outcome_sentence(Some(verdict="same")) == "The same plan: these limits change nothing."
    assert outcome_sentence(Some(share=-0.011, moves=("x",))) == (
        "Closes 1.1% less of the gaps; undecided, as the best plans of both may be equally good. 1 action moves."
    )
    assert outcome_sentence(Some(share=-0.2, verdict="worse", leaves=("x", "y"))) == (
        "Closes 20% less of the gaps; no plan under these limits could close as much as today's. 2 actions leave."
    )
    assert outcome_sentence(Some(share=0.05, verdict="better", enters=("x",), leaves=("y",), moves=("z", "w"))) == (
        "Closes 5% more of the gaps; no plan under today's limits could close as much. "
        "1 action enters, 1 leaves and 2 move."
    )
    assert outcome_sentence(Some(moves=("x",))).startswith("Closes as much of the gaps; undecided")
    assert changes(Some()) == "All actions stay as they are."
    assert "stays as it is" in made_for("Fast")


def test_the_chart_says_which_ends_highest() -> None:
    title, _, alternative = levels_sentences({"As planned": (2.0, 2.9), "Do minimum": (2.0, 2.1)}, "As planned", 3)
    assert title == "After 3 years: level 2.90 with “As planned”, 2.10 with “Do minimum”"
    assert "Do minimum: 2.00 after the first quarter, 2.10 at the end" in alternative
    near, *_ = levels_sentences({"As planned": (2.0, 2.9), "Fast": (2.1, 2.92)}, "As planned", 3)
    assert near == "After 3 years all scenarios stand near level 2.9"
    assert levels_sentences({}, "As planned", 3)[0] == "No levels to compare yet"
