"""What putting something off costs: the dates that the plan comes to if it is settled now, and if a month later.

Only dates are reckoned with: people and money may delay more, never less, so each number here is a least one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maturity.roadmap.actions import Action
from maturity.roadmap.critical_path import in_order

MONTH_DAYS = 30
Dates = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """What a month more costs: by how many days the last finish of all comes later, the codes of the actions that
    finish later with their days (those that wait for it themselves not among the `pushed`), the steps up a level that
    come later, and the level-weeks that are lost by that. All of it is 0 or empty where nothing hangs on it."""

    days: int = MONTH_DAYS
    end_days: int = 0
    later: Mapping[str, int]
    pushed: tuple[str, ...] = ()
    steps: int = 0
    level_weeks: float = 0.0

    @property
    def nothing(self) -> bool:
        """Whether no other action, no step up a level and no end date hangs on it."""
        return not (self.end_days or self.pushed or self.steps)


def projected(
    actions: Iterable[Action],
    today: date,
    ready: Mapping[str, date] | None = None,
    more: Mapping[str, int] | None = None,
) -> dict[str, Dates]:
    """(start, finish) by code as the plan comes out if nothing else goes wrong: what has not begun begins today at the
    earliest, not before its day in `ready`, and after what it requires (a planned overlap is kept); what runs finishes
    today at the earliest. `more` adds days to the finish of actions that are not done."""
    by_code = {each.code: each for each in actions}
    found: dict[str, Dates] = {}
    for code in in_order(by_code):
        action = by_code[code]
        needed = [(by_code[each], found[each]) for each in action.requires if each in by_code]
        found[code] = _dates(action, today, (ready or {}).get(code), (more or {}).get(code, 0), needed)
    return found


def _dates(action: Action, today: date, ready: date | None, more: int, needed: Sequence[tuple[Action, Dates]]) -> Dates:
    if action.done_on:
        return action.begun_on or action.start, action.done_on
    if action.begun_on:
        return action.begun_on, max(action.ends, today) + timedelta(days=more)
    free = [finish + timedelta(days=1) - _overlap(each, action) for each, (_, finish) in needed]
    start = max([action.start, today, *free, *([ready] if ready else [])])
    slipped = (start - action.start).days
    return start, action.ends + timedelta(days=slipped + more)


def _overlap(needed: Action, action: Action) -> timedelta:
    return max(needed.finish + timedelta(days=1) - action.start, timedelta())


def cost_of_waiting(actions: Sequence[Action], codes: Collection[str], today: date, needed: date | None) -> Postponed:
    """What it costs to decide a month after `needed` (today where that is past or None), for the actions that wait for
    it and have not begun."""
    by = max(needed or today, today)
    waiting = [each.code for each in actions if each.code in set(codes) and not (each.begun_on or each.done_on)]
    then = by + timedelta(days=MONTH_DAYS)
    in_time = projected(actions, today, dict.fromkeys(waiting, by))
    return _compared(actions, in_time, projected(actions, today, dict.fromkeys(waiting, then)), waiting)


def cost_of_a_slip(actions: Sequence[Action], codes: Collection[str], today: date) -> Postponed:
    """What it costs if these actions, where they are not done, finish a month later still than they do now."""
    slipping = [each.code for each in actions if each.code in set(codes) and not each.done_on]
    now, then = projected(actions, today), projected(actions, today, more=dict.fromkeys(slipping, MONTH_DAYS))
    return _compared(actions, now, then, slipping)


def _compared(
    actions: Sequence[Action], now: Mapping[str, Dates], then: Mapping[str, Dates], own: Sequence[str]
) -> Postponed:
    moved = {code: (then[code][1] - now[code][1]).days for code in now}
    later = {code: days for code, days in moved.items() if days > 0}
    raised = [(later[each.code], len(each.closes)) for each in actions if each.code in later]
    last = [max((finish for _, finish in dates.values()), default=date.min) for dates in (now, then)]
    return Postponed(
        end_days=(last[1] - last[0]).days,
        later=later,
        pushed=tuple(code for code in later if code not in set(own)),
        steps=sum(steps for _, steps in raised),
        level_weeks=sum(days * steps for days, steps in raised) / 7,
    )
