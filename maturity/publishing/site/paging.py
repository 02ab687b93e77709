"""Long lists over several pages, so that each page stays below its budget however long its texts are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from markupsafe import escape

MOST_TEXT = 26_000
"""Bytes of free text on one page. With the marks around it a page of the site stays below 100 kB, 25 kB compressed."""
T = TypeVar("T")


def weight(*texts: str) -> int:
    """The bytes that texts take on a page."""
    return sum(len(str(escape(each)).encode()) for each in texts)


def paged(
    many: Sequence[T], size: int, weigh: Callable[[T], int] = lambda _: 0, most: int = MOST_TEXT
) -> list[Sequence[T]]:
    """The values in runs of at most `size` and of at most so many bytes, unless one alone has more; one empty run for
    nothing."""
    runs: list[list[T]] = [[]]
    taken = 0
    for each in many:
        more = weigh(each)
        if runs[-1] and (len(runs[-1]) == size or taken + more > most):
            runs.append([])
            taken = 0
        runs[-1].append(each)
        taken += more
    return list(runs)


def part(target: str, place: int) -> str:
    """The file of the part at this place, from 0, of what begins at `target`: `timeline.html`, `timeline-2.html`."""
    return target if place == 0 else f"{target.removesuffix('.html')}-{place + 1}.html"


def pages_of(target: str, count: int, labels: Sequence[str] | None = None) -> list[tuple[str, str]]:
    """The file and the label of each of so many parts."""
    return [
        (part(target, place), f"{labels[place]} ({place + 1})" if labels else str(place + 1)) for place in range(count)
    ]
