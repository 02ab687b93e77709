"""Decisions: what leaders are asked, by when, and what was decided."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_roadmap")

st.title("Decisions")
st.info("This page is still being built.")
