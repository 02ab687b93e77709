"""What a plan may spend: person-days by role and quarter, money by phase, with defaults until somebody decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite

from maturity.access.roles import Visitor
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import change, plan_scope
from maturity.operations.errors import Changed, Refused
from maturity.operations.resource_rules import amounts, check_capacity
from maturity.operations.standing import Asked, the_round
from maturity.operations.workspace import Workspace
from maturity.planning.request import PHASE_STARTS_WEEK, Capacity, default_capacities
from maturity.planning.spending import Amounts, Line, Source, Terms, compiled, money_entered
from maturity.roadmap.phases import HORIZON_WEEKS
from maturity.storage import resources as stored
from maturity.storage.engine import Tx, new_id
from maturity.storage.resources import ResourceLine

Budgets = Amounts
PER_EMPLOYEE_AND_YEAR = 200.0
"""Money of the catalogue's currency; our own estimate for a mid-sized council, meant to be replaced by its budget."""
USUAL_STAFF = 150
"""People in a department that has not said how many it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """What a plan may spend: `capacities` of every role and `budgets` by phase, all that was entered taken into
    account. What nobody set is a default and says so; `staff` is the count that the default budget was made from.

    `days` are the capacities before the calendar, partners and contingency, `entered` the money before the contingency,
    `own_days` what of the days was set by people. The versions are those of the days and the terms, 0 before the first.
    """

    capacities: tuple[Capacity, ...]
    budgets: Budgets
    capacity_is_default: bool
    budget_is_default: bool
    staff: int
    currency: str
    price_year: int | None = None
    days: tuple[Capacity, ...] = ()
    own_days: tuple[Capacity, ...] = ()
    entered: Budgets = (0.0, 0.0, 0.0, 0.0)
    lines: tuple[ResourceLine, ...] = ()
    terms: Terms = field(default_factory=Terms)
    days_version: int = 0
    terms_version: int = 0

    @property
    def said(self) -> tuple[Line, ...]:
        """What stands in the lines."""
        return tuple(each.line for each in self.lines)


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
    """What a plan of this round may spend, and what it was made from."""
    round_ = the_round(workspace, visitor, round_name, verb="read_roadmap")
    catalogue = catalogue_of(workspace, round_)
    with workspace.store.reading() as tx:
        days, lines, set_terms = (
            stored.days_of(tx, round_.id), stored.lines_of(tx, round_.id), stored.terms_of(tx, round_.id)
        )  # fmt: skip
    own = {(each.role, each.department): each for each in (days.capacities if days else ())}
    usual = default_capacities(catalogue, tuple(round_.names)) if catalogue else ()
    there = tuple(own.get((each.role, each.department), each) for each in usual)
    staff = sum(USUAL_STAFF if each.staff is None else each.staff for each in round_.departments)
    terms, said = set_terms.terms if set_terms else Terms(), [each.line for each in lines]
    capacities, budgets = compiled(usual_budgets(staff), there, said, terms)
    return Resources(
        capacities=capacities,
        budgets=budgets,
        capacity_is_default=not own,
        budget_is_default=not any(isinstance(each, Source) for each in said),
        staff=staff,
        currency=terms.currency or (catalogue.currency if catalogue else "EUR"),
        price_year=terms.price_year or (catalogue.price_year if catalogue else None),
        days=there,
        own_days=tuple(each for each in there if (each.role, each.department) in own),
        entered=money_entered(usual_budgets(staff), said),
        lines=lines,
        terms=terms,
        days_version=days.row_version if days else 0,
        terms_version=set_terms.row_version if set_terms else 0,
    )


def set_days(
    workspace: Workspace, visitor: Visitor, round_name: Asked, capacities: Sequence[Capacity], seen: int | None = None
) -> None:
    """Sets person-days in place of the usual ones; what is left out is the default again.

    With `seen`, the version that they were changed from; `Changed` where somebody else has set them since."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    catalogue = catalogue_of(workspace, round_)
    kept = tuple(check_capacity(catalogue, round_, each) for each in capacities)

    def write(tx: Tx, now: datetime) -> None:
        before = stored.days_of(tx, round_.id)
        if seen is not None and seen != (before.row_version if before else 0):
            raise Changed(
                f"{before.set_by if before else 'Somebody'} has set person-days meanwhile; "
                "what you typed still stands below: look at it, then save again"
            )
        stored.put_days(tx, round_.id, kept, set_by=visitor.name, set_at=now)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="set person-days",
        subject=round_.name, detail={"places": len(kept)},
    )  # fmt: skip


def set_resources(
    workspace: Workspace,
    visitor: Visitor,
    round_name: Asked,
    capacities: Sequence[Capacity] = (),
    budgets: Budgets | None = None,
) -> None:
    """Sets person-days, and money by phase as the one source in place of all others; what is left out is the default
    again."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    catalogue = catalogue_of(workspace, round_)
    kept = tuple(check_capacity(catalogue, round_, each) for each in capacities)
    money = None if budgets is None else amounts(budgets, "a budget")

    def write(tx: Tx, now: datetime) -> None:
        stored.put_days(tx, round_.id, kept, set_by=visitor.name, set_at=now)
        for each in stored.lines_of(tx, round_.id):
            if isinstance(each.line, Source):
                stored.change_line(tx, round_.id, each, removed_at=now)
        if money is not None:
            source = Source(name="Own budget", kind="own", amounts=money)
            fresh = ResourceLine(id=new_id(now), line=source, set_by=visitor.name, set_at=now, row_version=1)
            stored.add_line(tx, round_.id, fresh)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="set resources", subject=round_.name,
        detail={"capacities": len(kept), "budgets": list(money) if money else None},
    )  # fmt: skip
