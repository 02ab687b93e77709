"""Decisions by hand: the day by which the plan needs them, and the rules of a question with options."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from maturity.roadmap.decisions import (
    AskedDecision,
    DecisionRefused,
    LeadershipDecision,
    Option,
    check_decision,
    needed_by,
)

from .conftest import MONDAY, make_action

OPTIONS = (Option(name="Hire", cost=60_000.0, effect="Two people"), Option(name="Do nothing", cost=0.0))


def asked(**more: object) -> LeadershipDecision:
    usual = {"id": "d", "question": "Who hires?", "decider": "Council", "options": OPTIONS}
    return LeadershipDecision(**(usual | more))


def weeks(number: int) -> timedelta:
    return timedelta(weeks=number)


def test_it_is_needed_when_the_first_that_waits_could_start_last():
    # a 0-4, b 4-8 after it; c ends the plan at week 20; a and b can slip 12 weeks
    actions = [make_action("a", 0, 4), make_action("b", 4, 4, requires=("a",)), make_action("c", 10, 10)]
    found = needed_by(["b", "a"], actions)
    assert found is not None
    assert (found.code, found.start, found.slack) == ("a", MONDAY, 12 * 7)
    assert found.day == MONDAY + weeks(12)
    assert needed_by(["c"], actions).day == MONDAY + weeks(10)  # it sets the end: no slack
    # c starts later than a, but can slip less, so it counts
    assert needed_by(["a", "c"], actions).code == "c"


def test_what_has_begun_or_left_the_plan_waits_for_nothing():
    actions = [make_action("a", 0, 4, begun_on=MONDAY), make_action("c", 10, 10)]
    assert needed_by(["a", "gone"], actions) is None
    assert needed_by([], actions) is None
    assert needed_by(["a", "c"], actions).code == "c"


def test_an_overlap_leaves_no_slack_and_takes_none_away():
    actions = [make_action("a", 0, 10), make_action("b", 2, 10, requires=("a",))]
    assert needed_by(["a"], actions).day == MONDAY


def test_of_two_days_the_earlier_counts():
    computed = needed_by(["c"], [make_action("c", 10, 10)])
    day = computed.day
    assert AskedDecision(decision=asked(), computed=computed).day == day
    assert AskedDecision(decision=asked(needed_by=day - weeks(1)), computed=computed).day == day - weeks(1)
    assert AskedDecision(decision=asked(needed_by=day + weeks(1)), computed=computed).day == day
    assert AskedDecision(decision=asked(needed_by=day)).day == day
    assert AskedDecision(decision=asked()).day is None


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"question": " "}, "ask a question"),
        ({"question": "x" * 401}, "401 characters"),
        ({"decider": ""}, "name who decides"),
        ({"options": OPTIONS[:1]}, "at least two options"),
        ({"options": (*OPTIONS, Option(name="hire "))}, "two options are called"),
        ({"options": (*OPTIONS, Option(name=""))}, "name each option"),
        ({"options": (*OPTIONS, Option(name="Buy", cost=float("nan")))}, "cost of 'Buy' is a number"),
        ({"options": (*OPTIONS, Option(name="Buy", cost=-1.0))}, "cost of 'Buy' is a number from 0"),
        ({"options": (*OPTIONS, Option(name="Buy", cost=1e300))}, "cost of 'Buy' is a number from 0"),
        ({"options": tuple(Option(name=str(n)) for n in range(11))}, "at most 10"),
        ({"needed_by": MONDAY.replace(year=1999)}, "between 2000 and 2100"),
        ({"state": "decided", "chosen": "Sell"}, "'Sell' is none of its options"),
    ],
)
def test_a_broken_rule_is_one_sentence_on_how_to_mend_it(broken, said):
    with pytest.raises(DecisionRefused, match=said):
        check_decision(asked(**broken))


def test_one_option_and_doing_nothing_are_enough():
    assert check_decision(asked()) == asked()
    assert check_decision(replace(asked(), state="decided", chosen="Hire")).chosen == "Hire"
