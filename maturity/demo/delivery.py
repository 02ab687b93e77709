"""How the demo's plan stands a year on: done, running, one chain late, and how all of it stood on every day between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from maturity.demo.changes import Edit, added_action, at_ten, edits_of, measured
from maturity.demo.late_chain import late_head, pushed
from maturity.demo.owner_reports import owner_reports
from maturity.demo.year import Year
from maturity.planning.catalogue import ActionCatalogue
from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.milestones import Milestone, usual_milestones
from maturity.roadmap.progress import ProgressUpdate, with_progress

LATE_AT = 75.0
PILOT_WEEKS = (-6, 10)


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
    milestones = usual_milestones(year.starts, actions_now, lambda: year.new_id(at_ten(year.starts)))
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
    at = min(at_ten(due + NOTICED), at_ten(year.today - timedelta(days=1)))
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
    at = at_ten(year.starts + timedelta(weeks=year.told.added.week, days=1))
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
    reports = [] if now.removed_on else owner_reports(year, now, late=late)
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
        id=year.new_id(at_ten(year.starts)),
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


def _own_milestones(year: Year) -> tuple[Milestone, ...]:
    return tuple(
        Milestone(
            id=year.new_id(at_ten(year.starts)),
            name=each.name,
            on=year.starts + timedelta(weeks=each.week),
            proves=each.proves,
        )
        for each in year.city.milestones
    )
