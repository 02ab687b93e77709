"""Department profile: one department on one page."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_department_results")

st.title("Department profile")
st.info("This page is being built; it is not there yet.")
