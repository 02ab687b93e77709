"""What a workbook says: one clause for what it brings, and places that people find."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from maturity.words import workbook_sentences as words


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0, 0, 0, 0, None), ""),
        ((1, 1, 0, 0, None), "1 vote in 1 ballot"),
        ((30, 2, 1, 0, None), "30 votes in 2 ballots and 1 agreed level"),
        ((30, 2, 3, 1, 12), "30 votes in 2 ballots, 3 agreed levels, 12 people in the room and 1 note"),
        ((0, 0, 0, 0, 0), "0 people in the room"),
    ],
)
def test_what_a_workbook_brings_is_one_clause(numbers, said):
    assert words.would_record(*numbers) == said


def test_a_problem_says_where():
    assert words.in_cell("Agreed", "F7", "so") == "Sheet Agreed, cell F7: so"
    assert words.in_row("Votes", 7, "so") == "Sheet Votes, row 7: so"
    assert words.in_sheet("Notes", "so") == "Sheet Notes: so"


def test_a_question_that_was_settled_or_taken_back_meanwhile():
    on = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert "“Q” (Parks) was agreed at level 4 on 2 March 2026" in words.settled_meanwhile("Q", "Parks", 4, on, 3)
    assert "“Q” (Parks) is not agreed any more" in words.settled_meanwhile("Q", "Parks", None, None, 3)


def test_votes_and_people_in_the_singular():
    assert words.more_votes_than_people(1, 0).startswith("1 vote, but nobody is counted")
    assert words.more_votes_than_people(2, 1).startswith("2 votes, but 1 person in the room")


def test_how_to_names_the_levels_of_the_scale():
    assert "1 to 4" in dict(words.how_to(4))["Agreed"]
