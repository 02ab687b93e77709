"""Decisions that cannot all be kept: named with the numbers, and the smallest set to give up, worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings

from maturity.operations.worker import KINDS
from maturity.planning.conflicts import Conflicts, conflicts_document, conflicts_of, read_conflicts
from maturity.planning.documents import request_document
from maturity.planning.engine import make_plan
from maturity.planning.plan import Reason
from maturity.planning.request import PHASE_STARTS_WEEK, Decision, PlanRequest
from maturity.words.decision_sentences import conflict_sentence, to_give_up
from tests.planning.small import action, ask, catalogue, day, price
from tests.planning.test_plan_properties import some_request

A = ("a", "t")
NAMES = {"a": "Parks", "t": "Data sharing", "team": "The team", **{c: f"Do {c}" for c in "wxyz"}}


def pin(code: str, weeks: int, kind: Any = "pinned") -> Decision:
    return Decision(code=code, kind=kind, start=day(weeks))


def must(code: str) -> Decision:
    return Decision(code=code, kind="must")


def reject(code: str) -> Decision:
    return Decision(code=code, kind="rejected")


def asked(decisions: Sequence[Decision], *actions: dict[str, Any], **more: Any) -> PlanRequest:
    made = catalogue(*(actions or (action(c, ("t", 1, 2), weeks=13, days=40) for c in "wxyz")))
    return ask(made, {A: 1}, {A: 2}, decisions=tuple(decisions), **more)


def said(found: Conflicts) -> list[str]:
    return [conflict_sentence(each, NAMES) for each in found.found]


CHAIN = (action("x", ("t", 1, 2), requires=["y"], weeks=13), action("y", ("t", 1, 2), weeks=13))
QUARTERLY = [action(c, ("t", 1, 2), weeks=13, days=40) for c in "wxyz"]
CASES: list[tuple[str, PlanRequest, str, tuple[str, ...]]] = [
    ("locked ones need too many days of a quarter",
     asked([pin("w", 13), pin("x", 13), pin("y", 13, "locked"), pin("z", 26)], team=100),
     "What is locked, pinned or wanted, and what it requires, needs 120 of 100 person-days of The team in quarter 2 "
     "(20 too many): “Do w”, “Do x” and “Do y”.", ("y",)),
    ("wanted ones need too many days of the whole plan", asked([must(c) for c in "wxyz"], team=[40, 40, 40] + [0] * 9),
     "What is locked, pinned or wanted, and what it requires, needs 160 of 120 person-days of The team in quarters 1 "
     "to 12 (40 too many): “Do w”, “Do x”, “Do y” and “Do z”.", ("z",)),
    ("what a pin requires has to be done before it",
     asked([pin("x", 26)], *CHAIN, team=[2, 3] + [40] * 10),
     "What is locked, pinned or wanted, and what it requires, needs 10 of 5 person-days of The team in quarters 1 to 2 "
     "(5 too many): “Do y”.", ("x",)),
    ("too much money, saved up from the beginning",
     asked([pin("x", 0), pin("y", 30), pin("z", 60)], *(action(c, ("t", 1, 2), cost=price(60)) for c in "xyz"),
           budgets=(70, 30, 100, 100)),
     "What is locked, pinned or wanted, and what it requires, costs 120 of 100 EUR in phases 1 to 2 (20 too much): "
     "“Do x” and “Do y”.", ("y",)),
    ("too much money of one phase",
     asked([pin("x", 0), pin("y", 30), pin("z", 31)], *(action(c, ("t", 1, 2), cost=price(60)) for c in "xyz"),
           budgets=(1_000, 100, 100, 100), carry_over=False),
     "What is locked, pinned or wanted, and what it requires, costs 120 of 100 EUR in phase 2 (20 too much): "
     "“Do y” and “Do z”.", ("z",)),
    ("a rejected prerequisite of a pin", asked([pin("x", 26), reject("y")], *CHAIN),
     "“Do x” is pinned to 5 July 2027, but it requires “Do y”, which is rejected.", ("x",)),
    ("wanted and rejected", asked([must("x"), reject("x")]), "“Do x” is wanted, and rejected as well.", ("x",)),
    ("too early for what it requires", asked([pin("x", 4, "locked")], *CHAIN),
     "“Do x” is locked to 1 February 2027, but cannot start before 5 April 2027, after “Do y”.", ("x",)),
    ("pinned outside the plan", asked([pin("x", 150)]),
     "“Do x” is pinned to 19 November 2029, but to end within the plan it has to start from 4 January 2027 to "
     "1 October 2029.", ("x",)),
    ("pinned outside its window", asked([pin("x", 10), pin("x", 20, "not_before")]),
     "“Do x” is pinned to 15 March 2027, but also decided not to start before 24 May 2027.", ("x",)),
    ("pinned after its window", asked([pin("x", 10), pin("x", 5, "not_after")]),
     "“Do x” is pinned to 15 March 2027, but also decided not to start after 8 February 2027.", ("x",)),
    ("a window that is closed", asked([must("x"), pin("x", 20, "not_before"), pin("x", 10, "not_after")]),
     "“Do x” is wanted, but no day is left for it: it may start from 24 May 2027 on, and until 15 March 2027.", ("x",)),
    ("wanted sooner than it can be", asked([must("x"), pin("x", 4, "not_after")], *CHAIN),
     "“Do x” is wanted and would have to start by 1 February 2027, but cannot start before 5 April 2027, after “Do y”.",
     ("x",)),
    ("a level that nothing gives", ask(catalogue(action("x", ("t", 3, 4))), {A: 1}, {A: 4}, decisions=(must("x"),)),
     "“Do x” is wanted, but no chain of actions reaches the level that it starts from.", ("x",)),
]  # fmt: skip


@pytest.mark.parametrize(("request_", "sentence", "given_up"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_every_conflict_is_named_and_one_decision_is_enough(
    request_: PlanRequest, sentence: str, given_up: tuple[str, ...]
) -> None:
    found = conflicts_of(request_)
    assert said(found) == [sentence]
    assert (tuple(each.code for each in found.give_up), found.smallest) == (given_up, True)
    kept = tuple(each for each in request_.decisions if each not in found.give_up)
    assert conflicts_of(replace(request_, decisions=kept)) == Conflicts()


def test_what_cannot_be_kept_by_itself_is_not_counted_among_the_others() -> None:
    """x would need y before week 4, in which there are no days; but x is too early whatever there is."""
    found = conflicts_of(asked([pin("x", 4), pin("y", 30)], *CHAIN, team=[0, *[100] * 11]))
    assert said(found) == [
        "“Do x” is pinned to 1 February 2027, but cannot start before 1 November 2027, after “Do y”."
    ]


def test_conflicts_go_to_another_process_and_back() -> None:
    found = conflicts_of(asked([pin("x", 4, "locked"), pin("z", 0, "not_after")], *CHAIN))
    back = read_conflicts(json.loads(json.dumps(conflicts_document(found))))
    assert (said(back), back.give_up, back.smallest) == (said(found), found.give_up, found.smallest)
    assert json.loads(json.dumps(KINDS["conflicts"]({"request": request_document(asked([]))}, print))) == {
        "found": [], "give_up": [], "smallest": True,
    }  # fmt: skip


def test_no_decisions_and_decisions_that_can_be_kept_are_no_conflict() -> None:
    assert conflicts_of(asked([])) == Conflicts()
    assert conflicts_of(asked([pin("x", 0), must("y"), reject("z")], team=200)) == Conflicts()


def test_two_are_given_up_where_one_is_not_enough() -> None:
    """Four times 40 days of 90: two fit."""
    found = conflicts_of(asked([pin(c, 13) for c in "wxyz"], team=90))
    assert (len(found.give_up), found.smallest) == (2, True)


def test_the_decision_that_all_others_fail_by_is_given_up_and_not_these() -> None:
    actions = [action("y", ("t", 1, 2)), *(action(c, ("t", 1, 2), requires=["y"]) for c in "wxz")]
    found = conflicts_of(asked([*(pin(c, 26) for c in "wxz"), reject("y")], *actions))
    assert [(each.kind, each.code) for each in found.give_up] == [("rejected", "y")]
    assert found.smallest
    assert len(found.found) == 3


def test_beyond_the_cap_a_set_is_given_and_not_called_the_smallest() -> None:
    decisions = [pin(c, 13) for c in "wxyz"]
    found = conflicts_of(asked(decisions, team=90), most_tries=1)
    assert (len(found.give_up), found.smallest) == (2, False)
    assert "A smaller set may do as well." in to_give_up(2, smallest=False)
    assert to_give_up(2, smallest=True) == (
        "Take back these 2 decisions, and all the others can be kept. Fewer would not do."
    )
    assert to_give_up(1, smallest=True) == "Take back this decision, and all the others can be kept."


def test_decisions_on_what_is_not_there_are_left_to_the_advice() -> None:
    assert conflicts_of(asked([must("q"), pin("x", 0)])) == Conflicts()


def test_copies_of_an_action_are_named_together() -> None:
    values = {
        "role": "staff", "department": "a", "first": 1, "last": 1, "needed": 12.5, "offered": 10.0,
        "codes": ["x/a", "x/b", "y/a", "z", "w", "v"],
    }  # fmt: skip
    assert conflict_sentence(Reason(code="too_many_days", values=values), {**NAMES, "staff": "Staff"}) == (
        "What is locked, pinned or wanted, and what it requires, needs 12.5 of 10 person-days of Staff in Parks in "
        "quarter 1 (2.5 too many): “Do x” in 2 departments, “Do y” in Parks, “Do z” and 2 other actions."
    )


@given(some_request())
@settings(max_examples=60, deadline=None)
def test_what_is_left_can_be_kept_and_conflicts_are_those_of_the_plan(request: PlanRequest) -> None:
    """Where the greedy plan has conflicts these are found too, and without the proposed set it has none."""
    found = conflicts_of(request)
    plan = make_plan(request)
    if found.found:
        assert found.give_up
        assert all(conflict_sentence(each, NAMES) for each in found.found)
        kept = tuple(each for each in request.decisions if each not in found.give_up)
        assert not conflicts_of(replace(request, decisions=kept)).found
        if found.smallest:
            for fewer in combinations(request.decisions, len(found.give_up) - 1):
                assert conflicts_of(
                    replace(request, decisions=tuple(each for each in request.decisions if each not in fewer))
                ).found
    elif not plan.conflicts:
        assert found == Conflicts()


def test_phases_of_the_cases_are_as_counted() -> None:
    assert PHASE_STARTS_WEEK == (0, 26, 52, 104)
