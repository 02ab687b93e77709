"""The late chain of the demo: one action that should be done by now, and everything that has to wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from maturity.roadmap.actions import Action
from maturity.roadmap.phases import phase_of

LATE_FOR_WEEKS = (2, 18)
STILL_NEEDED = timedelta(weeks=2)


def late_head(actions: Sequence[Action], today: date) -> str | None:
    """The city-wide action, due between 2 and 16 weeks ago, that most others require; the earliest due of equals."""
    shortest, longest = (timedelta(weeks=weeks) for weeks in LATE_FOR_WEEKS)
    due = [each for each in actions if each.department is None and shortest <= today - each.finish <= longest]
    waiting = {each.code: sum(each.code in other.requires for other in actions) for each in due}
    due.sort(key=lambda each: (-waiting[each.code], each.finish, each.code))
    return due[0].code if due else None


def pushed(actions: Sequence[Action], head: str | None, today: date, starts: date) -> tuple[Action, ...]:
    """The actions with today's dates: the late one ends in two weeks, whatever waits for it starts after that and
    keeps its length, and so on along the chain; its phase follows its start. `starts` is the plan's first day."""
    by_code = {each.code: each for each in actions}
    if head is None:
        return tuple(actions)
    now = {head: replace(by_code[head], finish=_friday(today + STILL_NEEDED))}
    for action in sorted(actions, key=lambda each: (each.start, each.finish, each.code)):
        ends = [now[code].finish for code in action.requires if code in now]
        if action.code != head and ends and max(ends) >= action.start:
            now[action.code] = _moved(action, _monday_after(max(ends)), starts)
    return tuple(now.get(each.code, each) for each in actions)


def _moved(action: Action, start: date, starts: date) -> Action:
    finish = start + (action.finish - action.start)
    return replace(action, start=start, finish=finish, phase=phase_of(start, starts))


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)
