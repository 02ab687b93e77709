"""What is said of a workshop afterwards."""

from __future__ import annotations

from maturity.words.workshop_sentences import compared, headline, moved_from


def test_the_headline_counts_what_there_is():
    assert headline(5, 7, 12, 84) == "5 of 7 questions agreed by 12 people in 84 minutes."
    assert headline(0, 1, 0, None) == "0 of 1 question agreed."
    assert headline(1, 1, 1, 1) == "1 of 1 question agreed by 1 person in 1 minute."
    assert headline(0, 0, 3, 5) == "No question was on the agenda."


def test_a_consensus_stands_above_below_or_at_the_median():
    assert moved_from(4, 2.5) == "1.5 levels above the median of the answers, 2.5."
    assert moved_from(2, 3.0) == "1 level below the median of the answers, 3."
    assert moved_from(3, 3.0) == "The answers had the same median, 3."
    assert moved_from(3, None) == ""


def test_numbers_are_said_with_what_they_are_of():
    assert compared("the answers before", 1, 0.2, 0.9) == (
        "Over the one question that has both, the agreement of the last votes is 0.90, against 0.20 in the answers "
        "before."
    )
    assert compared("2026", 3, 0.2, 0.9, what="the answers") == (
        "Over 3 questions that have both, the agreement of the answers is 0.90, against 0.20 in 2026."
    )
