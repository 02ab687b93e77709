"""Leadership summary."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_summary")

st.title("Leadership summary")
st.caption("This page is being built.")
