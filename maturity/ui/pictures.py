"""A picture with its table: the finished specification is kept, so that a warm rerun draws nothing anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

from maturity.charts.theme import Mode
from maturity.operations.picture_files import picture_file
from maturity.ui.asked_download import when_pressed

HOUR = 3600
KEPT = 256
Build = Callable[[bool, Mode], dict[str, Any]]
"""The specification of a chart: narrow or wide, and for which mode."""
FILES: Mapping[Mode, str] = {"print": "Picture for print", "projector": "Picture for a projector"}


def on_a_phone() -> bool:
    """Whether the visit comes from a phone, as the browser itself says: charts then take their narrow layout."""
    headers = st.context.headers
    return headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in (headers.get("User-Agent") or "")


def show_picture(
    name: str,
    build: Build,
    table: Callable[[], pd.DataFrame],
    *,
    revision: Hashable,
    mode: Mode,
    key: str | None = None,
    show: Callable[[pd.DataFrame], None] | None = None,
) -> None:
    """Draws the chart that `build(narrow, mode)` specifies, and in a box below that opens its table, and both as files;
    `show` shows the table in another way than `show_table`.

    `name` and `revision` must say everything that the picture is made from: store, round, revisions, what was chosen.
    The chart is built once for each of them, light or dark, wide or narrow; so is the table."""
    show_drawing(name, build, revision=revision, mode=mode, key=key)
    box = st.expander("Table and files", key=f"table-{key or name}", on_change="rerun", icon=":material/table:")
    if box.open:
        with box:
            rows = _table(name, revision, table)
            (show or show_table)(rows)
            _offer_files(name, rows, build, key or name)


def show_drawing(name: str, build: Build, *, revision: Hashable, mode: Mode, key: str | None = None) -> None:
    """The chart alone, for where its table stands beside it in full; otherwise as `show_picture`."""
    narrow = on_a_phone()
    spec = _specification(name, revision, mode, narrow, build)
    with st.container(key=f"picture-{key or name}"):
        st.vega_lite_chart(spec, width="content", theme=None, key=f"chart-{key or name}-{mode}-{narrow}")


def _offer_files(name: str, rows: pd.DataFrame, build: Build, key: str) -> None:
    """The table as CSV and the chart as SVG, drawn when it is asked for; wide on a phone too."""
    with st.container(horizontal=True):
        st.download_button(
            "Download as CSV",
            lambda: rows.to_csv(index=False).encode("utf-8-sig"),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"csv-{key}",
            on_click="ignore",
        )
        for mode, label in FILES.items():
            st.download_button(
                label,
                when_pressed(partial(_drawn, build, mode)),
                file_name=f"{name}-{mode}.svg",
                mime="image/svg+xml",
                key=f"{mode}-{key}",
                on_click="ignore",
            )


def _drawn(build: Build, mode: Mode) -> bytes:
    return picture_file(build(False, mode))


def show_table(rows: pd.DataFrame, *, empty: str = "Nothing to show yet.") -> None:
    """A real table, readable by everybody (a data grid is drawn on a canvas, which screen readers cannot read)."""
    if rows.empty:
        st.caption(empty)
        return
    st.table(rows, hide_index=True, border="horizontal")


@st.cache_resource(ttl=HOUR, max_entries=KEPT, show_spinner=False)
def _specification(name: str, revision: Hashable, mode: Mode, narrow: bool, _build: Build) -> dict[str, Any]:
    spec = _build(narrow, mode)
    # Labels stand in pixels beside the plot, so it must not be fitted; rows are turned into Arrow once, not per run.
    packed = {key: convert_anything_to_arrow_bytes(rows) for key, rows in spec.get("datasets", {}).items()}
    return {"autosize": {"type": "pad", "contains": "padding"}, **spec, "datasets": packed}


@st.cache_resource(ttl=HOUR, max_entries=KEPT, show_spinner=False)
def _table(name: str, revision: Hashable, _table: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return _table()
