"""Receipts: which actions were done before a level rose, and which stalled action holds back which target.

A receipt says what came before what. It never says that one caused the other: nobody can know that from dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from maturity.planning.targets import Target
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Baseline
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.status import status

Places = Mapping[tuple[str, str], int]
"""The level reached by (department, topic); a place without one is missing."""
UNSURE = 2
"""Confidence in delivery up to which an action counts as stalled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One level that a topic of a department gained between two rounds, with the actions that were planned for that
    step: done by the day on which the later round closed, done after it, and not done. Without any of the first, no
    action of the roadmap explains the level."""

    department: str
    topic: str
    level: int
    done_before: tuple[Action, ...] = ()
    done_after: tuple[Action, ...] = ()
    not_done: tuple[Action, ...] = ()

    @property
    def explained(self) -> bool:
        """Whether an action of the roadmap for this step was done before."""
        return bool(self.done_before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """Why an action is stalled: late by `days`, to have begun `days` ago, or its owner's confidence (`days` is 0)."""

    action: Action
    why: Literal["late", "not_begun", "unsure"]
    days: int
    confidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A target that a stalled action holds back: it was to bring about a step up to it itself, or `through` an action
    that requires it. `left` are the days until the target is due, negative once it is over."""

    target: Target
    stall: Stall
    left: int
    through: Action | None = None


def receipts(before: Places, after: Places, actions: Iterable[Action], closed: date) -> tuple[Receipt, ...]:
    """A receipt for each level gained, in the order of `after`, level by level. `closed` is the later round's day."""
    every = tuple(actions)
    return tuple(
        _receipt(place, level, every, closed)
        for place, reached in after.items()
        if place in before
        for level in range(before[place] + 1, reached + 1)
    )


def _receipt(place: tuple[str, str], level: int, actions: Iterable[Action], closed: date) -> Receipt:
    department, topic = place
    brought = [each for each in actions if _brings(each, department, topic, level)]
    done = sorted((each for each in brought if each.done_on), key=lambda each: (str(each.done_on), each.code))
    return Receipt(
        department=department,
        topic=topic,
        level=level,
        done_before=tuple(each for each in done if each.done_on and each.done_on <= closed),
        done_after=tuple(each for each in done if each.done_on and each.done_on > closed),
        not_done=tuple(each for each in brought if not each.done_on),
    )


def _brings(action: Action, department: str, topic: str, level: int) -> bool:
    return any(
        (each.department, each.topic) == (department, topic) and each.from_level < level <= each.to_level
        for each in action.closes
    )


def stalls(
    actions: Iterable[Action], baseline: Baseline, reports: Iterable[ProgressUpdate], today: date
) -> tuple[Stall, ...]:
    """The stalled actions, the most days first. Late is what it is everywhere; not begun counts from the day after the
    approved start; confidence is that of the newest report that says one."""
    sure = {each.code: each.confidence for each in sorted(reports, key=lambda one: one.made_at) if each.confidence}
    found = (_stall(each, baseline, sure.get(each.code), today) for each in actions if not each.removed_on)
    return tuple(sorted((each for each in found if each), key=lambda one: (-one.days, one.action.code)))


def _stall(action: Action, baseline: Baseline, confidence: int | None, today: date) -> Stall | None:
    start, finish = baseline.get(action.code, (action.start, action.finish))
    how = status(action, today, start, finish)
    if how.code == "done":
        return None
    if how.code == "late":
        return Stall(action=action, why="late", days=how.days_late, confidence=confidence)
    if not action.begun_on and start < today:
        return Stall(action=action, why="not_begun", days=(today - start).days, confidence=confidence)
    if confidence is not None and confidence <= UNSURE:
        return Stall(action=action, why="unsure", days=0, confidence=confidence)
    return None


def held_back(
    stalled: Iterable[Stall], actions: Iterable[Action], targets: Iterable[Target], reached: Places, today: date
) -> tuple[HeldBack, ...]:
    """The next target of each place that a stalled action stands before, the target due first; one line for each
    pair of action and target. Places where no level is known are left out: nobody could say what is missing."""
    every = tuple(each for each in actions if not each.removed_on)
    after = _dependants(every)
    wanted = sorted(targets, key=lambda each: (each.due, each.level))
    found: dict[tuple[str, str, str, int], HeldBack] = {}
    for stall in stalled:
        for bringer in (stall.action, *after(stall.action)):
            for target in _next_targets(bringer, wanted, reached):
                through = None if bringer is stall.action else bringer
                key = (stall.action.code, target.department, target.topic, target.level)
                line = HeldBack(target=target, stall=stall, left=(target.due - today).days, through=through)
                found.setdefault(key, line)
    return tuple(sorted(found.values(), key=lambda one: (one.target.due, -one.stall.days, one.stall.action.code)))


def _next_targets(action: Action, wanted: Iterable[Target], reached: Places) -> Iterator[Target]:
    """For each step of the action that is still to be gone, the first target that needs it."""
    for step in action.closes:
        standing = reached.get((step.department, step.topic))
        if standing is None or step.to_level <= standing:
            continue
        here = (each for each in wanted if (each.department, each.topic) == (step.department, step.topic))
        first = next((each for each in here if each.level > max(step.from_level, standing)), None)
        if first:
            yield first


def _dependants(actions: tuple[Action, ...]) -> Callable[[Action], list[Action]]:
    """What waits for an action, directly or through others, nearest first; what is done waits no more."""
    waiting: dict[str, list[Action]] = {}
    for each in actions:
        for needed in each.requires if not each.done_on else ():
            waiting.setdefault(needed, []).append(each)

    def after(action: Action) -> list[Action]:
        found: dict[str, Action] = {}
        front = [action]
        while front:
            front = [each for one in front for each in waiting.get(one.code, ()) if each.code not in found]
            found |= {each.code: each for each in front}
        return [each for code, each in found.items() if code != action.code]

    return after
