"""Explanations of plans of two to four actions, worked out by hand. Starts lie on months of 4, 5 and 4 weeks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from maturity.planning.board import Board
from maturity.planning.engine import make_plan
from maturity.planning.entering import InTheWay, MissingDays, MissingMoney, Way, ways_to
from maturity.planning.explain import Explanation, Held, explain, lay_out
from maturity.planning.explained import answer_about, question_about
from maturity.planning.impact import impacts
from maturity.planning.plan import Plan, Price
from maturity.planning.request import Decision, PlanRequest
from maturity.planning.slack import end_chain
from tests.planning.small import action, ask, catalogue, day, price, start_weeks

T, U = ("a", "t"), ("a", "u")


def laid(request: PlanRequest) -> tuple[Plan, Board]:
    plan = make_plan(request)
    board = lay_out(request, starts(plan), plan.value)
    assert board is not None
    return plan, board


def starts(plan: Plan) -> dict[str, date]:
    return {each.id: each.start for each in plan.actions}


def about(request: PlanRequest, code: str) -> Explanation:
    return explain(laid(request)[1], code)


def chain(request: PlanRequest) -> list[tuple[str, str | None]]:
    board = laid(request)[1]
    return [(board.problem.jobs[each.job].code, each.kind) for each in end_chain(board)]


def way(request: PlanRequest, place: tuple[str, str], level: int, *prices: Price) -> Way:
    (only,) = ways_to(laid(request)[1], place, level, prices)
    return only


def two_in_a_row(**more: Any) -> PlanRequest:
    """`first` in weeks 0 to 4, `then` in 4 to 8 because it requires it, `side` in 0 to 4; the end is week 8."""
    made = catalogue(
        action("first", ("t", 1, 2)), action("then", ("v", 1, 2), requires=["first"]), action("side", ("u", 1, 2))
    )
    return ask(made, {T: 1, U: 1, ("a", "v"): 1}, {T: 2, U: 2, ("a", "v"): 2}, **more)


def test_what_another_requires_has_no_slack_and_what_nobody_waits_for_may_slip_to_the_end() -> None:
    first, then, side = (about(two_in_a_row(), code) for code in ("first", "then", "side"))
    assert (first.free, first.total, first.moves_first, first.critical) == (0, 0, "then", True)
    assert (then.free, then.total, then.moves_first, then.critical) == (0, 0, None, True)
    assert (side.free, side.total, side.moves_first, side.critical) == (28, 28, None, False)
    assert chain(two_in_a_row()) == [("first", None), ("then", "requires")]


def test_days_between_months_are_slack_that_moves_nothing_else() -> None:
    made = catalogue(action("first", ("t", 1, 2), weeks=5), action("then", ("v", 1, 2), requires=["first"]))
    found = about(ask(made, {T: 1, ("a", "v"): 1}, {T: 2, ("a", "v"): 2}), "first")
    assert (found.free, found.total, found.moves_first) == (28, 28, "then")  # ends in week 5, the next month is week 9


def test_a_job_waits_for_the_level_that_another_brings() -> None:
    made = catalogue(action("walk", ("t", 1, 2)), action("run", ("t", 2, 3)))
    request = ask(made, {T: 1}, {T: 3})
    assert chain(request) == [("walk", None), ("run", "level")]
    assert about(request, "walk").total == 0
    assert about(request, "walk").moves_first == "run"


def full_quarter() -> PlanRequest:
    """`x` takes 30 of the team's 40 days in quarter 1, so `y` with 20 waits for week 13 and ends in week 17."""
    made = catalogue(action("x", ("t", 1, 2), days=30), action("y", ("u", 1, 2), days=20))
    return ask(made, {T: 1, U: 1}, {T: 2, U: 2}, team=40, importance={"t": 5, "u": 1})


def test_the_one_that_holds_the_place_is_named_and_linked() -> None:
    found = about(full_quarter(), "y")
    assert found.then.code == "capacity_full"
    assert found.held == (Held(action="x", amount=30.0),)
    assert chain(full_quarter()) == [("x", None), ("y", "people")]


def test_a_slip_into_the_next_quarter_ends_where_others_need_its_people() -> None:
    """From day 63 on `x` reaches into quarter 2, where 20 of 40 days are free. 18 of its 28 days bring 1,929 hundredths
    there, 19 bring 2,036."""
    found = about(full_quarter(), "x")
    assert (found.free, found.total, found.moves_first) == (81, 81, "y")
    assert found.critical  # y could start earlier if x were not there


def test_where_nobody_else_is_in_the_way_it_says_whose_days_are_missing() -> None:
    made = catalogue(action("x", ("t", 1, 2), days=30), action("long", ("u", 1, 2), role="staff", weeks=52))
    found = about(ask(made, {T: 1, U: 1}, {T: 2, U: 2}, team=[40, 10] + [0] * 10), "x")
    # 30 days over 28: 9 days in quarter 2 bring 965 hundredths, 10 bring 1,072 of the 1,000 that there are.
    assert (found.free, found.total, found.moves_first) == (63 + 9, 63 + 9, None)
    assert found.refused is not None and found.refused.values["quarter"] == 2


def two_ways(**more: Any) -> PlanRequest:
    """Level 2 by `fast` in 4 weeks or by `slow` in 8; `run` goes on from there to 3."""
    made = catalogue(
        action("fast", ("t", 1, 2), days=5), action("slow", ("t", 1, 2), weeks=8), action("run", ("t", 2, 3))
    )
    return ask(made, {T: 1}, {T: 3}, **more)


def test_what_hangs_on_an_action_is_lost_with_it_and_another_way_brings_most_of_it_back() -> None:
    found = about(two_ways(), "fast")
    assert [(each.topic, each.from_level, each.to_level, each.value) for each in found.closes] == [("t", 1, 2, 3 * 152)]
    assert found.loss.goes == ("run",)
    assert (found.loss.steps, found.loss.value) == (1, 3 * 148)
    assert found.loss.direct == 3 * 152 + 3 * 148
    assert found.loss.enters == ("slow",)
    assert found.loss.net == 3 * (152 - 148) + 3 * (148 - 143)  # slow ends in week 8, run starts in week 9


def test_without_another_way_all_of_it_is_lost() -> None:
    found = about(two_in_a_row(), "first").loss
    assert (found.direct, found.net, found.goes, found.enters) == (3 * 152 + 3 * 148, 3 * 152 + 3 * 148, ("then",), ())
    alone = about(two_in_a_row(), "side").loss
    assert (alone.direct, alone.net, alone.goes) == (3 * 152, 3 * 152, ())


def test_dates_that_do_not_fit_their_request_are_not_explained() -> None:
    request = two_in_a_row()
    plan = make_plan(request)
    assert lay_out(request, starts(plan), plan.value + 1) is None
    assert lay_out(request, {**starts(plan), "then": day(0)}) is None
    assert lay_out(request, {"then": day(4)}) is None
    assert lay_out(request, {"other": day(4)}) is None
    assert lay_out(two_in_a_row(team=5), starts(plan)) is None
    assert lay_out(replace(request, catalogue=None), {}) is None


def test_decisions_made_since_do_not_change_what_was_made() -> None:
    request = two_in_a_row()
    plan = make_plan(request)
    since = (
        Decision(code="side", kind="rejected"),
        Decision(code="then", kind="pinned", start=day(52)),
        Decision(code="first", kind="not_before", start=day(9)),
    )
    assert lay_out(replace(request, decisions=since), starts(plan), plan.value) is not None


def test_the_smallest_shortage_is_what_is_missing() -> None:
    made = catalogue(action("x", ("t", 1, 2), days=30))
    found = way(ask(made, {T: 1}, {T: 2}, team=[10, 25, *[10] * 10]), T, 2)
    assert found.actions == ("x",)
    assert found.days == (MissingDays(role="team", department=None, quarter=2, days=5.0),)
    assert found.money == found.decisions == ()
    assert found.value == 3 * (156 - 17)
    assert found.loss is None  # not even alone


def test_what_would_make_room_is_named_with_what_the_plan_loses() -> None:
    made = catalogue(action("x", ("t", 1, 2), days=30), action("y", ("u", 1, 2), days=30))
    request = ask(made, {T: 1, U: 1}, {T: 2, U: 2}, team=[40, *[0] * 11], importance={"t": 5, "u": 1})
    a_day = Price(role="team", department=None, quarter=1, phase=None, worth=2.0)
    found = way(request, U, 2, a_day)
    assert found.days == (MissingDays(role="team", department=None, quarter=1, days=20.0),)
    assert (found.makes_room, found.loss) == (("x",), 5 * 152 - 152)
    assert (found.value, found.price) == (152, 60)


def test_money_that_is_missing_is_said_by_phase() -> None:
    made = catalogue(action("x", ("t", 1, 2), cost=price(300)))
    request = ask(made, {T: 1}, {T: 2}, budgets=(100, 0, 50, 0))
    assert way(request, T, 2).money == (MissingMoney(phase=3, amount=150.0),)
    split = replace(request, carry_over=False)
    assert way(split, T, 2).money == (MissingMoney(phase=1, amount=200.0),)


def test_a_decision_in_the_way_is_named() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    rejected = Decision(code="x", kind="rejected", by="Ada", reason="Not now")
    found = way(ask(made, {T: 1}, {T: 2}, decisions=(rejected,)), T, 2)
    assert found.decisions == (InTheWay(action="x", kind="rejected", by="Ada", reason="Not now"),)
    assert found.days == ()
    assert found.loss == -3 * 152  # what the plan gains


def test_lower_levels_and_what_is_required_come_along() -> None:
    made = catalogue(
        action("walk", ("t", 1, 2), days=30),
        action("before", ("w", 1, 2), days=1),
        action("run", ("t", 2, 3), days=30, requires=["before"]),
    )
    found = way(ask(made, {T: 1}, {T: 3}, team=29), T, 3)
    assert found.actions == ("walk", "before", "run")
    # before goes to quarter 2, where nothing is missing for it, and leaves 28 days there; quarter 3 has 29.
    assert [(each.quarter, each.days) for each in found.days] == [(1, 1.0), (3, 1.0)]


def test_too_late_and_stuck_are_said() -> None:
    late = catalogue(action("x", ("t", 1, 2), weeks=60, phase=4))
    assert way(ask(late, {T: 1}, {T: 2}), T, 2).weeks_over == 104 + 60 - 156
    stuck = catalogue(action("run", ("t", 2, 3)))
    assert way(ask(stuck, {T: 1}, {T: 3}), T, 3).stuck == "run"
    assert ways_to(laid(ask(stuck, {T: 1}, {T: 3}))[1], T, 2) == ()


def test_impacts_add_up_copies_and_name_what_is_left_out() -> None:
    made = catalogue(
        action("x", ("t", 1, 2), scope="department", role="staff", days=5, quick_win=True),
        action("y", ("u", 1, 2), days=2000),
    )
    request = ask(made, {T: 1, ("b", "t"): 1, U: 1}, {T: 2, ("b", "t"): 2, U: 2})
    x, y = impacts(laid(request)[1])
    assert (x.action, x.copies, x.effort, x.value, x.quick, x.planned) == ("x", 2, 10, 2 * 3 * 152, True, True)
    assert (y.action, y.copies, y.effort, y.value, y.quick, y.planned) == ("y", 1, 2000, 3 * 152, False, False)
    assert (x.price, y.price) == (None, None)


def test_a_question_goes_to_the_process_and_back_as_plain_documents() -> None:
    request = full_quarter()
    plan = make_plan(request)
    asked = question_about(request, plan)
    assert start_weeks(plan) == {"x": 0, "y": 13}
    told = json.loads(json.dumps(answer_about({**asked, "about": {"action": "y"}})))
    assert told["fits"] and told["action"]["held"] == [{"action": "x", "amount": 30.0}]
    assert answer_about({**asked, "about": {"action": "z"}}) == {"fits": True, "action": None}
    whole = answer_about({**asked, "about": {"plan": True}})
    assert [each["action"] for each in whole["chain"]] == ["x", "y"]
    assert whole["slack"] == {"x": [81, 81], "y": [0, 0]}
    assert answer_about({**asked, "about": {"step": ["a", "t", 2]}}) == {"fits": True, "ways": []}
    assert answer_about({**asked, "value": 1.0, "about": {"plan": True}}) == {"fits": False}


def test_a_chain_that_would_be_too_late_where_least_is_missing_is_tried_at_its_earliest() -> None:
    made = catalogue(action("x", ("t", 1, 2), days=30), action("run", ("t", 2, 3), weeks=150, days=0))
    found = way(ask(made, {T: 1}, {T: 3}, team=[10, 25, *[10] * 10]), T, 3)  # 5 days are missing in quarter 2, 20 in 1
    assert (found.weeks_over, found.actions) == (0, ("x", "run"))
    assert [(each.quarter, each.days) for each in found.days] == [(1, 20.0)]
