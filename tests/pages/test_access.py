"""Every page asks first who is there, and refuses by itself whoever its menu does not show it to."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.permissions import may
from maturity.access.roles import LOCAL_ADMINISTRATOR, NOBODY, ROLES
from maturity.ui import identity, navigation

from .conftest import MAIN, SECONDS, open_page, seen_as

REFUSAL = "This page is not open to you"
NARROWED = [seen_as(role, "parks" if role in {"department_lead", "respondent"} else None) for role in ROLES]


def titles(at: AppTest) -> list[str]:
    return [title.value for title in at.title]


@pytest.mark.parametrize("visitor", NARROWED, ids=ROLES)
def test_each_role_meets_the_page_or_the_refusal(start, visitor):
    at = start(view_as=visitor)
    for name, screen in navigation.SCREENS.items():
        open_page(at, name)
        assert not at.exception, name
        refused = titles(at) == [REFUSAL]
        assert refused is not may(visitor, screen.verb), name


def test_a_refused_page_shows_one_sentence_and_nothing_of_its_own(start):
    at = open_page(start(view_as=seen_as("leader")), "administration")
    assert titles(at) == [REFUSAL]
    assert [error.value for error in at.error] == ["leader may not administer Waymark."]


def test_nobody_is_the_local_administrator_where_sign_in_is_configured():
    at = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    at.secrets["auth"] = {"redirect_uri": "http://localhost/oauth2callback"}
    at.user = {"is_logged_in": False}
    at.run()
    for name in navigation.SCREENS:
        open_page(at, name)
        assert titles(at) == ["Sign in"]
        assert not at.exception


def test_seeing_it_as_somebody_else_gives_nothing_where_sign_in_is_configured():
    at = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    at.secrets["auth"] = {"redirect_uri": "http://localhost/oauth2callback"}
    at.user = {"is_logged_in": False}
    at.session_state["view_as"] = LOCAL_ADMINISTRATOR
    assert titles(at.run()) == ["Sign in"]


def test_nobody_has_a_role_without_the_gate(monkeypatch):
    monkeypatch.setattr(identity._Launch, "gate_in_place", False)
    at = AppTest.from_file(str(MAIN), default_timeout=SECONDS).run()
    assert titles(at) == [REFUSAL]
    assert "streamlit run app.py" in at.error[0].value


def test_the_switch_narrows_and_widens_again(at):
    at.sidebar.selectbox(key="see_it_as").set_value("Leadership").run()
    assert titles(open_page(at, "rounds")) == [REFUSAL]
    at.sidebar.selectbox(key="see_it_as").set_value("Chief Data Officer").run()
    assert titles(at) != [REFUSAL]
    assert not at.exception


def test_the_demo_is_marked_on_every_page_and_can_be_left(start):
    at = start(store="demo")
    for name in navigation.SCREENS:
        open_page(at, name)
        assert at.warning[0].value == "Demo data. Nothing here is real.", name
    next(button for button in at.sidebar.button if button.label == "Leave the demo").click().run()
    assert not at.exception
    assert "Demo data. Nothing here is real." not in [warning.value for warning in at.warning]


def test_the_own_store_bears_no_demo_banner(at):
    assert "Demo data. Nothing here is real." not in [warning.value for warning in at.warning]


def test_a_store_that_cannot_be_opened_is_one_clear_page(start, stores, monkeypatch):
    broken = stores / "broken.duckdb"
    broken.write_bytes(b"this is no store, whatever its name says" * 200)
    monkeypatch.setenv("WAYMARK_STORE", str(broken))
    at = start()
    assert titles(at) == ["The store cannot be opened"]
    assert len(at.error) == 1
    assert not at.exception


@pytest.mark.parametrize("visitor", [NOBODY, LOCAL_ADMINISTRATOR, *NARROWED], ids=lambda visitor: visitor.name)
def test_a_menu_shows_only_what_its_reader_may_open(visitor):
    names = [name for section in navigation.menu(visitor).values() for name in section]
    assert len(names) == len(set(names))
    assert all(may(visitor, navigation.SCREENS[name].verb) for name in names)
    assert bool(names) is bool(visitor.grants)
