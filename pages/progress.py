"""Progress."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_roadmap")

st.title("Progress")
st.caption("This page is being built.")
