"""What people say there is: money by source, what partners give, a calendar of capacity, skills that are missing.

From it, what a plan may spend. Sums are exact fractions, so that the order of what was entered never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import Any, Literal, Protocol, TypeVar, get_args

from maturity.planning.request import PHASE_NAMES, QUARTER_WEEKS, QUARTERS, Capacity

Amounts = tuple[float, float, float, float]
"""Money by phase."""
SourceKind = Literal["own", "grant", "partner", "other"]
Way = Literal["train", "hire", "borrow", "buy"]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
WAYS: tuple[Way, ...] = get_args(Way)
NOTHING: Amounts = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Money from one place, by the phase that it may be spent in."""

    name: str
    kind: SourceKind
    amounts: Amounts
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a partner has promised: money by phase, and person-days of a role by quarter, either of them or both.
    `days` are empty where no time or staff is given."""

    partner: str
    amounts: Amounts = NOTHING
    role: str | None = None
    department: str | None = None
    days: tuple[float, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityChange:
    """Person-days a quarter more or less (below 0), from the first to the last quarter, both included. Without a
    department, those of a role that departments have change in each of them."""

    role: str
    department: str | None = None
    first: int
    last: int
    days: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingSkill:
    """A skill that a role lacks, how it is closed, and the quarter from whose first day it is there. It limits no
    plan; it warns."""

    skill: str
    role: str
    department: str | None = None
    way: Way
    there_from: int
    note: str = ""


Line = Source | Commitment | CapacityChange | MissingSkill
KINDS: Mapping[str, type[Line]] = {
    "source": Source, "commitment": Commitment, "change": CapacityChange, "skill": MissingSkill,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms money and time are given. `currency` and `price_year` are the catalogue's where they are None; the
    contingencies are the shares of money and of person-days that no plan may spend; `discount` is the share by which
    a level is worth less a year later."""

    currency: str | None = None
    price_year: int | None = None
    money_contingency: float = 0.0
    days_contingency: float = 0.0
    carry_over: bool = True
    discount: float = 0.0


L = TypeVar("L", Source, Commitment, CapacityChange, MissingSkill)


def only(kind: type[L], lines: Iterable[Line]) -> tuple[L, ...]:
    """The lines of one kind, in their order."""
    return tuple(each for each in lines if isinstance(each, kind))


def kind_of(line: Line) -> str:
    """The word under which a line of this type is kept."""
    return next(kind for kind, made in KINDS.items() if isinstance(line, made))


def body_of(line: Line) -> dict[str, Any]:
    """A line in plain lists, texts and numbers; `read_line` gives back an equal one."""
    return {key: list(each) if isinstance(each, tuple) else each for key, each in asdict(line).items()}


def read_line(kind: str, body: Mapping[str, Any]) -> Line:
    """A line from what `body_of` wrote under `kind_of`."""
    made: dict[str, Any] = {key: tuple(each) if isinstance(each, list) else each for key, each in body.items()}
    return KINDS[kind](**made)


def money_entered(usual: Amounts, lines: Sequence[Line]) -> Amounts:
    """Money by phase before anything is kept back: all sources, or the usual budget while there is none, and what
    partners give. Down to whole cents."""
    sources, given = only(Source, lines), only(Commitment, lines)
    parts = [*([each.amounts for each in sources] or [usual]), *(each.amounts for each in given)]
    first, second, third, fourth = (_down(_sum(each[phase] for each in parts)) for phase in range(len(PHASE_NAMES)))
    return first, second, third, fourth


def compiled(
    usual: Amounts, capacities: Sequence[Capacity], lines: Sequence[Line], terms: Terms
) -> tuple[tuple[Capacity, ...], Amounts]:
    """What a plan may spend: person-days of each of `capacities` by quarter, and money by phase.

    Each is what is there and what comes to it, less the contingency; never below 0, down to whole cents and
    hundredths of days."""
    first, second, third, fourth = (
        _down(_kept(_exact(each), terms.money_contingency)) for each in money_entered(usual, lines)
    )
    return tuple(_offered(each, lines, terms) for each in capacities), (first, second, third, fourth)


def _offered(capacity: Capacity, lines: Sequence[Line], terms: Terms) -> Capacity:
    changes = [each for each in only(CapacityChange, lines) if _touches(each, capacity)]
    given = [each for each in only(Commitment, lines) if each.days and _who(each) == _who(capacity)]
    days = []
    for quarter in range(QUARTERS):
        more = [each.days for each in changes if each.first <= quarter + 1 <= each.last]
        there = _sum([capacity.days[quarter], *more, *(each.days[quarter] for each in given)])
        days.append(_down(_kept(max(there, Fraction(0)), terms.days_contingency)))
    return Capacity(role=capacity.role, department=capacity.department, days=tuple(days))


def _touches(change: CapacityChange, capacity: Capacity) -> bool:
    return change.role == capacity.role and change.department in (None, capacity.department)


def _who(each: Capacity | Commitment) -> tuple[str | None, str | None]:
    return each.role, each.department


def _exact(number: float) -> Fraction:
    """A number as people wrote it: 0.1 is a tenth."""
    return Fraction(repr(float(number)))


def _sum(numbers: Iterable[float]) -> Fraction:
    return sum((_exact(each) for each in numbers), Fraction(0))


def _kept(there: Fraction, contingency: float) -> Fraction:
    return there * (1 - _exact(contingency))


def _down(amount: Fraction) -> float:
    return floor(100 * amount) / 100


class Needing(Protocol):
    """An action of a plan, as far as it needs roles: who leads it, whose days it takes, where and from when."""

    @property
    def owner(self) -> str: ...
    @property
    def effort(self) -> Mapping[str, float]: ...
    @property
    def department(self) -> str | None: ...
    @property
    def start(self) -> date: ...


A = TypeVar("A", bound=Needing)


def there_on(skill: MissingSkill, starts: date) -> date:
    """The first day on which the skill is there, in a plan that starts on that day."""
    return starts + timedelta(weeks=QUARTER_WEEKS * (skill.there_from - 1))


def waiting_for(skill: MissingSkill, actions: Iterable[A], starts: date) -> tuple[A, ...]:
    """The actions that start before the skill is there and are led by its role or take its days. A city-wide action
    needs a role that departments have in each of them."""
    day = there_on(skill, starts)
    return tuple(
        each
        for each in actions
        if each.start < day
        and (skill.role == each.owner or skill.role in each.effort)
        and (None in (skill.department, each.department) or skill.department == each.department)
    )
