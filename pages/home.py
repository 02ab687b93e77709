"""Home."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_help")

st.title("Home")
st.caption("This page is being built.")
