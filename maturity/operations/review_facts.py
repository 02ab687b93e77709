"""What a quarterly review looks at: who has reported, what has changed since the last one, what is to be decided, what
moved in the plan, what could be promised, and what is still missing before it can be signed off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maturity.access.permissions import may, require
from maturity.access.roles import Visitor
from maturity.operations.changes import identity
from maturity.operations.editions import edition_in_force
from maturity.operations.errors import Refused
from maturity.operations.local_days import local_day
from maturity.operations.people import people
from maturity.operations.plan_versions import snapshot_of_plan
from maturity.operations.replay import plan_at
from maturity.operations.saved_plans import SavedPlan, saved_plan
from maturity.operations.setup import organisations
from maturity.operations.workspace import Workspace
from maturity.roadmap.critical_path import critical
from maturity.roadmap.editions import KeptEdition
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.quarterly_review import OpenPoint, QuarterlyReview, Suggestion, open_points, suggested
from maturity.roadmap.since_review import Fact, OwnerUpdates, Standing, facts_since, updates_by_owner
from maturity.roadmap.versions import Difference, Snapshot, Version, difference, snapshot_of
from maturity.roadmap.weeknote import Line
from maturity.storage import plan_versions as stored_versions
from maturity.storage import plans as stored_plans
from maturity.storage import quarterly_reviews as stored
from maturity.storage.engine import Tx
from maturity.storage.setup import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """All that a review looks at, on a day. `earlier` is the review that was signed off before it, `since` the moment
    that changes are counted from; `against` is the version that the plan is held to; `moved` is what differs from the
    plan as it stood when the review was opened; `proposed` and `approved` are versions made or approved since then;
    `edition` is the one that residents read."""

    review: QuarterlyReview
    earlier: QuarterlyReview | None
    since: datetime
    since_day: date
    today: date
    plan: SavedPlan
    owners: tuple[OwnerUpdates, ...]
    changes: tuple[Fact, ...]
    noted: tuple[Line, ...]
    against: Version | None
    differs: Difference | None
    moved: Difference | None
    replanned: bool
    proposed: Version | None
    approved: Version | None
    edition: KeptEdition | None
    suggestions: tuple[Suggestion, ...]
    open_points: tuple[OpenPoint, ...]

    def settled(self) -> dict[str, Any]:
        """What is noted of all this under the signatures, the hash of the edition in force among it: so it stands
        outside the chain of editions too, and a chain that was rewritten whole can be found out."""
        version = self.plan.approved
        return {
            "plan": self.plan.name,
            "since": self.since_day.isoformat(),
            "changes": [each.document() for each in self.changes],
            "noted": [
                {"kind": e.kind, "about": e.about, "text": e.text, "on": e.on.isoformat() if e.on else None}
                for e in self.noted
            ],
            "version": {"number": version.number, "name": version.name, "sha256": version.sha256} if version else None,
            "approved": self.approved is not None,
            "edition": self._edition_noted(),
            "earlier": [
                {**each.document(), "state": each.state, "explanation": each.explanation}
                for each in (self.earlier.promises if self.earlier else ())
            ],
        }

    def _edition_noted(self) -> dict[str, Any] | None:
        if self.edition is None:
            return None
        on = self.edition.edition.published_on.isoformat()
        return {"number": self.edition.number, "published_on": on, "sha256": self.edition.sha256}


def review_facts(workspace: Workspace, visitor: Visitor, review_id: str) -> ReviewFacts:
    """What a review looks at, as things stand now."""
    with workspace.store.reading() as tx:
        organisation_id, found = readable_review(tx, visitor, review_id)
        return facts_at(tx, organisation_id, found, workspace.clock())


def readable_review(tx: Tx, visitor: Visitor, review_id: str) -> tuple[UUID, QuarterlyReview]:
    """A review with its organisation, for whoever may read the roadmap there."""
    require(visitor, "read_roadmap", organisation=None)
    wanted = identity(review_id, "a review")
    organisation_id = stored.organisation_of_review(tx, wanted)
    if organisation_id is None:
        raise Refused("this review is in no plan of this store; go back to the reviews and choose again")
    require(visitor, "read_roadmap", organisation=organisation_id)
    return organisation_id, next(e for e in stored.reviews_of(tx, organisation_id) if e.id == str(wanted))


def owner_addresses(workspace: Workspace, visitor: Visitor, organisation_id: UUID) -> Mapping[str, str]:
    """The e-mail address by id of everybody who comes in here, for whoever may see people; empty for others."""
    require(visitor, "read_roadmap", organisation=organisation_id)
    if not may(visitor, "invite", organisation=organisation_id):
        return {}
    name = next(each.name for each in organisations(workspace, visitor) if each.id == organisation_id)
    known = people(workspace, visitor, name)
    return {str(each.person.id): each.person.email for each in known if each.person.email and each.person.is_here}


def facts_at(tx: Tx, organisation_id: UUID, review: QuarterlyReview, now: datetime) -> ReviewFacts:
    """What a review looks at, as one transaction sees it at a moment."""
    every, versions = stored.reviews_of(tx, organisation_id), stored_versions.versions_of(tx, organisation_id)
    earlier = next((e for e in reversed(every) if e.state == "signed_off" and e.number < review.number), None)
    row = stored_plans.current_plan(tx, organisation_id)
    assert row, "a review is of a plan in force"
    plan = saved_plan(tx, row)
    updates = stored.updates_of_organisation(tx, organisation_id)
    since = _since(earlier, versions, review, row.made_at)
    today, since_day = (local_day(tx, organisation_id, moment) for moment in (now, since))
    after = {
        each.code: Standing(action=each, status=plan.status_of(each, today), confidence=_confidence(updates, each.code))
        for each in plan.actions
    }
    before, at_opening = (_stood(tx, organisation_id, moment, updates) for moment in (since, review.opened_at))
    late = frozenset(code for code, each in after.items() if each.status.code == "late")
    snapshot = snapshot_of(plan.name, plan.round, plan.starts, plan.actions, plan.milestones)
    against = _against(earlier, versions, review)
    approved = next((v for v in reversed(versions) if v.approved_at and v.approved_at >= review.opened_at), None)
    reported = {each.code for each in updates if each.made_at > since}
    why = {each.code: " ".join((each.because or each.note).split()) for each in updates if each.made_at > since}
    return ReviewFacts(
        review=review, earlier=earlier, since=since, since_day=since_day, today=today, plan=plan,
        owners=updates_by_owner(plan.actions, reported, since_day, today),
        changes=facts_since(before[0], after, why),
        noted=noted_since(tx, organisation_id, since, since_day, plan),
        against=against,
        differs=difference(against.snapshot, snapshot, _reasons(tx, row.id, since)) if against else None,
        moved=difference(at_opening[1], snapshot, _reasons(tx, row.id, review.opened_at)) if at_opening[1] else None,
        replanned=row.made_at > review.opened_at,
        proposed=next((v for v in reversed(versions) if v.state == "proposed"), None),
        approved=approved,
        edition=edition_in_force(tx, organisation_id),
        suggestions=suggested(plan.actions, late, critical(plan.actions), review.held_on),
        open_points=open_points(review, earlier.promises if earlier else (), approved is not None),
    )  # fmt: skip


def _since(
    earlier: QuarterlyReview | None, versions: Sequence[Version], review: QuarterlyReview, made_at: datetime
) -> datetime:
    """From when on changes are counted: the sign-off of the review before; without one the last approval before this
    review was opened, else the making of the plan."""
    if earlier and earlier.signed_at:
        return earlier.signed_at
    approvals = [v.approved_at for v in versions if v.approved_at and v.approved_at < review.opened_at]
    return max(approvals, default=min(made_at, review.opened_at))


def _against(earlier: QuarterlyReview | None, versions: Sequence[Version], review: QuarterlyReview) -> Version | None:
    """The version that was in force when the last review was signed; without one, what was approved last before."""
    if earlier and earlier.version_id:
        return next((each for each in versions if each.id == earlier.version_id), None)
    approvals = [each for each in versions if each.approved_at and each.approved_at < review.opened_at]
    return max(approvals, key=lambda each: each.approved_at or review.opened_at, default=None)


def _stood(
    tx: Tx, organisation_id: UUID, at: datetime, updates: Sequence[ProgressUpdate]
) -> tuple[dict[str, Standing], Snapshot | None]:
    """Every action by code as it stood at a moment, and the plan as a version of then would hold it."""
    stood = plan_at(tx, organisation_id, at, zone_of(tx, organisation_id))
    if stood is None:
        return {}, None
    day = local_day(tx, organisation_id, at)
    then = {
        each.code: Standing(
            action=each,
            status=stood.status_of(each, day),
            confidence=_confidence([u for u in updates if u.made_at <= at], each.code),
        )
        for each in stood.actions
    }
    return then, snapshot_of_plan(stood)


def _confidence(updates: Sequence[ProgressUpdate], code: str) -> int | None:
    """The confidence in delivery that was said last of an action."""
    return next((each.confidence for each in reversed(updates) if each.code == code and each.confidence), None)


def _reasons(tx: Tx, plan_id: UUID, since: datetime) -> dict[str, list[str]]:
    """What was given as a reason for changes to actions since a moment, by code."""
    found: dict[str, list[str]] = {}
    for each in stored_plans.states_of(tx, plan_id):
        if each.stated.reason and each.stated.at > since and each.stated.reason not in found.get(each.action.code, ()):
            found.setdefault(each.action.code, []).append(each.stated.reason)
    return found


def noted_since(tx: Tx, organisation_id: UUID, since: datetime, since_day: date, plan: SavedPlan) -> tuple[Line, ...]:
    """KPI readings, risks and decisions since a moment."""
    kpis = {each.code: each.kpi.name for each in plan.actions if each.kpi}
    lines = [
        Line(kind="reading", about=kpis[each["code"]], text=f"{each['value']:,.10g}", on=each["read_on"])
        for each in stored.readings_since(tx, organisation_id, since)
        if each["code"] in kpis
    ]
    lines += [
        Line(
            kind="risk", about=each["title"],
            text=f"{each['state']}, likelihood {each['likelihood']}, impact {each['impact']}",
        )
        for each in stored.risks_since(tx, organisation_id, since)
    ]  # fmt: skip
    lines += [
        Line(kind="decided", about=each["question"], text=each["chosen"], on=each["decided_on"])
        for each in stored.decisions_since(tx, organisation_id, since_day)
    ]
    return tuple(lines)


def undecided_now(tx: Tx, organisation_id: UUID) -> tuple[Line, ...]:
    """What leaders are asked and have not decided."""
    return tuple(
        Line(
            kind="undecided", about=each["question"], who=each["decider"], text=each["recommendation"],
            on=each["needed_by"],
        )
        for each in stored.undecided(tx, organisation_id)
    )  # fmt: skip
