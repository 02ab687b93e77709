"""What reports draw with: the charts and frames of the pages, handed on to the front office."""

from __future__ import annotations

from maturity.charts.bullet import bullet_chart
from maturity.charts.burn_up import burn_up_chart
from maturity.charts.capacity import capacity_chart
from maturity.charts.drawing import specification
from maturity.charts.dumbbell import dumbbell_chart
from maturity.charts.plan_frames import (
    Timeline,
    bars_in_words,
    bullet_frame,
    load_frame,
    risk_frame,
    status_words,
    timeline_chart,
    with_months,
    workload_frame,
)
from maturity.charts.risk_grid import risk_grid_chart
from maturity.charts.score_frames import number, trend_frame
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.charts.trend import trend_chart

__all__ = [
    "ChartTexts", "Mode", "Timeline", "bars_in_words", "bullet_chart", "bullet_frame", "burn_up_chart",
    "capacity_chart", "dumbbell_chart", "load_frame", "number",
    "risk_frame", "risk_grid_chart", "specification", "status_words", "timeline_chart", "trend_chart",
    "trend_frame", "with_months", "workload_frame",
]  # fmt: skip
