"""The fan of levels and the causes of lateness: where marks stand, and that they can be told apart without colour."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from maturity.charts.drawing import specification
from maturity.charts.fan import HEIGHT, _fill, fan_chart
from maturity.charts.lettering import text_width
from maturity.charts.theme import TOKENS, contrast, mix
from maturity.charts.tornado import tornado_chart


@pytest.fixture
def drawn_fan(fan, texts):
    def make(frame=fan, today=None, narrow=False):
        width = 344 if narrow else 900
        return specification(fan_chart(frame, mode="light", texts=texts, today=today, narrow=narrow, width=width))

    return make


def test_levels_stand_on_a_scale_of_whole_levels(drawn_fan, drawn, written):
    spec = drawn_fan()
    rows = drawn(spec, "low_y", "high_y")
    # levels 1.5 to 3.0: the scale runs from 1 to 4, as 3.0 itself is reached
    assert [row["middle_y"] for row in rows] == pytest.approx([HEIGHT * (1 - s) for s in (0.5 / 3, 1 / 3, 0.5)])
    assert rows[0]["x"] == 0 and rows[0]["low_y"] == rows[0]["high_y"] and rows[2]["low_y"] > rows[2]["high_y"]
    words = written(spec)
    assert {"1", "2", "3", "4", "planned 3.00", "likely 2.50", "Jul 2026"} <= set(words)


def test_today_is_marked_where_it_lies_within(drawn_fan, written):
    assert "today" in written(drawn_fan(today=date(2026, 4, 1)))
    assert "today" not in written(drawn_fan(today=date(2025, 4, 1))) + written(drawn_fan(today=date(2027, 4, 1)))


def test_the_plan_is_dashed_the_likely_line_is_not(drawn_fan):
    lines = [layer["mark"] for layer in drawn_fan()["layer"] if layer["mark"]["type"] == "line"]
    assert [line.get("strokeDash") for line in lines] == [None, None, None, [5, 4]]
    assert len({line["strokeWidth"] for line in lines}) == 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_lines_and_bars_read_on_what_is_behind_them(mode):
    colours = TOKENS[mode]
    for behind in (colours.background, _fill(mode)):
        assert contrast(colours.accent, behind) >= 3
        assert contrast(colours.ink, behind) >= 3
    assert contrast(mix(colours.accent, colours.background, 0.25), colours.background) >= 3


def test_a_level_that_does_not_change_is_drawn(drawn_fan, fan):
    flat = fan.assign(low=2.0, middle=2.0, high=2.0, planned=2.0)
    assert drawn_fan(flat)["height"] >= HEIGHT
    assert drawn_fan(flat.iloc[:1])["layer"]


def test_bars_are_as_long_as_their_days_and_say_them(drivers, texts, drawn, written):
    spec = specification(tornado_chart(drivers, mode="light", texts=texts, width=900))
    rows = drawn(spec, "cause", "days")
    assert rows[1]["x2"] / rows[0]["x2"] == pytest.approx(7.1 / 28.4)
    words = written(spec)
    assert {"28 days", "7 days", "1 day", "IT (role)", "Parks (department)", "Build platform (action)"} <= set(words)


def test_on_a_narrow_screen_causes_stand_above_their_bars(drivers, texts, drawn):
    long = drivers.assign(cause=["An action with a very long title that goes on and on and on and on"] * 3)
    spec = specification(tornado_chart(long, mode="light", texts=texts, width=344, narrow=True))
    bars, names = drawn(spec, "cause", "days"), [row for row in drawn(spec, "text") if row["x"] == 0]
    assert all(name["y"] < bar["y"] for name, bar in zip(names, bars, strict=True))
    assert [name["text"].rsplit(" ", 1)[1] for name in names] == ["(action)", "(role)", "(department)"]
    assert all("…" in name["text"] for name in names)


@pytest.mark.parametrize("narrow", [False, True])
def test_dates_below_do_not_touch(drawn_fan, narrow):
    quarters = pd.date_range("2026-05-01", periods=13, freq="91D")
    frame = pd.DataFrame({"on": quarters, **dict.fromkeys(("low", "middle", "high", "planned"), 2.0)})
    spec = drawn_fan(frame, narrow=narrow)
    every = [row for rows in spec["datasets"].values() for row in rows if row.get("y") == HEIGHT + 16]
    spans = sorted((row["x"], text_width(row["text"])) for row in every)
    (first, width), *others = spans
    ends = first + width
    for x, wide in others:
        assert x - wide / 2 > ends
        ends = x + wide / 2
