"""The action library: what readers see, filters, routes, estimates, own actions, and what done actions teach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import own_actions, own_estimates, plans
from maturity.operations.catalogues import catalogue_of, own_of
from maturity.operations.progress import Told, report_progress
from maturity.operations.rounds import Round, create_round, open_round
from maturity.operations.setup import Department, create_organisation
from maturity.operations.workspace import Workspace, default_url, open_workspace
from tests.operations.city import make_town
from tests.operations.permission_calls import OWN_ACTION

from .conftest import open_page, seen_as
from .test_plan import press, said, tables


@pytest.fixture
def town(stores) -> tuple[Workspace, Round]:
    """A town with a closed round, in the visitor's own store."""
    workspace = open_workspace(default_url())
    return workspace, make_town(workspace)


@pytest.fixture
def library_page(start) -> Callable[..., AppTest]:
    """`library_page(view_as=None, **query)`: a visit that has opened the library."""

    def begin(view_as=None, **query: str) -> AppTest:
        at = open_page(start(view_as), "library")
        for name, value in query.items():
            at.query_params[name] = value
        return at.run() if query else at

    return begin


def expand(at: AppTest, key: str) -> AppTest:
    """Open an expander."""
    at.session_state[key] = True
    return at.run()


def test_without_a_round_there_is_nothing(library_page):
    at = library_page()
    assert not at.exception and "There is no assessment to plan from yet" in said(at)


def test_a_framework_without_a_catalogue_says_so(library_page, stores):
    workspace = open_workspace(default_url())
    create_organisation(workspace, ADMIN, "Town", [Department(code="parks", name="Parks")])
    open_round(workspace, ADMIN, create_round(workspace, ADMIN, "Ready?", "partner-readiness"))
    at = library_page()
    assert not at.exception and "There is no action library for the framework" in said(at)


def test_readers_see_everything_and_change_nothing(library_page, town):
    at = library_page(seen_as("leader"), open="A11")
    assert not at.exception and not at.main.button
    html = said(at)
    assert "66 actions, the first 25 shown" in html
    assert "Buy, from a supplier (taken)" in html and "How to get out" in html and "Skills it leaves behind" in html
    assert "EUR 18,000 (12,000 to 27,000)" in html, "the running cost, with its range"


def test_filters_narrow_the_list(library_page, town):
    at = library_page()
    at.selectbox(key="library:topic").set_value("data-ethics").run()
    at.selectbox(key="library:phase").set_value("3").run()
    assert not at.exception and "1 action, by phase" in said(at)
    assert "Check live uses of data for unequal effects" in tables(at)[0]
    at.selectbox(key="library:show").set_value("retired").run()
    assert "No action fits these choices" in said(at)


def test_unpriced_is_said_and_never_a_nought(library_page, town):
    assert 'Cost once</th><td role="cell">not priced' in said(library_page(open="A01"))


def test_a_route_is_chosen_with_a_reason(library_page, town):
    workspace, round_ = town
    at = expand(library_page(open="A11"), "library:route:A11")
    at = press(at, "Take this route")
    assert "The reason for the route of" in at.error[0].value
    at.radio(key="library:route:A11:buy:kind").set_value("partner")
    at.text_input(key="library:route:A11:buy:why").set_value("Our neighbours have one")
    at = press(at, "Take this route")
    assert not at.exception and not at.error and "goes by partner in the next plan" in said(at)
    assert catalogue_of(workspace, round_).by_id["A11"].duration_weeks == 14
    assert "Partner, together with other organisations (taken)" in said(at)
    assert "Our neighbours have one" in said(at) and "Our estimate or route" in said(at)


def test_an_estimate_is_changed_and_taken_back(library_page, town):
    workspace, round_ = town
    at = expand(library_page(open="A02"), "library:estimate:A02")
    prefix = "library:estimate:A02:build:0"
    at.number_input(key=f"{prefix}:weeks").set_value(9)
    at.number_input(key=f"{prefix}:data-team:likely").set_value(40.0)
    at.text_input(key=f"{prefix}:why").set_value("Last time it took longer")
    at = press(at, "Save the estimate")
    assert "an estimate must rise" in at.error[0].value and "IT and data team" in at.error[0].value
    at.number_input(key=f"{prefix}:data-team:high").set_value(50.0)
    at = press(at, "Save the estimate")
    assert not at.exception and not at.error
    a02 = catalogue_of(workspace, round_).by_id["A02"]
    assert (a02.duration_weeks, a02.likely_effort["data-team"], a02.likely_effort["leadership"]) == (9, 40, 3)
    assert "Last time it took longer" in said(at)
    at = press(at, "Back to the catalogue's")
    assert not at.error and catalogue_of(workspace, round_).by_id["A02"].duration_weeks == 6


def test_an_action_of_our_own_is_added_edited_and_retired(library_page, town):
    workspace, round_ = town
    at = expand(library_page(), "library:add")
    at = press(at, "Add it to the library")
    assert "The title is missing" in at.error[0].value
    at.text_input(key="library:new:0:title").set_value("Map the *trees*")
    at.multiselect(key="library:new:0:topics").set_value(["knowing-the-data"]).run()
    at.multiselect(key="library:new:0:roles").set_value(["department"]).run()
    at = press(at, "Add it to the library")
    assert "The person-days of Department staff are missing" in at.error[0].value
    at.number_input(key="library:new:0:department:likely").set_value(3.0)
    at.text_input(key="library:new:0:exit").set_value("Stop at any time.")
    at = press(at, "Add it to the library")
    assert not at.exception and not at.error
    made = catalogue_of(workspace, round_).by_id["own-1"]
    assert (made.title, made.scope, made.likely_effort, made.cost) == (
        "Map the *trees*",
        "department",
        {"department": 3},
        None,
    )
    assert made.routes[0].exit == "Stop at any time."
    assert "Our own" in said(at), "it is opened at once"
    (own,) = own_of(workspace, round_).actions
    at = expand(at, f"library:edit:{own.id}")
    title = next(each for each in at.text_input if each.key.endswith(":title") and each.value == "Map the *trees*")
    title.set_value("Map the trees")
    at = press(at, "Save the action")
    assert not at.error and catalogue_of(workspace, round_).by_id["own-1"].title == "Map the trees"
    at = press(at, "Retire this action")
    assert not at.error and "own-1" not in catalogue_of(workspace, round_).by_id
    at = press(at, "Bring it back")
    assert not at.error and "own-1" in catalogue_of(workspace, round_).by_id


def test_what_done_actions_took_is_said_and_taken_over(library_page, town):
    workspace, round_ = town
    own_actions.add_own_action(workspace, ADMIN, round_, OWN_ACTION)
    plans.decide_action(workspace, ADMIN, round_, "own-1", "must", "promised")
    saved = plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_), "First")
    begun = saved.action("own-1")
    much = Told(days_used=4 * begun.person_days)
    report_progress(
        workspace, ADMIN, begun.id, 1, 100.0, begun_on=date(2026, 1, 5), done_on=date(2026, 3, 1), more=much
    )
    at = library_page(open="own-1")
    assert "Took 8 weeks where 4 were estimated (1 action); the estimate would be 5" in said(at).replace("\\", "")
    assert "person-days from what owners reported" in said(at)
    at = press(at, "Take over 5 weeks")
    assert not at.exception and not at.error
    assert catalogue_of(workspace, round_).by_id["own-1"].duration_weeks == 5
    assert "the estimate of 5 weeks allows for that" in said(at)
    asked = max(round(begun.person_days * 4**0.25), 1)
    assert f"the estimate would be {asked}." in said(at).replace("\\", ""), (
        "the same shrinkage: one of 4 times, beside three of 1"
    )
    at = press(at, f"Take over {asked} person-days")
    assert not at.exception and not at.error
    taken = catalogue_of(workspace, round_).by_id["own-1"]
    assert sum(taken.likely_effort.values()) == pytest.approx(asked, abs=0.2)
    assert not [each for each in at.button if each.label.startswith("Take over")]


def test_marks_say_what_is_planned_and_rejected(library_page, town):
    workspace, round_ = town
    plans.decide_action(workspace, ADMIN, round_, "A16", "rejected", "not now")
    own_estimates.choose_route(workspace, ADMIN, round_, "A11", "build", "we have people")
    plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_), "First")
    at = library_page()
    at.toggle(key="library:whole").set_value(True).run()
    html = tables(at)[0]
    assert not at.exception and html.count("<tr") == 67
    assert "Rejected" in html and "In the plan" in html and "Our estimate or route" in html
