"""Reporting how an action goes: by the administrator, or by a department's lead for the own department."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from maturity.access.permissions import NotPermitted, Verb, require
from maturity.access.roles import Visitor
from maturity.operations.actions import ActionChanged, change_one
from maturity.operations.changes import identity, short_text
from maturity.operations.errors import Refused
from maturity.operations.local_days import in_zone, local_day
from maturity.operations.saved_plans import in_plan
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action
from maturity.roadmap.progress import ProgressUpdate, check_said, with_progress
from maturity.storage import plans as stored_plans
from maturity.storage import progress as stored
from maturity.storage.engine import Tx, new_id
from maturity.storage.plans import PlanRow
from maturity.storage.setup import zone_of

__all__ = ["ActionChanged", "ProgressUpdate", "Told", "history", "plan_history", "report_own", "report_progress"]
TEXTS = {"because": "the reason", "good": "the good thing", "next": "what is next"}
LONGEST_LINK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a report can say beside how far it is: the finish that is expected, with why it is later or why confidence
    is what it is; person-days and money used so far; one good thing, what is next, and where the deliverable is."""

    expected_on: date | None = None
    days_used: float | None = None
    cost_used: float | None = None
    because: str = ""
    good: str = ""
    next: str = ""
    deliverable_link: str = ""


def report_progress(
    workspace: Workspace,
    visitor: Visitor,
    action_id: str,
    expected_version: int,
    percent_done: float,
    begun_on: date | None = None,
    done_on: date | None = None,
    note: str = "",
    confidence: int | None = None,
    *,
    more: Told | None = None,
) -> Action:
    """Reports on an action as it was read in `expected_version`; returns it as it is now.

    The first work begins it and 100 % finishes it today, unless days are given. The same report sent twice, or one
    beside somebody else's, is refused as `ActionChanged`, which holds both versions."""
    _require_own(workspace, visitor, action_id)
    return _report(
        workspace, visitor, action_id, expected_version, percent_done, begun_on, done_on, note, confidence,
        more or Told(), "report_progress",
    )  # fmt: skip


def report_own(
    workspace: Workspace,
    visitor: Visitor,
    action_id: str,
    expected_version: int,
    percent_done: float,
    begun_on: date | None = None,
    done_on: date | None = None,
    note: str = "",
    confidence: int | None = None,
    *,
    more: Told | None = None,
) -> Action:
    """The same by the owner of the action, whatever their role is here."""
    require(visitor, "report_own", organisation=None)
    wanted = identity(action_id, "an action")
    with workspace.store.reading() as tx:
        found = stored_plans.action_of(tx, wanted)
    if found is not None and found[1].owner_person != visitor.person:
        raise NotPermitted(f"{found[1].title!r} is not yours to report on; ask its owner or the administrator")
    return _report(
        workspace, visitor, action_id, expected_version, percent_done, begun_on, done_on, note, confidence,
        more or Told(), "report_own",
    )  # fmt: skip


def _report(
    workspace: Workspace, visitor: Visitor, action_id: str, expected_version: int, percent_done: float,
    begun_on: date | None, done_on: date | None, note: str, confidence: int | None, more: Told, may_do: Verb,
) -> Action:  # fmt: skip
    said = short_text(note, "the note")
    texts = {name: short_text(getattr(more, name), what) for name, what in TEXTS.items()}
    link = _link(more.deliverable_link)

    def reported(tx: Tx, plan: PlanRow, action: Action) -> Action:
        if may_do == "report_own" and action.owner_person != visitor.person:
            raise NotPermitted(f"{action.title!r} has another owner now")
        if action.row_version == expected_version:  # else both versions are shown first
            before, why = _last_confidence(tx, action), texts["because"] or said
            check_said(action, confidence=confidence, before=before, expected_on=more.expected_on, because=why)
        today = local_day(tx, plan.organisation_id, workspace.clock())
        return with_progress(
            action, today, percent_done=float(percent_done), begun_on=begun_on, done_on=done_on,
            expected_on=more.expected_on, days_used=more.days_used, cost_used=more.cost_used, deliverable_link=link,
        )  # fmt: skip

    def keep(tx: Tx, action: Action, now: datetime) -> None:
        report = ProgressUpdate(
            id=str(new_id(now)), action_id=action.id, code=action.code, percent_done=action.percent_done,
            begun_on=action.begun_on, done_on=action.done_on, confidence=confidence, note=said,
            made_by=visitor.name, made_at=now, expected_on=action.expected_on, days_used=more.days_used,
            cost_used=more.cost_used, **texts,
        )  # fmt: skip
        stored.add_update(tx, report)

    detail = {"percent_done": percent_done, "begun_on": begun_on, "done_on": done_on, "confidence": confidence}
    return change_one(
        workspace, visitor, action_id, expected_version, reported, verb="report progress", may_do=may_do,
        detail={**detail, "note": said}, also=keep, reason=texts["because"],
    )  # fmt: skip


def _last_confidence(tx: Tx, action: Action) -> int | None:
    said = stored.updates_of_action(tx, UUID(action.id))
    return next((each.confidence for each in reversed(said) if each.confidence), None)


def _link(text: str) -> str:
    kept = " ".join(text.split())
    if len(kept) > LONGEST_LINK:
        raise Refused(
            f"the link to the deliverable has {len(kept)} characters, at most {LONGEST_LINK} are kept; shorten it"
        )
    return kept


def _require_own(workspace: Workspace, visitor: Visitor, action_id: str) -> None:
    """A city-wide action needs a role that is not limited to a department."""
    require(visitor, "report_progress", organisation=None)
    row, action = in_plan(workspace, action_id)
    department = action.department or "the whole organisation"
    require(visitor, "report_progress", department, organisation=row.organisation_id)


def history(workspace: Workspace, visitor: Visitor, action_id: str) -> tuple[ProgressUpdate, ...]:
    """Every report on one action, oldest first."""
    require(visitor, "read_roadmap", organisation=None)
    wanted = identity(action_id, "an action")
    with workspace.store.reading() as tx:
        found = stored_plans.plan_of_action(tx, wanted)
        if found is None:
            return ()
        organisation_id = found[0].organisation_id
        require(visitor, "read_roadmap", organisation=organisation_id)
        return in_own_days(tx, organisation_id, stored.updates_of_action(tx, wanted))


def plan_history(workspace: Workspace, visitor: Visitor, plan_id: str) -> tuple[ProgressUpdate, ...]:
    """Every report on the actions of a saved plan, oldest first: what `roadmap.burn_up` reads."""
    require(visitor, "read_roadmap", organisation=None)
    wanted = identity(plan_id, "a plan")
    with workspace.store.reading() as tx:
        row = stored_plans.plan_row(tx, wanted)
        if row is None:
            return ()
        require(visitor, "read_roadmap", organisation=row.organisation_id)
        return in_own_days(tx, row.organisation_id, stored.updates_of_plan(tx, wanted))


def in_own_days(tx: Tx, organisation_id: UUID, reports: tuple[ProgressUpdate, ...]) -> tuple[ProgressUpdate, ...]:
    """The same reports, their moments shown by the organisation's clocks: whoever asks one for its day gets that."""
    zone = zone_of(tx, organisation_id)
    return tuple(replace(each, made_at=in_zone(each.made_at, zone)) for each in reports)
