"""KPIs in words, by hand-worked numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from maturity.roadmap.kpis import BAND, Measured, Reading, standing
from maturity.words.kpi_sentences import (
    BESIDE,
    BESIDE_IN_SHORT,
    capability_in_words,
    counts_in_words,
    due_in_words,
    in_unit,
    kpi_bullet_sentences,
    missing_in_words,
    number,
    outcomes_in_words,
    standing_in_short,
    standing_in_words,
    way_in_words,
)

MONDAY, MIDDLE, END = date(2026, 1, 5), date(2026, 2, 24), date(2026, 4, 15)
KPI = Measured(
    measures="action", code="a", title="A", name="Trust", unit="% of residents", kind="lagging", direction="up",
    baseline=0.0, target=100.0, begins=MONDAY, ends=END, family="a",
)  # fmt: skip


def read(value, **more):
    at = datetime(2026, 1, 5, tzinfo=UTC)
    reading = Reading(id="r", measures="action", code="a", on=MIDDLE, value=value, made_at=at)
    return standing_in_words(standing(replace(KPI, readings=(reading,), **more), MIDDLE))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (43.5, "Behind: 43.5% of residents on 24 February 2026, and its path was at 50% that day, so it is 6.5 points "
         "short; target 100% by 15 April 2026."),
        (50.0, "On the path: 50% of residents on 24 February 2026, and its path was at 50% that day; target 100% by "
         "15 April 2026."),
        (60.0, "Ahead: 60% of residents on 24 February 2026, and its path was at 50% that day, so it is 10 points "
         "better; target 100% by 15 April 2026."),
        (100.0, "Reached: 100% of residents on 24 February 2026; target 100% by 15 April 2026."),
    ],
)  # fmt: skip
def test_how_it_stands_is_said_with_numbers(value, said):
    assert read(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (43.5, "Behind its path: 43.5%, where 50% was planned"),
        (50.0, "On its path: 50%, where 50% was planned"),
        (60.0, "Ahead of its path: 60%, where 50% was planned"),
        (100.0, "Reached: 100% on 24 February 2026"),
    ],
)
def test_how_it_stands_is_said_in_short_for_a_title(value, said):
    reading = Reading(
        id="r", measures="action", code="a", on=MIDDLE, value=value, made_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert standing_in_short(standing(replace(KPI, readings=(reading,)), MIDDLE)) == said
    assert standing_in_short(standing(replace(KPI, readings=(reading,), target=None), MIDDLE)) == (
        f"{number(value)}% on 24 February 2026"
    )


def test_what_cannot_be_said_is_said():
    assert read(5.0, target=None) == (
        "5% of residents on 24 February 2026. Whether that is on its way cannot be said without a target."
    )
    assert standing_in_words(standing(KPI, MIDDLE)) == "No reading yet. Its path is at 50% today."
    assert standing_in_short(standing(KPI, MIDDLE)) == "No reading yet"
    assert missing_in_words(KPI.missing) == "a reading and how often it is read"


def test_numbers_are_written_as_people_read_them():
    assert [number(each) for each in (0.0, 1234.5, 42.0, 0.0001, 2e12, -3.456)] == [
        "0", "1,234.5", "42", "0.0001", "2e+12", "-3.46",
    ]  # fmt: skip
    assert [in_unit(2.0, unit) for unit in ("homes", "%", "% of homes", "")] == ["2 homes", "2%", "2% of homes", "2"]


def test_counts_and_ways():
    assert counts_in_words(["behind", "no_reading", "behind"]) == "3 KPIs: 2 behind, 1 no reading yet"
    assert [due_in_words(each) for each in (0, 1, 12)] == [
        "A reading is due today", "A reading has been due for 1 day", "A reading has been due for 12 days",
    ]  # fmt: skip
    assert [way_in_words(each) for each in (None, -0.1, 0.999, 1.2)] == [
        "", "It is further from its target than at the start.", "That is 99% of the way.", "That is 100% of the way.",
    ]  # fmt: skip
    assert capability_in_words(0.26, "2025", "2026") == "The score rose by 0.3 levels from 2025 to 2026"
    assert capability_in_words(-0.08, "2025", "2026") == "The score is as it was from 2025 to 2026"
    assert outcomes_in_words(1, 2, 0) == "of 3 outcomes 1 is better and 2 have not moved"
    assert outcomes_in_words(0, 0, 1) == "its one outcome is worse"
    assert set(BESIDE) == set(BESIDE_IN_SHORT) and BAND == 0.05


def test_the_picture_counts_also_what_it_does_not_show():
    frame = pd.DataFrame({"name": ["Trust"], "unit": ["%"], "score": [3.0], "stand": ["behind"]})
    found = kpi_bullet_sentences(frame, stands=["behind", "on_path", "no_path"])
    assert found.title == "1 of 2 KPIs is behind its path" and "The first 1 of 3" in found.subtitle
    assert found.description == "KPIs against their targets. Trust: 3%, behind."
