"""A button that hands out a file of evidence, read and checked only when it is pressed, always as a download."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import UUID

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from maturity.operations.evidence import evidence_content
from maturity.ui.context import PageContext


def offer_file(here: PageContext, file_id: UUID, name: str, media_type: str, label: str) -> None:
    """The download button of one file; `label` is unique on the page."""
    st.download_button(
        label,
        data=_contents(here, file_id),
        file_name=name,
        mime=media_type,
        key=f"download-{file_id}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )


def _contents(here: PageContext, file_id: UUID) -> Callable[[], bytes]:
    """Streamlit calls this in a thread that does not know whose visit it is; who is there is asked at that moment."""
    visit = get_script_run_ctx()

    def read() -> bytes:
        found: list[bytes | Exception] = []

        def ask() -> None:
            try:
                found.append(evidence_content(here.workspace, here.visitor, file_id))
            except Exception as error:  # handed to the thread that waits for it
                found.append(error)

        asking = threading.Thread(target=ask)
        add_script_run_ctx(asking, visit)
        asking.start()
        asking.join()
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    return read
