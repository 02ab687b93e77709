"""Decisions about actions: who, why and when, which exclude each other, locking a quarter, and taking back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from maturity.access.roles import LOCAL_ADMINISTRATOR as ADMIN
from maturity.operations import choices, plans
from maturity.operations.errors import Changed, Refused
from maturity.operations.progress import report_progress
from maturity.planning.request import Decision
from maturity.storage import targets as stored
from maturity.storage.audit import events
from tests.operations.city import make_town

FEW = {"iterations": 3}


@pytest.fixture
def round_(workspace):
    return make_town(workspace)


@pytest.fixture
def saved(workspace, round_):
    return plans.save_plan(workspace, ADMIN, round_, plans.make_plan(workspace, ADMIN, round_, **FEW), "First")


def kinds(workspace, round_) -> list[tuple[str, str]]:
    return [(each.code, each.kind) for each in plans.decisions(workspace, ADMIN, round_)]


def test_a_wanted_action_can_bear_a_window_and_a_pin_takes_the_place_of_both(workspace, round_, saved):
    plans.decide_action(workspace, ADMIN, round_, "A03", "must", "promised")
    plans.decide_action(workspace, ADMIN, round_, "A03", "not_before", "after the move", date(2026, 7, 1))
    plans.decide_action(workspace, ADMIN, round_, "A03", "not_after", "before the vote", date(2026, 12, 1))
    assert kinds(workspace, round_) == [("A03", "must"), ("A03", "not_after"), ("A03", "not_before")]
    with pytest.raises(Refused, match="cannot start both from 2027-01-01 and up to 2026-12-01; move one of the two"):
        plans.decide_action(workspace, ADMIN, round_, "A03", "not_before", "later", date(2027, 1, 1))
    plans.decide_action(workspace, ADMIN, round_, "A03", "pinned", "the day is fixed", date(2026, 9, 7))
    assert kinds(workspace, round_) == [("A03", "pinned")]


def test_a_lock_takes_its_day_from_the_current_plan(workspace, round_, saved):
    planned = saved.actions[-1]
    plans.decide_action(workspace, ADMIN, round_, planned.code, "locked", "agreed on")
    assert [each.start for each in plans.decisions(workspace, ADMIN, round_)] == [planned.start]
    absent = next(a for a in plans.plan_request(workspace, ADMIN, round_).catalogue.by_id
                  if a not in {each.code.partition("/")[0] for each in saved.actions})  # fmt: skip
    with pytest.raises(Refused, match="is not in the current plan, so it has no day to be locked to; pin it to one"):
        plans.decide_action(workspace, ADMIN, round_, absent, "locked", "agreed on")


def test_what_has_begun_needs_no_lock(workspace, round_, saved):
    first = saved.actions[0]
    report_progress(workspace, ADMIN, first.id, 1, 10)
    with pytest.raises(Refused, match="has begun; every new plan keeps it as it is"):
        plans.decide_action(workspace, ADMIN, round_, first.code, "locked", "agreed on")


def test_a_quarter_is_locked_at_once_and_what_is_settled_stays(workspace, round_, saved):
    """The plan starts in April 2026, after today in the town: its first 13 weeks count."""
    last = saved.starts + timedelta(weeks=13, days=-1)
    soon = [each.code for each in saved.actions if each.start <= last]
    assert len(soon) > 2
    plans.decide_action(workspace, ADMIN, round_, soon[0], "rejected", "no money")
    plans.decide_action(workspace, ADMIN, round_, soon[1], "must", "promised")
    number = choices.lock_next_quarter(workspace, ADMIN, round_, "The departments know these days")
    assert number == len(soon) - 1
    found = {each.code: each for each in plans.decisions(workspace, ADMIN, round_)}
    assert found.pop(soon[0]).kind == "rejected"
    assert {each.kind for each in found.values()} == {"locked"}
    assert {code: each.start for code, each in found.items()} == {
        each.code: each.start for each in saved.actions if each.code in soon[1:]
    }
    assert events(workspace.store, 1)[0].verb == "lock next quarter"
    with pytest.raises(Refused, match="nothing is left to lock that starts from 2026-04-01 to 2026-06-30"):
        choices.lock_next_quarter(workspace, ADMIN, round_, "Again")
    with pytest.raises(Refused, match="the reason why they are locked is missing"):
        choices.lock_next_quarter(workspace, ADMIN, round_, " ")


def test_without_a_plan_nothing_can_be_locked(workspace, round_):
    with pytest.raises(Refused, match="there is no plan yet"):
        choices.lock_next_quarter(workspace, ADMIN, round_, "because of it")


def test_the_last_of_two_decides_and_both_stand_in_the_trail(workspace, round_):
    other = replace(ADMIN, name="M. Okoro")
    plans.decide_action(workspace, ADMIN, round_, "A03", "must", "promised")
    plans.decide_action(workspace, other, round_, "A03", "rejected", "no money")
    assert [(each.decision.kind, each.decision.by) for each in choices.decided(workspace, ADMIN, round_)] == [
        ("rejected", "M. Okoro")
    ]
    assert [each.verb for each in events(workspace.store, 2)] == ["decide action rejected", "decide action must"]


def test_several_are_taken_back_at_once_or_none(workspace, round_):
    for code in ("A03", "A05"):
        plans.decide_action(workspace, ADMIN, round_, code, "must", "promised")
    both = plans.decisions(workspace, ADMIN, round_)
    plans.decide_action(workspace, ADMIN, round_, "A05", "must", "another reason")
    with pytest.raises(Changed, match="the decision about A05 has changed since you saw it; look again"):
        choices.take_back(workspace, ADMIN, round_, both)
    assert len(plans.decisions(workspace, ADMIN, round_)) == 2
    choices.take_back(workspace, ADMIN, round_, plans.decisions(workspace, ADMIN, round_))
    assert plans.decisions(workspace, ADMIN, round_) == ()


def test_a_decision_on_what_the_catalogue_lost_is_known_as_such_and_can_be_taken_back(workspace, round_):
    gone = Decision(code="A99/parks", kind="must", reason="promised", by="M. Okoro")
    workspace.store.write(stored.put_decision, round_.id, gone, set_at=workspace.clock())
    mark = stored.Already(code="A98", state="done", note="", set_by="x", set_at=workspace.clock())
    workspace.store.write(stored.put_already, round_.id, mark)
    assert [each.known for each in choices.decided(workspace, ADMIN, round_)] == [False]
    assert plans.make_plan(workspace, ADMIN, round_, **FEW).actions  # what is gone rests
    plans.mark_already(workspace, ADMIN, round_, "A98", None)
    assert plans.already(workspace, ADMIN, round_) == ()
    plans.clear_decision(workspace, ADMIN, round_, "A99/parks", "must")
    assert plans.decisions(workspace, ADMIN, round_) == ()
    with pytest.raises(Refused, match="no action 'A99'"):
        plans.clear_decision(workspace, ADMIN, round_, "A99/parks")


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), -1.0, 1e10])
def test_days_and_money_that_cannot_be_meant_are_refused_before_they_are_kept(workspace, round_, amount):
    usual = plans.resources(workspace, ADMIN, round_)
    odd = replace(usual.capacities[0], days=(amount, *usual.capacities[0].days[1:]))
    with pytest.raises(Refused, match="person-days"):
        plans.set_resources(workspace, ADMIN, round_, [odd])
    with pytest.raises(Refused, match="amounts from 0"):
        plans.set_resources(workspace, ADMIN, round_, budgets=(amount, 1.0, 1.0, 1.0))
    assert plans.resources(workspace, ADMIN, round_) == usual
