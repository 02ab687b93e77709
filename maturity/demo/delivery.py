"""How the demo's plan stands a year on: done, running, one chain late, what owners reported, and how all of it stood
on every day between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from maturity.demo.changes import Edit, added_action, edits_of, luck, measured
from maturity.demo.delivery_file import DemoDelivery
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
class Past:
    """An action as it was from a moment on, by whose deed and why."""

    action: Action
    at: datetime
    by: str
    verb: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The plan's actions as they stand on the day, `past` how they came there (the earliest first), the reports on
    them, the milestones, and the head of the late chain (an action code, None where nothing was due)."""

    actions: tuple[Action, ...]
    past: tuple[Past, ...]
    updates: tuple[ProgressUpdate, ...]
    milestones: tuple[Milestone, ...]
    late: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What is needed to tell how a year went."""

    city: DemoCity
    remarks: ProgressRemarks
    told: DemoDelivery
    starts: date
    made: datetime
    today: date
    objectives: Mapping[str, str]
    """Objective ids by topic."""
    people: Mapping[str, str]
    """Ids of the people who come in here, by name."""
    chance: np.random.Generator
    new_id: NewId


def deliver(year: Year, actions: Sequence[Action], pilot: Action | None) -> Delivery:
    """The planned actions with owners, objectives and a year of work; the pilot comes first where there is one, and
    what people added last."""
    planned = [measured(each, year.starts, year.told.kpi_sources) for each in actions]
    head = late_head(planned, year.today)
    edits = list(edits_of(year.told, planned, year.starts, year.today, year.city.owners, year.people, head))
    edited = [_edited(each, edits) for each in planned]
    moved = pushed(edited, head, year.today, year.starts)
    edits += _moves(year, edited, moved, head)
    told = [
        _told(year, before, _worked(year, now, late=now.code == head), edits, late=now.code == head)
        for before, now in zip(planned, moved, strict=True)
    ]
    if pilot is not None:
        begun = replace(pilot, percent_done=0.0, begun_on=None, done_on=None)
        told.insert(0, _told(year, begun, pilot, (), late=False))
    told += _added(year)
    actions_now = tuple(past[-1].action for past, _ in told)
    updates = [update for _, reports in told for update in reports]
    milestones = usual_milestones(year.starts, actions_now, lambda: year.new_id(_at(year.starts)))
    return Delivery(
        actions=actions_now,
        past=tuple(sorted((each for past, _ in told for each in past), key=lambda each: (each.at, each.action.code))),
        updates=tuple(sorted(updates, key=lambda each: (each.made_at, each.code))),
        milestones=(*milestones, *_own_milestones(year)),
        late=head,
    )


def _edited(action: Action, edits: Sequence[Edit]) -> Action:
    for edit in edits:
        if edit.code == action.code:
            action = replace(action, **edit.changes)
    return action


NOTICED = timedelta(days=10)
"""So long after the day on which it was due the late one got a new date, and what waits for it was moved."""


def _moves(year: Year, before: Sequence[Action], after: Sequence[Action], head: str | None) -> list[Edit]:
    """The late one's new finish and what was moved behind it, once it was noticed."""
    due = next((each.finish for each in before if each.code == head), None)
    if due is None:
        return []
    at = min(_at(due + NOTICED), _at(year.today - timedelta(days=1)))
    return [
        Edit(
            code=now.code,
            at=at,
            reason=year.remarks.late[0] if now.code == head else MOVED,
            changes={"start": now.start, "finish": now.finish, "phase": now.phase},
        )
        for then, now in zip(before, after, strict=True)
        if (then.start, then.finish) != (now.start, now.finish)
    ]


def _added(year: Year) -> list[tuple[list[Past], list[ProgressUpdate]]]:
    """The action that people added, with the report of nothing done that marks the day on which it came in."""
    at = _at(year.starts + timedelta(weeks=year.told.added.week, days=1))
    if at.date() >= year.today:
        return []
    served = next(iter(year.objectives.values()), None)
    fresh = added_action(year.told, year.starts, year.city.owners, year.people, id=year.new_id(at), served=served)
    fresh = measured(fresh, year.starts, year.told.kpi_sources)
    past, reports = _told(year, fresh, _worked(year, fresh, late=False), (), late=False, made=at, verb="add action")
    mark = ProgressUpdate(
        id=year.new_id(at), action_id=fresh.id, code=fresh.code, percent_done=0.0, note="Added to the plan",
        made_by=year.city.owners["chief-data-officer"], made_at=at,
    )  # fmt: skip
    return [(past, [mark, *reports])]


def _told(
    year: Year,
    planned: Action,
    now: Action,
    edits: Sequence[Edit],
    *,
    late: bool,
    made: datetime | None = None,
    verb: str = "save plan",
) -> tuple[list[Past], list[ProgressUpdate]]:
    """Every state of an action from the day it was planned, and the reports on it."""
    reports = [] if now.removed_on else _reports(year, now, late=late)
    events: list[tuple[datetime, ProgressUpdate | Edit]] = [(each.made_at, each) for each in reports]
    events += [(each.at, each) for each in edits if each.code == now.code]
    events.sort(key=lambda each: each[0])
    begins, in_charge = made or year.made, year.city.owners["chief-data-officer"]
    before = [told for at, told in events if at <= begins and isinstance(told, ProgressUpdate)]
    action = _after(planned, before[-1]) if before else planned  # the pilot ran before there was a plan
    past = [Past(action=action, at=begins, by=in_charge, verb=verb)]
    for at, told in events[len(before) :]:
        version = action.row_version + 1
        if isinstance(told, Edit):
            action = replace(action, **told.changes, row_version=version)
            past.append(Past(action=action, at=at, by=in_charge, verb=told.verb, reason=told.reason))
        else:
            action = replace(_after(action, told), row_version=version)
            past.append(Past(action=action, at=at, by=told.made_by, verb="report progress", reason=told.because))
    return past, reports


def _after(action: Action, report: ProgressUpdate) -> Action:
    return replace(
        action,
        percent_done=report.percent_done,
        begun_on=report.begun_on,
        done_on=report.done_on,
        expected_on=None if report.done_on else report.expected_on or action.expected_on,
        days_used=report.days_used,
        cost_used=report.cost_used,
        deliverable_link=LINK.format(code=action.code.lower().replace("/", "-")) if report.done_on else "",
    )


MOVED = "Waits for what is late; moved in the monthly meeting with its owner."
LINK = "https://records.port-ellery.example/roadmap/{code}"


def pilot_of(year: Year, catalogue: ActionCatalogue) -> Action | None:
    """The action that ran before the plan was made, finished since; it takes over the texts of its template."""
    code = next((each.code for each in year.city.already if each.state == "running"), None)
    template = catalogue.by_id.get(code or "")
    if template is None:
        return None
    start, finish = (year.starts + timedelta(weeks=weeks) for weeks in PILOT_WEEKS)
    done = finish - timedelta(days=3)
    return Action(
        id=year.new_id(_at(year.starts)),
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
        objective=year.objectives.get(template.raises[0].topic),
        percent_done=100.0,
        begun_on=start,
        done_on=done,
    )


def _worked(year: Year, action: Action, *, late: bool) -> Action:
    """The action with the work that was done up to today."""
    today = year.today
    early, pace = int(year.chance.integers(0, 6)), float(year.chance.uniform(0.75, 1.1))
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


def _reports(year: Year, action: Action, *, late: bool) -> list[ProgressUpdate]:
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
    made_at = _at(day) + timedelta(seconds=int(year.chance.integers(0, 20_000)))
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


def _own_milestones(year: Year) -> tuple[Milestone, ...]:
    return tuple(
        Milestone(
            id=year.new_id(_at(year.starts)),
            name=each.name,
            on=year.starts + timedelta(weeks=each.week),
            proves=each.proves,
        )
        for each in year.city.milestones
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)
