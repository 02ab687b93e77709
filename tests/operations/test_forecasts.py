"""The forecast of a saved plan: its own dates and levels in, nothing of what the visitor may not see."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from maturity.assessment.terms import RoundTerms
from maturity.operations import plans, saved_plans, targets
from maturity.operations.errors import Refused
from maturity.operations.forecasts import ask_forecast
from maturity.operations.progress import report_progress
from maturity.operations.worker import KINDS
from maturity.planning.effects import outlooks, projection
from maturity.planning.forecast_outcomes import forecast
from maturity.planning.forecast_request import ForecastRequest, read_forecast_request
from maturity.storage.terms import save_terms
from tests.operations.city import ADMIN, LEADER, PARKS_LEAD, make_town

FEW = {"iterations": 2}
SMALL = 200


@pytest.fixture
def round_(workspace):
    return make_town(workspace)


@pytest.fixture
def saved(workspace, round_):
    return plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_, **FEW), "First")


def read(asking) -> ForecastRequest:
    return read_forecast_request(json.loads(json.dumps(asking.ask["request"])))


def flat(request: ForecastRequest) -> ForecastRequest:
    """The same without any spread."""
    rows = (replace(a, low=1.0, high=1.0, confidence=5, role="", department=None) for a in request.activities)
    return replace(request, activities=tuple(rows), samples=2)


def test_without_a_spread_it_says_what_the_plan_leads_to(workspace, round_, saved):
    request = read(ask_forecast(workspace, ADMIN, samples=SMALL))
    assert request.now == (date(2026, 3, 2) - saved.starts).days < 0
    found = forecast(flat(request))
    for each in found["actions"]:
        assert saved.starts + timedelta(days=each["p50"] - 1) == saved.action(each["code"]).finish
    asked = plans.plan_request(workspace, ADMIN, round_)
    expected = {(o.target.department, o.target.topic, o.target.level): o for o in outlooks(saved.body, asked)}
    assert len(found["aims"]) == len(expected) > 0
    for aim in found["aims"]:
        outlook = expected[aim["department"], aim["topic"], aim["level"]]
        assert (saved.starts + timedelta(days=aim["p50"]) if aim["planned"] else None) == outlook.expected
        assert aim["chance"] == float(outlook.expected is not None and not outlook.days_late)
    levels = projection(saved.body, asked)
    touched = {(step.department, step.topic) for step in request.steps}
    band = found["fan"]["places"][""]
    for quarter in range(12):
        mean = sum(levels[place][quarter] for place in touched) / len(touched)
        assert band["middle"][quarter + 1] == band["planned"][quarter + 1] == pytest.approx(mean, abs=1e-3)


def test_reports_and_the_day_go_into_it(workspace, saved):
    first = min(saved.actions, key=lambda each: (each.start, each.code))
    later = replace(workspace, clock=lambda: datetime(2026, 5, 1, 9, tzinfo=UTC))
    report_progress(later, ADMIN, first.id, first.row_version, 30, begun_on=date(2026, 4, 10), confidence=2)
    request = read(ask_forecast(later, ADMIN, samples=SMALL))
    known = next(each for each in request.activities if each.code == first.code)
    assert (request.now, known.begun, known.share_done, known.confidence) == (30, 9, 0.3, 2)
    assert all(each.confidence is None for each in request.activities if each.code != first.code)


def test_a_head_of_department_gets_all_dates_and_the_own_levels(workspace, saved):
    own, all_ = ask_forecast(workspace, PARKS_LEAD, samples=SMALL), ask_forecast(workspace, ADMIN, samples=SMALL)
    assert own.ask["request"]["activities"] == all_.ask["request"]["activities"]
    request = read(own)
    assert {each.department for each in request.aims} == {"parks"} == {step.department for step in request.steps}
    assert {department for department, _ in request.levels} == {"parks"} and own.withheld == ""
    assert own.places < all_.places


def test_before_results_are_shown_there_are_dates_and_the_day(workspace, round_, saved):
    workspace.store.write(save_terms, round_.id, RoundTerms(lead_days=10))
    asking = ask_forecast(workspace, LEADER, samples=SMALL)
    assert "you see them from" in asking.withheld and asking.places == 0
    request = read(asking)
    assert request.activities and not request.aims and not request.steps and not request.levels
    assert ask_forecast(workspace, ADMIN, samples=SMALL).withheld == ""


def test_what_was_marked_as_running_brings_its_steps_on_a_certain_day(workspace, round_):
    plans.mark_already(workspace, ADMIN, round_, "A05", "running")
    made = plans.make_plan(workspace, ADMIN, round_, **FEW)
    plans.save_plan(workspace, ADMIN, round_, made, "First")
    request = read(ask_forecast(workspace, ADMIN, samples=SMALL))
    certain = [step for step in request.steps if step.day is not None]
    assert certain and all(step.by == () and step.day > 0 for step in certain)


def test_no_target_is_left_where_all_are_reached(workspace, round_, saved):
    wanted = {(each.department, each.topic) for each in targets.targets(workspace, ADMIN, round_)}
    assert wanted
    request = read(ask_forecast(workspace, ADMIN, samples=SMALL))
    assert all(each.level > request.levels[each.department, each.topic] for each in request.aims)


def test_without_a_plan_it_is_refused(workspace, round_):
    with pytest.raises(Refused, match="no plan yet"):
        ask_forecast(workspace, ADMIN)


def test_the_process_answers_both_questions(workspace, saved):
    asking = ask_forecast(workspace, ADMIN, samples=SMALL)
    told: list[object] = []
    found = KINDS["forecast"](asking.ask, told.append)
    assert found["samples"] == SMALL and found["end"]["p50"] <= found["end"]["p80"]
    assert {each["id"] for each in found["gates"]} == {each.id for each in saved.milestones}
    story = KINDS["premortem"](asking.story(kind="cut", phase=1, share=0.2), told.append)
    assert story["end"]["base"] == found["end"] and json.dumps(story)
    assert saved_plans.plan(workspace, ADMIN) == saved  # nothing is changed by asking
