"""Days where the organisation is: around midnight, around the changes of the clocks, and with zones nobody knows."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from maturity.operations import local_days, organisation_zone, plan_making, plans, replay
from maturity.operations.errors import Refused
from maturity.operations.progress import plan_history, report_progress
from maturity.operations.workspace import Workspace
from maturity.roadmap.burn_up import percent_on
from maturity.storage import setup as stored
from maturity.storage.engine import open_store
from tests.operations.city import ADMIN, make_town


class Clock:
    """A clock that stands until it is set."""

    now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def workspace(tmp_path, clock):
    store = open_store(str(tmp_path / "town.duckdb"))
    yield Workspace(url=str(tmp_path / "town.duckdb"), store=store, clock=clock)
    store.close()


@pytest.fixture
def saved(workspace):
    return plan_making.replan(workspace, ADMIN, make_town(workspace), "First", iterations=1)


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Pacific/Auckland", datetime(2026, 5, 3, 11, 30, tzinfo=UTC), date(2026, 5, 3)),  # 23:30
        ("Pacific/Honolulu", datetime(2026, 5, 3, 10, 30, tzinfo=UTC), date(2026, 5, 3)),  # 0:30
        ("Pacific/Auckland", datetime(2026, 5, 3, 12, 30, tzinfo=UTC), date(2026, 5, 4)),  # 0:30
        ("Pacific/Honolulu", datetime(2026, 5, 3, 9, 30, tzinfo=UTC), date(2026, 5, 2)),  # 23:30
    ],
)
def test_what_is_done_today_is_done_on_the_day_where_the_organisation_is(workspace, clock, saved, zone, moment, day):
    organisation_zone.set_zone(workspace, ADMIN, zone)
    clock.now = moment
    done = report_progress(workspace, ADMIN, saved.actions[0].id, 1, 100)
    assert done.done_on == day
    (report,) = plan_history(workspace, ADMIN, saved.id)
    assert (report.made_at, report.made_at.date()) == (moment, day)
    assert (
        percent_on(saved.actions[0], (report,), day)
        == 100
        != percent_on(saved.actions[0], (report,), day - timedelta(days=1))
    )
    with pytest.raises(Refused, match="after today"):
        report_progress(workspace, ADMIN, saved.actions[1].id, 1, 100, done_on=day + timedelta(days=1))
    assert replay.plan_on(workspace, ADMIN, day).actions[0].done_on == day
    assert replay.plan_on(workspace, ADMIN, day - timedelta(days=1)).actions[0].done_on is None
    plans.remove_action(workspace, ADMIN, _free(saved).id, 1, "not needed")
    assert plans.plan(workspace, ADMIN).removed[0].removed_on == day


def _free(saved):
    """An action that nothing depends on and that nothing was said of."""
    needed = {code for each in saved.actions for code in each.requires}
    return next(each for each in saved.actions[1:] if each.code not in needed)


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_no_day_jumps_or_counts_twice_where_the_clocks_change(workspace, clock, saved, sunday):
    organisation_zone.set_zone(workspace, ADMIN, "Europe/London")
    action = next(each for each in saved.actions)
    start = datetime.combine(sunday - timedelta(days=2), datetime.min.time(), tzinfo=UTC)
    seen = []
    for half_hours in range(5 * 48):
        clock.now = start + timedelta(minutes=30 * half_hours)
        seen.append(local_days.own_day(workspace, _organisation(workspace)))
    days = list(dict.fromkeys(seen))
    assert seen == sorted(seen) and all(b - a == timedelta(days=1) for a, b in itertools.pairwise(days))
    hours = {day: seen.count(day) / 2 for day in days[1:-1]}
    assert hours[sunday] == (23 if sunday.month == 3 else 25)
    late = [saved.status_of(action, day).days_late for day in days]
    assert all(b - a in (0, 1) or a == 0 for a, b in itertools.pairwise(late))


def test_a_day_ends_where_the_next_begins():
    for zone in ("Europe/London", "Pacific/Auckland", "Pacific/Honolulu", "America/Sao_Paulo", None, "No/Where"):
        ends = [local_days.end_of_day(date(2026, 1, 1) + timedelta(days=n), zone) for n in range(366)]
        for number, end in enumerate(ends):
            day = date(2026, 1, 1) + timedelta(days=number)
            assert local_days.in_zone(end, zone).date() == day
            assert local_days.in_zone(end + local_days.LEAST, zone).date() == day + timedelta(days=1)
    assert local_days.end_of_day(date.max, "Pacific/Auckland").year == 9999


@pytest.mark.parametrize(
    "zone", ["Mars/Crater", "", "Europe", "../../etc/passwd", "x" * 5000, "Europe/London\0", "EST5"]
)
def test_an_unknown_zone_is_refused_in_one_sentence(workspace, zone):
    make_town(workspace)
    with pytest.raises(Refused, match=r"there is no time zone .*; choose one by its city") as refused:
        organisation_zone.set_zone(workspace, ADMIN, zone)
    assert len(str(refused.value)) < 250
    assert organisation_zone.zone(workspace, ADMIN) is None


def test_a_zone_that_this_machine_does_not_know_is_utc(workspace, clock, saved):
    workspace.store.write(stored.set_zone, _organisation(workspace), "Mars/Crater")
    clock.now = datetime(2026, 5, 3, 23, 30, tzinfo=UTC)
    assert report_progress(workspace, ADMIN, saved.actions[0].id, 1, 100).done_on == date(2026, 5, 3)


def test_every_name_that_is_offered_is_taken(workspace):
    make_town(workspace)
    names = organisation_zone.zones()
    assert names[0] == "UTC" and {"Europe/London", "Pacific/Auckland", "Pacific/Honolulu"} <= set(names)
    for name in names[::97]:
        assert organisation_zone.set_zone(workspace, ADMIN, name) == name == organisation_zone.zone(workspace, ADMIN)


def _organisation(workspace):
    with workspace.store.reading() as tx:
        return stored.organisations(tx)[0].id
