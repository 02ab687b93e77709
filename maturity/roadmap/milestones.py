"""Milestones: days on which something has to be true."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from maturity.roadmap.actions import Action
from maturity.roadmap.phases import phases

REASSESSMENT_WEEKS = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A name, a day, and what reaching it proves."""

    id: str
    name: str
    on: date
    proves: str = ""
    row_version: int = 1


def usual_milestones(starts: date, actions: Iterable[Action], new_id: Callable[[], str]) -> tuple[Milestone, ...]:
    """The end of each phase in which something starts, and a new round a year after the plan's start."""
    count = dict.fromkeys(range(1, 5), 0)
    for action in actions:
        count[action.phase] += 1
    ends = [
        Milestone(
            id=new_id(),
            name=f"End of {phase.name.lower()}",
            on=phase.finish,
            proves=f"Whether the {_actions(count[phase.number])} of phase {phase.number} are done",
        )
        for phase in phases(starts)
        if count[phase.number]
    ]
    again = Milestone(
        id=new_id(),
        name="Reassessment",
        on=starts + timedelta(weeks=REASSESSMENT_WEEKS),
        proves="Which levels were reached: the same questions asked again",
    )
    return tuple(sorted([*ends, again], key=lambda each: (each.on, each.name)))


def upcoming(milestones: Iterable[Milestone], today: date, count: int = 3) -> tuple[Milestone, ...]:
    """The next few milestones from today on, nearest first."""
    ahead = (each for each in milestones if each.on >= today)
    return tuple(sorted(ahead, key=lambda each: (each.on, each.name))[:count])


def _actions(count: int) -> str:
    return "1 action" if count == 1 else f"{count} actions"
