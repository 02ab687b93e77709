"""The pages as somebody who came in: by a personal link, by a provider's word, and out again at the next click."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.people import Person
from maturity.access.roles import COMMAND_LINE
from maturity.operations import given_roles, links, people, setup, sign_in
from maturity.ui import identity

from .conftest import MAIN, SECONDS, open_page
from .town import founded, own_store


@pytest.fixture
def asha(stores) -> Person:
    """A respondent of Parks, in a town with an open round."""
    founded()
    return people.add_person(own_store(), COMMAND_LINE, "Asha", "asha@town.example", "respondent", "parks")


@pytest.fixture
def by_link(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], AppTest]:
    """`by_link(person)`: a visit of somebody who has just used their link."""

    def begin(person: Person) -> AppTest:
        made = links.make_link(own_store(), COMMAND_LINE, person.id)
        cookie, _ = sign_in.enter(own_store(), made.token, "a test")
        monkeypatch.setattr(identity, "own_cookie", lambda: cookie)
        return AppTest.from_file(str(MAIN), default_timeout=SECONDS).run()

    return begin


def by_provider(**claims: object) -> AppTest:
    """A visit of somebody whom the provider names."""
    at = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
    at.secrets["auth"] = {"redirect_uri": "http://localhost/oauth2callback"}
    at.user = {"is_logged_in": True, "iss": "https://id.example", "sub": "1", "iat": time.time(), **claims}
    return at.run()


def title(at: AppTest) -> str:
    assert not at.exception
    return str(at.title[0].value)


def text(at: AppTest) -> str:
    return " ".join(str(each.value) for each in [*at.markdown, *at.caption, *at.error])


def test_a_respondent_by_link_gets_the_questionnaire_and_no_other_page(asha, by_link):
    at = open_page(by_link(asha), "questionnaire")
    assert title(at) not in {"Sign in", "This page is not open to you"}
    assert "Signed in as Asha" in text(at)
    assert not [box for box in at.sidebar.selectbox if box.label == "See it as"]
    assert title(open_page(at, "rounds")) == "This page is not open to you"
    assert "Asha may not manage rounds and departments" in text(at)


def test_who_is_revoked_is_out_at_the_next_click(asha, by_link):
    at = open_page(by_link(asha), "questionnaire")
    links.revoke_links(own_store(), COMMAND_LINE, asha.id)
    assert title(at.run()) == "Sign in"
    assert "your link has expired or was taken back" in text(at)


def test_a_role_taken_away_closes_its_page_at_the_next_click(asha, by_link):
    at = open_page(by_link(asha), "questionnaire")
    given = people.people(own_store(), COMMAND_LINE)[0].roles[0]
    given_roles.end_role(own_store(), COMMAND_LINE, given.id)
    assert title(at.run()) == "You have no role here yet"


def test_signing_out_ends_the_session_in_the_store(asha, by_link):
    at = open_page(by_link(asha), "questionnaire")
    at.sidebar.button(key="sign_out").click().run()
    assert title(at) == "Sign in"
    # On this very machine, and where no administrator has a link, the way back is open, but only when asked for.
    next(each for each in at.button if each.label == "Go on as the local administrator").click().run()
    assert title(open_page(at, "administration")) == "Administration"


def test_an_administrator_by_link_takes_the_local_administrators_place(asha, by_link, monkeypatch):
    boss = people.add_person(own_store(), COMMAND_LINE, "Bo", None, "administrator", installation=True)
    at = open_page(by_link(boss), "administration")
    assert title(at) == "Administration"
    assert "Signed in as Bo" in text(at)
    at.sidebar.selectbox(key="see_it_as").set_value("Leadership").run()
    assert title(at) == "This page is not open to you"
    monkeypatch.setattr(identity, "own_cookie", lambda: None)
    assert title(AppTest.from_file(str(MAIN), default_timeout=SECONDS).run()) == "Sign in"


def test_a_link_for_a_respondent_leaves_the_local_administrator_in_place(asha, start):
    links.make_link(own_store(), COMMAND_LINE, asha.id)
    assert title(open_page(start(), "administration")) == "Administration"


def test_whom_the_provider_names_is_found_by_the_verified_address(asha):
    at = open_page(by_provider(email="asha@town.example", email_verified=True), "questionnaire")
    assert "Signed in as Asha" in text(at)


def test_whom_nobody_knows_is_told_whom_to_ask(asha):
    at = by_provider(sub="2", email="eve@town.example")
    assert title(at) == "You have no role here yet"
    assert "signed in as eve@town" in text(at).replace("\\", "")


def test_an_old_sign_in_is_over(asha):
    at = by_provider(email="asha@town.example", iat=time.time() - 13 * 3600)
    assert title(at) == "Sign in"
    assert "more than 12 hours ago" in text(at)


def test_a_role_in_one_organisation_opens_nothing_in_the_demo(asha, by_link):
    head = people.add_person(own_store(), COMMAND_LINE, "Cy", None, "administrator")
    at = by_link(head)
    at.session_state["store"] = "demo"
    assert title(open_page(at, "administration")) == "You have no role here yet"


def test_an_administrator_of_one_organisation_does_not_see_the_store(asha, by_link):
    setup.create_organisation(own_store(), COMMAND_LINE, "Harbour", setup.departments_from_lines("Docks"))
    olu = people.add_person(own_store(), COMMAND_LINE, "Olu", None, "administrator", organisation="Harbour")
    at = open_page(by_link(olu), "rounds")
    assert "Small Town" not in text(at)
    assert "Harbour" in text(at)
