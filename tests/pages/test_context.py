"""What stands around the pages: whose visit it is, which store, and what becomes of a refusal."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant
from maturity.assessment.departments import Department
from maturity.operations.errors import Refused
from maturity.ui import context

from .conftest import MAIN, SECONDS

PARKS = Department(code="parks", name="Parks")


def test_every_view_but_the_first_narrows_to_one_grant_of_the_same_person():
    choices = context.views((PARKS,))
    assert list(choices) == ["Chief Data Officer", "Head of Parks", "Respondent in Parks", "Reviewer", "Leadership"]
    first, *rest = choices.values()
    assert first is None
    assert all(len(visitor.grants) == 1 for visitor in rest if visitor)
    assert choices["Head of Parks"].grants == (Grant(role="department_lead", department="parks"),)
    assert choices["Leadership"].grants == (Grant(role="leader"),)
    owner = context.views((PARKS,), ("id-of-ida", "Ida"))["Action owner: Ida"]
    assert owner is not None and (owner.person, owner.grants) == ("id-of-ida", (Grant(role="owner"),))


def script_of_whose_visit() -> None:
    import streamlit as st

    from maturity.ui import context

    st.write(context.current_visitor().person)


@pytest.mark.parametrize(("store", "person"), [("own", "local-administrator"), ("demo", "id-of-ida")])
def test_only_the_demos_owners_are_looked_at_as_themselves(stores, store, person):
    at = AppTest.from_function(script_of_whose_visit, default_timeout=SECONDS)
    at.session_state["store"] = store
    at.session_state["view_as"] = context.views((PARKS,), ("id-of-ida", "Ida"))["Action owner: Ida"]
    assert at.run().markdown[0].value == person


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("there is no round; open one", "There is no round; open one."),
        ("Is it?", "Is it?"),
        ("", "."),
    ],
)
def test_a_refusal_is_shown_as_a_sentence(said, shown):
    assert context.sentence(Refused(said)) == shown


def script_of_refusals() -> None:
    import streamlit as st

    from maturity.operations.errors import Refused
    from maturity.ui import context

    def refused() -> None:
        with context.keeping_refusals():
            raise Refused("the level 9 is outside the scale; choose 1 to 5")

    context.show_kept_refusals()
    st.button("Refuse", on_click=refused)
    st.button("Other")


def test_what_a_callback_was_refused_is_shown_once_and_the_page_stays():
    at = AppTest.from_function(script_of_refusals).run()
    assert not at.error
    at.button[0].click().run()
    assert [error.value for error in at.error] == ["The level 9 is outside the scale; choose 1 to 5."]
    assert len(at.button) == 2
    at.button[1].click().run()
    assert not at.error


def test_only_our_own_refusals_are_explained(monkeypatch):
    shown: list[str] = []
    monkeypatch.setattr(context.st, "error", lambda text, icon: shown.append(text))
    assert context.show_refusal(NotPermitted("you may not answer"))
    assert not context.show_refusal(ZeroDivisionError("division by zero"))
    assert shown == ["You may not answer."]


def test_leaving_a_store_leaves_the_view_of_its_departments(at):
    at.session_state["view_as"] = context.views((PARKS,))["Head of Parks"]
    at.session_state["store"] = "demo"
    at.run()
    next(button for button in at.sidebar.button if button.label == "Leave the demo").click().run()
    assert "view_as" not in at.session_state
    assert at.session_state["store"] == "own"
    assert not at.exception


def test_a_view_of_a_department_that_is_gone_widens_again():
    at = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    at.session_state["view_as"] = context.views((PARKS,))["Head of Parks"]
    at.session_state["see_it_as"] = "Head of Parks"
    at.run()
    assert not at.exception
    assert at.sidebar.selectbox(key="see_it_as").value == "Chief Data Officer"
    assert "view_as" not in at.session_state
