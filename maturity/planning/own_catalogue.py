"""A catalogue as an organisation has it: its own actions beside the shipped ones, its own estimates, chosen routes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from maturity.framework.model import FileValue, Id
from maturity.planning.catalogue import (
    ActionCatalogue,
    CatalogueAction,
    CatalogueError,
    Cost,
    Estimate,
    Weeks,
    find_cycle,
)
from maturity.planning.load_catalogue import check_raises_something, with_actions
from maturity.planning.request import HORIZON_WEEKS, PHASE_STARTS_WEEK

OWN = "own-"
MOST_DAYS, MOST_MONEY = 10_000, 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAction:
    """A catalogue action that the organisation wrote. A retired one is proposed no more, and stays readable."""

    id: str
    action: CatalogueAction
    set_by: str
    set_at: datetime
    retired_at: datetime | None = None
    row_version: int = 1


class Numbers(FileValue):
    """What an action takes: weeks, person-days by role, money. No `cost` means that nobody has priced it."""

    duration_weeks: Weeks
    effort: dict[Id, Estimate] = Field(min_length=1)
    cost: Cost | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEstimate:
    """The organisation's numbers for an action by one route (an empty text where the action has none), and why."""

    code: str
    route: str
    numbers: Numbers
    reason: str
    set_by: str
    set_at: datetime
    row_version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenRoute:
    """The route that the organisation takes for an action, and why."""

    code: str
    route: str
    reason: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """All that an organisation has of its own beside a catalogue."""

    actions: tuple[OwnAction, ...] = ()
    estimates: tuple[OwnEstimate, ...] = ()
    routes: tuple[ChosenRoute, ...] = ()

    @property
    def live(self) -> tuple[CatalogueAction, ...]:
        """The own actions that can be proposed."""
        return tuple(each.action for each in self.actions if not each.retired_at)

    def estimate(self, code: str, route: str) -> OwnEstimate | None:
        """The own estimate of an action by this route."""
        return next((each for each in self.estimates if (each.code, each.route) == (code, route)), None)

    def choice(self, code: str) -> ChosenRoute | None:
        """What was chosen for an action, if anything was."""
        return next((each for each in self.routes if each.code == code), None)


def route_of(action: CatalogueAction, chosen: ChosenRoute | None) -> str:
    """The kind of route that an action goes by: the chosen one while it has it, else its first; "" without any."""
    kinds = [route.kind for route in action.routes]
    return chosen.route if chosen and chosen.route in kinds else next(iter(kinds), "")


def merged(catalogue: ActionCatalogue, own: Own) -> ActionCatalogue:
    """The catalogue with the organisation's actions at its end, each action with the numbers of the route it goes by,
    or with the own estimate for that route. The very same object where nothing is own."""
    if not (own.live or own.estimates or own.routes):
        return catalogue
    return with_actions(catalogue, tuple(_with_own_numbers(each, own) for each in (*catalogue.actions, *own.live)))


def _with_own_numbers(action: CatalogueAction, own: Own) -> CatalogueAction:
    return by_route(action, own, route_of(action, own.choice(action.id)))


def by_route(action: CatalogueAction, own: Own, route: str) -> CatalogueAction:
    """A catalogue's or own action as it would be by this route: the own estimate for it, else the catalogue's."""
    estimate = own.estimate(action.id, route)
    if estimate is None:
        return action.by_route(route)
    return action.model_copy(update={name: getattr(estimate.numbers, name) for name in Numbers.model_fields})


def check_own(catalogue: ActionCatalogue, action: CatalogueAction, others: Iterable[CatalogueAction]) -> None:
    """Raise `CatalogueError` with one sentence where an own action does not fit beside the catalogue's and the `others`
    that are own; which topics there are is for `check_topics`."""
    ours = (*others, action)
    every = {each.id: each for each in (*catalogue.actions, *ours)}
    check_raises_something(action)
    if action.lead not in catalogue.role:
        raise CatalogueError(f"there is no role {action.lead!r}; choose one of {', '.join(catalogue.role)}")
    check_numbers(catalogue, Numbers(duration_weeks=action.duration_weeks, effort=action.effort, cost=action.cost))
    check_window(action)
    for each in ours:
        _check_needs(each, every)
    circle = find_cycle({each.id: each.requires for each in ours})
    if circle:
        path = " -> ".join(every[code].title for code in circle)
        raise CatalogueError(f"{path}: none of these could ever start; remove one of the links")


def check_numbers(catalogue: ActionCatalogue, numbers: Numbers) -> None:
    """Raise `CatalogueError` for roles that the catalogue lacks and for numbers that cannot be meant."""
    for role, days in numbers.effort.items():
        if role not in catalogue.role:
            raise CatalogueError(f"there is no role {role!r}; choose one of {', '.join(catalogue.role)}")
        if days.high > MOST_DAYS:
            raise CatalogueError(f"{days.high:,.0f} person-days of {catalogue.role[role].name} cannot be meant; "
                                 f"enter at most {MOST_DAYS:,}")  # fmt: skip
    if not any(days.high for days in numbers.effort.values()):
        raise CatalogueError("nobody gives time to this action; enter person-days of one role at least")
    for money in (numbers.cost.one_off, numbers.cost.yearly) if numbers.cost else ():
        if money and money.high > MOST_MONEY:
            raise CatalogueError(f"a cost of {money.high:,.0f} cannot be meant; enter at most {MOST_MONEY:,}")


def _check_needs(action: CatalogueAction, every: dict[str, CatalogueAction]) -> None:
    gone = [code for code in action.requires if code not in every]
    if gone:
        raise CatalogueError(
            f"{action.title!r} requires {gone[0]!r}, which is not in the library any more; take it out"
        )
    later = [every[code] for code in action.requires if every[code].phase > action.phase]
    if later:
        raise CatalogueError(
            f"{action.title!r} of phase {action.phase} requires {later[0].title!r} of phase {later[0].phase}; "
            "choose a later phase, or take that link out"
        )


def check_window(action: CatalogueAction) -> None:
    """Raise `CatalogueError` for an action that cannot end within a plan, however early its phase lets it start."""
    opens = PHASE_STARTS_WEEK[action.phase - 1]
    if opens + action.duration_weeks > HORIZON_WEEKS:
        raise CatalogueError(
            f"phase {action.phase} opens in week {opens} and {action.title!r} takes {action.duration_weeks} weeks, but "
            f"a plan ends with week {HORIZON_WEEKS}; choose an earlier phase or at most {HORIZON_WEEKS - opens} weeks"
        )
