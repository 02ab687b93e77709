"""Risks: how likely, how bad, who answers for them, and what they hold up."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_roadmap")

st.title("Risks")
st.info("This page is still being built.")
