"""People and their roles: who may give what to whom, what ends with what, and what is refused in which words."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from maturity.access.people import Person
from maturity.access.permissions import NotPermitted
from maturity.access.roles import Grant, Visitor
from maturity.operations import given_roles, links, people, setup
from maturity.operations.errors import Changed, Refused
from maturity.operations.sign_in import visitor_of
from maturity.operations.upkeep import audit_events, problems_of_store
from maturity.operations.workspace import Workspace

from .city import ADMIN, make_town


def visit_of(workspace: Workspace, person: Person) -> Visitor:
    """The person as the permissions see them now."""
    with workspace.store.reading() as tx:
        found = visitor_of(tx, person, workspace.clock())
    assert found is not None
    return found


def add(workspace: Workspace, name: str, role: str, department: str | None = None, **more: object) -> Person:
    return people.add_person(
        workspace,
        ADMIN,
        name,
        f"{name.lower()}@town.example",
        role,
        department,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def town(workspace: Workspace) -> UUID:
    return make_town(workspace).organisation_id


def test_a_person_gets_a_role_and_may_what_it_allows(workspace, town):
    asha = add(workspace, "Asha", "department_lead", "parks")
    assert visit_of(workspace, asha).grants == (Grant(role="department_lead", department="parks", organisation=town),)
    assert [(each.person.name, each.roles[0].role) for each in people.people(workspace, ADMIN)] == [
        ("Asha", "department_lead")
    ]


def test_the_same_address_is_the_same_person_with_a_further_role(workspace, town):
    first = add(workspace, "Asha", "respondent", "parks")
    again = people.add_person(workspace, ADMIN, "A. Rao", "ASHA@town.example ", "respondent", "roads")
    assert again.id == first.id
    assert visit_of(workspace, first).departments == {"parks", "roads"}
    with pytest.raises(Refused, match="Asha holds this role already; nothing was changed"):
        add(workspace, "Asha", "respondent", "roads")


def test_a_role_ends_with_its_last_day(workspace, town):
    add(workspace, "Asha", "reviewer", until=date(2026, 3, 2))
    asha = people.people(workspace, ADMIN)[0].person
    assert visit_of(workspace, asha).roles == {"reviewer"}
    with workspace.store.reading() as tx:
        tomorrow = workspace.clock().replace(day=3)
        assert visitor_of(tx, asha, tomorrow).roles == frozenset()  # type: ignore[union-attr]
    with pytest.raises(Refused, match="would end on 2026-03-01, which is over"):
        add(workspace, "Bo", "reviewer", until=date(2026, 3, 1))


def test_a_role_taken_away_counts_no_more_and_stays_in_the_trail(workspace, town):
    asha = add(workspace, "Asha", "leader")
    given_roles.end_role(workspace, ADMIN, people.people(workspace, ADMIN)[0].roles[0].id)
    assert visit_of(workspace, asha).grants == ()
    assert [event.verb for event in audit_events(workspace, ADMIN)][:2] == ["end role", "add person"]
    assert not any("Asha" in str(event) or "asha@" in str(event) for event in audit_events(workspace, ADMIN))


def test_a_head_hands_a_department_over_and_takes_it_back(workspace, town):
    head = add(workspace, "Asha", "department_lead", "parks")
    lead = visit_of(workspace, head)
    deputy = people.hand_over(workspace, lead, "parks", "bo@town.example", "Bo", date(2026, 4, 1))
    visit = visit_of(workspace, deputy)
    assert visit.grants == (Grant(role="department_lead", department="parks", organisation=town),)
    with pytest.raises(NotPermitted, match="leads 'parks' for somebody else"):
        people.hand_over(workspace, visit, "parks", "cy@town.example", "Cy", date(2026, 4, 1))
    with pytest.raises(NotPermitted, match="hand a department over to a deputy for the department 'roads'"):
        people.hand_over(workspace, lead, "roads", "cy@town.example", "Cy", date(2026, 4, 1))
    given = next(each.roles[0] for each in people.people(workspace, ADMIN) if each.person.id == deputy.id)
    given_roles.end_role(workspace, lead, given.id)
    assert visit_of(workspace, deputy).grants == ()


def test_what_was_handed_over_ends_with_the_role_it_came_from(workspace, town):
    head = add(workspace, "Asha", "department_lead", "parks")
    deputy = people.hand_over(workspace, visit_of(workspace, head), "parks", "bo@town.example", "Bo", date(2026, 4, 1))
    own = next(each.roles[0] for each in people.people(workspace, ADMIN) if each.person.id == head.id)
    given_roles.end_role(workspace, ADMIN, own.id)
    assert visit_of(workspace, deputy).grants == ()


def test_who_left_has_no_roles_no_links_and_hands_nothing_on(workspace, town):
    head = add(workspace, "Asha", "department_lead", "parks")
    deputy = people.hand_over(workspace, visit_of(workspace, head), "parks", "bo@town.example", "Bo", date(2026, 4, 1))
    links.make_link(workspace, ADMIN, head.id)
    gone = people.person_left(workspace, ADMIN, head)
    assert links.links_of(workspace, ADMIN, head.id)[0].state(workspace.clock()) == "revoked"
    assert visit_of(workspace, deputy).grants == ()
    with pytest.raises(Refused, match="Asha has left and gets no link"):
        links.make_link(workspace, ADMIN, head.id)
    with pytest.raises(Refused, match="Asha has left; say on People that they are back"):
        add(workspace, "Asha", "leader")
    back = people.person_is_back(workspace, ADMIN, gone)
    given_roles.give_role(workspace, ADMIN, back.id, "leader")
    assert visit_of(workspace, back).roles == {"leader"}
    assert problems_of_store(workspace, ADMIN) == []


def test_another_organisation_brings_nobody_back(workspace, town):
    setup.create_organisation(workspace, ADMIN, "Harbour", setup.departments_from_lines("Docks"))
    olu = people.add_person(workspace, ADMIN, "Olu", "olu@port.example", "administrator", organisation="Harbour")
    asha = people.add_person(workspace, ADMIN, "Asha", None, "leader", organisation="Town")
    gone = people.person_left(workspace, ADMIN, asha)
    with pytest.raises(NotPermitted, match="Olu may not manage people and their roles"):
        people.person_is_back(workspace, visit_of(workspace, olu), gone)


def test_the_last_administrator_stays(workspace, town):
    boss = add(workspace, "Asha", "administrator", installation=True)
    role = next(each.roles[0] for each in people.people(workspace, ADMIN) if each.person.id == boss.id)
    with pytest.raises(Refused, match="the last administrator of the installation"):
        given_roles.end_role(workspace, ADMIN, role.id)
    with pytest.raises(Refused, match="the last administrator of the installation"):
        people.person_left(workspace, ADMIN, boss)
    add(workspace, "Bo", "administrator", installation=True)
    given_roles.end_role(workspace, ADMIN, role.id)


def test_a_facilitator_invites_but_makes_no_administrators_and_no_links_for_them(workspace, town):
    helper = visit_of(workspace, add(workspace, "Fay", "facilitator"))
    rob = people.add_person(workspace, helper, "Rob", None, "respondent", "parks")
    links.make_link(workspace, helper, rob.id)
    with pytest.raises(NotPermitted, match="Fay may not manage people and their roles"):
        people.add_person(workspace, helper, "Eve", None, "administrator")
    with pytest.raises(NotPermitted, match="may not run the installation"):
        people.add_person(workspace, helper, "Eve", None, "administrator", installation=True)
    boss = add(workspace, "Asha", "administrator")
    with pytest.raises(NotPermitted, match="Fay may not manage people and their roles"):
        links.make_link(workspace, helper, boss.id)
    with pytest.raises(NotPermitted):
        people.change_person(workspace, helper, boss, "Asha", "fay2@town.example")


def test_another_organisations_people_are_out_of_reach(workspace, town):
    setup.create_organisation(workspace, ADMIN, "Harbour", setup.departments_from_lines("Docks"))
    other = people.add_person(workspace, ADMIN, "Olu", "olu@port.example", "administrator", organisation="Harbour")
    foreign = visit_of(workspace, other)
    asha = people.add_person(
        workspace, ADMIN, "Asha", "asha@town.example", "department_lead", "parks", organisation="Town"
    )
    assert [each.person.name for each in people.people(workspace, foreign)] == ["Olu"]
    for attempt in (
        lambda: links.make_link(workspace, foreign, asha.id),
        lambda: links.links_of(workspace, foreign, asha.id),
        lambda: links.revoke_links(workspace, foreign, asha.id),
        lambda: people.person_left(workspace, foreign, asha),
        lambda: people.change_person(workspace, foreign, asha, "X", None),
        lambda: given_roles.give_role(workspace, foreign, asha.id, "leader"),
        lambda: given_roles.end_role(workspace, foreign, people.people(workspace, ADMIN, "Town")[0].roles[0].id),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_two_people_at_once_lose_nothing(workspace, town):
    asha = add(workspace, "Asha", "leader")
    people.change_person(workspace, ADMIN, asha, "Asha Rao", asha.email)
    with pytest.raises(Changed, match="Bo was changed by somebody else meanwhile"):
        people.change_person(workspace, ADMIN, asha, "Bo", asha.email)
    add(workspace, "Cy", "leader")
    with pytest.raises(Refused, match="Cy has the e-mail address"):
        people.change_person(workspace, ADMIN, people.people(workspace, ADMIN)[0].person, "Asha", "cy@town.example")


@pytest.mark.parametrize(
    ("name", "email", "role", "department", "said"),
    [
        ("", None, "leader", None, "a person's name has 1 to 200 characters"),
        ("A\x00", None, "leader", None, "a person's name has 1 to 200 characters"),
        ("A", "no address", "leader", None, "'no address' is no e-mail address; write it like"),
        ("A", None, "king", None, "'king' is no role; choose one of administrator"),
        ("A", None, "respondent", None, "the role 'respondent' holds for a department; choose which"),
        ("A", None, "respondent", "zoo", "there is no department 'zoo'; choose one of parks, roads, housing"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(workspace, town, name, email, role, department, said):
    with pytest.raises(Refused, match=said):
        people.add_person(workspace, ADMIN, name, email, role, department)
    assert people.people(workspace, ADMIN) == ()


def test_an_organisations_administrator_finds_who_left_there_and_nobody_elses(workspace, town):
    setup.create_organisation(workspace, ADMIN, "Harbour", setup.departments_from_lines("Docks"))
    boss = people.add_person(workspace, ADMIN, "Asha", None, "administrator", organisation="Town")
    helper = people.add_person(workspace, ADMIN, "Fay", None, "facilitator", organisation="Town")
    rob = people.add_person(workspace, ADMIN, "Rob", None, "respondent", "parks", organisation="Town")
    olu = people.add_person(workspace, ADMIN, "Olu", None, "leader", organisation="Harbour")
    gone = people.person_left(workspace, visit_of(workspace, boss), rob)
    people.person_left(workspace, ADMIN, olu)
    seen = {each.person.name: each.decided for each in people.people(workspace, visit_of(workspace, boss))}
    assert seen == {"Asha": True, "Fay": True, "Rob": True}
    assert [each.person.name for each in people.people(workspace, visit_of(workspace, helper))] == ["Asha", "Fay"]
    back = people.person_is_back(workspace, visit_of(workspace, boss), gone)
    given_roles.give_role(workspace, visit_of(workspace, boss), back.id, "leader", organisation="Town")
    people.add_person(workspace, ADMIN, "Two", "two@town.example", "leader", organisation="Town")
    people.add_person(workspace, ADMIN, "Two", "two@town.example", "administrator", organisation="Harbour")
    assert not next(e for e in people.people(workspace, visit_of(workspace, boss)) if e.person.name == "Two").decided
