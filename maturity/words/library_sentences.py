"""What the action library says: ranges, prices, routes, and what done actions have taught."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from maturity.words.messages import counted

ABOUT = (
    "Everything that can be planned, for each department or for the whole organisation. Efforts, durations and costs "
    "are estimates for a mid-sized council. Plans use what stands here, so change it where you know better."
)
NO_CATALOGUE = "There is no action library for the framework {framework}, so nothing can be proposed for its gaps."
NO_MATCH = "No action fits these choices. Take one of them back."
HOW_LEARNED = (
    "Durations are learned from the days on which actions began and were done, person-days from what owners reported "
    "as used by the end. A few actions move an estimate only a little."
)
NOT_PRICED = "not priced"
EVERYBODY = "Whole organisation"
EACH_DEPARTMENT = "Each department"
ROUTES: Mapping[str, str] = {"build": "Build", "buy": "Buy", "partner": "Partner"}
ROUTES_MEAN: Mapping[str, str] = {
    "build": "with our own people",
    "buy": "from a supplier",
    "partner": "together with other organisations",
}
ROUTES_HELP = (
    "Buy what many others need in the same form and what is not special to you; build what is, and only where people "
    "stay who can look after it. With partners, agree first who gives money, time and staff, and how each gets out. "
    "Look at the running cost of every year, not only at the price. The first route is the one that we recommend."
)
ONE_NUMBER = "Give the likely value; low and high are the same where you leave them empty."


class Estimated(Protocol):
    """A three-point estimate."""

    @property
    def low(self) -> float: ...
    @property
    def likely(self) -> float: ...
    @property
    def high(self) -> float: ...


class Taught(Protocol):
    """What done actions say about a duration."""

    @property
    def same(self) -> int: ...
    @property
    def kin(self) -> int: ...
    @property
    def took_weeks(self) -> float: ...
    @property
    def estimated_weeks(self) -> int: ...
    @property
    def weeks(self) -> int: ...


class TaughtEffort(Protocol):
    """What done actions say about an effort, in person-days of all roles."""

    @property
    def same(self) -> int: ...
    @property
    def kin(self) -> int: ...
    @property
    def took(self) -> float: ...
    @property
    def estimated(self) -> float: ...
    @property
    def person_days(self) -> float: ...


def spread(estimate: Estimated, unit: str = "") -> str:
    """A three-point estimate: "30 person-days (21 to 45)"; one number where it has no spread."""
    named = f"{estimate.likely:,.10g}{f' {unit}' if unit else ''}"
    if estimate.low == estimate.high:
        return named
    return f"{named} ({estimate.low:,.10g} to {estimate.high:,.10g})"


def price(estimate: Estimated | None, currency: str) -> str:
    """Money with its spread; what nobody has priced says so and is never a 0."""
    if estimate is None:
        return NOT_PRICED
    if estimate.high == 0:
        return "none"
    if estimate.low == estimate.high:
        return f"{currency} {estimate.likely:,.0f}"
    return f"{currency} {estimate.likely:,.0f} ({estimate.low:,.0f} to {estimate.high:,.0f})"


def route_name(kind: str) -> str:
    """A route with what it means: "Buy, from a supplier"."""
    return f"{ROUTES.get(kind, kind)}, {ROUTES_MEAN[kind]}" if kind in ROUTES_MEAN else kind


def learned_sentence(found: Taught, lead: str, now: int) -> str:
    """What done actions took, and what the estimate would be by them; `now` is the estimate that plans use."""
    if found.same:
        said = (
            f"Took {_weeks(found.took_weeks)} where {found.estimated_weeks} were estimated "
            f"({counted(found.same, 'action')})"
        )
    else:
        said = f"{counted(found.kin, 'other action')} led by {lead} took longer or shorter than estimated"
    if found.weeks == now:
        return f"{said}; the estimate of {_weeks(now)} allows for that."
    return f"{said}; the estimate would be {found.weeks}."


def learned_reason(found: Taught, lead: str) -> str:
    """The reason that is kept with an estimate that was taken over from done actions."""
    return learned_sentence(found, lead, 0).rstrip(".") + " weeks."


def effort_sentence(found: TaughtEffort, lead: str, now: float) -> str:
    """As `learned_sentence`, of person-days; `now` is the effort of all roles that plans use."""
    if found.same:
        said = (
            f"Used {_number(found.took)} person-days where {_number(found.estimated)} were estimated "
            f"({counted(found.same, 'action')})"
        )
    else:
        said = f"{counted(found.kin, 'other action')} led by {lead} used more or fewer person-days than estimated"
    if round(found.person_days) == round(now):
        return f"{said}; the estimate of {_number(now)} allows for that."
    return f"{said}; the estimate would be {_number(found.person_days)}."


def effort_reason(found: TaughtEffort, lead: str) -> str:
    """The reason that is kept with an effort that was taken over from done actions."""
    return effort_sentence(found, lead, -1.0).rstrip(".") + " person-days."


def _number(much: float) -> str:
    return f"{much:,.1f}".removesuffix(".0")


def _weeks(number: float) -> str:
    shown = f"{number:.1f}".removesuffix(".0")
    return f"{shown} {'week' if shown == '1' else 'weeks'}"
