"""Undo: the last change to an action, or the last change of plan, taken back as a change of its own.

Nothing is deleted: the history shows what was done, and that it was undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.actions import ActionChanged
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.saved_plans import SavedPlan, plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action, ActionRefused, check_action, check_dependency
from maturity.roadmap.progress import ProgressUpdate
from maturity.storage import objectives as stored_objectives
from maturity.storage import plan_versions as stored_versions
from maturity.storage import plans as stored
from maturity.storage import progress as stored_progress
from maturity.storage import replay as stored_replay
from maturity.storage.engine import Tx, new_id
from maturity.storage.plans import PlanRow, State, Stated

__all__ = ["LastChange", "PlanBefore", "last_change", "plan_before", "undo_last", "undo_replan"]
FIRST = ("save plan", "as it stood")
"""What brought an action into a plan without anybody having asked for just this one."""
REPORTED = ("percent_done", "begun_on", "done_on", "expected_on", "days_used", "cost_used")


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """The last change to an action: by which deed, who, when and why; `before` is the action as it was, None where it
    had just been added; `parts` are the names of what undoing changes. `refused` says why it cannot be undone."""

    action: Action
    before: Action | None
    stated: Stated
    parts: tuple[str, ...]
    refused: str = ""

    @property
    def reported(self) -> bool:
        """Whether it was a report, or took one back."""
        return bool(set(self.parts) & set(REPORTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBefore:
    """The plan that was in force before the current one, and since when the current one is. `refused` says why people
    cannot go back to it."""

    current: str
    before: str
    since: datetime
    by: str
    refused: str = ""


def last_change(workspace: Workspace, visitor: Visitor, action_id: str) -> LastChange | None:
    """What undoing would take back of an action, also of one that was taken out; None where nothing was changed."""
    require(visitor, "edit_plan", organisation=None)
    wanted = identity(action_id, "an action")
    with workspace.store.reading() as tx:
        row, _ = _placed(tx, visitor, wanted)
        return _last(tx, row, wanted, visitor)


def undo_last(workspace: Workspace, visitor: Visitor, action_id: str, expected_version: int) -> LastChange:
    """The action goes back to its state before the last change, as a new state; returns what was undone, with the
    action as it is now. Undoing an undo does it again. A report that is undone stays, and a new one takes it back.

    Refused where nothing was changed, where the last change was somebody else's report, and as `ActionChanged` where
    the action is not the version that was read."""
    require(visitor, "edit_plan", organisation=None)
    wanted = identity(action_id, "an action")
    with workspace.store.reading() as tx:
        row, title = _placed(tx, visitor, wanted)
        seen = _last(tx, row, wanted, visitor)

    def write(tx: Tx, now: datetime) -> LastChange:
        last = _last(tx, row, wanted, visitor)
        if last is None:
            raise Refused(f"nothing of {title!r} was changed since it came into the plan, so there is nothing to undo")
        after = last.before or replace(last.action, removed_on=local_day(tx, row.organisation_id, now))
        if last.action.row_version != expected_version:
            raise ActionChanged(last.action, replace(after, row_version=expected_version))
        if last.refused:
            raise Refused(last.refused)
        after = _fitting(tx, row, last.action, after)
        stated = Stated(at=now, by=visitor.name, verb="undo", reason=f"undone: {last.stated.verb}")
        version = stored.change_action(tx, row.id, after, expected_version, stated)
        if version is None:
            raise ActionChanged(last.action, replace(after, row_version=expected_version))
        if last.reported:
            stored_progress.add_update(tx, _taken_back(tx, last, after, visitor, now))
        return replace(last, action=replace(after, row_version=version))

    detail = {"undone": seen.stated.verb, "of": seen.stated.by, "parts": list(seen.parts)} if seen else {}
    return change(
        workspace, visitor, write, scope=plan_scope(row.organisation_id), verb="undo", subject=title, detail=detail
    )


def _placed(tx: Tx, visitor: Visitor, action_id: UUID) -> tuple[PlanRow, str]:
    place = stored.plan_of_action(tx, action_id)
    if place is None:
        raise Refused("this action is in no plan of this store; go back to the plan and choose again")
    require(visitor, "edit_plan", organisation=place[0].organisation_id)
    return place


def _last(tx: Tx, row: PlanRow, action_id: UUID, visitor: Visitor) -> LastChange | None:
    states = stored.states_of_action(tx, action_id)
    if not states or (len(states) == 1 and states[0].stated.verb in FIRST):
        return None
    now = states[-1]
    before = states[-2].action if len(states) > 1 else None
    parts = tuple(_differing(before, now.action)) if before else ("removed_on",)
    last = LastChange(action=now.action, before=before, stated=now.stated, parts=parts)
    return replace(last, refused=_why_not(row, last, visitor))


def _differing(before: Action, after: Action) -> Iterable[str]:
    for each in fields(Action):
        if each.name != "row_version" and getattr(before, each.name) != getattr(after, each.name):
            yield each.name


def _why_not(row: PlanRow, last: LastChange, visitor: Visitor) -> str:
    if row.status != "current":
        return f"the plan {row.name!r} was replaced by another one; undo in the current plan"
    if last.reported and last.stated.by != visitor.name:
        return (
            f"the last change to {last.action.title!r} was a report by {last.stated.by or 'somebody else'}; "
            "only they take it back, or you report what holds now"
        )
    return ""


def _fitting(tx: Tx, row: PlanRow, now: Action, after: Action) -> Action:
    """The earlier state as it can stand in the plan of today: what it needs must be there, and make no circle."""
    others = [each for each in stored.actions_of(tx, row.id, removed=True) if each.id != now.id]
    kept = [each for each in others if not each.removed_on]
    if after.removed_on and (waiting := [each.title for each in kept if after.code in each.requires]):
        raise Refused(f"{waiting[0]!r} depends on {after.title!r}; take that link off first")
    gone = {each.code: each.title for each in others if each.removed_on}
    if lost := [gone[code] for code in after.requires if code in gone and not after.removed_on]:
        raise Refused(f"{after.title!r} needs {lost[0]!r}, which was taken out of the plan; bring that back first")
    known = {each.id for each in stored_objectives.objectives_of(tx, row.organisation_id)}
    fitting = replace(after, objective=after.objective if after.objective in known else None)
    try:
        _check_links(kept, now, fitting)
        return check_action(fitting)
    except ActionRefused as error:
        raise Refused(str(error)) from None


def _check_links(others: list[Action], now: Action, after: Action) -> None:
    if after.removed_on:
        return
    there = {each.code for each in others}
    before = () if now.removed_on else now.requires
    linked = [code for code in after.requires if code not in before and code in there]
    standing = tuple(code for code in after.requires if code not in linked)
    for code in linked:
        check_dependency([*others, replace(after, requires=standing)], after.code, code)
        standing = (*standing, code)


def _taken_back(tx: Tx, last: LastChange, after: Action, visitor: Visitor, now: datetime) -> ProgressUpdate:
    """A report of how it stood before, with the confidence that was said last by then: the history keeps both."""
    earlier = stored_progress.updates_of_action(tx, UUID(after.id))
    states: dict[int, State] = {each.action.row_version: each for each in stored.states_of_action(tx, UUID(after.id))}
    at = states[last.before.row_version].stated.at if last.before else now
    said = [each.confidence for each in earlier if each.made_at <= at and each.confidence is not None]
    what = "Said again" if last.stated.verb == "undo" else "Taken back"
    return ProgressUpdate(
        id=str(new_id(now)), action_id=after.id, code=after.code, percent_done=after.percent_done,
        begun_on=after.begun_on, done_on=after.done_on, confidence=said[-1] if said else None,
        note=f"{what}: the report of {last.action.percent_done:g} % done" if what == "Taken back"
        else f"{what}: {after.percent_done:g} % done",
        expected_on=after.expected_on, days_used=after.days_used, cost_used=after.cost_used,
        made_by=visitor.name, made_at=now,
    )  # fmt: skip


def plan_before(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> PlanBefore | None:
    """The plan that people could go back to; None where there is none before the current one."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    with workspace.store.reading() as tx:
        found = _before(tx, mine.id)
    return found[2] if found else None


def undo_replan(
    workspace: Workspace, visitor: Visitor, reason: str, *, expected_plan: str, organisation: str | None = None
) -> SavedPlan:
    """The plan before `expected_plan`, the current one by name, is in force again; the current one becomes past and
    stays. Refused, with how many, where reports or changes were made on the current one since it is in force."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    why = short_text(reason, "the reason for going back to the plan before", least=3)

    def write(tx: Tx, now: datetime) -> str:
        found = _before(tx, mine.id)
        if found is None:
            raise Refused("there is no plan before the current one, so there is nothing to go back to")
        _, before, said = found
        if said.current != expected_plan:
            raise Changed(f"the current plan is {said.current!r} by now, not {expected_plan!r}; load the page again")
        if said.refused:
            raise Refused(said.refused)
        stored_replay.make_current(tx, mine.id, before.id)
        stored.put_in_force(tx, mine.id, before.id, visitor.name, now, why)
        return before.name

    name = change(
        workspace, visitor, write, scope=plan_scope(mine.id), verb="go back to plan before", subject=expected_plan,
        detail={"reason": why},
    )  # fmt: skip
    return plan(workspace, visitor, name, mine.name)


def _before(tx: Tx, organisation_id: UUID) -> tuple[PlanRow, PlanRow, PlanBefore] | None:
    spans = stored_replay.in_force(tx, organisation_id)
    if not spans:
        return None
    now = spans[-1]
    earlier = [each for each in spans if each.plan_id != now.plan_id]
    current = stored.plan_row(tx, now.plan_id)
    before = stored.plan_row(tx, earlier[-1].plan_id) if earlier else None
    if current is None or before is None:
        return None
    said = PlanBefore(current=current.name, before=before.name, since=now.since, by=now.by)
    return current, before, replace(said, refused=_why_kept(tx, current, now.since))


def _why_kept(tx: Tx, current: PlanRow, since: datetime) -> str:
    """What would be lost from sight with the current plan, in numbers; empty where nothing would."""
    states = [each for each in stored.states_of(tx, current.id) if each.stated.at > since]
    reports = sum(each.stated.verb == "report progress" for each in states)
    edits = len(states) - reports + stored_replay.milestone_changes(tx, current.id, since)
    if reports or edits:
        return (
            f"since {current.name!r} is in force, {_counted(reports, 'report')} and {_counted(edits, 'change')} were "
            "made on it; going back would leave them behind. Change single actions, or plan again, instead"
        )
    approved = stored_versions.approved(tx, current.organisation_id, of_plan=current.id)
    if approved and approved.approved_at and approved.approved_at > since:
        return (
            f"version {approved.number} of {current.name!r}, {approved.name!r}, was approved since it is in force; "
            "plan again and have that approved instead"
        )
    return ""


def _counted(number: int, one: str) -> str:
    return f"{number} {one if number == 1 else one + 's'}"
