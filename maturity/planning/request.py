"""What a planner is asked: where departments stand, where they want to be, and what they can spend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.targets import Target

PHASE_STARTS_WEEK: tuple[int, ...] = (0, 26, 52, 104)
HORIZON_WEEKS = 156
QUARTER_WEEKS = 13
QUARTERS = HORIZON_WEEKS // QUARTER_WEEKS
PHASE_NAMES: tuple[str, ...] = (
    "Foundations",
    "Pilots and quick wins",
    "Expansion and integration",
    "Optimisation and innovation",
)


class PlanningError(ValueError):
    """A planning question that cannot be answered: the message says what, where and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """Person-days that a role can give in each of the 12 quarters; `department` is set for department staff."""

    role: str
    department: str | None = None
    days: tuple[float, ...]


DecisionKind = Literal["rejected", "pinned", "locked", "must", "not_before", "not_after"]
FIXING: frozenset[str] = frozenset({"pinned", "locked"})
"""Decisions that give the very day on which an action starts."""
ASKING: frozenset[str] = FIXING | {"must"}
"""Decisions that want an action in the plan whatever it brings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person has decided about an action code: rejected, pinned to a start, locked where the current plan has
    it, to be done in any case, or not to start before or after a day. `start` is that day, where there is one."""

    code: str
    kind: DecisionKind
    start: date | None = None
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplannable:
    """A wanted step that no planner can take up, with the reason as a code of `maturity.words`."""

    department: str
    topic: str
    from_level: int | None
    to_level: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """An action of the plan that counts now, by code, with its start; `committed` where it is about to begin."""

    code: str
    start: date
    committed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """What it costs to upset the plan that counts now, as shares of its value: an action moved by a quarter, and one
    dropped. A move is only made where it brings more."""

    move: float = 0.001
    drop: float = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """One planning question. `reached` holds the level that each (department, topic) stands at;
    `already` the action codes that are done or running; `budgets` money by phase (None: no limit is set), of which what
    a phase leaves goes to the next where `carry_over`. `emphasis` multiplies the importance of topics that objectives
    stand behind; `discount` is the share by which a week of closed gap is worth less a year later; `previous` is the
    plan that counts now, empty where a plan is made from nothing."""

    round: str
    catalogue: ActionCatalogue | None
    departments: tuple[str, ...]
    reached: Mapping[tuple[str, str], int]
    targets: tuple[Target, ...]
    starts: date
    importance: Mapping[str, int] = field(default_factory=dict)
    emphasis: Mapping[str, float] = field(default_factory=dict)
    department_weights: Mapping[str, float] = field(default_factory=dict)
    capacities: tuple[Capacity, ...] = ()
    budgets: tuple[float, float, float, float] | None = None
    carry_over: bool = True
    discount: float = 0.0
    already: Mapping[str, Literal["done", "running"]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    unplannable: tuple[Unplannable, ...] = ()
    previous: tuple[Previous, ...] = ()
    stability: Stability = field(default_factory=Stability)
    iterations: int = 40
    time_limit: float | None = None
    seed: int = 0


def default_capacities(catalogue: ActionCatalogue, departments: tuple[str, ...]) -> tuple[Capacity, ...]:
    """The catalogue's own person-days per quarter, the same in all 12 quarters, for every role and department."""
    found = []
    for role in catalogue.roles:
        places = departments if role.scope == "department" else (None,)
        days = (role.days_per_quarter,) * QUARTERS
        found += [Capacity(role=role.id, department=place, days=days) for place in places]
    return tuple(found)
