"""What a room reads: every sentence by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maturity.assessment.terms import ROLE_FAMILIES
from maturity.words import live_sentences as words


def test_people_and_their_roles() -> None:
    assert [words.people_here(n) for n in (0, 1, 18)] == [
        "Nobody is here yet",
        "1 person is here",
        "18 people are here",
    ]
    assert words.attendance({"leader": 2, "manager": 0, "front-line": 11}, ROLE_FAMILIES) == "Leader 2, Front line 11"
    assert words.attendance({"leader": 0}, ROLE_FAMILIES) == ""


@pytest.mark.parametrize(
    ("votes", "here", "said"),
    [
        (14, 18, "14 of 18 have voted"),
        (0, 1, "0 of 1 has voted"),
        (0, 0, "Nobody is here to vote yet"),
        (3, 2, "3 of 3 have voted"),
    ],
)
def test_how_far_a_vote_is(votes: int, here: int, said: str) -> None:
    assert words.have_voted(votes, here) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(60, "1:00"), (59.2, "1:00"), (41.1, "0:42"), (0.1, "0:01"), (0, "0:00"), (-90, "0:00")]
)
def test_the_clock_runs_out_and_no_further(seconds: float, said: str) -> None:
    assert words.clock(timedelta(seconds=seconds)) == said


def test_where_the_room_is() -> None:
    assert words.ordinal_line(3, 15) == "Question 3 of 15"
    assert words.ordinal_line(1, 2, warm_up=True) == "Warm-up 1 of 2"
    assert words.minutes_line(timedelta(minutes=12, seconds=59), 48) == "12 minutes so far, about 48 left"
    assert words.minutes_line(timedelta(minutes=1), 0) == "1 minute so far, nothing left to vote on"
    assert words.where_it_stands(4, 1, 10) == "4 agreed, 1 parked, 10 to go"
    assert words.where_it_stands(0, 0, 2) == "0 agreed, 2 to go"


def test_what_a_reveal_says() -> None:
    assert words.speaks_first(1, 4) == "Somebody who chose 1 and somebody who chose 4 explain first."
    assert words.not_shown(3, 1) == "Fewer than 5 voted, so the votes are not shown."
    assert words.not_shown(4, 2) == "Fewer than 5 chose a level, so the votes are not shown."
    assert [words.votes_left(ballot, 3) for ballot in (1, 2, 3)] == [
        "2 more votes possible",
        "1 more vote possible",
        "No more votes on this one",
    ]
    assert words.agreed_on(3, "Learning") == "Agreed: 3, Learning"


def test_what_is_asked_before_the_end() -> None:
    assert words.before_the_end(4, 1, 1).startswith("4 questions agreed, 1 parked. 1 question has no consensus.")
    assert "consensus" not in words.before_the_end(4, 0, 0)


def test_a_consensus_recorded_meanwhile_is_quoted() -> None:
    said = words.recorded_meanwhile(3, "Learning", "It is written down.")
    assert (
        said
        == "Somebody else recorded 3, Learning, meanwhile: It is written down. Record again to put yours in its place."
    )
