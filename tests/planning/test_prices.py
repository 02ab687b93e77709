"""Prices: worked out by hand where one thing is scarce, none without a bound, and kept with the stored plan."""

from __future__ import annotations

import numpy as np
import pytest

from maturity.planning.bound import Bound
from maturity.planning.documents import read_plan
from maturity.planning.engine import make_plan
from maturity.planning.guided import Guided
from maturity.planning.jobs import make_problem
from maturity.planning.plan import Plan
from maturity.planning.prices import prices_of
from maturity.planning.relaxation import relax
from maturity.planning.request import PlanRequest
from tests.planning.small import action, ask, catalogue, price

ONE_EACH = {("a", "t"): 1, ("a", "u"): 1}
TWO_EACH = {("a", "t"): 2, ("a", "u"): 2}


def scarce(**more: object) -> PlanRequest:
    """Two alike actions of 10 days, and 15 days in the first quarter alone."""
    made = catalogue(action("x", ("t", 1, 2), days=10), action("y", ("u", 1, 2), days=10))
    return ask(made, ONE_EACH, TWO_EACH, team=[15, *[0] * 11], **more)


def test_a_person_day_is_worth_its_share_of_the_action_it_would_bring_about() -> None:
    plan = make_plan(scarce(), engine=Guided())
    dearest = plan.prices[0]
    assert (dearest.role, dearest.department, dearest.quarter, dearest.phase) == ("team", None, 1, None)
    assert dearest.worth == pytest.approx(3 * 152 / 10, rel=0.05)  # 3 a week from week 4 on, for a tenth of the effort


def test_money_of_a_phase_is_worth_what_it_pays_for_then_and_later() -> None:
    made = catalogue(
        action("x", ("t", 1, 2), cost=price(10_000)), action("y", ("u", 1, 2), phase=2, cost=price(10_000))
    )
    plan = make_plan(ask(made, ONE_EACH, TWO_EACH, budgets=(15_000, 0, 0, 0)), engine=Guided())
    worth = {each.phase: each.worth for each in plan.prices}
    # 1,000 more in phase 1 or 2 is a tenth of the second action, from week 30 on.
    assert worth[1] == pytest.approx(3 * 126 / 10, rel=0.05)
    assert worth[2] == pytest.approx(worth[1], rel=0.05)
    assert worth.keys() <= {1, 2, 3, 4}


@pytest.mark.parametrize(("carry_over", "worth"), [(True, (6.0, 5.0, 3.0)), (False, (1.0, 2.0, 3.0))])
def test_money_carried_over_is_priced_in_all_rows_it_counts_in(carry_over: bool, worth: tuple[float, ...]) -> None:
    request = scarce(budgets=(1, 1, 1, 1), carry_over=carry_over)
    assert request.catalogue is not None
    problem = make_problem(request, request.catalogue)
    model = relax(problem)
    rows = np.zeros(len(model.limits))
    rows[list(model.budget)] = np.array([1, 2, 3, 0]) / 100_000
    rows[model.capacity[0]] = 0.0000001
    found = prices_of(problem, model, Bound(value=1.0, relaxed=np.zeros(len(model.worth)), prices=rows))
    assert [(each.phase, each.worth) for each in sorted(found, key=lambda each: each.phase or 0)] == [
        (1, worth[0]), (2, worth[1]), (3, worth[2])
    ]  # fmt: skip


def test_the_dearest_come_first_with_two_digits_and_none_without_a_bound() -> None:
    plan = make_plan(scarce(), engine=Guided())
    assert [each.worth for each in plan.prices] == sorted((each.worth for each in plan.prices), reverse=True)
    assert all(each.worth == float(f"{each.worth:.2g}") > 0 for each in plan.prices)
    assert make_plan(scarce()).prices == ()


def test_a_plan_knows_what_made_it_and_an_older_one_says_nothing() -> None:
    plan = make_plan(scarce(), engine=Guided())
    assert plan.engine.startswith("OR-Tools 9.") and make_plan(scarce()).engine == "greedy"
    document = plan.as_document()
    assert read_plan(document) == plan
    older = read_plan({key: each for key, each in document.items() if key not in ("engine", "prices")})
    assert isinstance(older, Plan) and (older.engine, older.prices) == ("", ())
