"""Administration."""

import streamlit as st

from maturity.ui.context import require

visitor = require("administer")

st.title("Administration")
st.caption("This page is being built.")
