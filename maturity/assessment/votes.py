"""What a vote shows once it is revealed, and whether a room agreed all along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maturity.assessment.agreement import FEWEST_SHOWN, agreement
from maturity.assessment.values import median

AGREED = 0.8
"""Van der Eijk's A from which on answers count as agreed: most choose one level, the rest its neighbours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal:
    """One ballot as the room sees it: how many chose a level, how many said that they do not know, and (from five
    levels chosen on, else None) how many chose each level, their median, van der Eijk's A, lowest and highest."""

    ballot: int
    votes: int
    dont_know: int
    counts: tuple[int, ...] | None
    median: float | None
    agreement: float | None
    lowest: int | None
    highest: int | None

    @property
    def hidden(self) -> bool:
        """Whether too few voted for their votes to be shown."""
        return self.counts is None

    @property
    def apart(self) -> int | None:
        """Levels between the lowest and the highest vote."""
        return None if self.lowest is None or self.highest is None else self.highest - self.lowest

    @property
    def first_to_speak(self) -> tuple[int, int] | None:
        """The levels whose choosers explain first, lowest and highest; None where all chose the same, or hidden."""
        return None if not self.apart else (self.lowest or 0, self.highest or 0)


def reveal(ballot: int, levels: Iterable[int | None], top: int) -> Reveal:
    """What a ballot shows: `levels` are its votes, None for "don't know"; `top` is the highest level."""
    given = list(levels)
    chosen_by = Counter(given)
    counts = [chosen_by[at] for at in range(1, top + 1)]
    total = sum(counts)
    shown = total >= FEWEST_SHOWN
    chosen = [at for at, count in enumerate(counts, start=1) if count] if shown else []
    return Reveal(
        ballot=ballot,
        votes=total,
        dont_know=len(given) - total,
        counts=tuple(counts) if shown else None,
        median=median([(float(at), counts[at - 1]) for at in chosen]) if shown else None,
        agreement=agreement(counts) if shown else None,
        lowest=chosen[0] if chosen else None,
        highest=chosen[-1] if chosen else None,
    )


def agreed_level(counts: Sequence[int], fewest: int = FEWEST_SHOWN) -> int | None:
    """The level that answers agree on already, so that nothing needs to be talked about: A is at least `AGREED`, and
    the median is a level that somebody chose. `counts` has the answers at each level; None where they do not agree, or
    fewer than `fewest` chose one."""
    how_far = agreement(counts) if sum(counts) >= fewest else None
    if how_far is None or how_far < AGREED:
        return None
    middle = median([(float(level), count) for level, count in enumerate(counts, start=1) if count])
    return int(middle) if middle == int(middle) and counts[int(middle) - 1] else None
