"""Making a plan around what goes on: the question, the answer with what goes on in it, and keeping what was seen."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date

from maturity.access.roles import Visitor
from maturity.operations.changes import plan_scope
from maturity.operations.errors import Changed, Refused
from maturity.operations.local_days import own_day
from maturity.operations.plans import plan_request, save_plan, solve
from maturity.operations.rounds import Round
from maturity.operations.saved_plans import SavedPlan, find_plan
from maturity.operations.standing import Asked, the_round
from maturity.operations.workspace import Workspace
from maturity.planning import engine, greedy
from maturity.planning.guided import Stage
from maturity.planning.plan import Plan
from maturity.planning.request import PlanningError, PlanRequest
from maturity.roadmap.actions import Action
from maturity.roadmap.replan import around, goes_on, previous_of, together

PLAIN_TURNS = 3
PLAIN_SECONDS = 5.0
"""How long a plan is looked for in the server itself, where other visitors wait meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a plan is asked for with: `whole` as the round and its people say it, `request` without what the `kept`
    actions of the plan `before` use up, which is what a planner gets. `made_from` is the revision of all of it."""

    round: Round
    whole: PlanRequest
    request: PlanRequest
    before: SavedPlan | None
    kept: tuple[Action, ...]
    made_from: Hashable


def plan_question(
    workspace: Workspace,
    visitor: Visitor,
    round_name: Asked,
    *,
    budget: float | None = None,
    starts: date | None = None,
    calm: bool = True,
    seed: int = 0,
    iterations: int | None = None,
    time_limit: float | None = None,
) -> Question:
    """The question of a new plan: begun, running and added actions stay as they are, the rest is planned anew.

    It starts where the earlier plan of the same round did, unless `starts` says otherwise. Where `calm`, what has not
    begun keeps its place in the earlier plan unless something speaks against it."""
    return question_of(
        workspace, visitor, the_round(workspace, visitor, round_name, verb="edit_plan"), budget=budget, starts=starts,
        calm=calm, seed=seed, iterations=iterations, time_limit=time_limit,
    )  # fmt: skip


def question_of(
    workspace: Workspace,
    visitor: Visitor,
    round_: Round,
    *,
    budget: float | None = None,
    starts: date | None = None,
    calm: bool = True,
    seed: int = 0,
    iterations: int | None = None,
    time_limit: float | None = None,
) -> Question:
    """The same for a round that was found already, for whoever reads the roadmap: asking keeps nothing."""
    made_from = _revisions(workspace, round_)
    before = find_plan(workspace, visitor, "latest", round_.organisation)
    if starts is None and before and before.round == round_.name:
        starts = before.starts
    whole = plan_request(
        workspace, visitor, round_, budget=budget, starts=starts, seed=seed, iterations=iterations,
        time_limit=time_limit,
    )  # fmt: skip
    kept = tuple(each for each in before.actions if goes_on(each)) if before else ()
    request = around(whole, kept)
    if before and calm:
        request = replace(
            request, previous=previous_of(before.actions, kept, own_day(workspace, round_.organisation_id))
        )
    return Question(round=round_, whole=whole, request=request, before=before, kept=kept, made_from=made_from)


def whole_plan(question: Question, answer: Plan) -> Plan:
    """A planner's answer with the actions that go on in it, at their approved dates."""
    if question.before is None:
        return answer
    return together(question.whole, answer, question.kept, question.before.baseline)


def plain_plan(question: Question) -> Plan:
    """A plan made here and without the solver, in a few turns, for where the solver's own process gives none."""
    request = replace(question.request, iterations=PLAIN_TURNS, time_limit=PLAIN_SECONDS)
    try:
        return whole_plan(question, engine.make_plan(request, engine=greedy.solve))
    except PlanningError as error:
        raise Refused(str(error)) from None


def still_holds(workspace: Workspace, question: Question) -> bool:
    """Whether nothing that the question was made from has changed."""
    return question.made_from == _revisions(workspace, question.round)


def keep_plan(workspace: Workspace, visitor: Visitor, question: Question, plan: Plan, name: str) -> SavedPlan:
    """Keeps the very plan that was seen, as `save_plan` does; `Changed` where what it was made from has changed."""
    the_round(workspace, visitor, question.round, verb="edit_plan")
    if not still_holds(workspace, question):
        raise _changed(find_plan(workspace, visitor, "latest", question.round.organisation), question, plan)
    edited = {each.code: each for each in question.before.actions} if question.before else {}
    return save_plan(
        workspace, visitor, question.round, plan, name, starts=question.whole.starts, kept=question.kept, edited=edited
    )


def _changed(latest: SavedPlan | None, question: Question, plan: Plan) -> Refused:
    if latest and latest.body.as_document() == plan.as_document():
        return Refused(f"this very plan is saved already, as {latest.name!r}; there is nothing more to save")
    if latest and latest.id != (question.before.id if question.before else None):
        return Changed(
            f"{latest.made_by} saved the plan {latest.name!r} since this one was made; make yours again from it"
        )
    return Changed("something that this plan was made from has changed; make it again before you save it")


def replan(
    workspace: Workspace,
    visitor: Visitor,
    round_name: Asked,
    name: str,
    *,
    budget: float | None = None,
    starts: date | None = None,
    calm: bool = True,
    seed: int = 0,
    iterations: int | None = None,
    time_limit: float | None = None,
    on_stage: Callable[[Stage], bool] | None = None,
) -> SavedPlan:
    """Asks, makes and keeps a plan in one go, for where nobody looks at it first. `on_stage` is told how far it has
    come."""
    question = plan_question(
        workspace, visitor, round_name, budget=budget, starts=starts, calm=calm, seed=seed, iterations=iterations,
        time_limit=time_limit,
    )  # fmt: skip
    return keep_plan(workspace, visitor, question, whole_plan(question, solve(question.request, on_stage)), name)


def _revisions(workspace: Workspace, round_: Round) -> Hashable:
    scopes = ("setup", plan_scope(round_.organisation_id), round_.scope)
    return workspace.url, round_.id, tuple(workspace.revision(scope) for scope in scopes)
