"""A plan as every engine returns it, every page shows it and `plan --format json` prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Closes:
    """A step of a topic in a department that an action brings about first."""

    department: str
    topic: str
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an action is in, and why then: a code with its numbers and names, made a sentence by `maturity.words`."""

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """One action with dates. `id` is `catalogue_id` or `catalogue_id/department`; `start` and `finish` are
    inclusive; `effort` is person-days by role; `cost` is money once plus running money to the end of the plan,
    None where nobody has priced it; `requires` are ids of this plan."""

    id: str
    catalogue_id: str
    title: str
    department: str | None
    phase: int
    start: date
    finish: date
    owner: str
    requires: tuple[str, ...]
    effort: Mapping[str, float]
    cost: float | None
    closes: tuple[Closes, ...]
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityUse:
    """Person-days of a role in one quarter, counted from 1."""

    role: str
    department: str | None
    quarter: int
    available: float
    planned: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetUse:
    """Money of one phase; `available` is None where no limit is set. `unpriced` counts actions without a price."""

    phase: int
    available: float | None
    planned: float
    unpriced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPlanned:
    """A wanted step that stays out, and why (a code of `maturity.words` with its values)."""

    department: str
    topic: str
    from_level: int | None
    to_level: int | None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What the bound pays for a little more of something scarce: level-weeks for one more person-day of a role in a
    quarter, or for 1,000 more of the currency in a phase (`quarter` or `phase` is None). Two digits, never exact."""

    role: str | None
    department: str | None
    quarter: int | None
    phase: int | None
    worth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a plan made from an earlier one changes: an action moved, dropped (`now` None) or entered (`was` None)."""

    id: str
    was: date | None
    now: date | None
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The answer to a `PlanRequest`. `value` is weighted level-weeks of closed gap within the horizon; `upper_bound`
    and `gap` (a fraction) are None while nothing is proven. `conflicts` name the decisions that could not be kept;
    with any of them the status is `infeasible` and the rest of the plan is shown without these decisions. `prices` are
    empty where nothing is proven, `moves` where the plan was made from nothing. `engine` is what made it, with its
    version: "greedy", or that of the solver; "" where nothing had to be made, or nobody noted it. `unseen` are the
    departments with a wanted step that see no action: no copy of their own, no city-wide one for a step of theirs."""

    round: str
    seed: int
    value: float
    upper_bound: float | None
    gap: float | None
    status: Literal["feasible", "proven_within", "infeasible"]
    actions: tuple[PlannedAction, ...]
    capacity: tuple[CapacityUse, ...]
    budget: tuple[BudgetUse, ...]
    not_planned: tuple[NotPlanned, ...]
    conflicts: tuple[Reason, ...] = ()
    prices: tuple[Price, ...] = ()
    moves: tuple[Move, ...] = ()
    engine: str = ""
    unseen: tuple[str, ...] = ()

    def as_document(self) -> dict[str, Any]:
        """The plan in plain lists, texts and numbers, dates as ISO texts."""
        return _plain(asdict(self))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
