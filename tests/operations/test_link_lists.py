"""Links for many people, the address they begin with, deputies, and everybody by a word."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from uuid import UUID

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import link_lists, links, people, setup, sign_in
from maturity.operations.addresses import address, checked_address, set_address
from maturity.operations.deputies import deputies, own_departments
from maturity.operations.errors import Refused
from maturity.operations.everybody import everybody, find_person
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.publishing.link_lists import COLUMNS

from .city import ADMIN, RESPONDENT, make_town
from .test_people import add, visit_of

BASE = "https://waymark.town.example"


@pytest.fixture
def town(workspace) -> UUID:
    return make_town(workspace).organisation_id


def test_links_for_many_let_each_in_as_themselves_and_are_in_the_trail(workspace, town):
    some = [add(workspace, name, "respondent", "parks") for name in ("Asha", "Bo", "Cy")]
    made = link_lists.make_links(workspace, ADMIN, [each.id for each in some], days=7)
    assert [each.person.name for each in made] == ["Asha", "Bo", "Cy"]
    assert len({each.token for each in made}) == 3
    for each in made:
        cookie, _ = sign_in.enter(workspace, each.token, "a browser")
        visitor = sign_in.visitor_of_cookie(workspace, cookie)
        assert visitor is not None and visitor.person == str(each.person.id)
    events = audit_events(workspace, ADMIN)
    made_entry = next(each for each in events if each.verb == "make links")
    assert made_entry.subject == "3 people" and made_entry.detail == {"people": [str(p.id) for p in some], "days": 7}
    assert not any(each.token in str(event) or each.person.name in str(event) for each in made for event in events)
    assert problems_of_store(workspace, ADMIN) == []


def test_one_who_cannot_have_a_link_refuses_all(workspace, town):
    helper = visit_of(workspace, add(workspace, "Fay", "facilitator"))
    asha, boss = add(workspace, "Asha", "respondent", "parks"), add(workspace, "Bo", "administrator")
    with pytest.raises(NotPermitted, match="Fay may not manage people and their roles"):
        link_lists.make_links(workspace, helper, [asha.id, boss.id])
    people.person_left(workspace, ADMIN, boss)
    with pytest.raises(Refused, match="Bo has left and gets no link"):
        link_lists.make_links(workspace, ADMIN, [asha.id, boss.id])
    assert links.links_of(workspace, ADMIN, asha.id) == ()
    with pytest.raises(Refused, match="a link holds 1 to 366 days, not 0"):
        link_lists.make_links(workspace, ADMIN, [asha.id], days=0)
    with pytest.raises(Refused, match="for 1 to 500 people at once, not 0"):
        link_lists.make_links(workspace, ADMIN, [])
    with pytest.raises(NotPermitted):
        link_lists.make_links(workspace, RESPONDENT, [asha.id])


def test_the_list_says_who_where_as_what_and_until_when(workspace, town):
    asha = add(workspace, "Asha", "department_lead", "parks")
    people.add_person(workspace, ADMIN, "Asha", asha.email, "reviewer")
    (made,) = link_lists.make_links(workspace, ADMIN, [asha.id], days=31)
    (row,) = link_lists.link_rows(workspace, ADMIN, [made], BASE + "/")
    assert (row.departments, row.roles) == (("Parks",), ("Head of department", "Reviewer"))
    assert (row.link, row.until) == (f"{BASE}/i/{made.token}", date(2026, 4, 2))
    (abroad,) = link_lists.link_rows(workspace, ADMIN, [made], BASE, local=lambda moment: moment - timedelta(hours=11))
    assert abroad.until == date(2026, 4, 1)  # it expires at half past nine in the morning, UTC
    (read,) = csv.DictReader(io.StringIO(link_lists.links_csv([row])))
    assert tuple(read) == COLUMNS
    assert read["valid until"] == "2026-04-02" and read["link"] == row.link
    sheet = link_lists.links_sheet([row], "Town", date(2026, 3, 2))
    assert row.link in sheet and "Town" in sheet and "2 March 2026" in sheet
    with pytest.raises(NotPermitted):
        link_lists.link_rows(workspace, RESPONDENT, [made], BASE)


def test_the_address_is_the_given_one_else_the_setting_else_the_visits(workspace, town, monkeypatch):
    monkeypatch.delenv("WAYMARK_URL", raising=False)
    assert address(workspace, ADMIN).url == "http://localhost:8501"
    assert address(workspace, ADMIN).only_here
    assert not address(workspace, ADMIN, BASE).only_here
    monkeypatch.setenv("WAYMARK_URL", "https://set.example/")
    assert address(workspace, ADMIN, BASE).url == "https://set.example"
    set_address(workspace, ADMIN, " https://given.example/waymark/ ")
    assert address(workspace, ADMIN, BASE).url == "https://given.example/waymark"
    assert address(workspace, ADMIN).kept
    set_address(workspace, ADMIN, "")
    assert not address(workspace, ADMIN).kept
    assert [event.verb for event in audit_events(workspace, ADMIN)][:2] == ["set address", "set address"]


def test_a_facilitator_reads_the_address_and_does_not_change_it(workspace, town):
    helper = visit_of(workspace, add(workspace, "Fay", "facilitator"))
    assert address(workspace, helper).url
    with pytest.raises(NotPermitted, match="Fay may not manage people and their roles"):
        set_address(workspace, helper, "https://evil.example")
    with pytest.raises(NotPermitted):
        address(workspace, RESPONDENT)


@pytest.mark.parametrize(
    "text",
    [
        *("waymark.example", "ftp://a.example", "https://", "https://a.example?x=1", "https://a.example/#x"),
        *("https://eve@a.example", "https://a.example:99999", "https://a b.example", 'https://a.example/"><script>'),
        *("javascript:alert(1)", "https://a.example/" + "a" * 200, "https://[::1", "https://аpple.example"),
    ],
)
def test_what_no_link_can_begin_with_is_refused(text):
    with pytest.raises(Refused, match="write it like https://waymark"):
        checked_address(text)


@pytest.mark.parametrize(
    ("text", "only_here"),
    [("http://127.0.0.1:8501", True), ("http://[::1]:8501", True), ("http://a.localhost", True), (BASE, False)],
)
def test_an_address_of_this_computer_is_known(workspace, town, text, only_here):
    set_address(workspace, ADMIN, text)
    assert address(workspace, ADMIN).only_here is only_here


def test_a_head_sees_and_takes_back_whom_the_department_was_handed_to(workspace, town):
    head = visit_of(workspace, add(workspace, "Asha", "department_lead", "parks"))
    other = visit_of(workspace, add(workspace, "Cy", "department_lead", "parks"))
    people.hand_over(workspace, head, "parks", "bo@town.example", "Bo", date(2026, 4, 1))
    (deputy,) = deputies(workspace, head)
    assert (deputy.person.name, deputy.roles[0].until) == ("Bo", date(2026, 4, 1))
    assert own_departments(workspace, head) == ("parks",)
    assert own_departments(workspace, visit_of(workspace, deputy.person)) == ()
    assert deputies(workspace, other) == () == deputies(workspace, ADMIN.__class__(**_narrowed()))
    with pytest.raises(NotPermitted):
        deputies(workspace, RESPONDENT)


def _narrowed() -> dict[str, object]:
    from maturity.access.roles import Grant

    grants = (Grant(role="department_lead", department="parks"),)
    return {"person": "local-administrator", "name": "Head", "grants": grants}


def test_only_who_signed_in_can_hand_over(workspace, town):
    with pytest.raises(Refused, match="only a head of department who has signed in can hand over"):
        people.hand_over(workspace, ADMIN.__class__(**_narrowed()), "parks", "bo@town.example", "Bo", date(2026, 4, 1))


def test_everybody_is_found_by_id_address_or_name(workspace):
    assert everybody(workspace, ADMIN) == ()
    boss = people.add_person(workspace, ADMIN, "Asha Rao", "asha@town.example", "administrator", installation=True)
    for who in (str(boss.id), "ASHA@town.example", " asha  rao "):
        assert find_person(workspace, ADMIN, who).person == boss
    with pytest.raises(Refused, match="nobody here is 'Asha'"):
        find_person(workspace, ADMIN, "Asha")
    people.add_person(workspace, ADMIN, "Asha Rao", None, "administrator", installation=True)
    with pytest.raises(Refused, match="2 people are called 'Asha Rao'; name one by the id"):
        find_person(workspace, ADMIN, "Asha Rao")


def test_everybody_is_for_whoever_runs_the_installation(workspace, town):
    setup.create_organisation(workspace, ADMIN, "Harbour", ())
    local = visit_of(
        workspace, people.add_person(workspace, ADMIN, "Olu", None, "administrator", organisation="Harbour")
    )
    with pytest.raises(NotPermitted, match="Olu may not run the installation"):
        everybody(workspace, local)
