"""What a department's values rest on where a consensus decides them: the reason, and the workshop that agreed on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.early_sight import require_shown
from maturity.operations.rounds import Round
from maturity.operations.workspace import Workspace
from maturity.storage import decided
from maturity.storage import workshops as stored

__all__ = ["Consensus", "consensus_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """A recorded consensus. `workshop` is the name of the workshop that agreed on it, None where it was recorded
    without one; `minority_view` is empty where nobody saw it otherwise."""

    level: int | None
    reason: str
    minority_view: str
    workshop: str | None
    decided_at: datetime


def consensus_of(workspace: Workspace, visitor: Visitor, round_: Round, department: str) -> dict[str, Consensus]:
    """The recorded consensus of a department by question, as whoever reads its results may know it."""
    require(visitor, "read_department_results", department, organisation=round_.organisation_id)
    require_shown(workspace, visitor, round_, department)
    with workspace.store.reading() as tx:
        every = [each for each in decided.decisions(tx, round_.id) if each.source == "consensus"]
        agreed = {matter.question: (name, matter) for name, matter in stored.settled(tx, round_.id, department)}
    found = {}
    for each in every:
        if each.department == department:
            workshop, matter = agreed.get(each.question, (None, None))
            said = matter.outcome if matter else None
            found[each.question] = Consensus(
                level=each.level,
                reason=each.reason,
                minority_view=said.minority_view if said else "",
                workshop=workshop,
                decided_at=each.decided_at,
            )
    return found
