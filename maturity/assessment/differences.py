"""Where the people of one department see a question differently: what its head should talk about first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from maturity.assessment.agreement import agreement
from maturity.assessment.values import median

FAR_APART = 2
"""Levels between the lowest and the highest answer from which on a difference is more than shades."""
MOST_TO_TALK_ABOUT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How the answers to one question spread: lowest and highest level chosen, their median, van der Eijk's A (None on
    a scale of fewer than three levels), and how many people chose a level."""

    question: str
    lowest: int
    highest: int
    median: float
    agreement: float | None
    count: int

    @property
    def apart(self) -> int:
        """Levels between the lowest and the highest answer."""
        return self.highest - self.lowest


def differences(counts: Mapping[str, Sequence[int]], fewest: int) -> tuple[Difference, ...]:
    """The questions that at least `fewest` people (2 or more) answered by a level, those that they differ most about
    first: the least agreement, then the most levels between the ends, then the given order.

    `counts` has the number of answers at each level, 1..N, by question."""
    fewest = max(2, fewest)
    found = [_of(question, given) for question, given in counts.items() if sum(given) >= fewest]
    return tuple(sorted(found, key=lambda each: (1.0 if each.agreement is None else each.agreement, -each.apart)))


def _of(question: str, given: Sequence[int]) -> Difference:
    chosen = [level for level, count in enumerate(given, start=1) if count]
    return Difference(
        question=question,
        lowest=chosen[0],
        highest=chosen[-1],
        median=median([(float(level), count) for level, count in enumerate(given, start=1) if count]),
        agreement=agreement(given),
        count=sum(given),
    )


def worth_talking_about(found: Sequence[Difference], topic_of: Callable[[str], str]) -> tuple[Difference, ...]:
    """At most two questions, of two topics if there are two, about which people are at least two levels apart."""
    wide = [each for each in found if each.apart >= FAR_APART]
    if not wide:
        return ()
    first = wide[0]
    elsewhere = [each for each in wide[1:] if topic_of(each.question) != topic_of(first.question)]
    return (first, *[*elsewhere, *wide[1:]][: MOST_TO_TALK_ABOUT - 1])
