"""Plans of one to five actions, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import log

import pytest

from maturity.planning.check import check_plan
from maturity.planning.engine import make_plan
from maturity.planning.plan import Plan
from maturity.planning.request import Decision, PlanningError, PlanRequest, Unplannable
from tests.planning.small import action, ask, by_id, catalogue, codes, day, price, start_weeks

A, B = ("a", "t"), ("b", "t")
U = ("a", "u")


def planned(request: PlanRequest) -> Plan:
    """The plan of a request, after the checker has found nothing."""
    plan = make_plan(request)
    assert check_plan(request, plan) == ()
    return plan


def why(plan: Plan, code: str) -> dict[str, dict[str, object]]:
    return {reason.code: dict(reason.values) for reason in by_id(plan)[code].why}


def test_one_action_closes_one_step_from_its_finish_to_the_horizon() -> None:
    plan = planned(ask(catalogue(action("x", ("t", 1, 2))), {A: 1}, {A: 2}))
    (only,) = plan.actions
    assert (only.start, only.finish) == (day(0), day(4) - timedelta(days=1))
    assert plan.value == 3 * (156 - 4)  # usual importance 3, level held for 152 weeks
    assert [(c.department, c.from_level, c.to_level) for c in only.closes] == [("a", 1, 2)]
    assert why(plan, "x") == {
        "closes": {"steps": 1, "departments": 1, "topics": ["t"], "share": 1.0},
        "at_once": {},
    }


def test_importance_and_the_weight_of_a_department_multiply() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    plan = planned(ask(made, {A: 1, B: 1}, {A: 2, B: 2}, importance={"t": 5}, department_weights={"b": 2.0}))
    assert plan.value == 5 * 152 + 5 * 2 * 152


def test_a_prerequisite_ends_before_its_dependant_starts_and_starts_are_months() -> None:
    made = catalogue(action("first", ("other", 1, 2), weeks=5), action("then", ("t", 1, 2), requires=["first"]))
    plan = planned(ask(made, {A: 1}, {A: 2}))
    assert start_weeks(plan) == {"first": 0, "then": 9}
    assert by_id(plan)["then"].requires == ("first",)
    assert why(plan, "first")["required_by"] == {"actions": ["then"]}
    assert why(plan, "then")["after_action"]["action"] == "first"


def test_nothing_enters_a_plan_for_its_own_sake() -> None:
    made = catalogue(action("useful", ("t", 1, 2)), action("idle", ("other", 1, 2)), action("late", ("t", 2, 3)))
    assert set(by_id(planned(ask(made, {A: 1}, {A: 2})))) == {"useful"}


def test_a_city_action_serves_every_department_once_it_has_walked_before_it_runs() -> None:
    made = catalogue(
        action("walk", ("t", 1, 2), scope="department", role="staff", weeks=13),
        action("run", ("t", 2, 3), weeks=4),
    )
    plan = planned(ask(made, {A: 2, B: 1}, {A: 3, B: 3}))
    assert set(by_id(plan)) == {"walk/b", "run"}
    assert {(c.department, c.to_level) for c in by_id(plan)["run"].closes} == {("a", 3), ("b", 3)}
    assert plan.value == 3 * (152 + 143 + 143)  # a at week 4; b reaches level 2 and 3 at week 13


def test_an_action_waits_until_a_place_stands_at_its_from_level() -> None:
    made = catalogue(action("walk", ("t", 1, 2), weeks=4), action("run", ("t", 2, 3), weeks=4))
    plan = planned(ask(made, {A: 1}, {A: 3}))
    assert start_weeks(plan) == {"walk": 0, "run": 4}
    assert why(plan, "run")["after_level"]["level"] == 2


def test_one_raise_over_two_levels_closes_two_steps() -> None:
    plan = planned(ask(catalogue(action("x", ("t", 1, 3))), {A: 1}, {A: 3}))
    assert [(c.from_level, c.to_level) for c in plan.actions[0].closes] == [(1, 2), (2, 3)]


def test_a_full_quarter_pushes_an_action_to_the_next_and_says_so() -> None:
    made = catalogue(action("x", ("t", 1, 2), days=30), action("y", ("u", 1, 2), days=20))
    request = ask(made, {A: 1, ("a", "u"): 1}, {A: 2, ("a", "u"): 2}, team=40, importance={"t": 5, "u": 1})
    plan = planned(request)
    # Started in week 9, y has 4 of 4 weeks left in quarter 1, so all 20 days fall there: 50 > 40.
    assert start_weeks(plan) == {"x": 0, "y": 13}
    assert why(plan, "y")["capacity_full"]["quarter"] == 1
    assert [use.planned for use in plan.capacity if use.quarter <= 2] == [30, 20]


def test_effort_is_spread_over_the_weeks_and_the_remainder_falls_to_the_last_quarter() -> None:
    plan = planned(ask(catalogue(action("x", ("t", 1, 2), weeks=30, days=10)), {A: 1}, {A: 2}))
    # 13/30 of 1,000 hundredths is 433.3; the last quarter takes 4/30 and what was rounded off.
    assert [use.planned for use in plan.capacity if use.planned] == [4.33, 4.33, 1.34]


def test_a_department_works_with_its_own_staff() -> None:
    made = catalogue(action("x", ("t", 1, 2), scope="department", role="staff", days=10))
    plan = planned(ask(made, {A: 1, B: 1}, {A: 2, B: 2}, staff=10))
    assert start_weeks(plan) == {"x/a": 0, "x/b": 0}


def test_what_a_city_action_needs_of_departments_is_shared_by_all() -> None:
    made = catalogue(action("x", ("t", 1, 2), role="staff", days=5))
    plan = planned(ask(made, {A: 1, B: 3}, {A: 2}, staff=10))
    assert {use.department: use.planned for use in plan.capacity if use.quarter == 1} == {"a": 2.5, "b": 2.5}


def test_zero_capacity_is_a_limit_and_missing_capacity_is_an_error() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    assert codes(planned(ask(made, {A: 1}, {A: 2}, team=0))) == {("a", "t", 2): "no_capacity"}
    with pytest.raises(PlanningError, match="role 'team' has no capacity"):
        make_plan(ask(made, {A: 1}, {A: 2}, capacities=()))


def test_money_left_over_in_a_phase_can_be_used_in_the_next() -> None:
    made = catalogue(
        action("x", ("t", 1, 2), cost=price(60)), action("y", ("u", 1, 2), cost=price(50)), action("z", ("v", 1, 2))
    )
    places = {A: 1, ("a", "u"): 1, ("a", "v"): 1}
    wanted = dict.fromkeys(places, 2)
    plan = planned(ask(made, places, wanted, budgets=(70, 40, 0, 0), importance={"t": 5}))
    assert start_weeks(plan) == {"x": 0, "y": 26, "z": 0}  # 70 in phase 1; 110 up to phase 2 pays for both
    assert why(plan, "y")["budget_full"]["phase"] == 1
    assert [(use.planned, use.unpriced) for use in plan.budget] == [(60, 1), (50, 0), (0, 0), (0, 0)]
    assert by_id(plan)["z"].cost is None


def test_running_cost_counts_from_the_finish_to_the_end_of_the_plan() -> None:
    made = catalogue(action("x", ("t", 1, 2), weeks=52, cost=price(1000, 300)))
    assert planned(ask(made, {A: 1}, {A: 2})).actions[0].cost == 1000 + 300 * 2


def test_an_action_starts_no_earlier_than_its_phase() -> None:
    plan = planned(ask(catalogue(action("x", ("t", 1, 2), phase=3)), {A: 1}, {A: 2}))
    assert start_weeks(plan) == {"x": 52}
    assert plan.actions[0].phase == 3
    assert why(plan, "x")["phase_opens"]["phase"] == 3


def test_an_action_that_cannot_end_within_three_years_is_left_out() -> None:
    made = catalogue(action("x", ("t", 1, 2), phase=4, weeks=60))
    plan = planned(ask(made, {A: 1}, {A: 2}))
    assert codes(plan) == {("a", "t", 2): "no_time"}
    assert plan.not_planned[0].reason.values["weeks_over"] == 104 + 60 - 156


def test_of_two_ways_the_one_that_brings_more_for_its_effort_is_taken() -> None:
    made = catalogue(action("dear", ("t", 1, 2), days=30), action("cheap", ("t", 1, 2), days=5))
    assert set(by_id(planned(ask(made, {A: 1}, {A: 2}, team=40)))) == {"cheap"}


def test_done_satisfies_a_prerequisite_and_is_never_proposed() -> None:
    made = catalogue(action("first", ("t", 1, 2)), action("then", ("t", 1, 2), requires=["first"]))
    plan = planned(ask(made, {A: 1}, {A: 2}, already={"first": "done"}))
    assert start_weeks(plan) == {"then": 0}
    assert by_id(plan)["then"].requires == ()


def test_done_raises_no_level() -> None:
    plan = planned(ask(catalogue(action("x", ("t", 1, 2))), {A: 1}, {A: 3}, already={"x": "done"}))
    assert codes(plan) == {("a", "t", 2): "already_tried", ("a", "t", 3): "no_action"}


def test_a_running_action_ends_after_half_its_duration_and_brings_its_step_about() -> None:
    made = catalogue(action("now", ("t", 1, 2), weeks=8), action("then", ("t", 2, 3), requires=["now"]))
    plan = planned(ask(made, {A: 1}, {A: 3}, already={"now": "running"}))
    assert start_weeks(plan) == {"then": 4}
    assert codes(plan) == {("a", "t", 2): "running"}
    assert plan.value == 3 * (156 - 8)  # only what the plan itself brings about
    assert why(plan, "then")["after_running"]["action"] == "now"


def test_a_copy_needs_the_same_departments_copy() -> None:
    made = catalogue(
        action("owner", ("u", 1, 2), scope="department", role="staff"),
        action("check", ("t", 1, 2), scope="department", role="staff", requires=["owner"]),
    )
    plan = planned(ask(made, {A: 1, B: 1}, {A: 2, B: 2}, already={"owner/b": "done"}))
    assert {code: each.requires for code, each in by_id(plan).items()} == {
        "owner/a": (),
        "check/a": ("owner/a",),
        "check/b": (),
    }


def test_a_city_action_needs_one_finished_copy() -> None:
    made = catalogue(
        action("pilot", ("u", 1, 2), scope="department", role="staff"), action("learn", ("t", 1, 2), requires=["pilot"])
    )
    plan = planned(ask(made, {A: 1, B: 1}, {A: 2, B: 2}))
    assert set(by_id(plan)) == {"pilot/a", "learn"}
    assert by_id(plan)["learn"].requires == ("pilot/a",)


def test_a_rejected_action_is_left_out_with_all_that_needs_it() -> None:
    made = catalogue(action("first", ("u", 1, 2)), action("then", ("t", 1, 2), requires=["first"]))
    decisions = (Decision(code="first", kind="rejected"),)
    plan = planned(ask(made, {A: 1, ("a", "u"): 1}, {A: 2, ("a", "u"): 2}, decisions=decisions))
    assert plan.actions == ()
    assert codes(plan) == {("a", "t", 2): "blocked_by_action", ("a", "u", 2): "rejected"}
    assert plan.status == "feasible"


def test_a_pinned_action_starts_on_its_date_even_between_months() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    decisions = (Decision(code="x", kind="pinned", start=day(10) + timedelta(days=2), by="the CDO"),)
    plan = planned(ask(made, {A: 1}, {A: 2}, decisions=decisions))
    assert plan.actions[0].start == day(10) + timedelta(days=2)
    assert {"decided_pinned", "pinned", "closes"} == set(why(plan, "x"))


def test_what_a_pinned_action_requires_comes_before_its_date() -> None:
    made = catalogue(action("first", ("u", 1, 2), days=40), action("then", ("t", 1, 2), requires=["first"]))
    pin = Decision(code="then", kind="pinned", start=day(13))
    request = ask(made, {A: 1}, {A: 2}, team=45, decisions=(pin,))
    assert start_weeks(planned(request)) == {"first": 0, "then": 13}
    early = replace(request, decisions=(replace(pin, start=day(2)),))
    plan = planned(early)
    assert plan.status == "infeasible"
    assert plan.conflicts[0].values["decided"] == "then"


def test_two_pins_that_need_more_than_there_is_are_named() -> None:
    made = catalogue(action("x", ("t", 1, 2), days=30), action("y", ("u", 1, 2), days=20))
    pins = tuple(Decision(code=code, kind="pinned", start=day(0)) for code in ("x", "y"))
    plan = planned(ask(made, {A: 1, ("a", "u"): 1}, {A: 2, ("a", "u"): 2}, team=40, decisions=pins))
    assert (plan.status, set(by_id(plan))) == ("infeasible", {"x"})
    (conflict,) = plan.conflicts
    assert (conflict.values["decided"], conflict.values["why"]) == ("y", "no_capacity")
    assert (conflict.values["role"], conflict.values["quarter"]) == ("team", 1)


def test_a_must_is_planned_although_it_closes_nothing() -> None:
    made = catalogue(action("x", ("t", 1, 2)), action("y", ("u", 1, 2)))
    plan = planned(ask(made, {A: 1}, {A: 2}, decisions=(Decision(code="y", kind="must", reason="A promise."),)))
    assert set(by_id(plan)) == {"x", "y"}
    assert by_id(plan)["y"].closes == ()


def test_a_must_that_needs_a_level_brings_the_level_about_first() -> None:
    made = catalogue(
        action("walk", ("t", 1, 2), scope="department", role="staff"),
        action("run", ("t", 2, 3), scope="department", role="staff"),
    )
    decisions = (Decision(code="run/a", kind="must"),)
    assert start_weeks(planned(ask(made, {A: 1}, {A: 3}, decisions=decisions))) == {"walk/a": 0, "run/a": 4}


def test_rejected_and_decided_at_once_is_a_conflict() -> None:
    decisions = (Decision(code="x", kind="must"), Decision(code="x", kind="rejected"))
    plan = planned(ask(catalogue(action("x", ("t", 1, 2))), {A: 1}, {A: 2}, decisions=decisions))
    assert (plan.status, plan.actions) == ("infeasible", ())
    assert plan.conflicts[0].values["why"] == "rejected"


def test_a_locked_action_keeps_its_date_as_a_pinned_one_does() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    plan = planned(ask(made, {A: 1}, {A: 2}, decisions=(Decision(code="x", kind="locked", start=day(9)),)))
    assert plan.actions[0].start == day(9)
    assert {"decided_locked", "pinned"} <= set(why(plan, "x"))


def test_a_window_holds_an_action_back_to_the_next_month_and_says_who_decided_it() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    window = Decision(code="x", kind="not_before", start=day(4), by="the CDO", reason="The move.")
    plan = planned(ask(made, {A: 1}, {A: 2}, decisions=(window,)))
    assert plan.actions[0].start == day(4)
    assert why(plan, "x")["not_before"] == {"start": day(4), "by": "the CDO", "reason": "The move."}
    late = planned(ask(made, {A: 1}, {A: 2}, decisions=(replace(window, start=day(4) + timedelta(days=1)),)))
    assert late.actions[0].start == day(9)


def test_what_cannot_start_in_its_window_is_left_out_and_the_day_is_named() -> None:
    made = catalogue(action("first", ("t", 1, 2)), action("then", ("u", 1, 2), requires=("first",)))
    window = Decision(code="then", kind="not_after", start=day(3))
    plan = planned(ask(made, {A: 1, U: 1}, {A: 2, U: 2}, decisions=(window,)))
    assert [each.id for each in plan.actions] == ["first"]
    assert [(n.reason.code, n.reason.values["latest"]) for n in plan.not_planned] == [("window", day(3))]


def test_the_nearer_of_two_windows_counts() -> None:
    made = catalogue(action("x", ("t", 1, 2), scope="department", role="staff"))
    wide, near = (Decision(code=code, kind="not_before", start=day(n)) for code, n in (("x", 26), ("x/a", 13)))
    places = {("a", "t"): 1, ("b", "t"): 1}
    plan = planned(ask(made, places, dict.fromkeys(places, 2), decisions=(near, wide)))
    assert {each.id: each.start for each in plan.actions} == {"x/a": day(13), "x/b": day(26)}


def test_emphasis_multiplies_importance() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    plan = planned(ask(made, {A: 1}, {A: 2}, importance={"t": 2}, emphasis={"t": 1.5}))
    assert plan.value == 2 * 1.5 * (156 - 4)


def test_a_discount_makes_later_weeks_worth_less() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    plan = planned(ask(made, {A: 1}, {A: 2}, importance={"t": 1}, discount=0.1))
    # The integral of 1.1^-(t/52) over the weeks t from 4 to 156.
    assert plan.value == pytest.approx(52 / log(1.1) * (1.1 ** (-4 / 52) - 1.1**-3))
    assert plan.value < 156 - 4


def test_without_carry_over_each_phase_has_its_own_money_only() -> None:
    made = catalogue(action("x", ("t", 1, 2), cost=price(100)), action("y", ("u", 1, 2), cost=price(100)))
    money = {"budgets": (100.0, 0.0, 0.0, 100.0)}
    carried = planned(ask(made, {A: 1, U: 1}, {A: 2, U: 2}, **money))
    assert sorted(each.phase for each in carried.actions) == [1, 4]
    money = {"budgets": (50.0, 150.0, 0.0, 0.0)}
    assert [each.phase for each in planned(ask(made, {A: 1, U: 1}, {A: 2, U: 2}, **money)).actions] == [2, 2]
    apart = planned(ask(made, {A: 1, U: 1}, {A: 2, U: 2}, **money, carry_over=False))
    assert [each.phase for each in apart.actions] == [2]
    assert [each.reason.code for each in apart.not_planned] == ["no_budget"]


def test_a_pin_outside_its_window_is_refused_with_both_days() -> None:
    made = catalogue(action("x", ("t", 1, 2)))
    both = (Decision(code="x", kind="pinned", start=day(4)), Decision(code="x", kind="not_before", start=day(9)))
    with pytest.raises(PlanningError, match=r"'x' is pinned to 2027-02-01 but decided not to start before 2027-03-08"):
        make_plan(ask(made, {A: 1}, {A: 2}, decisions=both))


def test_nothing_wanted_gives_an_empty_plan() -> None:
    plan = planned(ask(catalogue(action("x", ("t", 1, 2))), {A: 2}, {A: 2}))
    assert (plan.actions, plan.value, plan.not_planned) == ((), 0, ())


def test_a_step_that_no_action_lifts_over_is_named_and_blocks_the_next() -> None:
    made = catalogue(action("x", ("t", 1, 2)), action("z", ("t", 3, 4)))
    assert codes(planned(ask(made, {A: 1}, {A: 4}))) == {("a", "t", 3): "no_action", ("a", "t", 4): "blocked_by"}


def test_without_a_catalogue_the_plan_is_empty_and_honest() -> None:
    points = Unplannable(department="b", topic="t", from_level=None, to_level=None, reason="no_levels")
    plan = planned(ask(None, {A: 1}, {A: 2}, unplannable=(points,)))
    assert (plan.status, plan.actions, plan.value) == ("feasible", (), 0)
    assert codes(plan) == {("b", "t", None): "no_levels", ("a", "t", 2): "no_catalogue"}


def test_a_target_where_too_little_was_answered_is_said_and_not_planned() -> None:
    request = ask(catalogue(action("x", ("t", 1, 2))), {A: 1}, {("a", "u"): 3})
    assert codes(planned(request)) == {("a", "u", 3): "coverage_too_low"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"budgets": (1, -1, 0, 0)}, "budget of phase 2"),
        ({"budgets": (1, float("nan"), 0, 0)}, "budget of phase 2"),
        ({"decisions": (Decision(code="zz", kind="must"),)}, "'zz' is no action"),
        ({"decisions": (Decision(code="x/a", kind="must"),)}, "does not exist"),
        ({"decisions": (Decision(code="x", kind="pinned"),)}, "has no date"),
        ({"already": {"nn": "done"}}, "'nn' is no action"),
        ({"importance": {"t": -1}}, "importance of 't'"),
        ({"iterations": 0}, "iterations"),
        ({"departments": ("b",)}, "department 'a'"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(change: dict[str, object], message: str) -> None:
    request = ask(catalogue(action("x", ("t", 1, 2))), {A: 1}, {A: 2})
    with pytest.raises(PlanningError, match=message):
        make_plan(replace(request, **change))
