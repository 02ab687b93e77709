"""What settling a question is worth: how far people differ, how much the topic matters, and whether the plan would be
another one if the highest answer were right instead of the lowest.

Worth = spread x importance where the greedy plan changes between the lowest and the highest level that somebody
answered, else 0. Questions that change the plan come first; then the others on which people differ; then those on
which too few answered for anybody to know.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from maturity.assessment.agreement import agreement
from maturity.planning.engine import make_plan
from maturity.planning.plan import Plan, PlannedAction
from maturity.planning.request import PlanRequest
from maturity.planning.steps import wanted_levels

FIXED_ORDERS = 3
"""Iterations of a preview: the planner's fixed orders and none by chance, so that what differs comes of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A question of a department (ids) that a room could settle, with the importance 1..5 of its topic. `counts` are
    the answers at each level, 1..N; None where so few answered that nothing of it may be used."""

    department: str
    question: str
    importance: int
    counts: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An action that both plans have: the day that it starts on at the lowest, and at the highest level."""

    code: str
    at_lowest: date
    at_highest: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """How the plan at the highest level differs from the plan at the lowest: the action codes that enter, that leave,
    and that start on another day. Those of the whole city and of the question's own department come first."""

    entering: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    moved: tuple[Move, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entering or self.leaving or self.moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What settling a doubt is worth, 0..5. `spread` (0..1), `lowest` and `highest` are None where the counts are;
    `change` is None where nothing is known of a plan, and then worth is spread x importance alone."""

    doubt: Doubt
    spread: float | None = None
    lowest: int | None = None
    highest: int | None = None
    change: PlanChange | None = None
    worth: float = 0.0


RequestAt = Callable[[str, str, int], PlanRequest]
"""The planning question if the department stood at that level in that question: (department, question, level)."""
Changes = Callable[[str, str, int, int], PlanChange]
"""How the plan changes between two levels: (department, question, lowest, highest)."""


def spread(counts: Sequence[int]) -> float:
    """How far answers lie apart: (1 - A) / 2 of van der Eijk's A, so 0 where all choose one level, 0.5 where every
    level is chosen equally often, 1 where half choose each end. Of a scale of two levels, twice the smaller share."""
    how_far = agreement(counts)
    if how_far is not None:
        return (1 - how_far) / 2
    return 2 * min(counts) / sum(counts) if len(counts) == 2 and any(counts) else 0.0


def worth_settling(
    doubts: Iterable[Doubt], changes: Changes | None = None, most: int | None = None
) -> tuple[Worth, ...]:
    """The at most `most` doubts that are worth most, in that order; ties in levels apart, then as they were given.

    Without `changes` nothing is known of a plan. Plans are compared from the largest product of spread and importance
    on, and only until `most` of them differ: what comes later would be worth less."""
    every = [_worth(doubt) for doubt in doubts]
    known = sorted((each for each in every if each.spread is not None), key=_falling)
    hidden = sorted((each for each in every if each.spread is None), key=lambda each: -each.doubt.importance)
    if changes is None:
        return tuple([*known, *hidden][:most])
    first: list[Worth] = []
    same: list[Worth] = []
    for each in known:
        if len(first) == most:
            break
        assert each.lowest is not None and each.highest is not None
        change = changes(each.doubt.department, each.doubt.question, each.lowest, each.highest)
        (first if change else same).append(replace(each, change=change, worth=each.worth if change else 0.0))
    return tuple([*first, *same, *hidden][:most])


def _worth(doubt: Doubt) -> Worth:
    if doubt.counts is None or not any(doubt.counts):
        return Worth(doubt=doubt)
    chosen = [level for level, count in enumerate(doubt.counts, start=1) if count]
    apart = spread(doubt.counts)
    return Worth(doubt=doubt, spread=apart, lowest=chosen[0], highest=chosen[-1], worth=apart * doubt.importance)


def _falling(each: Worth) -> tuple[float, int]:
    # Sums of layers leave rounding errors: what is equal on paper has to be equal here, or ties are broken by noise.
    return -round(each.worth, 9), (each.lowest or 0) - (each.highest or 0)


class Previews:
    """Greedy plans at two levels of a question, compared.

    The requests of one `request_at` may differ in `reached` and `targets` alone. A plan hangs on these only by where
    the places with a target stand and how high they want to get, so plans are kept by that, and two levels that leave
    it as it is need no plan at all."""

    def __init__(self, request_at: RequestAt, iterations: int = FIXED_ORDERS) -> None:
        self._request_at = request_at
        self._iterations = iterations
        self._known: dict[Hashable, Plan] = {}

    @property
    def made(self) -> int:
        """How many plans had to be made so far."""
        return len(self._known)

    def __call__(self, department: str, question: str, lowest: int, highest: int) -> PlanChange:
        if lowest == highest:
            return PlanChange()
        low, high = (self._request_at(department, question, level) for level in (lowest, highest))
        if _wanted(low) == _wanted(high):
            return PlanChange()
        return compare(self._plan(low), self._plan(high), department)

    def _plan(self, request: PlanRequest) -> Plan:
        key = _wanted(request)
        if key not in self._known:
            self._known[key] = make_plan(replace(request, iterations=self._iterations, time_limit=None))
        return self._known[key]


def _wanted(request: PlanRequest) -> tuple[tuple[tuple[str, str], int, int], ...]:
    return tuple((place, request.reached[place], level) for place, level in wanted_levels(request).items())


def compare(low: Plan, high: Plan, department: str) -> PlanChange:
    """How one plan differs from another, as seen from a department: what concerns it, or everybody, comes first."""
    before, after = ({each.id: each for each in plan.actions} for plan in (low, high))

    def place(action: PlannedAction) -> tuple[bool, date, str]:
        return action.department not in (None, department), action.start, action.id

    moved = [
        (place(action), Move(code=code, at_lowest=before[code].start, at_highest=action.start))
        for code, action in after.items()
        if code in before and before[code].start != action.start
    ]
    return PlanChange(
        entering=tuple(each.id for each in sorted(after.values(), key=place) if each.id not in before),
        leaving=tuple(each.id for each in sorted(before.values(), key=place) if each.id not in after),
        moved=tuple(move for _, move in sorted(moved, key=lambda each: each[0])),
    )
