"""Differences within a department, by hand and as properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.assessment.differences import Difference, differences, worth_talking_about


def test_spreads_by_hand() -> None:
    # A: all at level 2 -> 1; neighbours 2 and 3 -> 1 - 1/4 = 0.75; both ends -> -1.
    found = differences({"same": [0, 3, 0, 0, 0], "near": [0, 1, 1, 0, 0], "ends": [1, 0, 0, 0, 1]}, 2)
    assert found == (
        Difference(question="ends", lowest=1, highest=5, median=3.0, agreement=-1.0, count=2),
        Difference(question="near", lowest=2, highest=3, median=2.5, agreement=0.75, count=2),
        Difference(question="same", lowest=2, highest=2, median=2.0, agreement=1.0, count=3),
    )
    assert [each.apart for each in found] == [4, 1, 0]


def test_too_few_answers_have_no_spread() -> None:
    counts = {"two": [1, 1, 0], "four": [2, 0, 2], "five": [2, 1, 2], "none": [0, 0, 0], "one": [1, 0, 0]}
    assert [each.question for each in differences(counts, 5)] == ["five"]
    assert {each.question for each in differences(counts, 2)} == {"two", "four", "five"}
    assert {each.question for each in differences(counts, 0)} == {"two", "four", "five"}, "one answer is no spread"


def test_on_two_levels_there_is_no_agreement_but_an_order() -> None:
    assert [(e.question, e.agreement) for e in differences({"a": [2, 0], "b": [1, 1]}, 2)] == [("b", None), ("a", None)]


def spread(question: str, lowest: int, highest: int) -> Difference:
    return Difference(question=question, lowest=lowest, highest=highest, median=2, agreement=0.0, count=2)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("x1", 1, 5), ("x2", 1, 4), ("y1", 1, 3)], ["x1", "y1"]),  # the second of another topic
        ([("x1", 1, 5), ("x2", 1, 4), ("y1", 2, 3)], ["x1", "x2"]),  # one level apart is shades
        ([("x1", 1, 3)], ["x1"]),
        ([("x1", 2, 3), ("y1", 2, 2)], []),
        ([], []),
    ],
)
def test_two_things_to_talk_about(found: list[tuple[str, int, int]], expected: list[str]) -> None:
    chosen = worth_talking_about([spread(*each) for each in found], lambda question: question[0])
    assert [each.question for each in chosen] == expected


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.lists(st.integers(0, 9), min_size=3, max_size=6)),
       st.integers(0, 7))  # fmt: skip
def test_an_order_by_agreement_that_shows_nothing_small(counts: dict[str, list[int]], fewest: int) -> None:
    found = differences(counts, fewest)
    assert all(each.count >= max(2, fewest) for each in found)
    known = [each.agreement for each in found if each.agreement is not None]
    assert known == sorted(known)
    for each in found:
        assert 1 <= each.lowest <= each.median <= each.highest <= len(counts[each.question])
        assert each.count == sum(counts[each.question])
