"""The plan as it stood at the end of any past day, and the days on which something changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.local_days import end_of_day, in_zone
from maturity.operations.progress import ProgressUpdate, in_own_days
from maturity.operations.saved_plans import SavedPlan, put_together
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action
from maturity.storage import plans as stored
from maturity.storage import progress as stored_progress
from maturity.storage import replay as stored_replay
from maturity.storage.engine import Tx
from maturity.storage.plans import State

__all__ = ["ChangedDay", "changed_days", "plan_on", "reports_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDay:
    """A day of the organisation's on which so many things changed in its plan."""

    day: date
    changes: int


def plan_on(workspace: Workspace, visitor: Visitor, day: date, organisation: str | None = None) -> SavedPlan | None:
    """The plan in force at the end of a day of the organisation's, with its actions, milestones and baseline as they
    stood then; None before the first plan. For today it is what `find_plan` gives."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    moment = end_of_day(day, mine.zone)
    with workspace.store.reading() as tx:
        return plan_at(tx, mine.id, moment, mine.zone)


def plan_at(tx: Tx, organisation_id: UUID, moment: datetime, zone: str | None) -> SavedPlan | None:
    """The same at a moment, for operations that have asked already. In force then it was the current one, so what was
    approved last by then is what it was measured by."""
    plan_id = stored.plan_in_force(tx, organisation_id, moment)
    row = stored.plan_row(tx, plan_id) if plan_id else None
    if row is None:
        return None
    actions = latest(stored.states_of(tx, row.id, moment), zone)
    milestones = stored_progress.milestones_upto(tx, row.id, moment)
    return put_together(tx, replace(row, status="current"), actions, milestones, upto=moment)


def latest(states: Iterable[State], zone: str | None) -> list[Action]:
    """Each action in its last state, by start and code; those that were taken out bear the day of it."""
    last: dict[str, State] = {}
    for each in states:
        known = last.get(each.action.id)
        if known is None or each.action.row_version >= known.action.row_version:
            last[each.action.id] = each
    actions = [_with_own_day(each, zone) for each in last.values()]
    return sorted(actions, key=lambda each: (each.start, each.code))


def _with_own_day(state: State, zone: str | None) -> Action:
    if not state.action.removed_on:
        return state.action
    return replace(state.action, removed_on=in_zone(state.stated.at, zone).date())


def reports_on(
    workspace: Workspace, visitor: Visitor, day: date, organisation: str | None = None
) -> tuple[ProgressUpdate, ...]:
    """The reports that were made up to the end of a day, on the actions of the plan in force then, oldest first."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    moment = end_of_day(day, mine.zone)
    with workspace.store.reading() as tx:
        plan_id = stored.plan_in_force(tx, mine.id, moment)
        reports = stored_progress.updates_of_plan(tx, plan_id) if plan_id else ()
        return in_own_days(tx, mine.id, tuple(each for each in reports if each.made_at <= moment))


def changed_days(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[ChangedDay, ...]:
    """The days on which something changed in the plan in force, in which plan that is, or in what became of its
    versions; the earliest first. Making a plan is one change."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        moments, spans = stored_replay.moments(tx, mine.id), stored_replay.in_force(tx, mine.id)
    days: Counter[date] = Counter()
    for each in moments:
        if each.kind == "version" or _is_in_force(spans, each):
            days[in_zone(each.at, mine.zone).date()] += 1
    return tuple(ChangedDay(day=day, changes=days[day]) for day in sorted(days))


def _is_in_force(spans: Iterable[stored_replay.InForce], change: stored_replay.Moment) -> bool:
    """Whether people worked by the plan that was changed: nobody sees a change to an earlier one."""
    before = [each.plan_id for each in spans if each.since <= change.at]
    return bool(before) and before[-1] == change.plan_id
