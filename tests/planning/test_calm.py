"""Planning again: nothing moves without a cause, a move pays its price, what is about to begin stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.planning.check import check_plan
from maturity.planning.documents import read_plan
from maturity.planning.engine import make_plan
from maturity.planning.plan import Move, Plan
from maturity.planning.request import Decision, PlanRequest, Previous, Stability
from tests.planning.small import action, ask, catalogue, day, price, start_weeks
from tests.planning.test_plan_properties import as_bytes, often, some_request

PLACES = {("a", "t"): 1, ("a", "u"): 1}
BOTH = {("a", "t"): 2, ("a", "u"): 2}


def two() -> PlanRequest:
    """Two actions of 4 weeks and 10 days each; the team has 10 days a quarter, so one comes a quarter later."""
    made = catalogue(action("x", ("t", 1, 2)), action("y", ("u", 1, 2)))
    return ask(made, PLACES, BOTH, team=10, importance={"t": 3, "u": 3})


def again(request: PlanRequest, plan: Plan, *committed: str) -> PlanRequest:
    """The request made again around a plan."""
    found = tuple(Previous(code=a.id, start=a.start, committed=a.id in committed) for a in plan.actions)
    return replace(request, previous=found)


def moved(plan: Plan) -> dict[str, str]:
    """Why each action moves, by its id."""
    return {each.id: each.reason.code for each in plan.moves}


def test_what_can_stay_stays_although_the_other_order_is_worth_a_little_more() -> None:
    request = two()
    first = make_plan(request)
    assert start_weeks(first) == {"x": 0, "y": 13}
    heavier = replace(request, emphasis={"u": 1.01})
    assert start_weeks(make_plan(heavier)) == {"y": 0, "x": 13}
    calm = make_plan(again(heavier, first))
    assert start_weeks(calm) == {"x": 0, "y": 13}
    assert calm.moves == ()
    assert check_plan(heavier, calm) == ()


def test_a_move_is_made_once_it_is_worth_more_than_its_price() -> None:
    # Kept: 3 x 152 + 3 w x 139; swapped: 3 x 139 + 3 w x 152. The gain is 39 (w - 1) level-weeks, the price of two
    # moves by a quarter 0.002 x (456 + 417 w): with w = 1.05 it is 1.95 against 1.79, with w = 1.04 1.56 against 1.78.
    request = two()
    first = make_plan(request)
    assert make_plan(again(replace(request, emphasis={"u": 1.04}), first)).moves == ()
    swapped = make_plan(again(replace(request, emphasis={"u": 1.05}), first))
    assert [(each.id, each.was, each.now, each.reason.code) for each in swapped.moves] == [
        ("x", day(0), day(13), "moved_for_value"),
        ("y", day(13), day(0), "moved_for_value"),
    ]
    values = swapped.moves[0].reason.values
    kept = 3 * 152 + 3 * 1.05 * 139
    assert values["gain"] == pytest.approx(39 * 0.05 / kept, abs=1e-6)
    assert values["price"] == pytest.approx(0.002, abs=1e-6)


def test_what_is_about_to_begin_stays_whatever_a_move_would_bring() -> None:
    request = two()
    first = make_plan(request)
    calm = make_plan(again(replace(request, emphasis={"u": 3.0}), first, "x"))
    assert start_weeks(calm) == {"x": 0, "y": 13}


def test_what_is_about_to_begin_and_cannot_moves_with_the_reason() -> None:
    request = two()
    first = make_plan(request)
    days = (0.0, *(10.0,) * 11)
    none = replace(request, capacities=(replace(request.capacities[0], days=days), *request.capacities[1:]))
    calm = make_plan(again(none, first, "x"))
    assert check_plan(none, calm) == ()
    assert {each.id: (each.reason.code, each.reason.values.get("committed")) for each in calm.moves}["x"] == (
        "no_capacity",
        True,
    )


def test_less_money_drops_what_it_does_not_pay_for_and_says_so() -> None:
    made = catalogue(action("x", ("t", 1, 2), cost=price(60)), action("y", ("u", 1, 2), cost=price(60)))
    request = ask(made, PLACES, BOTH, budgets=(120, 0, 0, 0))
    first = make_plan(request)
    poorer = replace(request, budgets=(60, 0, 0, 0))
    calm = make_plan(again(poorer, first))
    assert check_plan(poorer, calm) == ()
    assert [(each.now, each.reason.code) for each in calm.moves] == [(None, "no_budget")]
    assert len(calm.actions) == 1


def test_a_rejected_action_leaves_with_what_needs_it() -> None:
    made = catalogue(action("x", ("t", 1, 2)), action("y", ("u", 1, 2), requires=["x"]))
    request = ask(made, PLACES, BOTH)
    first = make_plan(request)
    without = replace(request, decisions=(Decision(code="x", kind="rejected"),))
    calm = make_plan(again(without, first))
    assert calm.actions == ()
    assert moved(calm) == {"x": "rejected", "y": "needs"}


def test_new_actions_enter_for_nothing() -> None:
    request = two()
    only = replace(request, targets=request.targets[:1])
    calm = make_plan(again(request, make_plan(only)))
    assert start_weeks(calm) == {"x": 0, "y": 13}
    assert calm.moves == (Move(id="y", was=None, now=day(13), reason=calm.moves[0].reason),)
    assert calm.moves[0].reason.code == "entered"


def test_what_nothing_wants_any_more_leaves() -> None:
    request = two()
    less = replace(request, targets=request.targets[:1])
    assert moved(make_plan(again(less, make_plan(request)))) == {"y": "nothing_left"}


def test_an_action_comes_forward_where_room_was_made_for_it() -> None:
    request = two()
    first = make_plan(request)
    richer = replace(request, capacities=(replace(request.capacities[0], days=(40.0,) * 12), *request.capacities[1:]))
    # y gains 13 of the 3 x 152 + 3 x 139 level-weeks over 3, far more than the thousandth that a quarter costs.
    calm = make_plan(again(richer, first))
    assert start_weeks(calm) == {"x": 0, "y": 0}
    assert moved(calm) == {"y": "moved_for_value"}
    dear = replace(again(richer, first), stability=Stability(move=1.0, drop=1.0))
    assert make_plan(dear).moves == ()
    assert make_plan(dear).actions[1].why[-1].code == "stays"


def test_done_and_running_actions_are_no_moves() -> None:
    request = two()
    first = make_plan(request)
    gone = replace(request, already={"x": "done"})
    assert "x" not in moved(make_plan(again(gone, first)))


def test_days_between_months_count_as_their_month() -> None:
    request = two()
    first = make_plan(request)
    shifted = tuple(
        replace(each, start=each.start.replace(day=each.start.day + 3)) for each in again(request, first).previous
    )
    calm = make_plan(replace(request, previous=shifted))
    assert start_weeks(calm) == start_weeks(first)
    assert set(moved(calm).values()) == {"month"}


@settings(often, max_examples=60)
@given(some_request())
def test_the_same_request_again_is_the_same_plan_without_moves(request: PlanRequest) -> None:
    first = make_plan(request)
    calm = make_plan(again(request, first))
    assert calm.moves == ()
    assert [(a.id, a.start) for a in calm.actions] == [(a.id, a.start) for a in first.actions]
    assert calm.value == first.value


@settings(often, max_examples=120)
@given(some_request(), st.data())
def test_around_any_earlier_plan_the_checker_finds_nothing(request: PlanRequest, data: st.DataObject) -> None:
    first = make_plan(request)
    committed = [a.id for a in first.actions if data.draw(st.booleans())]
    changed = replace(
        request,
        importance={"t": data.draw(st.integers(1, 5))},
        budgets=data.draw(st.sampled_from([request.budgets, (100, 0, 500, 0)])),
        capacities=tuple(
            replace(c, days=tuple(d * data.draw(st.sampled_from([0.5, 1.0, 2.0])) for d in c.days))
            for c in request.capacities
        ),
    )
    asked = again(changed, first, *committed)
    calm = make_plan(asked)
    assert check_plan(asked, calm) == ()
    assert as_bytes(calm) == as_bytes(make_plan(asked))
    assert read_plan(calm.as_document()) == calm
    if not asked.previous:  # an empty plan is no plan to keep to
        assert calm.moves == ()
        return
    # Told apart from what is said: every action of the first plan that is elsewhere now, and no other.
    now = {a.id: a.start for a in calm.actions}
    assert {m.id for m in calm.moves if m.was} == {a.id for a in first.actions if now.get(a.id) != a.start}
    assert {m.id for m in calm.moves if m.was is None} == set(now) - {a.id for a in first.actions}


@settings(often, max_examples=60)
@given(some_request(), st.integers(1, 5))
def test_it_is_worth_at_least_what_can_be_kept_and_pays_for_what_it_moves(request: PlanRequest, weight: int) -> None:
    first = make_plan(replace(request, decisions=()))
    changed = replace(request, importance={"t": weight}, decisions=())
    calm = make_plan(again(changed, first))
    dear = make_plan(replace(again(changed, first), stability=Stability(move=1e6, drop=1e6)))
    assert calm.value >= dear.value - 1e-6
    for each in calm.moves:
        if each.reason.code == "moved_for_value":
            assert each.reason.values["gain"] >= each.reason.values["price"]


def test_what_the_plan_before_starts_stays_there_although_its_phase_opens_later_in_the_new_one() -> None:
    made = catalogue(action("x", ("t", 1, 2), phase=3))
    request = ask(made, {("a", "t"): 1}, {("a", "t"): 2})
    assert start_weeks(make_plan(request)) == {"x": 52}
    # A new plan that starts 40 weeks later counts its phases anew: the third would open in its week 52.
    for weeks, starts in ((12, 9), (60, 52)):
        later = replace(request, previous=(Previous(code="x", start=day(weeks)),))
        calm = make_plan(later)
        assert start_weeks(calm) == {"x": starts} and check_plan(later, calm) == ()
        assert [each.code for each in calm.actions[0].why][-1] == ("stays" if weeks == 12 else "phase_opens")
    sooner = replace(
        calm, actions=(replace(calm.actions[0], start=day(4), finish=day(8) - timedelta(days=1), phase=1),)
    )
    assert "before_phase" in {each.code for each in check_plan(later, sooner)}
