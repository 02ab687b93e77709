"""What can be known before a plan is made: what cannot be meant, what can never come, and what does not fit.

Nothing is solved here: levels and prerequisites are followed as if people and money had no end, and each action is held
against the most that any quarter or phase offers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from maturity.planning.calendar import HORIZON, WEEK
from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.earliest import Earliest, circles, find_earliest
from maturity.planning.jobs import Job, Problem, is_priced, make_problem
from maturity.planning.means import exists, needs_day, refuse_impossible, without_strange_codes
from maturity.planning.request import QUARTERS, PlanningError, PlanRequest
from maturity.planning.steps import NEVER, state_of, wanted_levels

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing to know before planning: `error` keeps a plan from being made, `warning` leaves something out of it,
    `note` only explains. `code` and `values` are made a sentence by `maturity.words`; `subject` is what it is about, an
    id or empty."""

    code: str
    severity: Severity
    subject: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def advise(request: PlanRequest) -> tuple[Advice, ...]:
    """Everything that can be said of a request without planning, errors first."""
    try:
        refuse_impossible(request)
    except PlanningError as error:
        return (Advice(code="refused", severity="error", values={"said": str(error)}),)
    if request.catalogue is None:
        return (Advice(code="no_catalogue", severity="warning"),)
    found = [*_strange_codes(request, request.catalogue)]
    request = without_strange_codes(request)
    try:
        problem = make_problem(request, request.catalogue) if request.catalogue else None
    except PlanningError as error:
        return (*found, Advice(code="refused", severity="error", values={"said": str(error)}))
    if problem is not None:
        earliest = find_earliest(problem)
        for part in _PARTS:
            found += part(problem, earliest)
    return tuple(sorted(found, key=lambda each: SEVERITIES.index(each.severity)))


def _strange_codes(request: PlanRequest, catalogue: ActionCatalogue) -> Iterator[Advice]:
    for each in request.decisions:
        values = {"action": each.code, "kind": each.kind, "by": each.by, "catalogue": catalogue.name}
        if not exists(each.code, request):
            yield Advice(code="unknown_decision", severity="error", subject=each.code, values=values)
        elif needs_day(each):
            yield Advice(code="decision_without_day", severity="error", subject=each.code, values=values)
    for code in request.already:
        if not exists(code, request):
            values = {"action": code, "catalogue": catalogue.name}
            yield Advice(code="unknown_mark", severity="error", subject=code, values=values)


def _nothing(problem: Problem, earliest: Earliest) -> Iterator[Advice]:
    request = problem.request
    if not request.departments:
        yield Advice(code="no_departments", severity="note")
    elif not wanted_levels(request):
        yield Advice(code="nothing_wanted", severity="note")


def _circles(problem: Problem, earliest: Earliest) -> Iterator[Advice]:
    """Circles through prerequisites and levels, the same one in several departments once."""
    places: dict[tuple[str, ...], list[str | None]] = {}
    for circle in circles(earliest):
        names = [problem.jobs[job].action.id for job in circle]
        first = names.index(min(names))
        places.setdefault((*names[first:], *names[:first]), []).append(problem.jobs[circle[0]].department)
    for actions, departments in places.items():
        values = {"actions": actions, "departments": tuple(each for each in departments if each)}
        yield Advice(code="circle", severity="warning", subject=actions[0], values=values)


def _unreachable(problem: Problem, earliest: Earliest) -> Iterator[Advice]:
    """Targets that no chain of actions reaches, departments with the same one together."""
    wanted = wanted_levels(problem.request)
    places: dict[tuple[str, int, int, str, str], list[str]] = {}
    for number, step in enumerate(problem.steps):
        below_reached = step.below < 0 or earliest.reach[step.below] != NEVER
        if earliest.reach[number] == NEVER and below_reached:
            why, action = _why_never(problem, number)
            highest = wanted[step.department, step.topic]
            places.setdefault((step.topic, step.level - 1, highest, why, action), []).append(step.department)
    for (topic, reaches, highest, why, action), departments in places.items():
        values = {"topic": topic, "departments": tuple(departments), "reaches": reaches, "wanted": highest,
                  "why": why, "action": action}  # fmt: skip
        yield Advice(code="unreachable", severity="warning", subject=topic, values=values)


def _why_never(problem: Problem, number: int) -> tuple[str, str]:
    """Why a step never comes, and the action that it hangs on, if any."""
    step, providers = problem.steps[number], problem.providers.get(number, ())
    open_ones = [job for job in providers if not problem.jobs[job].rejected]
    if open_ones:
        return "never_starts", problem.jobs[open_ones[0]].action.id
    if providers:
        return "rejected", problem.jobs[providers[0]].action.id
    for action in problem.catalogue.actions:
        raising = any(r.topic == step.topic and r.from_level < step.level <= r.to_level for r in action.raises)
        if raising and state_of(action, step.department, problem.request.already):
            return "already_tried", action.id
    return "no_action", ""


def _too_late(problem: Problem, earliest: Earliest) -> Iterator[Advice]:
    """Steps that could be reached, but not before the plan ends, with the chain that takes so long."""
    places: dict[tuple[str, int, int, tuple[str, ...]], list[str]] = {}
    for number, step in enumerate(problem.steps):
        day = earliest.reach[number]
        if HORIZON < day < NEVER and (step.below < 0 or earliest.reach[step.below] <= HORIZON):
            chain = tuple(problem.jobs[job].action.id for job in earliest.chain_to(number))
            places.setdefault((step.topic, step.level, -(-day // WEEK), chain), []).append(step.department)
    for (topic, level, week, chain), departments in places.items():
        values = {"topic": topic, "level": level, "departments": tuple(departments), "week": week, "weeks": HORIZON
                  // WEEK, "chain": chain}  # fmt: skip
        yield Advice(code="after_horizon", severity="warning", subject=topic, values=values)


def _windows(problem: Problem, earliest: Earliest) -> Iterator[Advice]:
    """Actions that the plan has no day for: too long for what is left of it from their phase on, or closed windows."""
    said = set()
    for job in problem.jobs:
        if job.pinned is not None or job.opens <= job.latest or job.rejected or job.action.id in said:
            continue
        said.add(job.action.id)
        values: dict[str, Any] = {"action": job.action.id, "weeks": job.days // WEEK, "phase": job.action.phase}
        if job.not_after or job.not_before:
            yield Advice(code="no_day_left", severity="warning", subject=job.code, values={**values, "code": job.code})
        else:
            left = (HORIZON - job.opens) // WEEK
            yield Advice(code="too_long", severity="warning", subject=job.action.id, values={**values, "left": left})


def _people(problem: Problem, earliest: Earliest) -> Iterator[Advice]:
    """Roles without any days, and actions that need more in a quarter than any quarter has."""
    users: dict[int, list[Job]] = {}
    for job in problem.jobs:
        for resource, _ in job.loads:
            users.setdefault(resource, []).append(job)
    empty = {n: jobs for n, jobs in users.items() if not any(offered(problem, n))}
    yield from _without_days(problem, empty)
    large: dict[tuple[str, str, float, float], list[str]] = {}
    for number, job in enumerate(problem.jobs):
        for resource, total in job.loads:
            most = max(offered(problem, resource))
            if total > most > 0 and (needs := least_peak(problem, number, resource)) > most:
                role, place = problem.resources[resource]
                large.setdefault((job.action.id, role, needs / 100, most / 100), []).extend([place] if place else [])
    for (action, role, needed, there), places in large.items():
        values = {"action": action, "role": role, "needs": needed, "most": there, "departments": tuple(places)}
        yield Advice(code="too_large", severity="warning", subject=action, values=values)


def offered(problem: Problem, resource: int) -> tuple[int, ...]:
    """Hundredths of person-days that a resource has, by quarter."""
    return problem.capacity[resource * QUARTERS : (resource + 1) * QUARTERS]


def least_peak(problem: Problem, job: int, resource: int) -> int:
    """The most that a job needs of a resource in any one quarter, at the start where this is least; 0 without one."""
    made = problem.jobs[job]
    return min(
        (
            max((amount for slot, amount in problem.usage(job, start) if slot // QUARTERS == resource), default=0)
            for start in problem.months(made.opens, made.latest)
        ),
        default=0,
    )


def _without_days(problem: Problem, empty: Mapping[int, list[Job]]) -> Iterator[Advice]:
    by_role: dict[tuple[str, bool], list[int]] = {}
    for resource in empty:
        role, place = problem.resources[resource]
        by_role.setdefault((role, place is not None), []).append(resource)
    for (role, of_departments), resources in by_role.items():
        jobs = [job for resource in resources for job in empty[resource]]
        values = {
            "role": role,
            "departments": tuple(place for n in resources if (place := problem.resources[n][1])),
            "actions": len({job.action.id for job in jobs}),
            "city_wide": len({job.action.id for job in jobs if job.department is None}),
        }
        code = "department_without_days" if of_departments else "role_without_days"
        yield Advice(code=code, severity="warning", subject=role, values=values)


def _money(problem: Problem, earliest: Earliest) -> Iterator[Advice]:
    """No money at all, or actions that cost more than there ever is in one place."""
    if problem.budget is None:
        return
    most = max(problem.budget)
    prices: dict[str, int] = {}
    for number, job in enumerate(problem.jobs):
        starts = (job.opens, job.latest) if job.opens <= job.latest else ()
        cheapest = min((problem.price(number, start) for start in starts), default=0)
        prices[job.action.id] = min(cheapest, prices.get(job.action.id, cheapest))
    dear = sorted(action for action, price in prices.items() if price > most)
    if most == 0 and prices:
        unpriced = {job.action.id for job in problem.jobs if not is_priced(job.action.cost)}
        counts = {"actions": len(prices), "free": len(prices) - len(dear), "unpriced": len(unpriced)}
        yield Advice(code="no_money", severity="warning", values=counts)
        return
    for action in dear:
        values = {"action": action, "cost": prices[action] / 100, "most": most / 100,
                  "whole": problem.request.carry_over, "currency": problem.catalogue.currency}  # fmt: skip
        yield Advice(code="too_expensive", severity="warning", subject=action, values=values)


def _credit(problem: Problem, earliest: Earliest) -> Iterator[Advice]:
    """What actions bring beyond the targets or to some departments only, and targets that are set twice."""
    wanted, request = wanted_levels(problem.request), problem.request
    beyond, helped = set(), {}
    for job in problem.jobs:
        places = {problem.steps[step].department for lift in job.lifts for step in lift.steps}
        topics = {(problem.steps[n].department, problem.steps[n].topic) for lift in job.lifts for n in lift.steps}
        if any(r.to_level > wanted[place] for place in topics for r in job.action.raises if r.topic == place[1]):
            beyond.add(job.action.id)
        if job.action.scope == "city" and 0 < len(places) < len(request.departments):
            helped[job.action.id] = len(places)
    if beyond:
        yield Advice(code="beyond_target", severity="note", values={"actions": tuple(sorted(beyond))})
    if helped:
        values = {"actions": tuple(sorted(helped.items())), "departments": len(request.departments)}
        yield Advice(code="helps_some", severity="note", values=values)
    for department, topic, level in _twice((t.department, t.topic, t.level) for t in request.targets):
        values = {"department": department, "topic": topic, "level": level}
        yield Advice(code="target_twice", severity="note", subject=topic, values=values)


def _twice(found: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    seen: dict[tuple[str, str, int], int] = {}
    for each in found:
        seen[each] = seen.get(each, 0) + 1
    return [each for each, times in seen.items() if times > 1]


_PARTS: tuple[Callable[[Problem, Earliest], Iterator[Advice]], ...] = (
    _nothing, _circles, _unreachable, _too_late, _windows, _people, _money, _credit,
)  # fmt: skip
