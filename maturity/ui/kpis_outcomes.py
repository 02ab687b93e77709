"""Maturity beside outcomes: for each objective the score of its topics over the rounds, and what it was all for."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

import pandas as pd
import streamlit as st

from maturity.access.permissions import may
from maturity.charts.drawing import specification
from maturity.charts.kpi_path import kpi_path_chart
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.operations.outcomes import MaturityCourse, maturity_course
from maturity.roadmap.kpis import Measured
from maturity.roadmap.objective_chains import Chain, chains
from maturity.roadmap.outcomes import ScoreAt, beside, capability, outcomes
from maturity.ui.kpis_one import course_frame
from maturity.ui.kpis_shown import ShownKpis
from maturity.ui.pictures import show_picture, show_table
from maturity.ui.plain_text import plain
from maturity.words.chart_sentences import ChartSentences
from maturity.words.kpi_sentences import (
    BESIDE,
    BESIDE_IN_SHORT,
    NO_CAUSE,
    capability_in_words,
    outcomes_in_words,
    short,
)
from maturity.words.messages import on_day, shown_score
from maturity.words.objective_sentences import NO_OBJECTIVES

WIDE, NARROW = 760, 330
SCORES = "Score of its topics, in levels"
PANELS = 2
"""So many outcomes stand below the score in one picture."""


def show_outcomes(shown: ShownKpis) -> None:
    """Both movements in one table, then each objective with its picture."""
    here = shown.plan.here
    if not may(here.visitor, "read_department_results"):
        st.write("Your role does not read results, so no score can be shown here.")
        return
    found = chains(shown.found.objectives, shown.plan.plan.actions, shown.found.kpis)
    if not found:
        st.info(NO_OBJECTIVES)
        return
    course = maturity_course(here.workspace, here.visitor, here.organisation.name if here.organisation else None)
    st.write(f"{_whose(shown, course)} {NO_CAUSE}")
    show_table(_table(found, course))
    for each in found:
        _show_one(shown, each, course.of(each.objective.topics))


def _whose(shown: ShownKpis, course: MaturityCourse) -> str:
    if not course.rounds:
        return "No round is over yet of which you see results, so there is no score to set beside the outcomes."
    names = shown.plan.names
    whose = names.get(course.department, course.department) if course.department else "the whole organisation"
    return f"Scores are the mean of the objective's topics, for {plain(whose)}."


def _told(chain: Chain, scores: Sequence[ScoreAt]) -> tuple[str, str, str]:
    """What the two movements are beside each other (a code), and each of them in words."""
    capable, came = capability(scores), outcomes(chain.outcomes)
    code = beside(capable[0] if capable else None, came.movement)
    said = (
        capability_in_words(capable[1], scores[0].round, scores[-1].round)
        if capable
        else "No topic is named for it" if not chain.objective.topics else "Its topics have not been scored twice yet"
    )  # fmt: skip
    return code, said, outcomes_in_words(came.better, came.flat, came.worse)


def _table(found: Sequence[Chain], course: MaturityCourse) -> pd.DataFrame:
    rows = []
    for each in found:
        scores = course.of(each.objective.topics)
        code, _, came = _told(each, scores)
        ends = " to ".join(shown_score(one.score) for one in (scores[0], scores[-1])) if len(scores) > 1 else "–"
        rows.append([each.objective.name, ends, came[:1].upper() + came[1:], BESIDE_IN_SHORT[code]])
    return pd.DataFrame(rows, columns=["Objective", "Score", "Outcomes", "Together"])


def _show_one(shown: ShownKpis, chain: Chain, scores: Sequence[ScoreAt]) -> None:
    code, capable, came = _told(chain, scores)
    with st.container(border=True):
        st.header(plain(chain.objective.name), anchor=False)
        st.write(plain(f"{BESIDE[code]} {capable}; {came}."))
        drawn = _drawn(chain)
        if len(scores) > 1 and drawn:
            _show_both(shown, chain, scores, drawn)


def _drawn(chain: Chain) -> list[Measured]:
    """The outcomes with most readings; one alone makes no course."""
    read = [each for each in chain.outcomes if each.readings]
    return sorted(read, key=lambda each: (-len(each.readings), each.title))[:PANELS]


def _show_both(shown: ShownKpis, chain: Chain, scores: Sequence[ScoreAt], drawn: list[Measured]) -> None:
    frame = pd.concat(
        [
            _scored(scores),
            *(course_frame(each, _panel(shown, each)) for each in drawn),
        ],
        ignore_index=True,
    )
    code, capable, came = _told(chain, scores)
    texts = ChartSentences(BESIDE_IN_SHORT[code], "Score and outcomes on one time axis", f"{capable}; {came}.")

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        chart = kpi_path_chart(
            frame, mode=mode, texts=ChartTexts.of(texts), width=NARROW if narrow else WIDE,
            narrow=narrow, today=shown.found.today,
        )  # fmt: skip
        return specification(chart)

    show_picture(
        "outcomes", build, lambda: _both(frame), revision=(shown.plan.key, chain.objective.id, tuple(scores)),
        mode=shown.plan.here.mode, key=f"outcomes-{chain.objective.id}",
    )  # fmt: skip


def _scored(scores: Sequence[ScoreAt]) -> pd.DataFrame:
    """The scores as readings, on a scale of whole levels, so that a small step does not look like a large one."""
    low, high = floor(min(each.score for each in scores)), ceil(max(each.score for each in scores))
    rows = [
        (SCORES, "", "reading", each.on, each.score, shown_score(each.score), float(low), float(max(high, low + 1)))
        for each in scores
    ]
    return pd.DataFrame(rows, columns=["panel", "unit", "line", "on", "value", "figure", "low", "high"])


def _panel(shown: ShownKpis, kpi: Measured) -> str:
    whose = f", {shown.place(kpi)}" if kpi.department else ""
    return f"{kpi.name}, in {kpi.unit}{whose}" if kpi.unit else f"{kpi.name}{whose}"


def _both(frame: pd.DataFrame) -> pd.DataFrame:
    pairs = zip(frame["value"], frame["unit"], frame["panel"], strict=True)
    return pd.DataFrame(
        {
            "What": frame["panel"],
            "On": [on_day(day) for day in frame["on"]],
            "Line": ["Read" if each == "reading" else "Path" for each in frame["line"]],
            "Value": [shown_score(value) if panel == SCORES else short(value, unit) for value, unit, panel in pairs],
        }
    )
