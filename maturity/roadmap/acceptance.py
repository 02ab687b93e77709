"""What has to be said of an action before it can be signed off: by its owner, by the head for the department's days.

An acceptance is of an action as it was planned then, its terms. Once these change, it is asked for again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from maturity.roadmap.actions import Action

Part = Literal["owner", "head"]
Answer = Literal["accepted", "amended", "refused"]
Stand = Literal["accepted", "amended", "refused", "changed", "asked"]
Missing = Literal[
    "owner", "deliverable", "done_when", "kpi", "kpi_baseline", "kpi_target", "kpi_source", "kpi_frequency",
    "owner_asked", "owner_amended", "owner_refused", "owner_changed", "head_asked", "head_amended", "head_refused",
    "head_changed",
]  # fmt: skip
"""Why an action cannot be signed off yet, as codes of `maturity.words`: first what is not written, then who has not
accepted. `..._changed` was accepted in other terms, `..._amended` wants others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """One answer to one action in the `terms` that it had; `wanted` are other terms that were asked for (amended)."""

    id: str
    code: str
    part: Part
    answer: Answer
    terms: Mapping[str, Any]
    wanted: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    made_by: str = ""
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How an action stands before sign-off: what its owner said, what its head said (None: no head is asked), what is
    missing, and its share of the plan's value, 0..1."""

    code: str
    owner: Stand
    head: Stand | None
    missing: tuple[Missing, ...]
    share: float

    @property
    def ready(self) -> bool:
        """Whether it can be signed off."""
        return not self.missing


def terms_of(action: Action, part: Part) -> dict[str, Any]:
    """What an acceptance is about, in plain texts and numbers: for the owner the promise, for the head the days."""
    when = {"start": action.start.isoformat(), "finish": action.finish.isoformat()}
    if part == "head":
        return {
            **when,
            "department": action.department,
            "effort": {role: action.effort[role] for role in sorted(action.effort)},
        }
    owner = f"person:{action.owner_person}" if action.owner_person else action.owner
    return {**when, "owner": owner, "deliverable": action.deliverable, "done_when": action.done_when}


def stand_of(action: Action, part: Part, said: Iterable[Acceptance]) -> Stand:
    """What was said last of this part of the action, as it counts now."""
    last = max(
        (each for each in said if each.code == action.code and each.part == part),
        key=lambda each: (each.made_at, each.id),
        default=None,
    )
    if last is None:
        return "asked"
    return last.answer if dict(last.terms) == terms_of(action, part) else "changed"


def readiness(
    actions: Iterable[Action], said: Iterable[Acceptance], roles: Collection[str] = ()
) -> tuple[Readiness, ...]:
    """How each action stands before sign-off, in their order. `roles` are ids of roles: none of them can be an owner.

    Required, after C16 of our study of complaints: owner, dates, deliverable, and a KPI with baseline, target, unit,
    source and frequency. What is done already has been delivered and needs nobody's promise."""
    every: dict[str, list[Acceptance]] = {}
    for each in said:
        every.setdefault(each.code, []).append(each)
    kept = [each for each in actions if not each.removed_on]
    whole = sum(share_of(each) for each in kept)
    return tuple(_readiness(each, every.get(each.code, ()), roles, whole) for each in kept)


def _readiness(action: Action, said: Collection[Acceptance], roles: Collection[str], whole: float) -> Readiness:
    owner = stand_of(action, "owner", said)
    head = stand_of(action, "head", said) if action.department else None
    share = share_of(action) / whole if whole else 0.0
    missing = () if action.done_on else tuple(_missing(action, owner, head, roles))
    return Readiness(code=action.code, owner=owner, head=head, missing=missing, share=share)


def _missing(action: Action, owner: Stand, head: Stand | None, roles: Collection[str]) -> Iterable[Missing]:
    if action.owner in roles or not action.owner.strip():
        yield "owner"
    if not action.deliverable.strip():
        yield "deliverable"
    if not action.done_when.strip():
        yield "done_when"
    kpi = action.kpi
    if kpi is None:
        yield "kpi"
    else:
        if kpi.baseline is None:
            yield "kpi_baseline"
        if kpi.target is None:
            yield "kpi_target"
        if not kpi.source.strip():
            yield "kpi_source"
        if kpi.frequency is None:
            yield "kpi_frequency"
    yield from _unsaid(owner, head)


def _unsaid(owner: Stand, head: Stand | None) -> Iterable[Missing]:
    of_owner: Mapping[Stand, Missing] = {
        "asked": "owner_asked", "amended": "owner_amended", "refused": "owner_refused", "changed": "owner_changed",
    }  # fmt: skip
    of_head: Mapping[Stand, Missing] = {
        "asked": "head_asked", "amended": "head_amended", "refused": "head_refused", "changed": "head_changed",
    }  # fmt: skip
    if owner in of_owner:
        yield of_owner[owner]
    if head is not None and head in of_head:
        yield of_head[head]


def share_of(action: Action) -> float:
    """The share of the plan's value that the action brings about first, 0..1, as the planner noted it with the reasons;
    0 for what only helps others, or was added by people."""
    return float(next((each.values["share"] for each in action.why if "share" in each.values), 0.0))
