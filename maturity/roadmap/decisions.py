"""What leaders are asked: a question with costed options, the actions that wait for it, and by when it is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Literal, get_args

from maturity.roadmap.actions import MOST, Action
from maturity.roadmap.critical_path import slacks

DecisionState = Literal["open", "decided", "withdrawn"]
STATES: tuple[DecisionState, ...] = get_args(DecisionState)
DO_NOTHING = "Do nothing"
MOST_OPTIONS, LONGEST_NAME, LONGEST_QUESTION = 10, 200, 400


class DecisionRefused(ValueError):
    """A decision that breaks a rule: the message says which, and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to decide: what it costs in money (None: nobody has priced it) and what comes of it."""

    name: str
    cost: float | None = None
    effect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadershipDecision:
    """A question to whoever decides (`decider`, a person or a body). `codes` are the actions that wait for it,
    `needed_by` the day that people set, None where the plan alone says it; `supersedes` is the id of a decided one that
    this one replaces. `chosen` is the name of an option once it is decided; withdrawn, `reason` says why."""

    id: str
    question: str
    background: str = ""
    options: tuple[Option, ...] = ()
    recommendation: str = ""
    decider: str
    codes: tuple[str, ...] = ()
    needed_by: date | None = None
    supersedes: str | None = None
    state: DecisionState = "open"
    chosen: str = ""
    reason: str = ""
    minute: str = ""
    decided_on: date | None = None
    asked_by: str = ""
    asked_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    row_version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededBy:
    """The last day on which deciding delays nothing: the action `code` is planned to start on `start` and can slip
    `slack` days."""

    day: date
    code: str
    start: date
    slack: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDecision:
    """A decision with the day by which the plan needs it; None where it is settled, or no action waits for it."""

    decision: LeadershipDecision
    computed: NeededBy | None = None

    @property
    def day(self) -> date | None:
        """When it is needed: the earlier of the day that people set and the one that the plan says."""
        known = [each for each in (self.decision.needed_by, self.computed and self.computed.day) if each]
        return min(known, default=None)


def needed_by(codes: Iterable[str], actions: Sequence[Action]) -> NeededBy | None:
    """The last day on which deciding delays nothing: of the actions that wait and have not begun, the earliest start
    plus slack. An action that overlaps what it requires has no slack left. None where none of them waits any more."""
    waiting = set(codes)
    unbegun = [each for each in actions if each.code in waiting and each.begun_on is None and each.done_on is None]
    if not unbegun:
        return None
    room = slacks(actions)
    found = [
        NeededBy(day=each.start + timedelta(days=slack), code=each.code, start=each.start, slack=slack)
        for each in unbegun
        for slack in [max(0, room[each.code])]
    ]
    return min(found, key=lambda each: (each.day, each.start, each.code))


def check_decision(decision: LeadershipDecision) -> LeadershipDecision:
    """The decision itself, or `DecisionRefused` with one sentence on the first rule it breaks."""
    for broken in _broken_rules(decision):
        raise DecisionRefused(broken)
    return decision


def _broken_rules(decision: LeadershipDecision) -> Iterable[str]:
    question = decision.question
    if not question.strip():
        yield "ask a question, such as who should own the data of a department"
    if len(question) > LONGEST_QUESTION:
        yield f"the question has {len(question)} characters, at most {LONGEST_QUESTION} are kept; use the background"
    if not decision.decider.strip():
        yield "name who decides, a person or a body"
    yield from _broken_options(decision.options)
    if decision.needed_by and not 2000 <= decision.needed_by.year <= 2100:
        yield f"it cannot be needed by {decision.needed_by}; choose a day between 2000 and 2100"
    if decision.state == "decided" and decision.chosen not in {each.name for each in decision.options}:
        yield f"{decision.chosen or 'nothing'!r} is none of its options; choose one of them"


def _broken_options(options: Sequence[Option]) -> Iterable[str]:
    if len(options) < 2:
        yield f"there are at least two options to choose from; add another one, such as {DO_NOTHING.lower()!r}"
    if len(options) > MOST_OPTIONS:
        yield f"there are {len(options)} options, at most {MOST_OPTIONS} are kept; leave some out"
    names = [each.name.strip().casefold() for each in options]
    for each, name in zip(options, names, strict=True):
        if not name:
            yield "name each option"
        if len(name) > LONGEST_NAME:
            yield f"an option's name has {len(name)} characters, at most {LONGEST_NAME} are kept; use its effect"
        if names.count(name) > 1:
            yield f"two options are called {each.name!r}; name them differently"
        if each.cost is not None and not (isfinite(each.cost) and 0 <= each.cost <= MOST):
            yield f"the cost of {each.name!r} is a number from 0 to {MOST:,}, not {each.cost:,.12g}; mend or empty it"
