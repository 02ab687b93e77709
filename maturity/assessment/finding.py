"""The one finding worth talking about: departments with something in common that all stand lowest in one topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from maturity.assessment.departments import Department
from maturity.assessment.scores import RoundScores
from maturity.framework.model import Framework

FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Departments that share a tag and each score below every other department in a topic: their mean score and the
    others', in levels."""

    topic: str
    tag: str
    departments: tuple[str, ...]
    theirs: float
    others: float

    @property
    def distance(self) -> float:
        """How far below the others they stand, in levels."""
        return self.others - self.theirs


def find(scores: RoundScores, departments: Sequence[Department], framework: Framework) -> Finding | None:
    """The widest such distance over all topics and tags, None where no three departments stand apart like that."""
    tags = sorted({tag for each in departments for tag in each.tags})
    found = [finding for topic in framework.topics for tag in tags if (finding := _of(scores, departments, topic, tag))]
    return max(found, key=lambda each: each.distance, default=None)


def _of(scores: RoundScores, departments: Sequence[Department], topic: str, tag: str) -> Finding | None:
    known = [(each, scores.topic(each.code, topic).score) for each in departments]
    theirs = {each.code: score for each, score in known if score is not None and tag in each.tags}
    others = [score for each, score in known if score is not None and tag not in each.tags]
    if min(len(theirs), len(others)) < FEWEST or max(theirs.values()) >= min(others):
        return None
    return Finding(topic=topic, tag=tag, departments=tuple(theirs), theirs=fmean(theirs.values()), others=fmean(others))
