"""Made-up people in a workshop of the demo: who they are, and how they vote. A seed in, votes out.

They vote as the department answered before, and after talking some of them move towards the middle, as people do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maturity.assessment.values import median

DONT_KNOW = 0.06
"""How likely one of them says that they don't know, in the first vote."""
MOVES = 0.6
"""How likely one of them comes a level nearer to the middle, after talking."""
EXAMPLE = (1, 6, 4, 1)
"""How many of twelve see a worked example one level below the right one, right, one above, two above. Where the right
level is high, it is the other way round: there people see it lower than it is."""
HIGH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpPerson:
    """Somebody in the room; one in four gives no name."""

    role_family: str
    name: str = ""


ROOM = (
    MadeUpPerson(role_family="leader", name="Maren Holt"),
    MadeUpPerson(role_family="leader", name="Idris Vaughan"),
    MadeUpPerson(role_family="manager", name="Sunniva Beck"),
    MadeUpPerson(role_family="manager", name="Callum Reyes"),
    MadeUpPerson(role_family="manager"),
    MadeUpPerson(role_family="manager", name="Priya Lund"),
    MadeUpPerson(role_family="front-line", name="Joao Marsh"),
    MadeUpPerson(role_family="front-line"),
    MadeUpPerson(role_family="front-line", name="Wren Castle"),
    MadeUpPerson(role_family="front-line", name="Aino Teller"),
    MadeUpPerson(role_family="front-line"),
    MadeUpPerson(role_family="front-line", name="Femi Quay"),
)
"""A dozen: a sixth lead, a third manage, the others stand at the front line."""


def example_counts(right: int, top: int) -> list[int]:
    """How the levels 1..top of a worked example are seen, as counts, when `right` is the right one."""
    direction, counts = (-1 if right >= HIGH else 1), [0] * top
    for steps, count in enumerate(EXAMPLE, start=-1):
        level = min(max(right + direction * steps, 1), top)
        counts[level - 1] += count
    return counts


def made_up_votes(counts: Sequence[int], ballot: int, seed: Sequence[int]) -> list[int | None]:
    """The votes of the room in a ballot from 1 up, one each; None is "don't know". `counts` are the answers that were
    given at level 1, 2 ...; where there are none, the room has no idea either and spreads over all levels."""
    chance = np.random.default_rng(list(seed))
    given = list(counts) if sum(counts) else [1] * len(counts)
    levels = [int(level) for level in chance.permutation(_spread_over(given))]
    unsure = chance.random(len(ROOM)) < DONT_KNOW
    for _ in range(ballot - 1):
        middle = _middle(levels, len(given))
        moves = chance.random(len(ROOM)) < MOVES
        levels = [_nearer(at, middle) if goes else at for at, goes in zip(levels, moves, strict=True)]
        unsure = np.zeros(len(ROOM), dtype=bool)
    return [None if knows_not else at for at, knows_not in zip(levels, unsure, strict=True)]


def _spread_over(given: Sequence[int]) -> list[int]:
    """The levels of the room, in the shares of the answers: each level that was answered is there at least once, so
    that the room differs as far as the answers did."""
    answered = [level for level, count in enumerate(given, start=1) if count]
    left = len(ROOM) - len(answered)
    shares = {level: left * given[level - 1] / sum(given) for level in answered}
    people = {level: 1 + int(share) for level, share in shares.items()}
    by_rest = sorted(answered, key=lambda level: (int(shares[level]) - shares[level], level))
    for level in by_rest[: len(ROOM) - sum(people.values())]:
        people[level] += 1
    return [level for level in answered for _ in range(people[level])]


def _middle(levels: Sequence[int], top: int) -> float:
    return median([(float(at), levels.count(at)) for at in range(1, top + 1) if at in levels])


def _nearer(level: int, middle: float) -> int:
    return level + (middle >= level + 1) - (middle <= level - 1)
