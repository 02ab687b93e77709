"""Acceptance on the plan page, actions that nobody answers for, and what the page of people says of what they own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import acceptance, people, plans
from maturity.operations.saved_plans import plan
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action
from tests.operations.known_people import known

from .conftest import open_page, seen_as
from .test_plan import plan_page, planned, press, said, town

__all__ = ["plan_page", "planned", "town"]


@pytest.fixture
def asha(planned: Workspace) -> str:
    """The id of a person who can own actions."""
    return known(planned, "Asha", "owner", None, the_organisation(planned, ADMIN)).person


def parks(workspace: Workspace) -> Action:
    return next(each for each in plan(workspace, ADMIN).actions if each.department == "parks")


def read(at: AppTest) -> str:
    return said(at).replace("\\", "")


def test_amended_days_are_taken_over_and_said_as_accepted(plan_page, planned, asha):
    action = plans.edit_action(planned, ADMIN, parks(planned).id, 1, owner_person=asha)
    acceptance.note_answer(
        planned, ADMIN, action.id, 2, "amended", note="the supplier is late", start=date(2028, 6, 1),
        finish=date(2028, 8, 30),
    )  # fmt: skip
    at = plan_page(action=action.code)
    assert "Asha asks for 1 June to 30 August 2028 instead: the supplier is late. Noted by" in read(at)
    assert "The head of Parks has not answered yet." in read(at)
    press(at, "Take these days over")
    assert not at.exception and not at.error
    after = plan(planned, ADMIN).action(action.code)
    assert (after.start, after.finish) == (date(2028, 6, 1), date(2028, 8, 30))
    assert "as its owner asked: the supplier is late" in read(at) and "Taken over, and accepted so." in read(at)
    assert not [each for each in at.button if each.label == "Take these days over"]


def test_an_answer_given_elsewhere_is_noted_with_where_and_when(plan_page, planned, asha):
    action = plans.edit_action(planned, ADMIN, parks(planned).id, 1, owner_person=asha)
    at = plan_page(action=action.code)
    at.session_state[f"plan:noting:{action.id}"] = True
    key = f"plan:{action.id}:2:noting:"
    at.run().radio(key=f"{key}answer").set_value("refused")
    press(at, "Note it")
    assert "where and when the owner said so is missing" in read(at).lower()
    at.text_input(key=f"{key}note").set_value("In the meeting: no <b>time</b>")
    press(at, "Note it")
    assert not at.exception
    assert "Asha refused on" in read(at) and "no <b>time</b>" in read(at)
    plans.edit_action(planned, ADMIN, action.id, 2, finish=date(2030, 1, 1))
    assert "so it is asked for again" in read(at.run())


def test_others_read_how_it_stands_and_press_nothing(plan_page, planned):
    action = parks(planned)
    at = plan_page(seen_as("leader"), action=action.code)
    assert not at.exception and "has not answered yet." in read(at)
    assert not [each for each in at.expander if each.label.startswith(("Note what", "See which"))]


def test_all_actions_of_who_has_left_are_handed_over_on_the_plan_page(plan_page, planned, asha):
    ben = known(planned, "Ben", "owner", None, the_organisation(planned, ADMIN)).person
    first, second = (each for each in plan(planned, ADMIN).actions[:2])
    for each in (first, second):
        plans.edit_action(planned, ADMIN, each.id, 1, owner_person=ben)
    gone = next(each.person for each in people.people(planned, ADMIN) if str(each.person.id) == ben)
    people.person_left(planned, ADMIN, gone)
    at = plan_page()
    assert f"{len(plan(planned, ADMIN).actions)} actions have nobody who answers for them." in read(at)
    at.session_state["plan:unowned"] = True
    at.run()
    assert "Ben has left: 2 actions" in read(at) and "only a role" in read(at)
    press(at, "Hand them over")
    assert "Choose who gets the actions" in read(at)
    at.selectbox(key="plan:handing:to").set_value(f"person:{asha}")
    at.text_input(key="plan:handing:why").set_value("Ben retires")
    press(at, "Hand them over")
    assert not at.exception and not at.error
    assert "2 actions went from Ben to Asha, who is asked to accept." in read(at)
    owners = {each.code: each.owner for each in plan(planned, ADMIN).actions}
    assert (owners[first.code], owners[second.code]) == ("Asha", "Asha")


def test_the_page_of_people_says_what_who_left_owns(start: Callable[..., AppTest], planned: Workspace, asha: str):
    plans.edit_action(planned, ADMIN, parks(planned).id, 1, owner_person=asha)
    at = start()
    at.session_state["people_open"] = asha
    open_page(at, "people")
    assert "Asha owns 1 open action of the plan." in read(at)
    gone = next(each.person for each in people.people(planned, ADMIN) if str(each.person.id) == asha)
    people.person_left(planned, ADMIN, gone)
    at.run()
    assert not at.exception
    assert "Asha owns 1 open action of the plan." in read(at)
