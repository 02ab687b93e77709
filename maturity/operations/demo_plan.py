"""The demo's choices, its plan (made by the planner that everybody gets) and a year of work on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from maturity.demo.days import DemoDays
from maturity.demo.delivery import Delivery, deliver, pilot_of
from maturity.demo.files import Marked, Means
from maturity.demo.owners import owned
from maturity.demo.year import Year
from maturity.operations.catalogues import catalogue_of
from maturity.operations.changes import plan_scope
from maturity.operations.demo_delivery import Roadmap, fill_versions
from maturity.operations.demo_filling import Chair, acting, at_nine, in_parts
from maturity.operations.demo_publishing import fill_public
from maturity.operations.demo_quarters import fill_quarters
from maturity.operations.plans import make_plan
from maturity.operations.rounds import Round
from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.objectives import Objective
from maturity.planning.plan import Plan
from maturity.planning.request import QUARTERS, Capacity
from maturity.planning.spending import CapacityChange, Commitment, Line, MissingSkill, Source
from maturity.planning.targets import Importance
from maturity.roadmap.actions import Action, from_plan
from maturity.storage import objectives as stored_objectives
from maturity.storage import plans as stored
from maturity.storage import progress as stored_progress
from maturity.storage import resources as stored_resources
from maturity.storage import targets as stored_targets
from maturity.storage.audit import record
from maturity.storage.engine import Tx, new_id
from maturity.storage.resources import ResourceLine
from maturity.storage.revision import bump
from maturity.storage.rows import Organisation
from maturity.storage.targets import Already

WORK, MONEY = 2, 6
"""The year of work, and the ids of what there is, have chances of their own, beside that of the answers."""
AT_ONCE = 20
"""Rows that are written one by one, or are wide, in one transaction."""


def fill_choices(chair: Chair, round_: Round, day: date, marks: Sequence[Marked]) -> None:
    """Importance with who and why, resources, and what is done or running, as they were said on a day."""
    city, moment = chair.files.city, at_nine(day)
    days, lines = _means(chair, round_)
    chance = np.random.default_rng((*chair.seed, MONEY))

    def said(tx: Tx) -> None:
        for each in city.importance:
            weight = Importance(topic=each.topic, importance=each.importance, reason=each.reason, set_by=each.by)
            stored_targets.put_importance(tx, round_.id, weight, set_at=moment)
        stored_resources.put_days(tx, round_.id, days, set_by=city.resources.by, set_at=moment)
        for place, line in enumerate(lines):  # in this order: ids begin with their time
            made = new_id(moment + timedelta(milliseconds=place), chance.bytes(10))
            stored_resources.add_line(tx, round_.id, ResourceLine(
                id=made, line=line, set_by=city.resources.by, set_at=moment, row_version=1))  # fmt: skip
        record(tx, made_at=moment, actor="demo", verb="fill choices", subject=round_.name, detail={"marks": len(marks)})
        bump(tx, plan_scope(round_.organisation_id))

    def marked(tx: Tx, some: Sequence[Marked]) -> None:
        for mark in some:
            kept = Already(code=mark.code, state=mark.state, note=mark.note, set_by=mark.by, set_at=moment)
            stored_targets.put_already(tx, round_.id, kept)
        bump(tx, plan_scope(round_.organisation_id))

    chair.workspace.store.write(said)
    for some in in_parts(marks, AT_ONCE):
        chair.workspace.store.write(marked, some)


def _means(chair: Chair, round_: Round) -> tuple[tuple[Capacity, ...], tuple[Line, ...]]:
    """Person-days and money as the city set them, more where there are more departments than the city has.

    What is lent, and after it hired, and the grant are parts of the whole, so that they change no sum."""
    means, catalogue = chair.files.city.resources, catalogue_of(chair.workspace, round_)
    times = max(1.0, len(chair.city.departments) / len(chair.files.city.departments))
    usual = {role.id: role.days_per_quarter for role in (catalogue.roles if catalogue else ()) if role.scope == "city"}
    wanted = {**(usual if times > 1 else {}), **means.days_per_quarter}
    whole = {
        role: round(much * times, 1) - means.lent.days * (role == means.lent.role) for role, much in wanted.items()
    }
    days = tuple(Capacity(role=role, days=(round(much, 1),) * QUARTERS) for role, much in whole.items())
    return days, _lines(means, [round(each * times, -3) for each in means.budgets])


def _lines(means: Means, budgets: Sequence[float]) -> tuple[Line, ...]:
    lent, lacking, grant = means.lent, means.lacking, means.grant
    first, second, third, fourth = (all_ - part for all_, part in zip(budgets, grant.amounts, strict=True))
    until = lent.quarters
    return (
        Source(name="City budget", kind="own", amounts=(first, second, third, fourth)),
        Source(name=grant.name, kind="grant", amounts=grant.amounts, note=grant.note),
        Commitment(
            partner=lent.partner, role=lent.role, note=lent.note,
            days=(lent.days,) * until + (0.0,) * (QUARTERS - until),
        ),
        CapacityChange(role=lent.role, first=until + 1, last=QUARTERS, days=lent.days, reason=lent.hired),
        MissingSkill(
            skill=lacking.skill, role=lacking.role, way=lacking.way, there_from=lacking.there_from, note=lacking.note
        ),
    )  # fmt: skip


def fill_plan(chair: Chair, organisation: Organisation, round_: Round, days: DemoDays) -> tuple[Action, ...]:
    """Store the plan of a round as the current one, as it stands after a year; returns its actions."""
    catalogue = catalogue_of(chair.workspace, round_)
    assert catalogue is not None, "the demo's framework comes with a catalogue"
    visitor, then = acting(chair.files.city.owners["chief-data-officer"]), chair.on(days.plan_made)
    plan = make_plan(then, visitor, round_, starts=days.plan_starts)
    objectives = _objectives(chair, days)
    year = _year(chair, days, objectives)
    delivery = deliver(year, _actions(chair, year, plan, catalogue), _pilot(chair, year, catalogue))
    plan_id = _store(chair, organisation, round_, days, plan, objectives, delivery)
    roadmap = Roadmap(chair=chair, round=round_, days=days, plan_id=plan_id, name=_plan_name(days), delivery=delivery)
    fill_versions(roadmap)
    fill_quarters(roadmap, objectives)
    fill_public(roadmap, organisation.name)
    return delivery.actions


def marks_after(before: Sequence[Marked], actions: Sequence[Action]) -> tuple[Marked, ...]:
    """What is done or running when the next round closes: the earlier marks, and what the plan has brought since."""
    found = {mark.code: mark for mark in before}
    for action in actions:
        if action.done_on:
            note = f"Done on {action.done_on:%-d %B %Y}, as the roadmap says."
            found[action.code] = Marked(code=action.code, state="done", by=action.owner, note=note)
        elif action.begun_on:
            note = f"{action.percent_done:g} % done in the roadmap."
            found[action.code] = Marked(code=action.code, state="running", by=action.owner, note=note)
    return tuple(found.values())


def _objectives(chair: Chair, days: DemoDays) -> tuple[Objective, ...]:
    moment = at_nine(days.plan_made)
    return tuple(
        Objective(
            id=str(chair.new_id(moment)),
            name=each.name,
            goal=each.goal,
            topics=each.topics,
            measure=each.measure,
            unit=each.unit,
            baseline=each.baseline,
            aim=each.aim,
            due=days.plan_starts + timedelta(weeks=each.week),
            set_by=chair.files.city.owners["chief-data-officer"],
        )
        for each in chair.files.city.objectives
    )


def _year(chair: Chair, days: DemoDays, objectives: Sequence[Objective]) -> Year:
    goals = zip(chair.files.city.objectives, objectives, strict=True)
    return Year(
        city=chair.files.city,
        remarks=chair.files.remarks.progress,
        told=chair.files.delivery,
        people=chair.by_name,
        starts=days.plan_starts,
        made=at_nine(days.plan_made),
        today=days.today,
        objectives={topic: objective.id for goal, objective in goals for topic in goal.topics},
        chance=np.random.default_rng((*chair.seed, WORK)),
        new_id=lambda moment: str(chair.new_id(moment)),
    )


def _actions(chair: Chair, year: Year, plan: Plan, catalogue: ActionCatalogue) -> tuple[Action, ...]:
    moment = at_nine(year.starts)
    fresh = [from_plan(each, catalogue.by_id[each.catalogue_id], id=year.new_id(moment)) for each in plan.actions]
    return owned(fresh, year.city, chair.city.departments, year.objectives, year.people)


def _pilot(chair: Chair, year: Year, catalogue: ActionCatalogue) -> Action | None:
    pilot = pilot_of(year, catalogue)
    return owned([pilot], year.city, chair.city.departments, year.objectives, year.people)[0] if pilot else None


def _store(
    chair: Chair,
    organisation: Organisation,
    round_: Round,
    days: DemoDays,
    plan: Plan,
    objectives: Sequence[Objective],
    delivery: Delivery,
) -> UUID:
    store, moment = chair.workspace.store, at_nine(days.plan_made)
    plan_id = chair.new_id(moment)
    name, by = _plan_name(days), chair.files.city.owners["chief-data-officer"]

    def write(tx: Tx) -> None:
        for each in objectives:
            stored_objectives.add_objective(tx, organisation.id, each, moment)
        stored.add_plan(
            tx, plan_id, organisation.id, round_.id, name, days.plan_starts, plan, made_by=by, made_at=moment
        )
        stored_progress.add_milestones(tx, plan_id, delivery.milestones, by, moment)
        detail = {"round": round_.name, "actions": len(delivery.actions)}
        record(tx, made_at=moment, actor="demo", verb="save plan", subject=name, detail=detail)

    store.write(write)
    past: dict[str, list[stored.State]] = {}
    for each in delivery.past:
        stated = stored.Stated(at=each.at, by=each.by, verb=each.verb, reason=each.reason)
        past.setdefault(each.action.id, []).append(stored.State(action=each.action, stated=stated))
    for actions in in_parts(delivery.actions, AT_ONCE):
        store.write(stored.add_actions_with_past, plan_id, actions, [s for a in actions for s in past[a.id]])
    for updates in in_parts(delivery.updates, AT_ONCE):
        store.write(_report, updates, organisation.id)
    return plan_id


def _report(tx: Tx, updates: Sequence[stored_progress.ProgressUpdate], organisation_id: UUID) -> None:
    for each in updates:
        stored_progress.add_update(tx, each)
    bump(tx, plan_scope(organisation_id))


def _plan_name(days: DemoDays) -> str:
    return f"Roadmap {days.plan_starts.year}-{days.plan_starts.year + 3}"
