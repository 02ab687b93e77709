"""A trend over rounds with other questions: dashed, said in words, and no change is reckoned across the break."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maturity.charts.drawing import specification
from maturity.charts.trend import trend_chart
from maturity.ui.results_tables import trend_table
from maturity.words.chart_sentences import trend_sentences, versions_note

LEVELS = ("One", "Two", "Three", "Four", "Five")


@pytest.fixture
def rows() -> pd.DataFrame:
    """Zoo was asked otherwise in the second of three rounds; Art never."""
    found = []
    for place, scores, runs in (("Zoo", (1.0, 3.0, 3.5), (0, 1, 1)), ("Art", (2.0, 2.2, 2.1), (0, 0, 0))):
        found += [
            (place, name, step, score, run)
            for step, (name, score, run) in enumerate(zip(("R1", "R2", "R3"), scores, runs, strict=True))
        ]
    return pd.DataFrame(found, columns=["place", "round", "round_order", "score", "run"])


def test_the_change_is_that_since_the_questions_changed(rows):
    parts = trend_sentences(rows, note="Versions of the framework: 1 in R1 and 2 in R2 and R3")
    assert parts.title == "2 of 2 moved up where comparable"
    assert parts.subtitle.endswith("Moved most: Zoo +0.5 and Art +0.1")
    assert "Dashed: other questions than the round before, R2 in Zoo" in parts.subtitle
    assert "Versions of the framework: 1 in R1 and 2 in R2 and R3" in parts.subtitle
    assert "Zoo: 3.0 to 3.5. Art: 2.0 to 2.1." in parts.description
    assert "R2 in Zoo." in parts.description


def test_two_rounds_that_cannot_be_compared_have_no_change(rows, texts, written):
    two = rows[(rows["place"] == "Zoo") & (rows["round_order"] < 2)]
    assert trend_sentences(two).title == "No two rounds can be compared: other questions"
    assert "R2 in all lines" in trend_sentences(two).subtitle
    spec = specification(trend_chart(two, levels=LEVELS, mode="light", texts=texts))
    assert "Zoo 3.0 (asked otherwise)" in written(spec)


@pytest.mark.parametrize("mode", ["light", "dark", "print", "projector"])
def test_the_break_alone_is_dashed(rows, texts, drawn, mode):
    spec = specification(trend_chart(rows, levels=LEVELS, mode=mode, texts=texts))
    dashed = [layer for layer in spec["layer"] if layer["mark"].get("strokeDash")]
    assert len(dashed) == 1
    assert [(row["place"], row["round"]) for row in drawn(spec, "part", "step")] == [("Zoo", "R1"), ("Zoo", "R2")]


def test_the_table_marks_the_break_and_counts_the_change_after_it(rows):
    zoo, art = trend_table(rows).to_dict("records")
    assert zoo == {"Place": "Zoo", "R1": "1.0", "R2": "3.0 (asked otherwise)", "R3": "3.5", "Change": "+0.5"}
    assert art["R2"] == "2.2" and art["Change"] == "+0.1"


def test_versions_are_named_where_there_are_several():
    assert versions_note([("R1", "1"), ("R2", "1")]) == ""
    assert (
        versions_note([("R1", "1"), ("R2", "2"), ("R3", "2")])
        == "Versions of the framework: 1 in R1 and 2 in R2 and R3"
    )


def test_the_title_names_the_movers_that_are_in_colour_where_changes_are_equal(rows, texts, drawn):
    equal = rows.assign(score=[1.0, 3.0, 3.1, 2.0, 2.2, 2.1])
    third = rows[rows["place"] == "Art"].assign(place="Ice", score=[3.0, 3.0, 3.1])
    spec = specification(trend_chart(pd.concat([equal, third]), levels=LEVELS, mode="light", texts=texts))
    thick = next(layer for layer in spec["layer"] if layer["mark"].get("strokeWidth") == 3)
    coloured = {row["place"] for row in spec["datasets"][thick["data"]["name"]]}
    assert coloured == {"Zoo", "Art"}
    assert trend_sentences(pd.concat([equal, third])).subtitle.endswith("most: Zoo +0.1 and Art +0.1")


@given(st.lists(st.tuples(st.floats(1, 5), st.floats(1, 5), st.integers(0, 1)), min_size=1, max_size=8))
def test_the_title_counts_only_what_can_be_compared(lines):
    found = []
    for place, (before, after, run) in enumerate(lines):
        found += [(f"P{place}", "R1", 1, before, 0), (f"P{place}", "R2", 2, after, run)]
    title = trend_sentences(pd.DataFrame(found, columns=["place", "round", "round_order", "score", "run"])).title
    alike = [round(after - before, 1) for before, after, run in lines if run == 0]
    if alike:
        assert title.startswith(f"{sum(change > 0 for change in alike)} of {len(alike)} moved up since R1")
    else:
        assert title == "No two rounds can be compared: other questions"
