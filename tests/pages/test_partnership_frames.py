"""Partners beside each other: their own order, and a new run where a round used another version of the framework."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from maturity.assessment.roll_up import RolledUp, RollUp
from maturity.operations.partnership import GivenResult
from maturity.ui.partnership_frames import trend_frame


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
