"""Why an action is in, what sets the end date, impact and effort, what more is worth, what would have to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plans, targets
from maturity.operations.rounds import find_round
from maturity.operations.solver import Work
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.ui import plan_asked
from tests.operations.city import make_town

from .conftest import open_page, seen_as

LONG = 60.0


@pytest.fixture
def planned(stores) -> Workspace:
    """A town with a plan that is short of people and money."""
    workspace = open_workspace(default_url())
    round_ = make_town(workspace)
    spend = plans.resources(workspace, ADMIN, round_)
    few = tuple(replace(each, days=tuple(days / 4 for days in each.days)) for each in spend.capacities)
    plans.set_resources(workspace, ADMIN, round_, few, (20_000.0, 20_000.0, 20_000.0, 20_000.0))
    plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_), "First plan")
    return workspace


@pytest.fixture
def plan_page(start) -> Callable[..., AppTest]:
    def begin(view_as=None, boxes=(), **query: str) -> AppTest:
        at = open_page(start(view_as), "plan")
        for name, value in query.items():
            at.query_params[name] = value
        for box in boxes:
            at.session_state[box] = True
        return settled(at.run())

    return begin


def settled(at: AppTest) -> AppTest:
    """The page once whatever it asked the solver's process is answered."""
    for key in ("plan:why", "plan:enter", "plan:whole:impact", "plan:whole:end"):
        if key in at.session_state:
            work: Work = at.session_state[key]
            assert work.finished.wait(LONG)
    at.run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.info, at.warning, at.header)
    tables = [each.proto.body for each in at.get("html") if "plan-table" in each.proto.body]
    return "\n".join([*(str(each.value) for kind in kinds for each in kind), *tables])


def first_action(workspace: Workspace):
    return next(each for each in plans.plan(workspace, ADMIN).actions if each.origin == "planned")


def test_an_opened_action_says_why_and_what_hangs_on_it(plan_page, planned):
    action = first_action(planned)
    at = plan_page(action=action.code, boxes=[f"plan:why:{action.id}"])
    for heading in ("Brings about", "Why then", "Others wait for it", "Without it", "How far it can slip"):
        assert f">{heading}<" in said(at)
    assert "A level-week is one topic of one department" in said(at)


def test_a_closed_box_asks_nothing(plan_page, planned):
    at = plan_page(action=first_action(planned).code)
    assert "plan:why" not in at.session_state


@pytest.mark.parametrize("role", ["leader", "reviewer"])
def test_readers_may_ask_why_too(plan_page, planned, role):
    action = first_action(planned)
    at = plan_page(seen_as(role), action=action.code, boxes=[f"plan:why:{action.id}", "plan:end", "plan:impact"])
    assert not at.error
    assert ">How far it can slip<" in said(at)


def test_a_plan_that_does_not_fit_its_round_any_more_says_so_and_shows_what_was_noted(plan_page, planned):
    action = first_action(planned)
    round_ = find_round(planned, ADMIN)
    topic = action.closes[0].topic if action.closes else next(iter(round_.framework.topics))
    for each in round_.framework.topics:
        targets.set_importance(planned, ADMIN, round_, each, 5 if each == topic else 1, "Council decided")
    at = plan_page(action=action.code, boxes=[f"plan:why:{action.id}", "plan:end"])
    assert "have changed since this plan was made" in said(at)
    assert ">How far it can slip<" not in said(at)


def test_what_sets_the_end_date_is_listed_with_each_link(plan_page, planned):
    at = plan_page(boxes=["plan:end"])
    assert "From the action that ends last back" in said(at)
    last = max(plans.plan(planned, ADMIN).actions, key=lambda each: each.finish)
    assert last.title in said(at)


def test_impact_and_effort_has_its_table_beside_it(plan_page, planned):
    at = plan_page(boxes=["plan:impact", "table-impact-effort"])
    assert "Impact is the share of the plan's value" in said(at)
    (table,) = at.table
    assert list(table.value.columns) == [
        "Action (departments)", "When", "Quick win", "Person-days", "Share of the plan's value", "Level-weeks",
        "Its people and money elsewhere",
    ]  # fmt: skip


def test_people_and_money_say_what_more_would_be_worth(plan_page, planned):
    at = plan_page(part="means")
    body = plans.plan(planned, ADMIN).body
    assert "What more would be worth" in said(at)
    assert ("is what holds the plan back" in said(at)) == bool(body.prices)
    assert said(at).count("of what the plan achieves.") == min(5, len(body.prices))


def test_a_step_that_stays_out_says_what_would_have_to_change(plan_page, planned):
    at = plan_page(part="left-out")
    assert "Choose a step to read what is missing" in said(at)
    at.selectbox(key="plan:enter:step").set_value(0).run()
    settled(at)
    assert ">Would take<" in said(at) or "Nothing in the catalogue" in said(at)


def test_an_answer_that_fails_is_said_and_can_be_asked_again(plan_page, planned, monkeypatch):
    class Failing:
        def begin(self, kind, body):
            work = Work(kind=kind, question="")
            work.state, work.said = "failed", "the solver's process could not be reached"
            work.finished.set()
            return work

        def stop(self, work):
            return None

    with monkeypatch.context() as patch:
        patch.setattr(plan_asked.working, "solver", Failing)
        at = plan_page(boxes=["plan:end"])
    assert "This could not be worked out: the solver's process could not be reached." in said(at)
    next(each for each in at.button if each.label == "Try again").click().run()
    settled(at)
    assert "From the action that ends last back" in said(at)
