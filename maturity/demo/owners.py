"""Names for roles: who is accountable for an action of the demo, who works on it, who is asked and who is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from maturity.demo.files import DemoCity, DemoDepartment
from maturity.roadmap.actions import Action, Raci

OF_DEPARTMENT = "department"
"""The role of department staff in the catalogue."""


def owned(
    actions: Iterable[Action],
    city: DemoCity,
    departments: Sequence[DemoDepartment],
    objectives: Mapping[str, str],
    people: Mapping[str, str],
) -> tuple[Action, ...]:
    """The actions with a person for every role, and with the objective of the first topic they raise. `people` are ids
    by name of those who come in here."""
    heads = {each.code: each.head for each in departments}
    found = (_owned(each, city.owners, heads, objectives) for each in actions)
    return tuple(replace(each, owner_person=people.get(each.owner)) for each in found)


def _owned(
    action: Action, owners: Mapping[str, str], heads: Mapping[str, str], objectives: Mapping[str, str]
) -> Action:
    head = heads.get(action.department or "")
    in_charge = head or owners.get(action.owner, action.owner)
    people = {**owners, OF_DEPARTMENT: head or owners.get(OF_DEPARTMENT, in_charge)}
    workers = dict.fromkeys(people.get(role, in_charge) for role in action.effort)
    protection = owners.get("data-protection-officer")
    raci = Raci(
        accountable=in_charge,
        responsible=tuple(workers) or (in_charge,),
        consulted=(protection,) if protection and protection not in (in_charge, *workers) else (),
        informed=("All department heads",) if head is None else (owners.get("chief-data-officer", "Data team"),),
    )
    served = next((objectives[each.topic] for each in action.closes if each.topic in objectives), action.objective)
    return replace(action, owner=in_charge, raci=raci, objective=served)
