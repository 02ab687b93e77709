"""What owners report, update by update, and the rules of a report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from maturity.roadmap.actions import Action, ActionRefused, check_action


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressUpdate:
    """One report on one action; `percent_done` is 0-100, `confidence` in delivery 1-5 or None, `because` why it is
    this, or why the finish moved to `expected_on`. `good` is one good thing, `next` what comes next. `days_used` and
    `cost_used` are all so far; None where the report says nothing of them."""

    id: str
    action_id: str
    code: str
    percent_done: float
    begun_on: date | None = None
    done_on: date | None = None
    confidence: int | None = None
    note: str = ""
    expected_on: date | None = None
    days_used: float | None = None
    cost_used: float | None = None
    because: str = ""
    good: str = ""
    next: str = ""
    made_by: str = ""
    made_at: datetime


def with_progress(
    action: Action,
    today: date,
    *,
    percent_done: float,
    begun_on: date | None = None,
    done_on: date | None = None,
    expected_on: date | None = None,
    days_used: float | None = None,
    cost_used: float | None = None,
    deliverable_link: str = "",
) -> Action:
    """The action after a report: the first work begins it and 100 % finishes it today, unless days are given. What the
    report leaves out stays as it was said before; a finish that is done is expected no more.

    `ActionRefused` for work in the future, for a finish that is expected in the past, or done below 100 %."""
    for said, day in (("begun", begun_on), ("done", done_on)):
        if day and day > today:
            raise ActionRefused(f"{action.title}: it cannot be {said} on {day}, which is after today, {today}")
    if percent_done < 100 and expected_on and expected_on < today and expected_on != action.expected_on:
        raise ActionRefused(
            f"{action.title}: it is not done yet, so it cannot be expected for {expected_on}; give a day from today on"
        )
    begun = begun_on or action.begun_on or (today if percent_done > 0 else None)
    done = (done_on or action.done_on or today) if percent_done == 100 else done_on
    if begun and done and begun_on is None and action.begun_on is None:
        begun = min(begun, done)
    return check_action(
        replace(
            action,
            percent_done=percent_done,
            begun_on=begun,
            done_on=done,
            expected_on=None if done else expected_on or action.expected_on,
            days_used=action.days_used if days_used is None else days_used,
            cost_used=action.cost_used if cost_used is None else cost_used,
            deliverable_link=deliverable_link or action.deliverable_link,
        )
    )


def check_said(
    action: Action, *, confidence: int | None, before: int | None, expected_on: date | None, because: str
) -> None:
    """`ActionRefused` where a report leaves out why: a finish that is later than was said last, or confidence in
    delivery that is not what it was `before` (None: nobody has said any)."""
    if confidence is not None and confidence not in range(1, 6):
        raise ActionRefused(f"confidence in delivery is 1 to 5, not {confidence}; choose one of the five")
    if is_later(action, expected_on) and not because:
        raise ActionRefused(f"{action.title}: say why it is expected later, on {expected_on}")
    if confidence is not None and before is not None and confidence != before and not because:
        raise ActionRefused(f"{action.title}: say why confidence went from {before} to {confidence}")


def is_later(action: Action, expected_on: date | None) -> bool:
    """Whether a finish is later than was said last, or planned where nothing was said."""
    return expected_on is not None and expected_on > (action.expected_on or action.finish)
