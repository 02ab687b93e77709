"""The progress page: who may report on what, a report saved, two at once, silence, and both pictures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plan_making, plans
from maturity.operations.actions import edit_action
from maturity.operations.progress import Told, history, report_progress
from maturity.operations.saved_plans import SavedPlan
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.status import Status
from maturity.ui.progress_rows import Line, _line
from maturity.ui.roadmap_shown import ShownPlan
from tests.operations.city import make_town

from .conftest import open_page, seen_as


@pytest.fixture
def town(stores) -> tuple[Workspace, SavedPlan]:
    """A town with a plan, two of whose actions are ours: one of the city's, one of the parks'."""
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    day = workspace.clock().date()
    for title, department in (("Ask everybody", None), ("Count the trees", "parks")):
        plans.add_action(workspace, ADMIN, title=title, start=day, finish=day, owner="Ida", department=department)
    return workspace, plans.plan(workspace, ADMIN)


@pytest.fixture
def progress(start) -> Callable[..., AppTest]:
    """`progress(view_as=None)`: a visit that looks at all actions."""

    def begin(view_as=None) -> AppTest:
        at = open_page(start(view_as), "progress")
        return at.segmented_control(key="progress_status").set_value("all").run()

    return begin


def added(saved: SavedPlan, title: str) -> Action:
    return next(each for each in saved.actions if each.title == title)


def opened(at: AppTest, action: Action) -> AppTest:
    """With the action's box open; AppTest forgets that with every run."""
    at.session_state["progress_more"] = True
    at.session_state[f"line-{action.id}"] = True
    return at.run()


def report(at: AppTest, action: Action, percent: int) -> AppTest:
    at.number_input(key=f"report-{action.id}-{action.row_version}-percent").set_value(percent)
    return at.button(key=f"report-{action.id}-{action.row_version}-save").click().run()


def test_without_a_plan_the_page_says_how_to_get_one(at):
    page = open_page(at, "progress")
    assert not page.exception
    assert page.info[0].value.startswith("Your plan is empty")


def test_a_report_is_saved_and_said_so(town, progress):
    workspace, saved = town
    action = added(saved, "Ask everybody")
    at = report(opened(progress(), action), action, 40)
    assert not at.exception
    assert at.success[0].value.startswith("Ask everybody: 40%. Saved ")
    assert plans.plan(workspace, ADMIN).action(action.code).percent_done == 40.0


def test_done_needs_the_whole(town, progress):
    workspace, saved = town
    action = report_progress(workspace, ADMIN, added(saved, "Ask everybody").id, 1, 100)
    at = opened(progress(), action)
    at = report(at, action, 60)
    assert "at 60 %" in at.error[0].value
    at = opened(at, action)
    at.date_input(key=f"report-{action.id}-2-done").set_value(None)
    at = report(at, action, 60)
    assert not at.error
    assert plans.plan(workspace, ADMIN).action(action.code).percent_done == 60.0


def test_two_reports_at_once_show_both_and_the_second_may_insist(town, progress):
    workspace, saved = town
    action = added(saved, "Ask everybody")
    at = opened(progress(), action)
    report_progress(workspace, ADMIN, action.id, 1, 30, note="Half of them")
    at = report(at, action, 50)
    assert "changed by somebody else meanwhile" in at.warning[0].value
    both = at.table[0].value
    assert [both.loc[0, "Stored"], both.loc[0, "Yours"]] == ["30%", "50%"]
    at = at.button(key=f"mine-{action.id}").click().run()
    assert at.success[0].value.startswith("Ask everybody: 50%")
    assert [each.percent_done for each in history(workspace, ADMIN, action.id)] == [0.0, 30.0, 50.0]


def test_what_is_stored_may_be_kept(town, progress):
    workspace, saved = town
    action = added(saved, "Ask everybody")
    at = opened(progress(), action)
    report_progress(workspace, ADMIN, action.id, 1, 30)
    at = report(at, action, 50).button(key=f"theirs-{action.id}").click().run()
    assert not at.warning
    assert plans.plan(workspace, ADMIN).action(action.code).percent_done == 30.0


def test_a_button_pressed_twice_is_no_disagreement(town, progress):
    workspace, saved = town
    action = added(saved, "Ask everybody")
    at = opened(progress(), action)
    report_progress(workspace, ADMIN, action.id, 1, 30)
    at = report(at, action, 30)
    assert at.success[0].value.startswith("Ask everybody: 30%")
    assert not opened(at, action).warning
    assert len(history(workspace, ADMIN, action.id)) == 2


def test_a_head_of_department_reports_on_the_own_actions_only(town, progress):
    _, saved = town
    at = progress(seen_as("department_lead", "parks"))
    own = [each for each in saved.actions if each.department == "parks"]
    assert at.segmented_control(key="progress_whose").value == "mine"
    assert len(at.expander) == len(own) > 0
    at = at.segmented_control(key="progress_whose").set_value("all").run()
    at = opened(at, added(saved, "Ask everybody"))
    assert not at.number_input
    assert opened(at, added(saved, "Count the trees")).number_input


def test_leaders_read_and_report_nothing(town, progress):
    _, saved = town
    at = opened(progress(seen_as("leader")), added(saved, "Ask everybody"))
    assert not at.exception and not at.number_input
    assert any("1 report so far" in each.value for each in at.markdown)


@pytest.mark.parametrize("view", ["Done against plan", "Workload"])
def test_the_pictures_have_their_tables(town, progress, view):
    at = progress().segmented_control(key="progress_view").set_value(view).run()
    assert not at.exception
    assert [each.label for each in at.expander] == ["Table and files"]


def shown_on(day: date) -> ShownPlan:
    """Enough of a plan to ask for an action's line: nothing was approved."""
    plan = SavedPlan(
        id="p", name="P", status="current", round="R", starts=date(2026, 1, 1), made_by="x",
        made_at=datetime(2026, 1, 1, tzinfo=UTC), body=None, actions=(), removed=(), milestones=(), baseline={},
    )  # fmt: skip
    return ShownPlan(here=None, plan=plan, round=None, names={}, today=day, key=())


def some(**more: object) -> Action:
    first, last = date(2026, 3, 1), date(2026, 5, 31)
    usual = {"id": "a", "code": "a", "title": "T", "phase": 1, "start": first, "finish": last, "owner": "O"}
    return Action(**{**usual, "raci": Raci(accountable="O"), **more})


def test_silence_is_counted_from_the_last_word_and_only_where_one_is_due():
    running = some(begun_on=date(2026, 3, 2), percent_done=10.0)
    line: Line = _line(shown_on(date(2026, 4, 1)), running, ())
    assert (line.status, line.silent) == (Status(code="on_track"), 30)
    assert line.fits("silent") and line.fits("on_track") and line.fits("all") and not line.fits("late")
    assert _line(shown_on(date(2026, 3, 31)), running, ()).fits("silent") is False
    assert _line(shown_on(date(2026, 3, 5)), some(), ()).silent is None
    assert _line(shown_on(date(2026, 4, 8)), some(), ()).silent == 38


EVERY_VIEW = (
    "Actions", "Done against plan", "Milestones", "Workload", "Ageing", "By department", "Receipts", "Reminders",
)  # fmt: skip


def shown(at: AppTest) -> str:
    return " ".join(each.value for each in (*at.markdown, *at.caption, *at.header, *at.code))


@pytest.mark.parametrize("role", ["administrator", "leader", "reviewer"])
def test_every_view_opens_for_who_reads_the_roadmap(town, start, role):
    at = open_page(start(seen_as(role)), "progress")
    for view in EVERY_VIEW:
        at = at.segmented_control(key="progress_view").set_value(view).run()
        assert not at.exception, view
        assert "Late is measured" in shown(at) or "Nothing is approved yet" in shown(at)


def test_letters_are_for_who_keeps_the_plan(town, start):
    workspace, saved = town
    action = added(saved, "Count the trees")
    edit_action(workspace, ADMIN, action.id, action.row_version, owner="Ida", owner_person="ida")
    for role, said in (("administrator", True), ("leader", False)):
        at = open_page(start(seen_as(role)), "progress")
        at = at.segmented_control(key="progress_view").set_value("Reminders").run()
        assert "accept it, ask for other dates" in shown(at)
        assert ("Thank you for your time" in shown(at)) is said


def test_a_milestone_opens_to_what_it_waits_for(town, start):
    _, saved = town
    mark = saved.milestones[0]
    at = open_page(start(), "progress")
    at.session_state[f"milestone-{mark.id}"] = True
    at = at.segmented_control(key="progress_view").set_value("Milestones").run()
    assert not at.exception
    assert any(each.label.startswith(f"**{mark.name}**") for each in at.expander)


def test_what_was_used_stands_beside_what_was_planned(town, progress):
    workspace, saved = town
    action = added(saved, "Ask everybody")
    report_progress(workspace, ADMIN, action.id, action.row_version, 10, more=Told(days_used=2.5, cost_used=40.0))
    at = opened(progress(), action)
    assert "2.5 of 0 planned person-days used, 40 spent of no planned price." in shown(at)
