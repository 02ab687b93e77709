"""A picture with its table: the finished specification is kept, so that a warm rerun draws nothing anew."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.dataframe_util import convert_anything_to_arrow_bytes

HOUR = 3600
KEPT = 256


def on_a_phone() -> bool:
    """Whether the visit comes from a phone, as the browser itself says: charts then take their narrow layout."""
    headers = st.context.headers
    return headers.get("Sec-CH-UA-Mobile") == "?1" or "Mobi" in (headers.get("User-Agent") or "")


def show_picture(
    name: str,
    build: Callable[[bool], dict[str, Any]],
    table: Callable[[], pd.DataFrame],
    *,
    revision: Hashable,
    mode: str,
    key: str | None = None,
    show: Callable[[pd.DataFrame], None] | None = None,
) -> None:
    """Draws the chart that `build(narrow)` specifies, and its table and CSV in a box below that opens; `show` shows the
    table in another way than `show_table`.

    `name` and `revision` must say everything that the picture is made from: store, round, revisions, what was chosen.
    The chart is built once for each of them, light or dark, wide or narrow; so is the table."""
    show_drawing(name, build, revision=revision, mode=mode, key=key)
    _show_table(name, revision, table, key or name, show or show_table)


def show_drawing(
    name: str, build: Callable[[bool], dict[str, Any]], *, revision: Hashable, mode: str, key: str | None = None
) -> None:
    """The chart alone, for where its table stands beside it in full; otherwise as `show_picture`."""
    narrow = on_a_phone()
    spec = _specification(name, revision, mode, narrow, build)
    with st.container(key=f"picture-{key or name}"):
        st.vega_lite_chart(spec, width="content", theme=None, key=f"chart-{key or name}-{mode}-{narrow}")


def _show_table(
    name: str,
    revision: Hashable,
    table: Callable[[], pd.DataFrame],
    key: str,
    show: Callable[[pd.DataFrame], None],
) -> None:
    box = st.expander("Show as a table", key=f"table-{key}", on_change="rerun", icon=":material/table:")
    if not box.open:
        return
    rows = _table(name, revision, table)
    with box:
        show(rows)
        st.download_button(
            "Download as CSV",
            lambda: rows.to_csv(index=False).encode("utf-8-sig"),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"csv-{key}",
            on_click="ignore",
        )


def show_table(rows: pd.DataFrame, *, empty: str = "Nothing to show yet.") -> None:
    """A real table, readable by everybody (a data grid is drawn on a canvas, which screen readers cannot read)."""
    if rows.empty:
        st.caption(empty)
        return
    st.table(rows, hide_index=True, border="horizontal")


@st.cache_resource(ttl=HOUR, max_entries=KEPT, show_spinner=False)
def _specification(
    name: str, revision: Hashable, mode: str, narrow: bool, _build: Callable[[bool], dict[str, Any]]
) -> dict[str, Any]:
    spec = _build(narrow)
    # Labels stand in pixels beside the plot, so it must not be fitted; rows are turned into Arrow once, not per run.
    packed = {key: convert_anything_to_arrow_bytes(rows) for key, rows in spec.get("datasets", {}).items()}
    return {"autosize": {"type": "pad", "contains": "padding"}, **spec, "datasets": packed}


@st.cache_resource(ttl=HOUR, max_entries=KEPT, show_spinner=False)
def _table(name: str, revision: Hashable, _table: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    return _table()
