"""Risks of a saved plan: who may keep which, what is refused, what the history says, and what the forecast is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import actions, plans, risks
from maturity.operations.errors import Changed, Refused
from maturity.operations.forecasts import ask_forecast
from maturity.operations.progress import Told, report_progress
from maturity.roadmap.risks import CHANCE, LONGER
from maturity.storage.audit import events
from tests.operations.city import ADMIN, LEADER, PARKS_LEAD, RESPONDENT, make_town

HIRING = {"likelihood": 3, "impact": 4, "owner": "Pat", "response": "reduce", "response_text": "Ask the agency"}
LATER = datetime(2026, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def planned(workspace):
    """A town with a plan of two actions of people's own: of Parks, and of the whole town."""
    round_ = make_town(workspace)
    empty = replace(plans.make_plan(workspace, ADMIN, round_, iterations=1), actions=())
    plans.save_plan(workspace, ADMIN, round_, empty, "First")
    days = {"start": date(2026, 4, 6), "finish": date(2026, 5, 3)}
    plans.add_action(workspace, ADMIN, title="Count trees", owner="Pat", department="parks", **days)
    plans.add_action(workspace, ADMIN, title="Tell all", owner="Ida", **days)
    return workspace


def add(workspace, visitor=ADMIN, title="Nobody is hired", **more):
    return risks.add_risk(workspace, visitor, title, **(HIRING | {"codes": ["added-1"]} | more))


def test_a_risk_is_added_changed_and_closed_and_each_time_it_is_said_why(planned):
    made = add(planned, title=" Nobody is hired ", review_on=date(2026, 4, 1))
    assert (made.title, made.set_by, made.row_version, made.state) == ("Nobody is hired", ADMIN.name, 1, "open")
    changed = risks.change_risk(planned, ADMIN, made.id, 1, why="Two left", likelihood=5, state="happened")
    closed = risks.close_risk(planned, ADMIN, made.id, changed.row_version, why="Hired")
    (found,) = risks.risks(planned, LEADER)
    assert found.risk == closed
    assert [(each.state, each.likelihood, each.why) for each in found.history] == [
        ("open", 3, "Added"),
        ("happened", 5, "Two left"),
        ("closed", 5, "Hired"),
    ]
    assert risks.open_risks(planned, LEADER) == ()
    assert [each.verb for each in events(planned.store)][:3] == ["close risk", "change risk", "add risk"]


def test_the_heaviest_open_risk_comes_first(planned):
    add(planned, title="Light", likelihood=1)
    add(planned, title="Heavy", likelihood=5)
    assert [each.title for each in risks.open_risks(planned, LEADER)] == ["Heavy", "Light"]


def test_a_second_click_adds_nothing_and_a_second_save_of_the_same_is_refused(planned):
    made = add(planned)
    with pytest.raises(Refused, match="already"):
        add(planned, title="NOBODY is hired")
    risks.change_risk(planned, ADMIN, made.id, 1, why="seen", impact=5)
    with pytest.raises(Changed, match="nothing else"):
        risks.change_risk(planned, ADMIN, made.id, 1, why="seen", impact=5)
    with pytest.raises(Refused, match="nothing of the risk"):
        risks.change_risk(planned, ADMIN, made.id, 2, why="seen", impact=5)
    assert len(risks.risks(planned, ADMIN)[0].history) == 2


def test_of_two_people_the_second_sees_both_versions(planned):
    made = add(planned)
    risks.change_risk(planned, PARKS_LEAD, made.id, 1, why="seen", impact=5)
    with pytest.raises(risks.RiskChanged, match="by Pat meanwhile; theirs and yours differ in likelihood") as error:
        risks.change_risk(planned, ADMIN, made.id, 1, why="seen", likelihood=1)
    assert (error.value.theirs.impact, error.value.mine.likelihood) == (5, 1)


def test_a_head_keeps_the_risks_of_the_own_actions_alone(planned):
    made = add(planned, PARKS_LEAD)
    for codes in ([], ["added-2"], ["added-1", "added-2"]):
        with pytest.raises(NotPermitted):
            add(planned, PARKS_LEAD, title="Other", codes=codes)
        with pytest.raises(NotPermitted):
            risks.change_risk(planned, PARKS_LEAD, made.id, 1, why="seen", codes=codes)
    whole = add(planned, title="Whole", codes=["added-2"])
    with pytest.raises(NotPermitted):  # taking it over is no way round
        risks.change_risk(planned, PARKS_LEAD, whole.id, 1, why="seen", codes=["added-1"])
    assert risks.close_risk(planned, PARKS_LEAD, made.id, 1, why="over").state == "closed"
    for visitor in (LEADER, RESPONDENT):
        with pytest.raises(NotPermitted):
            add(planned, visitor, title="Other")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"codes": ["gone"]}, "no action 'gone' in the plan; choose among its 2"),
        ({"title": " "}, "name the risk"),
        ({"description": "x" * 5000}, "the description has 5000 characters"),
        ({"likelihood": float("inf")}, "likelihood is 1 to 5"),
        ({"review_on": date(2026, 3, 1)}, "before today"),
        ({"response_text": ""}, "say what is done"),
    ],
)
def test_bad_input_is_one_sentence(planned, more, said):
    with pytest.raises(Refused, match=said):
        add(planned, **more)
    assert risks.risks(planned, ADMIN) == ()


def test_what_cannot_be_changed_is_named_and_a_reason_is_asked_for(planned):
    made = add(planned)
    with pytest.raises(Refused, match="'set_by' of a risk cannot be changed"):
        risks.change_risk(planned, ADMIN, made.id, 1, why="seen", set_by="me")
    with pytest.raises(Refused, match="why it changes is missing"):
        risks.change_risk(planned, ADMIN, made.id, 1, why=" ", impact=5)
    with pytest.raises(Refused, match="no id of a risk"):
        risks.close_risk(planned, ADMIN, "x", 1, why="over")
    with pytest.raises(Refused, match="not in the list"):
        risks.close_risk(planned, ADMIN, "019e8269-4e80-79d3-9c5e-0c670f4d2173", 1, why="over")


def test_an_action_that_left_the_plan_stays_named_and_can_be_taken_off(planned):
    made = add(planned, codes=["added-1", "added-2"])
    action = next(each for each in plans.plan(planned, ADMIN).actions if each.code == "added-2")
    actions.remove_action(planned, ADMIN, action.id, action.row_version, "no money")
    changed = risks.change_risk(planned, ADMIN, made.id, 1, why="seen", impact=5)
    assert changed.codes == ("added-1", "added-2")
    assert list(ask_forecast(planned, ADMIN).ask["request"]["risks"][0]["codes"]) == ["added-1"]
    freed = risks.change_risk(planned, ADMIN, made.id, 2, why="seen", codes=["added-1"])
    assert freed.codes == ("added-1",)
    with pytest.raises(Refused, match="no action 'added-2'"):
        risks.change_risk(planned, ADMIN, made.id, 3, why="seen", codes=["added-1", "added-2"])


def test_the_forecast_is_told_of_risks_and_of_what_owners_expect(planned):
    add(planned)
    asking = ask_forecast(planned, PARKS_LEAD)
    (threat,) = asking.ask["request"]["risks"]
    assert (threat["chance"], threat["longer"], tuple(threat["codes"])) == (CHANCE[3], LONGER[4], ("added-1",))
    assert [each.title for each in asking.risks] == ["Nobody is hired"]
    action = next(each for each in plans.plan(planned, ADMIN).actions if each.code == "added-1")
    risk = risks.open_risks(planned, ADMIN)[0]
    risks.change_risk(planned, ADMIN, risk.id, 1, why="Two left", state="happened")
    (threat,) = ask_forecast(planned, ADMIN).ask["request"]["risks"]
    assert threat["chance"] == 1.0
    later = replace(planned, clock=lambda: LATER)
    told = Told(expected_on=date(2026, 6, 1), because="two people left")
    report_progress(later, ADMIN, action.id, action.row_version, 10, note="slow", more=told)
    request = ask_forecast(later, ADMIN).ask["request"]
    assert request["risks"] == []  # the owner has counted it in since
    known = next(each for each in request["activities"] if each["code"] == "added-1")
    starts = plans.plan(planned, ADMIN).starts
    assert starts + timedelta(days=known["expected"] - 1) == date(2026, 6, 1)
