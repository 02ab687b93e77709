"""Questionnaire."""

import streamlit as st

from maturity.ui.context import require

visitor = require("answer")

st.title("Questionnaire")
st.caption("This page is being built.")
