"""My data and the privacy notice: for everybody, with what the organisation has set; retention for administrators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR, ROLES, Visitor
from maturity.assessment.answers import Answer
from maturity.operations import answers, erasure, privacy
from maturity.operations.setup import organisation
from maturity.ui import context, my_data
from tests.operations.known_people import known

from .conftest import open_page, seen_as
from .town import founded, own_store

Start = Callable[..., AppTest]


def ann() -> Visitor:
    """A respondent of the small town with one sent answer."""
    round_ = founded()
    store = own_store()
    made = known(store, "Ann *Able*", "respondent", "parks", organisation(store, LOCAL_ADMINISTRATOR))
    one = answers.start(store, made, round_, "parks")
    answers.save_answer(store, made, round_, one, Answer(question="a", state="level", level=2, comment="mine"))
    answers.send(store, made, round_, one)
    return made


def texts(at: AppTest) -> str:
    return "\n".join(each.value for each in [*at.main.markdown, *at.main.info, *at.main.caption])


def test_the_local_administrator_is_no_person(start: Start) -> None:
    founded()
    at = open_page(start(), "my_data")
    assert my_data.NOBODY in [each.value for each in at.main.info]
    assert not at.exception


def test_nothing_is_kept_in_the_demo(start: Start) -> None:
    at = open_page(start(store="demo"), "my_data")
    assert my_data.IN_THE_DEMO in [each.value for each in at.main.info]


def test_a_person_sees_what_is_kept_and_how_to_be_erased(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = ann()
    privacy.set_privacy_terms(own_store(), LOCAL_ADMINISTRATOR, "privacy@town.example", 12)
    monkeypatch.setattr(context, "current_visitor", lambda: visitor)
    at = open_page(start(), "my_data")
    assert not at.exception
    counts = dict(at.main.table[0].value.itertuples(index=False))
    assert (counts["Answers"], counts["Sessions"], counts["Personal links"]) == ("1", "1", "1")
    assert list(at.main.table[1].value.itertuples(index=False, name=None)) == [("Respondent", "Parks")]
    assert list(at.main.table[2].value["Browser"]) == ["Firefox on Linux"]
    assert r"Ann \*Able\*" in texts(at)
    assert r"Send this text to privacy@town\.example." in texts(at)
    assert f"My reference is {visitor.person}." in at.main.code[0].value


def test_signing_out_everywhere_ends_links_and_sessions(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = ann()
    monkeypatch.setattr(context, "current_visitor", lambda: visitor)
    at = open_page(start(), "my_data")
    next(each for each in at.main.button if each.label == "Sign out everywhere").click().run()
    with own_store().store.reading() as tx:
        assert tx.one("SELECT count(*) AS n FROM sign_in_session WHERE ended_at IS NULL") == {"n": 0}
        assert tx.one("SELECT count(*) AS n FROM personal_link WHERE revoked_at IS NULL") == {"n": 0}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_read_the_notice_and_only_administrators_change_it(start: Start, role: str) -> None:
    founded()
    at = open_page(
        start(view_as=seen_as(role, "parks" if role in {"department_lead", "respondent"} else None)), "privacy"
    )  # type: ignore[arg-type]
    assert "Small Town runs this assessment and decides what is kept." in texts(at)
    assert bool(at.main.text_input) is (role == "administrator")
    assert not at.exception


def test_contact_and_months_are_saved_and_stand_in_the_notice(start: Start) -> None:
    founded()
    at = open_page(start(), "privacy")
    at.main.text_input(key="privacy_contact").set_value("Dana, privacy@town.example")
    at.main.number_input(key="privacy_months").set_value(6)
    next(each for each in at.main.button if each.label == "Save").click().run()
    assert not at.exception
    assert r"Dana, privacy@town\.example." in texts(at)
    assert "6 months later" in texts(at)


def test_before_anything_is_set_up_nothing_is_kept(start: Start) -> None:
    at = open_page(start(), "privacy")
    assert "so nothing is kept about anybody" in texts(at)
    assert not at.main.text_input


def test_what_is_due_is_erased_at_the_press_of_a_button(start: Start) -> None:
    founded()
    store = own_store()
    at = open_page(start(), "administration")
    assert "Nothing is kept for longer than it should be." in texts(at)
    gone = store.clock() - timedelta(days=1000)
    old = known(store, "Old Hand", "leader", None, organisation(store, LOCAL_ADMINISTRATOR), left_at=gone)
    at = open_page(start(), "administration")
    assert [list(each.value["Who left"]) for each in at.main.table if "Who left" in each.value] == [["Old Hand"]]
    next(each for each in at.main.button if each.label == "Erase what is due").click().run()
    assert not at.exception
    done = "1 person, 0 sessions, 0 personal links, 0 names given in workshops and 0 texts of residents. No score has"
    assert any(done in each.value for each in at.main.success)
    assert [each.person_id for each in erasure.erasures(store, LOCAL_ADMINISTRATOR)] == [UUID(old.person)]


def rights_page() -> None:
    import uuid

    import streamlit as st

    from maturity.storage.people import person_of
    from maturity.ui import rights
    from maturity.ui.context import page_context

    here = page_context()
    with here.workspace.store.reading() as tx:
        person = person_of(tx, uuid.UUID(st.session_state["person"]))
    if person.erased_at is None:
        rights.show_rights_of(here, person)


def test_an_administrator_erases_a_chosen_person_after_a_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = ann()
    at = AppTest.from_function(rights_page, default_timeout=30)
    at.session_state["person"] = visitor.person
    at.run()
    assert not at.exception
    at.selectbox[0].set_value("mistake").run()
    next(each for each in at.button if each.label == "Erase this person").click().run()
    assert not at.exception
    with own_store().store.reading() as tx:
        assert tx.one("SELECT name FROM person") == {"name": ""}


def test_others_than_administrators_are_offered_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = ann()
    monkeypatch.setattr(context, "current_visitor", lambda: visitor)
    at = AppTest.from_function(rights_page, default_timeout=30)
    at.session_state["person"] = visitor.person
    at.run()
    assert not at.button and not at.exception
