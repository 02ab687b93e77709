"""Rounds and departments."""

import streamlit as st

from maturity.ui.context import require

visitor = require("manage_rounds")

st.title("Rounds and departments")
st.caption("This page is being built.")
