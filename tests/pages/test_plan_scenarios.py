"""Scenarios on the plan's page: asked for, filling, refused by nobody who reads; taken on as a preview and kept."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plan_making, plans, targets
from maturity.operations.rounds import find_round
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.planning.scenarios import Wish, usual_wishes
from maturity.ui.plan_scenarios import FIELDS, wishes_of
from tests.operations.city import make_town

from .conftest import seen_as
from .making import LONG, made
from .test_plan import plan_page, press, said
from .test_plan import tables as styled

__all__ = ["plan_page"]


@pytest.fixture
def planned(stores) -> Workspace:
    """A town with a plan, in the visitor's own store."""
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    return workspace


def tables(at: AppTest) -> list[str]:
    """The tables in HTML, without the page's styles."""
    return [each for each in styled(at) if each.startswith("<table")]


def compared(at: AppTest) -> AppTest:
    """The page once all scenarios are there."""
    press(at, "Compare scenarios")
    while "plan:scenarios:asked" in at.session_state:
        assert at.session_state["plan:scenarios"].finished.wait(LONG), "the scenarios did not come"
        at.run()
    return at


def number(at: AppTest, label: str):
    """The number input with this label."""
    return next(each for each in at.number_input if each.label == label)


def open_box(at: AppTest, key: str) -> AppTest:
    """Open a box by its key."""
    at.session_state[key] = True
    return at.run()


def test_scenarios_are_compared_and_one_is_kept_as_a_version(plan_page, planned):
    at = plan_page(part="scenarios")
    assert "kept by nobody" in said(at) and not tables(at)
    compared(at)
    assert not at.exception
    assert "What each would change" in said(at) and "**Do minimum**" in said(at)
    assert all(name in tables(at)[0] for name in ("As planned", "Fast", "A fifth less money", "One more person"))
    assert "Your own" not in tables(at)[0]
    open_box(at, "plan:scenarios:departments")
    assert any("Levels by department" in each for each in tables(at))
    open_box(at, "plan:scenarios:changes:minimum")
    assert any("“Do minimum” against the plan as it is" in each for each in tables(at))
    before = plans.plan(planned, ADMIN)
    press(at, "Plan with “Do minimum”")
    at.run()
    assert not at.exception
    assert "Not saved yet" in said(at) and "Made for the scenario “Do minimum”" in said(at)
    assert at.text_input(key="plan:keep:name").value == "Scenario Do minimum"
    press(at, "Save as a new version")
    assert not at.exception
    after = plans.plan(planned, ADMIN)
    assert after.name == "Scenario Do minimum" and len(after.actions) < len(before.actions)


def test_ones_own_limits_are_compared_too_and_stay_in_the_form(plan_page, planned):
    at = plan_page(part="scenarios")
    number(at, "Money, in % of what is left of the budgets").set_value(50)
    compared(at)
    assert not at.exception
    assert "50% of the money that is left." in tables(at)[0]
    assert number(at, "Money, in % of what is left of the budgets").value == 50
    assert number(at, "Person-days a quarter, more or fewer").value == 0
    assert "Compare again" in said(at)


def test_a_change_elsewhere_makes_them_old(plan_page, planned):
    at = compared(plan_page(part="scenarios"))
    round_ = find_round(planned, ADMIN)
    topic = next(iter(round_.framework.topics))
    targets.set_target(planned, ADMIN, round_, "parks", topic, [(4, date(2028, 6, 30))], "A promise")
    at.run()
    assert "Compare them again" in said(at) and not tables(at)


def test_a_leader_compares_and_cannot_plan_with_one(plan_page, planned):
    at = plan_page(seen_as("leader"), part="scenarios")
    compared(at)
    assert not at.exception
    open_box(at, "plan:scenarios:changes:minimum")
    assert not any(each.label.startswith("Plan with") for each in at.button)


def test_a_question_that_cannot_be_answered_says_so(plan_page, planned, monkeypatch):
    at = plan_page(part="scenarios")
    monkeypatch.setattr(
        "maturity.ui.plan_scenarios.wishes_of", lambda said: (Wish(key="person", role="nobody", days=55.0),)
    )
    compared(at)
    assert "Not all scenarios could be computed" in said(at) and "no role of the whole organisation" in said(at)
    assert "As planned" in tables(at)[0]


def test_wishes_from_the_form():
    assert wishes_of(FIELDS) == usual_wishes()
    assert wishes_of({**FIELDS, "person": "data-team"}) == usual_wishes("data-team")
    assert wishes_of({**FIELDS, "days": 20}) == usual_wishes()  # of no role
    assert wishes_of({**FIELDS, "role": "data-team"}) == usual_wishes()  # no days
    own = wishes_of({**FIELDS, "money": 0, "role": "data-team", "days": -5, "later": date(2027, 1, 1)})[-1]
    assert own == Wish(key="own", money=0.0, role="data-team", days=-5.0, not_before=date(2027, 1, 1))
    assert wishes_of({**FIELDS, "money": None}) == usual_wishes()


def test_from_nothing_is_a_choice_when_planning_again(plan_page, planned):
    at = plan_page(part="again")
    radio = at.radio(key="plan:make:anew")
    assert radio.value == "calm"
    radio.set_value("nothing")
    press(at, "Show what changes")
    assert made(at).session_state["plan:preview"].question.request.previous == ()
