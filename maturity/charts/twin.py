"""The resident twin: each topic's own score beside the level that residents see, and the gap between them."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from .dumbbell import dumbbell_chart
from .texts import ChartTexts
from .theme import Mode


def twin_chart(
    frame: pd.DataFrame,
    *,
    levels: Sequence[str],
    mode: Mode,
    texts: ChartTexts,
    width: int = 960,
    narrow: bool = False,
) -> alt.LayerChart:
    """A dot for the own score and a diamond for what residents see, rows in the given order.

    `frame`: place, score, seen, both in levels, NaN where there is none. `levels` names the levels, lowest first."""
    rows = frame.rename(columns={"seen": "target"}).assign(lowest=float("nan"), highest=float("nan"))
    if not frame.empty:
        rows["words"] = [_apart(score, seen) for score, seen in zip(frame["score"], frame["seen"], strict=True)]
    return dumbbell_chart(
        rows, levels=levels, mode=mode, texts=texts, now_words="Our own score", target_words="Seen by residents",
        gap_words="Apart", width=width, narrow=narrow,
    )  # fmt: skip


def _apart(score: float, seen: float) -> str:
    """By how much residents see a topic lower (a minus) or higher than its score."""
    if pd.isna(seen):
        return "too few"
    if pd.isna(score):
        return "no score"
    apart = round(float(seen - score), 1)
    sign = "+" if apart > 0 else "\u2212"
    return "0.0" if apart == 0 else f"{sign}{abs(apart):.1f}"
