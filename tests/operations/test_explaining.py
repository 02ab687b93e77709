"""What the solver's process is asked about a saved plan fits the plan: as made, begun, planned again and changed."""

from dataclasses import replace

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import explaining, plan_making, plans, targets
from maturity.operations.progress import report_progress
from maturity.planning.explained import answer_about
from tests.operations.city import ADMIN, LEADER, RESPONDENT, make_town

FEW = {"iterations": 2}


@pytest.fixture
def round_(workspace):
    return make_town(workspace)


@pytest.fixture
def saved(workspace, round_):
    return plan_making.replan(workspace, ADMIN, round_, "First", **FEW)


def told(workspace, visitor=ADMIN, **about):
    return answer_about({**explaining.explainable(workspace, visitor), "about": about or {"plan": True}})


def test_a_plan_as_it_was_made_fits(workspace, saved):
    found = told(workspace, LEADER)
    assert found["fits"]
    assert set(found["slack"]) == {each.code for each in saved.actions}
    code = saved.actions[0].code
    assert told(workspace, action=code)["action"]["action"] == code


def test_it_fits_after_budgets_people_and_decisions_have_changed(workspace, round_, saved):
    few = tuple(replace(each, days=(1.0,) * 12) for each in plans.resources(workspace, ADMIN, round_).capacities)
    plans.set_resources(workspace, ADMIN, round_, few, (1.0, 1.0, 1.0, 1.0))
    plans.decide_action(workspace, ADMIN, round_, saved.actions[0].catalogue_id, "rejected", "Not now")
    assert told(workspace)["fits"]


def test_it_fits_once_an_action_has_begun_and_again_around_it(workspace, round_, saved):
    begun = min(saved.actions, key=lambda each: (each.start, each.code))
    report_progress(workspace, ADMIN, begun.id, 1, 40.0)
    assert begun.code in told(workspace)["slack"]
    plan_making.replan(workspace, ADMIN, round_, "Second", **FEW)  # on the same day
    again = told(workspace)
    assert again["fits"]
    assert told(workspace, action=begun.code)["fits"]


def test_a_plan_of_other_targets_does_not_fit_any_more(workspace, round_, saved):
    for topic in round_.framework.topics:
        targets.set_importance(workspace, ADMIN, round_, topic, 5, "Council decided")
    assert told(workspace) == {"fits": False}


def test_who_may_not_read_the_roadmap_gets_no_question(workspace, saved):
    with pytest.raises(NotPermitted):
        explaining.explainable(workspace, RESPONDENT)
