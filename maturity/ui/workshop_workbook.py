"""A workshop without a network: its workbook to take along, and the way a filled-in one comes back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from maturity.assessment.workshop import Workshop
from maturity.operations.rounds import Round
from maturity.operations.workshop_workbook import (
    Difference,
    WorkbookRefused,
    export_workbook,
    import_workbook,
    read_workbook,
)
from maturity.ui.asked_download import when_pressed
from maturity.ui.context import REFUSALS, PageContext, sentence, show_refusal
from maturity.ui.pictures import show_table
from maturity.ui.plain_text import plain
from maturity.ui.review_forms import show_outcome, tell
from maturity.words import workshop_planning as words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEGABYTES = 2
WORKBOOK = "workshop_workbook"
"""Under this name stands what became of the last click."""
UPLOADS = "_workshop_uploads"
"""Counts the uploads that were recorded: each begins with an empty box."""
RECORDED = "_workshop_recorded"


def offer_workbook(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """The button that downloads the workbook as it is filled now."""
    st.download_button(
        "Workbook to fill in (Excel)",
        data=when_pressed(lambda: export_workbook(here.workspace, here.visitor, round_, workshop)),
        file_name=f"{words.file_name(workshop.name)}.xlsx",
        mime=XLSX,
        key="workshop-workbook",
        icon=":material/download:",
        on_click="ignore",
    )


def show_bringing_in(here: PageContext, round_: Round, workshop: Workshop) -> None:
    """A filled-in workbook: what is wrong with it by cell, or what it would record and the button that records it."""
    number = st.session_state.setdefault(UPLOADS, 0)
    show_outcome(WORKBOOK)
    file = st.file_uploader(
        "Bring in a filled-in workbook", type=["xlsx"], key=f"workshop_file:{number}", max_upload_size=MEGABYTES
    )
    if file is None:
        return
    content = file.getvalue()
    try:
        found = read_workbook(here.workspace, here.visitor, round_, workshop, content)
    except WorkbookRefused as error:
        _show_problems(error.problems)
        return
    except REFUSALS as error:
        show_refusal(error)
        return
    if found.changes.is_nothing:
        st.info(words.NOTHING_NEW)
        return
    st.write(plain(f"It would record {found.changes.said}."))
    show_table(_table(found.differences))
    if found.changes.ends:
        st.caption(words.OVER_THEN)
    st.button(
        "Record what the workbook says", type="primary", key="workshop-record", on_click=_record,
        args=(here, round_, workshop, content),
    )  # fmt: skip


def was_recorded() -> bool:
    """Whether the last click recorded a workbook; asked once. The whole page then shows what came of it."""
    return bool(st.session_state.pop(RECORDED, False))


def _record(here: PageContext, round_: Round, workshop: Workshop, content: bytes) -> None:
    """In a callback: record all of it or nothing."""

    def take() -> None:
        import_workbook(here.workspace, here.visitor, round_, workshop, content)
        st.session_state[UPLOADS] += 1
        st.session_state[RECORDED] = True

    tell(here, WORKBOOK, take, "The workbook is recorded.")


def _show_problems(problems: Sequence[str]) -> None:
    """Each with its sheet and cell."""
    st.error(words.NOTHING_RECORDED, icon=":material/block:")
    shown = (sentence(ValueError(each)) for each in problems)
    st.markdown("\n".join(f"- {plain(each)}" for each in shown))


def _table(differences: Sequence[Difference]) -> pd.DataFrame:
    rows = [
        {
            "Department": plain(each.department),
            "About": plain(each.question),
            "What": each.what,
            "Now": plain(each.now) or "–",
            "Then": plain(each.then),
        }
        for each in differences
    ]
    frame = pd.DataFrame(rows)
    return frame if any(each.department for each in differences) else frame.drop(columns="Department")
