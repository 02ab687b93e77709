import itertools
from datetime import date, timedelta

from maturity.roadmap.phases import phase_of, phases, plan_end, quarter_of, quarter_window

STARTS = date(2026, 1, 5)


def test_phases_follow_each_other_without_a_gap_and_end_with_the_plan():
    windows = phases(STARTS)
    assert [(w.finish - w.start).days + 1 for w in windows] == [182, 182, 364, 364]
    for earlier, later in itertools.pairwise(windows):
        assert later.start == earlier.finish + timedelta(days=1)
    assert windows[-1].finish == plan_end(STARTS) == date(2028, 12, 31)
    assert windows[0].name == "Foundations"


def test_edges_of_phases_and_quarters():
    assert phase_of(STARTS + timedelta(weeks=26) - timedelta(days=1), STARTS) == 1
    assert phase_of(STARTS + timedelta(weeks=26), STARTS) == 2
    assert phase_of(STARTS + timedelta(weeks=500), STARTS) == 4
    assert phase_of(STARTS - timedelta(days=9), STARTS) == 1
    assert quarter_of(STARTS + timedelta(days=90), STARTS) == 1
    assert quarter_of(STARTS + timedelta(days=91), STARTS) == 2
    assert quarter_of(STARTS + timedelta(days=9999), STARTS) == 12
    assert quarter_window(2, STARTS) == (date(2026, 4, 6), date(2026, 7, 5))
