"""A button that hands out a file of evidence, read and checked only when it is pressed, always as a download."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from maturity.operations.evidence import evidence_content
from maturity.ui.asked_download import when_pressed
from maturity.ui.context import PageContext


def offer_file(here: PageContext, file_id: UUID, name: str, media_type: str, label: str) -> None:
    """The download button of one file; `label` is unique on the page."""
    st.download_button(
        label,
        data=when_pressed(lambda: evidence_content(here.workspace, here.visitor, file_id)),
        file_name=name,
        mime=media_type,
        key=f"download-{file_id}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )
