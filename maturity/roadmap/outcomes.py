"""Maturity beside outcomes: did capability move, did what it is for move. Side by side, and never one because of the
other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from maturity.roadmap.kpis import BAND, Measured

Movement = Literal["better", "flat", "worse"]
Beside = Literal[
    "both_better", "capability_only", "outcomes_only", "both_flat", "both_worse", "apart_worse", "not_known"
]
FLAT_LEVELS = 0.1
"""A score that moved by less than this many levels is as it was: pages show one decimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreAt:
    """A score (in levels) that a round came to, on the round's day."""

    round: str
    on: date
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """How many outcomes moved which way, of those that can be told."""

    better: int
    flat: int
    worse: int

    @property
    def told(self) -> int:
        """How many can be told."""
        return self.better + self.flat + self.worse

    @property
    def movement(self) -> Movement | None:
        """Better where more of them are better than worse, worse where it is the other way, else flat; None without
        any."""
        if not self.told:
            return None
        return "better" if self.better > self.worse else "worse" if self.worse > self.better else "flat"


def capability(scores: Sequence[ScoreAt]) -> tuple[Movement, float] | None:
    """How a score moved from its first round to its last, with the levels; None with fewer than two rounds."""
    if len(scores) < 2:
        return None
    change = scores[-1].score - scores[0].score
    flat = abs(change) < FLAT_LEVELS - 1e-9
    return ("flat" if flat else "better" if change > 0 else "worse"), change


def outcome(kpi: Measured) -> Movement | None:
    """How an outcome moved from its baseline, or its first reading, to its last. Less than a twentieth of the way to
    the target is flat, without a target of the first value itself. None with one value only, or where it is not known
    which way is better."""
    values = [*([kpi.baseline] if kpi.baseline is not None else []), *(each.value for each in kpi.readings)]
    if len(values) < 2 or not kpi.readings or kpi.direction is None:
        return None
    change = (values[-1] - values[0]) * kpi.sign
    whole = abs(kpi.target - values[0]) if kpi.target is not None else abs(values[0])
    if abs(change) <= BAND * whole:
        return "flat"
    return "better" if change > 0 else "worse"


def outcomes(kpis: Sequence[Measured]) -> Outcomes:
    """How many of these moved which way."""
    moved = [outcome(each) for each in kpis]
    return Outcomes(better=moved.count("better"), flat=moved.count("flat"), worse=moved.count("worse"))


def beside(capable: Movement | None, came: Movement | None) -> Beside:
    """What the two movements are beside each other."""
    if capable is None or came is None:
        return "not_known"
    if capable == came:
        same: dict[Movement, Beside] = {"better": "both_better", "flat": "both_flat", "worse": "both_worse"}
        return same[capable]
    if capable == "better":
        return "capability_only"
    return "outcomes_only" if came == "better" else "apart_worse"
