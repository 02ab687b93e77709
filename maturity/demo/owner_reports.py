"""What owners reported in the demo's year: every six weeks, in the words of its remarks, with days and money used."""

from __future__ import annotations

from datetime import date, timedelta

from maturity.demo.changes import at_ten, luck
from maturity.demo.year import Year
from maturity.roadmap.actions import Action
from maturity.roadmap.progress import ProgressUpdate

REPORT_EVERY = timedelta(weeks=6)


def owner_reports(year: Year, action: Action, *, late: bool) -> list[ProgressUpdate]:
    """What the owner reported: at the start, every six weeks, and at the end or where things stand now."""
    if action.begun_on is None:
        return []
    last = action.done_on or year.today - timedelta(days=4)
    first = action.begun_on + timedelta(days=7)
    days = [first + REPORT_EVERY * turn for turn in range(10) if first + REPORT_EVERY * turn < last]
    pilot = action.origin == "running"
    said = [_report(year, action, day, last, pilot) for day in days]
    return [*said, _last_report(year, action, last, late, pilot)]


def _report(year: Year, action: Action, day: date, last: date, pilot: bool) -> ProgressUpdate:
    assert action.begun_on is not None
    gone = (day - action.begun_on).days / max((last - action.begun_on).days, 1)
    sentences = year.remarks.begun if gone < 0.3 else year.remarks.going
    if pilot:
        sentences = year.remarks.pilot[:1]
    note = sentences[int(year.chance.integers(len(sentences)))]
    percent = min(5.0 * round(20 * gone * action.percent_done / 100), action.percent_done)
    return _update(year, action, day, percent, None, int(year.chance.integers(3, 6)), note)


def _last_report(year: Year, action: Action, day: date, late: bool, pilot: bool) -> ProgressUpdate:
    remarks = year.remarks
    because = ""
    if pilot:
        note, confidence = remarks.pilot[-1], 5
    elif late:
        note, confidence, because = " ".join(remarks.late), 2, remarks.late[0]
    elif action.done_on:
        note, confidence = remarks.done[int(year.chance.integers(len(remarks.done)))], 5
    else:
        note, confidence = remarks.going[int(year.chance.integers(len(remarks.going)))], 4
    day = max(day, action.begun_on or day)
    expected = action.finish if late else None
    return _update(
        year, action, day, action.percent_done, action.done_on, confidence, note, because=because, expected_on=expected
    )


def _update(
    year: Year,
    action: Action,
    day: date,
    percent: float,
    done_on: date | None,
    confidence: int,
    note: str,
    *,
    because: str = "",
    expected_on: date | None = None,
) -> ProgressUpdate:
    made_at = at_ten(day) + timedelta(seconds=int(year.chance.integers(0, 20_000)))
    good, then = (
        sentences[int(year.chance.integers(len(sentences)))] for sentences in (year.remarks.good, year.remarks.next)
    )
    return ProgressUpdate(
        id=year.new_id(made_at),
        action_id=action.id,
        code=action.code,
        percent_done=percent,
        begun_on=action.begun_on,
        done_on=done_on,
        confidence=confidence,
        note=note,
        made_by=action.owner,
        made_at=made_at,
        expected_on=expected_on,
        days_used=_used(action, action.person_days, percent),
        cost_used=_used(action, action.cost, percent),
        because=because,
        good=good if percent else "",
        next="" if done_on else then,
    )


TOOK = (0.85, 1.4)
"""What actions took of their estimate, from the leanest to the heaviest: always the same for the same action."""


def _used(action: Action, estimate: float | None, percent: float) -> float | None:
    """Used so far; an action's own share of luck comes from its code, so that its reports rise together."""
    if estimate is None:
        return None
    times = TOOK[0] + luck(action.code) * (TOOK[1] - TOOK[0])
    return round(estimate * percent / 100 * times, 1)
