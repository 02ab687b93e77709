"""Gaps and targets."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_roadmap")

st.title("Gaps and targets")
st.caption("This page is being built.")
