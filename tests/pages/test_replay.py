"""The plan as it stood on a day, undo on the plan's page, and the zone of the organisation's days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR
from maturity.operations import organisation_zone, plans, progress, setup, undo, workspace
from maturity.operations.saved_plans import plan
from maturity.operations.workspace import Workspace
from maturity.planning import greedy
from maturity.roadmap.bars import fold_departments
from maturity.ui import clock
from tests.operations.city import ADMIN, make_town

from .conftest import open_page, seen_as
from .town import own_store

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def town(stores, monkeypatch):
    """A town whose first plan was made in March and whose second is of May; today is in June."""
    monkeypatch.setattr(plans, "ENGINE", greedy.solve)
    moment = [datetime(2026, 3, 2, 9, 0, tzinfo=UTC)]
    first = own_store()
    ours = Workspace(url=first.url, store=first.store, clock=lambda: moment[0])
    workspace._opened[first.url] = ours
    round_ = make_town(ours)
    made = plans.make_plan(ours, ADMIN, round_, iterations=1)
    plans.save_plan(ours, ADMIN, round_, made, "First")
    moment[0] = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
    progress.report_progress(ours, LOCAL_ADMINISTRATOR, plan(ours, ADMIN).actions[0].id, 1, 100, note="All there")
    moment[0] = NOW
    return ours


def words(at) -> str:
    assert not at.exception, at.exception
    return " ".join(
        each.value for each in [*at.main.markdown, *at.main.caption, *at.main.info, *at.main.success]
    ).replace("\\", "")


def test_a_past_day_says_what_stood_then_and_how_it_differs(start, town):
    at = start(versions_tab="x")
    at.session_state["versions_tab"] = "As it stood on a day"
    open_page(at, "versions")
    at.date_input(key="replay_day").set_value(date(2026, 3, 10)).run()
    total = len(fold_departments(plan(town, ADMIN).actions))
    assert f"On 10 March 2026: 0 of {total} actions done" in words(at)
    assert "1 action got done" in words(at) and "Nothing had been reported by then" in words(at)
    next(each for each in at.button if each.label == "Change after").click().run()
    assert at.date_input(key="replay_day").value == date(2026, 4, 1)
    assert f"On 1 April 2026: 1 of {total} actions done" in words(at) and "1 change on this day" in words(at)
    at.selectbox(key="replay_jump").set_value("The first plan").run()
    assert at.date_input(key="replay_day").value == date(2026, 3, 2)


def test_without_a_plan_the_part_says_so(start, stores):
    make_town(own_store())
    at = start()
    at.session_state["versions_tab"] = "As it stood on a day"
    open_page(at, "versions")
    assert "plan is empty" in words(at)


def test_the_last_change_of_an_opened_action_is_undone_once(start, town):
    action = plan(town, ADMIN).actions[1]
    plans.edit_action(town, ADMIN, action.id, 1, finish=action.finish + timedelta(days=30))
    at = start()
    at.query_params["action"] = action.code
    open_page(at, "plan")
    assert "Last change: Command line changed it on 1 June 2026 (the finish)" in words(at)
    next(each for each in at.button if each.label == "Undo the last change").click().run()
    assert plan(town, ADMIN).action(action.code).finish == action.finish
    assert "is undone" in words(at) and undo.last_change(town, ADMIN, action.id).stated.verb == "undo"


def test_what_was_taken_out_comes_back_and_readers_see_none_of_it(start, town):
    needed = {code for each in plan(town, ADMIN).actions for code in each.requires}
    action = next(each for each in plan(town, ADMIN).actions[1:] if each.code not in needed)
    plans.remove_action(town, ADMIN, action.id, 1, "no money")
    at = start()
    at.session_state["plan:removed"] = True
    open_page(at, "plan")
    assert "Reason: no money" in words(at)
    next(each for each in at.button if each.label == "Bring back").click().run()
    assert plan(town, ADMIN).removed == ()
    reader = open_page(start(seen_as("leader")), "plan")
    assert not [each for each in reader.button if "Undo" in each.label or "Bring back" in each.label]


def test_people_go_back_to_the_plan_before_with_a_reason(start, town):
    plans.save_plan(town, ADMIN, "2026", plan(town, ADMIN).body, "Second")
    at = start()
    at.session_state["plan:before"] = True
    open_page(at, "plan")
    at.text_input(key="plan:before:reason").set_value("made too early")
    next(each for each in at.button if each.label == "Go back to this plan").click().run()
    assert plan(town, ADMIN).name == "First"


def test_the_zone_is_chosen_by_the_administrator_and_counts_everywhere(start, town):
    at = open_page(start(), "administration")
    at.selectbox(key="organisation:zone:None").set_value("Pacific/Auckland").run()
    next(each for each in at.button if each.label == "Save the time zone").click().run()
    assert organisation_zone.zone(town, ADMIN) == "Pacific/Auckland"
    assert "Days are counted in Pacific/Auckland" in words(at)


def test_today_is_the_organisations_where_a_zone_is_set(town, monkeypatch):
    class Here:
        workspace = Workspace(url=town.url, store=town.store, clock=lambda: datetime(2026, 6, 1, 22, 0, tzinfo=UTC))
        organisation = setup.organisation(town, ADMIN)

    assert clock.today(Here) == date(2026, 6, 1)
    organisation_zone.set_zone(town, ADMIN, "Pacific/Auckland")
    Here.organisation = setup.organisation(town, ADMIN)
    assert clock.today(Here) == date(2026, 6, 2)
