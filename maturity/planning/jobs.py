"""Jobs: catalogue actions made concrete, once for the city or once for each department that needs them.

A city-wide action serves every department. A department's copy needs the same department's copy of what it requires;
a city-wide action that requires a department action needs one finished copy of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from maturity.planning.calendar import (
    HORIZON,
    MONTH_STARTS,
    PHASE_STARTS,
    WEEK,
    level_weeks,
    months_from,
    phase_of,
    spread,
)
from maturity.planning.catalogue import ActionCatalogue, CatalogueAction, Cost
from maturity.planning.means import Means
from maturity.planning.request import ASKING, QUARTERS, Decision, PlanningError, PlanRequest, Previous
from maturity.planning.steps import Step, code_of, find_steps, running_finish, state_of

Key = tuple[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """What a job does to one topic of one department: steps by number, once the step `floor` is reached (-1: held)."""

    floor: int
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One action that may be planned. Days count from the plan's start; `loads` are hundredths of person-days by
    number of the resource; `needs` are groups of job numbers of which one each must be finished. It starts from `opens`
    to `latest`: within its phase and the horizon, and the window that `not_before` and `not_after` leave. What the plan
    before starts sooner than its phase, which counts from the new plan's first day, may stay there."""

    code: str
    action: CatalogueAction
    department: str | None
    days: int
    opens: int
    latest: int
    loads: tuple[tuple[int, int], ...]
    needs: tuple[tuple[int, ...], ...]
    waits: int
    waits_for: str
    lifts: tuple[Lift, ...]
    rejected: bool
    decision: Decision | None
    pinned: int | None
    not_before: Decision | None = None
    not_after: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A request made countable: steps, jobs, resources (role, department) and what each can give; `worth` is the
    level-weeks of a level held from a day on, by day."""

    request: PlanRequest
    catalogue: ActionCatalogue
    steps: tuple[Step, ...]
    jobs: tuple[Job, ...]
    resources: tuple[tuple[str, str | None], ...]
    capacity: tuple[int, ...]
    budget: tuple[int, ...] | None
    providers: Mapping[int, tuple[int, ...]]
    index: Mapping[str, int]
    worth: tuple[float, ...]
    _usage: dict[tuple[int, int], tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def usage(self, job: int, start: int) -> tuple[tuple[int, int], ...]:
        """Hundredths of person-days that a job started that day takes, by resource x 12 + quarter."""
        known = self._usage.get((job, start))
        if known is None:
            days = self.jobs[job].days
            known = tuple(
                (resource * QUARTERS + quarter, amount)
                for resource, total in self.jobs[job].loads
                for quarter, amount in spread(total, start, days)
                if amount
            )
            self._usage[job, start] = known
        return known

    def months(self, first: int, last: int) -> tuple[int, ...]:
        """The days from `first` to `last` on which a job may start."""
        return months_from(first, last)

    def phases_charged(self, start: int) -> range:
        """The phases, from 0, whose money a job started that day is paid from: with carry-over all from its own on,
        as their budgets are counted from the start."""
        own = phase_of(start) - 1
        return range(own, 4 if self.request.carry_over else own + 1)

    def price(self, job: int, start: int) -> int:
        """Cents that a job started that day costs to the end of the plan; 0 where nobody has priced it."""
        return cents(self.jobs[job].action.cost, start + self.jobs[job].days)


def cents(cost: Cost | None, finish: int) -> int:
    """Money once plus yearly money from the finish to the horizon (years of 52 weeks), likely values, in cents."""
    if cost is None:
        return 0
    once = cost.one_off.likely if cost.one_off else 0.0
    yearly = cost.yearly.likely if cost.yearly else 0.0
    return round(100 * (once + yearly * (HORIZON - finish) / (52 * WEEK)))


def is_priced(cost: Cost | None) -> bool:
    """Whether anybody has put a price on it."""
    return cost is not None and (cost.one_off is not None or cost.yearly is not None)


def make_problem(request: PlanRequest, catalogue: ActionCatalogue) -> Problem:
    """The request in numbers; `PlanningError` where a role that is needed has no capacity."""
    steps = find_steps(request, catalogue)
    lifts = _find_lifts(request, catalogue, steps)
    keys = _closed(request, catalogue, lifts)
    means = Means(request, catalogue)
    index = {code_of(catalogue.by_id[action], place): i for i, (action, place) in enumerate(keys)}
    jobs = tuple(_job(request, catalogue, key, lifts.get(key, ()), keys, index, means) for key in keys)
    providers: dict[int, list[int]] = {}
    for number, job in enumerate(jobs):
        for step in (step for lift in job.lifts for step in lift.steps):
            providers.setdefault(step, []).append(number)
    return Problem(
        request=request,
        catalogue=catalogue,
        steps=steps,
        jobs=jobs,
        resources=tuple(means.resources),
        capacity=tuple(means.capacity),
        budget=means.budget(),
        providers={step: tuple(found) for step, found in providers.items()},
        index=index,
        worth=level_weeks(request.discount),
    )


def _find_lifts(
    request: PlanRequest, catalogue: ActionCatalogue, steps: tuple[Step, ...]
) -> dict[Key, tuple[Lift, ...]]:
    numbers = {(step.department, step.topic, step.level): number for number, step in enumerate(steps)}
    found: dict[Key, list[Lift]] = {}
    for action in catalogue.actions:
        for department in request.departments:
            if state_of(action, department, request.already):
                continue
            for lift in action.raises:
                levels = range(lift.from_level + 1, lift.to_level + 1)
                brought = tuple(
                    n for level in levels if (n := numbers.get((department, lift.topic, level))) is not None
                )
                if any(not steps[n].by for n in brought):
                    floor = numbers.get((department, lift.topic, lift.from_level), -1)
                    key = (action.id, None if action.scope == "city" else department)
                    found.setdefault(key, []).append(Lift(floor=floor, steps=brought))
    return {key: tuple(lifts) for key, lifts in found.items()}


def _closed(request: PlanRequest, catalogue: ActionCatalogue, lifts: Mapping[Key, tuple[Lift, ...]]) -> list[Key]:
    """The jobs that lift something, the decided ones, and all that these require, in the order of the catalogue."""
    waiting = [*lifts, *_decided(request, catalogue, lifts)]
    found: set[Key] = set()
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        for group in needed(request, catalogue, key, lifts):
            waiting.extend(group)
    order = {action.id: i for i, action in enumerate(catalogue.actions)}
    places = {department: i for i, department in enumerate(request.departments)}
    return sorted(found, key=lambda key: (order[key[0]], places.get(key[1] or "", -1)))


def _decided(request: PlanRequest, catalogue: ActionCatalogue, lifts: Mapping[Key, tuple[Lift, ...]]) -> list[Key]:
    found: list[Key] = []
    for decision in request.decisions:
        action = catalogue.by_id[decision.code.partition("/")[0]]
        if decision.kind not in ASKING:
            continue
        place = decision.code.partition("/")[2] or None
        if action.scope == "city" or place:
            found.append((action.id, place))
        elif not any(key[0] == action.id for key in lifts):
            found += [(action.id, department) for department in request.departments]
    return [key for key in found if not state_of(catalogue.by_id[key[0]], key[1], request.already)]


def needed(
    request: PlanRequest, catalogue: ActionCatalogue, key: Key, lifts: Mapping[Key, tuple[Lift, ...]]
) -> list[list[Key]]:
    """What a job requires, as groups of which one job each must be finished; nothing that is done or running."""
    groups: list[list[Key]] = []
    for required in catalogue.by_id[key[0]].requires:
        other = catalogue.by_id[required]
        if other.scope == "city":
            group: list[Key] = [(required, None)]
        elif key[1] is not None:
            group = [(required, key[1])]
        else:
            copies: list[Key] = [(required, department) for department in request.departments]
            group = [copy for copy in copies if copy in lifts or state_of(other, copy[1], request.already)] or copies
        if not any(state_of(other, place, request.already) for _, place in group):
            groups.append(group)
    return groups


def _job(
    request: PlanRequest,
    catalogue: ActionCatalogue,
    key: Key,
    lifts: tuple[Lift, ...],
    keys: list[Key],
    index: Mapping[str, int],
    means: Means,
) -> Job:
    action = catalogue.by_id[key[0]]
    days = action.duration_weeks * WEEK
    groups = needed(request, catalogue, key, dict.fromkeys(keys, ()))
    waits, waits_for = _running_need(request, catalogue, key)
    code = code_of(action, key[1])
    before = next((month_of(request, each) for each in request.previous if each.code == code), HORIZON)
    decisions: dict[str, Decision] = {d.kind: d for d in _decisions_of(request, code, action.id)}
    pin = decisions.get("pinned") or decisions.get("locked")
    opens, latest = _window(request, decisions, min(before, PHASE_STARTS[action.phase - 1]), HORIZON - days)
    if pin and pin.start:
        _refuse_contradiction(pin, decisions)
    return Job(
        code=code,
        action=action,
        department=key[1],
        days=days,
        opens=opens,
        latest=latest,
        loads=means.loads(action, key[1]),
        needs=tuple(tuple(index[code_of(catalogue.by_id[a], place)] for a, place in group) for group in groups),
        waits=waits,
        waits_for=waits_for,
        lifts=lifts,
        rejected="rejected" in decisions,
        decision=pin or decisions.get("must"),
        pinned=(pin.start - request.starts).days if pin and pin.start else None,
        not_before=decisions.get("not_before"),
        not_after=decisions.get("not_after"),
    )


def month_of(request: PlanRequest, previous: Previous) -> int:
    """The month of the plan in which an action of the earlier plan starts: plans start actions with their months."""
    day = (previous.start - request.starts).days
    return MONTH_STARTS[max(0, bisect_right(MONTH_STARTS, day) - 1)]


def _decisions_of(request: PlanRequest, code: str, action: str) -> list[Decision]:
    """The decisions on a job, those on the action in all departments first, so that the nearer one counts."""
    return [each for wanted in dict.fromkeys((action, code)) for each in request.decisions if each.code == wanted]


def _window(request: PlanRequest, decisions: Mapping[str, Decision], opens: int, latest: int) -> tuple[int, int]:
    """The first and the last day on which people let a job start, both counted from the plan's start."""
    before, after = decisions.get("not_before"), decisions.get("not_after")
    if before and before.start:
        opens = max(opens, (before.start - request.starts).days)
    if after and after.start:
        latest = min(latest, (after.start - request.starts).days)
    return opens, latest


def _refuse_contradiction(pin: Decision, decisions: Mapping[str, Decision]) -> None:
    """Raise `PlanningError` where an action is pinned outside the window that was decided for it."""
    before, after = decisions.get("not_before"), decisions.get("not_after")
    if before and before.start and pin.start and pin.start < before.start:
        said = f"not to start before {before.start}"
    elif after and after.start and pin.start and pin.start > after.start:
        said = f"not to start after {after.start}"
    else:
        return
    raise PlanningError(f"{pin.code!r} is {pin.kind} to {pin.start} but decided {said}; take one of the two back")


def _running_need(request: PlanRequest, catalogue: ActionCatalogue, key: Key) -> tuple[int, str]:
    """The day by which running prerequisites end, and the last of them."""
    last = (0, "")
    for required in catalogue.by_id[key[0]].requires:
        other = catalogue.by_id[required]
        places = [key[1]] if other.scope == "city" or key[1] else list(request.departments)
        states = {state_of(other, place, request.already) for place in places}
        if "done" not in states and "running" in states:
            last = max(last, (running_finish(other), required))
    return last
