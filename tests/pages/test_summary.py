"""The leadership summary: nothing yet, no plan yet, a plan."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import plan_making, plans
from maturity.operations.workspace import default_url, open_workspace
from tests.operations.city import make_town

from .conftest import open_page, seen_as


def words(at) -> str:
    return "\n".join(each.value for each in [*at.markdown, *at.caption, *at.info]).replace("\\", "")


def test_without_a_round_the_summary_says_so(at):
    page = open_page(at, "summary")
    assert not page.exception
    assert page.info[0].value.startswith("No assessment yet")


def test_without_a_plan_it_says_where_we_stand_and_that_there_is_none(stores, start):
    make_town(open_workspace(default_url()))
    page = open_page(start(), "summary")
    assert not page.exception
    assert "We stand at 2.0 of 5: level 2" in words(page)
    assert page.info[0].value.startswith("Your plan is empty")


@pytest.mark.parametrize("role", ["administrator", "leader", "facilitator"])
def test_with_a_plan_everything_is_there_for_those_who_may_read_it(stores, start, role):
    workspace = open_workspace(default_url())
    plan_making.replan(workspace, ADMIN, make_town(workspace), "First plan", iterations=1)
    day = workspace.clock().date() - timedelta(days=10)
    plans.add_action(workspace, ADMIN, title="Ask", start=day, finish=day + timedelta(days=3000), owner="Ida")
    page = open_page(start(None if role == "administrator" else seen_as(role)), "summary")
    assert not page.exception
    assert [each.value for each in page.header] == [
        "In five lines", "Next milestones", "Where departments stand", "Decisions needed",
    ]  # fmt: skip
    said = words(page)
    assert "How to catch up on “Ask”: 10 days late, and it is on the chain that sets the end date." in said
