"""The late chain by hand: three actions in a row, and one beside them."""

from __future__ import annotations

from datetime import date

from maturity.demo.late_chain import late_head, pushed
from maturity.roadmap.actions import Action, Raci, overlaps

STARTS = date(2026, 5, 11)
TODAY = date(2026, 11, 18)  # a Wednesday


def action(code: str, start: date, finish: date, *requires: str) -> Action:
    """An action with nothing but dates."""
    return Action(
        id=code,
        code=code,
        title=code,
        phase=1,
        start=start,
        finish=finish,
        owner="Asha",
        raci=Raci(accountable="Asha"),
        requires=requires,
    )


CHAIN = (
    action("list", date(2026, 8, 3), date(2026, 9, 27)),
    action("close", date(2026, 9, 28), date(2026, 11, 22), "list"),
    action("pilot", date(2026, 11, 23), date(2027, 1, 17), "close"),
    action("beside", date(2026, 9, 7), date(2026, 10, 4)),
    action("later", date(2027, 5, 10), date(2027, 6, 6), "list"),
)


def test_the_head_is_what_most_wait_for():
    assert late_head(CHAIN, TODAY) == "list"
    assert late_head(CHAIN[3:], TODAY) == "beside"
    assert late_head(CHAIN, date(2026, 9, 1)) is None


def test_what_waits_is_pushed_along_and_keeps_its_length():
    moved = {each.code: each for each in pushed(CHAIN, "list", TODAY, STARTS)}
    # Two weeks from Wednesday 18 November is 2 December; the Friday after that is the 4th, the Monday after the 7th.
    assert moved["list"].finish == date(2026, 12, 4)
    assert (moved["close"].start, moved["close"].finish) == (date(2026, 12, 7), date(2027, 1, 31))
    assert (moved["pilot"].start, moved["pilot"].finish) == (date(2027, 2, 1), date(2027, 3, 28))
    assert moved["beside"] == CHAIN[3] and moved["later"] == CHAIN[4]
    assert moved["close"].phase == 2
    assert overlaps(moved.values()) == ()


def test_without_a_head_nothing_moves():
    assert pushed(CHAIN, None, TODAY, STARTS) == CHAIN
