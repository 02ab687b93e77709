"""KPIs and outcomes: readings, targets, and how they stand beside maturity."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_roadmap")

st.title("KPIs and outcomes")
st.info("This page is still being built.")
