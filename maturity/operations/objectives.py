"""The organisation's objectives: which topics serve them, what that makes these weigh, and the dated target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from math import isfinite
from uuid import UUID

from maturity.access.permissions import require
from maturity.access.roles import Visitor
from maturity.operations.changes import change, identity, plan_scope, short_text
from maturity.operations.errors import Changed, Refused
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.objectives import EMPHASES, Objective
from maturity.storage import objectives as stored
from maturity.storage.engine import Tx, new_id


def objectives(workspace: Workspace, visitor: Visitor, organisation: str | None = None) -> tuple[Objective, ...]:
    """The organisation's objectives by name."""
    mine = the_organisation(workspace, visitor, organisation, verb="read_roadmap")
    with workspace.store.reading() as tx:
        return stored.objectives_of(tx, mine.id)


def add_objective(
    workspace: Workspace,
    visitor: Visitor,
    name: str,
    goal: str = "",
    organisation: str | None = None,
    *,
    topics: Sequence[str] = (),
    emphasis: float = 1.0,
    measure: str = "",
    unit: str = "",
    baseline: float | None = None,
    aim: float | None = None,
    due: date | None = None,
) -> Objective:
    """Adds an objective that actions can serve; a name that is taken is refused."""
    mine = the_organisation(workspace, visitor, organisation, verb="edit_plan")
    fresh = Objective(
        id="", name=name, goal=goal, topics=tuple(topics), emphasis=emphasis, measure=measure, unit=unit,
        baseline=baseline, aim=aim, due=due, set_by=visitor.name,
    )  # fmt: skip
    checked = _checked(fresh)

    def write(tx: Tx, now: datetime) -> Objective:
        _refuse_taken(tx, mine.id, checked)
        made = replace(checked, id=str(new_id(now)))
        stored.add_objective(tx, mine.id, made, now)
        return made

    return change(
        workspace, visitor, write, scope=plan_scope(mine.id), verb="add objective", subject=checked.name,
        detail=_detail(checked),
    )  # fmt: skip


def edit_objective(workspace: Workspace, visitor: Visitor, objective: Objective) -> Objective:
    """Writes an objective over the version that it was read in."""
    return _change(workspace, visitor, _checked(replace(objective, set_by=visitor.name)), remove=False)


def remove_objective(workspace: Workspace, visitor: Visitor, objective: Objective) -> None:
    """Takes an objective out, as it was read; its topics lose its emphasis, actions of earlier plans keep its name."""
    _change(workspace, visitor, objective, remove=True)


def _change(workspace: Workspace, visitor: Visitor, objective: Objective, *, remove: bool) -> Objective:
    require(visitor, "edit_plan", organisation=None)
    wanted = identity(objective.id, "an objective")
    with workspace.store.reading() as tx:
        organisation_id = stored.organisation_of(tx, wanted)
    if organisation_id is None:
        raise Refused(f"the objective {objective.name!r} is not there any more; load the page again")
    require(visitor, "edit_plan", organisation=organisation_id)

    def write(tx: Tx, now: datetime) -> Objective:
        if not remove:
            _refuse_taken(tx, organisation_id, objective)
        version = stored.change_objective(tx, objective, objective.row_version, now if remove else None, now)
        if version is None:
            raise Changed(f"the objective {objective.name!r} was changed meanwhile; look at it, then save again")
        return replace(objective, row_version=version)

    verb = "remove objective" if remove else "edit objective"
    return change(
        workspace, visitor, write, scope=plan_scope(organisation_id), verb=verb, subject=objective.name,
        detail=_detail(objective),
    )  # fmt: skip


def _refuse_taken(tx: Tx, organisation_id: UUID, objective: Objective) -> None:
    others = (each for each in stored.objectives_of(tx, organisation_id) if each.id != objective.id)
    if any(each.name == objective.name for each in others):
        raise Refused(f"there is an objective {objective.name!r} already; choose another name")


def _checked(objective: Objective) -> Objective:
    """The objective with its texts trimmed, or a refusal that says what is wrong with it."""
    named = replace(
        objective,
        name=short_text(objective.name, "the objective's name", least=1),
        goal=short_text(objective.goal, "the goal"),
        measure=short_text(objective.measure, "the measure"),
        unit=short_text(objective.unit, "the unit"),
        topics=tuple(dict.fromkeys(objective.topics)),
    )
    if named.emphasis not in EMPHASES:
        allowed = ", ".join(f"{each:g}" for each in EMPHASES)
        raise Refused(f"an objective weighs its topics by one of {allowed}, not {named.emphasis:g}; choose one")
    numbers = [each for each in (named.baseline, named.aim) if each is not None]
    if not all(isfinite(each) for each in numbers):
        raise Refused("today's value and the target of an objective are numbers; mend them, or leave them empty")
    if named.aim is not None and not (named.measure and named.due):
        raise Refused("a target needs what is measured and the day it is due; give both, or leave the target empty")
    return named


def _detail(objective: Objective) -> dict[str, object]:
    return {"goal": objective.goal, "topics": list(objective.topics), "emphasis": objective.emphasis,
            "aim": objective.aim, "due": objective.due}  # fmt: skip
