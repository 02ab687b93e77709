"""A plan as it was put before people: the snapshot that is approved, what differs between two, and what it becomes.

A snapshot holds what is planned and nothing of how it goes: reports never make an approved version another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from maturity.roadmap.actions import Action
from maturity.roadmap.milestones import Milestone

Step = Literal["drafted", "proposed", "approved", "returned", "withdrawn"]
ChangeKind = Literal["entered", "left", "moved", "re_dated", "re_owned", "rewritten"]
Document = Mapping[str, Any]
PERSON = "person:"
"""In place of the name of an owner who comes in here stands this and their id: names can be erased, versions not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A plan at one moment: its name, the round it was made from, its first day; by code what is planned of each
    action, and by name what each milestone is. All of it plain texts and numbers."""

    plan: str
    round: str
    starts: date
    actions: Mapping[str, Document]
    milestones: Mapping[str, Document]

    def document(self) -> dict[str, Any]:
        """The snapshot as a JSON document; `read_snapshot` gives back an equal one."""
        return {
            "plan": self.plan,
            "round": self.round,
            "starts": self.starts.isoformat(),
            "actions": {code: dict(each) for code, each in self.actions.items()},
            "milestones": {name: dict(each) for name, each in self.milestones.items()},
        }

    @property
    def dates(self) -> dict[str, tuple[date, date]]:
        """Start and finish by action code: what lateness is measured by once the version is approved."""
        return {code: _dates(each) for code, each in self.actions.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStep:
    """What became of a version: `body` says who approved it and what of it was signed off."""

    step: Step
    note: str
    body: Document
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of the organisation's plan, numbered from 1, under a name that no other has. It never changes; what
    became of it are its steps, the earliest first."""

    id: str
    number: int
    name: str
    reason: str
    snapshot: Snapshot
    sha256: str
    made_by: str
    made_at: datetime
    steps: tuple[VersionStep, ...]

    @property
    def state(self) -> Step:
        """What became of it last."""
        return self.steps[-1].step if self.steps else "drafted"

    @property
    def approved_at(self) -> datetime | None:
        """When it was approved; None where it was not."""
        return next((each.made_at for each in reversed(self.steps) if each.step == "approved"), None)

    @property
    def signed(self) -> frozenset[str]:
        """The codes of the actions that were signed off with it."""
        steps = [each for each in self.steps if each.step == "approved"]
        return frozenset(steps[-1].body.get("signed", ())) if steps else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs in one action: `parts` are the names of what was rewritten, `later` by how many days it finishes
    later (negative: earlier). `before` is None for one that entered, `after` for one that left. `reasons` are what
    people and the planner said meanwhile."""

    code: str
    title: str
    kinds: tuple[ChangeKind, ...]
    before: Document | None
    after: Document | None
    later: int = 0
    parts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that differs between two snapshots; with the earlier one it gives the later one again (`replayed`).
    `milestones` are those that differ, by name: before and after, None where it was not there."""

    plan: str
    round: str
    starts: date
    changes: tuple[Change, ...]
    milestones: Mapping[str, tuple[Document | None, Document | None]] = field(default_factory=dict)

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(each for each in self.changes if kind in each.kinds)


def snapshot_of(
    plan: str, round_: str, starts: date, actions: Iterable[Action], milestones: Iterable[Milestone]
) -> Snapshot:
    """A plan as it stands; actions that were taken out are not in it."""
    kept = sorted((each for each in actions if not each.removed_on), key=lambda each: each.code)
    marks: dict[str, Document] = {}
    for each in sorted(milestones, key=lambda one: (one.name, one.on, one.id)):
        name = each.name
        while name in marks:  # two milestones of one name
            name = f"{name} (again)"
        marks[name] = {"on": each.on.isoformat(), "proves": each.proves}
    return Snapshot(
        plan=plan, round=round_, starts=starts, actions={each.code: planned(each) for each in kept}, milestones=marks
    )


def planned(action: Action) -> dict[str, Any]:
    """What is planned of an action, in plain texts and numbers; the name of an owner who comes in here is not in it."""

    def named(name: str) -> str:
        return f"{PERSON}{action.owner_person}" if action.owner_person and name == action.owner else name

    raci = action.raci
    return {
        "catalogue_id": action.catalogue_id,
        "department": action.department,
        "title": action.title,
        "summary": action.summary,
        "phase": action.phase,
        "start": action.start.isoformat(),
        "finish": action.finish.isoformat(),
        "owner": named(action.owner),
        "raci": {
            "accountable": named(raci.accountable),
            "responsible": [named(each) for each in raci.responsible],
            "consulted": [named(each) for each in raci.consulted],
            "informed": [named(each) for each in raci.informed],
        },
        "deliverable": action.deliverable,
        "done_when": action.done_when,
        "kpi": action.kpi.model_dump(mode="json") if action.kpi else None,
        "effort": {role: float(days) for role, days in sorted(action.effort.items())},
        "cost": None if action.cost is None else float(action.cost),
        "requires": sorted(action.requires),
        "closes": [asdict(each) for each in action.closes],
        "objective": action.objective,
        "origin": action.origin,
    }


def read_snapshot(document: Document) -> Snapshot:
    """A snapshot from what `Snapshot.document` wrote."""
    return Snapshot(
        plan=document["plan"],
        round=document["round"],
        starts=date.fromisoformat(document["starts"]),
        actions=document["actions"],
        milestones=document["milestones"],
    )


def difference(before: Snapshot, after: Snapshot, reasons: Mapping[str, Sequence[str]] | None = None) -> Difference:
    """What differs from one snapshot to a later one, by action code; `reasons` by code."""
    said = reasons or {}
    codes = sorted(before.actions.keys() | after.actions.keys())
    changes = [
        _change(code, before.actions.get(code), after.actions.get(code), said.get(code, ()))
        for code in codes
        if before.actions.get(code) != after.actions.get(code)
    ]
    names = sorted(before.milestones.keys() | after.milestones.keys())
    marks = {name: (before.milestones.get(name), after.milestones.get(name)) for name in names}
    return Difference(
        plan=after.plan,
        round=after.round,
        starts=after.starts,
        changes=tuple(changes),
        milestones={name: pair for name, pair in marks.items() if pair[0] != pair[1]},
    )


def replayed(before: Snapshot, change: Difference) -> Snapshot:
    """The later snapshot again, from the earlier one and what differs."""
    actions, marks = dict(before.actions), dict(before.milestones)
    for each in change.changes:
        _put(actions, each.code, each.after)
    for name, (_, now) in change.milestones.items():
        _put(marks, name, now)
    ordered = {code: actions[code] for code in sorted(actions)}
    return replace(
        before, plan=change.plan, round=change.round, starts=change.starts, actions=ordered, milestones=marks
    )


def _put(into: dict[str, Document], key: str, now: Document | None) -> None:
    if now is None:
        into.pop(key, None)
    else:
        into[key] = now


def _change(code: str, before: Document | None, after: Document | None, reasons: Sequence[str]) -> Change:
    either = after or before
    assert either is not None, "an action that stands in neither snapshot has not changed"
    if before is None or after is None:
        kind: ChangeKind = "entered" if before is None else "left"
        return Change(
            code=code, title=either["title"], kinds=(kind,), before=before, after=after, reasons=tuple(reasons)
        )
    differs = tuple(name for name in sorted(after.keys() | before.keys()) if before.get(name) != after.get(name))
    return Change(
        code=code,
        title=either["title"],
        kinds=tuple(_kinds(differs)),
        before=before,
        after=after,
        later=(_dates(after)[1] - _dates(before)[1]).days,
        parts=differs,
        reasons=tuple(reasons),
    )


OF_DATES, OF_OWNERS = frozenset({"start", "finish", "phase"}), frozenset({"owner", "raci"})


def _kinds(differs: Sequence[str]) -> Iterable[ChangeKind]:
    """Moved is what starts on another day, or in another phase of a plan that starts on another day itself."""
    if "start" in differs:
        yield "moved"
    elif "finish" in differs:
        yield "re_dated"
    elif "phase" in differs:
        yield "moved"
    if OF_OWNERS & set(differs):
        yield "re_owned"
    if set(differs) - OF_DATES - OF_OWNERS:
        yield "rewritten"


def _dates(document: Document) -> tuple[date, date]:
    return date.fromisoformat(document["start"]), date.fromisoformat(document["finish"])
