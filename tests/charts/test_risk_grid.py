"""The grid of risks: where a number stands says how heavy it is, and what does not fit is counted."""

from __future__ import annotations

import pandas as pd

from maturity.charts.drawing import specification
from maturity.words.risk_sentences import (
    counted_risks,
    grid_sentences,
    risk_in_forecast,
    risks_sentence,
    weight_words,
)


def test_risks_stand_in_their_cells_and_every_cell_says_its_weight(every_chart, drawn, written):
    spec = specification(every_chart["risk_grid"]())
    texts = written(spec)
    assert "1, 2, 14, 15" in texts and "3" in texts
    assert {"25", "20", "1"} <= set(texts) and {"5 severe", "4 likely"} <= set(texts)
    cells = {(row["place"]): row for row in drawn(spec, "place")}
    heavy, light = cells["likely, severe"], cells["very unlikely, slight"]
    assert heavy["x"] > light["x"] and heavy["y"] < light["y"]
    assert heavy["risks"].startswith("1 Leaving; 2 No money") and light["weight"] == 1
    assert cells["almost certain, severe"]["risks"] == "none"


def test_where_many_are_in_a_cell_of_a_phone_they_are_counted(every_chart, written):
    assert "(4)" in written(specification(every_chart["risk_grid"](width=344, narrow=True)))


def test_its_sentences_count_and_name():
    frame = pd.DataFrame([(1, "Leaving", 4, 5), (2, "Late", 1, 1)], columns=["number", "title", "likelihood", "impact"])
    title, _, description = grid_sentences(frame)
    assert title == "1 of 2 open risks is heavy"
    assert "1 Leaving: likely, severe, weight 20." in description
    assert grid_sentences(frame[1:]).title == "The one open risk is not heavy"
    assert grid_sentences(frame[:0]).subtitle == "Nothing to show yet"
    assert weight_words(3, 4) == "12: possible × serious"


def test_the_head_of_the_page():
    assert risks_sentence(0, 0, 0, "", 0) == "No risk is open, and none has happened that still counts."
    assert risks_sentence(1, 0, 0, "Fire", 20) == "1 risk is open. The heaviest is “Fire”, 20 of 25."
    assert risks_sentence(3, 1, 1, "Fire", 20) == (
        "3 risks are open and 1 has happened. The heaviest is “Fire”, 20 of 25. 1 review is overdue."
    )


def test_what_the_forecast_says_of_risks():
    assert counted_risks([], 0, 0) == "No risk is counted in this forecast."
    assert counted_risks(["A", "B"], 0, 1) == (
        "2 risks are counted: “A” and “B”. Of these, 1 has happened and counts for certain."
    )
    assert counted_risks(["A", "B", "C", "D"], 1, 0) == (
        "4 risks are counted: “A”, “B”, “C” and 1 more. 1 risk that holds up nothing unfinished, or that owners have "
        "counted in already, is left out."
    )
    assert risk_in_forecast("A", 0.35, 0.6, 1) == "“A”: in 35% of the runs, what is left of 1 action takes 60% longer."
    assert risk_in_forecast("A", 1, 0.3, 2) == "“A” has happened: what is left of 2 actions takes 30% longer."
