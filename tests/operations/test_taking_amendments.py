"""What owners and heads ask for instead is taken over, and a head confirms many person-days at once, all or none."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import acceptance, actions, plan_making, plans
from maturity.operations.errors import Changed, Refused
from maturity.operations.saved_plans import plan
from maturity.operations.workspace import Workspace
from maturity.roadmap.acceptance import stand_of
from maturity.roadmap.actions import Action
from maturity.storage.plans import states_of
from tests.operations.city import ADMIN, LEADER, PARKS_LEAD, make_town

START, FINISH = date(2026, 5, 4), date(2026, 6, 26)


@pytest.fixture
def planned(workspace: Workspace) -> Workspace:
    """Town with its first plan, and two actions of Parks that people added."""
    round_ = make_town(workspace)
    plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_, iterations=1), "First")
    for title, effort in (("Map", {"analyst": 6.0, "steward": 2.0}), ("Tidy", {"analyst": 4.0})):
        actions.add_action(
            workspace, ADMIN, title=title, start=START, finish=FINISH, owner="Ann", department="parks", effort=effort
        )
    return workspace


def called(workspace: Workspace, title: str) -> Action:
    return next(each for each in plan(workspace, ADMIN).actions if each.title == title)


def stands(workspace: Workspace, title: str) -> tuple[str, str]:
    said = acceptance.acceptances(workspace, ADMIN)
    return stand_of(called(workspace, title), "owner", said), stand_of(called(workspace, title), "head", said)


def test_the_days_that_an_owner_asks_for_are_taken_over_and_count_as_accepted(planned):
    action = called(planned, "Map")
    acceptance.note_answer(
        planned, ADMIN, action.id, 1, "amended", note="the supplier is late", start=date(2027, 6, 1),
        finish=date(2027, 8, 30),
    )  # fmt: skip
    assert stands(planned, "Map") == ("amended", "asked")
    after = acceptance.take_amendment(planned, ADMIN, action.id, 1)
    assert (after.start, after.finish, after.row_version) == (date(2027, 6, 1), date(2027, 8, 30), 2)
    assert after.phase == 3  # 61 weeks after the plan's start: phase 3 begins with week 52
    assert called(planned, "Map") == after
    assert stands(planned, "Map") == ("accepted", "asked")
    with planned.store.reading() as tx:
        last = states_of(tx, UUID(plan(planned, ADMIN).id))[-1]
    assert last.stated.reason == "as its owner asked: the supplier is late"
    with pytest.raises(Changed):  # a second click
        acceptance.take_amendment(planned, ADMIN, action.id, 1)
    with pytest.raises(Changed, match="nothing else is asked"):
        acceptance.take_amendment(planned, ADMIN, action.id, 2)


def test_nothing_is_taken_over_from_an_action_that_changed_meanwhile_or_by_who_may_not(planned):
    action = called(planned, "Map")
    acceptance.note_answer(planned, ADMIN, action.id, 1, "amended", note="too early", finish=date(2026, 8, 30))
    for visitor in (LEADER, PARKS_LEAD):
        with pytest.raises(NotPermitted):
            acceptance.take_amendment(planned, visitor, action.id, 1)
    actions.edit_action(planned, ADMIN, action.id, 1, finish=date(2026, 7, 1), reason="we moved it ourselves")
    for version in (1, 2):
        with pytest.raises(Changed):
            acceptance.take_amendment(planned, ADMIN, action.id, version)
    assert called(planned, "Map").finish == date(2026, 7, 1)


def test_a_heads_other_number_of_days_is_shared_by_the_roles_as_planned(planned):
    action = called(planned, "Map")
    acceptance.confirm_days(planned, PARKS_LEAD, action.id, 1, "amended", days=4.0, note="that is all there is")
    after = acceptance.take_amendment(planned, ADMIN, action.id, 1, part="head")
    assert after.effort == {"analyst": 3.0, "steward": 1.0}
    assert stands(planned, "Map") == ("asked", "accepted")
    empty = actions.edit_action(planned, ADMIN, called(planned, "Tidy").id, 1, effort={})
    acceptance.confirm_days(planned, PARKS_LEAD, empty.id, 2, "amended", days=3.0, note="it needs some")
    with pytest.raises(Refused, match="no person-days to share"):
        acceptance.take_amendment(planned, ADMIN, empty.id, 2, part="head")


def test_a_head_confirms_all_days_at_once_and_twice_is_once(planned):
    seen = {called(planned, title).id: 1 for title in ("Map", "Tidy")}
    assert [each.code for each in acceptance.confirm_all_days(planned, PARKS_LEAD, "parks", seen)] == [
        called(planned, "Map").code, called(planned, "Tidy").code,
    ]  # fmt: skip
    assert acceptance.confirm_all_days(planned, PARKS_LEAD, "parks", seen) == ()
    assert len(acceptance.acceptances(planned, ADMIN)) == 2
    assert stands(planned, "Map")[1] == stands(planned, "Tidy")[1] == "accepted"


def test_none_is_confirmed_where_one_changed_meanwhile_or_is_another_departments(planned):
    seen = {called(planned, title).id: 1 for title in ("Map", "Tidy")}
    actions.edit_action(planned, ADMIN, called(planned, "Tidy").id, 1, effort={"analyst": 40.0})
    with pytest.raises(Changed, match="'Tidy' changed meanwhile, so nothing was confirmed"):
        acceptance.confirm_all_days(planned, PARKS_LEAD, "parks", seen)
    other = next(each for each in plan(planned, ADMIN).actions if each.department == "roads")
    with pytest.raises(Changed, match="nothing was confirmed"):
        acceptance.confirm_all_days(planned, PARKS_LEAD, "parks", {other.id: other.row_version})
    with pytest.raises(NotPermitted):
        acceptance.confirm_all_days(planned, PARKS_LEAD, "roads", {other.id: other.row_version})
    plan_making.replan(planned, ADMIN, "latest", "Second", iterations=1)
    with pytest.raises(Changed):
        acceptance.confirm_all_days(planned, PARKS_LEAD, "parks", seen)
    assert acceptance.acceptances(planned, ADMIN) == ()


def test_the_same_answer_twice_is_kept_once(planned):
    action = called(planned, "Map")
    for _ in range(2):
        acceptance.confirm_days(planned, PARKS_LEAD, action.id, 1)
        acceptance.note_answer(planned, ADMIN, action.id, 1, "accepted", note="in the meeting")
    assert len(acceptance.acceptances(planned, ADMIN)) == 2
    with planned.store.reading() as tx:
        assert len(tx.rows("SELECT 1 AS one FROM audit_event WHERE verb = 'confirm days'")) == 1
    acceptance.confirm_days(planned, PARKS_LEAD, action.id, 1, "refused", note="nobody is there")
    acceptance.confirm_days(planned, PARKS_LEAD, action.id, 1)
    assert len(acceptance.acceptances(planned, ADMIN)) == 4
