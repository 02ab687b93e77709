"""How far respondents agree: van der Eijk's coefficient of agreement A (Quality & Quantity 35, 2001)."""

from __future__ import annotations

from collections.abc import Sequence

FEWEST_SHOWN = 5


def agreement(counts: Sequence[int]) -> float | None:
    """A in [-1, 1] for the number of answers at each level of an ordinal scale.

    1 when all choose one level, 0 when every level is chosen equally often, -1 when half choose each end.
    None when nobody answered or the scale has fewer than three levels.
    """
    total, levels = sum(counts), len(counts)
    if total == 0 or levels < 3:
        return None
    left, sum_of_layers = list(counts), 0.0
    while any(left):
        height = min(count for count in left if count)
        pattern = [count > 0 for count in left]
        sum_of_layers += height * sum(pattern) * _layer(pattern)
        left = [count - height if count else 0 for count in left]
    return sum_of_layers / total


def _layer(pattern: Sequence[bool]) -> float:
    """Agreement of one layer, in which each level is either used by equally many or not at all."""
    levels, used = len(pattern), sum(pattern)
    if used == levels:
        return 0.0
    if used == 1:
        return 1.0
    unimodal = bimodal = 0
    for i in range(levels):
        for j in range(i + 1, levels):
            for k in range(j + 1, levels):
                triple = (pattern[i], pattern[j], pattern[k])
                unimodal += triple in ((True, True, False), (False, True, True))
                bimodal += triple == (True, False, True)
    shape = ((levels - 2) * unimodal - (levels - 1) * bimodal) / ((levels - 2) * (unimodal + bimodal))
    return shape * (1 - (used - 1) / (levels - 1))


def distribution(counts: Sequence[int]) -> tuple[int, ...] | None:
    """The counts themselves, or None where fewer than five answered: one could be recognised."""
    return tuple(counts) if sum(counts) >= FEWEST_SHOWN else None
