"""How the demo's plan stands half a year on: done, running, one chain late, and what owners reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from maturity.demo.files import DemoCity, ProgressRemarks
from maturity.demo.late_chain import late_head, pushed
from maturity.planning.catalogue import ActionCatalogue
from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.milestones import Milestone, usual_milestones
from maturity.roadmap.progress import ProgressUpdate, with_progress

NewId = Callable[[datetime], str]
LATE_AT = 75.0
PILOT_WEEKS = (-6, 10)
REPORT_EVERY = timedelta(weeks=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The plan's actions as they stand on the day, the reports on them, the milestones, and the head of the late
    chain (an action code, None where nothing was due)."""

    actions: tuple[Action, ...]
    updates: tuple[ProgressUpdate, ...]
    milestones: tuple[Milestone, ...]
    late: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """What is needed to tell how half a year went."""

    city: DemoCity
    remarks: ProgressRemarks
    starts: date
    today: date
    objectives: Mapping[str, str]
    """Objective ids by topic."""
    chance: np.random.Generator
    new_id: NewId


def deliver(half: Half, actions: Sequence[Action], pilot: Action | None) -> Delivery:
    """The planned actions with owners, objectives and half a year of work; the pilot comes first where there is one."""
    head = late_head(actions, half.today)
    moved = pushed(actions, head, half.today, half.starts)
    worked = [_worked(half, each, late=each.code == head) for each in moved]
    if pilot is not None:
        worked.insert(0, pilot)
    updates = [update for each in worked for update in _reports(half, each, late=each.code == head)]
    milestones = usual_milestones(half.starts, worked, lambda: half.new_id(_at(half.starts)))
    return Delivery(
        actions=tuple(worked),
        updates=tuple(sorted(updates, key=lambda each: (each.made_at, each.code))),
        milestones=(*milestones, *_own_milestones(half)),
        late=head,
    )


def pilot_of(half: Half, catalogue: ActionCatalogue) -> Action | None:
    """The action that ran before the plan was made, finished since; it takes over the texts of its template."""
    code = next((each.code for each in half.city.already if each.state == "running"), None)
    template = catalogue.by_id.get(code or "")
    if template is None:
        return None
    start, finish = (half.starts + timedelta(weeks=weeks) for weeks in PILOT_WEEKS)
    done = finish - timedelta(days=3)
    return Action(
        id=half.new_id(_at(half.starts)),
        code=template.id,
        catalogue_id=template.id,
        title=template.title,
        summary=template.summary,
        phase=1,
        start=start,
        finish=finish - timedelta(days=1),
        owner=template.lead,
        raci=Raci(accountable=template.lead),
        deliverable=template.deliverable,
        done_when=template.done_when,
        kpi=template.kpi,
        effort=template.likely_effort,
        cost=template.cost.one_off.likely if template.cost and template.cost.one_off else None,
        origin="running",
        objective=half.objectives.get(template.raises[0].topic),
        percent_done=100.0,
        begun_on=start,
        done_on=done,
    )


def _worked(half: Half, action: Action, *, late: bool) -> Action:
    """The action with the work that was done up to today."""
    today = half.today
    early, pace = int(half.chance.integers(0, 6)), float(half.chance.uniform(0.75, 1.1))
    if action.start > today:
        return action
    if late:
        return with_progress(action, today, percent_done=LATE_AT, begun_on=action.start)
    if action.finish < today:
        done = max(action.finish - timedelta(days=early), action.start)
        return with_progress(action, today, percent_done=100.0, begun_on=action.start, done_on=done)
    gone = ((today - action.start).days + 1) / ((action.finish - action.start).days + 1)
    percent = min(95.0, 5.0 * round(20 * gone * pace))
    return with_progress(action, today, percent_done=percent, begun_on=action.start if percent else None)


def _reports(half: Half, action: Action, *, late: bool) -> list[ProgressUpdate]:
    """What the owner reported: at the start, every six weeks, and at the end or where things stand now."""
    if action.begun_on is None:
        return []
    last = action.done_on or half.today - timedelta(days=4)
    first = action.begun_on + timedelta(days=7)
    days = [first + REPORT_EVERY * turn for turn in range(10) if first + REPORT_EVERY * turn < last]
    pilot = action.origin == "running"
    said = [_report(half, action, day, last, pilot) for day in days]
    return [*said, _last_report(half, action, last, late, pilot)]


def _report(half: Half, action: Action, day: date, last: date, pilot: bool) -> ProgressUpdate:
    assert action.begun_on is not None
    gone = (day - action.begun_on).days / max((last - action.begun_on).days, 1)
    sentences = half.remarks.begun if gone < 0.3 else half.remarks.going
    if pilot:
        sentences = half.remarks.pilot[:1]
    note = sentences[int(half.chance.integers(len(sentences)))]
    percent = min(5.0 * round(20 * gone * action.percent_done / 100), action.percent_done)
    return _update(half, action, day, percent, None, int(half.chance.integers(3, 6)), note)


def _last_report(half: Half, action: Action, day: date, late: bool, pilot: bool) -> ProgressUpdate:
    remarks = half.remarks
    if pilot:
        note, confidence = remarks.pilot[-1], 5
    elif late:
        note, confidence = " ".join(remarks.late), 2
    elif action.done_on:
        note, confidence = remarks.done[int(half.chance.integers(len(remarks.done)))], 5
    else:
        note, confidence = remarks.going[int(half.chance.integers(len(remarks.going)))], 4
    day = max(day, action.begun_on or day)
    return _update(half, action, day, action.percent_done, action.done_on, confidence, note)


def _update(
    half: Half, action: Action, day: date, percent: float, done_on: date | None, confidence: int, note: str
) -> ProgressUpdate:
    made_at = _at(day) + timedelta(seconds=int(half.chance.integers(0, 20_000)))
    return ProgressUpdate(
        id=half.new_id(made_at),
        action_id=action.id,
        code=action.code,
        percent_done=percent,
        begun_on=action.begun_on,
        done_on=done_on,
        confidence=confidence,
        note=note,
        made_by=action.owner,
        made_at=made_at,
    )


def _own_milestones(half: Half) -> tuple[Milestone, ...]:
    return tuple(
        Milestone(
            id=half.new_id(_at(half.starts)),
            name=each.name,
            on=half.starts + timedelta(weeks=each.week),
            proves=each.proves,
        )
        for each in half.city.milestones
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)
