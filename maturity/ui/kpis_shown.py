"""The KPIs of a plan as one visitor looks at them today: what the three parts of their page share."""

from __future__ import annotations

from dataclasses import dataclass

from maturity.access.permissions import may
from maturity.operations.kpi_readings import KpisOfPlan, kpis
from maturity.roadmap.kpis import Measured
from maturity.ui.plain_text import plain
from maturity.ui.roadmap_shown import ShownPlan

SAID = "kpis:said"
"""Where callbacks leave the sentence about what they have stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownKpis:
    """A plan with its KPIs; reread only when something was changed."""

    plan: ShownPlan
    found: KpisOfPlan

    def place(self, kpi: Measured) -> str:
        """The name of the KPI's department, "City-wide", or "Objective"."""
        if kpi.measures == "objective":
            return "Objective"
        return self.plan.names.get(kpi.department, kpi.department) if kpi.department else "City-wide"

    def may_read_in(self, kpi: Measured) -> bool:
        """Whether the visitor may add and withdraw readings of it."""
        visitor, mine = self.plan.here.visitor, self.plan.here.organisation
        organisation = mine.id if mine else None
        if kpi.measures == "objective":
            return may(visitor, "edit_plan", None, organisation)
        return may(visitor, "report_progress", kpi.department or "the whole organisation", organisation)


def shown_kpis(plan: ShownPlan) -> ShownKpis:
    """The KPIs of a plan, read once for the plan as it stands."""
    here = plan.here
    name = here.organisation.name if here.organisation else None
    found = plan.kept("kpis", lambda: kpis(here.workspace, here.visitor, plan.plan.name, name))
    return ShownKpis(plan=plan, found=found)


def named(kpi: Measured) -> str:
    """The KPI's name as it was typed."""
    return plain(kpi.name)
