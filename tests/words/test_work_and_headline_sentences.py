"""What a page says while a plan is made, and first of a plan that is there."""

from __future__ import annotations

import pytest

from maturity.words.headline_sentences import how_good, over_capacity, size_and_money, stays_out
from maturity.words.work_sentences import made_without, plan_so_far, waits_for, went_down


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (0, ""),
        (1, "Another request is being worked on; yours is next."),
        (3, "3 other requests come before yours."),
    ],
)
def test_how_long_one_waits(before: int, said: str) -> None:
    assert waits_for(before) == said


@pytest.mark.parametrize(
    ("better", "said"),
    [
        (0.0, "A first plan: **1 action** in 2 phases, EUR 5."),
        (0.009, "A first plan: **1 action** in 2 phases, EUR 5."),
        (0.07, "A plan that closes 7% more than the first: **1 action** in 2 phases, EUR 5."),
        (0.0799, "A plan that closes 7% more than the first: **1 action** in 2 phases, EUR 5."),
    ],
)
def test_a_better_plan_is_never_said_to_be_better_than_it_is(better: float, said: str) -> None:
    assert plan_so_far(1, 2, "EUR 5", better) == said


@pytest.mark.parametrize("say", [made_without, went_down])
def test_a_failure_says_what_became_of_the_solver_and_what_to_do(say) -> None:
    said = say("the solver's process went down")
    assert "(the solver's process went down)" in said and "Make it again" in said and "log" in said


@pytest.mark.parametrize(
    ("available", "over", "carry_over", "said"),
    [
        (None, None, True, ", without a budget."),
        ("EUR 9", None, True, ", within a budget of EUR 9."),
        ("EUR 9", 2, True, ", with a budget of EUR 9: **too much up to the end of phase 2**."),
        ("EUR 9", 2, False, ", with a budget of EUR 9: **too much in phase 2**."),
    ],
)
def test_size_and_money(available: str | None, over: int | None, carry_over: bool, said: str) -> None:
    expected = "**1 action** in 1 phase, not priced" + said
    assert size_and_money(1, 1, "not priced", available, over, carry_over=carry_over) == expected


def test_what_began_before_the_plan_is_said_beside_the_budget() -> None:
    said = size_and_money(2, 1, "EUR 7", "EUR 9", before="EUR 3")
    assert said.endswith(
        "within a budget of EUR 9. EUR 3 of actions that began before the plan's first day are in no phase: they were "
        "paid before it."
    )


def test_the_bound_is_one_line_with_what_it_rests_on() -> None:
    assert how_good(100.0, 102.1) == (
        "No plan under these limits could close more than 3% more. All of it rests on estimates of effort and cost."
    )


def test_what_stays_out_and_who_has_too_much() -> None:
    assert [stays_out(n) for n in (0, 1, 2)] == [
        "Every wanted step is in the plan", "1 wanted step stays out", "2 wanted steps stay out",
    ]  # fmt: skip
    assert [over_capacity(n) for n in (0, 1, 2)] == [
        "Nobody is planned beyond their person-days",
        "More planned than people can give, once",
        "More planned than people can give, 2 times",
    ]
