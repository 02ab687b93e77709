"""The plan as it stood, on each engine."""

from dataclasses import replace
from datetime import date, timedelta

from maturity.operations import plan_making, plan_versions, plans, replay
from maturity.operations.progress import report_progress
from tests.operations.city import ADMIN, LEADER, make_town

FIRST = date(2026, 3, 2)


def test_each_day_has_the_plan_that_stood_at_its_end(workspace):
    round_ = make_town(workspace)
    saved = plan_making.replan(workspace, ADMIN, round_, "First", iterations=1)
    assert replay.plan_on(workspace, LEADER, FIRST) == saved
    assert replay.plan_on(workspace, LEADER, FIRST - timedelta(days=1)) is None
    later = replace(workspace, clock=lambda: workspace.clock() + timedelta(days=9))
    report_progress(later, ADMIN, saved.actions[0].id, 1, 100, note="All there")
    plans.add_milestone(later, ADMIN, "Vote", date(2026, 9, 1))
    plan_versions.keep_version(later, ADMIN, "V1")
    last = replace(workspace, clock=lambda: workspace.clock() + timedelta(days=20))
    again = plan_making.replan(last, ADMIN, round_, "Second", iterations=1)
    assert replay.plan_on(last, LEADER, FIRST + timedelta(days=8)) == saved
    between = replay.plan_on(last, LEADER, FIRST + timedelta(days=9))
    assert between.actions[0].done_on == FIRST + timedelta(days=9) and len(between.milestones) == 1 + len(
        saved.milestones
    )
    assert replay.plan_on(last, LEADER, FIRST + timedelta(days=20)) == again == plans.plan(last, LEADER)
    assert [(each.day, each.changes) for each in replay.changed_days(last, LEADER)] == [
        (FIRST, 1), (FIRST + timedelta(days=9), 3), (FIRST + timedelta(days=20), 1),
    ]  # fmt: skip
    assert [each.note for each in replay.reports_on(last, LEADER, FIRST + timedelta(days=9))] == ["All there"]
    assert replay.reports_on(last, LEADER, FIRST) == ()
