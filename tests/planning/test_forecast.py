"""Forecasts by hand: the planned days without a spread, chains, parallel work, a triangle; and what always holds."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.planning import forecast as forecasting
from maturity.planning.forecast import (
    STILL_CHANCE,
    STILL_DAYS,
    Trouble,
    durations,
    finishes,
    generator,
    in_order,
    likely_days,
    percentiles,
    run,
    sample,
    triangular,
)
from maturity.planning.forecast_outcomes import forecast
from maturity.planning.forecast_request import (
    Activity,
    Aim,
    Brought,
    ForecastRequest,
    Gate,
    forecast_document,
    read_forecast_request,
)
from maturity.planning.request import PlanningError

often = settings(max_examples=40, deadline=None)


def work(code: str, start: float = 0, days: float = 10, **more: Any) -> Activity:
    return Activity(code=code, start=start, days=days, **more)


def asked(*activities: Activity, now: float = 0, samples: int = 400, **more: Any) -> ForecastRequest:
    return ForecastRequest(activities=activities, now=now, samples=samples, **more)


def finish_days(request: ForecastRequest) -> dict[str, tuple[int, int]]:
    return {each["code"]: (each["p50"], each["p80"]) for each in forecast(request)["actions"]}


def test_without_a_spread_everything_ends_as_planned():
    request = asked(work("a", 0, 28), work("b", 28, 14, after=("a",)), work("c", 5, 9))
    assert finish_days(request) == {"a": (28, 28), "b": (42, 42), "c": (14, 14)}
    end = forecast(request)["end"]
    assert end == {"p50": 42, "p80": 42, "planned": 42, "chance": 1.0}


def test_what_has_not_begun_starts_today_at_the_earliest_and_pushes_what_waits_for_it():
    request = asked(work("a", 0, 28), work("b", 28, 14, after=("a",)), work("c", 60, 7, after=("b",)), now=10)
    # a from day 10 to 38, b from 38 to 52; c keeps its place on day 60, because there is room before it
    assert finish_days(request) == {"a": (38, 38), "b": (52, 52), "c": (67, 67)}


def test_of_two_that_run_side_by_side_the_later_one_counts():
    request = asked(work("a", 0, 10), work("b", 0, 30), work("c", 12, 5, after=("a", "b")))
    assert finish_days(request)["c"] == (35, 35)


def test_what_is_done_stays_and_what_waits_for_it_keeps_its_planned_start():
    request = asked(work("a", 0, 28, begun=0, done=50, share_done=1), work("b", 28, 14, after=("a",)), now=30)
    assert finish_days(request) == {"a": (50, 50), "b": (64, 64)}
    early = asked(work("a", 0, 28, begun=0, done=20, share_done=1), work("b", 28, 14, after=("a",)), now=21)
    assert finish_days(early) == {"a": (20, 20), "b": (42, 42)}


@pytest.mark.parametrize(
    ("share", "now", "left"),
    [
        (0.0, 30, 40),  # begun, nothing done: all of it is left
        (0.5, 20, 20),  # half done in half the time: as planned
        (0.5, 80, 40),  # half done in 80 days: 40^0.5 x 160^0.5 = 80 days in all
        (0.25, 10, 30),  # a quarter done in a quarter of the time
    ],
)
def test_what_is_left_of_begun_work_goes_on_partly_at_its_own_pace(share, now, left):
    assert likely_days(work("a", 0, 40, begun=0, share_done=share), now) == pytest.approx(left)
    request = asked(work("a", 0, 40, begun=0, share_done=share), now=now)
    assert finish_days(request)["a"] == (now + left, now + left)


def test_work_that_began_early_does_not_wait_for_what_comes_before_it():
    request = asked(work("a", 0, 100), work("b", 100, 10, after=("a",), begun=3, share_done=0.0), now=5)
    assert finish_days(request)["b"] == (15, 15)


def test_a_triangle_has_its_mean_and_its_ends():
    drawn = triangular(generator(3).random(200_000, np.float32), 0.7, 1.6)
    assert drawn.mean() == pytest.approx((0.7 + 1 + 1.6) / 3, abs=0.002)
    assert 0.7 <= drawn.min() < 0.71 and 1.59 < drawn.max() <= 1.6
    assert triangular(np.array([1 / 3], np.float32), 0.7, 1.6)[0] == pytest.approx(1.0)  # (1-0.7)/(1.6-0.7) is before
    assert set(triangular(generator(3).random(9, np.float32), 1.0, 1.0)) == {1.0}


def test_doubt_makes_some_runs_stand_still():
    doubtful = sample([work("a", confidence=2)], 100_000, generator(1))
    still = doubtful.still[0]
    assert (still > 0).mean() == pytest.approx(3 * STILL_CHANCE, abs=0.005)
    assert still.max() <= STILL_DAYS and still[still > 0].mean() == pytest.approx(STILL_DAYS / 2, rel=0.03)
    assert not sample([work("a", confidence=5)], 100, generator(1)).still.any()
    unsaid = sample([work("a", confidence=None)], 1000, generator(1))
    assert np.array_equal(unsaid.still, sample([work("a", confidence=4)], 1000, generator(1)).still)


def test_a_common_cause_makes_sums_spread_more_than_chance_alone():
    """Ten in a row: with a shared department the ratio of P80 to P50 is clearly wider than with departments apart."""

    def spread(departments: list[str]) -> float:
        chain = [
            work(f"x{n}", 10 * n, 10, low=0.8, high=1.5, department=name, after=(f"x{n - 1}",) if n else ())
            for n, name in enumerate(departments)
        ]
        ends = run(asked(*chain, samples=8000))[1][-1]
        middle, late = percentiles(ends).tolist()
        return late / middle

    together, apart = spread(["d"] * 10), spread([f"d{n}" for n in range(10)])
    assert together - 1 > 1.5 * (apart - 1)


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others():
    plan = asked(work("a", 0, 30, low=0.7, high=1.6, department="d", role="r"), samples=2000)
    assert forecast(plan) == forecast(plan)
    assert json.dumps(forecast(plan)) == json.dumps(forecast(read_forecast_request(json.loads(_written(plan)))))
    assert not np.array_equal(run(plan)[1], run(replace(plan, seed=1))[1])


def _written(request: ForecastRequest) -> str:
    return json.dumps(forecast_document(request))


def test_a_request_comes_back_as_it_was_and_a_circle_is_named():
    request = asked(
        work("a", shares={"r": 0.5}, after=("b",), cost=10.0),
        work("b"),
        steps=(Brought(department="d", topic="t", level_before=1, level=2, by=("a",)),),
        levels={("d", "t"): 1},
        aims=(Aim(department="d", topic="t", level=2, due=30),),
        gates=(Gate(id="g", on=20, codes=("a",)),),
    )
    assert read_forecast_request(json.loads(_written(request))) == request
    circle = asked(work("a", after=("b",)), work("b", after=("a",)))
    with pytest.raises(PlanningError, match="waits for the next; remove one of the links"):
        read_forecast_request(json.loads(_written(circle)))


def test_a_very_large_plan_is_sampled_less_often(monkeypatch):
    monkeypatch.setattr("maturity.planning.forecast_request.MOST_CELLS", 100)
    assert asked(work("a"), work("b"), samples=10_000).drawn == 50
    assert asked(samples=70).drawn == 70


STEPS = (
    Brought(department="d", topic="t", level_before=1, level=2, by=("a",)),
    Brought(department="d", topic="t", level_before=2, level=3, by=("b",)),
    Brought(department="e", topic="t", level_before=2, level=3, day=100.0),
)
LEVELS = {("d", "t"): 1, ("e", "t"): 2}


def test_targets_are_reached_when_the_step_and_the_one_below_are_held():
    aims = tuple(Aim(department=d, topic="t", level=n, due=due) for d, n, due in
                 (("d", 2, 50), ("d", 3, 50), ("d", 3, 49), ("e", 3, 100), ("e", 4, 999)))  # fmt: skip
    # b brings level 3 on day 20, but level 2 below it is only held on day 50
    request = asked(work("a", 0, 50), work("b", 0, 20), steps=STEPS, levels=LEVELS, aims=aims)
    found = forecast(request)["aims"]
    assert [(each["p50"], each["chance"], each["planned"]) for each in found] == [
        (50, 1.0, True), (50, 1.0, True), (50, 0.0, True), (100, 1.0, True), (None, 0.0, False),
    ]  # fmt: skip


def test_the_fan_starts_where_the_places_stand_and_rises_by_what_is_brought_about():
    request = asked(work("a", 0, 91), work("b", 0, 200), steps=STEPS, levels=LEVELS)
    fan = forecast(request)["fan"]
    assert fan["edges"][:4] == [0, 91, 182, 273] and len(fan["edges"]) == 13
    together, first = fan["places"][""], fan["places"]["d"]
    # (1 + 2) / 2, then d at 2 on day 91, e at 3 from day 100, d at 3 from day 200
    assert together["middle"][:4] == [1.5, 2.0, 2.5, 3.0] == together["planned"][:4]
    assert first["mean"][:4] == [1.0, 2.0, 2.0, 3.0]
    assert forecast(asked(work("a")))["fan"] == {"edges": [], "places": {}}


def test_the_fan_goes_on_while_the_end_is_not_sure_but_not_for_ever():
    late = forecast(asked(work("a", 0, 91 * 14), steps=STEPS[:1], levels=LEVELS))["fan"]
    assert late["edges"][-1] == 91 * 14
    endless = forecast(asked(work("a", 0, 91 * 90), steps=STEPS[:1], levels=LEVELS))["fan"]
    assert endless["edges"][-1] == 91 * 20


def test_milestones_wait_for_all_that_is_planned_by_then():
    gates = (Gate(id="g", on=19, codes=("a", "b")), Gate(id="h", on=5, codes=()))
    found = forecast(asked(work("a", 0, 20), work("b", 0, 10, begun=0, done=9, share_done=1), gates=gates))["gates"]
    assert found == [
        {"id": "g", "on": 19, "count": 2, "left": 1, "p50": 20, "p80": 20, "chance": 1.0},
        {"id": "h", "on": 5, "count": 0, "left": 0, "p50": None, "p80": None, "chance": None},
    ]


def test_what_spreads_most_drives_the_end():
    request = asked(
        work("a", 0, 100, low=0.5, high=3, role="r"), work("b", 100, 50, role="s", after=("a",)), samples=4000
    )
    found = forecast(request)["drivers"]
    assert (found[0]["kind"], found[0]["code"]) == ("action", "a")
    assert ("role", "r") in {(each["kind"], each["code"]) for each in found}
    assert found == sorted(found, key=lambda each: -each["days"])
    assert forecast(asked(work("a")))["drivers"] == []


def test_nothing_to_do_and_all_done_have_an_answer():
    assert forecast(asked()) == {
        "samples": 400, "end": None, "actions": [], "gates": [], "aims": [],
        "fan": {"edges": [], "places": {}}, "drivers": [],
    }  # fmt: skip
    done = forecast(asked(work("a", 0, 10, begun=0, done=12, share_done=1, low=0.5, high=2), now=40))
    assert done["end"] == {"p50": 12, "p80": 12, "planned": 10, "chance": 0.0} and done["drivers"] == []


@st.composite
def some_plan(draw: st.DrawFn) -> ForecastRequest:
    made: list[Activity] = []
    for number in range(draw(st.integers(1, 7))):
        after = draw(st.lists(st.sampled_from([each.code for each in made]), max_size=2, unique=True)) if made else []
        made.append(
            work(
                f"x{number}",
                float(draw(st.integers(0, 200))),
                float(draw(st.integers(1, 120))),
                low=draw(st.sampled_from([0.5, 0.8, 1.0])),
                high=draw(st.sampled_from([1.0, 1.5, 3.0])),
                confidence=draw(st.sampled_from([1, 3, 5, None])),
                department=draw(st.sampled_from([None, "d", "e"])),
                role=draw(st.sampled_from(["", "r", "s"])),
                after=tuple(after),
            )
        )
    return asked(*made, now=float(draw(st.integers(0, 150))), samples=500, seed=draw(st.integers(0, 9)))


@often
@given(some_plan())
def test_p50_is_never_after_p80_and_nothing_starts_before_today(request):
    for each in forecast(request)["actions"]:
        assert each["p50"] <= each["p80"]
    assert (run(request)[1] >= request.now).all()
    assert 0 <= forecast(request)["end"]["chance"] <= 1


@often
@given(some_plan(), st.integers(1, 4))
def test_more_confidence_is_never_later(request, confidence):
    def with_confidence(value: int) -> ForecastRequest:
        return replace(request, activities=tuple(replace(each, confidence=value) for each in request.activities))

    doubtful, sure = run(with_confidence(confidence))[1], run(with_confidence(confidence + 1))[1]
    assert (sure <= doubtful + 0.01).all()


@often
@given(some_plan(), st.data())
def test_a_link_more_never_makes_anything_earlier(request, data):
    rows = list(request.activities)
    later = data.draw(st.integers(0, len(rows) - 1))
    earlier = data.draw(st.integers(0, later))
    if earlier == later:
        return
    linked = replace(rows[later], after=tuple(dict.fromkeys((*rows[later].after, rows[earlier].code))))
    more = replace(request, activities=(*rows[:later], linked, *rows[later + 1 :]))
    assert (run(more)[1] >= run(request)[1] - 0.01).all()


@often
@given(some_plan())
def test_order_puts_everything_before_what_waits_for_it(request):
    codes = [request.activities[row].code for row in in_order(request.activities)]
    assert sorted(codes) == sorted(each.code for each in request.activities)
    for each in request.activities:
        assert all(codes.index(code) < codes.index(each.code) for code in each.after)


@often
@given(some_plan(), st.floats(0, 300), st.floats(1, 200))
def test_a_slower_role_makes_nothing_earlier_and_what_it_has_no_part_in_no_later(request, since, days):
    rows = tuple(replace(each, shares={"r": 0.5} if each.role == "r" else {}, after=()) for each in request.activities)
    draws = sample(rows, 200, generator(0))
    left = durations(rows, draws, request.now)
    trouble = Trouble(role="r", since=since, until=since + days, pace=0.5)
    calm, hard = finishes(rows, left, request.now), finishes(rows, left, request.now, trouble)
    for row, each in enumerate(rows):
        assert (hard[row] >= calm[row] - 0.01).all()
        if each.role != "r":
            assert np.array_equal(hard[row], calm[row])


def test_the_numbers_that_are_our_assumption_are_named():
    for name in ("COMMON_SPREAD", "STRETCH", "STILL_CHANCE", "STILL_DAYS", "UNSAID_CONFIDENCE", "USUAL_LOW"):
        assert hasattr(forecasting, name)
