"""Self-scores beside what was found: frame, table and picture, for the review page and for the results."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from maturity.assessment.optimism import SOURCES, Source
from maturity.charts.drawing import specification
from maturity.charts.dumbbell import dumbbell_chart
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.operations.evidence_ages import Optimism
from maturity.operations.rounds import Round
from maturity.ui.context import PageContext
from maturity.ui.help import number_help
from maturity.ui.pictures import show_picture, show_table
from maturity.ui.results_shown import NARROW, WIDE
from maturity.words.review_sentences import optimism_sentences

FOUND: Mapping[Source, tuple[str, str]] = {
    "review": ("Reviewed", "reviewed values"),
    "consensus": ("Consensus", "consensus values"),
}
WHAT_IT_SAYS = (
    "Over the questions that have both. This is for a talk about how the scale is read: it corrects no score, "
    "departments stand in their fixed order, and a few questions say little."
)
NONE_YET = "No reviewed or consensus value stands beside answers yet, so there is nothing to compare."
MINUS = "\u2212"


def signed(difference: float, places: int = 1) -> str:
    """A difference with its sign; none where it is shown as 0."""
    shown = f"{abs(difference):.{places}f}"
    return shown if not float(shown) else f"{'+' if difference > 0 else MINUS}{shown}"


def optimism_frame(found: Sequence[Optimism], names: Mapping[str, str]) -> pd.DataFrame:
    """One row per department as `dumbbell_chart` reads them, with the number of questions."""
    return pd.DataFrame(
        [
            {
                "place": names.get(each.department, each.department),
                "score": each.own,
                "target": each.found,
                "words": signed(each.difference),
                "questions": each.questions,
            }
            for each in found
        ]
    )


def optimism_table(found: Sequence[Optimism], names: Mapping[str, str], source: Source) -> pd.DataFrame:
    """The same in words, with two decimals, so that a reader can check the difference."""
    return pd.DataFrame(
        [
            {
                "Department": names.get(each.department, each.department),
                "Questions": f"{each.questions}",
                "Self-score": f"{each.own:.2f}",
                FOUND[source][0]: f"{each.found:.2f}",
                "Difference": signed(each.difference, 2),
            }
            for each in found
        ]
    )


def show_optimism(here: PageContext, round_: Round, every: Sequence[Optimism], *, key: str, revision: Hashable) -> None:
    """The comparison with reviewed values or with consensus, whichever is there; a choice where both are."""
    there = [source for source in SOURCES if any(each.source == source for each in every)]
    if not there:
        st.info(NONE_YET)
        return
    source = there[0]
    if len(there) > 1:
        chosen = st.segmented_control(
            "Compare with", there, format_func=lambda each: FOUND[each][1].capitalize(), default=source, required=True,
            key=f"{key}_source",
        )  # fmt: skip
        source = chosen or source
    st.caption(WHAT_IT_SAYS, help=number_help("optimism"))
    found = [each for each in every if each.source == source]
    if not round_.framework.levels:
        show_table(optimism_table(found, round_.names, source))
        return

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        frame = optimism_frame(found, round_.names)
        texts = ChartTexts.of(optimism_sentences(frame, source=FOUND[source][1], period=round_.name))
        chart = dumbbell_chart(
            frame, levels=[each.name for each in round_.framework.levels], mode=mode, texts=texts,
            now_words="Self-score", target_words=FOUND[source][0], gap_words="Diff.",
            width=NARROW if narrow else WIDE, narrow=narrow,
        )  # fmt: skip
        return specification(chart)

    show_picture(
        "self-score-and-review", build, lambda: optimism_table(found, round_.names, source),
        revision=(revision, source), mode=here.mode, key=f"optimism-{key}",
    )  # fmt: skip
