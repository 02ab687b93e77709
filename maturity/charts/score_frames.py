"""Frames of scores: what the heat map draws on the results page and in the reports, from the scores of a round."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from maturity.assessment.scores import Place, RoundScores, Score
from maturity.assessment.trends import runs
from maturity.framework.model import Framework

NAN = math.nan
Levels = Mapping[tuple[str, str], int]
"""The furthest target by department and topic."""


def number(value: float | None) -> float:
    """The value, NaN for none: what charts read as missing."""
    return NAN if value is None else float(value)


def heat_frame(
    framework: Framework, scores: RoundScores, names: Mapping[str, str], targets: Levels, column: str = "topic"
) -> pd.DataFrame:
    """Departments by topics or by dimensions, both in their fixed order; columns as `heatmap_chart`."""
    rows = []
    for department in scores.departments:
        for dimension in framework.dimensions:
            for topic in dimension.topics if column == "topic" else (None,):
                score = scores.of(department, dimension.id, topic.id if topic else None)
                target = targets.get((department, topic.id)) if topic else None
                rows.append(_cell(names[department], column, (topic or dimension).name, score, target))
    return pd.DataFrame(rows)


def _cell(department: str, column: str, name: str, score: Score, target: int | None) -> dict[str, object]:
    return {
        "department": department,
        column: name,
        "score": number(score.score),
        "target": number(target),
        "coverage": score.coverage or 0.0,
        "enough": score.level is not None,
    }


def means_frame(scores: RoundScores, names: Mapping[str, str]) -> pd.DataFrame:
    """Each department's own score beside the heat map: department, score, target (none)."""
    rows = [
        {"department": names[code], "score": number(scores.of(code).score), "target": NAN}
        for code in scores.departments
    ]
    return pd.DataFrame(rows)


def trend_frame(
    rounds: Sequence[tuple[str, RoundScores]], places: Mapping[str, Place], frameworks: Sequence[Framework] = ()
) -> pd.DataFrame:
    """Scores of places, by their names, over rounds from the earliest; columns as `trend_chart`.

    `frameworks`, where given, are those of the rounds: a new run begins where a place was asked other questions."""
    rows = []
    of_place = {place: runs(place, frameworks) for place in places.values()} if frameworks else {}
    for order, (name, scores) in enumerate(rounds):
        for label, place in places.items():
            score = scores.scores.get(place)
            rows.append(
                {
                    "place": label,
                    "round": name,
                    "round_order": order,
                    "score": number(score.score if score else None),
                    "run": of_place[place][order] if of_place else 0,
                }
            )
    return pd.DataFrame(rows, columns=["place", "round", "round_order", "score", "run"])
