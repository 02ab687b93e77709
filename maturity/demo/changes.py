"""What was changed in the demo's roadmap during its year, how its actions are measured, and which is which."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from maturity.demo.delivery_file import DemoDelivery, Place
from maturity.planning.catalogue import Kpi
from maturity.roadmap.actions import Action, usual_raci
from maturity.roadmap.phases import phase_of

MEASURED_WEEKS = 100
"""Actions that start later have no measured start yet, so they cannot be signed off: something is left to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of one action by whoever runs the roadmap."""

    code: str
    at: datetime
    reason: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    verb: str = "edit action"


def luck(code: str, of: str = "") -> float:
    """A share 0..1 that is always the same for the same action: no seed moves it."""
    return int.from_bytes(hashlib.sha256(f"{code}{of}".encode()).digest()[:4], "big") / 2**32


def at_ten(day: date) -> datetime:
    """Ten in the morning of a day, in UTC."""
    return datetime.combine(day, time(10), UTC)


def measured(action: Action, starts: date, sources: Sequence[str]) -> Action:
    """The action with where its KPI starts and is to go, for those that are near enough."""
    if action.kpi is None or action.start > starts + timedelta(weeks=MEASURED_WEEKS):
        return action
    first, target = _way(action.kpi, luck(action.code, "way"))
    kpi = action.kpi.model_copy(
        update={
            "baseline": first,
            "target": target,
            "due": action.finish,
            "source": sources[int(luck(action.code, "source") * len(sources))],
            "frequency": "monthly" if action.department is None else "quarterly",
            "kind": "leading" if luck(action.code, "kind") < 0.4 else "lagging",
        }
    )
    return replace(action, kpi=kpi)


def _way(kpi: Kpi, lucky: float) -> tuple[float, float]:
    """From where to where: shares of a whole, numbers out of so many, or plain counts."""
    whole = re.search(r"out of (\d+)", kpi.unit)
    most = float(whole[1]) if whole else 100.0 if kpi.unit.startswith("%") else 20.0
    low, high = round(most * (0.05 + 0.2 * lucky)), round(most * (0.75 + 0.2 * lucky))
    return (float(low), float(high)) if kpi.direction == "up" else (float(high), float(low))


def places(actions: Sequence[Action], head: str | None, today: date) -> dict[Place, str]:
    """Which action is which (see the file's head); what there is not is left out."""
    wide = sorted((each for each in actions if each.department is None), key=lambda each: (each.start, each.code))
    running = [each for each in wide if each.begun_on and not each.done_on and each.code != head]
    coming = [each for each in wide if not each.begun_on and not each.removed_on]
    done = [each for each in wide if each.done_on]
    waiting = [each for each in coming if head in each.requires]
    found: dict[Place, Action | None] = {
        "late": next((each for each in wide if each.code == head), None),
        "waits": waiting[0] if waiting else None,
        "running": max(running, key=lambda each: each.finish, default=None),
        "next": next((each for each in coming if each not in waiting), None),
        "done": max(done, key=lambda each: each.done_on or today, default=None),
        "first": wide[0] if wide else None,
    }
    return {place: each.code for place, each in found.items() if each is not None}


def edits_of(
    told: DemoDelivery, actions: Sequence[Action], starts: date, today: date, owners: Mapping[str, str],
    people: Mapping[str, str], head: str | None,
) -> tuple[Edit, ...]:  # fmt: skip
    """What was changed, the earliest first, as far as today. `people` are ids by name. What is late, and what waits for
    it, is not among them."""

    def at(week: int) -> datetime:
        return at_ten(starts + timedelta(weeks=week, days=1))

    free = [each for each in actions if each.code != head and head not in each.requires]
    found = []
    from_day = starts + timedelta(weeks=told.later.from_week)
    wide = sorted((e for e in free if e.department is None and e.start >= from_day), key=lambda e: (e.start, e.code))
    if wide:
        finish = wide[0].finish + timedelta(days=told.later.days)
        found.append(
            Edit(code=wide[0].code, at=at(told.later.week), reason=told.later.reason, changes={"finish": finish})
        )
    last = sorted((e for e in free if not _needed(e, actions)), key=lambda e: (e.start, e.finish, e.code))[-2:]
    if len(last) == 2:
        gone, stays = last[1], last[0]
        found.append(
            Edit(
                code=gone.code, at=at(told.removed.week), reason=told.removed.reason, verb="remove action",
                changes={"removed_on": at(told.removed.week).date()},
            )
        )  # fmt: skip
        name = owners.get(told.re_owned.to, told.re_owned.to)
        raci = replace(stays.raci, accountable=name)
        changes = {"owner": name, "owner_person": people.get(name), "raci": raci}
        found.append(Edit(code=stays.code, at=at(told.re_owned.week), reason=told.re_owned.reason, changes=changes))
    return tuple(sorted((each for each in found if each.at.date() < today), key=lambda each: each.at))


def _needed(action: Action, actions: Sequence[Action]) -> bool:
    return any(action.code in each.requires for each in actions)


def added_action(
    told: DemoDelivery,
    starts: date,
    owners: Mapping[str, str],
    people: Mapping[str, str],
    *,
    id: str,
    served: str | None,
) -> Action:
    """The action that people added, not begun yet."""
    added, first = told.added, starts + timedelta(weeks=told.added.starts)
    name = owners.get(added.owner, added.owner)
    return Action(
        id=id, code="added-1", title=added.title, summary=added.summary, phase=phase_of(first, starts), start=first,
        finish=first + timedelta(weeks=added.weeks, days=-3), owner=name, owner_person=people.get(name),
        raci=usual_raci(name, {}), deliverable=added.deliverable, done_when=added.done_when, effort=dict(added.effort),
        kpi=Kpi(name=added.kpi.name, unit=added.kpi.unit), origin="added", objective=served,
    )  # fmt: skip
