"""Reading plan versions: what was approved, and how its actions stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.changes import identity
from maturity.operations.errors import Refused
from maturity.operations.local_days import in_zone
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.plan import BudgetUse, Plan
from maturity.planning.request import PHASE_NAMES
from maturity.roadmap.actions import Action
from maturity.roadmap.milestones import Milestone
from maturity.roadmap.replan import paid_by
from maturity.roadmap.status import Status, status
from maturity.roadmap.versions import Version
from maturity.storage import plan_versions as stored_versions
from maturity.storage import plans as stored
from maturity.storage import progress as stored_progress
from maturity.storage.engine import Tx
from maturity.storage.replay import removal_moments
from maturity.storage.rounds import round_of
from maturity.storage.setup import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """A saved plan without its contents; `round` is a name, the status draft, current or past."""

    id: str
    name: str
    status: str
    round: str
    starts: date
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPlan:
    """A plan version: `body` as it was made, `actions` and `milestones` as they stand now, `baseline` the approved
    (start, finish) by action code, which lateness is measured by: as each was signed off last, else as the plan was
    made. `approved` is the version that was approved last, `removed` are actions taken out since."""

    id: str
    name: str
    status: str
    round: str
    starts: date
    made_by: str
    made_at: datetime
    body: Plan
    actions: tuple[Action, ...]
    removed: tuple[Action, ...]
    milestones: tuple[Milestone, ...]
    baseline: Mapping[str, tuple[date, date]]
    approved: Version | None = None

    def status_of(self, action: Action, today: date) -> Status:
        """How an action stands on a day: the one status of pages, reports and the public site."""
        return status(action, today, *self.baseline.get(action.code, ()))

    def action(self, code: str) -> Action:
        """The action with this code, or a refusal."""
        for each in self.actions:
            if each.code == code:
                return each
        raise Refused(f"plan {self.name!r} has no action {code!r}; choose one of its {len(self.actions)}")


def budget_uses(saved: SavedPlan) -> list[BudgetUse]:
    """What each phase of a plan may cost, as it was made with, and what the actions that it pays for cost now."""
    limits, uses = {use.phase: use.available for use in saved.body.budget}, []
    for phase in range(1, len(PHASE_NAMES) + 1):
        costs = [each.cost for each in saved.actions if paid_by(each, saved.starts) and each.phase == phase]
        planned, without = sum(cost or 0.0 for cost in costs), costs.count(None)
        uses.append(BudgetUse(phase=phase, available=limits.get(phase), planned=planned, unpriced=without))
    return uses


def paid_before(saved: SavedPlan) -> float:
    """What actions cost that started before the plan's first day: no phase of it pays for them."""
    return sum(each.cost or 0.0 for each in saved.actions if not paid_by(each, saved.starts))


def plans(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[PlanVersion, ...]:
    """Every plan version of an organisation, newest first."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return tuple(
            PlanVersion(
                id=str(row.id),
                name=row.name,
                status=row.status,
                round=round_of(tx, row.round_id).name,
                starts=row.starts,
                made_by=row.made_by,
                made_at=row.made_at,
            )
            for row in stored.plan_rows(tx, mine.id)
        )


def find_plan(
    workspace: Workspace, visitor: Visitor, name: str = "latest", organisation: str | None = None
) -> SavedPlan | None:
    """As `plan`, but None where the organisation has no plan at all yet."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        rows = stored.plan_rows(tx, mine.id)
        chosen = [row for row in rows if row.name == name or (name == "latest" and row.status == "current")]
        if not rows:
            return None
        if not chosen:
            known = ", ".join(repr(row.name) for row in rows)
            raise Refused(f"{mine.name} has no plan {name!r}; its plans are {known}")
        return saved_plan(tx, chosen[0])


def saved_plan(tx: Tx, row: stored.PlanRow) -> SavedPlan:
    """A stored plan as one transaction sees it."""
    zone, gone = zone_of(tx, row.organisation_id), removal_moments(tx, row.id)
    actions = [
        replace(each, removed_on=in_zone(gone[each.id], zone).date()) if each.id in gone else each
        for each in stored.actions_of(tx, row.id, removed=True)
    ]
    return put_together(tx, row, actions, stored_progress.milestones_of(tx, row.id))


def current_plan(tx: Tx, organisation_id: UUID) -> SavedPlan | None:
    """Inside a transaction: the plan in force as it stands, None before there is one."""
    row = stored.current_plan(tx, organisation_id)
    return saved_plan(tx, row) if row else None


def put_together(
    tx: Tx,
    row: stored.PlanRow,
    actions: Sequence[Action],
    milestones: tuple[Milestone, ...],
    upto: datetime | None = None,
) -> SavedPlan:
    """A stored plan with these actions, removed ones among them, and what it is measured by: the current one by what
    was signed off last up to a moment, also where that was of the plan before it; an earlier one by what was signed
    off of itself."""
    body = stored.plan_body(tx, row.id)
    made = {each.id: (each.start, each.finish) for each in body.actions}
    own = None if row.status == "current" else row.id
    signed = stored_versions.signed_dates(tx, row.organisation_id, of_plan=own, upto=upto)
    codes = {each.code for each in actions} | set(made)
    return SavedPlan(
        id=str(row.id),
        name=row.name,
        status=row.status,
        round=round_of(tx, row.round_id).name,
        starts=row.starts,
        made_by=row.made_by,
        made_at=row.made_at,
        body=body,
        actions=tuple(each for each in actions if not each.removed_on),
        removed=tuple(each for each in actions if each.removed_on),
        milestones=milestones,
        baseline=made | {code: dates for code, dates in signed.items() if code in codes},
        approved=stored_versions.approved(tx, row.organisation_id, of_plan=own, upto=upto),
    )


def plan(workspace: Workspace, visitor: Visitor, name: str = "latest", organisation: str | None = None) -> SavedPlan:
    """The plan of that name; "latest" is the current one. Refuses where there is none."""
    found = find_plan(workspace, visitor, name, organisation)
    if found is None:
        raise Refused("there is no plan yet; make one from the gaps and save it first")
    return found


def in_plan(workspace: Workspace, action_id: str) -> tuple[stored.PlanRow, Action]:
    """An action by its id, with the plan that it is in; one that was taken out is in none."""
    wanted = identity(action_id, "an action")
    with workspace.store.reading() as tx:
        place, found = stored.plan_of_action(tx, wanted), stored.action_of(tx, wanted)
    if place is None or found is None:
        raise Refused("this action is in no plan of this store; go back to the plan and choose again")
    return place[0], found[1]
