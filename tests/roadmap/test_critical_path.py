import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.roadmap.actions import Action, ActionRefused, Raci
from maturity.roadmap.critical_path import critical, longest_chain, slacks

START = date(2026, 1, 5)


def test_by_hand(chain):
    # c ends at week 12; d could end at the end of week 8 instead of week 2: 6 weeks of slack.
    assert slacks(chain) == {"a": 0, "b": 0, "c": 0, "d": 42}
    assert longest_chain(chain) == ("a", "b", "c")
    assert critical(chain) == {"a", "b", "c"}


def test_days_between_links_are_slack_but_the_chain_stays_critical(make):
    actions = [make("a", 0, 4), make("b", 6, 4, requires=("a",))]
    assert slacks(actions) == {"a": 14, "b": 0}
    assert critical(actions) == {"a", "b"}


def test_an_overlap_has_negative_slack(make):
    assert slacks([make("a", 0, 4), make("b", 2, 4, requires=("a",))])["a"] == -14


def test_nothing_and_missing_prerequisites(make):
    assert slacks([]) == {} and longest_chain([]) == () and critical([]) == frozenset()
    assert slacks([make("a", requires=("gone",))]) == {"a": 0}


def test_a_circle_is_refused(make):
    with pytest.raises(ActionRefused, match="a -> b -> a: none of these can start"):
        slacks([make("a", requires=("b",)), make("b", requires=("a",))])


@st.composite
def plans(draw, waits=True):
    """Actions that start on the day after their last prerequisite, or later where `waits` allows it."""
    made: list[Action] = []
    for place in range(draw(st.integers(1, 9))):
        needs = draw(st.sets(st.sampled_from(range(place)), max_size=3)) if place else set()
        ready = max((made[n].finish + timedelta(days=1) for n in needs), default=START)
        start = ready + timedelta(days=draw(st.integers(0, 30)) if waits else 0)
        made.append(
            Action(
                id=str(place),
                code=f"c{place}",
                title="x",
                phase=1,
                start=start,
                finish=start + timedelta(days=draw(st.integers(0, 60))),
                owner="lead",
                raci=Raci(accountable="lead"),
                requires=tuple(f"c{n}" for n in sorted(needs)),
            )
        )
    return made


@given(plans())
def test_slack_is_never_negative_and_the_last_has_none(actions):
    slack = slacks(actions)
    assert min(slack.values()) == 0
    last = longest_chain(actions)[-1]
    assert slack[last] == 0
    assert set(longest_chain(actions)) <= critical(actions)


@given(plans(waits=False))
def test_without_waiting_the_longest_chain_has_no_slack_and_starts_at_the_start(actions):
    by_code = {action.code: action for action in actions}
    chain = longest_chain(actions)
    assert {slacks(actions)[code] for code in chain} == {0}
    assert by_code[chain[0]].start == START
    for earlier, later in itertools.pairwise(chain):
        assert earlier in by_code[later].requires
