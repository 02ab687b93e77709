"""The roadmap as a poster of its four phases, for the wall: one HTML file to print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from maturity.access.roles import Visitor
from maturity.operations.catalogues import names_of
from maturity.operations.errors import Refused
from maturity.operations.local_days import local_day
from maturity.operations.objectives import objectives
from maturity.operations.rounds import find_round
from maturity.operations.saved_plans import SavedPlan, plan
from maturity.operations.setup import Organisation, the_organisation
from maturity.operations.workspace import Workspace
from maturity.publishing.poster import Poster, PosterPhase, PosterRow, poster_page
from maturity.roadmap.bars import Row, fold_departments
from maturity.roadmap.milestones import milestone_stands
from maturity.roadmap.phases import phase_of, phases
from maturity.roadmap.status import joint_status
from maturity.words.progress_sentences import measured_by

__all__ = ["poster"]


def poster(workspace: Workspace, visitor: Visitor, plan_name: str = "latest", organisation: str | None = None) -> str:
    """The poster of a plan as it stands today, as HTML."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    saved = plan(workspace, visitor, plan_name, mine.name)
    with workspace.store.reading() as tx:
        today = local_day(tx, mine.id, workspace.clock())
    names = _names(workspace, visitor, saved, mine)
    goals = tuple(each.name for each in objectives(workspace, visitor, mine.name))
    made = Poster(
        organisation=mine.name, plan=saved.name, approval=approval_of(saved), objectives=goals,
        phases=_phases(saved, names, today), as_of=today,
    )  # fmt: skip
    return poster_page(made)


def approval_of(saved: SavedPlan) -> str:
    """Which version in force lateness is measured by, as a sentence."""
    version = saved.approved
    if version is None or version.approved_at is None:
        return measured_by(None, None, None, 0, 0)
    step = next(each for each in reversed(version.steps) if each.step == "approved")
    by = str(step.body.get("body") or step.made_by)
    signed = sum(each.code in version.signed for each in saved.actions)
    return measured_by(f"version {version.number}, “{version.name}”", by, step.made_at, signed, len(saved.actions))


def _names(workspace: Workspace, visitor: Visitor, saved: SavedPlan, mine: Organisation) -> Mapping[str, str]:
    try:
        return names_of(workspace, find_round(workspace, visitor, saved.round, mine.name))
    except Refused:  # the round is not there any more
        return mine.names


def _phases(saved: SavedPlan, names: Mapping[str, str], today: date) -> tuple[PosterPhase, ...]:
    rows = fold_departments(saved.actions)
    planned = {each.id: each.owner for each in saved.body.actions}
    stands = milestone_stands(saved.milestones, saved.actions, saved.baseline, today)
    return tuple(
        PosterPhase(
            phase=phase,
            rows=tuple(_row(saved, row, planned, names, today) for row in rows if row.phase == phase.number),
            milestones=tuple(each for each in stands if phase_of(each.milestone.on, saved.starts) == phase.number),
        )
        for phase in phases(saved.starts)
    )


def _row(saved: SavedPlan, row: Row, planned: Mapping[str, str], names: Mapping[str, str], today: date) -> PosterRow:
    department = row.copies[0].department
    # The role that the catalogue names, also where a person has taken the action on since.
    role = planned.get(row.copies[0].code, row.owner)
    return PosterRow(
        title=row.title,
        departments=row.count if department else 0,
        place=names.get(department, department) if department else "City-wide",
        owner=names.get(role, ""),
        start=row.start,
        finish=row.finish,
        status=joint_status(saved.status_of(each, today) for each in row.copies),
    )
