"""What is said about a warm-up vote: counted by hand, and nothing shown of fewer than 5."""

from __future__ import annotations

import pytest

from maturity.assessment.votes import reveal
from maturity.words.warm_up_sentences import GO_ON, TALK, warm_up_sentence


@pytest.mark.parametrize(
    ("counts", "right", "said"),
    [
        ([0, 12, 4, 2, 0], 2, f"12 of 18 chose 2, the right level; the others were 1 to 2 levels too high. {TALK}"),
        ([1, 12, 4, 1, 0], 2, f"12 of 18 chose 2, the right level; the others were 1 to 2 levels off. {TALK}"),
        ([0, 2, 3, 0, 0], 3, f"3 of 5 chose 3, the right level; the others were 1 level too low. {TALK}"),
        ([0, 0, 4, 1, 0], 3, f"4 of 5 chose 3, the right level; the other was 1 level too high. {TALK}"),
        ([0, 0, 5, 2, 0], 2, f"None of 7 chose 2, the right level; they were 1 to 2 levels too high. {TALK}"),
        ([0, 0, 0, 6, 0], 4, f"All 6 chose 4, the right level. {GO_ON}"),
    ],
)
def test_the_spread_is_told_with_what_to_do(counts, right, said):
    assert warm_up_sentence(counts, right) == said


def test_who_does_not_know_is_counted_and_talked_with():
    assert warm_up_sentence([0, 5, 0, 0, 0], 2, 3) == (
        f"All 5 chose 2, the right level. 3 said that they don't know. {TALK}"
    )


def test_fewer_than_five_are_not_shown():
    shown = reveal(1, [2, 2, 4, 5, None], 5)
    said = warm_up_sentence(shown.counts, 2, shown.dont_know)
    assert said == f"Fewer than 5 chose a level, so the votes are not shown. The right level is 2. {TALK}"
