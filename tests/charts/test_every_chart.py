"""What holds for each chart: its own colours, its texts, an answer to nothing, its width and readable letters."""

from __future__ import annotations

import altair as alt
import pytest

from maturity.charts.drawing import specification
from maturity.charts.theme import FONT, TOKENS

NAMES = [
    "heatmap",
    "dumbbell",
    "profile",
    "radar",
    "distribution",
    "trend",
    "roadmap",
    "burn_up",
    "capacity",
    "impact_effort",
    "bullet",
    "kpi_path",
    "role_dots",
    "ageing",
    "vote_dots",
    "agreement",
    "fan",
    "tornado",
    "scenario_levels",
    "risk_grid",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True])
def test_the_specification_is_valid_and_carries_its_texts_and_colours(every_chart, name, mode, narrow):
    chart = every_chart[name](mode=mode, width=360 if narrow else 900, narrow=narrow)
    assert chart.to_dict()["description"] == "What it shows"  # validates against the schema
    spec = specification(chart)
    assert spec["$schema"] == alt.SCHEMA_URL
    assert spec["title"]["text"] == ["A title"] and spec["title"]["subtitle"] == ["A subtitle"]
    assert spec["config"]["background"] == TOKENS[mode].background
    assert spec["config"]["font"] == FONT
    assert spec["layer"] and "vconcat" not in spec


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_frame_says_so(every_chart, written, name):
    for narrow in (False, True):
        spec = specification(every_chart[name](empty=True, narrow=narrow))
        assert written(spec) == ["Nothing to show yet"]
        assert spec["description"] == "What it shows"


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_is_smaller_than_11_pixels(every_chart, name):
    for narrow in (False, True):
        spec = specification(every_chart[name](narrow=narrow, width=360 if narrow else 900))
        rows = [row for rows in spec["datasets"].values() for row in rows if "text" in row]
        assert rows and min(row["size"] for row in rows) >= 11


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_placed_outside_the_width(every_chart, name):
    """The plot and what stands left and right of it fit the picture's width."""
    for width, narrow in ((960, False), (640, False), (360, True)):
        spec = specification(every_chart[name](width=width, narrow=narrow))
        rows = [row for rows in spec["datasets"].values() for row in rows if "text" in row and "x" in row]
        left = min(0.0, *(row["x"] for row in rows))
        right = max(float(spec["width"]), *(row["x"] for row in rows))
        assert right - left <= width + 1


@pytest.mark.parametrize("name", NAMES)
def test_a_process_wide_theme_leaves_no_trace(every_chart, name):
    """Two people with different themes share one process: what Altair has enabled must not reach the specification."""
    before = specification(every_chart[name]())
    with alt.theme.enable("dark"):
        assert specification(every_chart[name]()) == before
    assert alt.theme.active == "default"


@pytest.mark.parametrize("name", NAMES)
def test_the_same_frame_makes_the_same_specification(every_chart, name):
    assert specification(every_chart[name]()) == specification(every_chart[name]())
