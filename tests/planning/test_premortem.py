"""Troubles by hand: half a pace for two quarters, money that is missing, half a year more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maturity.planning.forecast_request import Activity, Aim, Brought, ForecastRequest, Gate
from maturity.planning.premortem import cut, late, leaves, premortem, read_trouble, touches
from maturity.planning.request import PlanningError


def work(code: str, start: float, days: float, **more) -> Activity:
    return Activity(code=code, start=start, days=days, **more)


def asked(*activities: Activity, **more) -> ForecastRequest:
    return ForecastRequest(activities=activities, now=0, samples=50, **more)


def end_of(request: ForecastRequest, trouble) -> int:
    return premortem(request, trouble)["end"]["story"]["p50"]


@pytest.mark.parametrize(
    ("since", "share", "end"),
    [
        (0, 1.0, 200),  # 100 days of work from day 0 at half a pace: 200 days, but 182 hold only 91: 182 + 9 = 191
        (40, 1.0, 160),  # 40 at full pace, 60 left at half: 120 days
        (100, 1.0, 100),  # over when the person leaves
        (40, 0.5, 120),  # 60 left at three quarters of the pace: 80 days
    ],
)
def test_a_role_at_half_pace_for_two_quarters(since, share, end):
    request = asked(work("a", 0, 100, shares={"r": share}))
    assert end_of(request, leaves("r", since)) == (191 if since == 0 else end)
    assert end_of(request, leaves("another", since)) == 100


def test_work_that_starts_when_the_two_quarters_are_over_is_not_slowed():
    assert end_of(asked(work("a", 182, 10, shares={"r": 1.0})), leaves("r", 0)) == 192
    assert end_of(asked(work("a", 180, 10, shares={"r": 1.0})), leaves("r", 0)) == 191  # two days at half a pace


ROWS = (
    work("cheap", 0, 10, phase=1, cost=10.0),
    work("free", 50, 10, phase=1, cost=None),
    work("middle", 40, 10, phase=1, cost=30.0),
    work("last", 60, 10, phase=1, cost=60.0),
    work("next", 200, 10, phase=2, cost=500.0),
)


def test_what_starts_last_waits_for_the_next_phase_until_the_money_does():
    assert cut(ROWS, 1, 0.2).not_before == {"last": 182}  # 20 of 100 are missing, and "last" alone is 60
    assert cut(ROWS, 1, 0.7).not_before == {"last": 182, "middle": 182}
    assert cut(ROWS, 1, 0.0).not_before == {}
    begun = tuple(replace(each, begun=1.0) if each.code == "last" else each for each in ROWS)
    assert cut(begun, 1, 0.2).not_before == {"middle": 182}
    assert end_of(asked(*ROWS[:4]), cut(ROWS, 1, 0.2)) == 192
    fourth = (work("x", 750, 10, phase=4, cost=1.0),)
    assert cut(fourth, 4, 0.5).not_before == {"x": 728 + 364}


def test_half_a_year_late_falls_on_what_waits_for_it():
    request = asked(
        work("a", 0, 50), work("b", 50, 10, after=("a",)), work("c", 0, 20),
        steps=(Brought(department="d", topic="t", level_before=1, level=2, by=("b",)),),
        levels={("d", "t"): 1},
        aims=(Aim(department="d", topic="t", level=2, due=100),),
        gates=(Gate(id="g", on=60, codes=("a", "c")),),
    )  # fmt: skip
    found = premortem(request, late("a"))
    assert found["touched"] == 1
    assert (found["aims"][0]["base"]["p50"], found["aims"][0]["story"]["p50"]) == (60, 242)
    assert (found["aims"][0]["base"]["chance"], found["aims"][0]["story"]["chance"]) == (1.0, 0.0)
    assert (found["gates"][0]["base"]["p50"], found["gates"][0]["story"]["p50"]) == (50, 232)
    done = replace(request, activities=(replace(request.activities[0], done=50, begun=0), *request.activities[1:]))
    unmoved = premortem(done, late("a"))
    assert unmoved["touched"] == 0 and unmoved["end"]["base"] == unmoved["end"]["story"]


def test_what_a_trouble_strikes():
    mine = work("a", 100, 50, shares={"r": 0.3})
    assert touches(leaves("r", 140), mine) and not touches(leaves("r", 150), mine)
    assert not touches(leaves("s", 100), mine)


def test_stories_are_read_by_kind_and_a_strange_one_is_refused():
    request = asked(*ROWS)
    assert read_trouble({"kind": "leaves", "role": "r", "since": 7}, request) == leaves("r", 7)
    assert read_trouble({"kind": "cut", "phase": 1, "share": 0.2}, request) == cut(ROWS, 1, 0.2)
    assert read_trouble({"kind": "late", "code": "last"}, request) == late("last")
    with pytest.raises(PlanningError, match="choose leaves, cut or late"):
        read_trouble({"kind": "flood"}, request)
