"""Partners beside each other: their own order, and a new run where a round used another version of the framework."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pandas as pd
import pytest

from maturity.assessment.roll_up import RolledUp, RollUp
from maturity.operations.frameworks import shipped_frameworks
from maturity.operations.partnership import GivenResult
from maturity.ui.partnership_frames import OVER, given_table, over_the_partners, trend_frame, with_ranges
from maturity.words.chart_sentences import heatmap_sentences, trend_sentences


def given(partner: str, version: str, closes: date, score: float) -> GivenResult:
    line = RolledUp(dimension=None, topic=None, score=score, max_points=None, coverage=1.0, level=None)
    result = RollUp(
        organisation=partner, round="R", opens_on=None, closes_on=closes, framework="f", version=version,
        departments=3, respondents=20, lines=(line,),
    )  # fmt: skip
    at = datetime(2026, 7, 1, tzinfo=UTC)
    return GivenResult(
        id=UUID(int=1), partnership="P", organisation=partner, given_at=at, withdrawn_at=None, result=result
    )


def test_a_partner_that_took_a_new_version_begins_a_new_run_and_nobody_is_sorted_by_score():
    spring, autumn = date(2026, 4, 1), date(2026, 10, 1)
    frame = trend_frame(
        [
            given("Low", "1", spring, 1.0), given("Low", "1", autumn, 1.5),
            given("High", "1", spring, 3.0), given("High", "2", autumn, 2.0),
        ]
    )  # fmt: skip
    assert list(frame["place"]) == ["Low", "Low", "High", "High"]
    assert list(frame["run"]) == [0, 0, 0, 1]
    assert list(frame["score"]) == [1.0, 1.5, 3.0, 2.0]


@pytest.mark.parametrize(
    ("scores", "said"),
    [((2.44, 1.8, 3.1), "1.8 to 3.1"), ((2.0, float("nan")), "–"), ((), "–"), ((2.0, 2.0), "2.0 to 2.0")],
)
def test_the_range_over_the_partners_goes_from_the_lowest_to_the_highest(scores, said):
    assert over_the_partners(scores) == said


def test_the_range_stands_beside_each_score_and_below_each_column():
    partners = {"Low": 1.0, "High": 3.0, "Middle": 2.0}
    found = {name: given(name, "1", date(2026, 4, 1), score) for name, score in partners.items()}
    rows = [(name, "Sharing", score + 0.5) for name, score in partners.items()]
    frame = pd.DataFrame(rows, columns=["department", "topic", "score"])
    table = pd.DataFrame({"Partner": list(partners), "Score": ["1.0", "3.0", "2.0"], "Sharing": ["1.5", "3.5", "2.5"]})
    whole = with_ranges(table, frame, "topic", found)
    assert whole.iloc[-1].tolist() == [OVER, "1.0 to 3.0", "1.5 to 3.5"]
    assert list(whole["Partner"]) == ["Low", "High", "Middle", OVER]
    beside = given_table(shipped_frameworks()[0], found)
    assert list(beside[OVER]) == ["1.0 to 3.0"] * 3 and list(beside["Score"]) == ["1.0", "3.0", "2.0"]


def test_no_partner_is_said_to_be_highest_lowest_or_to_have_moved_most():
    rows = [("Low", "Sharing", 1.0), ("Low", "Quality", 2.0), ("High", "Sharing", 3.5), ("High", "Quality", 2.5)]
    frame = pd.DataFrame([(*row, float("nan"), 1.0, True) for row in rows],
                         columns=["department", "topic", "score", "target", "coverage", "enough"])  # fmt: skip
    said = heatmap_sentences(frame, row="partner", named=False)
    assert "The highest score is on Sharing with 3.5, the lowest on Sharing with 1.0." in said.description
    assert not [each for each in said if "Low" in each or "High" in each]
    far = heatmap_sentences(frame.assign(target=5.0), row="partner", named=False)
    assert not [each for each in far if "Low" in each or "High" in each]
    spring, autumn = date(2026, 4, 1), date(2026, 10, 1)
    moved = trend_frame([given("Low", "1", spring, 1.0), given("Low", "1", autumn, 1.5)])
    assert trend_sentences(moved, named=False).title == "1 of 1 moved up since Apr 2026"
    assert "Low" not in trend_sentences(moved, named=False).subtitle
