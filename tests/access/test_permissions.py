"""The table of permissions, asked about organisations and departments."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.access.permissions import DEEDS, INSTALLATION_WIDE, MAY, NotPermitted, may, require
from maturity.access.roles import LOCAL_ADMINISTRATOR, NOBODY, ROLES, Grant, Visitor
from maturity.access.table import page

CITY, OTHER = UUID(int=1), UUID(int=2)
GRANTS = st.builds(
    Grant,
    role=st.sampled_from(ROLES),
    department=st.sampled_from([None, "parks", "roads"]),
    organisation=st.sampled_from([None, CITY, OTHER]),
)


def visitor(*grants: Grant) -> Visitor:
    return Visitor(person="p", name="Asha", grants=grants)


def test_every_verb_has_a_deed_and_somebody_who_may():
    assert set(MAY) == set(DEEDS)
    assert all(MAY.values())


def test_a_role_in_one_organisation_is_nothing_in_another():
    asha = visitor(Grant(role="administrator", organisation=CITY), Grant(role="respondent", organisation=OTHER))
    assert may(asha, "edit_plan", organisation=CITY)
    assert not may(asha, "edit_plan", organisation=OTHER)
    assert may(asha, "edit_plan")  # somewhere: the page opens
    assert not may(asha.within(OTHER), "edit_plan")
    with pytest.raises(NotPermitted, match="Asha may not change the plan; ask the administrator"):
        require(asha, "edit_plan", organisation=OTHER)


def test_a_role_for_a_department_counts_for_it_and_for_opening_its_page():
    head = visitor(Grant(role="department_lead", department="parks", organisation=CITY))
    assert may(head, "answer", "parks", CITY)
    assert may(head, "answer", organisation=CITY)
    assert not may(head, "answer", "roads", CITY)
    assert not may(head, "answer", "parks", OTHER)


def test_what_concerns_the_installation_needs_a_role_in_all_of_it():
    assert may(LOCAL_ADMINISTRATOR, "run_installation")
    assert not may(visitor(Grant(role="administrator", organisation=CITY)), "run_installation", organisation=CITY)


def test_a_visit_to_one_organisation_sees_no_other():
    asha = visitor(Grant(role="leader", organisation=CITY), Grant(role="leader", organisation=OTHER))
    assert asha.sees(CITY)
    assert asha.sees(OTHER)
    assert not asha.within(CITY).sees(OTHER)
    assert not NOBODY.sees(CITY)


@given(st.lists(GRANTS, max_size=4), st.sampled_from(sorted(MAY)), st.sampled_from([CITY, OTHER]))
def test_within_an_organisation_one_may_what_one_may_there(grants, verb, organisation):
    asha = visitor(*grants)
    assert may(asha.within(organisation), verb, None, organisation) == may(asha, verb, None, organisation)


@given(st.lists(GRANTS, max_size=4), GRANTS, st.sampled_from(sorted(set(MAY) - INSTALLATION_WIDE)))
def test_a_further_role_never_takes_anything_away(grants, more, verb):
    assert may(visitor(*grants, more), verb, "parks", CITY) >= may(visitor(*grants), verb, "parks", CITY)


def test_the_page_in_the_docs_is_the_table():
    stored = (Path(__file__).resolve().parents[2] / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert stored == page(), "run `python -m maturity.access.table > docs/permissions.md`"
