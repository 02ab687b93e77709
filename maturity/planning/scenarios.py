"""Scenarios: the same question under other limits, answered around the same plan and laid beside it.

All of them are planned around the plan as it is, so what differs comes of the limits and not of another search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from statistics import fmean
from typing import Any, Literal

from maturity.planning.calendar import phase_of
from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.documents import read_plan
from maturity.planning.effects import outlooks, projection
from maturity.planning.jobs import make_problem
from maturity.planning.plan import Plan
from maturity.planning.request import FIXING, Decision, PlanningError, PlanRequest, Previous

FULL_TIME = 55.0
"""Person-days a quarter of one full-time person: 13 weeks of 5 days, of which 85 % are there to be planned."""
FASTER = 1.25
FIRST_YEAR = 4
"""Quarters of the first year."""
USUAL_ROLE = "data-team"
LESS_MONEY = 0.8

Verdict = Literal["base", "same", "better", "worse", "undecided"]
Plans = Callable[[PlanRequest], Plan]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Limits that are not as they are: `key` says which scenario it is; `money` is a share of what is left of the
    budgets, `days` more (or fewer) person-days of a city role in each quarter, and nothing new starts before a day."""

    key: Literal["planned", "minimum", "fast", "less", "person", "own"]
    money: float = 1.0
    role: str | None = None
    days: float = 0.0
    not_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A plan beside the plan as it is. `share` is how much more or less it closes, `verdict` whether that is proven;
    `levels` are mean levels of all departments and topics after each of the 12 quarters, `by_department` the same by
    department; `met` of `targets` are reached in time. `enters`, `leaves` and `moves` are action ids."""

    value: float
    bound: float | None
    share: float
    verdict: Verdict
    levels: tuple[float, ...]
    by_department: Mapping[str, tuple[float, ...]]
    met: int
    targets: int
    cost: float
    unpriced: int
    person_days: float
    actions: int
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A scenario with its plan."""

    wish: Wish
    plan: Plan
    comparison: Comparison


def usual_wishes(role: str | None = None) -> tuple[Wish, ...]:
    """The scenarios that are always compared; one more person works in `role`, or where days are scarcest."""
    return (
        Wish(key="minimum"),
        Wish(key="fast"),
        Wish(key="less", money=LESS_MONEY),
        Wish(key="person", role=role, days=FULL_TIME),
    )


def changed(request: PlanRequest, wish: Wish) -> PlanRequest:
    """The question under the limits of a wish; `PlanningError` where they cannot be meant."""
    if wish.key == "minimum":
        return replace(request, budgets=_decided_money(request))
    if wish.key == "fast":
        return _fast(request)
    return _later(_more_days(_money(request, wish.money), wish), wish.not_before)


def _money(request: PlanRequest, share: float) -> PlanRequest:
    if not 0 <= share < float("inf"):
        raise PlanningError(f"a share of the budget is a number from 0 up, not {share:g}")
    if request.budgets is None:
        return request
    first, second, third, fourth = (round(share * each, 2) for each in request.budgets)
    return replace(request, budgets=(first, second, third, fourth))


def _more_days(request: PlanRequest, wish: Wish) -> PlanRequest:
    """More person-days of a role of the whole organisation; fewer never fall below 0."""
    if not wish.days or wish.role is None:
        return request
    if not any(each.role == wish.role and each.department is None for each in request.capacities):
        raise PlanningError(f"{wish.role!r} is no role of the whole organisation; choose one that is")
    return replace(
        request,
        capacities=tuple(
            replace(each, days=tuple(max(0.0, days + wish.days) for days in each.days))
            if each.role == wish.role and each.department is None
            else each
            for each in request.capacities
        ),
    )


def _later(request: PlanRequest, day: date | None) -> PlanRequest:
    """Nothing starts before a day but what people gave a date for."""
    if day is None or request.catalogue is None:
        return request
    dated = {each.code.partition("/")[0] for each in request.decisions
             if each.kind in FIXING or each.kind in ("not_before", "not_after")}  # fmt: skip
    waits = tuple(
        Decision(code=action.id, kind="not_before", start=day)
        for action in request.catalogue.actions
        if action.id not in dated
    )
    return replace(request, decisions=(*request.decisions, *waits))


def _fast(request: PlanRequest) -> PlanRequest:
    """All the money from the first day on, and a quarter more person-days in the first year."""
    budgets = request.budgets and (sum(request.budgets), 0.0, 0.0, 0.0)
    capacities = tuple(
        replace(each, days=tuple(days * (FASTER if q < FIRST_YEAR else 1.0) for q, days in enumerate(each.days)))
        for each in request.capacities
    )
    return replace(request, budgets=budgets, carry_over=True, capacities=capacities)


def _decided_money(request: PlanRequest) -> tuple[float, float, float, float]:
    """Just the money, by phase, for what is pinned or to be done in any case, and for what that requires."""
    spent = [0, 0, 0, 0]
    if request.catalogue is not None:
        problem = make_problem(request, request.catalogue)
        waiting = [i for i, job in enumerate(problem.jobs) if job.decision and not job.rejected]
        found: set[int] = set()
        while waiting:
            job = waiting.pop()
            if job not in found:
                found.add(job)
                waiting += [group[0] for group in problem.jobs[job].needs if not found.intersection(group)]
        for job in found:
            day = max(0, problem.jobs[job].opens if problem.jobs[job].pinned is None else problem.jobs[job].pinned or 0)
            spent[phase_of(day) - 1] += problem.price(job, day)
    first, second, third, fourth = (each / 100 for each in spent)
    return first, second, third, fourth


def scarcest_role(catalogue: ActionCatalogue, plan: Plan) -> str | None:
    """The role of the whole organisation of which one more person-day is worth most over all quarters, by the prices
    of a plan; without prices the data team, or the first role there is."""
    worth: dict[str, float] = {}
    for price in plan.prices:
        if price.role is not None and price.department is None:
            worth[price.role] = worth.get(price.role, 0.0) + price.worth
    city = [role.id for role in catalogue.roles if role.scope == "city"]
    if any(worth.values()):
        return max(city, key=lambda role: worth.get(role, 0.0))
    return USUAL_ROLE if USUAL_ROLE in city else next(iter(city), None)


def around_plan(request: PlanRequest, base: Plan) -> PlanRequest:
    """The question asked around a plan, of which nothing is about to begin."""
    return replace(request, previous=tuple(Previous(code=each.id, start=each.start) for each in base.actions))


def outcomes(request: PlanRequest, wishes: Sequence[Wish], make: Plans) -> Iterator[Outcome]:
    """The plan as it is and then each wish, one after the other."""
    base = make(request)
    yield Outcome(wish=Wish(key="planned"), plan=base, comparison=compare(request, base, request, base))
    for wish in wishes:
        if wish.days and wish.role is None and request.catalogue is not None:
            wish = replace(wish, role=scarcest_role(request.catalogue, base))
        asked = changed(request, wish)
        plan = make(around_plan(asked, base))
        yield Outcome(wish=wish, plan=plan, comparison=compare(request, base, asked, plan))


def compare(base_request: PlanRequest, base: Plan, request: PlanRequest, plan: Plan) -> Comparison:
    """A plan beside the plan as it is, each with its own question."""
    was, now = ({each.id: each.start for each in made.actions} for made in (base, plan))
    levels = projection(plan, request)
    costs = [each.cost for each in plan.actions]
    late = outlooks(plan, request)
    return Comparison(
        value=plan.value,
        bound=plan.upper_bound,
        share=round(plan.value / base.value - 1, 6) if base.value else 0.0,
        verdict=_verdict(base, plan) if plan is not base else "base",
        levels=_means(levels.values()),
        by_department={
            place: _means(found for (department, _), found in levels.items() if department == place)
            for place in request.departments
        },
        met=sum(each.expected is not None and each.days_late == 0 for each in late),
        targets=len(late),
        cost=round(sum(cost or 0.0 for cost in costs), 2),
        unpriced=costs.count(None),
        person_days=round(sum(sum(each.effort.values()) for each in plan.actions), 2),
        actions=len(plan.actions),
        enters=tuple(code for code in now if code not in was),
        leaves=tuple(code for code in was if code not in now),
        moves=tuple(code for code, start in was.items() if now.get(code, start) != start),
    )


def _means(levels: Any) -> tuple[float, ...]:
    return tuple(round(fmean(each), 4) for each in zip(*levels, strict=True))


def _verdict(base: Plan, plan: Plan) -> Verdict:
    """Better or worse only where the best plan under the one limits is proven to be no better than the plan found
    under the others: both plans may be some way from their best."""
    if [(each.id, each.start) for each in base.actions] == [(each.id, each.start) for each in plan.actions]:
        return "same"
    if base.upper_bound is not None and plan.value >= base.upper_bound:
        return "better"
    if plan.upper_bound is not None and base.value >= plan.upper_bound:
        return "worse"
    return "undecided"


def write_wish(wish: Wish) -> dict[str, Any]:
    """A wish in plain values."""
    return {**asdict(wish), "not_before": wish.not_before.isoformat() if wish.not_before else None}


def read_wish(written: Mapping[str, Any]) -> Wish:
    """A wish from what `write_wish` wrote."""
    day = written["not_before"]
    return Wish(**{**written, "not_before": date.fromisoformat(day) if day else None})


def write_outcome(outcome: Outcome) -> dict[str, Any]:
    """An outcome in plain lists, texts and numbers."""
    comparison = {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(outcome.comparison).items()
    }
    return {"wish": write_wish(outcome.wish), "plan": outcome.plan.as_document(), "comparison": comparison}


def read_outcome(written: Mapping[str, Any]) -> Outcome:
    """An outcome from what `write_outcome` wrote, or its JSON."""
    said: dict[str, Any] = dict(written["comparison"])
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    given["by_department"] = {place: tuple(levels) for place, levels in said["by_department"].items()}
    return Outcome(wish=read_wish(written["wish"]), plan=read_plan(written["plan"]), comparison=Comparison(**given))
