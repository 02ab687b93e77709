"""The file about how the demo city's roadmap has been delivered: approvals, changes, risks, decisions, reviews."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from maturity.framework.model import FileValue, Id, Name, Text

Week = Annotated[int, Field(ge=0, le=156)]
Place = Literal["late", "waits", "running", "next", "done", "first"]
"""An action by what it is: see the file's head."""
Step = Annotated[int, Field(ge=1, le=5)]


class Council(FileValue):
    """The body that approves."""

    name: Name
    quorum: int
    members: tuple[Name, ...]


class Approved(FileValue):
    """A version that was put forward in one week and approved in another, by the council without whoever was `absent`
    or by an `approver`; without `approved` it waits."""

    name: Name
    reason: Text
    week: Week
    approved: Week | None = None
    approver: Name | None = None
    absent: tuple[Name, ...] = ()
    minute: Text = ""
    note: Text = ""


class Later(FileValue):
    """The first city-wide action that starts from a week on gets a later finish."""

    week: Week
    days: int
    from_week: Week
    reason: Text


class Measure(FileValue):
    """The name and the unit of a KPI."""

    name: Name
    unit: Name


class Added(FileValue):
    """An action that people added in a week."""

    week: Week
    starts: Week
    weeks: int
    title: Name
    summary: Text
    owner: Id
    deliverable: Text
    done_when: Text
    effort: dict[Id, float]
    kpi: Measure


class Removed(FileValue):
    """The last action of all is taken out."""

    week: Week
    reason: Text


class ReOwned(FileValue):
    """The action that starts last of those that stay gets another owner."""

    week: Week
    to: Id
    reason: Text


class Refusal(FileValue):
    """What the owner of the action that waits says to its new dates."""

    week: Week
    note: Text


class RiskStep(FileValue):
    """What a risk became."""

    week: Week
    why: Text
    likelihood: Step | None = None
    state: Literal["open", "happened", "closed"] = "open"


class DemoRisk(FileValue):
    """A risk, the actions it would hold up, and what became of it."""

    title: Name
    description: Text
    likelihood: Step
    impact: Step
    owner: Id
    response: Literal["avoid", "reduce", "share", "accept"]
    text: Text
    ties: tuple[Place, ...]
    week: Week
    then: tuple[RiskStep, ...]


class DemoOption(FileValue):
    """One way to decide."""

    name: Name
    cost: float | None = None
    effect: Text


class Chosen(FileValue):
    """How a decision was taken."""

    week: Week
    chosen: Name
    reason: Text
    minute: Text


class DemoDecision(FileValue):
    """What leaders were asked, by when where people set that, and what they decided."""

    week: Week
    question: Text
    background: Text
    options: tuple[DemoOption, ...]
    recommendation: Text
    decider: Name
    ties: tuple[Place, ...]
    within_weeks: int | None = None
    decided: Chosen | None


class DemoPromise(FileValue):
    """What was promised for 90 days; `kept` is missing where the next review has not been held."""

    text: Text
    owner: Id
    tie: Place | None = None
    kept: bool | None = None
    why: Text = ""


class DemoReview(FileValue):
    """A quarterly review that was signed off."""

    week: Week
    notes: dict[str, Text]
    minutes: Text
    decided: tuple[Text, ...]
    arising: tuple[Text, ...]
    no_baseline: Text
    promises: Annotated[tuple[DemoPromise, ...], Field(max_length=7)]


class DemoWeeknote(FileValue):
    """What was written in a week."""

    week: Week
    text: Text


class DemoDelivery(FileValue):
    """How the roadmap has been delivered. `objective_readings` are the parts, in per cent, of the way to the aim that
    the objectives had gone at the start and at each review."""

    version: str
    council: Council
    versions: tuple[Approved, ...]
    later: Later
    added: Added
    removed: Removed
    re_owned: ReOwned
    refused: Refusal
    kpi_sources: tuple[Text, ...]
    kpi_notes: tuple[Text, ...]
    risks: tuple[DemoRisk, ...]
    decisions: tuple[DemoDecision, ...]
    reviews: tuple[DemoReview, ...]
    weeknotes: tuple[DemoWeeknote, ...]
    objective_readings: tuple[float, ...]
