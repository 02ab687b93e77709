"""Who answers in the demo city: people with a role, and with an eye of their own for how things are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from maturity.demo.files import DemoDepartment

Family = Literal["leader", "manager", "front-line"]
OWN_EYE = 0.35
"""Standard deviation, in levels, of how much better or worse somebody sees everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who answers in both rounds; `number` counts from 1 in the department, `eye` is in levels."""

    department: str
    number: int
    family: Family
    eye: float


def people_of(departments: Sequence[DemoDepartment], chance: np.random.Generator) -> list[Person]:
    """Everybody who answers, department by department: leaders, then managers, then the front line."""
    return [person for department in departments for person in _of_one(department, chance)]


def _of_one(department: DemoDepartment, chance: np.random.Generator) -> list[Person]:
    return [
        Person(department=department.code, number=number, family=family, eye=float(chance.normal(0, OWN_EYE)))
        for number, family in enumerate(families_of(department.people), start=1)
    ]


def families_of(people: int) -> list[Family]:
    """A fifth lead, a third manage, the others stand at the front line; at least one of each from three people up."""
    leaders, managers = max(1, round(people / 5)), max(1, round(people / 3))
    front = max(people - leaders - managers, 0)
    leading: list[Family] = ["leader"] * leaders
    managing: list[Family] = ["manager"] * managers
    serving: list[Family] = ["front-line"] * front
    return [*leading, *managing, *serving][:people]
