"""Who may be shown apart by role: cases by hand, and a property held against a solver of the sums."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from maturity.assessment.role_split import FAMILIES, shown_families, shown_places

L, M, F, N = FAMILIES


def people(*counts: int) -> dict[str, int]:
    return dict(zip(FAMILIES, counts, strict=True))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (people(5, 6, 9, 0), {L, M, F, N}),  # nobody is hidden: the empty one is shown as empty
        (people(2, 6, 10, 0), {F}),  # 2 would follow from the sum, so the 6 are held back too
        (people(2, 3, 10, 0), {F}),  # 5 together
        (people(4, 0, 0, 0), set()),
        (people(5, 0, 0, 0), {L, M, F, N}),
        (people(5, 4, 0, 0), set()),
        (people(5, 5, 1, 0), {M}),  # one of two equals goes, in their order
        (people(0, 0, 0, 0), {L, M, F, N}),
        (people(3, 8, 0, 3), {M}),
    ],
)
def test_one_place_by_hand(counts: dict[str, int], expected: set[str]) -> None:
    assert shown_families(counts) == expected


def test_a_department_follows_from_the_organisation() -> None:
    """9 managers in all less the 6 of Parks would be the 3 of Roads: so Parks is held back, and the 9 stay."""
    counts = {"parks": people(0, 6, 9, 0), "roads": people(0, 3, 9, 0)}
    everywhere, shown = shown_places(counts)
    assert everywhere == {L, M, F, N}
    assert shown == {"parks": frozenset(), "roads": frozenset()}


def test_departments_that_hide_enough_together_stay() -> None:
    counts = {"parks": people(0, 6, 9, 0), "roads": people(0, 3, 9, 0), "works": people(0, 3, 9, 0)}
    everywhere, shown = shown_places(counts)
    assert everywhere == {L, M, F, N}
    assert shown == {"parks": {L, M, F, N}, "roads": frozenset(), "works": frozenset()}


def test_small_families_of_the_whole_organisation_are_one() -> None:
    counts = {"parks": people(2, 10, 10, 0), "roads": people(2, 10, 10, 0)}
    everywhere, shown = shown_places(counts)
    assert everywhere == {F} and shown == {"parks": {F}, "roads": {F}}


def told(counts: dict[str, dict[str, int]]) -> list[int]:
    """Every number of people that can be computed for certain from what is shown: solved, not reasoned.

    Each unshown cell is an unknown. Known are the sums of departments, of each family that is shown for the
    organisation, and of all. A set of cells is told where its sum is a combination of those."""
    everywhere, shown = shown_places(counts)
    cells = [(code, family) for code in counts for family in FAMILIES if family not in shown[code]]
    if not cells:
        return []
    known = [[float(code == other) for other, _ in cells] for code in counts]
    known += [[float(family == other) for _, other in cells] for family in everywhere]
    matrix = np.array(known)
    off = np.eye(len(cells)) - np.linalg.pinv(matrix) @ matrix
    found = []
    for size in range(1, len(cells) + 1):
        for chosen in combinations(range(len(cells)), size):
            codes = {cells[place][0] for place in chosen}
            # A whole department's own number is no secret: its result and how many answered are shown in any case.
            if sum(cells[place][0] in codes for place in range(len(cells))) == size and not any(
                shown[code] for code in codes
            ):
                continue
            one = np.zeros(len(cells))
            one[list(chosen)] = 1.0
            if np.abs(off @ one).max() < 1e-9:
                found.append(sum(counts[code][family] for code, family in (cells[place] for place in chosen)))
    return found


CELL = st.one_of(st.integers(0, 12), st.sampled_from([0, 0, 4, 5, 6]))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=3))
@example([(6, 2, 9, 0), (0, 5, 9, 0), (5, 5, 5, 5)])
def test_no_sum_gives_fewer_than_five_away(rows: list[tuple[int, int, int, int]]) -> None:
    counts = {f"d{number}": people(*row) for number, row in enumerate(rows)}
    everywhere, shown = shown_places(counts)
    for code, families in [(None, everywhere), *shown.items()]:
        for family in families:
            number = sum(row[family] for row in counts.values()) if code is None else counts[code][family]
            assert number == 0 or number >= 5
    assert all(number == 0 or number >= 5 for number in told(counts))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=40))
def test_many_departments_end_too(rows: list[tuple[int, int, int, int]]) -> None:
    counts = {f"d{number}": people(*row) for number, row in enumerate(rows)}
    everywhere, shown = shown_places(counts)
    hidden = [sum(n for f, n in row.items() if f not in shown[code]) for code, row in counts.items()]
    assert all(not shown[code] or left == 0 or left >= 5 for code, left in zip(counts, hidden, strict=True))
    left = sum(sum(row[family] for row in counts.values()) for family in FAMILIES if family not in everywhere)
    assert left == 0 or left >= 5 or not everywhere
