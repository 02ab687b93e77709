"""This round against an earlier one, and how much of the way to a target is done."""

from __future__ import annotations

from collections.abc import Iterable

from maturity.assessment.scores import Kind, Place, RoundScores, kind_of


def changes(now: RoundScores, earlier: RoundScores, kind: Kind) -> dict[Place, float]:
    """Score now minus score then, in levels (points where the framework sums), for the places that have both."""
    found: dict[Place, float] = {}
    for place, score in now.scores.items():
        before = earlier.scores.get(place)
        if kind_of(place) == kind and before is not None and None not in (score.score, before.score):
            found[place] = (score.score or 0.0) - (before.score or 0.0)
    return found


def share_of_target(score: float | None, target: float, lowest: float = 1.0) -> float | None:
    """How much of the way from the lowest level to the target is reached, 0..1; a target at the lowest is reached."""
    if score is None:
        return None
    if target <= lowest:
        return 1.0
    return min(1.0, max(0.0, (score - lowest) / (target - lowest)))


def progress_since(first: float | None, now: float | None, target: float) -> float | None:
    """How much of the way from the first round's score to the target is reached, 0..1; None without both scores."""
    if first is None or now is None:
        return None
    if target <= first:
        return 1.0
    return min(1.0, max(0.0, (now - first) / (target - first)))


def movers(differences: dict[Place, float], most: int = 3) -> tuple[list[Place], list[Place]]:
    """The places that rose most and those that fell most, largest change first."""
    ordered: Iterable[Place] = sorted(differences, key=lambda place: (-differences[place], place))
    up = [place for place in ordered if differences[place] > 0][:most]
    down = sorted((p for p in differences if differences[p] < 0), key=lambda p: (differences[p], p))[:most]
    return up, down
