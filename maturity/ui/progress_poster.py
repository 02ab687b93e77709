"""The download of the poster: the four phases on one page, to print."""

from __future__ import annotations

import streamlit as st

from maturity.operations.poster import poster
from maturity.ui.asked_download import when_pressed
from maturity.ui.context import page_context
from maturity.ui.roadmap_shown import ShownPlan


def show_poster_download(shown: ShownPlan) -> None:
    """A button; the page is made when it is pressed, for whoever presses it."""
    name = shown.plan.name

    def read() -> bytes:
        here = page_context()
        return poster(
            here.workspace, here.visitor, name, here.organisation.name if here.organisation else None
        ).encode()

    st.download_button(
        "Poster to print", when_pressed(read), file_name="roadmap-poster.html", mime="text/html", key="roadmap_poster",
        on_click="ignore", icon=":material/print:",
        help="The four phases on one page. Open it in a browser and print it across on A4 or A3.",
    )  # fmt: skip
