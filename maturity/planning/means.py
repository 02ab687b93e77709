"""What a plan may spend: hundredths of person-days by role and quarter, cents by phase."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from maturity.planning.catalogue import ActionCatalogue, CatalogueAction
from maturity.planning.request import QUARTERS, PlanningError, PlanRequest

Resource = tuple[str, str | None]


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
    """Raise `PlanningError` for numbers, departments or codes that cannot be meant."""
    known = set(request.departments)
    for target in request.targets:
        if target.department not in known:
            raise PlanningError(f"a target names the department {target.department!r}, which is not planned for")
    for each in request.capacities:
        if len(each.days) != QUARTERS or not all(0 <= days < float("inf") for days in each.days):
            raise PlanningError(
                f"the capacity of role {each.role!r} must be {QUARTERS} numbers of person-days from 0 up"
            )
    if request.budgets is not None and not all(0 <= each < float("inf") for each in request.budgets):
        raise PlanningError("a phase budget must be a number from 0 up; leave budgets out where there is no limit")
    if not 0 <= request.discount < 1:
        raise PlanningError(f"the discount is a share a year from 0 to below 1, not {request.discount}")
    weighed = ("importance", request.importance), ("emphasis", request.emphasis), ("weight", request.department_weights)
    for name, weights in weighed:
        _refuse_weights(name, weights)
    if request.iterations < 1:
        raise PlanningError("iterations must be at least 1")


def _refuse_weights(name: str, weights: Mapping[str, float]) -> None:
    for place, weight in weights.items():
        if not 0 <= weight < float("inf"):
            raise PlanningError(f"the {name} of {place!r} is {weight}; it must be a number from 0 up")


def refuse_unknown_codes(request: PlanRequest, catalogue: ActionCatalogue) -> None:
    """Raise `PlanningError` where a decision or a mark names an action or department that does not exist."""
    for code in (*request.already, *(decision.code for decision in request.decisions)):
        action, _, department = code.partition("/")
        if action not in catalogue.by_id:
            raise PlanningError(f"{code!r} is no action of catalogue {catalogue.id!r}; mend the code")
        if department and (catalogue.by_id[action].scope == "city" or department not in request.departments):
            raise PlanningError(f"{code!r} names a department copy that does not exist; mend the code")
    for decision in request.decisions:
        if decision.kind not in ("rejected", "must") and decision.start is None:
            raise PlanningError(f"the decision {decision.kind!r} on {decision.code!r} has no date; give one")
