"""What phones say in a workshop, from numbers."""

from __future__ import annotations

import pytest

from maturity.assessment.terms import ANONYMITY
from maturity.words import phone_sentences as words

LEVELS = ("Beginning", "Emerging", "Learning")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "1 second left"),
        (119, "119 seconds left"),
        (120, "2 minutes left"),
        (181, "3 minutes 1 second left"),
        (0, "Time is up. Your vote still counts until the reveal."),
        (-5, "Time is up. Your vote still counts until the reveal."),
    ],
)
def test_time_left_never_says_that_a_vote_is_closed(seconds, said):
    assert words.time_left(seconds) == said


def test_a_reveal_is_one_sentence():
    assert words.spread(2.5, 1, 3) == "The median is 2.5, the lowest vote 1, the highest 3."
    assert words.spread(2.0, 2, 2) == "Everybody chose level 2."
    assert [words.votes(n) for n in (0, 1, 1200)] == ["no votes", "1 vote", "1,200 votes"]
    assert words.did_not_know(0) == ""
    assert words.did_not_know(2) == "2 people said that they don't know."


def test_one_s_own_vote_tells_a_dont_know_from_nothing():
    assert words.own_vote(False, None, LEVELS) == "You did not vote on this question."
    assert words.own_vote(True, None, LEVELS) == "You said that you don't know."
    assert words.own_vote(True, 3, LEVELS) == "You chose level 3, Learning."
    assert words.own_vote(True, 4, LEVELS) == "You chose level 4."


def test_only_a_second_vote_is_counted_out():
    assert words.which_vote(1) == words.which_vote(0) == ""
    assert words.which_vote(3) == "Third vote on this question"


def test_every_way_to_hold_a_round_says_what_becomes_of_votes():
    assert set(words.KEPT_OF_VOTES) == set(ANONYMITY)
