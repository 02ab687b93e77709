"""The numbers behind the demo's answers: where a department stands, who sees it how, and what changes in a year.

A level is what a person sees, rounded: city + department + topic + question + role + the person's own eye + chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maturity.demo.files import DemoCity, DemoDepartment
from maturity.demo.people import Person
from maturity.framework.model import Framework

OPTIMISM = {"leader": 0.5, "manager": 0.05, "front-line": -0.22}
"""The share of a topic's leader gap that each role adds: leaders see things higher, the front line lower."""
QUESTION_SPREAD = 0.3
LASTING, PASSING = 0.4, 0.25
"""Standard deviations, in levels: what stays of one's opinion from round to round, and what does not."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What everybody would answer: a row a person, a column a question; one array of levels 1..N a round."""

    questions: tuple[str, ...]
    rounds: tuple[np.ndarray, ...]


def draw_levels(
    framework: Framework,
    city: DemoCity,
    departments: Sequence[DemoDepartment],
    people: Sequence[Person],
    chance: np.random.Generator,
) -> Seen:
    """Levels of all people for all questions in both rounds."""
    questions = tuple(framework.questions)
    topics = [framework.topic_of[question].id for question in questions]
    stands = _standing(city, departments, topics) + chance.normal(0, QUESTION_SPREAD, (len(departments), len(topics)))
    place = {department.code: number for number, department in enumerate(departments)}
    of_person = np.array([place[person.department] for person in people])
    view = _views(city, departments, people, topics)
    seen = stands[of_person] + view + chance.normal(0, LASTING, view.shape)
    change = np.array([city.topics[topic].change for topic in topics])
    rounds = (seen + turn * change + chance.normal(0, PASSING, view.shape) for turn in (0, 1))
    return Seen(questions, tuple(_as_levels(each, framework.top_level) for each in rounds))


def _standing(city: DemoCity, departments: Sequence[DemoDepartment], topics: Sequence[str]) -> np.ndarray:
    return np.array(
        [
            [city.topics[topic].level + each.general + each.shifts.get(topic, 0.0) for topic in topics]
            for each in departments
        ]
    )


def _views(
    city: DemoCity, departments: Sequence[DemoDepartment], people: Sequence[Person], topics: Sequence[str]
) -> np.ndarray:
    """How much higher or lower each person sees each topic than it is.

    A department's own leader gap replaces the city's where the city's is wide: there leaders and front line part."""
    own = {each.code: each.leader_gap for each in departments}
    widest = max(city.topics, key=lambda topic: city.topics[topic].leader_gap)
    rows = []
    for person in people:
        gaps = {topic: each.leader_gap for topic, each in city.topics.items()}
        gaps[widest] = own[person.department] or gaps[widest]
        rows.append([person.eye + OPTIMISM[person.family] * gaps[topic] for topic in topics])
    return np.array(rows)


def _as_levels(seen: np.ndarray, top: int) -> np.ndarray:
    return np.clip(np.rint(seen), 1, top).astype(int)
