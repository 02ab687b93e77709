"""One department beside the organisation, topic by topic: as a dumbbell, and as a radar for those who ask for one."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from .dumbbell import dumbbell_chart
from .texts import ChartTexts
from .theme import Mode


def profile_chart(
    frame: pd.DataFrame,
    *,
    levels: Sequence[str],
    mode: Mode,
    texts: ChartTexts,
    department: str = "Department",
    width: int = 960,
    narrow: bool = False,
) -> alt.LayerChart:
    """A department's score and target per topic, with the organisation's score as a tick; rows in the given order.

    `frame`: topic, score, target, organisation, in levels (NaN where there is none); `department` is its name, for
    the key.
    """
    rows = frame.rename(columns={"topic": "place"})
    return dumbbell_chart(rows, levels=levels, mode=mode, texts=texts, now_words=department, width=width, narrow=narrow)
