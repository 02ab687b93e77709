"""The person-days of the plan on the page of one department: confirmed one by one or all, otherwise, refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import acceptance, actions, plans
from maturity.operations.saved_plans import plan
from maturity.operations.workspace import Workspace
from maturity.roadmap.actions import Action
from maturity.words.delivery_sentences import person_days

from .conftest import open_page, seen_as
from .test_plan import planned, said, town

__all__ = ["planned", "town"]
HEAD = seen_as("department_lead", "parks")


@pytest.fixture
def days(start: Callable[..., AppTest], planned: Workspace) -> Callable[..., AppTest]:
    """A visit to the page of Parks, two more of whose actions people have added."""
    for title, effort in (("Map *all* trees", {"analyst": 6.0, "steward": 2.0}), ("Tidy", {"analyst": 4.0})):
        actions.add_action(
            planned, ADMIN, title=title, start=date(2026, 5, 4), finish=date(2026, 6, 26), owner="Ann",
            department="parks", effort=effort,
        )  # fmt: skip
    return lambda visitor=HEAD: open_page(start(visitor), "department")


def of_parks(workspace: Workspace) -> list[Action]:
    return [each for each in plan(workspace, ADMIN).actions if each.department == "parks"]


def called(workspace: Workspace, title: str) -> Action:
    return next(each for each in of_parks(workspace) if each.title == title)


def answers(workspace: Workspace) -> dict[str, str]:
    return {each.code: each.answer for each in acceptance.acceptances(workspace, ADMIN) if each.part == "head"}


def read(at: AppTest) -> str:
    return said(at).replace("\\", "")


def test_the_head_reads_the_days_and_confirms_all_at_once(days, planned):
    at = days()
    every = of_parks(planned)
    assert not at.exception and not at.error
    assert f"The person-days of {len(every)} actions of the plan wait for the head" in read(at)
    whole = sum(each.person_days for each in every)
    assert f"takes {person_days(whole)} person-days of the department in {len(every)} actions" in read(at)
    assert "Map *all* trees" in read(at) and "4 May to 26 June 2026" in read(at)
    at.button(key="days:all").click().run()
    assert not at.exception and not at.error
    assert answers(planned) == {each.code: "accepted" for each in every}
    assert f"Confirmed: {len(every)} actions" in read(at)
    assert not [each for each in at.button if each.label == "Confirm"]


def test_one_is_confirmed_another_amended_a_third_refused(days, planned):
    at = days()
    trees, tidy = called(planned, "Map *all* trees"), called(planned, "Tidy")
    at.button(key=f"days:{trees.id}:1:yes").click().run()
    assert answers(planned) == {trees.code: "accepted"}
    at.number_input(key=f"days:{tidy.id}:1:days").set_value(2.0)
    press_in(at, tidy, "Say this number")
    assert "the reason is missing" in read(at).lower() and tidy.code not in answers(planned)
    assert at.number_input(key=f"days:{tidy.id}:1:days").value == 2.0
    at.text_input(key=f"days:{tidy.id}:1:why").set_value("one is ill")
    press_in(at, tidy, "Say this number")
    assert not at.exception
    last = acceptance.acceptances(planned, ADMIN)[-1]
    assert (last.code, last.answer, dict(last.wanted), last.note) == (tidy.code, "amended", {"days": 2.0}, "one is ill")
    third = next(each for each in of_parks(planned) if each.catalogue_id)
    at.text_input(key=f"days:{third.id}:1:why").set_value("not ours")
    press_in(at, third, "Refuse")
    assert answers(planned)[third.code] == "refused"


def press_in(at: AppTest, action: Action, label: str) -> None:
    """Press the button of one action's form."""
    found = [each for each in at.button if each.label == label and action.id in str(each.form_id)]
    found[0].click().run()


def test_nothing_is_confirmed_where_an_action_changed_since_the_page_was_drawn(days, planned):
    at = days()
    plans.edit_action(planned, ADMIN, called(planned, "Tidy").id, 1, effort={"analyst": 40.0})
    at.button(key="days:all").click().run()
    assert not at.exception
    assert "'Tidy' changed meanwhile, so nothing was confirmed" in read(at)
    assert answers(planned) == {}
    at.button(key="days:all").click().run()
    assert len(answers(planned)) == len(of_parks(planned))


def test_changed_days_are_asked_for_again_and_who_runs_the_round_only_reads(days, planned):
    tidy = called(planned, "Tidy")
    acceptance.confirm_days(planned, ADMIN, tidy.id, 1)
    plans.edit_action(planned, ADMIN, tidy.id, 1, effort={"analyst": 9.0})
    at = days(seen_as("facilitator"))
    at.selectbox(key="department_of").select("parks").run()
    assert not at.exception
    assert "so it is asked for again" in read(at)
    assert not [each for each in at.button if each.label == "Confirm"] and not at.number_input


def test_without_a_plan_nothing_is_said_of_days(start, town):
    at = open_page(start(HEAD), "department")
    assert not at.exception
    assert "Person-days for the plan" not in [each.value for each in at.header]
