"""What a plan may spend: person-days by role and quarter, money by phase, with defaults until somebody decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import change, plan_scope
from maturity.operations.errors import Refused
from maturity.operations.rounds import Round
from maturity.operations.standing import Asked, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.request import PHASE_STARTS_WEEK, QUARTERS, Capacity, default_capacities
from maturity.roadmap.phases import HORIZON_WEEKS
from maturity.storage import targets as stored

Budgets = tuple[float, float, float, float]
PER_EMPLOYEE_AND_YEAR = 200.0
"""Money of the catalogue's currency; our own estimate for a mid-sized council, meant to be replaced by its budget."""
USUAL_STAFF = 150
"""People in a department that has not said how many it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Capacities of every role, and money by phase. What nobody set is a default and says so; `staff` is the count
    that the default budget was made from."""

    capacities: tuple[Capacity, ...]
    budgets: Budgets
    capacity_is_default: bool
    budget_is_default: bool
    staff: int
    currency: str


def usual_budgets(staff: int) -> Budgets:
    """A default budget: 200 per employee and year, each phase in proportion to its weeks.

    With 1,000 employees: 100,000 for each of the first two phases of half a year, 200,000 for each later one."""
    edges = (*PHASE_STARTS_WEEK, HORIZON_WEEKS)
    first, second, third, fourth = (
        round(staff * PER_EMPLOYEE_AND_YEAR * (edges[phase + 1] - edges[phase]) / 52, 2) for phase in range(4)
    )
    return first, second, third, fourth


def split_budget(total: float, budgets: Budgets) -> Budgets:
    """A whole sum over the phases, in the proportions of the organisation's own phase budgets."""
    if not isfinite(total) or total < 0:
        raise Refused(f"a budget is 0 or more, not {total:g}; mend the number")
    whole = sum(budgets)
    shares = [each / whole for each in budgets] if whole else list(usual_budgets(1_000))
    scale = total / sum(shares)
    first, second, third = (round(share * scale, 2) for share in shares[:3])
    return first, second, third, round(total - first - second - third, 2)


def resources(workspace: Workspace, visitor: Visitor, round_name: Asked) -> Resources:
    """What a plan of this round may spend."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    catalogue = catalogue_of(workspace, round_)
    with workspace.store.reading() as tx:
        chosen = stored.resources(tx, round_.id)
    usual = default_capacities(catalogue, tuple(round_.names)) if catalogue else ()
    own = {(each.role, each.department): each for each in (chosen.capacities if chosen else ())}
    staff = sum(USUAL_STAFF if each.staff is None else each.staff for each in round_.departments)
    return Resources(
        capacities=tuple(own.get((each.role, each.department), each) for each in usual),
        budgets=chosen.budgets if chosen and chosen.budgets else usual_budgets(staff),
        capacity_is_default=not own,
        budget_is_default=not (chosen and chosen.budgets),
        staff=staff,
        currency=catalogue.currency if catalogue else "EUR",
    )


def set_resources(
    workspace: Workspace,
    visitor: Visitor,
    round_name: Asked,
    capacities: Sequence[Capacity] = (),
    budgets: Budgets | None = None,
) -> None:
    """Sets person-days and money; what is left out is the default again."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    for each in capacities:
        _check_capacity(workspace, round_, each)
    if budgets is not None and not (len(budgets) == 4 and all(isfinite(each) and each >= 0 for each in budgets)):
        raise Refused(f"a budget is four amounts from 0 up, one a phase, not {budgets}; mend the numbers")
    kept = None if budgets is None else tuple(float(each) for each in budgets)
    change(
        workspace, visitor,
        lambda tx, now: stored.put_resources(tx, round_.id, tuple(capacities), kept, set_by=visitor.name, set_at=now),
        scope=plan_scope(round_.organisation_id), verb="set resources", subject=round_.name,
        detail={"capacities": len(capacities), "budgets": list(kept) if kept else None},
    )  # fmt: skip


def _check_capacity(workspace: Workspace, round_: Round, capacity: Capacity) -> None:
    catalogue = catalogue_of(workspace, round_)
    role = catalogue.role.get(capacity.role) if catalogue else None
    if role is None:
        raise Refused(f"the catalogue has no role {capacity.role!r}; choose one of its roles")
    if (capacity.department is not None) != (role.scope == "department"):
        where = "in each department" if role.scope == "department" else "once in the city"
        raise Refused(f"{role.name} exists {where}; give its person-days there")
    if capacity.department is not None and capacity.department not in round_.names:
        raise Refused(f"round {round_.name!r} has no department {capacity.department!r}")
    if len(capacity.days) != QUARTERS or not all(isfinite(days) and days >= 0 for days in capacity.days):
        raise Refused(f"{role.name} needs {QUARTERS} numbers of person-days from 0 up, one a quarter")
