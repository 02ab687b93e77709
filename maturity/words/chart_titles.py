"""Titles of charts are read at a glance: twelve words at most, however long the names are that could stand in them."""

from __future__ import annotations

MOST_WORDS, MOST_LETTERS = 12, 90
"""One line of a chart on a desk, two or three on a phone."""


def fits(title: str) -> bool:
    """Whether a title can be read at a glance."""
    return len(title.split()) <= MOST_WORDS and len(title) <= MOST_LETTERS


def fitting(*choices: tuple[str, str]) -> tuple[str, str]:
    """The first title that fits, with what it leaves to the subtitle; the last choice names nothing, so it always
    fits."""
    return next((choice for choice in choices if fits(choice[0])), choices[-1])
