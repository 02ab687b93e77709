from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.roadmap.actions import Action, Raci
from maturity.roadmap.status import Status, joint_status, status

START, FINISH = date(2026, 1, 5), date(2026, 2, 1)
MADE = Action(
    id="1", code="a", title="A", phase=1, start=START, finish=FINISH, owner="lead", raci=Raci(accountable="lead")
)


@pytest.mark.parametrize(
    ("day", "begun", "expected"),
    [
        (date(2026, 1, 1), None, Status(code="not_started")),
        (date(2026, 1, 11), None, Status(code="not_started")),  # 6 days after the start
        (date(2026, 1, 12), None, Status(code="late", days_late=7)),
        (date(2026, 1, 12), START, Status(code="on_track")),
        (date(2026, 2, 7), START, Status(code="on_track")),  # 6 days after the finish
        (date(2026, 2, 8), START, Status(code="late", days_late=7)),
        (date(2026, 2, 8), None, Status(code="late", days_late=7)),
    ],
)
def test_late_is_more_than_six_days(make, day, begun, expected):
    assert status(make("a", begun_on=begun), day, START, FINISH) == expected


def test_the_approved_dates_decide_not_the_moved_ones(make):
    moved = make("a", 20, 4)
    assert status(moved, date(2026, 3, 1)) == Status(code="not_started")
    assert status(moved, date(2026, 3, 1), START, FINISH) == Status(code="late", days_late=28)


def test_done_is_never_late(make):
    done = make("a", percent_done=100.0, begun_on=START, done_on=date(2026, 5, 1))
    assert status(done, date(2027, 1, 1), START, FINISH) == Status(code="done")


def test_joint_status():
    late, done, on, idle = (Status(code=c, days_late=d) for c, d in
                            (("late", 9), ("done", 0), ("on_track", 0), ("not_started", 0)))  # fmt: skip
    assert joint_status([late, done, Status(code="late", days_late=12)]) == Status(code="late", days_late=12)
    assert joint_status([done, done]) == done
    assert joint_status([done, idle]) == on
    assert joint_status([idle, idle]) == idle


@given(st.integers(-400, 400))
def test_more_time_never_makes_it_less_late(days):
    action = MADE
    before = status(action, START + timedelta(days=days))
    after = status(action, START + timedelta(days=days + 1))
    assert before.code != "late" or after.code == "late"
    assert (after.code == "late") == (after.days_late > 6)
