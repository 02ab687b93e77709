"""The leadership summary: nothing yet, no plan yet, a plan."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.assessment.answers import Tally
from maturity.assessment.departments import Department
from maturity.assessment.scores import score_round
from maturity.operations import plan_making, plans
from maturity.operations.workspace import default_url, open_workspace
from maturity.ui.summary_heat import heat_html
from tests.operations.city import make_town

from .conftest import open_page, seen_as
from .test_results import FRAMEWORK


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


def of_departments(*names: str) -> Any:
    """A round in which every one of these departments stands at level 2."""
    said = [Tally(department=each, question="a1", state="level", level=2, count=1) for each in names]
    scores = score_round(FRAMEWORK, [Department(code=each, name=each) for each in names], said)
    round_ = SimpleNamespace(name="2026", names={each: each for each in names})
    levels = [each.name for each in FRAMEWORK.levels]
    here = SimpleNamespace(mode="light")
    return SimpleNamespace(framework=FRAMEWORK, scores=scores, round=round_, levels=levels, here=here)


@pytest.mark.parametrize(("count", "moves"), [(1, False), (12, False), (13, True), (200, True)])
def test_a_table_of_more_departments_than_fit_moves_by_keyboard_too(count, moves):
    markup = heat_html(of_departments(*(f"d{number}" for number in range(count))))
    assert markup.count("<tr>") == count + 1 and markup.count("2.0</td>") == count
    assert ('class="wm-heat moves"' in markup, 'tabindex="0"' in markup) == (moves, moves)
    assert f'<th scope="col">{count} department{"" if count == 1 else "s"}</th>' in markup


def test_names_of_departments_are_text_and_long_ones_are_smaller():
    markup = heat_html(of_departments("<b>Parks</b>", "Registers of addresses and people"))
    assert '<th scope="row" title="&lt;b&gt;Parks&lt;/b&gt;"><span>&lt;b&gt;Parks&lt;/b&gt;</span></th>' in markup
    assert '<span class="long">Registers of addresses and people</span>' in markup
