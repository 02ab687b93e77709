"""Owners of actions: who can be one, whose actions nobody answers for, handing over, and what erasing leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from maturity.access.permissions import NotPermitted
from maturity.access.roles import Visitor
from maturity.operations import acceptance, actions, erasure, links, owners, people, plan_making, plans, rights
from maturity.operations.errors import Changed, Refused
from maturity.operations.given_roles import end_role
from maturity.operations.saved_plans import plan
from maturity.operations.setup import Organisation, the_organisation
from maturity.operations.workspace import Workspace
from maturity.planning.catalogue import Kpi
from maturity.roadmap.actions import Action, Raci
from maturity.storage.plans import states_of
from tests.operations.city import ADMIN, LEADER, PARKS_LEAD, make_town

from .known_people import known

START, FINISH = date(2026, 5, 4), date(2026, 6, 26)


@pytest.fixture
def town(workspace: Workspace) -> Organisation:
    """Town with its first plan, which the planner made."""
    round_ = make_town(workspace)
    made = plans.make_plan(workspace, ADMIN, round_, iterations=1)
    plans.save_plan(workspace, ADMIN, round_, made, "First")
    return the_organisation(workspace, ADMIN)


def added(workspace: Workspace, title: str, owner: Visitor | str, **more: Any) -> Action:
    """An action of people's own, owned by somebody of the store or by a name."""
    person = None if isinstance(owner, str) else owner.person
    name = owner if isinstance(owner, str) else "somebody"
    return actions.add_action(
        workspace, ADMIN, title=title, start=START, finish=FINISH, owner=name, owner_person=person, **more
    )


def why(workspace: Workspace) -> dict[str, str]:
    """Why nobody answers, by title, for the actions that people added."""
    return {
        each.action.title: each.why for each in owners.without_owner(workspace, ADMIN) if each.action.origin == "added"
    }


def test_people_with_a_role_here_can_own_and_it_is_said_how_they_come_in(workspace, town):
    known(workspace, "Asha", "owner", None, town)
    known(workspace, "Gone", "owner", None, town, left_at=workspace.clock())
    ben = people.add_person(workspace, ADMIN, "Ben", "ben@town.example", "owner", organisation="Town")
    found = {each.name: each.way_in for each in owners.possible_owners(workspace, ADMIN)}
    assert found == {"Asha": "link", "Ben": "none"}
    links.make_link(workspace, ADMIN, ben.id, days=30)
    assert {each.name: each.way_in for each in owners.possible_owners(workspace, ADMIN)}["Ben"] == "link"
    for visitor in (LEADER, PARKS_LEAD):
        with pytest.raises(NotPermitted):
            owners.possible_owners(workspace, visitor)


def test_an_owner_given_by_id_is_called_as_they_are_and_answers(workspace, town):
    asha = known(workspace, "Asha", "owner", None, town)
    action = added(workspace, "Map", asha)
    assert (action.owner, action.owner_person, action.raci.accountable) == ("Asha", asha.person, "Asha")
    action = actions.edit_action(workspace, ADMIN, action.id, 1, owner="Ann by name")
    assert (action.owner, action.owner_person, action.raci.accountable) == ("Ann by name", None, "Ann by name")
    action = actions.edit_action(workspace, ADMIN, action.id, 2, owner="whatever", owner_person=asha.person)
    assert (action.owner, action.raci.accountable) == ("Asha", "Asha")


@pytest.mark.parametrize("given", ["left", "no role", "unknown"])
def test_who_has_left_or_holds_no_role_cannot_own(workspace, town, given):
    asha = known(workspace, "Asha", "owner", None, town)
    action, seen = added(workspace, "Map", "Ann"), person(workspace, asha)
    if given == "left":
        people.person_left(workspace, ADMIN, seen)
    elif given == "no role":
        end_role(
            workspace, ADMIN, next(k for k in people.people(workspace, ADMIN) if k.person.id == seen.id).roles[0].id
        )
    wanted = "0190a2b4-0000-7000-8000-000000000000" if given == "unknown" else asha.person
    with pytest.raises(
        Refused, match={"left": "has left", "no role": "no role here", "unknown": "nobody of this"}[given]
    ):
        actions.edit_action(workspace, ADMIN, action.id, 1, owner_person=wanted)


def person(workspace: Workspace, visitor: Visitor) -> people.Person:
    return next(k.person for k in people.people(workspace, ADMIN) if str(k.person.id) == visitor.person)


def test_whose_actions_nobody_answers_for_and_why(workspace, town):
    asha, ben = known(workspace, "Asha", "owner", None, town), known(workspace, "Ben", "owner", None, town)
    carl = people.add_person(workspace, ADMIN, "Carl", "carl@town.example", "owner", organisation="Town")
    dora = known(workspace, "Dora", "owner", None, town)
    for name, owner in (("A", asha), ("B", ben), ("D", dora), ("written", "Ann"), ("role", "data_steward")):
        added(workspace, name, owner)
    added(workspace, "C", Visitor(person=str(carl.id), name="Carl"))
    added(workspace, "local", Visitor(person="local-administrator", name=""))
    catalogue = plans.plan_request(workspace, ADMIN).catalogue
    role = next(iter(catalogue.role))
    actions.edit_action(workspace, ADMIN, by_title(workspace, "role").id, 1, owner=role)
    people.person_left(workspace, ADMIN, person(workspace, ben))
    erasure.erase_person(workspace, ADMIN, UUID(dora.person), "asked")
    assert why(workspace) == {"B": "left", "D": "erased", "role": "only_role", "C": "no_way_in"}
    assert all(each.why == "only_role" for each in owners.without_owner(workspace, ADMIN) if each.action.catalogue_id)
    assert by_title(workspace, "B").owner == "Ben" and by_title(workspace, "D").owner == "Erased person"


def by_title(workspace: Workspace, title: str) -> Action:
    return next(each for each in plan(workspace, ADMIN).actions if each.title == title)


def test_all_of_somebodys_actions_are_handed_over_at_once_with_a_reason(workspace, town):
    asha, ben = known(workspace, "Asha", "owner", None, town), known(workspace, "Ben", "owner", None, town)
    one = added(workspace, "One", ben, raci=Raci(accountable="Ben", responsible=("Ben", "Asha"), informed=("Mayor",)))
    added(workspace, "Two", ben, raci=Raci(accountable="Mayor"))
    added(workspace, "Ann's", "Ann")
    theirs = owners.owned_actions(workspace, ADMIN, ben.person)
    assert [each.title for each in theirs] == ["One", "Two"]
    seen = {each.id: each.row_version for each in theirs}
    given = owners.hand_over_actions(workspace, ADMIN, ben.person, asha.person, "Ben retires", seen=seen)
    assert [(each.title, each.owner, each.owner_person) for each in given] == [
        ("One", "Asha", asha.person), ("Two", "Asha", asha.person),
    ]  # fmt: skip
    assert by_title(workspace, "One").raci == Raci(accountable="Asha", responsible=("Asha",), informed=("Mayor",))
    assert by_title(workspace, "Two").raci.accountable == "Mayor"
    assert owners.owned_actions(workspace, ADMIN, ben.person) == ()
    with workspace.store.reading() as tx:
        last = [each for each in states_of(tx, UUID(plan(workspace, ADMIN).id)) if str(each.action.id) == one.id][-1]
    assert (last.stated.verb, last.stated.reason) == ("hand over", "Ben retires")
    with pytest.raises(Refused, match="nothing to hand over"):  # a second click
        owners.hand_over_actions(workspace, ADMIN, ben.person, asha.person, "Ben retires", seen=seen)
    assert owners.hand_over_actions(workspace, ADMIN, "Ann", asha.person, "Ann is no person here")[0].title == "Ann's"


def test_handing_over_changes_nothing_where_an_action_changed_meanwhile_or_the_heir_cannot_own(workspace, town):
    asha, ben = known(workspace, "Asha", "owner", None, town), known(workspace, "Ben", "owner", None, town)
    one, two = added(workspace, "One", ben), added(workspace, "Two", ben)
    seen = {one.id: 1, two.id: 1}
    actions.edit_action(workspace, ADMIN, two.id, 1, title="Second")
    before = plan(workspace, ADMIN).actions
    with pytest.raises(Changed, match="'Second' was changed meanwhile, so nothing was handed over"):
        owners.hand_over_actions(workspace, ADMIN, ben.person, asha.person, "Ben retires", seen=seen)
    with pytest.raises(Changed, match="another owner now"):
        owners.hand_over_actions(workspace, ADMIN, ben.person, asha.person, "Ben", seen={one.id: 1, two.id: 2, "x": 1})
    with pytest.raises(Refused, match="reason"):
        owners.hand_over_actions(workspace, ADMIN, ben.person, asha.person, "  ")
    with pytest.raises(Refused, match="owns them already"):
        owners.hand_over_actions(workspace, ADMIN, ben.person, ben.person, "no reason")
    people.person_left(workspace, ADMIN, person(workspace, asha))
    with pytest.raises(Refused, match="Asha has left"):
        owners.hand_over_actions(workspace, ADMIN, ben.person, asha.person, "Ben retires")
    assert plan(workspace, ADMIN).actions == before


def test_planning_again_twice_carries_what_people_wrote(workspace, town):
    asha = known(workspace, "Asha", "owner", None, town)
    saved = plan(workspace, ADMIN)
    aim = plans.add_objective(workspace, ADMIN, "Calm", organisation="Town")
    action = saved.actions[-1]
    written = {
        "raci": Raci(accountable="Asha", responsible=("Bo",), consulted=("Cy",), informed=("Di",)),
        "kpi": Kpi(name="Maps", unit="%", kind="leading", baseline=1.0, target=9.0, due=FINISH, source="log",
                   frequency="monthly"),
        "deliverable": "A map", "done_when": "it hangs", "deliverable_link": "https://town.example/map",
        "objective": aim.id, "owner_person": asha.person,
    }  # fmt: skip
    actions.edit_action(workspace, ADMIN, action.id, 1, **written)
    own = added(workspace, "Own", asha, kpi=written["kpi"], deliverable_link="https://town.example", objective=aim.id)
    for name in ("Second", "Third"):
        plan_making.replan(workspace, ADMIN, "latest", name, iterations=1)
        after = plan(workspace, ADMIN)
        again = next(each for each in after.actions if each.code == action.code)
        assert {key: getattr(again, key) for key in written} == written and again.owner == "Asha"
        kept = next(each for each in after.actions if each.code == own.code)
        assert (kept.owner_person, kept.kpi, kept.deliverable_link, kept.objective) == (
            asha.person, written["kpi"], "https://town.example", aim.id,
        )  # fmt: skip


def test_an_added_action_gets_a_code_that_none_had_in_any_plan(workspace, town):
    first = added(workspace, "One", "Ann")
    actions.remove_action(workspace, ADMIN, first.id, 1, "not wanted")
    plan_making.replan(workspace, ADMIN, "latest", "Second", iterations=1)
    assert [each.code for each in plan(workspace, ADMIN).actions if each.origin == "added"] == []
    assert (first.code, added(workspace, "Two", "Ann").code) == ("added-1", "added-2")


HARD = 'Asha "Ash" O\\Neil, Zoë'


def test_an_erased_owner_is_nowhere_and_the_answers_stay_without_the_name(workspace, town):
    asha, ben = known(workspace, HARD, "owner", None, town), known(workspace, "Ben", "owner", None, town)
    mine = added(workspace, "Mine", asha, raci=Raci(accountable=HARD, responsible=(HARD, "Bo")))
    added(workspace, "Helps", ben, raci=Raci(accountable="Ben", consulted=(HARD,), informed=("Mayor",)))
    added(workspace, "By hand", HARD)
    acceptance.answer_own_action(workspace, asha, mine.id, 1, "accepted", note="gladly")
    owned = rights.export_person(workspace, asha, UUID(asha.person)).document["actions"]
    assert [(each["title"], each["plan"]) for each in owned] == [("Mine", "First")]
    assert rights.held_about(workspace, asha, UUID(asha.person))["actions"] == 1
    erasure.erase_person(workspace, ADMIN, UUID(asha.person), "asked")
    nobody = "Erased person"
    assert by_title(workspace, "Mine").raci == Raci(accountable=nobody, responsible=(nobody, "Bo"))
    assert by_title(workspace, "Helps").raci == Raci(accountable="Ben", consulted=(nobody,), informed=("Mayor",))
    assert by_title(workspace, "By hand").owner == nobody
    assert [each.made_by for each in acceptance.acceptances(workspace, ADMIN)] == [nobody]
    with workspace.store.reading() as tx:
        for table in tx.tables():
            kept = str([dict(row) for row in tx.rows(f"SELECT * FROM {table}")])
            assert "O\\\\Neil" not in kept and "Zoë" not in kept, table


def test_a_name_that_two_people_bear_stays_where_no_id_says_whose_it_is(workspace, town):
    one = known(workspace, "Asha Rao", "owner", None, town)
    two = people.add_person(workspace, ADMIN, "Asha Rao", None, "owner", organisation="Town")
    added(workspace, "Other", Visitor(person=str(two.id), name=""), raci=Raci(accountable="Asha Rao"))
    added(workspace, "Own", one, raci=Raci(accountable="Asha Rao"))
    erasure.erase_person(workspace, ADMIN, UUID(one.person), "asked")
    assert (by_title(workspace, "Other").owner, by_title(workspace, "Other").raci.accountable) == ("Asha Rao",) * 2
    assert (by_title(workspace, "Own").owner, by_title(workspace, "Own").raci.accountable) == ("Erased person",) * 2


def test_a_link_that_is_over_lets_nobody_in(workspace, town):
    ben = people.add_person(workspace, ADMIN, "Ben", "ben@town.example", "owner", organisation="Town")
    links.make_link(workspace, ADMIN, ben.id, days=1)
    added(workspace, "B", Visitor(person=str(ben.id), name=""))
    assert why(workspace) == {}
    late = workspace.clock() + timedelta(days=2)
    later = replace(workspace, clock=lambda: late)
    assert why(later) == {"B": "no_way_in"}
