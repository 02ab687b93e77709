from datetime import UTC, date, datetime

import pytest

from maturity.roadmap.actions import ActionRefused
from maturity.roadmap.burn_up import burn_up, share_due
from maturity.roadmap.progress import ProgressUpdate, with_progress

START = date(2026, 1, 5)
TODAY = date(2026, 2, 2)


def said(code, percent, day):
    return ProgressUpdate(
        id=f"{code}{day}",
        action_id=code,
        code=code,
        percent_done=percent,
        made_at=datetime(2026, 1, day, 9, tzinfo=UTC),
    )


def test_the_first_work_begins_an_action_and_all_of_it_ends_it(make):
    begun = with_progress(make("a"), TODAY, percent_done=20.0)
    assert (begun.begun_on, begun.done_on) == (TODAY, None)
    done = with_progress(begun, date(2026, 2, 9), percent_done=100.0)
    assert (done.begun_on, done.done_on) == (TODAY, date(2026, 2, 9))
    again = with_progress(done, date(2026, 2, 10), percent_done=80.0)
    assert (again.begun_on, again.done_on) == (TODAY, None)
    at_once = with_progress(make("a"), TODAY, percent_done=100.0, done_on=date(2026, 1, 9))
    assert (at_once.begun_on, at_once.done_on) == (date(2026, 1, 9), date(2026, 1, 9))


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ({"percent_done": 60.0, "done_on": TODAY}, "at 60 %"),
        ({"percent_done": 10.0, "begun_on": date(2026, 2, 3)}, "after today"),
        ({"percent_done": 120.0}, "0 to 100"),
    ],
)
def test_reports_that_cannot_be(make, report, words):
    with pytest.raises(ActionRefused, match=words):
        with_progress(make("a"), TODAY, **report)


def test_share_due_by_hand():
    assert share_due(START, date(2026, 1, 8), date(2026, 1, 6)) == 0.5
    assert share_due(START, date(2026, 1, 8), date(2026, 1, 1)) == 0.0
    assert share_due(START, date(2026, 1, 8), date(2026, 3, 1)) == 1.0


def test_burn_up_by_hand(make):
    # "a": 10 person-days, weeks 0-3 of the baseline; "x" was added on 19 January with 10 more.
    actions = [make("a", begun_on=START, percent_done=50.0), make("x", 2, 4, origin="added")]
    updates = [said("a", 25.0, 12), said("a", 50.0, 26), said("x", 0.0, 19)]
    baseline = {"a": (START, date(2026, 2, 1))}
    frame = burn_up(actions, updates, baseline, START, date(2026, 1, 26), date(2026, 2, 2), step_days=7)
    assert list(frame["on"].dt.day) == [5, 12, 19, 26, 2]
    assert list(frame["planned"].round(4)) == [0.3571, 2.8571, 5.3571, 7.8571, 10.0]  # 1, 8, 15, 22, 28 of 28 days
    assert list(frame["done"])[:4] == [0.0, 2.5, 2.5, 5.0] and frame["done"].isna().sum() == 1
    assert list(frame["scope"]) == [10.0, 10.0, 20.0, 20.0, 20.0]
    assert set(frame["phase"]) == {"Foundations"}


def test_a_removed_action_leaves_the_scope_on_its_day(make):
    gone = make("a", removed_on=date(2026, 1, 12))
    frame = burn_up([gone], [], {"a": (gone.start, gone.finish)}, START, date(2026, 1, 12), date(2026, 1, 12), 7)
    assert list(frame["scope"]) == [10.0, 0.0]


def test_today_and_the_last_day_are_always_there(make):
    frame = burn_up([make("a")], [], {}, START, date(2026, 1, 9), step_days=14)
    assert list(frame["on"].dt.strftime("%m-%d")) == ["01-05", "01-09", "01-19", "02-01"]
    assert burn_up([], [], {}, START, TODAY).empty
