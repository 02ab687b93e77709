from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from maturity.charts.lettering import shortened, spread, text_width, wrapped


def test_short_text_stays_and_long_text_ends_in_an_ellipsis():
    assert shortened("Data", 100) == "Data"
    cut = shortened("Data governance framework", 80)
    assert cut.endswith("…") and text_width(cut) <= 80


def test_text_breaks_between_words_and_only_as_often_as_asked():
    assert wrapped("Data governance framework", 70, most=3) == ["Data", "governance", "framework"]
    assert len(wrapped("one two three four five six seven", 40, most=2)) == 2
    assert wrapped("", 40) == []


def test_spread_moves_crowded_positions_apart_and_keeps_their_order():
    assert spread([10, 10, 50], 15, 0, 100) == [10, 25, 50]
    assert spread([95, 99], 15, 0, 100) == [85, 100]


@given(st.lists(st.floats(0, 300), min_size=1, max_size=12))
def test_spread_positions_never_overlap_and_stay_inside(wanted):
    placed = sorted(spread(wanted, 10, 0, 300))
    assert all(b - a >= 10 - 1e-6 for a, b in pairwise(placed))
    assert placed[0] >= -1e-6 and placed[-1] <= 300 + 1e-6
