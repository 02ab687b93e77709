"""An action: one planned piece of work with an owner, dates and progress, and the rules it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Literal

from maturity.planning.catalogue import CatalogueAction, Kpi, find_cycle
from maturity.planning.plan import Closes, PlannedAction, Reason

Origin = Literal["planned", "added", "running"]
MOST = 1_000_000_000
"""No action takes more person-days, or more money, than this."""


class ActionRefused(ValueError):
    """An action that breaks a rule: the message says which, and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raci:
    """Who answers for an action (one, and only one), who works on it, who is asked and who is told."""

    accountable: str
    responsible: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One planned piece of work. `code` is unique in its plan and what `requires` names; `start` and `finish`
    are inclusive; `effort` is person-days by role; `cost` is money, None where nobody has priced it;
    `percent_done` is 0-100; `objective` is the id of an objective, `owner_person` that of the owner where it is
    somebody who comes in here. `expected_on` is when the owner expects the finish, `days_used` (person-days of all
    roles) and `cost_used` are all that was used up so far, `deliverable_link` is where the deliverable can be seen;
    None or empty where nobody has said it."""

    id: str
    code: str
    title: str
    phase: int
    start: date
    finish: date
    owner: str
    raci: Raci
    catalogue_id: str | None = None
    department: str | None = None
    summary: str = ""
    deliverable: str = ""
    done_when: str = ""
    kpi: Kpi | None = None
    effort: Mapping[str, float] = field(default_factory=dict)
    cost: float | None = None
    requires: tuple[str, ...] = ()
    closes: tuple[Closes, ...] = ()
    why: tuple[Reason, ...] = ()
    origin: Origin = "planned"
    objective: str | None = None
    percent_done: float = 0.0
    begun_on: date | None = None
    done_on: date | None = None
    owner_person: str | None = None
    expected_on: date | None = None
    days_used: float | None = None
    cost_used: float | None = None
    deliverable_link: str = ""
    removed_on: date | None = None
    row_version: int = 1

    @property
    def person_days(self) -> float:
        """Effort of all roles together."""
        return sum(self.effort.values())

    @property
    def ends(self) -> date:
        """The last day as things stand: when it was done, else as its owner expects, else as planned."""
        return self.done_on or self.expected_on or self.finish


def check_action(action: Action) -> Action:
    """The action itself, or `ActionRefused` with one sentence on the first rule it breaks."""
    for broken in _broken_rules(action):
        raise ActionRefused(f"{action.title or action.code}: {broken}")
    return action


def _broken_rules(action: Action) -> Iterable[str]:
    if not 1 <= len(action.title.strip()) <= 200:
        yield "a title has 1 to 200 characters"
    if not 1 <= action.phase <= 4:
        yield f"a phase is 1 to 4, not {action.phase}"
    if action.finish < action.start:
        yield f"the finish {action.finish} is before the start {action.start}; choose a later finish"
    numbers = [*action.effort.values(), action.cost or 0.0]
    if not all(isfinite(each) and each <= MOST for each in numbers):
        yield f"effort and cost are numbers up to {MOST:,}"
    if any(each < 0 for each in numbers):
        yield "effort and cost cannot be negative"
    yield from _broken_roles(action)
    yield from _broken_progress(action)
    if action.code in action.requires:
        yield "an action cannot require itself"


def _broken_roles(action: Action) -> Iterable[str]:
    if not action.owner.strip():
        yield "name an owner"
    if not action.raci.accountable.strip():
        yield "name the one who is accountable"
    if any(mark in action.raci.accountable for mark in ";\n"):
        yield f"exactly one is accountable, not {action.raci.accountable!r}; move the others to responsible"
    both = sorted(set(action.raci.consulted) & set(action.raci.informed))
    if both:
        yield f"{both[0]} is consulted and informed; being consulted includes being informed"


def _broken_progress(action: Action) -> Iterable[str]:
    if not 0 <= action.percent_done <= 100:
        yield f"per cent done is 0 to 100, not {action.percent_done:g}"
    if action.done_on and action.percent_done < 100:
        yield f"it cannot be done on {action.done_on} at {action.percent_done:g} %; say 100 % or leave the day empty"
    if action.percent_done == 100 and not action.done_on:
        yield "100 % needs the day it was done"
    if action.percent_done > 0 and not action.begun_on:
        yield f"{action.percent_done:g} % needs the day it began"
    if action.expected_on and action.begun_on and action.expected_on < action.begun_on:
        yield f"it cannot be expected for {action.expected_on}, before it began on {action.begun_on}"
    for used, what in ((action.days_used, "person-days"), (action.cost_used, "money")):
        if used is not None and not (isfinite(used) and 0 <= used <= MOST):
            yield f"{what} used so far is a number from 0 to {MOST:,}, not {used:,.12g}"
    if action.begun_on and action.done_on and action.done_on < action.begun_on:
        yield f"it cannot be done on {action.done_on} before it began on {action.begun_on}"


def from_plan(planned: PlannedAction, template: CatalogueAction, *, id: str) -> Action:
    """A planned action as a fresh, unbegun action of a roadmap, its texts taken from the catalogue."""
    return Action(
        id=id,
        code=planned.id,
        catalogue_id=planned.catalogue_id,
        department=planned.department,
        title=planned.title,
        summary=template.summary,
        phase=planned.phase,
        start=planned.start,
        finish=planned.finish,
        owner=planned.owner,
        raci=usual_raci(planned.owner, planned.effort),
        deliverable=template.deliverable,
        done_when=template.done_when,
        kpi=template.kpi,
        effort=dict(planned.effort),
        cost=planned.cost,
        requires=planned.requires,
        closes=planned.closes,
        why=planned.why,
    )


def usual_raci(owner: str, effort: Mapping[str, float]) -> Raci:
    """The owner is accountable, whoever gives time is responsible, most days first; to be edited by people."""
    workers = sorted((role for role, days in effort.items() if days > 0), key=lambda role: (-effort[role], role))
    return Raci(accountable=owner, responsible=tuple(workers) or (owner,))


def check_dependency(actions: Iterable[Action], code: str, needs: str) -> None:
    """Refuse a link that is unknown, is there already, or would close a circle, naming both actions."""
    by_code = {action.code: action for action in actions}
    for each in (code, needs):
        if each not in by_code:
            raise ActionRefused(f"the plan has no action {each!r}; choose one of its {len(by_code)} actions")
    later, earlier = by_code[code], by_code[needs]
    if needs in later.requires:
        raise ActionRefused(f"{later.title!r} depends on {earlier.title!r} already")
    requires = {each.code: each.requires for each in by_code.values()}
    if find_cycle(requires | {code: (*later.requires, needs)}):
        raise ActionRefused(
            f"{later.title!r} cannot depend on {earlier.title!r}, because that already depends on it"
            if code != needs
            else f"{later.title!r} cannot depend on itself"
        )


def overlaps(actions: Iterable[Action]) -> tuple[tuple[str, str], ...]:
    """Pairs (code, required code) where an action starts before something it requires has finished."""
    by_code = {action.code: action for action in actions}
    return tuple(
        (action.code, needed)
        for action in by_code.values()
        for needed in action.requires
        if needed in by_code and by_code[needed].finish >= action.start
    )
