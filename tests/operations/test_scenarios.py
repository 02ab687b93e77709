"""Scenarios from the store: who may ask, what they are asked around, and keeping the plan of one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import plan_making, plans, resources, scenarios
from maturity.operations.solver import Solver
from maturity.planning.check import check_plan
from maturity.planning.engine import make_plan
from maturity.planning.scenarios import Wish, read_outcome, usual_wishes
from tests.operations.city import ADMIN, LEADER, RESPONDENT, make_town


@pytest.fixture
def round_(workspace):
    found = make_town(workspace)
    plan_making.replan(workspace, ADMIN, found, "First", iterations=2)
    return found


def test_whoever_reads_the_roadmap_may_compare(workspace, round_):
    asked = scenarios.scenarios_question(workspace, LEADER, round_)
    assert asked.request.previous and asked.before is not None
    with pytest.raises(NotPermitted):
        scenarios.scenarios_question(workspace, RESPONDENT, round_)


def test_the_process_answers_with_an_outcome_for_each(workspace, round_):
    asked = scenarios.scenarios_question(workspace, LEADER, round_)
    solver = Solver()
    try:
        work = solver.begin("scenarios", scenarios.scenarios_document(asked, usual_wishes()[:2]))
        found = [read_outcome(each) for each in work.wait(120)["outcomes"]]
    finally:
        solver.close()
    assert [each.wish.key for each in found] == ["planned", "minimum", "fast"]
    assert found[0].comparison.verdict == "base"


def test_a_plan_under_other_limits_is_kept_with_them_and_resources_stay(workspace, round_):
    asked = scenarios.scenarios_question(workspace, ADMIN, round_)
    before = resources.resources(workspace, ADMIN, round_)
    less = scenarios.question_with(asked, Wish(key="less", money=0.8))
    assert less.whole.budgets == tuple(0.8 * each for each in asked.whole.budgets)  # nothing goes on yet
    plan = plan_making.whole_plan(less, make_plan(less.request))
    assert check_plan(less.request, make_plan(less.request)) == ()
    saved = plan_making.keep_plan(workspace, ADMIN, less, plan, "Scenario: a fifth less")
    assert [use.available for use in saved.body.budget] == list(less.whole.budgets)
    assert resources.resources(workspace, ADMIN, round_) == before
    assert plans.plan(workspace, ADMIN).name == "Scenario: a fifth less"


def test_what_goes_on_keeps_its_money_and_days(workspace, round_):
    asked = scenarios.scenarios_question(workspace, ADMIN, round_)
    spent = (10.0, 0.0, 0.0, 0.0)
    left = tuple(each - used for each, used in zip(asked.whole.budgets, spent, strict=True))
    team = asked.request.capacities[0]
    tighter = replace(
        asked.request,
        budgets=left,
        capacities=(replace(team, days=tuple(d - 1 for d in team.days)), *asked.request.capacities[1:]),
    )
    going = replace(asked, request=tighter)
    fast = scenarios.question_with(going, Wish(key="fast"))
    assert fast.whole.budgets == (sum(asked.whole.budgets), 0.0, 0.0, 0.0)
    more = scenarios.question_with(going, Wish(key="person", role=team.role, days=55.0))
    assert more.whole.capacities[0].days == tuple(d + 55 for d in team.days)


def test_planning_from_nothing_knows_no_earlier_plan(workspace, round_):
    assert plan_making.plan_question(workspace, ADMIN, round_).request.previous
    assert plan_making.plan_question(workspace, ADMIN, round_, calm=False).request.previous == ()
