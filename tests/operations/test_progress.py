from dataclasses import replace
from datetime import date, timedelta

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import actions, people, plan_making, plans
from maturity.operations.actions import ActionChanged, add_dependency, edit_action
from maturity.operations.errors import Refused
from maturity.operations.own_work import action_owners, my_actions
from maturity.operations.progress import Told, history, report_own, report_progress
from tests.operations.city import ADMIN, LEADER, PARKS_LEAD, make_town

TODAY = date(2026, 3, 2)


@pytest.fixture
def saved(workspace):
    return plan_making.replan(workspace, ADMIN, make_town(workspace), "First", iterations=1)


def test_work_begins_goes_on_and_ends(workspace, saved):
    action = saved.actions[0]
    begun = report_progress(workspace, ADMIN, action.id, 1, 30, note="Letter drafted", confidence=4)
    assert (begun.percent_done, begun.begun_on, begun.done_on, begun.row_version) == (30.0, TODAY, None, 2)
    done = report_progress(workspace, ADMIN, action.id, 2, 100)
    assert (done.done_on, done.row_version) == (TODAY, 3)
    assert plans.plan(workspace, ADMIN).action(action.code) == done
    first, second = history(workspace, LEADER, action.id)
    assert (first.note, first.confidence, first.made_by, first.percent_done) == (
        "Letter drafted",
        4,
        "Command line",
        30.0,
    )
    assert (second.percent_done, second.done_on) == (100.0, TODAY)


def test_the_same_report_twice_is_refused_with_both_versions(workspace, saved):
    action = saved.actions[0]
    report_progress(workspace, ADMIN, action.id, 1, 30)
    with pytest.raises(ActionChanged, match="version 1, stored is 2") as refused:
        report_progress(workspace, ADMIN, action.id, 1, 30)
    assert (refused.value.theirs.row_version, refused.value.mine.row_version) == (2, 1)
    assert len(history(workspace, ADMIN, action.id)) == 1


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ({"percent_done": 60, "done_on": TODAY}, "at 60 %"),
        ({"percent_done": 120}, "0 to 100"),
        ({"percent_done": 20, "begun_on": date(2026, 3, 3)}, "after today"),
        ({"percent_done": 20, "confidence": 6}, "confidence in delivery is 1 to 5"),
        ({"percent_done": 20, "confidence": 7}, "confidence in delivery is 1 to 5, not 7; choose one of the five"),
        ({"percent_done": 20, "note": "x" * 5000}, "shorten it"),
        ({"percent_done": float("nan")}, "per cent done is 0 to 100"),
        ({"percent_done": 100, "begun_on": TODAY, "done_on": date(2026, 3, 1)}, "before it began"),
        ({"percent_done": 20, "more": Told(days_used=float("nan"))}, "person-days used so far is a number from 0"),
        ({"percent_done": 20, "more": Told(days_used=float("inf"))}, "person-days used so far is a number from 0"),
        ({"percent_done": 20, "more": Told(cost_used=-1.0)}, "money used so far is a number from 0"),
        ({"percent_done": 20, "more": Told(cost_used=1e12)}, "money used so far is a number from 0"),
        ({"percent_done": 20, "more": Told(expected_on=date(2026, 3, 1))}, "cannot be expected for 2026-03-01"),
        ({"percent_done": 20, "more": Told(expected_on=date(2035, 1, 1))}, "say why it is expected later"),
        ({"percent_done": 20, "more": Told(good="x" * 5000)}, "the good thing has 5000 characters"),
        ({"percent_done": 100, "more": Told(deliverable_link="x" * 501)}, "the link to the deliverable has 501"),
    ],
)
def test_reports_that_cannot_be(workspace, saved, report, words):
    with pytest.raises(Refused, match=words):
        report_progress(workspace, ADMIN, saved.actions[0].id, 1, **report)
    assert history(workspace, ADMIN, saved.actions[0].id) == ()


def test_a_department_lead_reports_on_the_own_department_only(workspace, saved):
    own = next(a for a in saved.actions if a.department == "parks")
    other = next(a for a in saved.actions if a.department not in ("parks", None))
    city = next(a for a in saved.actions if a.department is None)
    assert report_progress(workspace, PARKS_LEAD, own.id, 1, 10).percent_done == 10.0
    for foreign in (other, city):
        with pytest.raises(NotPermitted):
            report_progress(workspace, PARKS_LEAD, foreign.id, 1, 10)
    with pytest.raises(NotPermitted):
        report_progress(workspace, LEADER, own.id, 2, 20)


IDA = replace(LEADER, person="ida", name="Ida")


def owned(workspace, saved, count=1):
    """The first actions of the plan as Ida's own."""
    return [
        edit_action(workspace, ADMIN, each.id, each.row_version, owner="Ida", owner_person="ida")
        for each in saved.actions[:count]
    ]


def test_why_confidence_changed_has_to_be_said(workspace, saved):
    (action,) = owned(workspace, saved)
    report_own(workspace, IDA, action.id, 2, 10, confidence=4)
    with pytest.raises(Refused, match="say why confidence went from 4 to 2"):
        report_own(workspace, IDA, action.id, 3, 10, confidence=2)
    report_own(workspace, IDA, action.id, 3, 10, confidence=2, more=Told(because="Two of us left"))
    report_own(workspace, IDA, action.id, 4, 20, confidence=2)
    report_own(workspace, IDA, action.id, 5, 20)
    assert [each.confidence for each in history(workspace, ADMIN, action.id)] == [4, 2, 2, None]


def test_what_an_owner_sees_of_the_plan(workspace, saved):
    first, second = owned(workspace, saved, 2)
    days = {"start": first.start, "finish": first.finish, "owner": "Eve"}
    other, third = (actions.add_action(workspace, ADMIN, title=title, **days) for title in ("Before", "After"))
    first = add_dependency(workspace, ADMIN, first.id, 2, other.code)
    third = add_dependency(workspace, ADMIN, third.id, 1, first.code)
    work = my_actions(workspace, IDA)
    assert work.plan == "First" and {each.action.code for each in work.actions} == {first.code, second.code}
    one = next(each for each in work.actions if each.action.code == first.code)
    assert (one.stand, one.to_answer, one.reports) == ("asked", True, ())
    assert other.title in [each.title for each in one.waits_for]
    assert third.title in [each.title for each in one.awaited_by]
    assert one.status == saved.status_of(first, work.today) and one.approved == saved.baseline[first.code]
    assert my_actions(workspace, replace(IDA, person="eve")).actions == ()
    assert my_actions(workspace, replace(IDA, person="")).actions == (), "no owner is nobody's"
    with pytest.raises(NotPermitted):
        report_own(workspace, replace(IDA, person="eve"), first.id, first.row_version, 10)


def test_a_report_is_due_after_thirty_days(workspace, saved):
    (action,) = owned(workspace, saved)
    report_own(workspace, IDA, action.id, 2, 10, begun_on=TODAY)
    assert my_actions(workspace, IDA).to_report == ()
    later = replace(workspace, clock=lambda: workspace.clock() + timedelta(days=30))
    (due,) = my_actions(later, IDA).to_report
    assert (due.age.days, due.age.overdue) == (30, True)


def test_owners_who_can_come_in_are_counted(workspace, saved):
    owned(workspace, saved)
    assert action_owners(workspace, ADMIN) == (), "Ida is nobody of this store"
    person = people.add_person(workspace, ADMIN, "Ola", "ola@town.example", "owner")
    for each in saved.actions[1:3]:
        edit_action(workspace, ADMIN, each.id, 1, owner="Ola", owner_person=str(person.id))
    assert action_owners(workspace, ADMIN) == ((str(person.id), "Ola", 2),)
