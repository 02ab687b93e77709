"""The demo region's partnership: an organisation that others are members of, and what two of them gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maturity.access.people import GivenRole, Person
from maturity.demo.inhabitants import address_of
from maturity.demo.people_file import DemoPartnership
from maturity.operations.demo_filling import Chair, acting
from maturity.operations.partnership import give_result, preview, set_members
from maturity.operations.setup import create_organisation
from maturity.operations.workspace import Workspace
from maturity.storage.people import add_many
from maturity.storage.rows import Organisation


def fill_partnership(
    chair: Chair, asked: DemoPartnership, organisations: Sequence[Organisation], then: Workspace, round_name: str
) -> str:
    """Set it up as of `then`, with somebody who leads it, and give it the givers' round of that name; returns its
    name."""
    visitor = acting(chair.files.city.owners["chief-data-officer"])
    ids = {each.name: each.id for each in organisations}
    whole = create_organisation(then, visitor, asked.name, is_demo=True)
    set_members(then, visitor, whole.id, [ids[name] for name in asked.members])
    moment = then.clock()
    leader = Person(
        id=chair.new_person_id(moment),
        name=asked.leader,
        email=address_of(asked.leader, asked.name),
        created_at=moment,
    )
    role = GivenRole(
        id=chair.new_person_id(moment),
        person_id=leader.id,
        organisation_id=whole.id,
        department_id=None,
        department=None,
        role="leader",
        given_by=visitor.person,
        given_at=moment,
    )
    then.store.write(add_many, [leader], [role])
    for name in asked.givers:
        its_own = replace(visitor, at=ids[name])
        give_result(then, its_own, round_name, whole.id, preview(then, its_own, round_name, name), name)
    return asked.name
