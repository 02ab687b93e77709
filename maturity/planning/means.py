"""What a plan may spend: hundredths of person-days by role and quarter, cents by phase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

from maturity.planning.catalogue import ActionCatalogue, CatalogueAction
from maturity.planning.request import QUARTERS, Decision, PlanningError, PlanRequest

Resource = tuple[str, str | None]
MOST = 1e9
"""Person-days in a quarter, money in a phase, weight: no organisation means a larger number."""
_FROM_0 = "a number from 0 to 1,000,000,000"


class Means:
    """The roles that work on a plan, numbered as they are met, and what each can give."""

    def __init__(self, request: PlanRequest, catalogue: ActionCatalogue) -> None:
        self.request = request
        self.catalogue = catalogue
        self.resources: list[Resource] = []
        self.capacity: list[int] = []
        self._number: dict[Resource, int] = {}
        self._given = {(each.role, each.department): each.days for each in request.capacities}

    def loads(self, action: CatalogueAction, department: str | None) -> tuple[tuple[int, int], ...]:
        """Likely effort of an action by number of the resource. What a city-wide action needs of a department role is
        shared equally by all departments."""
        found: list[tuple[int, int]] = []
        for role, days in action.likely_effort.items():
            total = round(100 * days)
            if self.catalogue.role[role].scope == "city":
                found.append((self._resource((role, None)), total))
            elif department is not None:
                found.append((self._resource((role, department)), total))
            else:
                found += self._shared(role, total)
        return tuple(load for load in found if load[1])

    def _shared(self, role: str, total: int) -> list[tuple[int, int]]:
        places = self.request.departments
        if not places:
            return []
        each, left = divmod(total, len(places))
        return [(self._resource((role, place)), each + (i < left)) for i, place in enumerate(places)]

    def _resource(self, resource: Resource) -> int:
        if resource not in self._number:
            self._number[resource] = len(self.resources)
            self.resources.append(resource)
            self.capacity += [int(100 * days + 1e-6) for days in self._days(resource)]
        return self._number[resource]

    def _days(self, resource: Resource) -> tuple[float, ...]:
        days = self._given.get(resource)
        if days is None:
            where = f" of department {resource[1]!r}" if resource[1] else ""
            raise PlanningError(
                f"role {resource[0]!r}{where} has no capacity; give its person-days for each quarter (0 is allowed)"
            )
        return days

    def budget(self) -> tuple[int, ...] | None:
        """Cents that may be spent by the end of each phase, as what one phase leaves, the next may use; without
        carry-over, in each phase."""
        if self.request.budgets is None:
            return None
        cents = [round(100 * each) for each in self.request.budgets]
        return tuple(accumulate(cents) if self.request.carry_over else cents)


def refuse_impossible(request: PlanRequest) -> None:
    """Raise `PlanningError` for numbers or departments that cannot be meant, naming the place of each."""
    known = set(request.departments)
    if len(known) < len(request.departments):
        twice = next(each for each in request.departments if request.departments.count(each) > 1)
        raise PlanningError(f"the department {twice!r} stands in the request twice; take one of them out")
    for target in request.targets:
        if target.department not in known:
            raise PlanningError(f"a target names the department {target.department!r}, which is not planned for")
    _refuse_capacities(request)
    for phase, amount in enumerate(request.budgets or (), start=1):
        if not 0 <= amount <= MOST:
            raise PlanningError(
                f"the budget of phase {phase} is {amount:g}; it must be {_FROM_0}; leave budgets out where there is "
                "no limit"
            )
    if not 0 <= request.discount < 1:
        raise PlanningError(f"the discount is a share a year from 0 to below 1, not {request.discount:g}")
    weighed = ("importance", request.importance), ("emphasis", request.emphasis), ("weight", request.department_weights)
    for name, weights in weighed:
        _refuse_weights(name, weights)
    if request.iterations < 1:
        raise PlanningError("iterations must be at least 1")
    if request.time_limit is not None and not 0 <= request.time_limit <= MOST:
        raise PlanningError(f"the time limit is {request.time_limit:g} seconds; it must be {_FROM_0}")


def _refuse_capacities(request: PlanRequest) -> None:
    given: set[Resource] = set()
    for each in request.capacities:
        where = f"role {each.role!r}" + (f" of department {each.department!r}" if each.department else "")
        if (each.role, each.department) in given:
            raise PlanningError(f"the capacity of {where} is given twice; take one of them out")
        given.add((each.role, each.department))
        if len(each.days) != QUARTERS:
            raise PlanningError(
                f"the capacity of {where} has {len(each.days)} numbers; give {QUARTERS}, one for each quarter"
            )
        for quarter, days in enumerate(each.days, start=1):
            if not 0 <= days <= MOST:
                raise PlanningError(
                    f"the capacity of {where} in quarter {quarter} is {days:g} person-days; it must be {_FROM_0}"
                )


def _refuse_weights(name: str, weights: Mapping[str, float]) -> None:
    for place, weight in weights.items():
        if not 0 <= weight <= MOST:
            raise PlanningError(f"the {name} of {place!r} is {weight:g}; it must be {_FROM_0}")


def exists(code: str, request: PlanRequest) -> bool:
    """Whether the catalogue has an action of this code, and the round the department that it names."""
    action, slash, department = code.partition("/")
    known = request.catalogue.by_id.get(action) if request.catalogue else None
    return known is not None and (not slash or (known.scope == "department" and department in request.departments))


def without_strange_codes(request: PlanRequest) -> PlanRequest:
    """The request without decisions and marks that name what is not there, or no day where one is needed."""
    return replace(
        request,
        already={code: state for code, state in request.already.items() if exists(code, request)},
        decisions=tuple(each for each in request.decisions if exists(each.code, request) and not needs_day(each)),
    )


def needs_day(decision: Decision) -> bool:
    """Whether a decision of a kind that says a day bears none."""
    return decision.start is None and decision.kind not in ("rejected", "must")


def refuse_unknown_codes(request: PlanRequest, catalogue: ActionCatalogue) -> None:
    """Raise `PlanningError` where a decision or a mark names an action or department that does not exist."""
    named = [(code, "take the mark off") for code in request.already]
    named += [(decision.code, "take the decision on it back") for decision in request.decisions]
    for code, mend in named:
        action, _, department = code.partition("/")
        if action not in catalogue.by_id:
            raise PlanningError(f"{code!r} is no action of catalogue {catalogue.id!r}; {mend}")
        if department and (catalogue.by_id[action].scope == "city" or department not in request.departments):
            raise PlanningError(f"{code!r} names a department copy that does not exist; {mend}")
    for decision in request.decisions:
        if needs_day(decision):
            raise PlanningError(f"the decision {decision.kind!r} on {decision.code!r} has no date; give one")
