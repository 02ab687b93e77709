"""Decisions on the plan page: each kind in the opened action, all of them in one list, conflicts, locking a quarter,
and what is said before a plan is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import choices, plans
from maturity.operations.rounds import Round, find_round
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import ActionCatalogue
from maturity.planning.request import Decision
from maturity.roadmap.actions import Action
from maturity.storage import targets as stored
from tests.pages.making import made

from .conftest import seen_as
from .test_plan import plan_page, planned, press, said, town

__all__ = ["plan_page", "planned", "town"]
OTHER = replace(ADMIN, name="M. Okoro")
DAY = date(2026, 9, 1)


@pytest.fixture
def round_(planned: Workspace) -> Round:
    return find_round(planned, ADMIN)


def deciding(plan_page: Callable[..., AppTest], workspace: Workspace, kind: str) -> tuple[AppTest, Action]:
    action = next(each for each in plans.plan(workspace, ADMIN).actions if each.department)
    at = plan_page(action=action.code)
    at.session_state[f"plan:decide:{action.id}"] = True
    at.run().selectbox(key=f"plan:{action.id}:decide").set_value(kind).run()
    return at, action


@pytest.mark.parametrize("kind", ["pinned", "locked", "must", "not_before", "not_after", "rejected"])
def test_a_decision_needs_a_reason_is_kept_and_can_be_taken_back(plan_page, planned, round_, kind):
    at, action = deciding(plan_page, planned, kind)
    press(at, "Keep this decision")
    assert "is missing; enter it" in said(at)
    if kind in ("pinned", "not_before", "not_after"):
        at.date_input(key=f"plan:{action.id}:decide:start").set_value(DAY)
    at.text_input(key=f"plan:{action.id}:decide:reason").set_value("The council wants it so")
    press(at, "Keep this decision")
    assert not at.exception
    [kept] = plans.decisions(planned, ADMIN, round_)
    start = {"locked": action.start, "must": None, "rejected": None}.get(kind, DAY)
    assert kept == Decision(code=action.code, kind=kind, start=start, reason="The council wants it so", by=ADMIN.name)
    assert "The council wants it so" in said(at)
    press(at, "Take the decision back")
    assert plans.decisions(planned, ADMIN, round_) == ()
    assert "The decision is taken back" in said(at)


def test_several_decisions_on_one_action_are_taken_back_one_by_one(plan_page, planned, round_):
    at, action = deciding(plan_page, planned, "must")
    choices.decide_action(planned, ADMIN, round_, action.code, "must", "promised")
    choices.decide_action(planned, ADMIN, round_, action.code, "not_before", "after the move", DAY)
    at.run()
    assert not at.exception
    at.button(key=f"plan:undo:{action.code}:must").click().run()
    assert [each.kind for each in plans.decisions(planned, ADMIN, round_)] == ["not_before"]


def test_a_department_s_action_is_decided_for_all_departments(plan_page, planned, round_):
    at, action = deciding(plan_page, planned, "rejected")
    at.checkbox(key=f"plan:{action.id}:decide:everywhere").check()
    at.text_input(key=f"plan:{action.id}:decide:reason").set_value("No money anywhere")
    press(at, "Keep this decision")
    assert [each.code for each in plans.decisions(planned, ADMIN, round_)] == [action.catalogue_id]
    assert "Everywhere" in said(at)


@pytest.mark.parametrize("kind", ["running", "done"])
def test_what_is_running_or_done_is_marked_and_needs_no_reason(plan_page, planned, round_, kind):
    at, action = deciding(plan_page, planned, kind)
    press(at, "Keep this decision")
    assert not at.exception
    assert {each.code: each.state for each in plans.already(planned, ADMIN, round_)} == {action.code: kind}


def a_city_wide(workspace: Workspace) -> Action:
    return next(each for each in plans.plan(workspace, ADMIN).actions if each.department is None)


def test_the_list_says_what_who_why_and_when_and_takes_back(plan_page, planned, round_):
    action = a_city_wide(planned)
    choices.decide_action(planned, OTHER, round_, action.code, "pinned", "The vote is in autumn", DAY)
    at = plan_page(part="left-out")
    assert not at.exception
    words = said(at).replace("\\", "")
    for wanted in ("1 decision for the next plan", "Pinned to a start on 1 September 2026", action.title,
                   "The vote is in autumn (M. Okoro, "):  # fmt: skip
        assert wanted in words
    press(at, "Take back")
    assert plans.decisions(planned, ADMIN, round_) == ()
    assert "Nothing is decided for the next plan" in said(at)


def test_a_decision_that_somebody_changed_meanwhile_is_not_taken_back(plan_page, planned, round_):
    action = a_city_wide(planned)
    choices.decide_action(planned, ADMIN, round_, action.code, "must", "promised")
    at = plan_page(part="left-out")
    choices.decide_action(planned, OTHER, round_, action.code, "must", "promised in writing")
    press(at, "Take back")
    assert not at.exception
    assert "has changed since you saw it; look again" in said(at).replace("\\", "")
    assert [each.by for each in plans.decisions(planned, ADMIN, round_)] == ["M. Okoro"]


@pytest.mark.parametrize("role", ["leader", "department_lead", "reviewer"])
def test_others_read_what_is_decided_and_change_nothing(plan_page, planned, round_, role):
    choices.decide_action(planned, OTHER, round_, a_city_wide(planned).code, "must", "It was promised")
    at = plan_page(seen_as(role, "parks" if role == "department_lead" else None), part="left-out")
    assert not at.exception
    assert "It was promised" in said(at)
    assert not [each for each in at.main.button if each.label != "Download as CSV"]


def test_many_decisions_are_folded_by_what_is_decided_and_copies_together(plan_page, planned, round_):
    catalogue = plans.plan_request(planned, ADMIN, round_).catalogue
    assert isinstance(catalogue, ActionCatalogue)
    for each in [each for each in catalogue.actions if each.scope == "city"][:11]:
        choices.decide_action(planned, ADMIN, round_, each.id, "rejected", "No money")
    for department in ("parks", "roads"):
        choices.decide_action(planned, ADMIN, round_, f"A04/{department}", "must", "Promised")
    at = plan_page(part="left-out")
    assert "13 decisions" in said(at)
    assert {"Rejected: 11", "Wanted in any case: 1"} <= {each.label for each in at.expander}
    at.session_state["plan:decided:must"] = True
    at.run()
    assert "in 2 departments" in said(at)
    press(at, "Take back")
    assert {each.kind for each in plans.decisions(planned, ADMIN, round_)} == {"rejected"}


def test_conflicts_are_named_and_a_click_takes_back_what_makes_the_rest_possible(plan_page, planned, round_):
    later = next(each for each in plans.plan(planned, ADMIN).actions if each.requires and not each.department)
    first = later.requires[0].partition("/")[0]
    choices.decide_action(planned, ADMIN, round_, later.code, "locked", "agreed on")
    choices.decide_action(planned, ADMIN, round_, first, "rejected", "no money")
    at = plan_page(part="left-out")
    assert not at.exception
    words = said(at).replace("\\", "")
    assert "Not all decisions can be kept." in words
    assert "but it requires" in words and "is rejected." in words
    assert "Take back this decision, and all the others can be kept." in words
    next(each for each in at.button if each.label.startswith("Take back: ")).click().run()
    assert len(plans.decisions(planned, ADMIN, round_)) == 1
    assert "Not all decisions can be kept" not in said(at)


def test_the_preview_names_conflicts_once(plan_page, planned, round_):
    later = next(each for each in plans.plan(planned, ADMIN).actions if each.requires and not each.department)
    choices.decide_action(planned, ADMIN, round_, later.code, "locked", "agreed on")
    choices.decide_action(planned, ADMIN, round_, later.requires[0].partition("/")[0], "rejected", "no money")
    at = plan_page(part="again")
    press(at, "Show what changes")
    made(at)
    assert not at.exception
    said = [str(each.value) for each in at.warning if "sees no action of this plan" not in str(each.value)]
    assert said and [each for each in said if "can be kept" in each] == said


def test_a_quarter_is_locked_with_one_reason(plan_page, planned, round_):
    """Of a plan that begins next year: its first quarter counts."""
    starts = date(planned.clock().year + 1, 1, 1)
    later = plans.make_plan(planned, ADMIN, round_, starts=starts, iterations=2)
    plans.save_plan(planned, ADMIN, round_, later, "Later", starts=starts)
    at = plan_page(part="left-out")
    at.session_state["plan:lock"] = True
    at.run()
    press(at, "Lock them")
    assert "reason why they are locked is missing; enter it" in said(at)
    at.text_input(key="plan:lock:reason").set_value("The departments have been told")
    press(at, "Lock them")
    assert not at.exception
    saved = plans.plan(planned, ADMIN)
    last = saved.starts + timedelta(weeks=13, days=-1)
    soon = {each.code: each.start for each in saved.actions if each.start <= last}
    kept = plans.decisions(planned, ADMIN, round_)
    assert {each.code: each.start for each in kept} == soon
    assert {(each.kind, each.reason) for each in kept} == {("locked", "The departments have been told")}
    assert "locked where the plan has them" in said(at)


def test_a_decision_on_an_action_that_is_gone_is_shown_as_such_and_can_be_taken_back(plan_page, planned, round_):
    gone = Decision(code="A99", kind="must", reason="Promised", by="M. Okoro")
    planned.store.write(stored.put_decision, round_.id, gone, set_at=planned.clock())
    at = plan_page(part="left-out")
    assert not at.exception
    assert "A99, which the action catalogue does not have" in said(at).replace("\\", "")
    again = plan_page(part="again")
    assert "M. Okoro decided about A99" in said(again).replace("\\", "")
    press(at, "Take back")
    assert plans.decisions(planned, ADMIN, round_) == ()


def test_a_mark_on_an_action_that_is_gone_can_be_taken_off(plan_page, planned, round_):
    mark = stored.Already(code="A98/parks", state="done", note="", set_by="x", set_at=planned.clock())
    planned.store.write(stored.put_already, round_.id, mark)
    at = plan_page(part="already")
    assert not at.exception
    press(at, "Take the mark off")
    assert plans.already(planned, ADMIN, round_) == ()


def test_before_planning_it_is_said_what_cannot_come(plan_page, planned, round_):
    saved = plans.resources(planned, ADMIN, round_)
    none = [replace(each, days=(0.0,) * 12) for each in saved.capacities if each.department == "parks"]
    plans.set_resources(planned, ADMIN, round_, none)
    at = plan_page(part="again")
    assert not at.exception
    at.session_state["plan:advice"] = True
    words = said(at.run()).replace("\\", "")
    assert "Parks has no person-days" in words
    assert "only city-wide actions that need none of them reach there" in words
