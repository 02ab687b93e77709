"""What settling a question is worth: worked by hand, and in the order of its worth whatever is answered."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.planning.request import PlanRequest
from maturity.planning.settling import Doubt, Move, PlanChange, Previews, Worth, spread, worth_settling
from maturity.planning.targets import Target

from .small import STARTS, action, ask, catalogue, day

CHANGED = PlanChange(entering=("A",))
counts = st.lists(st.integers(0, 9), min_size=5, max_size=5).map(tuple)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((0, 6, 0, 0, 0), 0.0),  # all choose one level: A = 1
        ((2, 2, 2, 2, 2), 0.5),  # all levels equally often: A = 0
        ((5, 0, 0, 0, 5), 1.0),  # half choose each end: A = -1
        ((0, 3, 3, 0, 0), 0.125),  # two neighbours: A = 1 x (1 - 1/4) = 0.75
        ((0, 0), 0.0),
        ((3, 1), 0.5),  # a scale of two levels has no A: twice the smaller share
        ((4,), 0.0),
    ],
)
def test_spread_by_hand(given: tuple[int, ...], expected: float):
    assert spread(given) == pytest.approx(expected)


def test_worth_by_hand():
    doubts = [
        Doubt(department="a", question="even", importance=3, counts=(2, 2, 2, 2, 2)),
        Doubt(department="a", question="ends", importance=5, counts=(5, 0, 0, 0, 5)),
        Doubt(department="a", question="few", importance=5),
        Doubt(department="a", question="near", importance=4, counts=(0, 3, 3, 0, 0)),
    ]
    asked = []

    def changes(department: str, question: str, lowest: int, highest: int) -> PlanChange:
        asked.append((question, lowest, highest))
        return PlanChange() if question == "ends" else CHANGED

    found = worth_settling(doubts, changes)
    assert [(e.doubt.question, e.worth, e.lowest, e.highest) for e in found] == [
        ("even", 1.5, 1, 5),  # 0.5 x 3
        ("near", 0.5, 2, 3),  # 0.125 x 4
        ("ends", 0.0, 1, 5),  # 1 x 5, but the plan stays
        ("few", 0.0, None, None),
    ]
    assert asked == [("ends", 1, 5), ("even", 1, 5), ("near", 2, 3)]
    assert [(e.doubt.question, e.worth) for e in worth_settling(doubts)] == [
        ("ends", 5.0), ("even", 1.5), ("near", 0.5), ("few", 0.0)
    ]  # fmt: skip


def test_plans_are_compared_only_until_the_agenda_is_full():
    doubts = [Doubt(department="a", question=f"q{n}", importance=n, counts=(1, 1, 1, 1, 1)) for n in (1, 2, 3, 4, 5)]
    asked = []

    def changes(department: str, question: str, lowest: int, highest: int) -> PlanChange:
        asked.append(question)
        return CHANGED

    assert [e.doubt.question for e in worth_settling(doubts, changes, 2)] == ["q5", "q4"]
    assert asked == ["q5", "q4"]


@st.composite
def some_doubts(draw: st.DrawFn) -> list[Doubt]:
    number = draw(st.integers(0, 12))
    return [
        Doubt(
            department=draw(st.sampled_from("ab")),
            question=f"q{n}",
            importance=draw(st.integers(1, 5)),
            counts=draw(st.none() | counts),
        )
        for n in range(number)
    ]


def tier(each: Worth) -> int:
    return 2 if each.spread is None else 0 if each.change or each.change is None else 1


@given(some_doubts(), st.sets(st.integers(0, 11)), st.booleans())
def test_the_order_is_by_worth(doubts: list[Doubt], changing: set[int], with_plan: bool):
    def changes(department: str, question: str, lowest: int, highest: int) -> PlanChange:
        return CHANGED if int(question[1:]) in changing and lowest < highest else PlanChange()

    found = worth_settling(doubts, changes if with_plan else None)
    assert sorted(e.doubt.question for e in found) == sorted(e.question for e in doubts)
    assert [tier(e) for e in found] == sorted(tier(e) for e in found)
    assert [e.worth for e in found if not tier(e)] == sorted((e.worth for e in found if not tier(e)), reverse=True)
    for which in (0, 1):
        products = [round((e.spread or 0) * e.doubt.importance, 9) for e in found if tier(e) == which]
        assert products == sorted(products, reverse=True)
    for most in range(len(found) + 1):
        short = worth_settling(doubts, changes if with_plan else None, most)
        assert [e.doubt for e in short] == [e.doubt for e in found[:most]]


A, B, C = ("a", "t"), ("b", "t"), ("a", "u")


class Levels:
    """The topic `t` of department `a` stands where its one question does, and wants the next level."""

    def __init__(self) -> None:
        self.base = ask(
            catalogue(
                action("LOW", ("t", 1, 2), weeks=4),
                action("HIGH", ("t", 3, 4), weeks=4, requires=["LOW"]),
                action("OTHER", ("u", 1, 2), weeks=13, days=40),
            ),
            {A: 1, C: 1},
            {A: 2, C: 2},
            team=100,
        )
        self.asked = 0

    def at(self, department: str, question: str, level: int) -> PlanRequest:
        self.asked += 1
        wanted = (
            Target(department="a", topic="t", level=level + 1, due=day(52)),
            Target(department="a", topic="u", level=2, due=day(52)),
        )
        return replace(self.base, reached={A: level, C: 1}, targets=wanted)


def test_a_preview_says_what_enters_leaves_and_moves():
    levels = Levels()
    previews = Previews(levels.at)
    # At 1, LOW (10 days) lifts t to 2. At 3, HIGH lifts it to 4, and needs LOW before. At 2 no action lifts it.
    assert previews("a", "q", 1, 3) == PlanChange(entering=("HIGH",))
    assert previews("a", "q", 1, 2) == PlanChange(leaving=("LOW",))
    assert previews("a", "q", 2, 3) == PlanChange(entering=("LOW", "HIGH"))
    assert (levels.asked, previews.made) == (6, 3), "a plan is made once for each place where the department may stand"


def test_the_same_level_needs_no_plan():
    levels = Levels()
    previews = Previews(levels.at)
    assert not previews("a", "q", 3, 3)
    same = Previews(lambda department, question, level: levels.base)
    assert not same("a", "q", 1, 5)
    assert (levels.asked, previews.made, same.made) == (0, 0, 0)


def test_a_start_that_changes_is_a_move():
    """The team has 20 days a quarter, and X and Y take 20 each. X lifts t, which matters 2, Y lifts u, which matters 3.
    While a and b both lack level 2 of t, X brings more (2 + 2) and goes first; once a has it, Y does."""
    made = catalogue(action("X", ("t", 1, 2), days=20), action("Y", ("u", 1, 2), days=20))
    wanted = {A: 2, B: 2, C: 2}

    def at(department: str, question: str, level: int) -> PlanRequest:
        return ask(made, {A: level, B: 1, C: 1}, wanted, team=20, importance={"t": 2, "u": 3})

    change = Previews(at)("a", "q", 1, 2)
    assert change.entering == change.leaving == ()
    assert change.moved == (
        Move(code="Y", at_lowest=day(13), at_highest=STARTS),
        Move(code="X", at_lowest=STARTS, at_highest=day(13)),
    )
