"""Milestones: days on which something has to be true, and whether it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

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


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneStand:
    """How a milestone stands on a day. `days` is how far it is still off (due), how long ago it was to be (missed), or
    by how much it was reached late (0: in time). `needed` are the actions that it hangs on, `waits_for` those of them
    that are not done. One that hangs on no action is never reached by itself: it is due, then past."""

    milestone: Milestone
    code: Literal["reached", "missed", "due", "past"]
    days: int
    needed: tuple[Action, ...]
    waits_for: tuple[Action, ...] = ()
    reached_on: date | None = None


def due_by(actions: Iterable[Action], baseline: Mapping[str, tuple[date, date]], on: date) -> tuple[Action, ...]:
    """The actions whose approved finish is on a day or before; without an approved one their own counts."""
    return tuple(
        each for each in actions if baseline.get(each.code, (each.start, each.finish))[1] <= on and not each.removed_on
    )


def milestone_stands(
    milestones: Iterable[Milestone], actions: Sequence[Action], baseline: Mapping[str, tuple[date, date]], today: date
) -> tuple[MilestoneStand, ...]:
    """Every milestone by its day: reached once all that was approved to finish by it is done."""
    ordered = sorted(milestones, key=lambda each: (each.on, each.name))
    return tuple(_stand(each, due_by(actions, baseline, each.on), today) for each in ordered)


def _stand(milestone: Milestone, needed: tuple[Action, ...], today: date) -> MilestoneStand:
    left = tuple(each for each in needed if not each.done_on)
    off = (milestone.on - today).days
    if needed and not left:
        reached = max(each.done_on for each in needed if each.done_on)
        late = max((reached - milestone.on).days, 0)
        return MilestoneStand(milestone=milestone, code="reached", days=late, needed=needed, reached_on=reached)
    over: Literal["missed", "past"] = "missed" if left else "past"
    code = "due" if off >= 0 else over
    return MilestoneStand(milestone=milestone, code=code, days=abs(off), needed=needed, waits_for=left)


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
