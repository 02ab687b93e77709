"""What a plan may spend, worked out by hand, and what holds whatever is entered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.planning.request import QUARTERS, Capacity
from maturity.planning.spending import (
    Amounts,
    CapacityChange,
    Commitment,
    Line,
    MissingSkill,
    Source,
    Terms,
    body_of,
    compiled,
    kind_of,
    money_entered,
    read_line,
    there_on,
    waiting_for,
)

USUAL: Amounts = (100.0, 200.0, 300.0, 400.0)
TEAM = Capacity(role="team", days=(40.0,) * QUARTERS)
PARKS = Capacity(role="staff", department="parks", days=(10.0,) * QUARTERS)
ROADS = Capacity(role="staff", department="roads", days=(20.0,) * QUARTERS)
OWN = Source(name="City budget", kind="own", amounts=(10.1, 20.2, 0.0, 5.0))
GRANT = Source(name="A grant", kind="grant", amounts=(0.2, 0.0, 7.0, 0.0), note="ends in phase 3")
HIRE = CapacityChange(role="team", first=3, last=12, days=55.0, reason="a new hire")
HOLIDAYS = CapacityChange(role="staff", first=2, last=2, days=-15.0, reason="holidays")
LENT = Commitment(partner="The region", role="team", days=(5.0, 5.0) + (0.0,) * 10)
GIFT = Commitment(partner="The harbour", amounts=(1.0, 0.0, 0.0, 0.5))


def test_without_anything_entered_all_stays_as_usual():
    assert compiled(USUAL, (TEAM, PARKS), (), Terms()) == ((TEAM, PARKS), USUAL)


def test_sources_take_the_place_of_the_usual_budget_and_partners_add_to_either():
    assert money_entered(USUAL, (OWN, GRANT)) == (10.3, 20.2, 7.0, 5.0)
    assert money_entered(USUAL, (OWN, GRANT, GIFT)) == (11.3, 20.2, 7.0, 5.5)
    assert money_entered(USUAL, (GIFT,)) == (101.0, 200.0, 300.0, 400.5)
    assert money_entered(USUAL, (LENT, HIRE)) == USUAL


def test_a_tenth_kept_back_leaves_nine_tenths_down_to_cents_and_hundredths():
    capacities, budgets = compiled(USUAL, (TEAM,), (OWN,), Terms(money_contingency=0.1, days_contingency=0.15))
    assert budgets == (9.09, 18.18, 0.0, 4.5)
    assert capacities[0].days == (34.0,) * QUARTERS
    (third,), _ = compiled(USUAL, (replace(TEAM, days=(1.0,) * 12),), (), Terms(days_contingency=1 / 3))
    assert third.days[0] == 0.66


def test_a_hire_holidays_and_lent_days_by_quarter():
    (team, parks, roads), _ = compiled(USUAL, (TEAM, PARKS, ROADS), (HIRE, HOLIDAYS, LENT), Terms())
    assert team.days == (45.0, 45.0) + (95.0,) * 10
    assert parks.days == (10.0, 0.0) + (10.0,) * 10  # 10 less 15 is nothing, never below
    assert roads.days == (20.0, 5.0) + (20.0,) * 10


def test_a_change_in_one_department_leaves_the_others():
    (parks, roads), _ = compiled(USUAL, (PARKS, ROADS), (replace(HOLIDAYS, department="parks"),), Terms())
    assert (parks.days[1], roads.days[1]) == (0.0, 20.0)


def test_days_are_added_up_before_they_are_held_at_0():
    more = CapacityChange(role="staff", first=2, last=2, days=12.0, reason="help")
    (parks,), _ = compiled(USUAL, (PARKS,), (HOLIDAYS, more), Terms())
    assert parks.days[1] == 7.0


@pytest.mark.parametrize(
    "line", [OWN, GRANT, HIRE, LENT, GIFT, MissingSkill(skill="Linking", role="team", way="train", there_from=3)]
)
def test_a_line_is_written_and_read_again(line):
    assert read_line(kind_of(line), json.loads(json.dumps(body_of(line)))) == line


@dataclass(frozen=True)
class AnAction:
    owner: str
    start: date
    department: str | None = None
    effort: dict[str, float] = field(default_factory=dict)


def test_actions_that_need_a_skill_before_it_is_there():
    starts = date(2027, 1, 4)
    skill = MissingSkill(skill="Linking", role="team", way="hire", there_from=2)
    assert there_on(skill, starts) == date(2027, 4, 5)
    led, helped = AnAction("team", starts), AnAction("cdo", starts, effort={"team": 2.0})
    later, other = AnAction("team", date(2027, 4, 5)), AnAction("cdo", starts)
    assert waiting_for(skill, (led, helped, later, other), starts) == (led, helped)
    assert waiting_for(replace(skill, there_from=1), (led, helped), starts) == ()


def test_a_skill_missing_in_one_department_concerns_its_copies_and_what_is_city_wide():
    starts = date(2027, 1, 4)
    skill = MissingSkill(skill="Linking", role="staff", department="parks", way="buy", there_from=4)
    here, there, whole = (AnAction("staff", starts, place) for place in ("parks", "roads", None))
    assert waiting_for(skill, (here, there, whole), starts) == (here, whole)


money = st.floats(0, 1e9).map(lambda each: round(each, 2))
amounts = st.tuples(money, money, money, money)
by_quarter = st.lists(st.floats(0, 1e4), min_size=12, max_size=12).map(tuple)
lines = st.lists(
    st.one_of(
        st.builds(Source, name=st.just("s"), kind=st.just("own"), amounts=amounts),
        st.builds(Commitment, partner=st.just("p"), amounts=amounts, role=st.just("team"), days=by_quarter),
        st.builds(
            CapacityChange, role=st.sampled_from(["team", "staff"]), department=st.sampled_from([None, "parks"]),
            first=st.integers(1, 6), last=st.integers(6, 12), days=st.floats(-1e4, 1e4), reason=st.just("r"),
        ),
    ),
    max_size=6,
)  # fmt: skip
terms = st.builds(Terms, money_contingency=st.floats(0, 1), days_contingency=st.floats(0, 1))


@settings(deadline=None)
@given(amounts, lines, terms, st.randoms(use_true_random=False))
def test_never_negative_never_more_than_entered_and_the_order_never_matters(usual, entered: list[Line], said, chance):
    capacities, budgets = compiled(usual, (TEAM, PARKS), entered, said)
    mixed = list(entered)
    chance.shuffle(mixed)
    assert compiled(usual, (TEAM, PARKS), mixed, said) == (capacities, budgets)
    most, _ = compiled(usual, (TEAM, PARKS), entered, Terms())
    assert all(0 <= spent <= whole for spent, whole in zip(budgets, money_entered(usual, entered), strict=True))
    for kept, whole, before in zip(capacities, most, (TEAM, PARKS), strict=True):
        added = sum(each.days for each in entered if isinstance(each, CapacityChange) and each.days > 0)
        given_ = [sum(each.days[q] for each in entered if isinstance(each, Commitment)) for q in range(QUARTERS)]
        for quarter in range(QUARTERS):
            assert 0 <= kept.days[quarter] <= whole.days[quarter]
            assert whole.days[quarter] <= before.days[quarter] + added + given_[quarter] + 1e-6
