"""What done actions say about estimates, by hand and for any durations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from maturity.planning.learning import FEWEST_KIN, MOST, Learned, Spent, Took, learned

from .small import action, catalogue

MADE = catalogue(
    action("X", ("t", 1, 2), weeks=6),
    action("K", ("t", 1, 2), weeks=10),
    action("S", ("t", 1, 2), weeks=6, scope="department", role="staff"),
)


def took(code: str, *weeks: float) -> list[Took]:
    return [Took(code=code, days=round(7 * each)) for each in weeks]


def test_by_hand() -> None:
    """Two took 9 weeks where 6 were estimated: 1.5 ^ (2 / (2 + 3)) = 1.176, so 7 weeks."""
    found = learned(MADE, took("X", 9, 9))
    assert found["X"].ratio == pytest.approx(1.5**0.4)
    assert (found["X"].same, found["X"].took_weeks, found["X"].estimated_weeks, found["X"].weeks) == (2, 9, 6, 7)
    assert found["X"].worth_saying
    assert found["K"].ratio == pytest.approx(1.5 ** (0.5 / 3.5)), "two of its kin at a quarter each"
    assert (found["K"].same, found["K"].kin, found["K"].took_weeks, found["K"].weeks) == (0, 2, 0, 11)
    assert not found["K"].worth_saying, "nothing of its own kind, and few of its kin"
    assert "S" not in found, "another scope"


def test_both_together_by_hand() -> None:
    """Own 3 of 6 weeks (0.5), kin 20 of 10 (2): 2 ^ ((-1 + 0.25) / (1 + 0.25 + 3))."""
    found = learned(MADE, [*took("X", 3), *took("K", 20)])["X"]
    assert found.ratio == pytest.approx(2 ** (-0.75 / 4.25))
    assert (found.same, found.kin, found.weeks) == (1, 1, 5)


def test_kin_alone_speak_when_they_are_many() -> None:
    found = learned(MADE, took("K", *[20.0] * FEWEST_KIN))["X"]
    assert (found.same, found.weeks, found.worth_saying) == (0, round(6 * 2 ** (1 / 4)), True)
    little = Learned(same=0, kin=FEWEST_KIN, took_weeks=0, estimated_weeks=36, ratio=0.98)
    assert little.weeks == 35 and not little.worth_saying, "1 week of 36 is nothing to change an estimate for"


def test_mistyped_days_move_little() -> None:
    assert learned(MADE, took("X", 600))["X"].ratio == pytest.approx(MOST**0.25)
    assert learned(MADE, [Took(code="X", days=1)])["X"].ratio == pytest.approx(MOST**-0.25)
    assert learned(MADE, [Took(code="X", days=0), Took(code="gone", days=9)]) == {}


def test_nothing_is_learned_of_nothing() -> None:
    assert learned(MADE, []) == {}


DAYS = some.lists(some.integers(1, 1000), min_size=1, max_size=12)


@given(DAYS)
def test_the_ratio_lies_between_one_and_what_was_seen(days: list[int]) -> None:
    seen = [min(max(each / 42, 1 / MOST), MOST) for each in days]
    found = learned(MADE, [Took(code="X", days=each) for each in days])["X"].ratio
    assert min(1.0, *seen) - 1e-9 <= found <= max(1.0, *seen) + 1e-9


@given(some.integers(1, 400), some.integers(1, 9))
def test_more_of_the_same_comes_nearer_to_it(days: int, count: int) -> None:
    def away(number: int) -> float:
        found = learned(MADE, [Took(code="X", days=days)] * number)["X"].ratio
        return abs(min(max(days / 42, 1 / MOST), MOST) - found)

    assert away(count + 1) <= away(count) + 1e-12


@given(DAYS, DAYS)
def test_the_order_does_not_matter_and_the_weeks_can_be_planned(mine: list[int], kin: list[int]) -> None:
    told = [*(Took(code="X", days=d) for d in mine), *(Took(code="K", days=d) for d in kin)]
    one, other = learned(MADE, told)["X"], learned(MADE, told[::-1])["X"]
    assert one.ratio == pytest.approx(other.ratio)
    assert 1 <= one.weeks <= 156


def test_weeks_stay_within_a_plan() -> None:
    assert Learned(same=9, kin=0, took_weeks=1, estimated_weeks=150, ratio=2).weeks == 156
    assert Learned(same=9, kin=0, took_weeks=1, estimated_weeks=1, ratio=0.3).weeks == 1


def used(code: str, *person_days: float | None) -> list[Took]:
    return [Took(code=code, days=42, person_days=each) for each in person_days]


def test_effort_by_hand() -> None:
    """Two used half as much again as was estimated: 1.5 ^ (2 / (2 + 3)) = 1.176 of the estimate."""
    likely = sum(MADE.by_id["X"].likely_effort.values())
    found = learned(MADE, used("X", 1.5 * likely, 1.5 * likely, None))["X"]
    assert (found.same, found.ratio) == (3, pytest.approx(1.0)), "all three took their six weeks"
    assert found.effort is not None
    assert (found.effort.same, found.effort.kin, found.effort.estimated) == (2, 0, likely)
    assert found.effort.took == pytest.approx(1.5 * likely)
    assert found.effort.ratio == pytest.approx(1.5**0.4)
    assert found.effort.person_days == max(round(likely * 1.5**0.4), 1)
    kin = learned(MADE, used("X", 1.5 * likely, 1.5 * likely))["K"].effort
    assert kin is not None and kin.ratio == pytest.approx(1.5 ** (0.5 / 3.5)), "two of its kin at a quarter each"
    assert not kin.worth_saying


def test_nothing_is_learned_of_effort_that_nobody_reported() -> None:
    assert learned(MADE, used("X", None, 0.0))["X"].effort is None
    assert Spent(same=1, kin=0, took=9.0, estimated=3.0, ratio=0.1).person_days == 1.0
    many = Spent(same=0, kin=FEWEST_KIN, took=0, estimated=40.0, ratio=1.2)
    assert many.worth_saying and many.person_days == 48.0
    assert not Spent(same=0, kin=FEWEST_KIN - 1, took=0, estimated=40.0, ratio=1.2).worth_saying
