"""Undo of one action's last change, of taking out and adding, and of planning again; between two people."""

from datetime import date

import pytest

from maturity.access.roles import Grant, Visitor
from maturity.operations import actions, plan_making, plan_versions, plans, undo
from maturity.operations.actions import ActionChanged
from maturity.operations.errors import Changed, Refused
from maturity.operations.progress import Told, history, report_progress
from maturity.operations.upkeep import problems_of_store
from tests.operations.city import ADMIN, make_town

DEPUTY = Visitor(person="dee", name="Dee", grants=(Grant(role="administrator"),))
FEW = {"iterations": 1}


@pytest.fixture
def round_(workspace):
    return make_town(workspace)


@pytest.fixture
def saved(workspace, round_):
    return plan_making.replan(workspace, ADMIN, round_, "First", **FEW)


def test_a_change_is_undone_as_a_change_of_its_own_and_can_be_done_again(workspace, saved):
    action = saved.actions[0]
    assert undo.last_change(workspace, ADMIN, action.id) is None
    with pytest.raises(Refused, match="nothing to undo"):
        undo.undo_last(workspace, ADMIN, action.id, 1)
    edited = plans.edit_action(workspace, ADMIN, action.id, 1, reason="the vote is later", finish=date(2027, 12, 1))
    seen = undo.last_change(workspace, DEPUTY, action.id)
    assert (seen.stated.by, seen.stated.verb, seen.parts) == ("Command line", "edit action", ("finish",))
    undone = undo.undo_last(workspace, DEPUTY, action.id, 2)
    assert (undone.action.finish, undone.action.row_version) == (action.finish, 3)
    assert plans.plan(workspace, ADMIN).action(action.code) == undone.action
    again = undo.undo_last(workspace, DEPUTY, action.id, 3)
    assert again.action.finish == edited.finish and again.stated.verb == "undo"
    assert problems_of_store(workspace, ADMIN) == []


def test_undo_of_a_version_that_is_not_the_one_read_is_refused_with_both(workspace, saved):
    action = saved.actions[0]
    plans.edit_action(workspace, ADMIN, action.id, 1, title="Ours")
    plans.edit_action(workspace, DEPUTY, action.id, 2, title="Theirs")
    with pytest.raises(ActionChanged) as clash:
        undo.undo_last(workspace, ADMIN, action.id, 2)
    assert (clash.value.theirs.title, clash.value.mine.title) == ("Theirs", "Ours")
    assert plans.plan(workspace, ADMIN).action(action.code).title == "Theirs"


def test_a_report_is_taken_back_by_another_one_and_only_by_who_made_it(workspace, saved):
    action = saved.actions[0]
    report_progress(workspace, ADMIN, action.id, 1, 20, confidence=4)
    report_progress(workspace, ADMIN, action.id, 2, 90, confidence=2, more=Told(days_used=5.0, because="fewer people"))
    with pytest.raises(Refused, match="a report by Command line; only they take it back"):
        undo.undo_last(workspace, DEPUTY, action.id, 3)
    assert undo.undo_last(workspace, ADMIN, action.id, 3).reported
    first, second, third = history(workspace, ADMIN, action.id)
    assert (second.percent_done, third.percent_done, third.confidence) == (90.0, 20.0, 4)
    assert third.note == "Taken back: the report of 90 % done" and third.days_used is None
    now = plans.plan(workspace, ADMIN).action(action.code)
    assert (now.percent_done, now.begun_on, now.days_used) == (20.0, first.begun_on, None)
    undo.undo_last(workspace, ADMIN, action.id, 4)
    last = history(workspace, ADMIN, action.id)[-1]
    assert (last.percent_done, last.confidence, last.note) == (90.0, 2, "Said again: 90 % done")


def test_an_action_taken_out_comes_back_and_an_added_one_goes(workspace, saved):
    later = next(a for a in saved.actions if not any(a.code in b.requires for b in saved.actions) and a.requires)
    plans.remove_action(workspace, ADMIN, later.id, 1, "no money")
    assert undo.last_change(workspace, ADMIN, later.id).parts == ("removed_on",)
    assert undo.undo_last(workspace, ADMIN, later.id, 2).action.removed_on is None
    assert plans.plan(workspace, ADMIN).removed == ()
    day = {"start": date(2026, 10, 5), "finish": date(2026, 11, 1)}
    own = plans.add_action(workspace, ADMIN, title="Move", owner="it", **day)
    plans.add_dependency(workspace, ADMIN, later.id, 3, own.code)
    with pytest.raises(Refused, match="take that link off first"):
        undo.undo_last(workspace, ADMIN, own.id, 1)
    undo.undo_last(workspace, ADMIN, later.id, 4)
    undo.undo_last(workspace, ADMIN, own.id, 1)
    assert [a.code for a in plans.plan(workspace, ADMIN).removed] == [own.code]
    assert undo.undo_last(workspace, ADMIN, own.id, 2).action.removed_on is None


def test_what_comes_back_needs_what_it_needs_and_closes_no_circle(workspace, saved):
    day = {"start": date(2026, 10, 5), "finish": date(2026, 11, 1), "owner": "it"}
    one = plans.add_action(workspace, ADMIN, title="One", **day)
    two = plans.add_action(workspace, ADMIN, title="Two", requires=(one.code,), **day)
    plans.remove_action(workspace, ADMIN, two.id, 1, "not needed")
    plans.remove_action(workspace, ADMIN, one.id, 1, "not needed")
    with pytest.raises(Refused, match="needs 'One', which was taken out of the plan; bring that back first"):
        undo.undo_last(workspace, ADMIN, two.id, 2)
    undo.undo_last(workspace, ADMIN, one.id, 2)
    undo.undo_last(workspace, ADMIN, two.id, 2)
    plans.remove_dependency(workspace, ADMIN, two.id, 3, one.code)
    plans.add_dependency(workspace, ADMIN, one.id, 3, two.code)
    with pytest.raises(Refused, match="cannot depend on 'One', because that already depends on it"):
        undo.undo_last(workspace, ADMIN, two.id, 4)


def test_people_go_back_to_the_plan_before_while_nothing_was_done_on_the_new_one(workspace, round_, saved):
    assert undo.plan_before(workspace, ADMIN) is None
    with pytest.raises(Refused, match="no plan before"):
        undo.undo_replan(workspace, ADMIN, "too early", expected_plan="First")
    plan_making.replan(workspace, ADMIN, round_, "Second", **FEW)
    assert undo.plan_before(workspace, ADMIN).before == "First"
    with pytest.raises(Changed, match="the current plan is 'Second' by now"):
        undo.undo_replan(workspace, ADMIN, "too early", expected_plan="First")
    with pytest.raises(Refused, match="the reason for going back"):
        undo.undo_replan(workspace, ADMIN, " ", expected_plan="Second")
    assert undo.undo_replan(workspace, ADMIN, "made too early", expected_plan="Second") == saved
    assert {each.name: each.status for each in plans.plans(workspace, ADMIN)} == {"First": "current", "Second": "past"}
    assert undo.undo_replan(workspace, ADMIN, "it was right", expected_plan="First").name == "Second"


def test_going_back_is_refused_in_numbers_where_something_was_done(workspace, round_, saved):
    again = plan_making.replan(workspace, ADMIN, round_, "Second", **FEW)
    with pytest.raises(Refused, match="'First' was replaced by another one"):
        undo.undo_last(workspace, ADMIN, _changed(workspace, saved), 2)
    report_progress(workspace, ADMIN, again.actions[0].id, 1, 10)
    report_progress(workspace, ADMIN, again.actions[1].id, 1, 10)
    plans.edit_action(workspace, ADMIN, again.actions[2].id, 1, title="Other")
    plans.add_milestone(workspace, ADMIN, "Vote", date(2026, 12, 1))
    with pytest.raises(Refused, match="2 reports and 2 changes were made on it"):
        undo.undo_replan(workspace, ADMIN, "made too early", expected_plan="Second")


def _changed(workspace, saved) -> str:
    action = saved.actions[0]
    actions.edit_action(workspace, ADMIN, action.id, 1, title="Late")
    return action.id


def test_a_new_plan_whose_version_was_proposed_only_can_be_left(workspace, round_, saved):
    plan_making.replan(workspace, ADMIN, round_, "Second", **FEW)
    made = plan_versions.propose_version(workspace, ADMIN, "V1", "for the council")
    undo.undo_replan(workspace, ADMIN, "made too early", expected_plan="Second")
    with pytest.raises(Changed, match="has taken the place of"):
        plan_versions.approve_version(workspace, ADMIN, made.id)
