"""The page of KPIs and outcomes: what each role sees, readings in and out, chains, and maturity beside outcomes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import kpi_readings, objectives, plan_making, plans, rounds
from maturity.operations.workspace import default_url, open_workspace
from maturity.planning.catalogue import Kpi
from maturity.storage.terms import save_terms
from tests.operations.city import answer, make_town

from .conftest import open_page, seen_as

TREES = Kpi(name="Trees counted", unit="% of trees", baseline=0.0, target=80.0, frequency="monthly", kind="leading")
HOSTILE = "**Bold** <b>$x$ [a](http://b)"


@pytest.fixture
def town(stores):
    """A town whose plan holds one action of the city's and one of the parks', both with a KPI."""
    workspace = open_workspace(default_url())
    make_town(workspace)
    return workspace


@pytest.fixture
def planned(town):
    """The same with a plan."""
    plan_making.replan(town, ADMIN, rounds.find_round(town, ADMIN, "2026"), "First plan", iterations=1)
    day = town.clock().date()
    for title, department in (("Ask everybody", None), ("Count the trees", "parks")):
        plans.add_action(
            town, ADMIN, title=title, start=day - timedelta(days=50), finish=day + timedelta(days=50), owner="Ida",
            department=department, kpi=TREES,
        )  # fmt: skip
    return town


def action(workspace, title):
    return next(each for each in plans.plan(workspace, ADMIN).actions if each.title == title)


def kpi(workspace, title="Count the trees"):
    return next(each for each in kpi_readings.kpis(workspace, ADMIN).kpis if each.title == title)


def opened(at, code):
    """With the box of a KPI open; AppTest forgets that with every run."""
    for part in ("read", "unread"):
        at.session_state[f"kpis_more_{part}"] = True
    at.session_state[f"kpi-action-{code}"] = True
    return at.run()


def page(start, view_as=None, view="KPIs"):
    return open_page(start(view_as, kpis_view=view), "kpis")


def said(at):
    return " ".join([each.value for each in (*at.markdown, *at.caption, *at.info)])


def press(at, label):
    return next(button for button in at.button if button.label == label).click().run()


def test_without_a_plan_the_page_says_how_to_get_one(start):
    at = page(start)
    assert not at.exception and at.info[0].value.startswith("Your plan is empty")


def test_before_anything_is_read_it_says_what_is_missing(planned, start):
    at = page(start)
    assert not at.exception
    assert "no reading yet" in said(at)
    assert any(each.value.startswith("Not read yet") for each in at.header)
    assert any("without a reading, a baseline, a target and how often it is read" in each.label for each in at.expander)


def test_a_plan_without_any_kpi_says_so(town, start):
    plan_making.replan(town, ADMIN, rounds.find_round(town, ADMIN, "2026"), "No KPI", iterations=1)
    for each in plans.plan(town, ADMIN).actions:
        plans.edit_action(town, ADMIN, each.id, each.row_version, kpi=None)
    at = page(start)
    assert not at.exception and "No action of this plan has a KPI" in said(at)


def test_a_reading_is_added_and_said_so(planned, start):
    code = action(planned, "Count the trees").code
    at = opened(page(start), code)
    at.number_input(key=f"reading-action-{code}-0-value").set_value(30.0)
    at.text_input(key=f"reading-action-{code}-0-note").set_value(HOSTILE)
    at = press(at, "Store the reading")
    assert not at.exception and not at.error
    assert "Trees counted: 30% of trees on" in at.success[0].value.replace("\\", "")
    assert [(each.value, each.note) for each in kpi(planned).readings] == [(30.0, HOSTILE)]
    assert not opened(at, code).exception


def test_a_reading_without_a_value_is_refused_and_keeps_what_was_typed(planned, start):
    code = action(planned, "Count the trees").code
    at = opened(page(start), code)
    at.text_input(key=f"reading-action-{code}-0-note").set_value("typed")
    at = press(at, "Store the reading")
    assert "needs a day and a value" in at.error[0].value
    assert opened(at, code).text_input(key=f"reading-action-{code}-0-note").value == "typed"


def test_several_are_pasted_all_or_none(planned, start):
    code, name = action(planned, "Count the trees").code, "reading-action-"
    at = opened(page(start), code)
    at.segmented_control(key=f"{name}{code}-way").set_value("Paste several")
    at = opened(at, code)
    at.text_area(key=f"{name}{code}-0-text").set_value("2026-01-01; 1,5\nyesterday; 3")
    at = press(at, "Store all")
    assert "line 2: 'yesterday' is no day" in at.error[0].value and kpi(planned).readings == ()
    at = opened(at, code)
    at.text_area(key=f"{name}{code}-0-text").set_value("2026-01-01; 1,5\n02/01/2026; 3")
    at = press(at, "Store all")
    assert [each.value for each in kpi(planned).readings] == [1.5, 3.0]


def test_one_is_withdrawn_with_a_reason(planned, start):
    wanted = action(planned, "Count the trees")
    kpi_readings.add_reading(planned, ADMIN, wanted.id, planned.clock().date(), 30.0)
    name = f"reading-action-{wanted.code}"
    at = opened(page(start), wanted.code)
    at.segmented_control(key=f"{name}-way").set_value("Withdraw one")
    at = opened(at, wanted.code)
    at = press(at, "Withdraw it")
    assert "reason for withdrawing it is missing" in at.error[0].value
    at = opened(at, wanted.code)
    at.text_input(key=f"{name}-0-why").set_value("counted twice")
    at = press(at, "Withdraw it")
    assert not at.exception and kpi(planned).readings == ()


def test_whoever_may_not_write_sees_no_forms(planned, start):
    wanted = action(planned, "Count the trees")
    kpi_readings.add_reading(planned, ADMIN, wanted.id, planned.clock().date(), 30.0)
    for role in ("leader", "reviewer", "facilitator"):
        at = opened(page(start, seen_as(role)), wanted.code)
        assert not at.exception and not at.number_input and "Readings, the newest first" in said(at)
    for role in ("respondent", "owner"):
        assert not page(start, seen_as(role)).expander


def test_heads_write_into_their_own_only(planned, start):
    at = page(start, seen_as("department_lead", "parks"))
    assert opened(at, action(planned, "Count the trees").code).number_input
    at = page(start, seen_as("department_lead", "parks"))
    assert not opened(at, action(planned, "Ask everybody").code).number_input


def test_the_list_is_narrowed(planned, start):
    at = page(start)
    at = at.segmented_control(key="kpis_kind").set_value("leading").run()
    at = at.selectbox(key="kpis_place").set_value("parks").run()
    assert [each.label.startswith("**Trees counted** (Count the trees, Parks)") for each in at.expander] == [True]
    at = at.segmented_control(key="kpis_kind").set_value("lagging").run()
    assert not at.exception


def test_objectives_say_how_to_get_some(planned, start):
    at = page(start, view="Objectives")
    assert not at.exception and at.info[0].value.startswith("No objective is entered yet")


@pytest.fixture
def aimed(planned):
    """One objective with all links, one with none."""
    topic = next(iter(rounds.find_round(planned, ADMIN, "2026").framework.topics))
    goal = objectives.add_objective(
        planned, ADMIN, "Warm homes", "Nobody is cold", topics=[topic], measure="Cold homes", unit="homes",
        baseline=310, aim=0, due=date(2040, 1, 1),
    )  # fmt: skip
    objectives.add_objective(planned, ADMIN, HOSTILE)
    trees = action(planned, "Count the trees")
    plans.edit_action(planned, ADMIN, trees.id, trees.row_version, objective=goal.id)
    kpi_readings.add_objective_reading(planned, ADMIN, goal.id, planned.clock().date(), 309)
    return planned


def test_a_chain_leads_from_the_goal_to_the_reading(aimed, start):
    at = page(start, view="Objectives")
    assert not at.exception
    text = said(at)
    assert "2 objectives; 0 with every link" in text and "Nobody is cold" in text
    assert "Cold homes: from 310 to 0 homes by 1 January 2040" in text.replace("\\", "")
    assert "No action of this plan serves it." in text and "**Count the trees**" in text
    assert "None of the KPIs of its actions has been read yet." in text
    assert "Trees counted: no reading yet" in text


def test_maturity_stands_beside_outcomes(aimed, start):
    at = page(start, view="Maturity beside outcomes")
    assert not at.exception
    assert list(at.table[0].value["Together"]) == ["Not known yet", "Not known yet"]
    assert "do not show that one moves the other" in said(at)
    second = rounds.create_round(aimed, ADMIN, "2026 again", "city-data-maturity", closes_on=aimed.clock().date())
    aimed.store.write(save_terms, second.id, rounds.RoundTerms(lead_days=0))
    answer(aimed, rounds.open_round(aimed, ADMIN, second), {"parks": 2, "roads": 3, "housing": 4})
    rounds.close_round(aimed, ADMIN, rounds.find_round(aimed, ADMIN, "2026 again"))
    at = page(start, view="Maturity beside outcomes")
    assert not at.exception
    row = at.table[0].value[at.table[0].value["Objective"] == "Warm homes"].iloc[0]
    assert row["Together"] == "Capability up, outcomes not" and row["Outcomes"] == "Its one outcome has not moved"
    assert "the outcomes have not followed so far" in said(at)
    for role in ("leader", "department_lead"):
        at = page(start, seen_as(role, "parks" if role == "department_lead" else None), "Maturity beside outcomes")
        assert not at.exception
    assert "for Parks" in said(at) and "1.0 to 2.0" in list(at.table[0].value["Score"])
