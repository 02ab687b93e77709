"""Status: the one function that says whether an action is late, for pages, reports and the public site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from maturity.roadmap.actions import Action

StatusCode = Literal["not_started", "on_track", "late", "done"]
GRACE_DAYS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A code of `maturity.words`; `days_late` is 0 unless the code is "late"."""

    code: StatusCode
    days_late: int = 0


def status(
    action: Action, today: date, approved_start: date | None = None, approved_finish: date | None = None
) -> Status:
    """Late is: more than 6 days past the approved finish, or not started more than 6 days after the approved start.

    The approved dates are the baseline's; without a baseline (an action added later) its own dates count."""
    if action.done_on or action.percent_done >= 100:
        return Status(code="done")
    past_finish = (today - (approved_finish or action.finish)).days
    past_start = (today - (approved_start or action.start)).days
    if past_finish > GRACE_DAYS:
        return Status(code="late", days_late=past_finish)
    if action.begun_on:
        return Status(code="on_track")
    return Status(code="late", days_late=past_start) if past_start > GRACE_DAYS else Status(code="not_started")


def joint_status(statuses: Iterable[Status]) -> Status:
    """One status for several copies of an action: late if one is late, done only if all are done."""
    each = list(statuses)
    codes = {one.code for one in each}
    if "late" in codes:
        return Status(code="late", days_late=max(one.days_late for one in each))
    if codes == {"done"}:
        return Status(code="done")
    return Status(code="on_track" if codes & {"done", "on_track"} else "not_started")
