"""How the demo's roadmap was delivered, on its way into the store: acceptances, versions and who approved them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from maturity.demo.changes import at_ten, luck
from maturity.demo.days import DemoDays
from maturity.demo.delivery import Delivery
from maturity.demo.delivery_file import Approved
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import plan_scope
from maturity.operations.demo_filling import Chair, in_parts
from maturity.operations.rounds import Round
from maturity.roadmap.acceptance import Acceptance, Answer, Part, readiness, terms_of
from maturity.roadmap.actions import Action
from maturity.roadmap.versions import VersionStep, snapshot_of
from maturity.storage import acceptance as stored_acceptance
from maturity.storage import plan_versions as stored
from maturity.storage.audit import record
from maturity.storage.engine import Tx
from maturity.storage.plan_versions import GoverningBody
from maturity.storage.revision import bump

ACCEPTED_WEEKS = 60
"""Whoever's action starts later was not asked yet."""
AT_ONCE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """The demo's plan in the store, with all that became of it."""

    chair: Chair
    round: Round
    days: DemoDays
    plan_id: UUID
    name: str
    delivery: Delivery

    @property
    def organisation_id(self) -> UUID:
        """Whose it is."""
        return self.round.organisation_id

    @property
    def in_charge(self) -> str:
        """Who runs it."""
        return self.chair.files.city.owners["chief-data-officer"]

    def at(self, week: int, days: int = 2) -> datetime:
        """A moment in a week of the plan."""
        return at_ten(self.days.plan_starts + timedelta(weeks=week, days=days))

    def over(self, moment: datetime) -> bool:
        """Whether a moment has passed on the day that the demo is looked at."""
        return moment.date() < self.days.today

    def actions_at(self, moment: datetime) -> tuple[Action, ...]:
        """The actions as they stood."""
        now: dict[str, Action] = {}
        for each in self.delivery.past:
            if each.at <= moment:
                now[each.action.code] = each.action
        return tuple(each for each in now.values() if not each.removed_on)

    def actor(self, name: str) -> str:
        """Who the audit trail names."""
        return self.chair.by_name.get(name, "demo")

    def owner(self, role: str) -> str:
        """Who holds a role of the catalogue."""
        return self.chair.files.city.owners.get(role, role)


def fill_versions(roadmap: Roadmap) -> None:
    """What owners and heads said, then every version with who approved it."""
    said = acceptances(roadmap)
    store = roadmap.chair.workspace.store
    for some in in_parts(said, AT_ONCE):
        store.write(_accept, roadmap, some)
    store.write(_council, roadmap)
    for told in roadmap.chair.files.delivery.versions:
        made_at = max(roadmap.at(told.week), roadmap.delivery.past[0].at + timedelta(hours=1))
        if roadmap.over(made_at):
            store.write(_version, roadmap, told, made_at, said)


def acceptances(roadmap: Roadmap) -> tuple[Acceptance, ...]:
    """Every answer, the earliest first: in the first week, and again two days after an action was changed. The owner of
    what waits for the late one refuses its new dates."""
    found: list[Acceptance] = []
    until = roadmap.days.plan_starts + timedelta(weeks=ACCEPTED_WEEKS)
    for told in roadmap.delivery.past:
        if told.verb == "report progress" or told.action.removed_on or told.action.start > until:
            continue
        later = (
            timedelta(days=2) if told.verb == "edit action" else timedelta(days=1 + 8 * luck(told.action.code, "said"))
        )
        made_at = told.at + later
        if roadmap.over(made_at):
            found += _answers(roadmap, told.action, made_at, moved=told.verb == "edit action")
    return tuple(sorted(found, key=lambda each: (each.made_at, each.code, each.part)))


def _answers(roadmap: Roadmap, action: Action, at: datetime, *, moved: bool) -> Iterable[Acceptance]:
    waits = moved and roadmap.delivery.late in action.requires
    note = roadmap.chair.files.delivery.refused.note if waits else ""
    yield _said(roadmap, action, "owner", "refused" if waits else "accepted", at, note)
    if action.department is not None:
        yield _said(roadmap, action, "head", "accepted", at + timedelta(minutes=3), "")


def _said(roadmap: Roadmap, action: Action, part: Part, answer: Answer, at: datetime, note: str) -> Acceptance:
    return Acceptance(
        id=str(roadmap.chair.new_person_id(at)), code=action.code, part=part, answer=answer,
        terms=terms_of(action, part), note=note, made_by=action.owner, made_at=at,
    )  # fmt: skip


def _accept(tx: Tx, roadmap: Roadmap, said: Sequence[Acceptance]) -> None:
    for each in said:
        stored_acceptance.add_acceptance(tx, roadmap.organisation_id, each)
        verb = "confirm days" if each.part == "head" else "answer for action"
        detail = {"answer": each.answer, "note": each.note}
        record(tx, made_at=each.made_at, actor=roadmap.actor(each.made_by), verb=verb, subject=each.code, detail=detail)
    bump(tx, plan_scope(roadmap.organisation_id))


def _council(tx: Tx, roadmap: Roadmap) -> None:
    told, at = roadmap.chair.files.delivery.council, roadmap.at(0, days=0)
    council = GoverningBody(
        id=str(roadmap.chair.new_person_id(at)), name=told.name, members=told.members, quorum=told.quorum,
        set_by=roadmap.in_charge,
    )  # fmt: skip
    stored.add_body(tx, roadmap.organisation_id, council, at)
    record(tx, made_at=at, actor=roadmap.actor(roadmap.in_charge), verb="add body", subject=told.name)


def _version(tx: Tx, roadmap: Roadmap, told: Approved, made_at: datetime, said: Sequence[Acceptance]) -> None:
    by = roadmap.in_charge
    then = roadmap.actions_at(made_at)
    snapshot = snapshot_of(
        roadmap.name, roadmap.round.name, roadmap.days.plan_starts, then, roadmap.delivery.milestones
    )
    made = stored.add_version(
        tx, roadmap.organisation_id, roadmap.plan_id, told.name, told.reason, snapshot, made_by=by, made_at=made_at
    )
    stored.add_step(tx, UUID(made.id), VersionStep(step="proposed", note="", body={}, made_by=by, made_at=made_at))
    detail = {"plan": roadmap.name, "sha256": made.sha256}
    record(tx, made_at=made_at, actor=roadmap.actor(by), verb="propose version", subject=told.name, detail=detail)
    approved_at = roadmap.at(told.approved, days=3) if told.approved is not None else None
    if approved_at and roadmap.over(approved_at):
        step = _approval(roadmap, told, approved_at, said)
        stored.add_step(tx, UUID(made.id), step)
        record(
            tx, made_at=approved_at, actor=roadmap.actor(step.made_by), verb="approve version", subject=told.name,
            detail={"version": made.number, "sha256": made.sha256},
        )  # fmt: skip
    bump(tx, plan_scope(roadmap.organisation_id))


def _approval(roadmap: Roadmap, told: Approved, at: datetime, said: Sequence[Acceptance]) -> VersionStep:
    catalogue, council = catalogue_of(roadmap.chair.workspace, roadmap.round), roadmap.chair.files.delivery.council
    roles = frozenset(each.id for each in catalogue.roles) if catalogue else frozenset()
    every = readiness(roadmap.actions_at(at), [each for each in said if each.made_at <= at], roles)
    signed = [each for each in every if each.ready]
    present = sorted(set(council.members) - set(told.absent))
    decided = {
        "body": council.name, "quorum": council.quorum, "members": len(council.members), "present": present,
        "on": at.date().isoformat(), "minute": told.minute,
    }  # fmt: skip
    return VersionStep(
        step="approved",
        note=told.note,
        body={
            **({} if told.approver else decided),
            "signed": [each.code for each in signed],
            "unsigned": {each.code: list(each.missing) for each in every if not each.ready},
            "share": round(sum(each.share for each in signed), 4),
        },
        made_by=told.approver or roadmap.in_charge,
        made_at=at,
    )
