"""Home: the first run, what each role sees of where we stand, and what is next in each state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.operations import rounds, setup, workshops
from maturity.ui import home_start

from .conftest import seen_as
from .town import answered, closed, founded, own_store

Start = Callable[..., AppTest]


def words(at: AppTest) -> str:
    return "\n".join(each.value for kind in ("markdown", "caption", "info", "error") for each in at.main.get(kind))


def links(at: AppTest) -> list[str]:
    return [each.proto.label for each in at.main.get("page_link")]


def press(at: AppTest, label: str) -> AppTest:
    return next(each for each in at.button if each.label == label).click().run()


def test_an_empty_store_offers_the_two_choices(start: Start) -> None:
    at = start()
    assert [title.value for title in at.title] == ["Welcome to Waymark"]
    assert {"Explore the demo city", "Set up your own organisation"} <= {each.label for each in at.main.button}


def test_who_may_not_set_up_learns_who_does(start: Start) -> None:
    at = start(view_as=seen_as("leader"))
    assert "The Chief Data Officer sets it up" in words(at)
    assert not at.main.button


def test_an_organisation_is_set_up_on_one_page(start: Start) -> None:
    at = press(start(), "Set up your own organisation")
    at.text_input(key="own_name").set_value("Small Town").run()
    at.text_area(key="own_departments").set_value("Parks; 10\nHousing").run()
    at.radio(key="own_track").set_value("short").run()
    press(at, "Set up and open the round")
    assert [title.value for title in at.title] == ["Small Town"]
    made = rounds.find_round(own_store(), LOCAL_ADMINISTRATOR)
    assert (made.name, made.status, made.track, len(made.departments)) == ("First round", "open", "short", 2)
    assert "No one has answered yet. 2 departments were asked" in words(at)


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        ("Small Town", "Parks; many", "The staff count 'many' is not a whole number"),
        ("Small Town", "", "Enter at least one department"),
        ("", "Parks", "name has 1 to 200 characters"),
        ("Small Town", "Parks\nParks", "stands twice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(start: Start, name: str, lines: str, said: str) -> None:
    at = press(start(), "Set up your own organisation")
    at.text_input(key="own_name").set_value(name)
    at.text_area(key="own_departments").set_value(lines)
    press(at, "Set up and open the round")
    assert said.lower() in words(at).lower()
    assert setup.organisation(own_store(), LOCAL_ADMINISTRATOR) is None
    assert at.text_area(key="own_departments").value == lines


def test_the_demo_is_built_once_and_then_opened(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def build(workspace: object, size: str, day: object, **more: object) -> None:
        asked.append(size)

    monkeypatch.setattr(home_start, "build_demo", build)
    at = press(start(), "Explore the demo city")
    assert asked == ["city"]
    assert at.session_state["store"] == "demo"
    assert not at.exception


def test_where_we_stand_and_what_changed(start: Start) -> None:
    first = founded()
    answered(first, "parks", 1)
    closed(first)
    second = rounds.create_round(own_store(), LOCAL_ADMINISTRATOR, "Autumn", "small")
    second = rounds.open_round(own_store(), LOCAL_ADMINISTRATOR, second)
    answered(second, "parks", 2)
    answered(second, "housing", 2)
    at = start()
    assert "We stand at 2.0 of 3" in words(at)
    assert "1.0 level higher than in Spring" in words(at)
    numbers = {each.label: (each.value, each.delta) for each in at.metric}
    assert numbers["Score"] == ("2.0 of 3", "+1.0")
    assert numbers["Departments sent"][0] == "2 of 2"


def test_a_head_sees_the_own_department_only(start: Start) -> None:
    round_ = founded()
    answered(round_, "parks", 1)
    answered(round_, "housing", 3)
    at = start(view_as=seen_as("department_lead", "parks"))
    assert "We stand at 1.0 of 3" in words(at)
    assert "Housing" not in words(at)
    assert "3.0" not in words(at)
    assert "Departments sent" not in {each.label for each in at.metric}
    at = start(view_as=seen_as("respondent", "parks"))
    assert "1.0" not in words(at)
    assert links(at) == ["Answer, or go on answering"]


def test_what_is_next_follows_the_state(start: Start) -> None:
    draft = founded(opened=False)
    assert "Start or open a round" in links(start())
    round_ = rounds.open_round(own_store(), LOCAL_ADMINISTRATOR, draft)
    at = start()
    assert links(at)[:2] == ["See who has answered, and remind the others", "Answer, or go on answering"]
    assert "3 of 7 done" in words(at)
    answered(round_, "parks", 2)
    closed(rounds.find_round(own_store(), LOCAL_ADMINISTRATOR))
    at = start()
    assert links(at)[:4] == ["Plan a workshop", "Look at gaps and set targets", "Make a plan", "See the results"]
    assert "5 of 7 done" in words(at)
    leader = start(view_as=seen_as("leader"))
    assert "Make a plan" not in links(leader)
    assert "Setting up" not in [each.value for each in leader.header]


def test_a_facilitator_begins_with_the_workshop(start: Start) -> None:
    round_ = founded()
    at = start(view_as=seen_as("facilitator"))
    assert links(at)[:2] == ["Plan a workshop", "See who has answered, and remind the others"]
    made = workshops.plan_workshop(own_store(), LOCAL_ADMINISTRATOR, round_, "parks", "Talk")
    assert links(start(view_as=seen_as("facilitator")))[0] == "Look at its agenda"
    assert "Plan a workshop" in links(start(view_as=seen_as("facilitator", "housing")))
    workshops.open_workshop(own_store(), LOCAL_ADMINISTRATOR, made)
    at = start()
    assert links(at)[0] == "Go to the room" and "The workshop “Talk” is open" in words(at)
