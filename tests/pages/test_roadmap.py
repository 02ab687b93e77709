"""The roadmap page: nothing yet, its three views, rows by anything, plan versions, milestones, and words by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.charts.plan_frames import status_words
from maturity.operations import plan_making, plans
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.roadmap.status import Status
from maturity.ui.roadmap import LANES
from maturity.ui.roadmap_tables import dates, safe
from tests.operations.city import make_town

from .conftest import open_page, seen_as


@pytest.fixture
def town(stores) -> Workspace:
    """A town with a plan that began before today, and an action that should have begun eight days ago."""
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    day = workspace.clock().date() - timedelta(days=8)
    plans.add_action(workspace, ADMIN, title="Ask *everybody*", start=day, finish=day + timedelta(days=90), owner="Ida")
    return workspace


@pytest.fixture
def roadmap(start) -> Callable[..., AppTest]:
    """`roadmap(view_as=None)`: a visit that looks at the roadmap."""
    return lambda view_as=None: open_page(start(view_as), "roadmap")


def words(at: AppTest) -> str:
    return "\n".join(each.value for each in [*at.markdown, *at.caption])


def test_without_a_plan_the_page_says_how_to_get_one(roadmap):
    at = roadmap()
    assert not at.exception
    assert at.info[0].value.startswith("Your plan is empty")


def test_late_actions_and_the_end_date_stand_in_words(town, roadmap):
    at = roadmap()
    assert not at.exception
    assert "**Ask \\*everybody\\***: 8 days late, 0% done. Owner: Ida" in words(at)
    end = max(each.finish for each in plans.plan(town, ADMIN).actions)
    assert f"The plan ends on {end.day} {end:%B %Y}" in words(at)


@pytest.mark.parametrize("rows", list(LANES))
def test_rows_by_anything_are_one_picture_with_one_table(town, roadmap, rows):
    at = roadmap().segmented_control(key="roadmap_rows").set_value(rows).run()
    assert not at.exception
    at.session_state["table-roadmap"] = True
    table = at.run().table[0].value
    assert list(table.columns) == ["Action", rows, "Planned", "As it was made", "State"]
    assert len(table) <= len(plans.plan(town, ADMIN).actions)


def test_cards_say_what_is_now(town, roadmap):
    at = roadmap().segmented_control(key="roadmap_view").set_value("Now, next, later").run()
    assert not at.exception
    assert [each.value for each in at.header][:3] == ["Now", "Next", "Later"]
    assert "Late, 8 days, 0% done" in words(at)


def test_the_table_folds_departments_until_asked_and_filters_by_status(town, roadmap):
    at = roadmap().segmented_control(key="roadmap_view").set_value("Table").run()
    folded = len(at.table[0].value)
    apart = at.toggle(key="roadmap_apart").set_value(True).run()
    assert len(apart.table[0].value) == len(plans.plan(town, ADMIN).actions) > folded
    done = apart.segmented_control(key="roadmap_status").set_value("Done").run()
    assert not done.table
    assert "No action has this status." in words(done)


def test_a_version_can_be_chosen_and_the_one_in_force_comes_first(town, roadmap):
    plans.save_plan(town, ADMIN, "2026", plans.make_plan(town, ADMIN, "2026", iterations=1), "Second plan")
    at = roadmap()
    current = next(each.name for each in plans.plans(town, ADMIN) if each.status == "current")
    assert at.selectbox(key="plan_version").value == current
    other = at.selectbox(key="plan_version").set_value("First plan").run()
    assert not other.exception
    assert "First plan, made from 2026" in words(other)


def test_a_milestone_is_added_by_those_who_may_edit_the_plan(town, roadmap):
    at = roadmap()
    at.session_state["add_milestone"] = True
    at = at.run()
    at.text_input(key="milestone_name").set_value("Council decides")
    at.date_input(key="milestone_on").set_value(date(2027, 3, 4))
    at = next(each for each in at.button if each.label == "Add the milestone").click().run()
    assert not at.exception
    assert at.success[0].value.startswith("Council decides. Saved ")
    assert "**4 March 2027**: Council decides" in words(at)


def test_a_milestone_without_a_day_is_refused_in_a_sentence(town, roadmap):
    at = roadmap()
    at.session_state["add_milestone"] = True
    at = at.run()
    at.text_input(key="milestone_name").set_value("Council decides")
    at = next(each for each in at.button if each.label == "Add the milestone").click().run()
    assert at.error[0].value == "A milestone needs a name and a day; fill in both."


def test_leaders_see_milestones_and_add_none(town, roadmap):
    at = roadmap(seen_as("leader"))
    assert not at.exception
    assert not [each for each in at.expander if each.label == "Add a milestone"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (Status(code="late", days_late=1), "late, 1 day"),
        (Status(code="late", days_late=24), "late, 24 days"),
        (Status(code="on_track"), "on track"),
    ],
)
def test_a_status_in_words(how, said):
    assert status_words(how) == said


def test_two_days_are_as_short_as_they_can_be_read():
    assert dates(date(2026, 6, 8), date(2026, 8, 16)) == "8 Jun to 16 Aug 2026"
    assert dates(date(2026, 12, 14), date(2027, 1, 24)) == "14 Dec 2026 to 24 Jan 2027"


def test_no_cell_of_a_file_begins_a_formula():
    assert [safe(text) for text in ("=1+1", "-2", "@x", "Plan")] == ["'=1+1", "'-2", "'@x", "Plan"]
