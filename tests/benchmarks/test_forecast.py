"""The forecast's benchmark: the same plan from the same seed, and far faster than a plain loop on any machine."""

from __future__ import annotations

from benchmarks.forecast import make_activities, measure
from maturity.planning.forecast_request import check_links


def test_a_plan_is_made_of_its_seed_alone_and_has_no_circle() -> None:
    assert make_activities(60, 1) == make_activities(60, 1) != make_activities(60, 2)
    check_links(make_activities(60, 1))


def test_what_it_measures_keeps_the_bars() -> None:
    found = measure(200, 4000, 3)
    assert found["ratio"] <= 1 / 10  # 1/20 is asked for at full size
    assert found["p50_apart_percent"] <= 0.5
    assert found["seconds_with_risks"] <= 3 * found["slowest"]
    assert found["p80_with_risks_over_without"] > 1
    assert found["p80_over_p50"] > 1.03  # common causes keep late dates from coming out too early
