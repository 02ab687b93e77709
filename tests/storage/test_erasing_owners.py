"""Whoever is erased is nobody's owner any more, on each engine: actions, their states, RACI lists and risks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from maturity.access.people import GivenRole, Person
from maturity.roadmap.actions import Raci
from maturity.storage import new_id, people, plans, rights
from maturity.storage.erasure import NOBODY, erase

from .conftest import NOW
from .test_plans import PLAN, SAID, made_action, made_plan

NAME = 'Zoë "Ash" O\\Neil'


@pytest.fixture
def asha(city):
    """A person of the city whose name has everything in it that a query could stumble on, and a plan."""
    person = Person(id=new_id(NOW), name=NAME, email="zoe@city.example", created_at=NOW)
    role = GivenRole(
        id=new_id(NOW), person_id=person.id, organisation_id=city.organisation, department_id=None, department=None,
        role="owner", given_by="x", given_at=NOW,
    )  # fmt: skip
    city.store.write(people.add_many, [person], [role])
    city.store.write(
        plans.add_plan, PLAN, city.organisation, city.round, "First", date(2026, 4, 1), made_plan(), made_by="cdo",
        made_at=NOW,
    )  # fmt: skip
    return person


def risk(tx, city, number, owner, owner_person):
    columns = ("id", "organisation_id", "title", "description", "likelihood", "impact", "owner", "owner_person",
               "response", "response_text", "codes", "state", "set_by", "set_at", "row_version")  # fmt: skip
    row = (new_id(NOW), city.organisation, f"R{number}", "", 1, 1, owner, owner_person, "reduce", "", "[]", "open",
           "cdo", NOW, 1)  # fmt: skip
    tx.insert("risk", columns, [row])


def test_a_name_goes_wherever_it_is_the_persons(city, asha):
    mine = replace(
        made_action(), owner=NAME, owner_person=str(asha.id), raci=Raci(accountable=NAME, responsible=("Bo",))
    )
    once = replace(
        made_action(10), owner="An earlier name", owner_person=str(asha.id), raci=Raci(accountable="An earlier name")
    )
    helps = replace(made_action(11), owner="Bo", owner_person=None, raci=Raci(accountable="Bo", consulted=(NAME, "Cy")))
    written = replace(made_action(12), owner=NAME, owner_person=None, raci=Raci(accountable=NAME))
    other = replace(made_action(13), owner="Bo", owner_person=None, raci=Raci(accountable="Bo", informed=("Zoë",)))
    city.store.write(plans.add_actions, PLAN, [mine, once, helps, written, other], SAID)
    city.store.write(risk, city, 1, NAME, str(asha.id))
    with city.store.reading() as tx:
        assert plans.codes_ever(tx, city.organisation) == {each.code for each in (mine, once, helps, written, other)}
        assert plans.codes_ever(tx, new_id(NOW)) == frozenset()
        owned = rights.actions_owned_by(tx, str(asha.id))
        assert {each["code"] for each in owned} == {mine.code, once.code}
    for _ in range(2):
        city.store.write(erase, asha.id, {str(asha.id)}, NOW)
    with city.store.reading() as tx:
        found = {each.id: (each.owner, each.raci) for each in plans.actions_of(tx, PLAN)}
        assert found == {
            mine.id: (NOBODY, Raci(accountable=NOBODY, responsible=("Bo",))),
            once.id: (NOBODY, Raci(accountable=NOBODY)),
            helps.id: ("Bo", Raci(accountable="Bo", consulted=(NOBODY, "Cy"))),
            written.id: (NOBODY, Raci(accountable=NOBODY)),
            other.id: ("Bo", Raci(accountable="Bo", informed=("Zoë",))),
        }
        assert {each.action.id: (each.action.owner, each.action.raci) for each in plans.states_of(tx, PLAN)} == found
        assert tx.one("SELECT owner FROM risk")["owner"] == NOBODY
        for table in tx.tables():
            assert "Zoë \\" not in json.dumps(tx.rows(f"SELECT * FROM {table}"), default=str, ensure_ascii=False), table
