"""What leaders have to decide, as pages show it: read once for a plan as it stands."""

from __future__ import annotations

from maturity.operations.decisions_needed import decisions_needed
from maturity.operations.leadership import DecisionFact
from maturity.ui.roadmap_shown import ShownPlan


def decisions_shown(shown: ShownPlan) -> tuple[DecisionFact, ...]:
    """Every decision that is needed, the most pressing first."""
    here = shown.here
    mine = here.organisation.name if here.organisation else None
    return shown.kept(
        "decisions",
        lambda: decisions_needed(here.workspace, here.visitor, mine, plan_name=shown.plan.name, today=shown.today),
    )
