"""Random catalogues: what is said about a plan's actions holds in every plan."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from maturity.planning.board import Board, laid_out
from maturity.planning.check import check_plan
from maturity.planning.compose import compose
from maturity.planning.engine import make_plan
from maturity.planning.entering import ways_to
from maturity.planning.explain import explain, lay_out
from maturity.planning.greedy import Solution
from maturity.planning.impact import impacts
from maturity.planning.plan import Plan, Price
from maturity.planning.request import PlanRequest
from maturity.planning.slack import end_chain, slacks
from tests.planning.test_plan_properties import some_request

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PRICES = (Price(role="team", department=None, quarter=1, phase=None, worth=2.0),)


def laid(request: PlanRequest) -> tuple[Plan, Board]:
    plan = make_plan(request)
    board = lay_out(request, {each.id: each.start for each in plan.actions}, plan.value)
    assert board is not None, "a plan fits the request that it was made from"
    return plan, board


@often
@given(some_request())
def test_nothing_is_lost_below_nothing_and_mending_never_loses_more(request: PlanRequest) -> None:
    plan, board = laid(request)
    for planned in plan.actions:
        found = explain(board, planned.id)
        assert 0 <= found.loss.net <= found.loss.direct <= plan.value + 1e-6
        assert found.loss.value <= plan.value + 1e-6
        assert sum(each.value for each in found.closes) <= plan.value + 1e-6
        assert planned.id not in (*found.loss.goes, *found.loss.enters)
        assert not {*found.loss.enters} & {each.id for each in plan.actions}


@often
@given(some_request())
def test_slack_is_never_below_nothing_and_without_any_an_action_sets_the_end(request: PlanRequest) -> None:
    plan, board = laid(request)
    for planned in plan.actions:
        found = explain(board, planned.id)
        assert 0 <= found.free <= found.total
        assert found.critical or found.total > 0


@often
@given(some_request())
def test_an_action_may_slip_by_its_free_slack(request: PlanRequest) -> None:
    plan, board = laid(request)
    for job, slack in slacks(board).items():
        if board.problem.jobs[job].pinned is not None:
            continue
        starts = board.placed()
        moved = laid_out(board.problem, {**starts, job: starts[job] + slack.free})
        later = compose(Solution(board=moved, priorities=(0.0,) * len(board.start), conflicts={}))
        later = replace(later, conflicts=plan.conflicts, status=plan.status)
        assert max(each.finish for each in later.actions) == max(each.finish for each in plan.actions)
        # It leaves the months, and another way to its steps may come first now; nothing becomes impossible.
        assert {each.code for each in check_plan(request, later)} <= {"off_grid", "useless"}


@often
@given(some_request())
def test_the_chain_leads_from_one_to_the_next_up_to_the_last_day(request: PlanRequest) -> None:
    plan, board = laid(request)
    chain = end_chain(board)
    assert bool(chain) == bool(plan.actions)
    for before, each in zip((None, *chain), chain, strict=False):
        assert each.after == (before.job if before else None)
        assert (each.kind is None) == (before is None)
    if chain:
        assert board.finish(chain[-1].job) == max(board.finish(job) for job in board.placed())


@often
@given(some_request())
def test_each_way_to_a_step_says_what_is_missing_or_that_it_fits(request: PlanRequest) -> None:
    plan, board = laid(request)
    for step in plan.not_planned:
        if step.to_level is None:
            continue
        for way in ways_to(board, (step.department, step.topic), step.to_level, PRICES):
            assert way.actions
            assert way.price is None or way.price >= 0
            assert all(each.days > 0 for each in way.days) and all(each.amount > 0 for each in way.money)
            planned = {each.id for each in plan.actions}
            assert not set(way.actions[:-1]) & planned
            assert set(way.makes_room) <= planned
            if way.stuck is None and not way.weeks_over:
                assert way.value >= 0


@often
@given(some_request())
def test_each_action_is_there_once_with_what_it_brings(request: PlanRequest) -> None:
    plan, board = laid(request)
    found = impacts(board, PRICES)
    planned = [each for each in found if each.planned]
    assert {each.action for each in planned} == {each.catalogue_id for each in plan.actions}
    assert abs(sum(each.value for each in planned) - plan.value) <= 1e-6 * max(1.0, plan.value)
    assert len({(each.action, each.planned) for each in found}) == len(found)
