"""The one scorer: tallies in, scores out, each with its coverage and the trace of what went in.

Question -> topic -> dimension -> department -> organisation, each the weighted mean of what was answered below it
(a framework may ask for the lowest, a topic for a ladder, a points framework for the sum). Nothing is rounded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

from maturity.assessment.answers import DecidedValue, Tally
from maturity.assessment.departments import Department, members
from maturity.assessment.values import (
    NOT_ASKED,
    QuestionValue,
    group_tallies,
    is_asked,
    most_points,
    value_of,
)
from maturity.framework.model import Framework, Question, Topic

Rule = Literal["value", "mean", "lowest", "ladder", "sum"]
Kind = Literal["question", "topic", "dimension", "department", "organisation"]


class Place(NamedTuple):
    """What a score is of. Department None is the whole organisation."""

    department: str | None = None
    dimension: str | None = None
    topic: str | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a trace: something below, its weight, its score, and whether it counted."""

    place: Place
    weight: float
    score: float | None
    counted: bool
    state: str


@dataclass(frozen=True, slots=True)
class Score:
    """A number and what it is made of.

    `score` is 1..N (points where the framework sums) and None when nothing was answered; `coverage` is the share 0..1
    of what applies that was answered, None when nothing applies; `level` is the level reached (the score's floor),
    None below the framework's least coverage; `value_from` is consensus, review, median or mixed.
    """

    place: Place
    score: float | None
    points: float | None
    max_points: float | None
    coverage: float | None
    respondents: int
    value_from: str | None
    level: int | None
    state: str
    rule: Rule
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class RoundScores:
    """Every score of a round by its place; departments in the organisation's own order, groups behind them."""

    scores: Mapping[Place, Score]
    departments: tuple[str, ...]
    groups: tuple[str, ...]

    def of(
        self,
        department: str | None = None,
        dimension: str | None = None,
        topic: str | None = None,
        question: str | None = None,
    ) -> Score:
        """The score of one place; KeyError for a place that the round does not have."""
        return self.scores[Place(department, dimension, topic, question)]

    def topic(self, department: str | None, topic: str) -> Score:
        """The score of a topic, without naming its dimension."""
        return self.scores[Place(department, self._dimension_of[topic], topic)]

    @cached_property
    def _dimension_of(self) -> dict[str, str | None]:
        return {place.topic: place.dimension for place in self.scores if place.topic}

    def by(self, kind: Kind) -> list[Score]:
        """Scores of one kind: by organisation, else one per department (groups last) and part of it."""
        return [score for place, score in self.scores.items() if kind_of(place) == kind]


def kind_of(place: Place) -> Kind | None:
    """What kind of place it is; the organisation's parts have none, they are asked for by name."""
    if place.department is None:
        return "organisation" if place == Place() else None
    if place.question:
        return "question"
    if place.topic:
        return "topic"
    return "dimension" if place.dimension else "department"


def score_round(
    framework: Framework,
    departments: Sequence[Department],
    tallies: Iterable[Tally],
    decided: Iterable[DecidedValue] = (),
    *,
    respondents: Mapping[str, int] | None = None,
    short_track: bool = False,
) -> RoundScores:
    """Every score of a round. `respondents` counts the people who sent answers, by department code."""
    grouped = group_tallies(tallies)
    settled: dict[tuple[str, str], dict[str, DecidedValue]] = {}
    for each in decided:
        settled.setdefault((each.department, each.question), {})[each.source] = each
    scores: dict[Place, Score] = {}
    for department in departments:
        values = _values(framework, department, grouped, settled, short_track)
        _score_department(framework, department.code, values, (respondents or {}).get(department.code), scores)
    groups = members(departments)
    weight = {d.code: d.weight for d in departments}
    own = dict(scores)
    # A department that only groups others is not one more silent department.
    answering = [code for code in weight if code not in groups or own[Place(code)].state == "answered"]
    for group, codes in groups.items():
        _roll_up(framework, group, [code for code in codes if code in answering], weight, own, scores)
    _roll_up(framework, None, answering, weight, own, scores)
    return RoundScores(scores, tuple(d.code for d in departments if d.code not in groups), tuple(groups))


def rescored(
    framework: Framework,
    scores: RoundScores,
    department: Department,
    tallies: Iterable[Tally],
    decided: Iterable[DecidedValue],
    *,
    short_track: bool = False,
) -> RoundScores:
    """The scores of a round if one of its answering departments had these answers and decisions: what `score_round`
    would say of it and of the organisation, without scoring the others again. Groups stay as they were."""
    settled: dict[tuple[str, str], dict[str, DecidedValue]] = {}
    for each in decided:
        settled.setdefault((each.department, each.question), {})[each.source] = each
    values = _values(framework, department, group_tallies(tallies), settled, short_track)
    changed = dict(scores.scores)
    _score_department(framework, department.code, values, scores.of(department.code).respondents, changed)
    answering = {part.place.department: part.weight for part in scores.of().parts}
    codes = [code for code in answering if code is not None]
    _roll_up(framework, None, codes, {code: answering[code] for code in codes}, dict(changed), changed)
    return RoundScores(changed, scores.departments, scores.groups)


def _values(
    framework: Framework,
    department: Department,
    grouped: Mapping[tuple[str, str], Sequence[Tally]],
    settled: Mapping[tuple[str, str], Mapping[str, DecidedValue]],
    short_track: bool,
) -> dict[str, QuestionValue]:
    values: dict[str, QuestionValue] = {}
    for _, _, question in framework.walk():
        if not question.scored or (short_track and not question.short_track):
            continue
        key = (department.code, question.id)
        if is_asked(question, department, values):
            values[question.id] = value_of(framework, question, grouped.get(key, ()), settled.get(key, {}))
        else:
            values[question.id] = NOT_ASKED
    return values


def _score_department(
    framework: Framework,
    code: str,
    values: Mapping[str, QuestionValue],
    people: int | None,
    scores: dict[Place, Score],
) -> None:
    dimensions: list[tuple[Score, float]] = []
    for dimension in framework.dimensions:
        topics: list[tuple[Score, float]] = []
        for topic in dimension.topics:
            place = Place(code, dimension.id, topic.id)
            questions = [
                (_question_score(framework, q, place._replace(question=q.id), values[q.id]), q.weight)
                for q in topic.questions
                if q.id in values
            ]
            topics.append((_fold(framework, place, _topic_rule(framework, topic), questions), topic.weight))
            scores.update((score.place, score) for score, _ in questions)
        place = Place(code, dimension.id)
        dimensions.append((_fold(framework, place, framework.scoring, topics), dimension.weight))
        scores.update((score.place, score) for score, _ in topics)
    scores.update((score.place, score) for score, _ in dimensions)
    whole = _fold(framework, Place(code), framework.scoring, dimensions)
    scores[whole.place] = whole if people is None else replace(whole, respondents=people)


def _topic_rule(framework: Framework, topic: Topic) -> Rule:
    return framework.scoring if framework.scoring == "sum" else topic.scoring or framework.scoring


def _question_score(framework: Framework, question: Question, place: Place, value: QuestionValue) -> Score:
    answered = value.state == "answered"
    return Score(
        place=place,
        score=value.score,
        points=value.points,
        max_points=None if value.state == "not_applicable" else most_points(framework, question),
        coverage=None if value.state == "not_applicable" else float(answered),
        respondents=value.count,
        value_from=value.value_from,
        level=reached(value.score, 1.0, framework) if answered else None,
        state=value.state,
        rule="value",
    )


def _roll_up(
    framework: Framework,
    group: str | None,
    codes: Sequence[str],
    weight: Mapping[str, float],
    own: Mapping[Place, Score],
    scores: dict[Place, Score],
) -> None:
    """The scores of a group or of the organisation: the weighted mean over its departments, part by part."""
    places = [Place(group)]
    for dimension in framework.dimensions:
        places.append(Place(group, dimension.id))
        places.extend(Place(group, dimension.id, topic.id) for topic in dimension.topics)
    for place in places:
        below = [(own[place._replace(department=code)], weight[code]) for code in codes]
        people = sum(score.respondents for score, _ in below)
        scores[place] = replace(_fold(framework, place, "mean", below), respondents=people)


def _fold(framework: Framework, place: Place, rule: Rule, below: Sequence[tuple[Score, float]]) -> Score:
    parts = tuple(Part(s.place, weight, s.score, s.score is not None and weight > 0, s.state) for s, weight in below)
    counted = [part for part in parts if part.counted]
    applicable = [(s, weight) for s, weight in below if s.coverage is not None]
    coverage = _mean([(s.coverage or 0.0, weight) for s, weight in applicable])
    score = _combine(rule, [(part.score or 0.0, part.weight) for part in counted])
    summed = framework.scoring == "sum"
    sources = {s.value_from for s, weight in below if s.score is not None and weight > 0}
    return Score(
        place=place,
        score=score,
        points=score if summed else None,
        max_points=_most(rule, [each for each in applicable if each[1] > 0]) if summed else None,
        coverage=coverage,
        respondents=max((s.respondents for s, _ in below), default=0),
        value_from=(sources.pop() if len(sources) == 1 else "mixed") if sources else None,
        level=reached(score, coverage, framework),
        state="answered" if counted else "nothing" if applicable else "not_applicable",
        rule=rule,
        parts=parts,
    )


def _combine(rule: Rule, counted: Sequence[tuple[float, float]]) -> float | None:
    if not counted:
        return None
    if rule == "sum":
        return math.fsum(score for score, _ in counted)
    lowest = min(score for score, _ in counted)
    if rule == "lowest":
        return lowest
    if rule == "ladder":
        return float(math.floor(lowest))
    # Rounding errors must not leave the span of what was averaged, nor miss a level that all reach.
    return min(max(_mean(counted) or lowest, lowest), max(score for score, _ in counted))


def _mean(weighted: Sequence[tuple[float, float]]) -> float | None:
    total = math.fsum(weight for _, weight in weighted)
    return math.fsum(value * weight for value, weight in weighted) / total if total else None


def _most(rule: Rule, applicable: Sequence[tuple[Score, float]]) -> float | None:
    most = [(s.max_points, weight) for s, weight in applicable if s.max_points is not None]
    if rule == "sum":
        return math.fsum(points for points, _ in most) if most else None
    return _mean(most)


def reached(score: float | None, coverage: float | None, framework: Framework) -> int | None:
    """The level reached: the score's floor, or None where nothing, or too little, was answered."""
    if score is None or not framework.top_level or (coverage or 0.0) < framework.least_coverage:
        return None
    return math.floor(score)
