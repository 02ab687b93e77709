"""Actions under way as activities of a forecast: what is left of them, how unsure it is, and what they wait for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.forecast import USUAL_HIGH, USUAL_LOW, in_order
from maturity.planning.forecast_request import Activity, Brought, Gate
from maturity.planning.plan import CapacityUse
from maturity.roadmap.actions import Action
from maturity.roadmap.bars import Baseline
from maturity.roadmap.milestones import Milestone, due_by
from maturity.roadmap.phases import quarter_window
from maturity.roadmap.progress import ProgressUpdate

FULL = 0.95
"""From this share on a city role's quarter counts as full, so that its actions keep their order."""


def activities(
    actions: Sequence[Action],
    catalogue: ActionCatalogue | None,
    starts: date,
    capacity: Iterable[CapacityUse] = (),
    reports: Iterable[ProgressUpdate] = (),
) -> tuple[Activity, ...]:
    """The actions of a plan that starts on `starts`, with what each waits for: what it requires, whoever brings about
    the level that it starts from, and, in a quarter in which a city role is full, those before it in that role's work.

    Confidence is that of the newest report that says one. Duration is taken to follow effort: its low and high are
    those of the catalogue's estimates, all roles together, as parts of the likely person-days."""
    sure = {each.code: each.confidence for each in sorted(reports, key=lambda one: one.made_at) if each.confidence}
    waits = links(actions, starts, capacity)
    return tuple(_activity(each, catalogue, starts, sure.get(each.code), waits[each.code]) for each in actions)


def _activity(
    action: Action, catalogue: ActionCatalogue | None, starts: date, confidence: int | None, after: tuple[str, ...]
) -> Activity:
    low, high = spread_of(action, catalogue)
    days = action.person_days
    return Activity(
        code=action.code,
        start=(action.start - starts).days,
        days=(action.finish - action.start).days + 1,
        low=low,
        high=high,
        confidence=confidence,
        department=action.department,
        role=max(action.effort, key=lambda role: action.effort[role], default=""),
        shares={role: share / days for role, share in action.effort.items() if share > 0} if days else {},
        phase=action.phase,
        cost=action.cost,
        after=after,
        share_done=action.percent_done / 100,
        begun=(action.begun_on - starts).days if action.begun_on else None,
        done=(action.done_on - starts).days + 1 if action.done_on else None,
        expected=(action.expected_on - starts).days + 1 if action.expected_on and not action.done_on else None,
    )


def spread_of(action: Action, catalogue: ActionCatalogue | None) -> tuple[float, float]:
    """The low and high of an action's duration as parts of its likely one; usual numbers where nobody estimated it."""
    template = catalogue.by_id.get(action.catalogue_id or "") if catalogue else None
    estimates = list(template.effort.values()) if template else []
    likely = sum(each.likely for each in estimates)
    if likely <= 0:
        return USUAL_LOW, USUAL_HIGH
    return sum(each.low for each in estimates) / likely, sum(each.high for each in estimates) / likely


def links(actions: Sequence[Action], starts: date, capacity: Iterable[CapacityUse]) -> dict[str, tuple[str, ...]]:
    """What each action waits for, by code. Levels and full roles only hold back what is planned to start after the
    other's finish, and never against the order that people's own links make."""
    by_code = {each.code: each for each in actions}
    found = {each.code: dict.fromkeys(code for code in each.requires if code in by_code) for each in actions}
    bare = [Activity(code=a.code, start=(a.start - starts).days, days=1, after=tuple(found[a.code])) for a in actions]
    turn = {actions[row].code: turn for turn, row in enumerate(in_order(bare))}
    for before, after in chain(_by_levels(actions), _by_full_roles(actions, starts, capacity)):
        if before.finish < after.start and turn[before.code] < turn[after.code]:
            found[after.code][before.code] = None
    return {code: tuple(codes) for code, codes in found.items()}


def _by_levels(actions: Sequence[Action]) -> Iterable[tuple[Action, Action]]:
    bringers = {
        (each.department, each.topic, level): action
        for action in actions
        for each in action.closes
        for level in range(each.from_level + 1, each.to_level + 1)
    }
    for action in actions:
        for each in action.closes:
            before = bringers.get((each.department, each.topic, each.from_level))
            if before is not None and before is not action:
                yield before, action


def _by_full_roles(
    actions: Sequence[Action], starts: date, capacity: Iterable[CapacityUse]
) -> Iterable[tuple[Action, Action]]:
    """Neighbours alone: what waits for the last before it waits for those before that one too."""
    for use in capacity:
        if use.department is None and use.planned > 0 and use.planned >= FULL * use.available:
            first, last = quarter_window(use.quarter, starts)
            busy = [a for a in actions if a.effort.get(use.role, 0) > 0 and a.start <= last and a.finish >= first]
            for after in busy:
                before = [each for each in busy if each.finish < after.start]
                newest = max((each.start for each in before), default=after.start)
                yield from ((each, after) for each in before if each.finish >= newest)


def brought(
    actions: Iterable[Action], levels: Mapping[tuple[str, str], int], certain: Mapping[tuple[str, str, int], float]
) -> tuple[Brought, ...]:
    """The steps above where places stand that actions bring about, and those that come on a `certain` day anyway, place
    by place and rising. Steps of places that are not among the `levels` are left out."""
    bringers: dict[tuple[str, str, int], list[str]] = {key: [] for key in certain}
    for action in actions:
        for each in action.closes:
            for level in range(each.from_level + 1, each.to_level + 1):
                bringers.setdefault((each.department, each.topic, level), []).append(action.code)
    found, standing = [], dict(levels)
    for key in sorted(bringers):
        department, topic, level = key
        if standing.get((department, topic), level) < level:
            before = standing[department, topic]
            found.append(
                Brought(
                    department=department, topic=topic, level_before=before, level=level, by=tuple(bringers[key]),
                    day=certain.get(key),
                )
            )  # fmt: skip
            standing[department, topic] = level
    return tuple(found)


def gates(
    milestones: Iterable[Milestone], actions: Sequence[Action], baseline: Baseline, starts: date
) -> tuple[Gate, ...]:
    """Each milestone with the actions whose approved finish is on its day or before; without one their own counts."""
    return tuple(
        Gate(
            id=each.id,
            on=(each.on - starts).days,
            codes=tuple(action.code for action in due_by(actions, baseline, each.on)),
        )
        for each in sorted(milestones, key=lambda one: (one.on, one.name))
    )
