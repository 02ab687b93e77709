"""The made-up people of the demo's workshop: the same each time, plausible, and nearer to each other after talking."""

from __future__ import annotations

import pytest

from maturity.assessment.terms import ROLE_FAMILIES
from maturity.assessment.votes import reveal
from maturity.demo.room import ROOM, example_counts, made_up_votes


def test_the_room_is_a_dozen_of_every_role_and_not_everybody_gives_a_name():
    assert len(ROOM) == 12
    assert {each.role_family for each in ROOM} == set(ROLE_FAMILIES)
    names = [each.name for each in ROOM if each.name]
    assert len(names) == len(set(names)) == 9


def test_a_worked_example_is_seen_too_high_or_where_it_is_high_too_low():
    assert example_counts(2, 5) == [1, 6, 4, 1, 0]
    assert example_counts(4, 5) == [0, 1, 4, 6, 1]
    assert example_counts(1, 5) == [7, 4, 1, 0, 0]
    assert sum(example_counts(5, 5)) == 12


def test_the_same_seed_gives_the_same_votes_and_another_others():
    first = made_up_votes([2, 4, 3, 1, 0], 1, (1, 2))
    assert first == made_up_votes([2, 4, 3, 1, 0], 1, (1, 2))
    assert first != made_up_votes([2, 4, 3, 1, 0], 1, (1, 3))
    assert len(first) == len(ROOM)


@pytest.mark.parametrize("seed", range(20))
def test_they_choose_what_was_answered_and_come_nearer_by_talking(seed):
    counts = [0, 5, 2, 4, 0]
    spreads = []
    for ballot in (1, 2, 3):
        votes = made_up_votes(counts, ballot, (seed,))
        assert {level for level in votes if level} <= {2, 3, 4}
        spreads.append(reveal(ballot, [level or 3 for level in votes], 5).agreement or 0.0)
    assert spreads == sorted(spreads), "agreement never falls from one vote to the next"


def test_the_room_differs_as_far_as_the_answers_did():
    votes = made_up_votes([1, 20, 30, 1, 0], 1, (3,))  # nobody says "don't know"
    levels = sorted(level or 0 for level in votes)
    # One of each level, and the other eight shared by 1 : 20 : 30 : 1, which is 0.15, 3.08, 4.62 and 0.15.
    assert levels == [1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4]


def test_without_answers_they_spread_over_all_levels():
    assert {level for level in made_up_votes([0] * 5, 1, (1,)) if level} <= set(range(1, 6))
