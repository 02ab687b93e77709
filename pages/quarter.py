"""The quarterly review, step by step, and what was promised."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_roadmap")

st.title("Quarterly review")
st.info("This page is still being built.")
