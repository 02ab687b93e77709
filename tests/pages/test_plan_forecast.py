"""The forecast on the plan's page: every state and role, what is one click away, and a solver that fails."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import early_sight, plans
from maturity.operations.progress import report_progress
from maturity.operations.solver import Solver
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.ui import working
from tests.operations import city

from .conftest import open_page, seen_as
from .test_plan import press, said, tables

LONG = 60.0
WORK, TROUBLE = "plan:forecast", "plan:premortem"
DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
BOXES = ("late", "wrong", "actions", "assumes", "targets")


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Solver]]:
    """`solver(*code)`: pages ask a process of the test's own, which runs this code instead of ours."""
    made = [Solver()]
    monkeypatch.setattr(working, "solver", lambda: made[-1])

    def use(code: str) -> Solver:
        made.append(Solver((sys.executable, "-c", code)))
        return made[-1]

    yield use
    for each in made:
        each.close()


@pytest.fixture
def planned(stores, solver) -> Workspace:
    """A town with a first plan."""
    return town_with_plan()


def town_with_plan(levels: Mapping[str, int] = city.LEVELS) -> Workspace:
    workspace = open_workspace(default_url())
    round_ = city.make_town(workspace, levels=levels)
    made = plans.make_plan(workspace, ADMIN, round_, iterations=2)
    plans.save_plan(workspace, ADMIN, round_, made, "First plan")
    return workspace


@pytest.fixture
def visit(start) -> Callable[..., AppTest]:
    """`visit(view_as=None, wait=True)`: a new visit that has opened the forecast and seen it computed."""

    def begin(view_as=None, wait: bool = True) -> AppTest:
        at = open_page(start(view_as), "plan")
        at.query_params["part"] = "forecast"
        at.run()
        return computed(at) if wait else at

    return begin


def computed(at: AppTest, work: str = WORK) -> AppTest:
    """The page once its work is over."""
    if work in at.session_state:
        assert at.session_state[work].finished.wait(LONG)
        at.run()
    assert not at.exception
    return at


def opened(at: AppTest, *boxes: str) -> AppTest:
    for box in boxes:
        at.session_state[f"plan:forecast:{box}"] = True
    return at.run()


def headings(at: AppTest) -> list[str]:
    return [str(each.value) for each in (*at.header, *at.subheader)]


def test_it_begins_by_itself_and_says_first_what_leaders_need(visit, planned):
    at = visit(wait=False)
    assert WORK in at.session_state
    at = computed(at)
    text = said(at)
    assert re.search(rf"As likely as not, the roadmap ends by {DAY}; four times in five by {DAY}\.", text)
    assert re.search(r"The plan says .* the chance that it holds is (about|next|almost|less|more)", text)
    assert "As of " in text and "A forecast is no score" in text
    assert headings(at) == ["Forecast", "Targets", "Milestones", "Expected level"]
    assert any("End of foundations" in each and "Chance by its day" in each for each in tables(at))
    assert len(at.get("vega_lite_chart")) == 1
    assert not any("assumptions" in str(each.value) for each in at.markdown)


def test_opening_it_again_asks_nothing_anew_and_a_changed_plan_does(visit, planned):
    at = visit()
    work = at.session_state[WORK]
    assert at.run().session_state[WORK] is work
    action = plans.plan(planned, ADMIN).actions[0]
    report_progress(planned, ADMIN, action.id, action.row_version, 20, confidence=1)
    at.run()
    assert at.session_state[WORK] is not work
    assert "1 under way" in said(computed(at))


def test_an_earlier_version_says_that_nobody_reports_on_it(visit, planned):
    round_ = plans.plan(planned, ADMIN).round
    plans.save_plan(planned, ADMIN, round_, plans.plan(planned, ADMIN).body, "Second plan")
    at = visit()
    assert "Nobody reports on an earlier version" not in said(at)
    at.query_params["plan"] = "First plan"
    at = computed(at.run())
    assert "Nobody reports on an earlier version any more" in said(at) and "the roadmap ends by" in said(at)


def test_the_rest_is_one_click_away(visit, planned):
    at = opened(visit(), *BOXES)
    assert not at.exception
    text = said(at)
    assert "They have not been measured in your organisation." in text
    assert "The bars do not add up" in text and len(at.get("vega_lite_chart")) == 2
    assert any("All open targets" in each for each in tables(at))
    assert any("Planned finish" in each for each in tables(at))


@pytest.mark.parametrize("role", ["leader", "reviewer", "facilitator"])
def test_everybody_who_reads_the_plan_reads_its_forecast(visit, planned, role):
    at = opened(visit(seen_as(role)), *BOXES)
    assert not at.exception
    assert "the roadmap ends by" in said(at)
    assert headings(at) == ["Forecast", "Targets", "Milestones", "Expected level"]


def test_a_head_of_department_sees_the_own_levels_and_all_dates(visit, planned):
    at = opened(visit(seen_as("department_lead", "parks")), "targets")
    text = said(at)
    assert "Levels and targets are those of 1 of 3 departments" in text and "the roadmap ends by" in text
    shown = next(each for each in tables(at) if "All open targets" in each)
    assert "Parks" in shown and "Roads" not in shown and "Housing" not in shown
    assert not [each for each in at.selectbox if each.key == "plan:forecast:place"]  # only one department


def test_before_results_are_shown_there_are_dates_alone(visit, planned, monkeypatch):
    monkeypatch.setattr(early_sight, "for_all", lambda *_: False)
    at = visit(seen_as("leader"))
    assert "Dates alone, without levels and targets" in said(at)
    assert headings(at) == ["Forecast", "Targets", "Milestones"] and "the roadmap ends by" in said(at)


def test_levels_of_one_department_and_of_one_where_nothing_changes(visit, stores, solver):
    town_with_plan({"parks": 5, "roads": 2, "housing": 3})
    at = visit()
    at.selectbox(key="plan:forecast:place").set_value("roads").run()
    assert len(at.get("vega_lite_chart")) == 1
    at.selectbox(key="plan:forecast:place").set_value("parks").run()
    assert "The plan brings about no step in Parks, so its level is not expected to change." in said(at)
    assert not at.get("vega_lite_chart") and not at.exception


def test_a_plan_without_actions_has_no_forecast(visit, stores, solver):
    workspace = town_with_plan(dict.fromkeys(city.LEVELS, 5))
    at = visit()
    assert "This plan has no actions, so there is nothing to forecast." in said(at) and WORK not in at.session_state
    day = date(2027, 3, 1)
    plans.add_action(workspace, ADMIN, title="Move house", owner="Ann", start=day, finish=day + timedelta(days=30))
    at = opened(computed(at.run()), *BOXES)
    text = said(at)
    assert "No target is open: none is set above the level where departments stand today." in text
    assert "The plan brings about no level of a topic, so no level is expected to change." in text
    assert "the roadmap ends by" in text and not at.exception
    press(at, "Suppose it")
    assert "o unfinished action says whose days it takes" in said(at)


def test_what_was_chosen_in_another_plan_falls_back_to_what_there_is(visit, planned):
    at = visit(wait=False)
    gone = {"role": "gone", "phase": 9, "action": "gone", "share": 20}
    for name, value in gone.items():
        at.session_state[f"plan:premortem:{name}"] = value
    at.session_state["plan:forecast:place"] = "gone"
    at = opened(computed(at), "wrong")
    assert not at.exception
    for kind in ("cut", "late"):
        at.segmented_control(key="plan:premortem:kind").set_value(kind).run()
        assert "Then the roadmap ends" in supposed(at)


def test_when_all_is_done_it_says_when_and_nothing_more_can_go_wrong(visit, planned):
    for each in plans.plan(planned, ADMIN).actions:
        report_progress(planned, ADMIN, each.id, each.row_version, 100, date(2026, 4, 1), date(2026, 5, 4))
    at = opened(visit(), *BOXES)
    text = said(at)
    assert "Every action is done, the last one on 4 May 2026. There is nothing left to forecast." in text
    assert "Nothing stands out" in text and "nothing can go wrong any more" in text and "Every action is done." in text
    assert any("nothing more, all is done" in each for each in tables(at))


def test_where_the_solver_fails_the_page_says_so_and_can_ask_again(visit, planned, solver):
    solver("input()")
    at = visit()
    assert "The forecast could not be made (the solver" in said(at) and "The plan is not touched by this" in said(at)
    solver("from maturity.operations.worker import main; main()")
    press(at, "Forecast again")
    assert "the roadmap ends by" in said(computed(at))


def test_it_can_be_stopped_and_begins_again_only_when_asked(visit, planned, solver):
    solver("import time; input(); time.sleep(600)")
    at = visit(wait=False)
    assert "Running through the plan" in said(at) and not at.date_input
    press(at, "Stop")
    assert "The forecast was stopped." in said(at.run())
    solver("from maturity.operations.worker import main; main()")
    press(at, "Forecast again")
    assert "the roadmap ends by" in said(computed(at))


def supposed(at: AppTest) -> str:
    """What the page says of the story, the marks taken off that keep people's texts from being read as Markdown."""
    press(at, "Suppose it")
    return said(computed(at, TROUBLE)).replace("\\", "")


def test_a_key_person_leaves(visit, planned):
    at = opened(visit(), "wrong")
    at.date_input(key="plan:premortem:since").set_value(date(2027, 2, 1))
    text = supposed(at)
    assert re.search(r"Suppose that a key person of .* leaves on 1 February 2027: for two quarters", text)
    assert "Then the roadmap ends, as likely as not, by" in text
    assert "First to fall" in text or "falls" in text or "No milestone and no target falls" in text
    at.date_input(key="plan:premortem:since").set_value(None)
    press(at, "Suppose it")
    assert "hoose the day from which the person is gone" in said(at)


def test_the_budget_is_cut_or_an_action_is_late(visit, planned):
    at = opened(visit(), "wrong")
    at.segmented_control(key="plan:premortem:kind").set_value("cut").run()
    at.selectbox(key="plan:premortem:share").set_value(50)
    assert re.search(r"Suppose that phase \d .* loses 50% of the money", supposed(at))
    at.segmented_control(key="plan:premortem:kind").set_value("late").run()
    text = supposed(at)
    assert "takes half a year longer" in text and "Then the roadmap ends" in text
    assert any("What moves" in each and ", was " in each for each in tables(at))


def test_while_a_story_is_computed_there_is_nothing_to_type_into(visit, planned, solver):
    at = opened(visit(), "wrong")
    assert at.date_input
    solver("import time; input(); time.sleep(600)")
    press(at, "Suppose it")
    assert "Running through the plan with this trouble." in said(at) and not at.date_input
    press(at, "Stop")
    assert at.run().date_input and "Then the roadmap ends" not in said(at)


def test_titles_of_people_are_shown_as_they_are_written(visit, planned):
    day = date(2027, 3, 1)
    plans.add_action(planned, ADMIN, title="Move <b>house</b> *now*", owner="Ann", start=day, finish=day)
    at = opened(visit(), "actions", "wrong")
    at.segmented_control(key="plan:premortem:kind").set_value("late").run()
    at.selectbox(key="plan:premortem:action").set_value("added-1")
    press(at, "Suppose it")
    computed(at, TROUBLE)
    told = next(str(each.value) for each in at.markdown if "half a year longer" in str(each.value))
    assert "<b>" not in told and "*now*" not in told.replace("\\*", "")
    assert not any("<b>house" in each for each in tables(at))
