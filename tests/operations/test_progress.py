from datetime import date

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import plan_making, plans
from maturity.operations.actions import ActionChanged
from maturity.operations.errors import Refused
from maturity.operations.progress import history, report_progress
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
        ({"percent_done": 20, "note": "x" * 5000}, "shorten it"),
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
