"""People: the list and what narrows it, one person's roles and link, many links at once, people added one by one and by
a list; what a role may not do is not offered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import LOCAL_ADMINISTRATOR, Role, Visitor
from maturity.operations import links, pasted_people, people, setup, sign_in
from maturity.operations.people import KnownPerson, Person
from maturity.ui import identity, people_links
from maturity.words.messages import on_day

from .conftest import open_page, seen_as
from .town import founded, own_store

Start = Callable[..., AppTest]
PEOPLE = """Asha Rao; asha@town.example; Parks; Head of department
Bo Lind; bo@town.example; Housing
*Cy* <b>Moss</b>; ; Parks
Fay Quist; fay@town.example; ; Facilitator"""
LAST = date.today() + timedelta(days=100)
LINK = re.compile(r"http://localhost:8501/i/([A-Za-z0-9_-]{22})")


@pytest.fixture(autouse=True)
def town(stores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYMARK_URL", raising=False)
    founded()
    pasted_people.add_people(own_store(), LOCAL_ADMINISTRATOR, PEOPLE)


def known(name: str) -> KnownPerson:
    return next(e for e in people.people(own_store(), LOCAL_ADMINISTRATOR) if e.person.name.startswith(name))


def link_of(person: Person) -> tuple[links.PersonalLink, ...]:
    return links.links_of(own_store(), LOCAL_ADMINISTRATOR, person.id)


def page(start: Start, role: Role | None = None, tab: str | None = None, **state: object) -> AppTest:
    return _with(open_page(start(view_as=seen_as(role) if role else None), "people"), tab, **state)


def _with(at: AppTest, tab: str | None = None, **state: object) -> AppTest:
    """AppTest forgets between runs which tab is open."""
    if tab:
        at.session_state["people_tab"] = tab
    for name, value in state.items():
        at.session_state[name] = value
    at.run()
    assert not at.exception
    return at


def of(start: Start, name: str, role: Role | None = None) -> AppTest:
    return page(start, role, people_open=str(known(name).person.id))


def press(at: AppTest, label: str, tab: str | None = None) -> AppTest:
    next(each for each in at.main.button if each.label == label).click()
    return _with(at, tab)


def words(at: AppTest) -> str:
    kinds = ("markdown", "info", "error", "success", "warning", "caption", "code", "header", "subheader")
    return "\n".join(each.value for kind in kinds for each in at.main.get(kind)).replace("\\", "")


def buttons(at: AppTest) -> list[str]:
    return [each.label for each in at.main.button]


def test_the_list_says_who_as_what_and_how_the_link_stands(start):
    links.make_link(own_store(), LOCAL_ADMINISTRATOR, known("Bo").person.id)
    rows = page(start).table[0].value.map(lambda cell: cell.replace("\\", ""))
    by_name = {row["Name"]: row for row in rows.to_dict("records")}
    assert by_name["Asha Rao"]["Roles"] == "Head of Parks" and by_name["Asha Rao"]["Link"] == "no link yet"
    assert by_name["Bo Lind"]["Roles"] == "Respondent in Housing"
    assert by_name["Bo Lind"]["Link"].startswith("valid until") and by_name["Bo Lind"]["Link"].endswith("not used yet")
    assert by_name["*Cy* <b>Moss</b>"]["Address"] == "none"


def test_names_are_text_and_no_marks(start):
    shown = page(start).table[0].value["Name"]
    assert r"\*Cy\* \<b\>Moss\<\/b\>".replace(r"\/", "/") in list(shown)


def test_the_list_is_narrowed_by_words_department_and_role(start):
    at = page(start)
    at.main.text_input(key="people_find").set_value("lind BO").run()
    assert list(at.table[0].value["Name"]) == ["Bo Lind"] and "1 of 4 people" in words(at)
    at.main.text_input(key="people_find").set_value("").run()
    at.main.selectbox(key="people_department").set_value("parks").run()
    assert len(at.table[0].value) == 2
    at.main.selectbox(key="people_role").set_value("respondent").run()
    assert len(at.table[0].value) == 1
    at.main.text_input(key="people_find").set_value("nobody at all").run()
    assert "Nobody fits. Narrow the list less." in words(at)


def test_a_person_is_opened_from_the_list_and_closed_again(start):
    at = page(start)
    at.main.selectbox(key="people_choose").set_value(str(known("Asha").person.id)).run()
    assert [each.value for each in at.header] == ["Asha Rao"] and not at.table
    at = press(at, "Back to the list")
    assert len(at.table[0].value) == 4


def test_a_link_is_made_shown_once_with_its_letter_and_lets_in(start):
    at = press(of(start, "Asha"), "Make a link")
    said = words(at)
    token = LINK.search(said)[1]
    assert "Shown this once" in said and "which works on this computer only" in said
    assert "Hello Asha Rao," in said and "You take part as: Head of Parks." in said
    assert at.main.get("link_button")[0].proto.url.startswith("mailto:asha@town.example?subject=Your%20personal%20link")
    cookie, _ = sign_in.enter(own_store(), token, "browser")
    assert sign_in.visitor_of_cookie(own_store(), cookie).name == "Asha Rao"
    at = press(at, "I have kept it")
    assert token not in words(at) and "last used today" in words(at)


def test_a_link_holds_as_long_as_asked(start):
    at = of(start, "Asha")
    one = known("Asha").person
    at.main.number_input(key=f"person_days:{one.id}").set_value(7)
    press(at, "Make a link")
    made = link_of(one)[0]
    assert made.expires_at - made.made_at == timedelta(days=7)


def test_the_button_pressed_twice_makes_one_link(start, monkeypatch):
    at = of(start, "Asha")
    twice = people_links.make

    def pressed_twice(*args: object) -> None:
        twice(*args)
        twice(*args)

    monkeypatch.setattr("maturity.ui.people_person.make", pressed_twice)
    at.run()
    make = next(each for each in at.main.button if each.label == "Make a link")
    make.click()
    at.run()
    assert not at.exception and len(link_of(known("Asha").person)) == 1
    assert "Make a link" not in buttons(at) and "Make a new link" not in buttons(at)  # until the first is kept


def test_links_are_taken_back_after_a_second_question(start):
    links.make_link(own_store(), LOCAL_ADMINISTRATOR, known("Asha").person.id)
    at = of(start, "Asha")
    assert "Take back every link of Asha Rao?" in words(at)
    at = press(at, "Take them back")
    assert link_of(known("Asha").person)[0].revoked_at is not None
    assert "Every link of Asha Rao is taken back." in words(at) and "Take them back" not in buttons(at)


def test_a_new_link_leaves_the_earlier_and_both_are_listed(start):
    one = known("Asha").person
    links.make_link(own_store(), LOCAL_ADMINISTRATOR, one.id)
    at = press(press(of(start, "Asha"), "Make a new link"), "I have kept it")
    assert len(link_of(one)) == 2 and len(at.table[0].value) == 2


def test_links_for_those_without_one(start):
    links.make_link(own_store(), LOCAL_ADMINISTRATOR, known("Bo").person.id)
    at = page(start, people_many=True)
    assert at.main.radio(key="people_which").options == [
        "Those shown without a valid link (3)",
        "Everybody shown (4)",
        "Chosen by name",
    ]
    at.main.button(key="people_make_many").click()
    at = _with(at, people_many=True)
    assert "3 new links" in words(at) and len(at.table[0].value) == 3
    assert len(link_of(known("Bo").person)) == 1 and len(link_of(known("Asha").person)) == 1
    assert [each.proto.label for each in at.main.get("download_button")] == [
        "Download as CSV",
        "Download a sheet of QR codes to print",
    ]


def test_links_for_some_by_name(start):
    at = page(start, people_many=True, people_which="Chosen by name", people_some=[str(known("Asha").person.id)])
    at.main.button(key="people_make_many").click()
    at = _with(at, people_many=True)
    assert len(link_of(known("Asha").person)) == 1 and len(link_of(known("Fay").person)) == 0
    assert "The new link of Asha Rao" in words(at)


def test_the_address_is_given_once_and_links_begin_with_it(start):
    at = of(start, "Asha")
    at.main.text_input(key="people_address").set_value("waymark.town.example")
    at = press(at, "Save the address")
    assert "is no address of a server; write it like https://waymark" in words(at)
    at.main.text_input(key="people_address").set_value("https://waymark.town.example/")
    at = press(at, "Save the address")
    assert "works on this computer only" not in words(at)
    assert "https://waymark.town.example/i/" in words(press(at, "Make a link"))


def test_name_and_address_are_corrected_and_a_meanwhile_is_said(start):
    one = known("Bo").person
    at = of(start, "Bo")
    of_it = f"{one.id}:{one.row_version}"
    at.main.text_input(key=f"person_name:{of_it}").set_value("Bo Lindqvist")
    at = press(at, "Save name and address")
    assert known("Bo").person.name == "Bo Lindqvist" and "Saved: Bo Lindqvist, bo@town.example." in words(at)
    people.change_person(own_store(), LOCAL_ADMINISTRATOR, known("Bo").person, "Bo Lund", "bo@town.example")
    at = press(at, "Save name and address")
    assert "was changed by somebody else meanwhile" in words(at)
    one = known("Bo").person
    at.main.text_input(key=f"person_email:{one.id}:{one.row_version}").set_value("asha@town.example")
    assert "Asha Rao has the e-mail address asha@town.example already" in words(press(at, "Save name and address"))


def test_roles_are_given_until_a_day_and_ended(start):
    one = known("Bo").person
    at = of(start, "Bo")
    at.main.selectbox(key=f"role:{one.id}:role").set_value("reviewer").run()
    at.main.date_input(key=f"role:{one.id}:until").set_value(LAST)
    at = press(at, "Give the role")
    assert f"Reviewer until {on_day(LAST)}" in words(at)
    at.main.selectbox(key=f"role:{one.id}:role").set_value("respondent").run()
    at.main.selectbox(key=f"role:{one.id}:department").set_value("housing")
    at = press(at, "Give the role")
    assert "Bo Lind holds this role already; nothing was changed." in words(at)
    at = press(at, "End this role")
    assert "Bo Lind is no longer: Respondent in Housing." in words(at)
    assert [each.role for each in known("Bo").roles] == ["reviewer"]


def test_who_left_has_nothing_and_can_come_back(start):
    links.make_link(own_store(), LOCAL_ADMINISTRATOR, known("Asha").person.id)
    at = press(of(start, "Asha"), "They have left")
    assert "Has left on" in words(at) and "They are back" in buttons(at) and "Make a new link" not in buttons(at)
    assert known("Asha").roles == ()
    at = press(at, "They are back")
    assert "Asha Rao is back. Give them a role and a link." in words(at)


def test_the_link_of_the_first_administrator_is_shown_though_its_maker_is_out(start):
    boss = people.add_person(own_store(), LOCAL_ADMINISTRATOR, "Olu", None, "administrator", installation=True)
    at = page(start, people_open=str(boss.id))
    assert "nobody is the local administrator any more" in words(at)
    at.main.button(key=f"person_make:{boss.id}").click()
    # A browser runs only the fragment here; AppTest runs the page, which refuses first: the link is in the visit.
    at.run()
    made = at.session_state["_people_made"]
    assert LINK.fullmatch(made.rows[0].link)
    assert sign_in.state_of_link(own_store(), made.rows[0].link.rpartition("/")[2]) == "valid"


def test_one_person_is_added_and_the_form_is_empty_again(start):
    at = page(start, tab="Add a person")
    at.main.text_input(key="new_name:0").set_value("Dee")
    at.main.text_input(key="new_email:0").set_value("dee@town.example")
    at.main.selectbox(key="new:0:department").set_value("housing")
    at = press(at, "Add the person", "Add a person")
    assert "Dee is added." in words(at) and at.main.text_input(key="new_name:1").value == ""
    assert [(r.role, r.department) for r in known("Dee").roles] == [("respondent", "housing")]
    at.main.text_input(key="new_name:1").set_value("")
    assert "a person's name has 1 to 200 characters" in words(press(at, "Add the person", "Add a person")).lower()


def test_a_list_is_added_or_every_bad_line_is_named(start):
    at = page(start, tab="Add a list")
    at.main.text_area(key="people_list").set_value("Dee; dee@town.example; Zoo\nEli; x; Parks\n<i>Gus</i>; ; Parks")
    at = press(at, "Add these people", "Add a list")
    said = words(at)
    assert "Nobody was added: 2 lines are bad." in said
    assert "- Line 1: there is no department 'Zoo'" in said and "- Line 2: 'x' is no e-mail address" in said
    at.main.text_area(key="people_list").set_value("Dee; dee@town.example; Parks\nBo; bo@town.example; Parks")
    at = press(at, "Add these people", "Add a list")
    assert "1 new person is added, 1 further role is given to a known person." in words(at)
    assert "2 lines were true already" in words(press(at, "Add these people", "Add a list"))


def test_a_facilitator_is_offered_only_what_is_theirs(start):
    at = of(start, "Asha", "facilitator")
    assert "Make a link" in buttons(at) and "They have left" not in buttons(at)
    one = known("Asha").person
    assert len(at.main.selectbox(key=f"role:{one.id}:role").options) == 2
    assert not [each for each in at.main.text_input if each.key == "people_address"]
    assert "Ask the administrator to give it on this page." in words(at)
    fellow = of(start, "Fay", "facilitator")
    assert not {"Make a link", "End this role", "Save name and address"} & set(buttons(fellow))
    assert "Only an administrator can change this person" in words(fellow)
    with pytest.raises(NotPermitted):
        people.person_left(own_store(), seen_as("facilitator"), one)


def test_a_facilitator_of_the_store_works_with_the_people_of_the_own_organisation(start, monkeypatch):
    fay = known("Fay").person

    def visit() -> Visitor:
        with own_store().store.reading() as tx:
            found = sign_in.visitor_of(tx, fay, own_store().clock())
        assert found is not None
        return found

    one = known("Asha").person
    setup.create_organisation(own_store(), LOCAL_ADMINISTRATOR, "Harbour", ())
    people.add_person(own_store(), LOCAL_ADMINISTRATOR, "Olu", None, "leader", organisation="Harbour")
    monkeypatch.setattr(identity, "who_is_here", visit)
    at = open_page(start(), "people")
    assert [name.split()[0] for name in at.table[0].value["Name"]] == [r"\*Cy\*", "Asha", "Bo", "Fay"]
    at = press(_with(at, people_open=str(one.id)), "Make a link")
    assert "You take part as: Head of Parks." in words(at)
    assert link_of(one)[0].made_by == str(fay.id)


def test_a_facilitator_makes_links_for_those_they_may(start):
    at = page(start, "facilitator", people_many=True)
    assert at.main.radio(key="people_which").options[1] == "Everybody shown (3)"  # not for their fellow


def test_an_empty_store_leads_to_setting_up(start, monkeypatch, tmp_path):
    monkeypatch.setenv("WAYMARK_STORE", str(tmp_path / "other.duckdb"))
    assert "Nothing is set up in this store yet" in words(page(start))
