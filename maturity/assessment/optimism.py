"""Optimism: what departments say of themselves beside what was found later. It is told, and corrects nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from maturity.assessment.answers import DecidedValue, Tally
from maturity.assessment.scores import RoundScores
from maturity.assessment.values import group_tallies, value_of
from maturity.framework.model import Framework

Source = Literal["review", "consensus"]
SOURCES: tuple[Source, ...] = ("review", "consensus")


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimism:
    """One department over the questions that have both a median of its answers and a value from `source`: the plain
    means of both, in levels (in points where the framework has no levels), and how many `questions` these are."""

    department: str
    source: Source
    questions: int
    own: float
    found: float

    @property
    def difference(self) -> float:
        """The mean of own minus found: above 0, the department saw itself higher than was found."""
        return self.own - self.found


def optimism(
    framework: Framework, scores: RoundScores, tallies: Iterable[Tally], decided: Iterable[DecidedValue]
) -> tuple[Optimism, ...]:
    """Every department with such a question, in the order of the scores, once for each source."""
    grouped = group_tallies(tallies)
    values = {(each.department, each.question, each.source): each for each in decided}
    asked: dict[str, list[str]] = {}
    for place, score in scores.scores.items():
        if place.department and place.question and score.state != "not_applicable":
            asked.setdefault(place.department, []).append(place.question)
    found = []
    for department in [*scores.departments, *scores.groups]:
        for source in SOURCES:
            pairs = []
            for question in asked.get(department, ()):
                value = values.get((department, question, source))
                if value and (pair := _pair(framework, grouped.get((department, question), []), value)):
                    pairs.append(pair)
            if pairs:
                found.append(_of(department, source, pairs))
    return tuple(found)


def _pair(framework: Framework, tallies: list[Tally], value: DecidedValue) -> tuple[float, float] | None:
    """The median and the value on one scale; None where nobody answered with a level, option or points."""
    question = framework.questions[value.question]
    own = value_of(framework, question, tallies, {}).score
    found = value_of(framework, question, [], {value.source: value}).score
    return None if own is None or found is None else (own, found)


def _of(department: str, source: Source, pairs: list[tuple[float, float]]) -> Optimism:
    count = len(pairs)
    own, found = (math.fsum(side) / count for side in zip(*pairs, strict=True))
    return Optimism(department=department, source=source, questions=count, own=own, found=found)
