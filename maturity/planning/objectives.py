"""Objectives: the organisation's own goals that actions serve, and what they make topics weigh in a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

EMPHASES = (1.0, 1.25, 1.5, 2.0)
"""What an objective may multiply the weight of its topics by: from not at all to double."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """A name that a roadmap can be grouped by, and the goal as the corporate plan words it. `topics` serve it, and
    weigh `emphasis` times as much in a plan. `measure` in `unit` is to go from `baseline` to `aim` by `due`."""

    id: str
    name: str
    goal: str = ""
    topics: tuple[str, ...] = ()
    emphasis: float = 1.0
    measure: str = ""
    unit: str = ""
    baseline: float | None = None
    aim: float | None = None
    due: date | None = None
    set_by: str = ""
    row_version: int = 1


def emphasis_by_topic(objectives: Iterable[Objective]) -> dict[str, float]:
    """What objectives multiply the weight of each topic by: the most that one of them asks for, not their product."""
    found: dict[str, float] = {}
    for each in objectives:
        for topic in each.topics if each.emphasis != 1.0 else ():
            found[topic] = max(each.emphasis, found.get(topic, 0.0))
    return found
