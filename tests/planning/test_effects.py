"""What a plan leads to: levels by quarter, targets against their expected day."""

from __future__ import annotations

from datetime import timedelta

from maturity.planning.effects import outlooks, probably_done, projection
from maturity.planning.engine import make_plan
from maturity.planning.targets import Target
from tests.planning.small import action, ask, catalogue, day

MADE = catalogue(
    action("walk", ("t", 1, 2), weeks=14), action("run", ("t", 2, 3), weeks=13), action("now", ("u", 1, 2), weeks=8)
)
REACHED = {("a", "t"): 1, ("b", "t"): 2, ("a", "u"): 1}


def test_levels_rise_at_the_end_of_the_quarter_in_which_they_are_reached() -> None:
    request = ask(MADE, REACHED, {("a", "t"): 3, ("b", "t"): 3, ("a", "u"): 2}, already={"now": "running"})
    levels = projection(make_plan(request), request)
    # run starts at once for b and ends with quarter 1; walk ends in week 14, and with it a is at level 3
    assert levels[("b", "t")] == (3,) * 12
    assert levels[("a", "t")] == (1,) + (3,) * 11
    assert levels[("a", "u")] == (2,) * 12


def test_targets_are_held_against_the_day_they_are_expected() -> None:
    request = ask(
        MADE,
        REACHED,
        {},
        targets=(
            Target(department="a", topic="t", level=2, due=day(13)),
            Target(department="a", topic="t", level=4, due=day(150)),
            Target(department="b", topic="t", level=2, due=day(13)),
        ),
    )
    found = outlooks(make_plan(request), request)
    assert [(each.target.level, each.expected, each.days_late) for each in found] == [(2, day(14), 7), (4, None, 0)]
    assert day(14) - day(13) == timedelta(days=7)


def test_what_every_department_has_passed_is_worth_asking_about() -> None:
    reached = {("a", "t"): 2, ("b", "t"): 3, ("a", "u"): 1, ("b", "u"): 2}
    assert probably_done(MADE, reached, ("a", "b"), {}) == ("walk",)
    assert probably_done(MADE, reached, ("a", "b"), {"walk": "done"}) == ()
