"""Frames and tables of what partners gave: pure functions over roll-ups, partners in their fixed order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from maturity.assessment.roll_up import RolledUp, RollUp
from maturity.framework.model import Framework
from maturity.operations.partnership import GivenResult
from maturity.ui.results_tables import NONE, in_words, level_in_words, share
from maturity.words.messages import counted, on_day, shown_score

NAN = math.nan
OVER = "All partners, from to"


def newest(given: Sequence[GivenResult]) -> dict[str, GivenResult]:
    """The last round of each partner, in the partners' order; `given` is by partner, then by day."""
    return {each.organisation: each for each in given}


def heat_frame(framework: Framework, given: Mapping[str, GivenResult], column: str) -> pd.DataFrame:
    """Partners by topics or dimensions of the framework; columns as `heatmap_chart`, a partner stands as department."""
    rows = []
    for partner, each in given.items():
        for dimension in framework.dimensions:
            for topic in dimension.topics if column == "topic" else (None,):
                line = each.result.of(dimension.id, topic.id if topic else None)
                rows.append(
                    {
                        "department": partner,
                        column: (topic or dimension).name,
                        "score": _number(line),
                        "target": NAN,
                        "coverage": (line.coverage if line else None) or 0.0,
                        "enough": line is not None and line.level is not None,
                    }
                )
    return pd.DataFrame(rows)


def means_frame(given: Mapping[str, GivenResult]) -> pd.DataFrame:
    """Each partner's own score beside the heat map."""
    rows = [{"department": name, "score": _number(each.result.of()), "target": NAN} for name, each in given.items()]
    return pd.DataFrame(rows)


def over_the_partners(scores: Iterable[float]) -> str:
    """From the lowest to the highest known score; a dash for fewer than two, which have no range."""
    known = [score for score in scores if not math.isnan(score)]
    return f"{shown_score(min(known))} to {shown_score(max(known))}" if len(known) > 1 else NONE


def with_ranges(
    table: pd.DataFrame, frame: pd.DataFrame, column: str, given: Mapping[str, GivenResult]
) -> pd.DataFrame:
    """The table of the heat map with a last row: how far the partners' scores reach in each column of the frame."""
    last = {"Partner": OVER, "Score": over_the_partners(_number(each.result.of()) for each in given.values())}
    last |= {str(name): over_the_partners(cells["score"]) for name, cells in frame.groupby(column, sort=False)}
    return pd.concat([table, pd.DataFrame([last])], ignore_index=True)


def given_table(framework: Framework, given: Mapping[str, GivenResult]) -> pd.DataFrame:
    """What each partner's newest result rests on, beside the range of all partners' scores. A version other than the
    framework's stands beside the round."""
    rows, reach = [], over_the_partners(_number(each.result.of()) for each in given.values())
    for partner, each in given.items():
        whole, result = each.result.of(), each.result
        reached = level_in_words(framework, whole.level if whole else None)
        closed = f", closed on {on_day(result.closes_on)}" if result.closes_on else ""
        other = f", version {result.version}" if result.version != framework.version else ""
        people = f"{counted(result.respondents, 'person', 'people')}, {counted(result.departments, 'department')}"
        rows.append(
            {
                "Partner": partner,
                "Score": in_words(whole.score if whole else None),
                OVER: reach,
                "Level reached": reached,
                "Coverage": share(whole.coverage if whole else None),
                "Answered by": people,
                "Round": f"{result.round}{closed}{other}",
            }
        )
    return pd.DataFrame(rows)


def trend_frame(given: Sequence[GivenResult]) -> pd.DataFrame:
    """Each partner's own score over the months in which its rounds closed; columns as `trend_chart`. A new run begins
    where a partner's round used another version of the framework than its round before."""
    rows: list[dict[str, Any]] = []
    before: dict[str, tuple[str, int]] = {}
    for each in given:
        day = each.result.closes_on
        if day is not None:
            order = day.year * 12 + day.month
            version, run = before.get(each.organisation, (each.result.version, 0))
            run += version != each.result.version
            before[each.organisation] = each.result.version, run
            row = {"place": each.organisation, "round": f"{day:%b %Y}", "round_order": order}
            rows.append({**row, "score": _number(each.result.of()), "run": run})
    found = pd.DataFrame(rows, columns=["place", "round", "round_order", "score", "run"])
    return found.drop_duplicates(["place", "round"], keep="last")


def readiness_table(framework: Framework, given: Mapping[str, GivenResult]) -> pd.DataFrame:
    """Points of each partner by dimension and in all, out of the most there are."""
    rows = []
    for partner, each in given.items():
        row = {"Partner": partner, "Round": each.result.round}
        row |= {dimension.name: points(each.result.of(dimension.id)) for dimension in framework.dimensions}
        rows.append({**row, "In all": points(each.result.of())})
    return pd.DataFrame(rows)


def preview_table(framework: Framework, result: RollUp) -> pd.DataFrame:
    """Every line that is given, in words: nothing is given that does not stand here or in the sentence above it."""
    rows = []
    for line in result.lines:
        score = points(line) if line.max_points is not None else in_words(line.score)
        level = level_in_words(framework, line.level)
        rows.append(
            {"What": _named(framework, result, line), "Score": score, "Level": level, "Coverage": share(line.coverage)}
        )
    return pd.DataFrame(rows)


def _named(framework: Framework, result: RollUp, line: RolledUp) -> str:
    if line.topic:
        return f"Topic: {framework.topics[line.topic].name}"
    found = next((dimension.name for dimension in framework.dimensions if dimension.id == line.dimension), None)
    return f"Dimension: {found}" if found else result.organisation


def points(line: RolledUp | None) -> str:
    """Points, to a tenth, out of the most there are; a dash for none."""
    if line is None or line.score is None:
        return in_words(None)
    return f"{round(line.score, 1):,.10g} of {line.max_points or 0:,.10g}"


def _number(line: RolledUp | None) -> float:
    return NAN if line is None or line.score is None else float(line.score)
