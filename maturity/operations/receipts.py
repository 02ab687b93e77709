"""Receipts: what of the roadmap was done before levels rose, and which stalled action holds back which target.

Of both, only departments whose results the visitor may read, and only rounds whose time has come for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maturity.access.permissions import may
from maturity.access.roles import Visitor
from maturity.assessment.scores import RoundScores
from maturity.operations.early_sight import OVER, is_shown
from maturity.operations.local_days import local_day
from maturity.operations.rounds import Round, rounds
from maturity.operations.saved_plans import SavedPlan, find_plan
from maturity.operations.scores import earlier_scores, scores_of
from maturity.operations.setup import the_organisation
from maturity.operations.targets import targets
from maturity.operations.workspace import Workspace
from maturity.roadmap.receipts import HeldBack, Receipt, held_back, receipts, stalls
from maturity.storage import progress as stored

__all__ = ["HeldBack", "Receipt", "RoadmapReceipts", "roadmap_receipts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapReceipts:
    """`gained` are the levels that rose from the round `before` to the round `after`, which closed on `closed`; both
    are None where there are no two rounds to compare. `stalled` says what holds back which target now."""

    before: str | None = None
    after: str | None = None
    closed: date | None = None
    departments: tuple[str, ...] = ()
    gained: tuple[Receipt, ...] = ()
    stalled: tuple[HeldBack, ...] = ()


def roadmap_receipts(
    workspace: Workspace, visitor: Visitor, plan_name: str = "latest", organisation: str | None = None
) -> RoadmapReceipts:
    """Both halves for a plan; empty where there is no plan, no closed round with levels, or nothing to be seen yet."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    saved = find_plan(workspace, visitor, plan_name, mine.name)
    round_ = _newest(workspace, visitor, mine.name)
    if saved is None or round_ is None or not may(visitor, "read_department_results", organisation=mine.id):
        return RoadmapReceipts()
    now = levels_of(scores_of(workspace, visitor, round_.name, mine.name))
    with workspace.store.reading() as tx:
        today = local_day(tx, mine.id, workspace.clock())
        reports = stored.updates_of_plan(tx, UUID(saved.id))
    stalled = stalls(saved.actions, saved.baseline, reports, today)
    wanted = targets(workspace, visitor, round_)
    found = _gained(workspace, visitor, round_, saved, now, today)
    return RoadmapReceipts(
        before=found[0],
        after=round_.name if found[0] else None,
        closed=round_.closes_on if found[0] else None,
        departments=tuple(dict.fromkeys(department for department, _ in now)),
        gained=found[1],
        stalled=held_back(stalled, saved.actions, wanted, now, today),
    )


def _newest(workspace: Workspace, visitor: Visitor, organisation: str) -> Round | None:
    every = rounds(workspace, visitor, organisation)
    return next(
        (
            each
            for each in reversed(every)
            if each.status in OVER and each.framework.levels and is_shown(workspace, visitor, each)
        ),
        None,
    )


def _gained(
    workspace: Workspace, visitor: Visitor, round_: Round, saved: SavedPlan, now: dict[tuple[str, str], int],
    today: date,
) -> tuple[str | None, tuple[Receipt, ...]]:  # fmt: skip
    earlier = earlier_scores(workspace, visitor, round_)
    if earlier is None:
        return None, ()
    before, found = earlier
    every = (*saved.actions, *(each for each in saved.removed if each.done_on))
    return before.name, receipts(levels_of(found), now, every, round_.closes_on or today)


def levels_of(found: RoundScores) -> dict[tuple[str, str], int]:
    """The level reached by (department, topic), department by department; groups of departments are none."""
    own = set(found.departments)
    return {
        (str(each.place.department), str(each.place.topic)): each.level
        for each in found.by("topic")
        if each.level is not None and each.place.department in own
    }
