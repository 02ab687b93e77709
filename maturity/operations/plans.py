"""Plans: asked for, made, saved as versions and read. They are made again in `plan_making`; edits stand in `actions`,
choices in `choices`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from maturity.access.roles import Visitor
from maturity.operations import saved_plans
from maturity.operations.actions import (
    add_action,
    add_dependency,
    edit_action,
    remove_action,
    remove_dependency,
)
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import change, plan_scope
from maturity.operations.choices import (
    already,
    clear_decision,
    decide_action,
    decisions,
    mark_already,
)
from maturity.operations.early_sight import require_shown
from maturity.operations.errors import Refused
from maturity.operations.milestones import add_milestone, edit_milestone, remove_milestone
from maturity.operations.objectives import add_objective, objectives
from maturity.operations.resources import Resources, resources, set_resources, split_budget
from maturity.operations.rounds import Round
from maturity.operations.saved_plans import PlanVersion, SavedPlan, find_plan, plan, plans
from maturity.operations.standing import Asked, Standing, already_done, first_day_of_plan, the_round, whole_standing
from maturity.operations.targets import importance, targets_for
from maturity.operations.workspace import Workspace
from maturity.planning import engine
from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.guided import Guided, Stage
from maturity.planning.objectives import emphasis_by_topic
from maturity.planning.plan import Plan
from maturity.planning.request import PlanningError, PlanRequest, Unplannable
from maturity.roadmap.actions import Action, from_plan
from maturity.roadmap.milestones import usual_milestones
from maturity.roadmap.replan import with_edits
from maturity.storage import plans as stored
from maturity.storage import progress as stored_progress
from maturity.storage.engine import Tx, new_id

__all__ = [
    "PlanVersion", "Resources", "SavedPlan", "add_action", "add_dependency", "add_milestone", "add_objective",
    "already", "clear_decision", "decide_action", "decisions", "edit_action", "edit_milestone", "find_plan",
    "make_plan", "mark_already", "objectives", "plan", "plan_request", "plans", "remove_action", "remove_dependency",
    "remove_milestone", "resources", "save_plan", "set_resources",
]  # fmt: skip

ENGINE: engine.Engine = Guided()
"""What makes the plans that people see. `greedy.solve` in its place needs no solver, and proves no bound."""


def plan_request(
    workspace: Workspace, visitor: Visitor, round_name: Asked = "latest", *, budget: float | None = None,
    starts: date | None = None, seed: int = 0, iterations: int | None = None, time_limit: float | None = None,
) -> PlanRequest:  # fmt: skip
    """The planning question of a round: where departments stand, what is wanted, decided and affordable.

    `budget` is the whole sum, split as the phase budgets are; `starts` is the quarter after the round closes."""
    asked = the_round(workspace, visitor, round_name, verb="read_roadmap")
    require_shown(workspace, visitor, asked)
    now = whole_standing(workspace, asked)
    spend = resources(workspace, visitor, now.round)
    wanted = targets_for(workspace, visitor, now)
    catalogue = catalogue_of(workspace, now.round)
    request = PlanRequest(
        round=now.round.name,
        catalogue=catalogue,
        departments=now.departments,
        reached=now.reached,
        targets=wanted,
        starts=starts or first_day_of_plan(now.round),
        importance={each.topic: each.importance for each in importance(workspace, visitor, now.round)},
        emphasis=emphasis_by_topic(objectives(workspace, visitor, now.round.organisation)),
        department_weights=_weights(now),
        capacities=tuple(c for c in spend.capacities if c.department in (None, *now.departments)),
        budgets=spend.budgets if budget is None else split_budget(budget, spend.budgets),
        carry_over=spend.terms.carry_over,
        discount=spend.terms.discount,
        already={
            code: state for code, state in already_done(workspace, now.round).items() if _is_there(catalogue, code)
        },
        decisions=tuple(each for each in decisions(workspace, visitor, now.round) if _is_there(catalogue, each.code)),
        unplannable=_unplannable(now),
        time_limit=time_limit,
        seed=seed,
    )
    return request if iterations is None else replace(request, iterations=iterations)


def _weights(now: Standing) -> dict[str, float]:
    """What departments weigh beside each other, 1 on average; none where all weigh nothing."""
    weights = {each.code: each.weight for each in now.round.departments if each.code in now.departments}
    mean = sum(weights.values()) / len(weights) if weights else 0.0
    return {code: weight / mean for code, weight in weights.items()} if mean else {}


def _is_there(catalogue: ActionCatalogue | None, code: str) -> bool:
    """False for an own action that was retired: what was decided on it rests until it is brought back."""
    return catalogue is None or code.partition("/")[0] in catalogue.by_id


def _unplannable(now: Standing) -> tuple[Unplannable, ...]:
    """Why nothing is planned where no level is reached: only points are counted, or too little was answered."""
    found = []
    for (department, topic), score in now.scores.items():
        if (department, topic) not in now.reached:
            answered = "not_answered" if score is None else "coverage_too_low"
            reason = answered if now.top_level else "no_levels"
            found.append(Unplannable(department=department, topic=topic, from_level=None, to_level=None, reason=reason))
    return tuple(found)


def make_plan(
    workspace: Workspace,
    visitor: Visitor,
    round_name: Asked = "latest",
    *,
    budget: float | None = None,
    starts: date | None = None,
    seed: int = 0,
    iterations: int | None = None,
    time_limit: float | None = None,
    on_stage: Callable[[Stage], bool] | None = None,
) -> Plan:
    """A plan for a round; nothing is kept until `save_plan`. `on_stage` is told how far it has come."""
    request = plan_request(
        workspace, visitor, round_name, budget=budget, starts=starts, seed=seed, iterations=iterations,
        time_limit=time_limit,
    )  # fmt: skip
    return solve(request, on_stage)


def solve(request: PlanRequest, on_stage: Callable[[Stage], bool] | None = None) -> Plan:
    """The plan that answers a request, a `PlanningError` turned into a refusal."""
    maker = ENGINE
    if on_stage is not None and isinstance(maker, Guided):
        maker = replace(maker, on_stage=on_stage)
    try:
        return engine.make_plan(request, engine=maker)
    except PlanningError as error:
        raise Refused(str(error)) from None


def save_plan(
    workspace: Workspace,
    visitor: Visitor,
    round_name: Asked,
    plan: Plan,
    name: str,
    *,
    starts: date | None = None,
    kept: Sequence[Action] = (),
    edited: Mapping[str, Action] | None = None,
) -> SavedPlan:
    """Keeps a plan as the current version, with its actions and the usual milestones; the earlier one becomes past.

    `starts` must be what the plan was made with. `kept` go on as they are, with their reports, and `edited`, by code,
    lend what people wrote to the newly planned. Where actions have begun already, use `plan_making`: it knows them."""
    round_ = the_round(workspace, visitor, round_name, verb="edit_plan")
    return _save(workspace, visitor, round_, plan, name, starts or first_day_of_plan(round_), kept, edited or {})


def _save(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    plan: Plan,
    name: str,
    starts: date,
    kept: Sequence[Action],
    edited: Mapping[str, Action],
) -> SavedPlan:
    name = name.strip()
    if not 1 <= len(name) <= 120 or name == "latest":
        raise Refused("a plan's name has 1 to 120 characters and is not `latest`; choose another")
    catalogue, going_on = catalogue_of(workspace, round_), {each.code for each in kept}
    codes = {each.id for each in plan.actions}

    def write(tx: Tx, now: datetime) -> None:
        if any(row.name == name for row in stored.plan_rows(tx, round_.organisation_id)):
            raise Refused(f"there is a plan {name!r} already; choose another name")
        plan_id, by = new_id(now), visitor.name
        stored.add_plan(tx, plan_id, round_.organisation_id, round_.id, name, starts, plan, made_by=by, made_at=now)
        fresh = [
            with_edits(from_plan(each, catalogue.by_id[each.catalogue_id], id=str(new_id(now))), edited.get(each.id))
            for each in plan.actions
            if catalogue and each.id not in going_on
        ]
        carried = {each.id: _carried(each, codes, now) for each in kept}
        stated = stored.Stated(at=now, by=by, verb="save plan", reason=name)
        stored.add_actions(tx, plan_id, [*fresh, *carried.values()], stated)
        _copy_reports(tx, carried, now)
        milestones = usual_milestones(starts, [*fresh, *carried.values()], lambda: str(new_id(now)))
        stored_progress.add_milestones(tx, plan_id, milestones, by, now)

    change(
        workspace, visitor, write, scope=plan_scope(round_.organisation_id), verb="save plan", subject=name,
        detail={"round": round_.name, "actions": len(plan.actions), "kept": sorted(going_on)},
    )  # fmt: skip
    return saved_plans.plan(workspace, visitor, name, round_.organisation)


def _carried(action: Action, codes: set[str], now: datetime) -> Action:
    """A kept action under a new id, its links to what is no longer planned left behind."""
    requires = tuple(code for code in action.requires if code in codes)
    return replace(action, id=str(new_id(now)), row_version=1, requires=requires)


def _copy_reports(tx: Tx, carried: Mapping[str, Action], now: datetime) -> None:
    for before, action in carried.items():
        for update in stored_progress.updates_of_action(tx, UUID(before)):
            stored_progress.add_update(tx, replace(update, id=str(new_id(now)), action_id=action.id))
