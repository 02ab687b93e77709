"""Objectives in words: what they aim at by when, and what they make topics weigh in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from maturity.words.messages import on_day

EMPHASIS: Mapping[float, str] = {
    1.0: "no more than others",
    1.25: "a quarter more than others",
    1.5: "half as much again as others",
    2.0: "twice as much as others",
}
"""What a multiple of the weight of topics is called."""
NO_OBJECTIVES = (
    "No objective is entered yet. An objective is a goal of the organisation, such as one from its corporate plan; "
    "topics that serve it can weigh more when a plan is made."
)


class Aimed(Protocol):
    """What an objective measures, from where to where, by when."""

    @property
    def measure(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def baseline(self) -> float | None: ...

    @property
    def aim(self) -> float | None: ...

    @property
    def due(self) -> date | None: ...


def aim_in_words(objective: Aimed) -> str:
    """The dated numeric target: "Homes below 18 degrees: from 310 to 0 homes by 1 January 2030"; empty without one."""
    if not objective.measure:
        return ""
    unit = f" {objective.unit}" if objective.unit else ""
    parts = [f"from {_number(objective.baseline)}" if objective.baseline is not None else ""]
    parts.append(f"to {_number(objective.aim)}{unit}" if objective.aim is not None else "")
    parts.append(f"by {on_day(objective.due)}" if objective.due else "")
    said = " ".join(each for each in parts if each)
    return f"{objective.measure}: {said}" if said else objective.measure


def _number(value: float | None) -> str:
    """At most two decimals, thousands apart."""
    return "" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
