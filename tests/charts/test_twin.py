"""The twin as a picture: what stands at the rows' ends, and that its texts are its numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from maturity.charts.drawing import specification
from maturity.charts.twin import twin_chart
from maturity.words.resident_sentences import twin_sentences

LEVELS = ("Beginning", "Emerging", "Learning", "Developing", "Mastering")
NAN = float("nan")


@pytest.fixture
def seen() -> pd.DataFrame:
    rows = [("Systems", 3.0, 2.0), ("Ethics", 2.0, 2.5), ("Skills", 2.5, NAN), ("Sharing", 4.0, 1.5), ("New", NAN, 3.0)]
    return pd.DataFrame(rows, columns=["place", "score", "seen"])


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_how_far_apart_stands_at_the_end_of_each_row(seen, texts, written, mode, narrow):
    spec = specification(
        twin_chart(seen, levels=LEVELS, mode=mode, texts=texts, narrow=narrow, width=344 if narrow else 900)
    )
    ends = [each for each in written(spec) if each[0] in "+\u22120" or each in ("too few", "no score")]
    assert sorted(ends) == sorted(["\u22121.0", "+0.5", "too few", "\u22122.5", "no score"])
    assert {"Our own score", "Seen by residents"} <= set(written(spec))


def test_the_texts_are_the_numbers(seen):
    said = twin_sentences(seen, period="Spring")
    assert said.title == "Residents see 2 of 3 topics lower than we do"
    assert said.subtitle.endswith("The most on Sharing: by 2.5")
    assert "1 topic not shown: fewer than 5 people" in said.subtitle
    assert "Skills: own score 2.5, residents not shown." in said.description
    assert "Sharing: own score 4.0, residents 1.5." in said.description


def test_nothing_lower_and_nothing_at_all(seen, texts, written):
    assert twin_sentences(seen.iloc[1:2]).title == "Residents see no topic lower than we do"
    assert twin_sentences(seen.iloc[2:3]).subtitle == "Nothing to show yet"
    empty = specification(twin_chart(seen.iloc[:0], levels=LEVELS, mode="light", texts=texts))
    assert written(empty) == ["Nothing to show yet"]
