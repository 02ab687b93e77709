"""Residents: what residents say, and what became of it."""

import streamlit as st

from maturity.ui.context import require

visitor = require("publish")

st.title("Residents")
st.info("This page is being built; it is not there yet.")
