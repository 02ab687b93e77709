"""What has changed in delivery since the last review, and who has reported since: facts, without a word of comment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from maturity.roadmap.actions import Action
from maturity.roadmap.status import Status

FactKind = Literal["done", "late", "caught_up", "begun", "less_sure", "later", "earlier"]
KINDS: tuple[FactKind, ...] = ("late", "later", "less_sure", "caught_up", "done", "begun", "earlier")
"""In the order in which people want to hear them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An action at one moment: its status then, and the confidence in delivery that was said last."""

    action: Action
    status: Status
    confidence: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One change of one action. `days` is how late it is, or by how many days its expected finish moved; `before` and
    `after` are what moved, as text; `why` is what was said of it."""

    kind: FactKind
    code: str
    title: str
    department: str | None
    days: int = 0
    before: str = ""
    after: str = ""
    why: str = ""

    def document(self) -> dict[str, Any]:
        """The fact as a JSON document."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerUpdates:
    """An owner (`person` is an id where they come in here): the actions that were reported on since, and those that
    were not although they are under way or should be."""

    owner: str
    person: str | None
    reported: tuple[Action, ...]
    silent: tuple[Action, ...]


def facts_since(
    before: Mapping[str, Standing], after: Mapping[str, Standing], why: Mapping[str, str]
) -> tuple[Fact, ...]:
    """What changed from one moment to another, by action code; `why` is what was said last of an action. What entered
    or left the plan is told by the difference of its versions, not here."""
    found = [fact for code, now in after.items() for fact in _facts(before.get(code), now, why.get(code, ""))]
    return tuple(sorted(found, key=lambda each: (KINDS.index(each.kind), -each.days, each.code)))


def _facts(before: Standing | None, now: Standing, why: str) -> Iterable[Fact]:
    action, was = now.action, before.status.code if before else "not_started"

    def fact(kind: FactKind, days: int = 0, then: str = "", today: str = "") -> Fact:
        return Fact(
            kind=kind, code=action.code, title=action.title, department=action.department, days=days, before=then,
            after=today, why=why,
        )  # fmt: skip

    if now.status.code == "done":
        if was != "done":
            yield fact("done", today=action.done_on.isoformat() if action.done_on else "")
        return
    if now.status.code == "late" and was != "late":
        yield fact("late", now.status.days_late)
    if now.status.code != "late" and was == "late":
        yield fact("caught_up")
    if action.begun_on and not (before and before.action.begun_on):
        yield fact("begun", today=action.begun_on.isoformat())
    yield from _surer(before, now, fact)


def _surer(before: Standing | None, now: Standing, fact: Any) -> Iterable[Fact]:
    if before is None:
        return
    if before.confidence and now.confidence and now.confidence < before.confidence:
        yield fact("less_sure", 0, str(before.confidence), str(now.confidence))
    moved = (now.action.ends - before.action.ends).days
    if moved:
        kind = "later" if moved > 0 else "earlier"
        yield fact(kind, abs(moved), before.action.ends.isoformat(), now.action.ends.isoformat())


def updates_by_owner(
    actions: Iterable[Action], reported: Collection[str], since: date, today: date
) -> tuple[OwnerUpdates, ...]:
    """Who has reported and who has not, those who owe most first. Asked of are actions that are under way or should
    have begun by today and were not done before `since`; `reported` are codes."""
    owners: dict[tuple[str, str | None], tuple[list[Action], list[Action]]] = {}
    for each in actions:
        if each.done_on and each.done_on < since and each.code not in reported:
            continue
        heard, silent = owners.setdefault((each.owner, each.owner_person), ([], []))
        if each.code in reported:
            heard.append(each)
        elif each.begun_on or each.start <= today:
            silent.append(each)
    found = [
        OwnerUpdates(owner=owner, person=person, reported=tuple(heard), silent=tuple(silent))
        for (owner, person), (heard, silent) in owners.items()
        if heard or silent
    ]
    return tuple(sorted(found, key=lambda each: (-len(each.silent), each.owner, each.person or "")))
