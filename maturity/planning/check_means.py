"""The checker's part on means: effort, capacity by role and quarter, cost, budget by phase."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from math import floor

from maturity.planning.catalogue import ActionCatalogue, CatalogueAction
from maturity.planning.plan import Plan, PlannedAction
from maturity.planning.request import HORIZON_WEEKS, PlanRequest
from maturity.planning.violations import Violation

Slot = tuple[str, str | None, int]
QUARTER_DAYS = 91


def check_means(request: PlanRequest, catalogue: ActionCatalogue, plan: Plan) -> Iterator[Violation]:
    """Efforts and costs as the catalogue says, no role over capacity, no phase over budget, the tables true."""
    for action in plan.actions:
        template = catalogue.by_id[action.catalogue_id]
        if dict(action.effort) != {role: estimate.likely for role, estimate in template.effort.items()}:
            yield Violation("wrong_effort", action.id)
        if _cents(action.cost) != _cents(_cost(request, template, action)):
            yield Violation("wrong_cost", action.id, {"said": action.cost})
    yield from _capacity(request, catalogue, plan)
    yield from _budget(request, plan)


def _cents(amount: float | None) -> int | None:
    return None if amount is None else round(100 * amount)


def _cost(request: PlanRequest, template: CatalogueAction, action: PlannedAction) -> float | None:
    if template.cost is None or (template.cost.one_off is None and template.cost.yearly is None):
        return None
    left = request.starts + timedelta(weeks=HORIZON_WEEKS) - action.finish - timedelta(days=1)
    once = template.cost.one_off.likely if template.cost.one_off else 0
    yearly = template.cost.yearly.likely if template.cost.yearly else 0
    return once + yearly * (left.days / 364)


def _work(request: PlanRequest, catalogue: ActionCatalogue, action: PlannedAction) -> Iterator[tuple[Slot, int]]:
    """Hundredths of person-days by role, place and quarter (from 1)."""
    for role, days in action.effort.items():
        total = round(100 * days)
        if catalogue.role[role].scope == "city":
            shares: list[tuple[str | None, int]] = [(None, total)]
        elif action.department is not None:
            shares = [(action.department, total)]
        else:
            least, more = divmod(total, max(1, len(request.departments)))
            shares = [(place, least + (i < more)) for i, place in enumerate(request.departments)]
        for place, share in shares:
            for quarter, amount in _by_quarter(request, action, share):
                yield (role, place, quarter), amount


def _by_quarter(request: PlanRequest, action: PlannedAction, total: int) -> Iterator[tuple[int, int]]:
    """Evenly over the days worked, rounded down to hundredths; the remainder falls to the last quarter."""
    worked: dict[int, int] = {}
    first = (action.start - request.starts).days
    last = (action.finish - request.starts).days
    for quarter in range(first // QUARTER_DAYS, last // QUARTER_DAYS + 1):
        begin, end = quarter * QUARTER_DAYS, (quarter + 1) * QUARTER_DAYS - 1
        worked[quarter + 1] = min(last, end) - max(first, begin) + 1
    amounts = {q: floor(Fraction(total * days, last - first + 1)) for q, days in worked.items()}
    amounts[max(amounts)] += total - sum(amounts.values())
    yield from amounts.items()


def _capacity(request: PlanRequest, catalogue: ActionCatalogue, plan: Plan) -> Iterator[Violation]:
    planned: dict[Slot, int] = {}
    for action in plan.actions:
        for slot, amount in _work(request, catalogue, action):
            planned[slot] = planned.get(slot, 0) + amount
    given = {(c.role, c.department, q): days for c in request.capacities for q, days in enumerate(c.days, 1)}
    for slot, amount in planned.items():
        if slot not in given or amount > 100 * given[slot] + 1e-6:
            yield Violation(
                "over_capacity", slot[0], {"department": slot[1], "quarter": slot[2], "planned": amount / 100}
            )
    said = {(use.role, use.department, use.quarter): use.planned for use in plan.capacity}
    for slot in planned.keys() | said.keys():
        if round(100 * said.get(slot, 0.0)) != planned.get(slot, 0):
            yield Violation("wrong_capacity", slot[0], {"department": slot[1], "quarter": slot[2]})


def _budget(request: PlanRequest, plan: Plan) -> Iterator[Violation]:
    available, planned = 0.0, 0.0
    said = {use.phase: use for use in plan.budget}
    for phase in (1, 2, 3, 4):
        costs = [action.cost for action in plan.actions if action.phase == phase]
        spent = sum(cost for cost in costs if cost is not None)
        use = said.get(phase)
        told = (use.planned, use.unpriced) if use else (0.0, 0)
        if abs(told[0] - spent) > 0.005 or told[1] != costs.count(None):
            yield Violation("wrong_budget", str(phase), {"said": told[0], "found": spent})
        if request.budgets is not None:
            carried = request.carry_over
            available = request.budgets[phase - 1] + (available if carried else 0.0)
            planned = spent + (planned if carried else 0.0)
            if planned > available + 0.005:
                yield Violation("over_budget", str(phase), {"available": available, "planned": planned})
