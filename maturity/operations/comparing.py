"""What differs between two moments of the plan: any two versions, the plan as it stands now, or as it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations.catalogues import names_of
from maturity.operations.errors import Refused
from maturity.operations.local_days import local_day
from maturity.operations.plan_versions import snapshot_of_plan
from maturity.operations.rounds import find_round
from maturity.operations.saved_plans import SavedPlan, plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.plan import Plan
from maturity.roadmap.versions import PERSON, Difference, Snapshot, Version, difference, snapshot_of
from maturity.storage import plan_versions as stored
from maturity.storage import plans as stored_plans
from maturity.storage import progress as stored_progress
from maturity.storage.engine import Tx
from maturity.storage.people import name_of
from maturity.words.messages import on_day
from maturity.words.plan_sentences import sentence
from maturity.words.scenario_sentences import move_sentence

NOW, MADE = "now", "made"
ERASED = "Erased person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A plan at one moment: the snapshot, since when it stands so, and the version that it is, if it is one."""

    snapshot: Snapshot
    at: datetime
    version: Version | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two moments of the plan and what differs from the one to the other; `people` are names for what stands in place
    of an owner who comes in here ("person:<id>")."""

    before: Moment
    after: Moment
    difference: Difference
    people: Mapping[str, str]

    def owner(self, written: str) -> str:
        """The name of an owner as a snapshot has it; an id of a role stays as it is."""
        return self.people.get(written, written)


def compare(
    workspace: Workspace, visitor: Visitor, before: str, after: str, organisation: str | None = None
) -> Difference:
    """What differs, with the reasons that people and the planner gave meanwhile. `before` and `after` are ids of
    versions, `NOW` or `MADE`."""
    return comparison(workspace, visitor, before, after, organisation).difference


def comparison(
    workspace: Workspace, visitor: Visitor, before: str, after: str, organisation: str | None = None
) -> Comparison:
    """As `compare`, with the two moments and the names of the owners."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    saved = plan(workspace, visitor, organisation=mine.name)
    names = _names(workspace, visitor, saved, mine.name)
    with workspace.store.reading() as tx:
        first, last = (_moment(tx, workspace, mine.id, saved, each) for each in (before, after))
        since, until = sorted((first.at, last.at))
        said = _given(tx, mine.id, since, until) + _planned(tx, mine.id, since, until, names)
        people = _people(tx, (first.snapshot, last.snapshot))
    reasons: dict[str, list[str]] = {}
    for code, words in said:
        if words not in reasons.setdefault(code, []):
            reasons[code].append(words)
    return Comparison(
        before=first, after=last, difference=difference(first.snapshot, last.snapshot, reasons), people=people
    )


def _moment(tx: Tx, workspace: Workspace, organisation_id: UUID, saved: SavedPlan, which: str) -> Moment:
    if which == NOW:
        return Moment(snapshot=snapshot_of_plan(saved), at=workspace.clock())
    if which == MADE:
        return Moment(snapshot=_made(tx, saved), at=saved.made_at)
    version = next((each for each in stored.versions_of(tx, organisation_id) if each.id == which), None)
    if version is None:
        raise Refused("this version is not among the organisation's; choose two from the list")
    return Moment(snapshot=version.snapshot, at=version.made_at, version=version)


def _made(tx: Tx, saved: SavedPlan) -> Snapshot:
    plan_id = UUID(saved.id)
    return snapshot_of(
        saved.name, saved.round, saved.starts, stored.first_states(tx, plan_id, saved.made_at),
        stored_progress.milestones_upto(tx, plan_id, saved.made_at),
    )  # fmt: skip


def _names(workspace: Workspace, visitor: Visitor, saved: SavedPlan, organisation: str) -> Mapping[str, str]:
    try:
        return names_of(workspace, find_round(workspace, visitor, saved.round, organisation))
    except Refused:  # the round is not there any more
        return {}


def _given(tx: Tx, organisation_id: UUID, since: datetime, until: datetime) -> list[tuple[str, str]]:
    """What people said with their changes: code and words, the earliest first."""
    return [
        (row["code"], _signed(row, on_day(local_day(tx, organisation_id, row["stated_at"]))))
        for row in stored.reasons_given(tx, organisation_id, since, until)
    ]


def unsigned_reasons(
    tx: Tx, organisation_id: UUID, since: datetime, until: datetime, names: Mapping[str, str]
) -> dict[str, list[str]]:
    """The reasons that people and the planner gave after one moment and up to another, by action code, without who
    gave them."""
    found = stored.reasons_given(tx, organisation_id, since, until)
    given = [(row["code"], str(row["reason"]).strip()) for row in found]
    reasons: dict[str, list[str]] = {}
    for code, words in given + _planned(tx, organisation_id, since, until, names):
        if words and words not in reasons.setdefault(code, []):
            reasons[code].append(words)
    return reasons


def _signed(row: Mapping[str, Any], day: str) -> str:
    who = f"{row['stated_by']}, {day}" if row["stated_by"] else day
    return f"{row['reason'].rstrip('.')} ({who})"


def _planned(
    tx: Tx, organisation_id: UUID, since: datetime, until: datetime, names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """What the planner said of the plans that followed each other: code and sentence, the earliest first."""
    made = stored.plans_made(tx, organisation_id, since, until)
    return [pair for each in made for pair in _moves(stored_plans.plan_body(tx, each), names)]


def _moves(body: Plan, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """For what enters, what it is in the plan for; its place is free anyway."""
    planned = {each.id: each for each in body.actions}
    for move in body.moves:
        action = planned.get(move.id)
        entered = move.was is None and action is not None and action.why
        yield move.id, sentence(action.why[0], names) if entered and action else move_sentence(move.reason, names)


def _people(tx: Tx, snapshots: Iterable[Snapshot]) -> dict[str, str]:
    written = {
        name
        for each in snapshots
        for action in each.actions.values()
        for name in (action["owner"], action["raci"]["accountable"], *_others(action["raci"]))
        if name.startswith(PERSON)
    }
    return {each: name_of(tx, each.removeprefix(PERSON)) or ERASED for each in sorted(written)}


def _others(raci: Mapping[str, Any]) -> Iterable[str]:
    return (name for part in ("responsible", "consulted", "informed") for name in raci[part])
