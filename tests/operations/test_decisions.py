"""Decisions of leaders: asked, needed by a day of the plan, decided once, replaced and never edited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from maturity.access.permissions import NotPermitted
from maturity.operations import actions, decisions, plans
from maturity.operations.errors import Changed, Refused
from maturity.roadmap.decisions import Option
from maturity.storage.audit import events
from tests.operations.city import ADMIN, LEADER, PARKS_LEAD

from .test_risks import planned  # noqa: F401

OPTIONS = [
    Option(name=" Hire two ", cost=120_000.0, effect="The trees are counted"),
    Option(name="Do nothing", cost=0.0),
]


def ask(workspace, question="Who counts the trees?", **more):
    usual = {"options": OPTIONS, "decider": "Council", "codes": ["added-1"]}
    return decisions.ask_decision(workspace, ADMIN, question, **(usual | more))


def test_a_question_is_asked_and_decided_with_everything_about_it(planned):  # noqa: F811
    made = ask(planned, background="Two left", recommendation="Hire two")
    assert (made.options[0].name, made.asked_by, made.state) == ("Hire two", ADMIN.name, "open")
    (found,) = decisions.open_decisions(planned, LEADER)
    assert found.decision == made
    assert (found.computed.code, found.computed.slack, found.day) == ("added-1", 0, date(2026, 4, 6))
    done = decisions.decide(planned, LEADER, made.id, 1, "Hire two", "We need the trees", minute="Council, 2 March, 7")
    assert (done.state, done.chosen, done.decided_on, done.decided_by) == (
        "decided", "Hire two", date(2026, 3, 2), LEADER.name,
    )  # fmt: skip
    assert decisions.open_decisions(planned, LEADER) == ()
    assert decisions.decisions(planned, LEADER)[0].decision == done
    assert [each.verb for each in events(planned.store)][:2] == ["decide", "ask decision"]


def test_what_is_decided_is_never_edited_only_replaced_by_one_that_names_it(planned):  # noqa: F811
    made = ask(planned)
    decisions.decide(planned, LEADER, made.id, 1, "Do nothing", "no money")
    for again in (
        lambda: decisions.decide(planned, LEADER, made.id, 1, "Hire two", "money came"),
        lambda: decisions.change_decision(planned, ADMIN, made.id, 2, question="Who?"),
        lambda: decisions.withdraw_decision(planned, ADMIN, made.id, 2, "never mind"),
    ):
        with pytest.raises(Changed, match="was decided on 2026-03-02: Do nothing"):
            again()
    new = ask(planned, supersedes=made.id)
    assert new.supersedes == made.id
    assert decisions.decisions(planned, LEADER)[0].decision.state == "decided"
    with pytest.raises(Refused, match="not among the decided ones"):
        ask(planned, "Another?", supersedes=new.id)


def test_a_second_click_asks_nothing_twice_and_two_people_do_not_overwrite_each_other(planned):  # noqa: F811
    made = ask(planned)
    with pytest.raises(Refused, match="still open"):
        ask(planned, " who counts the TREES? ")
    decisions.change_decision(planned, ADMIN, made.id, 1, background="Two left")
    with pytest.raises(decisions.DecisionChanged, match="theirs and yours differ in recommendation") as error:
        decisions.change_decision(planned, ADMIN, made.id, 1, recommendation="Hire two")
    assert error.value.theirs.background == "Two left" and error.value.mine.recommendation == "Hire two"
    with pytest.raises(decisions.DecisionChanged):  # who decides has read the question as it was before
        decisions.decide(planned, LEADER, made.id, 1, "Hire two", "We need it")


def test_who_may_what(planned):  # noqa: F811
    made = ask(planned)
    with pytest.raises(NotPermitted):
        decisions.decide(planned, PARKS_LEAD, made.id, 1, "Hire two", "We need it")
    for visitor in (LEADER, PARKS_LEAD):
        with pytest.raises(NotPermitted):
            decisions.ask_decision(planned, visitor, "Why?", options=OPTIONS, decider="Council")
        with pytest.raises(NotPermitted):
            decisions.change_decision(planned, visitor, made.id, 1, background="so")
        with pytest.raises(NotPermitted):
            decisions.withdraw_decision(planned, visitor, made.id, 1, "never mind")


def test_a_withdrawn_one_is_open_no_more(planned):  # noqa: F811
    made = ask(planned)
    gone = decisions.withdraw_decision(planned, ADMIN, made.id, 1, "asked in error")
    assert (gone.state, gone.reason) == ("withdrawn", "asked in error")
    assert decisions.open_decisions(planned, ADMIN) == ()
    with pytest.raises(Changed, match=r"withdrawn \(asked in error\)"):
        decisions.decide(planned, LEADER, made.id, 2, "Hire two", "We need it")
    assert ask(planned).state == "open"


def test_the_soonest_needed_comes_first_and_a_day_set_by_hand_is_not_after_the_plans(planned):  # noqa: F811
    later = ask(planned, "Later?", codes=[])
    ask(planned, "First?", needed_by=date(2026, 3, 20))
    ask(planned, "Second?")
    assert [each.decision.question for each in decisions.open_decisions(planned, LEADER)] == [
        "First?", "Second?", "Later?",
    ]  # fmt: skip
    with pytest.raises(Refused, match="the plan needs it by 2026-04-06, so 2026-04-07 is too late"):
        ask(planned, "Third?", needed_by=date(2026, 4, 7))
    decisions.change_decision(planned, ADMIN, later.id, 1, needed_by=date(2027, 1, 1))


def test_an_action_that_left_the_plan_waits_no_more(planned):  # noqa: F811
    made = ask(planned)
    action = next(each for each in plans.plan(planned, ADMIN).actions if each.code == "added-1")
    actions.remove_action(planned, ADMIN, action.id, action.row_version, "no money")
    (found,) = decisions.open_decisions(planned, LEADER)
    assert found.computed is None and found.decision.codes == ("added-1",)
    decisions.change_decision(planned, ADMIN, made.id, 1, background="It left the plan")
    with pytest.raises(Refused, match="no action 'added-1'"):
        ask(planned, "Again?")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"options": OPTIONS[:1]}, "at least two options"),
        ({"options": [OPTIONS[0], Option(name="Buy", cost=float("inf"))]}, "the cost of 'Buy'"),
        ({"options": [OPTIONS[0], Option(name="Buy", effect="x" * 5000)]}, "the effect of 'Buy' has 5000"),
        ({"decider": "  "}, "name who decides"),
        ({"background": "x" * 5000}, "the background has 5000"),
        ({"codes": ["gone"]}, "no action 'gone'"),
    ],
)
def test_bad_input_is_one_sentence(planned, more, said):  # noqa: F811
    with pytest.raises(Refused, match=said):
        ask(planned, **more)
    assert decisions.decisions(planned, ADMIN) == ()


def test_a_decision_has_a_reason_and_a_day_that_has_come(planned):  # noqa: F811
    made = ask(planned)
    with pytest.raises(Refused, match="the reason for the decision is missing"):
        decisions.decide(planned, LEADER, made.id, 1, "Hire two", "")
    with pytest.raises(Refused, match="'Sell' is none of its options"):
        decisions.decide(planned, LEADER, made.id, 1, "Sell", "We need it")
    with pytest.raises(Refused, match="cannot have been decided on 2026-03-03"):
        decisions.decide(
            planned, LEADER, made.id, 1, "Hire two", "We need it", decided_on=date(2026, 3, 2) + timedelta(days=1)
        )
