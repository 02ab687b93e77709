"""What an organisation aims at, by hand."""

from __future__ import annotations

import pytest

from maturity.assessment.aims import target_of
from maturity.assessment.scores import Part, Place, Score


def test_the_target_of_a_topic_is_the_score_when_all_departments_have_reached_theirs():
    parts = [
        Part(Place("parks", "d", "t"), 1.0, 1.0, True, "scored"),
        Part(Place("roads", "d", "t"), 3.0, 2.0, True, "scored"),
        Part(Place("housing", "d", "t"), 0.0, None, False, "nothing"),
    ]
    score = Score(Place(None, "d", "t"), 1.75, 1.75, 5.0, 1.0, 3, None, 1, "scored", "mean", tuple(parts))
    assert target_of(score, {("parks", "t"): 3}, "t") == pytest.approx((1 * 3 + 3 * 2) / 4)
    assert target_of(score, {("parks", "t"): 3, ("roads", "t"): 4}, "t") == pytest.approx((3 + 12) / 4)
    assert target_of(score, {}, "t") is None
