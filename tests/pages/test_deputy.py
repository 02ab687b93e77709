"""Deputy: a head of department hands over until a day, sees it and takes it back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR, Visitor
from maturity.operations import people
from maturity.operations.sign_in import visitor_of
from maturity.ui import identity

from .conftest import open_page, seen_as
from .test_people import buttons, press, words
from .town import founded, own_store

LATER = date.today() + timedelta(days=100)


def visit_of(person: people.Person) -> Visitor:
    with own_store().store.reading() as tx:
        found = visitor_of(tx, person, own_store().clock())
    assert found is not None
    return found


@pytest.fixture
def head(stores, monkeypatch) -> people.Person:
    """Asha leads Parks, and this is her visit."""
    founded()
    store = own_store()
    asha = people.add_person(store, LOCAL_ADMINISTRATOR, "Asha", "asha@town.example", "department_lead", "parks")
    monkeypatch.setattr(identity, "who_is_here", lambda: visit_of(asha))
    return asha


def fill(at: AppTest, last: date | None, email: str = "bo@town.example") -> AppTest:
    at.text_input(key="deputy_name").set_value("Bo")
    at.text_input(key="deputy_email").set_value(email)
    at.date_input(key="deputy_until").set_value(last)
    return press(at, "Hand over Parks")


def test_a_department_is_handed_over_and_taken_back(start, head):
    at = open_page(start(), "deputy")
    assert "None." in words(at)
    last = own_store().clock().date() + timedelta(days=14)
    at = fill(at, last)
    assert "Bo is your deputy now." in words(at) and "Head of Parks until" in words(at)
    bo = next(e for e in people.people(own_store(), LOCAL_ADMINISTRATOR) if e.person.name == "Bo")
    assert (bo.roles[0].delegated_by, bo.roles[0].until) == (head.id, last)
    at = press(at, "Take it back")
    assert "Taken back from Bo." in words(at) and "Take it back" not in buttons(at)


@pytest.mark.parametrize(
    ("last", "email", "said"),
    [
        (None, "bo@town.example", "The last day is missing"),
        (LATER, "", "The deputy's e-mail address is missing"),
        (LATER, "bo", "'bo' is no e-mail address"),
    ],
)
def test_what_is_missing_is_said(start, head, last, email, said):
    at = fill(open_page(start(), "deputy"), last, email)
    assert said in words(at) and not at.exception


def test_a_deputy_cannot_hand_it_on(start, head, monkeypatch):
    last = own_store().clock().date() + timedelta(days=14)
    bo = people.hand_over(own_store(), visit_of(head), "parks", "bo@town.example", "Bo", last)
    monkeypatch.setattr(identity, "who_is_here", lambda: visit_of(bo))
    at = open_page(start(), "deputy")
    assert "You lead no department in your own right" in words(at) and not buttons(at)


def test_a_narrowed_view_hands_nothing_over(start):
    founded()
    at = open_page(start(view_as=seen_as("department_lead", "parks")), "deputy")
    assert "You lead no department in your own right" in words(at) and not at.exception
