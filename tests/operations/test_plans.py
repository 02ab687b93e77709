from dataclasses import replace
from datetime import date

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import plan_making, plans
from maturity.operations.actions import ActionChanged
from maturity.operations.errors import Refused
from maturity.operations.progress import history, plan_history, report_progress
from maturity.operations.resources import split_budget, usual_budgets
from maturity.planning.check import check_plan
from maturity.planning.request import Capacity
from maturity.roadmap.actions import Raci
from maturity.roadmap.critical_path import slacks
from maturity.storage.audit import events, verify_chain
from tests.operations.city import ADMIN, LEADER, PARKS_LEAD, RESPONDENT, make_town, say_no

FEW = {"iterations": 2}


@pytest.fixture
def round_(workspace):
    return make_town(workspace)


@pytest.fixture
def saved(workspace, round_):
    made = plans.make_plan(workspace, ADMIN, round_, **FEW)
    return plans.save_plan(workspace, ADMIN, round_, made, "First")


def test_the_request_is_made_of_what_is_stored(workspace, round_):
    request = plans.plan_request(workspace, ADMIN, "latest", seed=7)
    assert (request.round, request.seed, request.starts) == ("2026", 7, date(2026, 4, 1))
    assert request.already == {"A02": "done"}  # the closed round is the baseline assessment
    assert request.budgets == usual_budgets(100 + 300 + 150) == (55_000.0, 55_000.0, 110_000.0, 110_000.0)
    assert request.department_weights == {"parks": 1.0, "roads": 1.0, "housing": 1.0}
    assert len(request.targets) == 30 and len(request.importance) == 10
    assert plans.plan_request(workspace, ADMIN, "2026", budget=600.0).budgets == (100.0, 100.0, 200.0, 200.0)
    assert plans.plan_request(workspace, ADMIN, "2026", starts=date(2027, 1, 1)).starts == date(2027, 1, 1)


def test_budgets_by_hand():
    assert usual_budgets(1_000) == (100_000.0, 100_000.0, 200_000.0, 200_000.0)
    assert split_budget(100.0, (1.0, 1.0, 1.0, 0.0)) == (33.33, 33.33, 33.33, 0.01)
    assert split_budget(60.0, (0.0, 0.0, 0.0, 0.0)) == (10.0, 10.0, 20.0, 20.0)
    with pytest.raises(Refused, match="0 or more"):
        split_budget(-1.0, (1.0, 1.0, 1.0, 1.0))


def test_a_plan_is_made_passes_the_checker_and_is_the_same_again(workspace, round_):
    made = plans.make_plan(workspace, PARKS_LEAD, round_, **FEW)
    assert made.actions and made == plans.make_plan(workspace, ADMIN, round_, **FEW)
    assert not check_plan(plans.plan_request(workspace, ADMIN, round_, **FEW), made)
    assert plans.plans(workspace, ADMIN) == () and plans.find_plan(workspace, ADMIN) is None
    with pytest.raises(Refused, match="no plan yet"):
        plans.plan(workspace, ADMIN)


def test_a_saved_plan_holds_its_actions_milestones_and_baseline(workspace, round_, saved):
    made = plans.make_plan(workspace, ADMIN, round_, **FEW)
    assert saved.body == made and (saved.name, saved.status, saved.round) == ("First", "current", "2026")
    assert {a.code for a in saved.actions} == {a.id for a in made.actions} == set(saved.baseline)
    assert all(a.summary and a.deliverable and a.kpi and a.raci.accountable == a.owner for a in saved.actions)
    assert min(slacks(saved.actions).values()) >= 0
    assert "Reassessment" in [m.name for m in saved.milestones] and saved.starts == date(2026, 4, 1)
    assert plans.plan(workspace, LEADER, "First") == plans.plan(workspace, LEADER) == saved
    assert events(workspace.store, 1)[0].verb == "save plan" and verify_chain(workspace.store) == []


def test_versions_follow_each_other_and_names_are_used_once(workspace, round_, saved):
    with pytest.raises(Refused, match="'First' already"):
        plans.save_plan(workspace, ADMIN, round_, saved.body, "First")
    for name in ("latest", " "):
        with pytest.raises(Refused, match="1 to 120"):
            plans.save_plan(workspace, ADMIN, round_, saved.body, name)
    plans.save_plan(workspace, ADMIN, round_, saved.body, "Second")
    assert [(p.name, p.status, p.round) for p in plans.plans(workspace, ADMIN)] == [
        ("Second", "current", "2026"), ("First", "past", "2026"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="no plan 'Third'; its plans are 'Second', 'First'"):
        plans.plan(workspace, ADMIN, "Third")


def test_decisions_and_marks_reach_the_planner(workspace, round_, saved):
    rejected, wanted = saved.actions[0].code, next(a for a in saved.actions if a.department)
    plans.decide_action(workspace, ADMIN, round_, rejected, "rejected", "no money")
    plans.decide_action(workspace, ADMIN, round_, wanted.code, "pinned", "after the move", date(2027, 4, 5))
    plans.mark_already(workspace, ADMIN, round_, "A01", "running", "since May")
    request = plans.plan_request(workspace, ADMIN, round_, **FEW)
    assert {d.code: (d.kind, d.by) for d in request.decisions} == {
        rejected: ("rejected", "Command line"), wanted.code: ("pinned", "Command line"),
    }  # fmt: skip
    assert request.already == {"A01": "running", "A02": "done"}
    made = {a.id: a for a in plans.make_plan(workspace, ADMIN, round_, **FEW).actions}
    assert rejected not in made and "A01" not in made
    assert wanted.code not in made or made[wanted.code].start == date(2027, 4, 5)
    plans.clear_decision(workspace, ADMIN, round_, rejected)
    plans.mark_already(workspace, ADMIN, round_, "A01", None)
    plans.decide_action(workspace, ADMIN, round_, wanted.code, "must", "promised")
    assert [(d.code, d.kind) for d in plans.decisions(workspace, LEADER, round_)] == [(wanted.code, "must")]
    assert plans.already(workspace, LEADER, round_) == ()


@pytest.mark.parametrize(
    ("code", "words"),
    [("A99", "no action 'A99'"), ("A01/parks", "planned once for the city"), ("A04/nowhere", "does not exist")],
)
def test_unknown_codes_are_refused(workspace, round_, code, words):
    with pytest.raises(Refused, match=words):
        plans.decide_action(workspace, ADMIN, round_, code, "rejected", "because")


def test_pins_stay_in_the_plan_and_reasons_are_asked_for(workspace, round_):
    with pytest.raises(Refused, match="the plan runs from 2026-04-01 to 2029-03-27"):
        plans.decide_action(workspace, ADMIN, round_, "A01", "pinned", "because", date(2030, 1, 1))
    with pytest.raises(Refused, match=r"reason why .* is wanted is missing"):
        plans.decide_action(workspace, ADMIN, round_, "A01", "must", "")


def test_resources_are_set_and_checked(workspace, round_):
    usual = plans.resources(workspace, LEADER, round_)
    assert usual.capacity_is_default and usual.budget_is_default and (usual.staff, usual.currency) == (550, "EUR")
    mine = Capacity(role="department", department="parks", days=(3.0,) * 12)
    plans.set_resources(workspace, ADMIN, round_, [mine], (1.0, 2.0, 3.0, 4.0))
    now = plans.resources(workspace, LEADER, round_)
    assert mine in now.capacities and len(now.capacities) == len(usual.capacities)
    assert now.budgets == (1.0, 2.0, 3.0, 4.0) and not now.budget_is_default and not now.capacity_is_default
    plans.set_resources(workspace, ADMIN, round_)
    assert replace(plans.resources(workspace, LEADER, round_), days_version=0) == usual
    for wrong in (replace(mine, role="king"), replace(mine, department=None), replace(mine, days=(1.0,)),
                  replace(mine, days=(-1.0,) * 12), replace(mine, department="nowhere")):  # fmt: skip
        with pytest.raises(Refused):
            plans.set_resources(workspace, ADMIN, round_, [wrong])
    with pytest.raises(Refused, match="four amounts"):
        plans.set_resources(workspace, ADMIN, round_, [], (1.0, -2.0, 3.0, 4.0))


def test_points_are_answered_honestly(workspace, round_):
    points = say_no(workspace, "influence-held", ())
    made = plans.make_plan(workspace, ADMIN, points)
    assert made.actions == () and made.status == "feasible"
    assert {(n.reason.code, n.from_level, n.to_level) for n in made.not_planned} == {("no_levels", None, None)}
    assert {n.department for n in made.not_planned} == {"parks", "roads", "housing"}


def test_an_action_is_edited_once_for_each_version(workspace, saved):
    action = saved.actions[0]
    objective = plans.add_objective(workspace, ADMIN, "Warm homes", "No cold council home by 2030")
    after = plans.edit_action(
        workspace, ADMIN, action.id, 1, owner="Head of data", start=date(2027, 5, 3), finish=date(2027, 6, 1),
        objective=objective.id,
    )  # fmt: skip
    assert (after.row_version, after.phase, after.raci.accountable) == (2, 3, "Head of data")
    assert plans.plan(workspace, ADMIN).action(action.code) == after
    assert plans.plan(workspace, ADMIN).baseline[action.code] == (action.start, action.finish)
    with pytest.raises(ActionChanged, match="version 1, stored is 2") as refused:
        plans.edit_action(workspace, ADMIN, action.id, 1, title="Mine")
    assert (refused.value.theirs, refused.value.mine.title) == (after, "Mine")
    assert plans.objectives(workspace, LEADER) == (objective,)
    with pytest.raises(Refused, match="'Warm homes' already"):
        plans.add_objective(workspace, ADMIN, "Warm homes")


def test_edits_that_break_a_rule_change_nothing(workspace, saved):
    action = saved.actions[0]
    for changes, words in (
        ({"finish": date(2020, 1, 1)}, "before the start"),
        ({"raci": Raci(accountable="")}, "accountable"),
        ({"percent_done": 50.0}, "cannot be edited here"),
        ({"objective": action.id}, "not in the list"),
    ):
        with pytest.raises(Refused, match=words):
            plans.edit_action(workspace, ADMIN, action.id, 1, **changes)
    for wrong in ("nonsense", saved.id):
        with pytest.raises(Refused):
            plans.edit_action(workspace, ADMIN, wrong, 1, title="x")
    assert plans.plan(workspace, ADMIN) == saved


def test_a_circle_is_refused_naming_both(workspace, saved):
    later = next(a for a in saved.actions if a.requires)
    earlier = saved.action(later.requires[0])
    with pytest.raises(Refused, match=r"cannot depend on .*, because that already depends on it") as refused:
        plans.add_dependency(workspace, ADMIN, earlier.id, 1, later.code)
    assert repr(earlier.title) in str(refused.value) and repr(later.title) in str(refused.value)
    freed = plans.remove_dependency(workspace, ADMIN, later.id, 1, earlier.code)
    assert earlier.code not in freed.requires
    assert earlier.code in plans.add_dependency(workspace, ADMIN, later.id, 2, earlier.code).requires


def test_an_added_action_is_peoples_own(workspace, saved):
    first = saved.actions[0]
    own = plans.add_action(
        workspace, ADMIN, title="Move the servers", start=date(2026, 10, 5), finish=date(2026, 11, 1), owner="it",
        department="parks", effort={"data-team": 12.0}, requires=(first.code,),
    )  # fmt: skip
    assert (own.code, own.origin, own.phase, own.raci.responsible) == ("added-1", "added", 2, ("data-team",))
    assert plans.plan(workspace, ADMIN).action("added-1") == own
    assert [u.note for u in history(workspace, ADMIN, own.id)] == ["Added to the plan"]
    with pytest.raises(Refused, match="depends on"):
        plans.remove_action(workspace, ADMIN, first.id, 1, "not needed")
    plans.remove_action(workspace, ADMIN, own.id, 1, "not needed")
    after = plans.plan(workspace, ADMIN)
    assert [a.code for a in after.removed] == ["added-1"] and after.actions == saved.actions
    with pytest.raises(Refused, match="no department 'nowhere'"):
        plans.add_action(
            workspace, ADMIN, title="x", start=own.start, finish=own.finish, owner="it", department="nowhere"
        )
    again = plans.add_action(workspace, ADMIN, title="x", start=own.start, finish=own.finish, owner="it")
    assert again.code == "added-2"


def test_milestones_are_added_moved_and_removed(workspace, saved):
    made = plans.add_milestone(workspace, ADMIN, "Council vote", date(2026, 9, 1), "The council agrees")
    moved = plans.edit_milestone(workspace, ADMIN, made.id, 1, name="Council vote", on=date(2026, 10, 1))
    assert moved in plans.plan(workspace, ADMIN).milestones and moved.row_version == 2
    with pytest.raises(Refused, match="changed meanwhile"):
        plans.remove_milestone(workspace, ADMIN, made)
    plans.remove_milestone(workspace, ADMIN, moved)
    assert plans.plan(workspace, ADMIN).milestones == saved.milestones


def test_planning_again_keeps_what_goes_on(workspace, round_, saved):
    begun, edited = saved.actions[0], saved.actions[-1]
    report_progress(workspace, ADMIN, begun.id, 1, 40.0, note="Half the way")
    plans.edit_action(workspace, ADMIN, begun.id, 2, finish=date(2026, 12, 1))
    plans.edit_action(workspace, ADMIN, edited.id, 1, owner="Head of data", start=edited.start)
    own = plans.add_action(
        workspace, ADMIN, title="Move", start=date(2026, 10, 5), finish=date(2026, 11, 1), owner="it", cost=5.0
    )
    again = plan_making.replan(workspace, ADMIN, round_, "Second", **FEW)
    kept = again.action(begun.code)
    assert (kept.percent_done, kept.finish, kept.row_version) == (40.0, date(2026, 12, 1), 1) and kept.id != begun.id
    assert again.baseline[begun.code] == (begun.start, begun.finish)  # lateness is not planned away
    assert again.action(edited.code).owner == "Head of data" and again.action(own.code).origin == "added"
    assert len({a.code for a in again.actions}) == len(again.actions)
    assert [u.note for u in history(workspace, ADMIN, kept.id)] == ["Half the way"]
    assert len(plan_history(workspace, ADMIN, again.id)) == 2
    assert all(use.planned <= use.available + 0.01 for use in again.body.capacity)
    assert sum(use.planned for use in again.body.budget) == pytest.approx(sum(a.cost or 0 for a in again.actions))
    assert [p.status for p in plans.plans(workspace, ADMIN)] == ["current", "past"]
    with pytest.raises(Refused, match="'First' was replaced by another one"):
        plans.edit_action(workspace, ADMIN, begun.id, 3, title="Too late")
    with pytest.raises(Refused, match="'First' was replaced by another one"):
        report_progress(workspace, ADMIN, begun.id, 3, 50.0)


def test_planning_again_without_a_plan_is_planning(workspace, round_):
    first = plan_making.replan(workspace, ADMIN, round_, "First", **FEW)
    assert first.body == plans.make_plan(workspace, ADMIN, round_, **FEW)


def test_who_may(workspace, round_, saved):
    action = saved.actions[0]
    for forbidden in (
        lambda: plans.save_plan(workspace, LEADER, round_, saved.body, "Mine"),
        lambda: plan_making.replan(workspace, LEADER, round_, "Mine"),
        lambda: plans.edit_action(workspace, PARKS_LEAD, action.id, 1, title="Mine"),
        lambda: plans.remove_action(workspace, PARKS_LEAD, action.id, 1, "because"),
        lambda: plans.add_dependency(workspace, PARKS_LEAD, action.id, 1, "A01"),
        lambda: plans.decide_action(workspace, PARKS_LEAD, round_, "A01", "rejected", "because"),
        lambda: plans.mark_already(workspace, LEADER, round_, "A01", "done"),
        lambda: plans.set_resources(workspace, LEADER, round_),
        lambda: plans.add_objective(workspace, LEADER, "Mine"),
        lambda: plans.remove_milestone(workspace, LEADER, saved.milestones[0]),
        lambda: plans.plan(workspace, RESPONDENT),
        lambda: plans.make_plan(workspace, RESPONDENT, round_),
    ):
        with pytest.raises(NotPermitted):
            forbidden()
    assert plans.plan(workspace, PARKS_LEAD) == saved
