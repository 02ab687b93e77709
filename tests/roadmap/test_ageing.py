"""When a report is due, by hand: every 30 days while an action runs, from its last report or from its first day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from maturity.roadmap.ageing import REPORT_DAYS, Age, age, ages
from maturity.roadmap.progress import ProgressUpdate
from maturity.roadmap.status import Status

ON_TRACK, LATE = Status(code="on_track"), Status(code="late", days_late=9)
BEGUN = date(2026, 1, 7)


@pytest.mark.parametrize(
    ("told_on", "today", "expected"),
    [
        (None, date(2026, 1, 7), Age(days=0, due_on=date(2026, 2, 6))),
        (None, date(2026, 2, 5), Age(days=29, due_on=date(2026, 2, 6))),
        (None, date(2026, 2, 6), Age(days=30, due_on=date(2026, 2, 6), overdue=True)),
        (date(2026, 1, 20), date(2026, 2, 6), Age(days=17, due_on=date(2026, 2, 19))),
        (date(2026, 1, 20), date(2026, 3, 1), Age(days=40, due_on=date(2026, 2, 19), overdue=True)),
    ],
)
def test_by_hand(make, told_on, today, expected):
    assert age(make("a", begun_on=BEGUN, percent_done=10.0), ON_TRACK, told_on, today) == expected


def test_what_should_have_begun_is_asked_for_from_its_first_day(make):
    assert age(make("a"), LATE, None, date(2026, 2, 4)) == Age(days=30, due_on=date(2026, 2, 4), overdue=True)


@pytest.mark.parametrize("code", ["not_started", "done"])
def test_nothing_is_asked_of_what_rests(make, code):
    assert age(make("a"), Status(code=code), date(2025, 1, 1), date(2026, 2, 4)) == Age()


def in_the_east(moment):
    return (moment + timedelta(hours=1)).date()


def test_the_newest_report_counts_and_the_day_is_where_the_city_is(make):
    moments = (datetime(2026, 1, 9, 23, 30, tzinfo=UTC), datetime(2026, 1, 8, 9, tzinfo=UTC))
    reports = [ProgressUpdate(id="u", action_id="id-a", code="a", percent_done=5.0, made_at=at) for at in moments]
    action = make("a", begun_on=BEGUN)
    assert ages([action], lambda each: ON_TRACK, reports, date(2026, 1, 19))["a"].days == 10
    east = ages([action], lambda each: ON_TRACK, reports, date(2026, 1, 19), in_the_east)
    assert east["a"].days == 9


@given(some.dates(date(2025, 1, 1), date(2027, 1, 1)), some.integers(-400, 400))
def test_overdue_is_from_the_thirtieth_day_on(told, days):
    from .conftest import make_action

    found = age(make_action("a"), ON_TRACK, told, told + timedelta(days=days))
    assert found.days == max(days, 0) and found.overdue == (days >= REPORT_DAYS)
