"""Risks by hand: their rules, their order, since when they have happened, and what the forecast is told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.risks import (
    CHANCE,
    LONGER,
    STEPS,
    Risk,
    RiskRefused,
    RiskStated,
    by_weight,
    check_risk,
    happened_since,
    threats,
    touched_departments,
)

from .conftest import MONDAY, make_action

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def risk(id: str = "r1", **more: object) -> Risk:
    usual = {"title": "Nobody is hired", "likelihood": 3, "impact": 4, "owner": "Pat", "response_text": "Look again"}
    return Risk(id=id, **(usual | more))


def stated(id: str, state: str, hours: int) -> RiskStated:
    at = NOON + timedelta(hours=hours)
    return RiskStated(risk_id=id, likelihood=1, impact=1, state=state, why="so", by="Pat", at=at)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"title": "  "}, "name the risk"),
        ({"title": "x" * 201}, "201 characters"),
        ({"likelihood": 0}, "likelihood is 1 to 5, not 0"),
        ({"impact": 6}, "impact is 1 to 5, not 6"),
        ({"impact": True}, "impact is 1 to 5"),
        ({"likelihood": float("nan")}, "likelihood is 1 to 5, not nan"),
        ({"likelihood": 2.5}, "likelihood is 1 to 5, not 2.5"),
        ({"owner": ""}, "name who watches it"),
        ({"response": "ignore"}, "avoid, reduce, share, accept"),
        ({"response_text": " "}, "say what is done to reduce it"),
        ({"state": "gone"}, "open, happened, closed"),
        ({"review_on": date(1999, 1, 1)}, "between 2000 and 2100"),
    ],
)
def test_a_broken_rule_is_one_sentence_on_how_to_mend_it(broken, said):
    with pytest.raises(RiskRefused, match=said):
        check_risk(risk(**broken))


def test_what_is_accepted_needs_no_deed():
    assert check_risk(risk(response="accept", response_text="")).weight == 12


def test_each_step_is_more_than_the_one_before():
    for table in (CHANCE, LONGER):
        assert tuple(table) == STEPS
        assert list(table.values()) == sorted(set(table.values()))
    assert all(0 < chance < 1 for chance in CHANCE.values())


def test_the_heaviest_comes_first_and_of_equal_ones_the_one_with_more_impact():
    found = by_weight([risk("a", likelihood=4, impact=2), risk("b", likelihood=2, impact=4), risk("c", impact=5)])
    assert [each.id for each in found] == ["c", "b", "a"]


def test_a_review_is_overdue_after_its_day_unless_the_risk_is_closed():
    due = risk(review_on=MONDAY)
    assert not due.overdue(MONDAY) and due.overdue(MONDAY + timedelta(days=1))
    assert not replace(due, state="closed").overdue(MONDAY + timedelta(days=1))


def test_since_when_a_risk_has_happened_is_its_last_turn():
    said = [stated("a", "happened", 0), stated("a", "open", 1), stated("a", "happened", 2), stated("a", "happened", 3)]
    said += [stated("b", "happened", 4), stated("b", "closed", 5)]
    assert happened_since(said) == {"a": NOON + timedelta(hours=2)}


def test_the_forecast_is_told_of_open_risks_by_chance_and_of_happened_ones_for_certain():
    done = make_action("b", 0, 1, begun_on=MONDAY, done_on=MONDAY, percent_done=100.0)
    actions = [make_action("a", 2, 4), done]
    found = threats(
        [
            risk("open", codes=("a", "b", "gone", "a"), likelihood=4, impact=3),
            risk("happened", codes=("a",), state="happened", impact=5),
            risk("closed", codes=("a",), state="closed"),
            risk("of nothing"),
            risk("done", codes=("b",)),
        ],
        actions,
    )
    assert [(each.code, each.chance, each.longer, each.codes) for each in found] == [
        ("happened", 1.0, LONGER[5], ("a",)),
        ("open", CHANCE[4], LONGER[3], ("a",)),
    ]


@pytest.mark.parametrize(("hours", "counted"), [(-1, True), (0, False), (1, False)])
def test_what_has_happened_is_not_counted_twice_where_the_owner_has_said_a_finish_since(hours, counted):
    expected = MONDAY + timedelta(days=40)
    report = ProgressUpdate(
        id="1", action_id="a", code="a", percent_done=0, expected_on=expected, made_at=NOON + timedelta(hours=hours)
    )
    actions = [make_action("a", 2, 4, expected_on=expected)]
    happened = risk("h", codes=("a",), state="happened")
    assert bool(threats([happened], actions, [report], {"h": NOON})) is counted
    # the same risk still open is no part of what the owner expects
    assert threats([risk("h", codes=("a",))], actions, [report])


def test_whose_actions_a_risk_holds_up():
    actions = [make_action("a", 0, 1, department="parks"), make_action("b", 0, 1)]
    assert touched_departments(["a"], actions) == {"parks"}
    assert touched_departments(["a", "b"], actions) == {"parks", None}
    assert touched_departments(["gone"], actions) == {None}
    assert touched_departments([], actions) == frozenset()
