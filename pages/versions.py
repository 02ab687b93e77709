"""Versions of the plan: kept, proposed, approved, compared; and the plan as it stood on any day."""

import streamlit as st

from maturity.ui.context import page_context, require
from maturity.ui.replay import show_replay
from maturity.ui.version_compare import show_compare
from maturity.ui.versions import show_versions

visitor = require("read_roadmap")

here = page_context()
st.title("Versions and sign-off")
versions, compared, past = st.tabs(
    ["Versions", "Compare two", "As it stood on a day"], key="versions_tab", on_change="rerun"
)
if versions.open:
    with versions:
        show_versions(here)
elif compared.open:
    with compared:
        show_compare(here)
else:
    with past:
        show_replay(here)
