"""The twin on the page of residents: the picture, its table, and the shares by question."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from maturity.charts.drawing import specification
from maturity.charts.texts import ChartTexts
from maturity.charts.theme import Mode
from maturity.charts.twin import twin_chart
from maturity.operations.changes import public_scope
from maturity.operations.resident_views import Twin, twin
from maturity.ui import plan_tables
from maturity.ui.context import PageContext
from maturity.ui.pictures import show_picture
from maturity.words.messages import percent, shown_score
from maturity.words.resident_sentences import NO_TWIN, NOT_BELOW, QUESTIONS, twin_sentences

WIDE, NARROW = 760, 344


def show_twin(here: PageContext) -> None:
    """The twin of the newest round that everybody sees, or why there is none."""
    mine = here.organisation
    found = twin(here.workspace, here.visitor, mine.name) if mine else Twin()
    if mine is None or not found.rows:
        st.info(NO_TWIN)
        return
    frame = twin_frame(found)
    texts = ChartTexts.of(twin_sentences(frame, period=found.round))

    def build(narrow: bool, mode: Mode) -> dict[str, Any]:
        width = NARROW if narrow else WIDE
        chart = twin_chart(
            frame, levels=found.levels, mode=mode, texts=texts, width=width, narrow=narrow
        )  # fmt: skip
        return specification(chart)

    revision = (here.workspace.url, mine.id, found.round, here.workspace.revision(public_scope(mine.id)),
                here.workspace.revision(), tuple((row.score, row.seen.level) for row in found.rows))  # fmt: skip
    show_picture(
        "twin", build, lambda: twin_table(found), revision=revision, mode=here.mode, show=_show_table
    )  # fmt: skip
    st.caption(NOT_BELOW)


def _show_table(rows: pd.DataFrame) -> None:
    """The ten columns as a table, and as a list on a narrow screen, where nobody scrolls sideways."""
    cells = (
        [plan_tables.text(str(cell), "" if place else "name") for place, cell in enumerate(row)]
        for row in rows.itertuples(index=False)
    )
    plan_tables.show(plan_tables.table(list(rows.columns), cells, "Own score and what residents see, by topic"))


def twin_frame(found: Twin) -> pd.DataFrame:
    """Columns as `twin_chart`."""
    rows = [(row.name, row.score, row.seen.level) for row in found.rows]
    return pd.DataFrame(rows, columns=["place", "score", "seen"]).astype({"score": float, "seen": float})


def twin_table(found: Twin) -> pd.DataFrame:
    """The same in words, with the share of each question; what fewer than five said is not shown."""
    return pd.DataFrame(
        [
            {
                "Topic": row.name,
                "Own score": "–" if row.score is None else shown_score(row.score),
                "Seen by residents": "not shown" if row.seen.level is None else shown_score(row.seen.level),
                "People": "fewer than 5" if row.seen.residents is None else str(row.seen.residents),
                **{
                    name: percent(row.seen.shares[code]) if code in row.seen.shares else plan_tables.EMPTY
                    for code, name in QUESTIONS.items()
                },
            }
            for row in found.rows
        ]
    )
