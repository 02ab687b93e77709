"""Results."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_department_results")

st.title("Results")
st.caption("This page is being built.")
