"""This round against an earlier one, and how much of the way to a target is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maturity.assessment.scores import Kind, Place, RoundScores, kind_of
from maturity.framework.model import Framework


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


def asked_otherwise(now: Framework, earlier: Framework) -> frozenset[str]:
    """The topics, of either, whose scores cannot be compared: other questions, weights or scoring, or another scale."""
    both = set(now.topics) | set(earlier.topics)
    if now.top_level != earlier.top_level or now.scoring != earlier.scoring:
        return frozenset(both)
    return frozenset(topic for topic in both if _asked(now, topic) != _asked(earlier, topic))


def _asked(framework: Framework, topic: str) -> tuple[object, ...] | None:
    """What makes a topic's score: how it is scored, its weight, and its questions with theirs."""
    found = framework.topics.get(topic)
    if found is None:
        return None
    weights = tuple(sorted((question.id, question.weight) for question in found.questions))
    return found.scoring, framework.dimension_of[topic].id, found.weight, weights


def runs(place: Place, frameworks: Sequence[Framework]) -> list[int]:
    """A number for each round, from 0, that rises where the place's score cannot be compared with the round before."""
    found = [0] * len(frameworks)
    for step in range(1, len(frameworks)):
        now, earlier = frameworks[step], frameworks[step - 1]
        other = asked_otherwise(now, earlier)
        broken = place.topic in other if place.topic else any(_within(place, t, (now, earlier)) for t in other)
        found[step] = found[step - 1] + broken
    return found


def _within(place: Place, topic: str, frameworks: Sequence[Framework]) -> bool:
    """Whether the topic is of the place's dimension in any of the frameworks; every topic is of a whole department."""
    homes = [each.dimension_of[topic].id for each in frameworks if topic in each.topics]
    return place.dimension is None or place.dimension in homes
