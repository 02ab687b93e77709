"""What durations that were estimated have taken in fact, and what that says about an estimate.

Efforts are not learned: nobody reports person-days yet, only the days on which an action began and was done.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    """A planned action that is done: of which catalogue action, and on how many days from its first to its last."""

    code: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What is known of an action's duration: `same` actions of its own kind are done, `kin` others with the same lead
    and scope. `took_weeks` is the mean of its own kind (0 where none), `ratio` the shrunk one that both say."""

    same: int
    kin: int
    took_weeks: float
    estimated_weeks: int
    ratio: float

    @property
    def weeks(self) -> int:
        """The estimate that the ratio makes, in whole weeks."""
        return min(max(round(self.estimated_weeks * self.ratio), 1), HORIZON_WEEKS)

    @property
    def worth_saying(self) -> bool:
        """Whether it rests on something: one of its own kind, or some of the same lead and scope that say much."""
        apart = abs(self.weeks - self.estimated_weeks)
        return apart > 0 and (
            self.same > 0 or (self.kin >= FEWEST_KIN and apart >= LEAST_BY_KIN * self.estimated_weeks)
        )


def learned(catalogue: ActionCatalogue, took: Iterable[Took]) -> dict[str, Learned]:
    """What done actions say about each action's duration, by action id; nothing where none counts for it.

    `catalogue` has the estimates that they are compared with. The ratio of real to estimated days is averaged as a
    weighted geometric mean: an action of the same kind weighs 1, one of the same lead and scope `KIN`, and `PRIOR`
    actions of ratio 1 are put beside them (shrinkage towards no change, as a Bayesian mean of logarithms has it)."""
    logs: dict[str, list[float]] = {}
    days: dict[str, list[int]] = {}
    for each in took:
        action = catalogue.by_id.get(each.code)
        if action and each.days > 0:
            ratio = each.days / (action.duration_weeks * WEEK)
            logs.setdefault(each.code, []).append(log(min(max(ratio, 1 / MOST), MOST)))
            days.setdefault(each.code, []).append(each.days)
    groups: dict[tuple[str, str], list[str]] = {}
    for code in logs:
        groups.setdefault(_group(catalogue.by_id[code]), []).append(code)
    found = {}
    for action in catalogue.actions:
        same = logs.get(action.id, [])
        kin = [each for code in groups.get(_group(action), []) if code != action.id for each in logs[code]]
        if same or kin:
            found[action.id] = Learned(
                same=len(same),
                kin=len(kin),
                took_weeks=sum(days.get(action.id, [])) / (WEEK * max(len(same), 1)),
                estimated_weeks=action.duration_weeks,
                ratio=exp((sum(same) + KIN * sum(kin)) / (len(same) + KIN * len(kin) + PRIOR)),
            )
    return found


def _group(action: CatalogueAction) -> tuple[str, str]:
    return action.lead, action.scope
