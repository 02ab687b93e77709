"""The pages of risks and of decisions: empty and full, by role, what forms do, and what stands elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import decisions, plans, risks
from maturity.operations.workspace import Workspace, default_url, open_workspace
from maturity.roadmap.decisions import Option
from tests.operations.city import make_town

from .conftest import open_page, seen_as

NEW, ASK = "risk:new:0", "decision:new:0"
OPTIONS = [Option(name="Hire", cost=1_000.0), Option(name="Do nothing", cost=0.0)]
HOSTILE = "*Odd* <b>bold</b> $x$"


@pytest.fixture
def planned(stores) -> Workspace:
    """A town with two actions: of Parks, and of the whole town, which starts in ten days and ends the plan."""
    workspace = open_workspace(default_url())
    round_ = make_town(workspace)
    empty = replace(plans.make_plan(workspace, ADMIN, round_, iterations=1), actions=())
    plans.save_plan(workspace, ADMIN, round_, empty, "First")
    start = workspace.clock().date() + timedelta(days=10)
    for title, days, department in (("Count trees", 30, "parks"), ("Tell all", 60, None)):
        plans.add_action(
            workspace, ADMIN, title=title, owner="Pat", start=start, finish=start + timedelta(days=days),
            department=department,
        )  # fmt: skip
    return workspace


def a_risk(workspace, title="Nobody is hired", **more):
    usual = {"likelihood": 4, "impact": 4, "owner": "Pat", "response": "accept", "codes": ["added-1"]}
    return risks.add_risk(workspace, ADMIN, title, **(usual | more))


def a_question(workspace, question="Who hires?", **more):
    usual = {"options": OPTIONS, "decider": "Council", "codes": ["added-2"]}
    return decisions.ask_decision(workspace, ADMIN, question, **(usual | more))


def said(at) -> str:
    texts = [*at.markdown, *at.info, *at.caption, *at.success, *at.error, *at.warning]
    return "\n".join([*(each.value for each in texts), *(each.proto.body for each in at.get("html"))]).replace("\\", "")


def press(at, label):
    return next(each for each in at.button if each.label == label).click().run()


def buttons(at) -> set[str]:
    return {each.label for each in at.button}


@pytest.mark.parametrize("name", ["risks", "decisions"])
def test_without_anything_a_page_says_what_to_ask(at, start, stores, name):
    assert not open_page(at, name).exception
    make_town(open_workspace(default_url()))
    page = open_page(start(), name)
    assert not page.exception
    assert "?" in page.info[0].value


def test_a_risk_is_added_and_a_second_press_adds_none(planned, start):
    page = open_page(start(), "risks")
    page.text_input(key=f"{NEW}:title").set_value(HOSTILE)
    page.text_input(key=f"{NEW}:owner").set_value("Pat")
    page.text_input(key=f"{NEW}:response_text").set_value("Ask the agency")
    page.multiselect(key=f"{NEW}:codes").set_value(["added-1"])
    press(page, "Add the risk")
    assert not page.exception and not page.error
    assert "is in the list and in the forecast" in said(page)
    (found,) = risks.open_risks(planned, ADMIN)
    assert (found.title, found.codes, found.likelihood) == (HOSTILE, ("added-1",), 3)
    assert "&lt;b&gt;" in said(page) and "1 risk is open" in said(page)
    press(page, "Add the risk")  # the form is empty now
    assert len(risks.open_risks(planned, ADMIN)) == 1 and page.error


def test_what_is_refused_leaves_the_form_as_it_is(planned, start):
    page = open_page(start(), "risks")
    page.text_input(key=f"{NEW}:title").set_value("Fire")
    press(page, "Add the risk")
    assert page.error[0].value.startswith("Fire: name who watches it")
    assert page.text_input(key=f"{NEW}:title").value == "Fire"


def test_a_clash_shows_both_and_keeps_what_was_typed(planned, start):
    made = a_risk(planned)
    page = open_page(start(), "risks")
    page.selectbox(key="risk:opened").set_value(made.id).run()
    name = f"risk:{made.id}:1"
    risks.change_risk(planned, ADMIN, made.id, 1, why="seen", impact=5)
    page.text_input(key=f"{name}:owner").set_value("Ida")
    page.text_input(key=f"{name}:why").set_value("she is there")
    press(page, "Save the risk")
    assert "meanwhile" in page.error[0].value
    assert page.text_input(key=f"risk:{made.id}:2:owner").value == "Ida"
    page.text_input(key=f"risk:{made.id}:2:why").set_value("she is there")
    press(page, "Save the risk")
    assert not page.exception and not page.error
    assert (risks.open_risks(planned, ADMIN)[0].owner, risks.open_risks(planned, ADMIN)[0].impact) == ("Ida", 5)


@pytest.mark.parametrize(
    ("role", "department", "adds", "changes"),
    [
        ("administrator", None, True, True),
        ("department_lead", "parks", True, True),
        ("department_lead", "roads", False, False),
        ("leader", None, False, False),
        ("reviewer", None, False, False),
    ],
)
def test_who_may_keep_risks_sees_the_forms(planned, start, role, department, adds, changes):
    made = a_risk(planned)
    page = open_page(start(None if role == "administrator" else seen_as(role, department)), "risks")
    page.selectbox(key="risk:opened").set_value(made.id).run()
    assert not page.exception
    assert ("Add the risk" in buttons(page)) is adds
    assert ("Save the risk" in buttons(page)) is changes
    assert "Nobody is hired" in said(page) and "Count trees (Parks)" in said(page)


def test_risks_are_filtered(planned, start):
    a_risk(planned)
    gone = a_risk(planned, "Gone")
    risks.close_risk(planned, ADMIN, gone.id, 1, why="it is over")
    page = open_page(start(), "risks")
    state = next(each for each in page.button_group if each.key == "risk:state")
    assert "2 Gone" not in said(page)
    state.set_value("closed").run()
    assert "2 Gone" in said(page) and "1 Nobody is hired" not in said(page)
    state.set_value("overdue").run()
    assert "No risk fits." in said(page)


def test_a_decision_is_asked_for_and_taken_by_who_may(planned, start):
    page = open_page(start(), "decisions")
    for key, value in (("question", "Who hires?"), ("option0", "Hire"), ("decider", "Council")):
        page.text_input(key=f"{ASK}:{key}").set_value(value)
    page.multiselect(key=f"{ASK}:codes").set_value(["added-2"])
    press(page, "Ask for it")
    assert not page.exception and not page.error
    (found,) = decisions.open_decisions(planned, ADMIN)
    assert [each.name for each in found.decision.options] == ["Hire", "Do nothing"]
    assert "1 decision waits to be taken." in said(page) and "10 days left" in said(page)

    leader = open_page(start(seen_as("leader")), "decisions")
    leader.selectbox(key="decision:opened").set_value(found.decision.id).run()
    assert "and cannot slip without moving the end of the plan" in said(leader)
    assert not {"Ask for it", "Save the question"} & buttons(leader)
    name = f"decide:{found.decision.id}:1"
    press(leader, "Record the decision")
    assert leader.error
    leader.radio(key=f"{name}:chosen").set_value("Hire")
    leader.text_area(key=f"{name}:reason").set_value("We need them")
    press(leader, "Record the decision")
    assert not leader.exception and not leader.error
    assert decisions.decisions(planned, ADMIN)[0].decision.chosen == "Hire"
    assert "Nothing waits for a decision." in said(leader) and "Record the decision" not in buttons(leader)


@pytest.mark.parametrize(("role", "department"), [("department_lead", "parks"), ("reviewer", None)])
def test_who_may_not_decide_reads_alone(planned, start, role, department):
    made = a_question(planned)
    page = open_page(start(seen_as(role, department)), "decisions")
    page.selectbox(key="decision:opened").set_value(made.id).run()
    assert not page.exception
    assert not {"Ask for it", "Save the question", "Record the decision", "Withdraw it"} & buttons(page)


def test_a_question_is_changed_and_withdrawn(planned, start):
    made = a_question(planned)
    page = open_page(start(), "decisions")
    page.selectbox(key="decision:opened").set_value(made.id).run()
    page.text_input(key=f"decision:{made.id}:1:decider").set_value("Mayor")
    press(page, "Save the question")
    assert decisions.open_decisions(planned, ADMIN)[0].decision.decider == "Mayor"
    page.text_input(key=f"decision:{made.id}:2:why").set_value("asked in error")
    press(page, "Withdraw it")
    assert not page.exception and decisions.open_decisions(planned, ADMIN) == ()
    assert "withdrawn" in said(page)


def test_the_summary_says_what_was_asked_first_and_the_plan_shows_an_actions_risks(planned, start):
    a_question(planned, f"{HOSTILE} " + "long " * 60 + "?")
    a_risk(planned)
    page = open_page(start(seen_as("leader")), "summary")
    assert not page.exception
    decided = [each.proto.label for each in page.get("page_link") if "Each month moves the end by" in each.proto.label]
    assert decided[0].startswith("**\\*Odd\\* \\<b\\>bold") and "** By " in decided[0] and len(decided[0]) < 220
    plan = open_page(start(), "plan")
    plan.query_params["action"] = "added-1"
    plan.run()
    assert not plan.exception
    assert "- Nobody is hired: 16: likely × serious, watched by Pat" in said(plan)
