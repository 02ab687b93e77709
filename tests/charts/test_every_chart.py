"""What holds for each chart: its own colours, its texts, an answer to nothing, its width and readable letters."""

from __future__ import annotations

import re

import altair as alt
import pytest
import vl_convert

from maturity.charts.drawing import specification
from maturity.charts.theme import FONT, TOKENS, contrast

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
    "twin",
]
MODES = list(TOKENS)
BEAMER = "projector"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mode", MODES)
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
    for width, narrow, mode in (
        (960, False, "light"),
        (640, False, "print"),
        (360, True, "dark"),
        (1280, False, BEAMER),
    ):
        spec = specification(every_chart[name](width=width, narrow=narrow, mode=mode))
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


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("mode", ["dark", "print"])  # the next test draws light and projector
def test_it_draws(every_chart, name, mode):
    svg = vl_convert.vegalite_to_svg(specification(every_chart[name](mode=mode)))
    assert "A title" in svg and "NaN" not in svg and "undefined" not in svg


@pytest.mark.parametrize("name", NAMES)
def test_a_projector_shows_the_picture_of_two_thirds_of_the_width_half_as_large_again(every_chart, name):
    """What is drawn is the same picture: each letter 1.5 times as large, at 1.5 times its place."""
    desk, hall = (vl_convert.vegalite_to_svg(specification(every_chart[name](mode=mode, width=width)))
                  for mode, width in (("light", 640), ("projector", 960)))  # fmt: skip
    assert re.findall(r">([^<>]+)</text>", desk) == re.findall(r">([^<>]+)</text>", hall)
    letters = [[float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)] for svg in (desk, hall)]
    assert letters[1] == pytest.approx([1.5 * size for size in letters[0]])
    sizes = [[float(side) for side in re.search(r'width="([\d.]+)" height="([\d.]+)"', svg).groups()]
             for svg in (desk, hall)]  # fmt: skip
    assert sizes[1] == pytest.approx([1.5 * side for side in sizes[0]], abs=6)


@pytest.mark.parametrize("name", NAMES)
def test_no_letter_on_a_projector_is_smaller_than_16_pixels(every_chart, name):
    svg = vl_convert.vegalite_to_svg(specification(every_chart[name](mode="projector", width=1280)))
    assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)) >= 16


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_for_print_stands_on_white_and_each_placed_text_reads_on_it(every_chart, name):
    spec = specification(every_chart[name](mode="print"))
    assert spec["config"]["background"] == "#FFFFFF"
    placed = [row["colour"] for rows in spec["datasets"].values() for row in rows if "text" in row]
    fills = set(TOKENS["print"].maturity) | {row["fill"] for rows in spec["datasets"].values() for row in rows
                                            if isinstance(row.get("fill"), str)}  # fmt: skip
    for colour in placed:
        assert contrast(colour, "#FFFFFF") >= 4.5 or any(contrast(colour, fill) >= 4.5 for fill in fills)


def test_neighbours_on_a_scale_keep_their_edge_on_paper(every_chart):
    """Levels 1 and 2 are paler than 3:1 on white, so print draws each cell's edge."""
    cells = specification(every_chart["heatmap"](mode="print"))["layer"][0]["mark"]
    assert contrast(cells["stroke"], "#FFFFFF") >= 3
