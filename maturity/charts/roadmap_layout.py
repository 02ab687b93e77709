"""The timeline's geometry: which rows there are, where each stands, and how dates become pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from .drawing import MARGIN, records
from .lettering import text_width

MOST_ROWS = 40
ROW, NARROW_ROW, LANE, NOTE = 36, 44, 30, 28
DAY = pd.Timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One action on the timeline; `top` is the upper edge of its row in pixels, `end` the midnight after its last
    day.
    """

    id: str
    title: str
    owner: str
    phase: int
    start: pd.Timestamp
    end: pd.Timestamp
    approved: tuple[pd.Timestamp, pd.Timestamp] | None
    done: float
    critical: bool
    status: str
    top: float

    @property
    def slip(self) -> int | None:
        """Days between the approved and the planned finish; None where nothing was approved."""
        return None if self.approved is None else (self.end - self.approved[1]).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Rows, lanes and the width of things, all in pixels of the plot."""

    bars: tuple[Bar, ...]
    lanes: tuple[tuple[str, float], ...]
    hidden: int
    first: pd.Timestamp
    last: pd.Timestamp
    left: float
    plot: float
    status_room: float
    row: int
    height: float
    narrow: bool

    def x(self, when: pd.Timestamp) -> float:
        """The pixel of a moment."""
        return float((when - self.first) / (self.last - self.first)) * self.plot

    @property
    def room(self) -> float:
        """Height of a row above its bar's middle."""
        return 28.0 if self.narrow else 15.0


def arranged(bars: pd.DataFrame, phases: pd.DataFrame, today: date, width: float, narrow: bool) -> Layout:
    """The layout of at most MOST_ROWS dated actions, lanes in the order of their first action."""
    dated = bars.dropna(subset=["start", "finish"])
    shown = dated.head(MOST_ROWS)
    row = NARROW_ROW if narrow else ROW
    placed, lanes, y = [], [], 0.0
    for lane, group in shown.groupby("lane", sort=False):
        if str(lane):
            lanes.append((str(lane), y))
            y += LANE
        for record in records(group):
            placed.append(_bar(record, y))
            y += row
    hidden = len(bars) - len(shown)
    first, last = _span(placed, phases, today)
    left = 0.0 if narrow else min(max(_name_room(placed), 130), 262)
    status_room = 0.0 if narrow else min(max([text_width(bar.status) for bar in placed] + [64.0]), 130)
    plot = max(300, width - 2 * MARGIN - left - (0 if narrow else 66 + status_room))
    return Layout(
        bars=tuple(placed),
        lanes=tuple(lanes),
        hidden=hidden,
        first=first,
        last=last,
        left=left,
        plot=plot,
        status_room=status_room,
        row=row,
        height=y + (NOTE if hidden else 0),
        narrow=narrow,
    )


def _bar(record: Mapping[Any, Any], top: float) -> Bar:
    approved = None
    if not pd.isna(record["baseline_start"]) and not pd.isna(record["baseline_finish"]):
        approved = pd.Timestamp(record["baseline_start"]), pd.Timestamp(record["baseline_finish"]) + DAY
    owner = record["owner"]
    return Bar(
        id=str(record["id"]),
        title=str(record["title"]),
        owner="" if pd.isna(owner) else str(owner),
        phase=int(record["phase"]),
        start=pd.Timestamp(record["start"]),
        end=pd.Timestamp(record["finish"]) + DAY,
        approved=approved,
        done=min(1.0, max(0.0, float(record["percent_done"]))),
        critical=bool(record["critical"]),
        status=str(record["status"]),
        top=top,
    )


def _span(bars: list[Bar], phases: pd.DataFrame, today: date) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From the first to the last thing drawn."""
    starts = [bar.start for bar in bars] + [bar.approved[0] for bar in bars if bar.approved]
    ends = [bar.end for bar in bars] + [bar.approved[1] for bar in bars if bar.approved]
    starts += [pd.Timestamp(value) for value in phases["start"]]
    ends += [pd.Timestamp(value) + DAY for value in phases["finish"]]
    start = min(starts, default=pd.Timestamp(today))
    return start, max([*ends, start + DAY])


def _name_room(bars: list[Bar]) -> float:
    return max([text_width(bar.title, 13) for bar in bars] + [text_width(bar.owner, 11) for bar in bars] + [0.0]) + 18
