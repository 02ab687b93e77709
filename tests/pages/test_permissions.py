"""Every role at every page, with own and foreign objects: made from the tables, as people who came in by a link."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.permissions import may
from maturity.access.roles import COMMAND_LINE, OF_A_DEPARTMENT, ROLES, Role, Visitor
from maturity.operations import links, people, rounds, setup, sign_in
from maturity.operations.sign_in import visitor_of_cookie
from maturity.ui import identity
from maturity.ui.navigation import SCREENS

from .conftest import MAIN, SECONDS, open_page
from .town import answered, closed, founded, own_store

REFUSALS = ("This page is not open to you", "You have no role here yet")
SECRETS = ("Small Town", "Parks", "Housing")


def came_in(monkeypatch: pytest.MonkeyPatch, role: Role, organisation: str, department: str) -> Visitor:
    """Somebody with one role, after using their link."""
    limited = department if role in OF_A_DEPARTMENT else None
    person = people.add_person(own_store(), COMMAND_LINE, f"A {role}", None, role, limited, organisation=organisation)
    made = links.make_link(own_store(), COMMAND_LINE, person.id)
    cookie, _ = sign_in.enter(own_store(), made.token, "a test")
    monkeypatch.setattr(identity, "own_cookie", lambda: cookie)
    visitor = visitor_of_cookie(own_store(), cookie)
    assert visitor is not None
    return visitor


def shown(at: AppTest) -> str:
    """All words that came to the browser, tables and choices too."""
    said = [str(getattr(each, "value", "")) for each in at.main] + [str(each.value) for each in at.sidebar.markdown]
    tables = [table.value.to_csv() for table in [*at.table, *at.dataframe]]
    choices = [str(box.options) for box in [*at.selectbox, *at.radio, *at.multiselect]]
    metrics = [f"{each.label} {each.value}" for each in at.metric]
    return " ".join([*said, *tables, *choices, *metrics])


@pytest.mark.parametrize("role", ROLES)
def test_pages_open_to_the_roles_of_the_table_and_to_no_other(stores, monkeypatch, role):
    round_ = founded()
    answered(round_, "parks", 2)
    closed(round_)
    visitor = came_in(monkeypatch, role, "Small Town", "parks")
    at = AppTest.from_file(str(MAIN), default_timeout=SECONDS).run()
    for name, screen in SCREENS.items():
        open_page(at, name)
        assert not at.exception, name
        assert (at.title[0].value in REFUSALS) is not may(visitor, screen.verb), name


@pytest.mark.parametrize("role", ROLES)
def test_pages_show_nothing_of_another_organisation_whatever_the_address_says(stores, monkeypatch, role):
    round_ = founded()
    answered(round_, "parks", 2)
    closed(round_)
    town = setup.the_organisation(own_store(), COMMAND_LINE, "Small Town")
    setup.create_organisation(own_store(), COMMAND_LINE, "Harbour", setup.departments_from_lines("Docks"))
    theirs = rounds.create_round(own_store(), COMMAND_LINE, "Autumn", "small", organisation="Harbour")
    rounds.open_round(own_store(), COMMAND_LINE, theirs)
    came_in(monkeypatch, role, "Harbour", "docks")
    at = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    at.run()
    for name in SCREENS:
        for key, value in {"organisation": str(town.id), "round": "Spring", "department": "parks"}.items():
            at.query_params[key] = value
        open_page(at, name)
        assert not at.exception, name
        said = shown(at)
        assert [each for each in SECRETS if each in said] == [], name
