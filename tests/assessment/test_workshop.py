"""What a room does step by step, and what a vote shows: by hand, and by property for any sequence of steps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.agreement import agreement
from maturity.assessment.votes import AGREED, agreed_level, reveal
from maturity.assessment.workshop import (
    IDLE,
    MOST_BALLOTS,
    Matter,
    Participant,
    StepRefused,
    Workshop,
    must_not_vote,
    step,
)

QUESTION = Matter(id=UUID(int=1), place=0, department="parks", question="q1")
EXAMPLE = Matter(id=UUID(int=2), place=1, example="e1")
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LEVEL_OR_NOT = st.one_of(st.none(), st.integers(1, 5))


def test_a_question_goes_from_waiting_to_settled():
    voting = step(QUESTION, "open_vote")
    assert (voting.phase, voting.ballot) == ("voting", 1)
    revealed = step(voting, "reveal")
    assert (revealed.phase, revealed.ballot) == ("revealed", 1)
    again = step(step(revealed, "open_vote"), "reveal")
    assert (again.phase, again.ballot) == ("revealed", 2)
    assert step(again, "settle").phase == "settled"
    assert step(step(again, "settle"), "settle").phase == "settled"  # recorded again, it takes the other's place


def test_the_room_votes_again_at_most_twice():
    matter = QUESTION
    for _ in range(MOST_BALLOTS):
        matter = step(step(matter, "open_vote"), "reveal")
    with pytest.raises(StepRefused, match="voted 3 times"):
        step(matter, "open_vote")


@pytest.mark.parametrize(
    ("phase", "what", "said"),
    [
        ("voting", "open_vote", "open already"),
        ("settled", "open_vote", "agreed"),
        ("waiting", "reveal", "nothing to reveal"),
        ("revealed", "reveal", "nothing to reveal"),
        ("voting", "settle", "reveal it before you record"),
        ("voting", "park", "reveal it before you park"),
        ("settled", "park", "agreed|still open"),
    ],
)
def test_a_step_that_does_not_fit_says_why(phase, what, said):
    from dataclasses import replace

    with pytest.raises(StepRefused, match=said):
        step(replace(QUESTION, phase=phase), what)


def test_a_worked_example_is_voted_on_once_and_never_agreed():
    shown = step(step(EXAMPLE, "open_vote"), "reveal")
    with pytest.raises(StepRefused, match="voted once"):
        step(shown, "open_vote")
    for what in ("settle", "park"):
        with pytest.raises(StepRefused, match="nothing is agreed on a worked example"):
            step(shown, what)


def test_nobody_leaves_an_open_vote():
    with pytest.raises(StepRefused, match="reveal it before you go on"):
        must_not_vote(step(QUESTION, "open_vote"))
    must_not_vote(QUESTION)
    must_not_vote(None)


@given(st.lists(st.sampled_from(("open_vote", "reveal", "settle", "park")), max_size=20))
def test_whatever_is_tried_ballots_only_rise_and_stay_within_three(steps):
    matter = QUESTION
    for what in steps:
        try:
            after = step(matter, what)
        except StepRefused as refused:
            assert str(refused)
            continue
        assert after.ballot - matter.ballot == (1 if what == "open_vote" else 0)
        assert after.ballot <= MOST_BALLOTS
        matter = after


def test_a_code_takes_people_only_while_something_happens():
    room = Workshop(
        id=UUID(int=3), round_id=UUID(int=4), organisation_id=UUID(int=5), department=None, name="Town", code="ACDEFG",
        status="open", made_by="x", made_at=NOW, stepped_by="x", stepped_at=NOW,
    )  # fmt: skip
    from dataclasses import replace

    assert room.takes_people(NOW + IDLE - timedelta(seconds=1))
    assert not room.takes_people(NOW + IDLE)
    assert not replace(room, status="ended").takes_people(NOW)
    assert not replace(room, status="planned").takes_people(NOW)


def test_who_gave_no_name_has_a_number():
    one = Participant(
        id=UUID(int=6), workshop_id=UUID(int=3), number=7, role_family="leader", joined_at=NOW
    )  # fmt: skip
    assert one.label == "Participant 7"


def test_a_reveal_by_hand():
    shown = reveal(1, [2, 3, 3, 3, 5, None], 5)
    assert (shown.votes, shown.dont_know, shown.counts) == (5, 1, (0, 1, 3, 0, 1))
    assert (shown.median, shown.lowest, shown.highest, shown.apart) == (3, 2, 5, 3)
    assert shown.first_to_speak == (2, 5)
    assert shown.agreement == agreement((0, 1, 3, 0, 1))


def test_four_votes_show_nothing_but_their_number():
    shown = reveal(1, [1, 1, 5, 5, None, None], 5)
    assert (shown.votes, shown.dont_know, shown.hidden) == (4, 2, True)
    assert (shown.counts, shown.median, shown.agreement, shown.lowest, shown.highest) == (None,) * 5
    assert (shown.apart, shown.first_to_speak) == (None, None)


def test_a_room_of_one_mind_has_nobody_to_speak_first():
    assert reveal(1, [4] * 6, 5).first_to_speak is None


@given(st.lists(LEVEL_OR_NOT, max_size=40))
def test_a_reveal_counts_everybody_once_and_hides_fewer_than_five(levels):
    shown = reveal(2, levels, 5)
    assert shown.votes + shown.dont_know == len(levels)
    assert shown.hidden == (shown.votes < 5)
    if shown.counts is not None:
        assert sum(shown.counts) == shown.votes
        given_levels = sorted(level for level in levels if level is not None)
        assert (shown.lowest, shown.highest) == (given_levels[0], given_levels[-1])
        assert shown.lowest <= shown.median <= shown.highest


@pytest.mark.parametrize(
    ("counts", "level"),
    [
        ((0, 0, 5, 0, 0), 3),
        ((0, 0, 4, 1, 0), 3),  # A = 0.9
        ((0, 0, 3, 2, 0), 3),  # A = 0.8: one layer of both (0.75) four fifths of the time, the rest of one mind
        ((0, 3, 0, 0, 2), None),
        ((1, 1, 1, 1, 1), None),
        ((0, 0, 4, 0, 0), None),  # four answers
        ((0, 0, 3, 3, 0), None),  # their middle is no level
    ],
)
def test_what_counts_as_agreed_already(counts, level):
    assert agreed_level(counts) == level


@given(st.lists(st.integers(0, 9), min_size=5, max_size=5))
def test_an_agreed_level_was_chosen_and_agreed(counts):
    level = agreed_level(counts)
    if level is not None:
        assert counts[level - 1] > 0
        assert (agreement(counts) or 0) >= AGREED
        assert sum(counts) >= 5
