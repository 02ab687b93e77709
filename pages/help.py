"""Help and glossary."""

import streamlit as st

from maturity.ui.context import require

visitor = require("read_help")

st.title("Help and glossary")
st.caption("This page is being built.")
