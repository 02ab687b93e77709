"""Plan versions: kept, put forward, approved by a person or a body, sent back; and which of them is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import Verb, require
from maturity.access.roles import Visitor
from maturity.operations.acceptance import role_ids
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import local_day
from maturity.operations.saved_plans import SavedPlan, plan, saved_plan
from maturity.operations.setup import organisations, the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.acceptance import Readiness, readiness
from maturity.roadmap.versions import Snapshot, Step, Version, VersionStep, difference, snapshot_of
from maturity.storage import acceptance as stored_acceptance
from maturity.storage import plan_versions as stored
from maturity.storage import plans as stored_plans
from maturity.storage.engine import Tx
from maturity.storage.plan_versions import GoverningBody
from maturity.storage.plans import PlanRow

__all__ = [
    "BodyDecision", "GoverningBody", "Version", "approve_version", "keep_version", "propose_version",
    "return_version", "snapshot_of_plan", "versions", "withdraw_version",
]  # fmt: skip
LONGEST_NAME = 120
NO_NAMES = frozenset({"latest", "now", "made"})
"""What stands for a plan that is no version, wherever one is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDecision:
    """A decision of a body: which, on what day, who of its members was there, and where it stands in the minutes."""

    body_id: str
    on: date
    present: tuple[str, ...]
    minute: str


def versions(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Version, ...]:
    """Every version of the organisation's plan with what became of it, the earliest first."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.versions_of(tx, mine.id)


def snapshot_of_plan(saved: SavedPlan) -> Snapshot:
    """A saved plan as it stands now, as a version of it would hold it."""
    return snapshot_of(saved.name, saved.round, saved.starts, saved.actions, saved.milestones)


def keep_version(
    workspace: Workspace, visitor: Visitor, name: str, reason: str = "", *, plan_name: str = "latest",
    organisation: str | None = None,
) -> Version:  # fmt: skip
    """Keeps the plan as it stands under a name, to compare with; nobody is asked anything."""
    return _add(workspace, visitor, name, reason, plan_name, organisation, "drafted")


def propose_version(
    workspace: Workspace, visitor: Visitor, name: str, reason: str, *, plan_name: str = "latest",
    organisation: str | None = None,
) -> Version:  # fmt: skip
    """Puts the plan as it stands forward for approval, with what is new in it and why."""
    short_text(reason, "what is new in this version, and why", least=3)
    return _add(workspace, visitor, name, reason, plan_name, organisation, "proposed")


def _add(
    workspace: Workspace, visitor: Visitor, name: str, reason: str, plan_name: str, organisation: str | None, step: Step
) -> Version:
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    called, why = _name(name), short_text(reason, "the reason")
    plan_id = UUID(plan(workspace, visitor, plan_name, mine.name).id)
    detail: dict[str, Any] = {"reason": why}

    def write(tx: Tx, now: datetime) -> str:
        tx.alone(f"versions:{mine.id}")
        if number := stored.version_named(tx, mine.id, called):
            raise Refused(f"version {number} is called {called!r} already; choose another name")
        row = stored_plans.plan_row(tx, plan_id)
        if row is None:
            raise Changed("this plan is not there any more; load the page again")
        saved = saved_plan(tx, row)
        made = stored.add_version(
            tx, mine.id, plan_id, called, why, snapshot_of_plan(saved), made_by=visitor.name, made_at=now
        )
        stored.add_step(tx, UUID(made.id), VersionStep(step=step, note="", body={}, made_by=visitor.name, made_at=now))
        detail.update({"plan": saved.name, "version": made.number, "sha256": made.sha256})
        return made.id

    verb = "propose version" if step == "proposed" else "keep version"
    made = change(workspace, visitor, write, scope=plan_scope(mine.id), verb=verb, subject=called, detail=detail)
    return _find(workspace, made)


def _name(name: str) -> str:
    called = " ".join(name.split())
    if not 1 <= len(called) <= LONGEST_NAME:
        raise Refused(f"a version's name has 1 to {LONGEST_NAME} characters, not {len(called)}; choose another")
    if not called.isprintable() or called.casefold() in NO_NAMES:
        raise Refused(f"a version cannot be called {called!r}; choose a name that people can read and tell apart")
    return called


def approve_version(
    workspace: Workspace, visitor: Visitor, version_id: str, *, note: str = "", by: BodyDecision | None = None
) -> Version:
    """Approves a proposed version as a person, or notes that a body has: what is ready of it is signed off and is the
    baseline from now on. Refused where the plan has changed since it was proposed, or nothing in it is ready."""
    organisation_id, version = _standing(workspace, visitor, version_id, "approve_plan")
    said, organisation = short_text(note, "the note"), _name_of(workspace, visitor, organisation_id)
    roles = role_ids(workspace, visitor, plan(workspace, visitor, "latest", organisation), organisation)
    detail: dict[str, Any] = {"version": version.number, "sha256": version.sha256, "note": said}

    def write(tx: Tx, now: datetime) -> None:
        tx.alone(f"versions:{organisation_id}")
        _require_proposed(tx, version_id)
        stands = saved_plan(tx, _current(tx, organisation_id))
        _require_unchanged(version, stands)
        decided = decided_by(tx, organisation_id, by, now) if by else {}
        signed = _signed(readiness(stands.actions, stored_acceptance.acceptances_of(tx, organisation_id), roles))
        stored.add_step(
            tx, UUID(version.id),
            VersionStep(step="approved", note=said, body={**decided, **signed}, made_by=visitor.name, made_at=now),
        )  # fmt: skip
        detail.update({**decided, "signed": len(signed["signed"]), "unsigned": len(signed["unsigned"])})

    change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb="approve version", subject=version.name,
        detail=detail,
    )  # fmt: skip
    return _find(workspace, version_id)


def _current(tx: Tx, organisation_id: UUID) -> PlanRow:
    found = stored_plans.current_plan(tx, organisation_id)
    assert found, "a version is of a plan in force"
    return found


def _signed(ready: Iterable[Readiness]) -> dict[str, Any]:
    """What is signed off with a version and what of its value that is; what is not, and why."""
    every = list(ready)
    signed = [each for each in every if each.ready]
    if not signed:
        raise Refused(
            "no action of this version can be signed off yet: each needs an owner who has accepted it, a deliverable, "
            "and a KPI with baseline, target, source and frequency; see what is missing on the page of versions"
        )
    return {
        "signed": [each.code for each in signed],
        "unsigned": {each.code: list(each.missing) for each in every if not each.ready},
        "share": round(sum(each.share for each in signed), 4),
    }


def _require_unchanged(version: Version, saved: SavedPlan) -> None:
    stands = snapshot_of_plan(saved)
    if stands == version.snapshot:
        return
    if stands.plan != version.snapshot.plan:
        raise Changed(
            f"the plan {stands.plan!r} has taken the place of {version.snapshot.plan!r} since version {version.number} "
            "was proposed; propose it as it stands now"
        )
    changed = difference(version.snapshot, stands)
    titles = [each.title for each in changed.changes]
    what = f"{len(titles)} of its actions differ, {titles[0]!r} first" if titles else "its milestones differ"
    raise Changed(
        f"the plan has changed since version {version.number}, {version.name!r}, was proposed: {what}. "
        "Look at the difference, then have it proposed again as it stands now"
    )


def return_version(workspace: Workspace, visitor: Visitor, version_id: str, reason: str) -> Version:
    """Sends a proposed version back with a reason."""
    return _turn(workspace, visitor, version_id, "returned", "approve_plan", reason)


def withdraw_version(workspace: Workspace, visitor: Visitor, version_id: str, reason: str) -> Version:
    """Takes a proposed version back with a reason."""
    return _turn(workspace, visitor, version_id, "withdrawn", "edit_plan", reason)


def _turn(workspace: Workspace, visitor: Visitor, version_id: str, to: Step, verb: Verb, reason: str) -> Version:
    organisation_id, version = _standing(workspace, visitor, version_id, verb)
    why = short_text(reason, "the reason", least=3)

    def write(tx: Tx, now: datetime) -> None:
        tx.alone(f"versions:{organisation_id}")
        _require_proposed(tx, version_id)
        stored.add_step(
            tx, UUID(version.id), VersionStep(step=to, note=why, body={}, made_by=visitor.name, made_at=now)
        )

    deed = "send version back" if to == "returned" else "withdraw version"
    change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb=deed, subject=version.name,
        detail={"version": version.number, "reason": why},
    )  # fmt: skip
    return _find(workspace, version_id)


def _standing(workspace: Workspace, visitor: Visitor, version_id: str, verb: Verb) -> tuple[UUID, Version]:
    require(visitor, verb, organisation=None)
    wanted = identity(version_id, "a version")
    with workspace.store.reading() as tx:
        place = stored.organisation_of_version(tx, wanted)
        if place is None:
            raise Refused("this version is in no plan of this store; go back to the versions and choose again")
        require(visitor, verb, organisation=place[0])
        return place[0], _require_proposed(tx, version_id)


def _require_proposed(tx: Tx, version_id: str) -> Version:
    found = stored.version_of(tx, UUID(version_id))
    if found is None:
        raise Refused("this version is in no plan of this store; go back to the versions and choose again")
    if found.state == "proposed":
        return found
    which = f"version {found.number}, {found.name!r},"
    if found.state == "drafted":
        raise Refused(f"{which} was only kept to compare with; propose the plan as it stands to have it approved")
    last = found.steps[-1]
    raise Changed(f"{which} was {DONE[last.step]} by {last.made_by} already; load the page again")


DONE: dict[Step, str] = {"approved": "approved", "returned": "sent back", "withdrawn": "withdrawn"}


def _find(workspace: Workspace, version_id: str) -> Version:
    with workspace.store.reading() as tx:
        found = stored.version_of(tx, UUID(version_id))
    assert found is not None, "versions are never removed"
    return found


def _name_of(workspace: Workspace, visitor: Visitor, organisation_id: UUID) -> str:
    return next(each.name for each in organisations(workspace, visitor) if each.id == organisation_id)


def decided_by(tx: Tx, organisation_id: UUID, by: BodyDecision, now: datetime) -> dict[str, Any]:
    """What is noted of a body's decision; refused without a quorum, without a minute, or for a day to come."""
    body = next((each for each in stored.bodies_of(tx, organisation_id) if each.id == by.body_id), None)
    if body is None:
        raise Refused("this body is not in the list any more; choose another or add it again")
    strangers = sorted(set(by.present) - set(body.members))
    if strangers:
        raise Refused(f"{strangers[0]} is no member of {body.name}; choose among its {len(body.members)} members")
    there = sorted(set(by.present))
    if len(there) < body.quorum:
        raise Refused(
            f"{body.name} decides with at least {body.quorum} of its {len(body.members)} members, and "
            f"{len(there)} {'was' if len(there) == 1 else 'were'} there; nothing is approved"
        )
    minute = short_text(by.minute, "where the decision stands in the minutes", least=1)
    if by.on > local_day(tx, organisation_id, now):
        raise Refused(f"{by.on} is still to come; give the day on which {body.name} decided")
    return {
        "body": body.name, "quorum": body.quorum, "members": len(body.members), "present": there,
        "on": by.on.isoformat(), "minute": minute,
    }  # fmt: skip
