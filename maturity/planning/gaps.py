"""Gaps: how far each department is from where it wants to be, and what closing that would take at least."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Literal

from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.targets import USUAL_IMPORTANCE, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Distance to the furthest target of a topic in a department, in levels: `gap` = `target` - `score`.

    `priority` = gap x importance; `person_days` is the least effort that closes it (None: no action does) and
    `per_person_day` = priority / person_days. `next_level` by `next_due` is the first target on the way.
    """

    department: str
    topic: str
    score: float
    reached: int
    target: int
    due: date
    next_level: int
    next_due: date
    gap: float
    importance: int
    priority: float
    person_days: float | None
    per_person_day: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGap:
    """A target whose gap cannot be said, and why."""

    department: str
    topic: str
    target: int
    reason: Literal["not_answered", "coverage_too_low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Gaps by falling priority, and apart from them the places where none can be said."""

    found: tuple[Gap, ...]
    apart: tuple[NoGap, ...]


def find_gaps(
    *,
    scores: Mapping[tuple[str, str], float | None],
    reached: Mapping[tuple[str, str], int],
    targets: Iterable[Target],
    importance: Mapping[str, int],
    catalogue: ActionCatalogue | None = None,
    already: Iterable[str] = (),
) -> Gaps:
    """Gaps of all places with a target above the score, ordered by priority; ties keep the order of the targets.

    `scores` and `reached` are by (department, topic); a place missing in `reached` had too little coverage.
    """
    found, apart = [], []
    days = _LeastEffort(catalogue, frozenset(already))
    for place, wanted in _by_place(targets).items():
        score, level = scores.get(place), reached.get(place)
        if score is None or level is None:
            reason: Literal["not_answered", "coverage_too_low"] = (
                "not_answered" if score is None else "coverage_too_low"
            )
            apart.append(NoGap(department=place[0], topic=place[1], target=wanted[-1].level, reason=reason))
        elif wanted[-1].level > score:
            weight = importance.get(place[1], USUAL_IMPORTANCE)
            found.append(_gap(score, level, wanted, weight, days(place[1], level, wanted[-1].level)))
    return Gaps(found=tuple(sorted(found, key=lambda gap: -gap.priority)), apart=tuple(apart))


def _by_place(targets: Iterable[Target]) -> dict[tuple[str, str], list[Target]]:
    places: dict[tuple[str, str], list[Target]] = {}
    for target in targets:
        places.setdefault((target.department, target.topic), []).append(target)
    return {place: sorted(wanted, key=lambda target: target.level) for place, wanted in places.items()}


def _gap(score: float, level: int, wanted: list[Target], importance: int, days: float | None) -> Gap:
    first = next(target for target in wanted if target.level > score)
    last = wanted[-1]
    priority = (last.level - score) * importance
    return Gap(
        department=last.department,
        topic=last.topic,
        score=score,
        reached=level,
        target=last.level,
        due=last.due,
        next_level=first.level,
        next_due=first.due,
        gap=last.level - score,
        importance=importance,
        priority=priority,
        person_days=days,
        per_person_day=priority / days if days else None,
    )


class _LeastEffort:
    """Person-days of the cheapest chain of actions from a level to another, prerequisites included once each.

    What is done or running costs nothing more. A city-wide action counts in full, although it serves others too.
    """

    def __init__(self, catalogue: ActionCatalogue | None, already: frozenset[str]) -> None:
        self.catalogue = catalogue
        self.already = already
        self.known: dict[tuple[str, int, int], float | None] = {}

    def __call__(self, topic: str, reached: int, target: int) -> float | None:
        key = (topic, reached, target)
        if self.catalogue is not None and key not in self.known:
            self.known[key] = min(self._chains(self.catalogue, *key), default=None)
        return self.known.get(key)

    def _chains(self, catalogue: ActionCatalogue, topic: str, reached: int, target: int) -> Iterator[float]:
        providers = [_raising(catalogue, topic, level) for level in range(reached + 1, target + 1)]

        @cache
        def closure(action: str) -> frozenset[str]:
            below = (closure(each) for each in catalogue.by_id[action].requires)
            return frozenset([action]).union(*below) - self.already

        for choice in product(*providers):
            if not self.already.intersection(choice):
                actions = frozenset().union(*map(closure, choice))
                yield sum(sum(catalogue.by_id[each].likely_effort.values()) for each in sorted(actions))


def _raising(catalogue: ActionCatalogue, topic: str, level: int) -> list[str]:
    return [
        action.id
        for action in catalogue.actions
        if any(r.topic == topic and r.from_level < level <= r.to_level for r in action.raises)
    ]
