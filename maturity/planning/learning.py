"""What durations and efforts that were estimated have taken in fact, and what that says about an estimate.

Durations are told by the days on which an action began and was done, efforts by the person-days that its owner reported
as used. Both are learned in the same way; an action whose owner reported no person-days says nothing of effort.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from maturity.planning.catalogue import ActionCatalogue, CatalogueAction
from maturity.planning.request import HORIZON_WEEKS

WEEK = 7
PRIOR = 3.0
"""So many actions that took exactly as long as estimated are taken to be known before anything is."""
KIN = 0.25
"""What an action of the same lead and scope counts beside one of the very same catalogue action."""
FEWEST_KIN = 4
"""From so many on, other actions alone are a reason to speak,"""
LEAST_BY_KIN = 0.1
"""where what they say lies apart from the estimate by this share of it."""
MOST = 4.0
"""One action counts as at most so many times too long, or too short: days that were mistyped move little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """A planned action that is done: of which catalogue action, on how many days from its first to its last, and with
    how many person-days of all roles, None where nobody reported them."""

    code: str
    days: int
    person_days: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What is known of an action's effort, as `Learned` has it of the duration: `took` is the mean of its own kind in
    person-days of all roles (0 where none), `estimated` the likely value."""

    same: int
    kin: int
    took: float
    estimated: float
    ratio: float

    @property
    def person_days(self) -> float:
        """The estimate that the ratio makes, in whole person-days, and at least one."""
        return float(max(round(self.estimated * self.ratio), 1))

    @property
    def worth_saying(self) -> bool:
        """Whether it rests on something, as with durations."""
        return _worth_saying(self.same, self.kin, abs(self.person_days - self.estimated), self.estimated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is known of an action's duration: `same` actions of its own kind are done, `kin` others with the same lead
    and scope. `took_weeks` is the mean of its own kind (0 where none), `ratio` the shrunk one that both say. `effort`
    is the same of person-days, None where none were reported that count for it."""

    same: int
    kin: int
    took_weeks: float
    estimated_weeks: int
    ratio: float
    effort: Spent | None = None

    @property
    def weeks(self) -> int:
        """The estimate that the ratio makes, in whole weeks."""
        return min(max(round(self.estimated_weeks * self.ratio), 1), HORIZON_WEEKS)

    @property
    def worth_saying(self) -> bool:
        """Whether it rests on something: one of its own kind, or some of the same lead and scope that say much."""
        return _worth_saying(self.same, self.kin, abs(self.weeks - self.estimated_weeks), self.estimated_weeks)


def _worth_saying(same: int, kin: int, apart: float, estimated: float) -> bool:
    return apart > 0 and (same > 0 or (kin >= FEWEST_KIN and apart >= LEAST_BY_KIN * estimated))


def learned(catalogue: ActionCatalogue, took: Iterable[Took]) -> dict[str, Learned]:
    """What done actions say about each action's duration and effort, by action id; nothing where none counts for it.

    `catalogue` has the estimates that they are compared with. The ratio of real to estimated days is averaged as a
    weighted geometric mean: an action of the same kind weighs 1, one of the same lead and scope `KIN`, and `PRIOR`
    actions of ratio 1 are put beside them (shrinkage towards no change, as a Bayesian mean of logarithms has it)."""
    told = list(took)
    weeks = {each.id: float(each.duration_weeks) for each in catalogue.actions}
    effort = {each.id: sum(each.likely_effort.values()) for each in catalogue.actions}
    lasted = _told(catalogue, weeks, ((each.code, each.days / WEEK) for each in told))
    spent = _told(catalogue, effort, ((each.code, each.person_days or 0.0) for each in told))
    return {
        action.id: Learned(
            same=found.same,
            kin=found.kin,
            took_weeks=found.took,
            estimated_weeks=action.duration_weeks,
            ratio=found.ratio,
            effort=spent.get(action.id),
        )
        for action in catalogue.actions
        if (found := lasted.get(action.id))
    }


def _told(
    catalogue: ActionCatalogue, estimated: Mapping[str, float], took: Iterable[tuple[str, float]]
) -> dict[str, Spent]:
    """What (action id, taken) says of each action, both in the unit of the estimates."""
    seen: dict[str, list[float]] = {}
    for code, much in took:
        if much > 0 and estimated.get(code, 0.0) > 0:
            seen.setdefault(code, []).append(much)
    logs = {code: [_log_ratio(much, estimated[code]) for much in all_] for code, all_ in seen.items()}
    groups: dict[tuple[str, str], list[str]] = {}
    for code in logs:
        groups.setdefault(_group(catalogue.by_id[code]), []).append(code)
    found = {}
    for action in catalogue.actions:
        same = logs.get(action.id, [])
        kin = [each for code in groups.get(_group(action), []) if code != action.id for each in logs[code]]
        if (same or kin) and estimated[action.id] > 0:
            found[action.id] = Spent(
                same=len(same),
                kin=len(kin),
                took=sum(seen.get(action.id, [])) / max(len(same), 1),
                estimated=estimated[action.id],
                ratio=_shrunk(same, kin),
            )
    return found


def _log_ratio(took: float, estimated: float) -> float:
    return log(min(max(took / estimated, 1 / MOST), MOST))


def _shrunk(same: Sequence[float], kin: Sequence[float]) -> float:
    return exp((sum(same) + KIN * sum(kin)) / (len(same) + KIN * len(kin) + PRIOR))


def _group(action: CatalogueAction) -> tuple[str, str]:
    return action.lead, action.scope
