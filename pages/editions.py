"""Public roadmap: what residents see, chosen, checked and approved."""

import streamlit as st

from maturity.ui.context import require

visitor = require("approve_edition")

st.title("Public roadmap")
st.info("This page is being built; it is not there yet.")
