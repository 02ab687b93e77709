"""The editor of an action: owners chosen from people, roles or written, RACI, KPI, reasons, and two people at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import people, plans
from maturity.operations.setup import the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import Kpi
from maturity.roadmap.actions import Action, Raci
from maturity.storage.plans import states_of
from tests.operations.known_people import known

from .test_plan import plan_page, planned, press, said, town

__all__ = ["plan_page", "planned", "town"]


@pytest.fixture
def asha(planned: Workspace) -> str:
    """The id of a person who can own actions and comes in by a link."""
    return known(planned, "Asha", "owner", None, the_organisation(planned, ADMIN)).person


def opened(
    plan_page: Callable[..., AppTest], workspace: Workspace, **typed: Any
) -> tuple[AppTest, Action, Callable[[str], str]]:
    """A visit with the form of the first city-wide action open, `typed` in it, and how its inputs are called. What is
    written by hand into a list has to be there before the first run: AppTest knows only what the list has."""
    action = next(each for each in plans.plan(workspace, ADMIN).actions if each.department is None)
    at = plan_page(action=action.code)
    at.session_state[f"plan:form:{action.id}"] = True
    for name, value in typed.items():
        at.session_state[f"plan:{action.id}:0:{name}"] = value
    return at.run(), action, lambda name: f"plan:{action.id}:0:{name}"


def now(workspace: Workspace, action: Action) -> Action:
    return plans.plan(workspace, ADMIN).action(action.code)


def test_a_person_becomes_the_owner_and_is_accountable(plan_page, planned, asha):
    at, action, key = opened(plan_page, planned)
    assert any(each.startswith("Asha (comes in by a personal link") for each in at.selectbox(key=key("owner")).options)
    at.selectbox(key=key("owner")).set_value(f"person:{asha}")
    press(at, "Save")
    assert not at.exception and not at.error
    after = now(planned, action)
    assert (after.owner, after.owner_person, after.raci.accountable) == ("Asha", asha, "Asha")
    assert after.raci.responsible == action.raci.responsible
    assert "owner." in at.success[0].value
    assert "Asha comes in by a personal link." in said(at)


def test_an_owner_without_a_link_is_said_with_the_way_to_make_one(plan_page, planned):
    ben = people.add_person(planned, ADMIN, "Ben", "ben@town.example", "owner")
    action = next(each for each in plans.plan(planned, ADMIN).actions if each.department is None)
    plans.edit_action(planned, ADMIN, action.id, 1, owner_person=str(ben.id))
    at, action, _ = opened(plan_page, planned)
    assert "Ben cannot come in yet: no valid personal link." in said(at).replace("\\", "")
    at.button(key=f"plan:{action.id}:link").click().run()
    assert not at.exception and at.title[0].value == "People"
    assert [each.value for each in at.header] == ["Ben"]


def test_who_has_left_stays_the_owner_until_another_is_chosen(plan_page, planned, asha):
    action = next(each for each in plans.plan(planned, ADMIN).actions if each.department is None)
    plans.edit_action(planned, ADMIN, action.id, 1, owner_person=asha)
    gone = next(each.person for each in people.people(planned, ADMIN) if str(each.person.id) == asha)
    people.person_left(planned, ADMIN, gone)
    at, action, key = opened(plan_page, planned)
    assert "Asha (has left, or has no role)" in at.selectbox(key=key("owner")).options
    at.text_input(key=key("title")).set_value("A better title")
    press(at, "Save")
    after = now(planned, action)
    assert (after.title, after.owner, after.owner_person) == ("A better title", "Asha", asha)


def test_raci_is_exactly_one_and_lists(plan_page, planned, asha):
    at, action, _key = opened(plan_page, planned, accountable="Mayor", consulted=["Ann", "Asha"], informed=["Council"])
    press(at, "Save")
    assert not at.exception and not at.error
    raci = now(planned, action).raci
    assert (raci.accountable, raci.consulted, raci.informed) == ("Mayor", ("Ann", "Asha"), ("Council",))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"accountable": "Ann, Bob"}, "exactly one is accountable, not 2; move the others to responsible"),
        ({"consulted": ["Ann"], "informed": ["Ann"]}, "Ann is consulted and informed"),
        ({"kpi": "Maps"}, "a KPI needs a name and a unit"),
        ({"kpi": "Maps", "unit": "%", "baseline": 9.0, "target": 1.0}, "but its target 1 is below its baseline 9"),
        ({"finish": date(2035, 1, 1)}, "say why the days change"),
        ({"start": date(2035, 1, 1), "reason": "late"}, "is before the start"),
        ({"deliverable_link": "javascript:alert(1)"}, "begins with https://"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_said_and_what_was_typed_stays(plan_page, planned, typed, words):
    if "kpi" in typed:
        typed = {"unit": "", "baseline": None, "target": None, "direction": "up", **typed}
    at, action, key = opened(plan_page, planned, summary="Typed", **typed)
    press(at, "Save")
    assert not at.exception
    assert words in said(at).replace("\\", "")
    assert at.text_area(key=key("summary")).value == "Typed"
    assert now(planned, action) == action


def test_the_whole_kpi_link_and_reason_are_kept(plan_page, planned):
    at, action, key = opened(plan_page, planned)
    wanted = Kpi(
        name="Maps", unit="%", direction="down", kind="leading", baseline=9.5, target=2.0, due=date(2027, 5, 3),
        source="the log", frequency="monthly",
    )  # fmt: skip
    at.text_input(key=key("kpi")).set_value(wanted.name)
    at.text_input(key=key("unit")).set_value(wanted.unit)
    at.text_input(key=key("source")).set_value(wanted.source)
    at.selectbox(key=key("direction")).set_value("down")
    at.selectbox(key=key("kind")).set_value("leading")
    at.selectbox(key=key("frequency")).set_value("monthly")
    at.number_input(key=key("baseline")).set_value(9.5)
    at.number_input(key=key("target")).set_value(2.0)
    at.date_input(key=key("due")).set_value(wanted.due)
    at.date_input(key=key("finish")).set_value(date(2029, 1, 8))
    at.text_input(key=key("reason")).set_value("the supplier is late")
    at.text_input(key=key("deliverable_link")).set_value("https://town.example/map")
    press(at, "Save")
    assert not at.exception and not at.error
    after = now(planned, action)
    assert (after.kpi, after.deliverable_link, after.finish) == (wanted, "https://town.example/map", date(2029, 1, 8))
    with planned.store.reading() as tx:
        states = states_of(tx, UUID(plans.plan(planned, ADMIN).id))
    assert [e.stated.reason for e in states if e.action.id == action.id][-1] == "the supplier is late"


def test_two_people_editing_see_owner_raci_kpi_and_reason_and_lose_none(plan_page, planned, asha):
    at, action, key = opened(plan_page, planned, informed=["Council"])
    theirs = Kpi(name="Theirs", unit="days", baseline=4.0)
    plans.edit_action(planned, ADMIN, action.id, 1, owner="Ann", kpi=theirs, raci=Raci(accountable="Ann"))
    at.selectbox(key=key("owner")).set_value(f"person:{asha}")
    at.text_input(key=key("kpi")).set_value("Mine")
    at.text_input(key=key("unit")).set_value("%")
    at.number_input(key=key("baseline")).set_value(None)
    at.date_input(key=key("finish")).set_value(date(2029, 1, 8))
    at.text_input(key=key("reason")).set_value("it *has* to move")
    press(at, "Save")
    assert not at.exception
    shown = said(at).replace("\\", "")
    for words in (
        "Stored now: Ann", "Yours: Asha, who comes in here", "Stored now: accountable Ann; nobody else",
        "informed Council", "Stored now: Theirs, days", "Yours: Mine, %", "from 4", "Your reason", "it *has* to move",
    ):  # fmt: skip
        assert words in shown, words
    press(at, "Save mine over it")
    assert not at.exception and not at.error
    after = now(planned, action)
    assert (after.owner, after.owner_person, after.raci.accountable) == ("Asha", asha, "Asha")
    assert (after.kpi.name, after.raci.informed, after.finish) == ("Mine", ("Council",), date(2029, 1, 8))
    with planned.store.reading() as tx:
        states = states_of(tx, UUID(plans.plan(planned, ADMIN).id))
    assert [e.stated.reason for e in states if e.action.id == action.id][-1] == "it *has* to move"


def test_an_action_is_added_with_a_person_and_a_kpi(plan_page, planned, asha):
    at = plan_page()
    at.session_state["plan:add"] = True
    at.run().text_input(key="plan:add:title").set_value("Repaint")
    at.selectbox(key="plan:add:owner").set_value(f"person:{asha}")
    at.text_input(key="plan:add:kpi").set_value("Walls")
    at.text_input(key="plan:add:unit").set_value("m2")
    press(at, "Add it to the plan")
    assert not at.exception and not at.error
    made = plans.plan(planned, ADMIN).action("added-1")
    assert (made.owner, made.owner_person, made.kpi) == ("Asha", asha, Kpi(name="Walls", unit="m2"))
