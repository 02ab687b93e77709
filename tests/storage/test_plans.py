"""Targets, decisions, plans, actions, reports and milestones, written and read back."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from maturity.planning.catalogue import Kpi
from maturity.planning.objectives import Objective
from maturity.planning.plan import BudgetUse, CapacityUse, Closes, NotPlanned, Plan, PlannedAction, Reason
from maturity.planning.request import Decision
from maturity.planning.targets import Importance
from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.milestones import Milestone
from maturity.roadmap.progress import ProgressUpdate
from maturity.storage import objectives, plans, progress, targets

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
SAID = plans.Stated(at=AT, by="CDO", verb="save plan")
EDITED = plans.Stated(at=LATER, by="Asha", verb="edit action", reason="the supplier is late")
CITY, ROUND, PLAN, OTHER = (UUID(int=n) for n in range(1, 5))


def change_milestone(tx, milestone, version, *, remove):
    return progress.change_milestone(tx, milestone, version, remove=remove, by="CDO", at=LATER)


def made_plan():
    action = PlannedAction(
        id="A1/parks",
        catalogue_id="A1",
        title="List the data",
        department="parks",
        phase=1,
        start=date(2026, 4, 1),
        finish=date(2026, 4, 28),
        owner="cdo",
        requires=(),
        effort={"cdo": 2.5},
        cost=None,
        closes=(Closes(department="parks", topic="t", from_level=1, to_level=2),),
        why=(Reason(code="closes", values={"gain": 1.5}),),
    )
    return Plan(
        round="2026",
        seed=3,
        value=12.5,
        upper_bound=None,
        gap=None,
        status="feasible",
        actions=(action,),
        capacity=(CapacityUse(role="cdo", department=None, quarter=1, available=9.0, planned=2.5),),
        budget=(BudgetUse(phase=1, available=None, planned=0.0, unpriced=1),),
        not_planned=(
            NotPlanned(
                department="roads", topic="t", from_level=None, to_level=None, reason=Reason(code="x", values={})
            ),
        ),
        conflicts=(Reason(code="pin", values={"code": "A9", "start": date(2026, 4, 1)}),),
    )


def made_action(number=9, **changes):
    action = Action(
        id=str(UUID(int=number)),
        code=f"A{number}",
        catalogue_id="A1",
        department="parks",
        title="List the data",
        phase=1,
        start=date(2026, 4, 1),
        finish=date(2026, 4, 28),
        owner="cdo",
        raci=Raci(accountable="cdo", responsible=("it",), informed=("mayor",)),
        kpi=Kpi(name="Listed", unit="%"),
        effort={"cdo": 2.5},
        requires=("A1",),
        closes=(Closes(department="parks", topic="t", from_level=1, to_level=2),),
        why=(Reason(code="closes", values={"gain": 1.5}),),
        objective=str(OTHER),
        begun_on=date(2026, 4, 2),
        percent_done=40.0,
    )
    return replace(action, **changes)


def test_a_plan_comes_back_as_it_was_made(store):
    store.write(plans.add_plan, PLAN, CITY, ROUND, "First", date(2026, 4, 1), made_plan(), made_by="cdo", made_at=AT)
    with store.reading() as tx:
        assert plans.plan_body(tx, PLAN) == made_plan()
        (row,) = plans.plan_rows(tx, CITY)
        assert (row.name, row.status, row.starts, row.made_at) == ("First", "current", date(2026, 4, 1), AT)
        assert plans.plan_row(tx, PLAN) == row and plans.plan_row(tx, OTHER) is None
        with pytest.raises(LookupError):
            plans.plan_body(tx, OTHER)


def test_a_new_plan_makes_the_current_one_past(store):
    for number, name in ((11, "First"), (12, "Second")):
        store.write(
            plans.add_plan, UUID(int=number), CITY, ROUND, name, date(2026, 4, 1), made_plan(), made_by="x",
            made_at=AT if number == 11 else LATER,
        )  # fmt: skip
    with store.reading() as tx:
        assert [(row.name, row.status) for row in plans.plan_rows(tx, CITY)] == [
            ("Second", "current"),
            ("First", "past"),
        ]
        assert plans.plan_rows(tx, OTHER) == ()


def test_actions_come_back_whole_and_edits_ask_for_the_version(store):
    store.write(plans.add_actions, PLAN, [made_action(), made_action(10, cost=12.5, kpi=None, objective=None)], SAID)
    with store.reading() as tx:
        assert plans.actions_of(tx, PLAN) == (made_action(10, cost=12.5, kpi=None, objective=None), made_action())
        assert plans.action_of(tx, UUID(int=9)) == (PLAN, made_action())
    edited = made_action(title="Shared list")
    assert store.write(plans.change_action, PLAN, edited, 1, EDITED) == 2
    assert store.write(plans.change_action, PLAN, edited, 1, EDITED) is None
    with store.reading() as tx:
        assert plans.action_of(tx, UUID(int=9)) == (PLAN, replace(edited, row_version=2))


def test_every_state_of_an_action_is_kept_with_who_and_why(store):
    store.write(plans.add_actions, PLAN, [made_action()], SAID)
    moved = made_action(finish=date(2026, 5, 10), owner_person="p-1", expected_on=date(2026, 5, 20), days_used=1.5)
    store.write(plans.change_action, PLAN, moved, 1, EDITED)
    with store.reading() as tx:
        first, second = plans.states_of(tx, PLAN)
        assert (first.action, first.stated) == (made_action(), SAID)
        assert (second.action, second.stated) == (replace(moved, row_version=2), EDITED)
        assert plans.states_of(tx, PLAN, upto=AT) == (first,)
        assert plans.states_of(tx, OTHER) == ()


def test_milestones_keep_their_states_too(store):
    milestone = Milestone(id=str(UUID(int=31)), name="End", on=date(2026, 9, 1), proves="All done")
    store.write(progress.add_milestones, PLAN, [milestone], "CDO", AT)
    moved = replace(milestone, on=date(2026, 10, 1))
    store.write(change_milestone, moved, 1, remove=False)
    store.write(change_milestone, moved, 2, remove=True)
    with store.reading() as tx:
        assert progress.milestones_upto(tx, PLAN, AT) == (milestone,)
        assert progress.milestones_upto(tx, PLAN, LATER) == ()


def test_a_store_knows_which_plan_was_in_force_when(store):
    for number, at in ((11, AT), (12, LATER)):
        store.write(
            plans.add_plan, UUID(int=number), CITY, ROUND, str(number), date(2026, 4, 1), made_plan(), made_by="x",
            made_at=at,
        )  # fmt: skip
    with store.reading() as tx:
        assert plans.plan_in_force(tx, CITY, AT) == UUID(int=11)
        assert plans.plan_in_force(tx, CITY, LATER) == UUID(int=12)
        assert plans.plan_in_force(tx, CITY, AT.replace(year=2025)) is None


def test_a_removed_action_is_kept_but_not_shown(store):
    store.write(plans.add_actions, PLAN, [made_action()], SAID)
    store.write(plans.change_action, PLAN, made_action(removed_on=date(2026, 3, 3)), 1, EDITED)
    with store.reading() as tx:
        assert plans.actions_of(tx, PLAN) == () and plans.action_of(tx, UUID(int=9)) is None
        assert [each.removed_on for each in plans.actions_of(tx, PLAN, removed=True)] == [date(2026, 3, 3)]


def test_reports_are_kept_in_order(store):
    store.write(plans.add_actions, PLAN, [made_action()], SAID)
    first = ProgressUpdate(
        id=str(UUID(int=21)), action_id=made_action().id, code="A9", percent_done=10.0, made_at=LATER
    )
    second = replace(first, id=str(UUID(int=22)), made_at=AT, note="Begun", confidence=4, begun_on=date(2026, 3, 2))
    store.write(progress.add_update, first)
    store.write(progress.add_update, second)
    with store.reading() as tx:
        assert progress.updates_of_plan(tx, PLAN) == (second, first)
        assert progress.updates_of_action(tx, UUID(int=9)) == (second, first)
        assert progress.updates_of_plan(tx, OTHER) == ()


def test_milestones_and_objectives(store):
    milestone = Milestone(id=str(UUID(int=31)), name="End", on=date(2026, 9, 1), proves="All done")
    store.write(progress.add_milestones, PLAN, [milestone], "CDO", AT)
    moved = replace(milestone, on=date(2026, 10, 1))
    assert store.write(change_milestone, moved, 1, remove=False) == 2
    assert store.write(change_milestone, moved, 1, remove=False) is None
    objective = Objective(id=str(OTHER), name="Warm homes", goal="No cold council home by 2030")
    store.write(objectives.add_objective, CITY, objective, AT)
    with store.reading() as tx:
        assert progress.milestones_of(tx, PLAN) == (replace(moved, row_version=2),)
        assert progress.milestone_plan(tx, UUID(int=31)) == (PLAN, 2)
        assert objectives.objectives_of(tx, CITY) == (objective,)
        assert objectives.organisation_of(tx, OTHER) == CITY
    measured = replace(
        objective, topics=("t",), emphasis=1.5, measure="Homes below 18 degrees", unit="homes", baseline=310.0, aim=0.0,
        due=date(2030, 1, 1), set_by="cdo",
    )  # fmt: skip
    assert store.write(objectives.change_objective, measured, 1, None, AT) == 2
    assert store.write(objectives.change_objective, measured, 1, None, AT) is None
    with store.reading() as tx:
        assert objectives.objectives_of(tx, CITY) == (replace(measured, row_version=2),)
    assert store.write(objectives.change_objective, measured, 2, AT, AT) == 3
    with store.reading() as tx:
        assert objectives.objectives_of(tx, CITY) == () and objectives.organisation_of(tx, OTHER) is None
    store.write(change_milestone, moved, 2, remove=True)
    with store.reading() as tx:
        assert progress.milestones_of(tx, PLAN) == () and progress.milestone_plan(tx, UUID(int=31)) is None


def test_targets_are_set_replaced_and_dropped(store):
    steps = ((2, date(2027, 3, 31)), (3, date(2029, 3, 31)))
    said = {"set_by": "cdo", "set_at": AT}
    assert store.write(targets.put_target, ROUND, "parks", "t", steps, "why", **said) == 1
    assert store.write(targets.put_target, ROUND, "parks", "t", (), "none wanted", **said) == 2
    assert store.write(targets.put_target, ROUND, "roads", "t", steps, "why", **said) == 1
    with store.reading() as tx:
        parks, roads = targets.target_choices(tx, ROUND)
    assert (parks.steps, parks.reason, parks.row_version) == ((), "none wanted", 2)
    assert (roads.steps, roads.set_at) == (steps, AT)
    store.write(targets.drop_target, ROUND, "roads", "t")
    with store.reading() as tx:
        assert targets.target_choices(tx, ROUND) == (parks,)


def test_importance_marks_and_decisions(store):
    said = Importance(topic="t", importance=5, reason="law", set_by="cdo")
    store.write(targets.put_importance, ROUND, replace(said, importance=1), set_at=AT)
    store.write(targets.put_importance, ROUND, said, set_at=AT)
    mark = targets.Already(code="A1", state="running", note="since May", set_by="cdo", set_at=AT)
    store.write(targets.put_already, ROUND, replace(mark, state="done"))
    store.write(targets.put_already, ROUND, mark)
    pin = Decision(code="A2", kind="pinned", start=date(2026, 4, 1), reason="budget", by="cdo")
    window = replace(pin, kind="not_before", start=date(2026, 3, 1))
    store.write(targets.put_decision, ROUND, replace(pin, start=date(2026, 5, 1)), set_at=AT)
    store.write(targets.put_decision, ROUND, pin, set_at=AT)
    store.write(targets.put_decision, ROUND, window, set_at=AT)
    with store.reading() as tx:
        assert targets.importances(tx, ROUND) == (said,)
        assert targets.already(tx, ROUND) == (mark,)
        assert targets.decisions(tx, ROUND) == (window, pin)
        assert targets.dated_decisions(tx, ROUND) == ((window, AT), (pin, AT))
    store.write(targets.drop_already, ROUND, "A1")
    store.write(targets.drop_decision, ROUND, "A2", "pinned")
    store.write(targets.drop_decision, ROUND, "A2", "not_before")
    with store.reading() as tx:
        assert targets.already(tx, ROUND) == () and targets.decisions(tx, ROUND) == ()
